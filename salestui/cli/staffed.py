"""What the commands about seats, ramps and reliefs share: their options, days, and who is meant."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date

from salestui.cli.actions import with_actions
from salestui.cli.planned import Planned
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.people.seats import KnownPerson, SeatView, named_seat, read_seats
from salestui.planning.adjusted import Adjusted, Held, ReliefView, read_adjusted, read_reliefs

_SHOWN = 40


def staffing_actions(parser: ArgumentParser, actions: Mapping[str, str]) -> dict[str, ArgumentParser]:
    """The parsers of a command's actions; all but the list can be tried without writing."""
    made = with_actions(parser, actions)
    for name, each in made.items():
        if name != "list":
            each.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    return made


def a_day(at: Planned, text: str) -> date:
    """The day that a text names."""
    from salestui.model.values.day_entry import EXPECTED, entered_day

    day = entered_day(text, at.lens.on, at.lens.on)
    if day is None:
        raise UsageProblem("There has to be a day", expected=EXPECTED)
    return day


def somebody(at: Planned, name: str) -> KnownPerson:
    """The person of that name or id, or whoever sits in the seat `#12`; UsageProblem where there is none."""
    from salestui.metrics.scopes import find_person

    found = find_person(at.reader, name, at.lens.on, at.company.name)
    return KnownPerson(found.id, found.name)


def known_person(at: Planned, name: str) -> KnownPerson | None:
    """As `somebody`; None where nobody has the name."""
    from salestui.metrics.scopes import NobodyCalled

    try:
        return somebody(at, name)
    except NobodyCalled:
        return None


def the_stay(at: Planned, who: KnownPerson, seat: str | None, day: date | None) -> tuple[Adjusted, Held]:
    """What somebody's quota is adjusted by, and the stay that is meant: on a day, else the present or the next one."""
    on = day or at.lens.on
    adjusted = read_adjusted(at.reader, who.id, on)
    stays = [each for each in adjusted.stays if seat is None or each.seat == named_seat(seat, at_hand(at)).id]
    present = [each for each in stays if each.start <= on] or [each for each in stays[:1] if day is None]
    name = fit(safe_line(who.name), _SHOWN)
    if len(present) == 1:
        return adjusted, present[0]
    if not present:
        raise UsageProblem(f"{name} does not sit there on {on}", expected="a day on which they do")
    seats = ", ".join(f"#{stay.seat}" for stay in present)
    raise UsageProblem(f"{name} sits in several seats on {on}: {seats}", remedy="Name one with --seat.")


def reliefs_after(at: Planned, who: KnownPerson, seat: int, day: date) -> list[ReliefView]:
    """Somebody's reliefs in a seat that last until a day or go on after it."""
    return [each for each in read_reliefs(at.reader, who.id) if each.seat == seat and each.end >= day]


def at_hand(at: Planned) -> tuple[SeatView, ...]:
    """All seats that are there now or later."""
    return read_seats(at.reader, at.lens.on)
