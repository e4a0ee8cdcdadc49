"""`salestui relief`: quota that people are relieved of for a time: granted, listed, ended."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from salestui.cli.output import as_json, emit
from salestui.cli.planned import changing, planned
from salestui.cli.staffed import a_day, somebody, the_stay, with_actions
from salestui.cli.words import say
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import LATEST
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.planning.adjusted import ReliefView

_ACTIONS = {
    "list": "the reliefs of somebody",
    "grant": "relieve somebody of a share of the quota of their seat, or of an amount, for some days",
    "end": "end a relief earlier than it was granted for; before it began it is taken back",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = with_actions(parser, _ACTIONS)
    for each in made.values():
        each.add_argument("person", metavar="PERSON", help="who")
    made["grant"].add_argument("of", metavar="SHARE|AMOUNT", help="such as 50%% or 20k")
    made["grant"].add_argument("--seat", metavar="SEAT", help="in which seat, if several")
    made["grant"].add_argument("--from", dest="start", required=True, metavar="DAY", help="the first day")
    made["grant"].add_argument("--to", dest="end", metavar="DAY", help="the last day (open; of an amount needed)")
    made["grant"].add_argument("--reason", required=True, metavar="TEXT", help="why; kept as personal data")
    made["grant"].add_argument("--approver", required=True, metavar="NAME", help="who approved it")
    made["grant"].add_argument("--team-stays", action="store_true", help="the team's own number does not fall")
    made["end"].add_argument("--relief", type=int, metavar="N", help="which, by its number in the list, if several")
    made["end"].add_argument("--last", required=True, metavar="DAY", help="its last day")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    if options.action != "list":
        say((_grant if options.action == "grant" else _end)(options, settings))
    if options.action == "list" or options.json:
        _list(options, settings)
    return 0


def _list(options: Namespace, settings: Settings) -> None:
    from salestui.planning.adjusted import read_reliefs

    with planned(settings) as at:
        who = somebody(at, options.person)
        reliefs = read_reliefs(at.reader, who.id)
    if options.json:
        emit(as_json([_document(each) for each in reliefs]))
    elif reliefs:
        emit("\n".join(f"{each.id}  {each.label} (approved by {safe_line(each.approver)})" for each in reliefs))
    else:
        emit("No relief was granted to them.")


def _grant(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import relief_of, relieved_of
    from salestui.planning.adjustments import GrantRelief, grant_relief

    share, amount = relief_of(options.of)
    with planned(settings) as at:
        who, start = somebody(at, options.person), a_day(at, options.start)
        end = LATEST if options.end is None else a_day(at, options.end)
        _, stay = the_stay(at, who, options.seat, start)
    told = f"{who.name} of {relieved_of(share, amount)} from {start} {'on' if end == LATEST else f'to {end}'}"
    command = GrantRelief(
        who.id, stay.seat, start, end, options.reason, options.approver, share, amount, not options.team_stays
    )
    with changing(settings, f"Relieve {told}") as begun:
        grant_relief(begun, command)
    return f"Relieved: {told}."


def _end(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import read_reliefs
    from salestui.planning.adjustments import EndRelief, end_relief

    with planned(settings) as at:
        who, last = somebody(at, options.person), a_day(at, options.last)
        reliefs = read_reliefs(at.reader, who.id)
    chosen = [each for each in reliefs if options.relief in (None, each.id) and each.end > last]
    if len(chosen) != 1:
        numbers = ", ".join(str(each.id) for each in chosen) or "none"
        raise UsageProblem(
            f"Reliefs of {who.name} that go on after {last}: {numbers}", expected="one", remedy="Choose with --relief."
        )
    with changing(settings, f"End a relief of {who.name} with {last}") as begun:
        end_relief(begun, EndRelief(chosen[0].id, chosen[0].version, last))
    return f"Ended with {last}: {chosen[0].label}."


def _document(each: "ReliefView") -> dict[str, Any]:
    return {
        "relief": each.id,
        "seat": each.seat,
        "from": each.start.isoformat(),
        "to": None if each.end == LATEST else each.end.isoformat(),
        "share": None if each.share is None else str(each.share),
        "amount": None if each.amount is None else str(each.amount),
        "reason": each.reason,
        "approver": each.approver,
        "lowers_team": each.lowers_team,
    }
