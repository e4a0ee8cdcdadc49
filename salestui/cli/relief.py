"""`salestui relief`: quota that people are relieved of for a time: granted, listed, ended."""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from salestui.cli.output import as_json, emit
from salestui.cli.planned import Planned, changing, planned
from salestui.cli.staffed import a_day, somebody, staffing_actions, the_stay
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import LATEST
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.model.values.amount import Amount
    from salestui.people.seats import KnownPerson
    from salestui.planning.adjusted import ReliefView

_ACTIONS = {
    "list": "the reliefs of somebody, or of all",
    "grant": "relieve somebody of a share of the quota of their seat, or of an amount, for some days",
    "end": "end a relief earlier than it was granted for; before it began it is taken back",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = staffing_actions(parser, _ACTIONS)
    made["list"].add_argument("person", metavar="PERSON", nargs="?", help="who (everybody)")
    for name in ("grant", "end"):
        made[name].add_argument("person", metavar="PERSON", help="who: a name, an id, or the seat they sit in (#12)")
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
    from salestui.people.seats import KnownPerson
    from salestui.planning.adjusted import read_reliefs, read_relieved

    with planned(settings) as at:
        known = [KnownPerson(*each) for each in read_relieved(at.reader)]
        people = known if options.person is None else [somebody(at, options.person)]
        found = [(who, each) for who in people for each in read_reliefs(at.reader, who.id)]
    if options.json:
        emit(as_json([{"person": who.name, **_document(each)} for who, each in found]))
    elif found:
        emit("\n".join(_line(who, each, named=options.person is None) for who, each in found))
    else:
        emit(f"No relief was granted{' to them' if options.person is not None else ''}.")


def _line(who: "KnownPerson", each: "ReliefView", *, named: bool) -> str:
    name = f"{safe_line(who.name)}: " if named else ""
    return f"{each.id}  {name}{each.label} (approved by {safe_line(each.approver)})"


def _grant(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import relief_of, relieved_of
    from salestui.planning.adjustments import GrantRelief, grant_relief

    share, amount = relief_of(options.of)
    with planned(settings) as at:
        who, start = somebody(at, options.person), a_day(at, options.start)
        end = LATEST if options.end is None else a_day(at, options.end)
        _, stay = the_stay(at, who, options.seat, start)
        before = _effective(at, who.id, stay.seat, start, end)
    told = f"{who.name} of {relieved_of(share, amount)} from {start} {'on' if end == LATEST else f'to {end}'}"
    command = GrantRelief(
        who.id, stay.seat, start, end, options.reason, options.approver, share, amount, not options.team_stays
    )
    with changing(settings, f"Relieve {told}", dry_run=options.dry_run) as begun:
        grant_relief(begun, command)
    lines = [f"Relieved: {told}."]
    if before is None:
        return f"{lines[0]} No quota of theirs is in force in these months yet."
    if amount is not None and amount > before.amount:
        lines.append(f"That is more than the {show.money(before.amount, 'full')} of {before.months}: nothing is left.")
    if options.dry_run:
        return " ".join([*lines, f"Effective quota of {before.months} now: {show.money(before.amount, 'full')}."])
    with planned(settings) as at:
        after = _effective(at, who.id, stay.seat, start, end)
    sums = [show.money(each.amount, "full") for each in (before, after) if each is not None]
    return " ".join([*lines, f"Effective quota of {before.months}: {' before, '.join(sums)} after."])


class _Effective(NamedTuple):
    """What somebody's effective quota in a seat comes to in the months of a relief."""

    months: str
    amount: "Amount"


def _effective(at: Planned, person: int, seat: int, start: date, end: date) -> _Effective | None:
    """Of the quotas in force, to the end of the fiscal year where the relief is open; None where there are none."""
    from salestui.metrics.quota_breakdown import read_breakdown
    from salestui.model.values.amount import Amount
    from salestui.model.values.period import Period

    calendar = at.lens.calendar
    last = calendar.year_of(start).end if end == LATEST else end
    first, final = calendar.month_of(start), calendar.month_of(last)
    label = first.label if first == final else f"{first.label}..{final.label}"
    parts = read_breakdown(
        at.reader, calendar, Period(first.start, final.end, label, "range"), seat=seat, person=person
    )
    return _Effective(label, Amount.sum(part.effective for part in parts)) if parts else None


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
    with changing(settings, f"End a relief of {who.name} with {last}", dry_run=options.dry_run) as begun:
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
