"""`salestui seat`: the seats there are, held, vacant and planned; opened, closed, filled and left."""

from argparse import ArgumentParser, Namespace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from salestui.cli.output import Side, as_json, emit, table
from salestui.cli.planned import changing, planned
from salestui.cli.staffed import a_day, at_hand, known_person, reliefs_after, somebody, staffing_actions
from salestui.cli.words import say
from salestui.model.values import show
from salestui.model.values.text import safe_line
from salestui.store.settings import Settings

if TYPE_CHECKING:
    from salestui.people.seats import SeatView

_ACTIONS = {
    "list": "all seats that are there now or later: who sits there, and whom they report to",
    "open": "open a seat, vacant, from a day on",
    "close": "close a seat after a day, or take a planned one back",
    "fill": "seat somebody, known or new, from a day on",
    "leave": "end somebody's stay in a seat with a day",
}


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    made = staffing_actions(parser, _ACTIONS)
    for name in ("close", "fill"):
        made[name].add_argument("seat", metavar="SEAT", help="its number, title or team, or who sits there")
    made["open"].add_argument("title", metavar="TITLE", help="what the seat is called")
    made["open"].add_argument("--under", metavar="SEAT", help="the seat it reports to (none: at the top)")
    made["open"].add_argument("--manager", action="store_true", help="it leads a team")
    made["open"].add_argument("--team", metavar="NAME", help="what its team is called; it is a manager's then")
    made["open"].add_argument("--from", dest="start", metavar="DAY", help="its first day (today)")
    made["close"].add_argument("--last", required=True, metavar="DAY", help="its last day")
    made["fill"].add_argument("name", metavar="NAME", help="who: somebody known by that name, else somebody new")
    made["fill"].add_argument("--from", dest="start", metavar="DAY", help="their first day there (today)")
    made["fill"].add_argument("--new", action="store_true", help="somebody new, even if the name is known")
    made["fill"].add_argument("--move", action="store_true", help="they leave the seat that they sit in then")
    made["fill"].add_argument("--beside", action="store_true", help="beside whoever sits there")
    made["fill"].add_argument("--ramp", metavar="NAME", help="the ramp that their quota follows, or shares: 0/25/50")
    made["leave"].add_argument("name", metavar="NAME", help="who")
    made["leave"].add_argument("--seat", metavar="SEAT", help="which seat, if several")
    made["leave"].add_argument("--last", required=True, metavar="DAY", help="their last day there")
    made["leave"].add_argument("--company", action="store_true", help="they leave the company with it")


def run(options: Namespace, settings: Settings) -> int:
    """Do it."""
    does = {"open": _open, "close": _close, "fill": _fill, "leave": _leave}
    if options.action != "list":
        say(does[options.action](options, settings))
        return _told(settings) if options.json else 0
    with planned(settings) as at:
        seats = at_hand(at)
    if options.json:
        return _told(settings)
    if not seats:
        emit("There is no seat yet. Open one with: salestui seat open TITLE")
        return 0
    rows = [["Seat", "Id", "Who", "Title", "Under"]]
    rows += [[f"#{each.id}", each.source_id or "", _who(each), each.title, each.under_title or ""] for each in seats]
    if not any(each.source_id for each in seats):
        rows = [[row[0], *row[2:]] for row in rows]
    sides: list[Side] = ["left"] * len(rows[0])
    sides[0] = "right"
    emit(table(rows, sides))
    return 0


def _told(settings: Settings) -> int:
    with planned(settings) as at:
        emit(as_json([_document(each) for each in at_hand(at)]))
    return 0


def _open(options: Namespace, settings: Settings) -> str:
    from salestui.people.seating import OpenSeat, open_seat
    from salestui.people.seats import named_seat

    with planned(settings) as at:
        under = None if options.under is None else named_seat(options.under, at_hand(at)).id
        start = a_day(at, options.start or "today")
    kind = "manager" if options.manager or options.team else "seller"
    with changing(settings, f"Open the seat {options.title} from {start} on", dry_run=options.dry_run) as begun:
        key = open_seat(begun, OpenSeat(options.title, under, start, kind, options.team))
    return f"Seat #{key}, {options.title}, is there from {start} on, vacant."


