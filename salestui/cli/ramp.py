"""`salestui ramp`: the schedules by which the quotas of new people grow; kept, and followed by somebody."""

from argparse import ArgumentParser, Namespace
from typing import Any

from salestui.cli.output import as_json, emit, table
from salestui.cli.planned import changing, planned
from salestui.cli.staffed import a_day, somebody, staffing_actions, the_stay
from salestui.cli.words import say
from salestui.store.settings import Settings

_ACTIONS = {
    "list": "the ramps there are, and how many follow them",
    "set": "keep a ramp: per cent of the quota by month in the role, all of it after the last",
    "drop": "drop a ramp that nobody follows",
    "assign": "put somebody on a ramp from the day on that they joined the seat",
    "end": "take somebody off the ramp",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = staffing_actions(parser, _ACTIONS)
    for name in ("set", "drop"):
        made[name].add_argument("name", metavar="NAME", help="what the ramp is called")
    made["set"].add_argument("shares", nargs="+", metavar="PERCENT", help="such as 0 25 50 75 100, or 0/25/50/75/100")
    for name in ("assign", "end"):
        made[name].add_argument("person", metavar="PERSON", help="who")
        made[name].add_argument("--seat", metavar="SEAT", help="in which seat, if several")
    made["assign"].add_argument("ramp", metavar="RAMP", help="the ramp's name, or shares such as 0/25/50/75/100")
    made["assign"].add_argument("--joined", metavar="DAY", help="the day they joined (their first in the seat)")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    does = {"set": _set, "drop": _drop, "assign": _assign, "end": _assign}
    if options.action != "list":
        say(does[options.action](options, settings))
    if options.action == "list" or options.json:
        _list(options, settings)
    return 0


def _list(options: Namespace, settings: Settings) -> None:
    from salestui.planning.adjusted import read_ramps

    with planned(settings) as at:
        ramps = read_ramps(at.reader)
    if options.json:
        told: list[dict[str, Any]] = [
            {"name": each.name, "shares": list(each.shares), "followers": each.followers} for each in ramps
        ]
        emit(as_json(told))
    elif ramps:
        rows = [("Ramp", "Followers", "Per cent by month in the role")]
        rows += [(each.name, str(each.followers), each.percents) for each in ramps]
        emit(table(rows, ["left", "right", "left"]))
    else:
        emit("There is no ramp yet. Keep one with: salestui ramp set NAME 0 25 50 75 100")


def _set(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import percents_of, read_ramps, shares_of
    from salestui.planning.adjustments import SetRamp, set_ramp

    name, shares = options.name.strip(), shares_of(" ".join(options.shares))
    with planned(settings) as at:
        known = next((each for each in read_ramps(at.reader) if each.name == name), None)
    command = SetRamp(name, shares) if known is None else SetRamp(name, shares, known.id, known.version)
    with changing(settings, f"Set the ramp {name} to {percents_of(shares)}", dry_run=options.dry_run) as begun:
        set_ramp(begun, command)
    return f"{name}: {percents_of(shares)}."


def _drop(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import named_ramp, read_ramps
    from salestui.planning.adjustments import DropRamp, drop_ramp

    with planned(settings) as at:
        ramp = named_ramp(options.name, read_ramps(at.reader))
    with changing(settings, f"Drop the ramp {ramp.name}", dry_run=options.dry_run) as begun:
        drop_ramp(begun, DropRamp(ramp.id, ramp.version))
    return f"Dropped: {ramp.name}."


def _assign(options: Namespace, settings: Settings) -> str:
    from salestui.planning.adjusted import joined_on
    from salestui.planning.adjustments import AssignRamp, assign_ramp
    from salestui.planning.ramping import ramp_by

    off = options.action == "end"
    with planned(settings) as at:
        who = somebody(at, options.person)
        joined = None if off or options.joined is None else a_day(at, options.joined)
        adjusted, stay = the_stay(at, who, options.seat, joined)
        day = joined or stay.joined or joined_on(stay, at.lens.on)
    if off and stay.ramp is None:
        return f"{who.name} follows no ramp in {stay.title}."
    if off:
        with changing(settings, f"Take {who.name} off the ramp {stay.ramp}", dry_run=options.dry_run) as begun:
            assign_ramp(begun, AssignRamp(who.id, stay.seat, None, day))
        return f"{who.name} follows no ramp any more."
    with changing(settings, f"Put {who.name} on the ramp {options.ramp}", dry_run=options.dry_run) as begun:
        ramp, name = ramp_by(begun, options.ramp, adjusted.ramps)
        assign_ramp(begun, AssignRamp(who.id, stay.seat, ramp, day))
    return f"{who.name} follows the ramp {name} since {day}."