def _close(options: Namespace, settings: Settings) -> str:
    from salestui.people.seating import CloseSeat, close_seat
    from salestui.people.seats import named_seat

    with planned(settings) as at:
        seat, last = named_seat(options.seat, at_hand(at)), a_day(at, options.last)
    with changing(settings, f"Close the seat {seat.title} after {last}", dry_run=options.dry_run) as begun:
        left = close_seat(begun, CloseSeat(seat.id, seat.version, last))
    rest = f" Its quotas after that stay in the plan: {show.money(left, 'full')}." if left.units else ""
    return f"Seat #{seat.id}, {seat.title}, is closed after {last}.{rest}"


def _fill(options: Namespace, settings: Settings) -> str:
    from salestui.people.seating import FillSeat, fill_seat
    from salestui.people.seats import named_seat
    from salestui.planning.adjusted import read_ramps
    from salestui.planning.adjustments import AssignRamp, assign_ramp
    from salestui.planning.ramping import ramp_by

    with planned(settings) as at:
        seat, start = named_seat(options.seat, at_hand(at)), a_day(at, options.start or "today")
        known = None if options.new else known_person(at, options.name)
        ramps = read_ramps(at.reader)
        relieved = [] if known is None else reliefs_after(at, known, seat.id, start)
    command = FillSeat(
        seat.id, start, None if known is None else known.id, options.name, move=options.move, beside=options.beside
    )
    name = options.name if known is None else known.name
    with changing(settings, f"Seat {name} in {seat.title} from {start} on", dry_run=options.dry_run) as begun:
        who, _ = fill_seat(begun, command)
        if options.ramp is not None:
            ramp, _ = ramp_by(begun, options.ramp, ramps)
            assign_ramp(begun, AssignRamp(who, seat.id, ramp, start))
    applies = "".join(f" Their relief applies again: {relief.label}." for relief in relieved)
    return f"{name}{'' if known else ', new,'} sits in #{seat.id}, {seat.title}, from {start} on.{applies}"


def _leave(options: Namespace, settings: Settings) -> str:
    from salestui.cli.staffed import the_stay
    from salestui.people.seating import LeaveSeat, leave_seat

    with planned(settings) as at:
        who, last = somebody(at, options.name), a_day(at, options.last)
        _, stay = the_stay(at, who, options.seat, last)
        relieved = reliefs_after(at, who, stay.seat, last + timedelta(days=1))
    where = "the company" if options.company else stay.title
    with changing(settings, f"{who.name} leaves {where} on {last}", dry_run=options.dry_run) as begun:
        leave_seat(begun, LeaveSeat(who.id, stay.seat, last, options.company))
    kept = "".join(
        f" Their relief takes nothing after that, unless they come back: {relief.label}." for relief in relieved
    )
    return f"{who.name} leaves {where} on {last}; #{stay.seat}, {stay.title}, is vacant after that.{kept}"


def _who(each: "SeatView") -> str:
    """Who sits there, until when if they leave, and who comes."""
    who = f"planned {each.valid_from}" if each.planned else " and ".join(each.holders) or "vacant"
    until = f" until {each.leaving}" if each.leaving is not None else ""
    coming = "".join(f", {stay.name} from {stay.start}" for stay in each.coming)
    return safe_line(who + until + coming)


def _document(each: "SeatView") -> dict[str, Any]:
    return {
        "seat": each.id,
        "source_id": each.source_id,
        "title": each.title,
        "kind": each.kind,
        "team": each.team,
        "state": each.state,
        "people": list(each.holders),
        "from": None if each.valid_from is None else each.valid_from.isoformat(),
        "to": None if each.valid_to is None else each.valid_to.isoformat(),
        "under": each.under,
        "filled_from": None if each.next_from is None else each.next_from.isoformat(),
        "leaving": None if each.leaving is None else each.leaving.isoformat(),
        "coming": [{"person": stay.name, "from": stay.start.isoformat()} for stay in each.coming],
    }
