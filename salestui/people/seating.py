"""Seats opened and closed, people put into them and out: each as one change. What is closed stays as it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, func, select

from salestui.metrics.catalog import FIRST_DAY, LAST_DAY
from salestui.metrics.closing import refuse_closed
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat, TerritoryAssignment
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramping
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import LATEST
from salestui.model.values.text import fit, safe_line
from salestui.people.seats import kept_name
from salestui.store.work import Work

"""Names and titles have so many characters at most."""

_DAY = timedelta(days=1)
_SHOWN = 40


@dataclass(frozen=True)
class OpenSeat:
    """A seat that is there from a day on, vacant, under another one (None: at the top)."""

    title: str
    under: int | None
    valid_from: date
    kind: str = "seller"
    """`seller` or `manager`."""
    team: str | None = None
    """What the team is called that a manager's seat leads."""


@dataclass(frozen=True)
class CloseSeat:
    """A seat is there up to and with the day `last`."""

    seat: int
    version: int
    last: date


@dataclass(frozen=True)
class FillSeat:
    """Somebody known, or somebody new by `name`, sits in a seat from a day on."""

    seat: int
    valid_from: date
    person: int | None = None
    name: str = ""
    move: bool = False
    """Whether they leave the seat that they sit in then."""
    beside: bool = False
    """Whether they may sit there beside somebody else."""


@dataclass(frozen=True)
class LeaveSeat:
    """Somebody sits in a seat up to and with the day `last`, and may leave the company with that day."""

    person: int
    seat: int
    last: date
    leaves_company: bool = False


def open_seat(work: Work, command: OpenSeat) -> int:
    """Open a seat; answers its id."""
    title, start = kept_name(command.title, "A seat", "title"), _a_day(command.valid_from)
    team = " ".join((command.team or "").split()) or None
    if command.kind not in ("seller", "manager"):
        raise DataProblem(f"“{_shown(command.kind)}” is no kind of seat.", expected="seller or manager")
    if team is not None and command.kind != "manager":
        raise DataProblem("Only a manager's seat leads a team.", remedy="Leave the team's name out.")
    refuse_closed(work, start)
    if command.under is not None:
        above = _seat(work, command.under)
        if not (above.valid_from <= start <= above.valid_to):
            raise DataProblem(f"{_shown(above.title)} is not there on {start}.", expected=_span(above))
    seat = Seat(title=title, kind=command.kind, team=team, valid_from=start)
    work.session.add(seat)
    work.session.flush()
    key = _id(seat)
    if command.under is not None:
        above = _seat(work, command.under)
        line = Reporting(seat_id=key, manager_seat_id=command.under, valid_from=start, valid_to=above.valid_to)
        work.session.add(line)
        work.session.flush()
    return key


def close_seat(work: Work, command: CloseSeat) -> Amount:
    """Close a seat, or take a planned one back that was to begin later; answers how much quota in force is left after.

    DataProblem where somebody sits there later, another seat reports to it, or a seat taken back has quotas.
    """
    seat, last = work.to_edit(Seat, command.seat, command.version), _a_day(command.last)
    if last >= seat.valid_to:
        raise DataProblem(f"{_shown(seat.title)} is closed after {seat.valid_to} already.", expected="an earlier day")
    begun = last >= seat.valid_from
    refuse_closed(work, last + _DAY if begun else seat.valid_from)
    sits = select(Occupancy).where(Occupancy.seat_id == command.seat, Occupancy.valid_to > last)
    for held in work.session.exec(sits.order_by(col(Occupancy.valid_from))).all():
        raise DataProblem(
            f"{_shown(_person(work, held.person_id).name)} sits in {_shown(seat.title)} after {last}.",
            remedy="Let them leave the seat first.",
        )
    under = select(Reporting).where(Reporting.manager_seat_id == command.seat, Reporting.valid_to > last)
    for line in work.session.exec(under.order_by(col(Reporting.id))).all():
        raise DataProblem(
            f"{_shown(_seat(work, line.seat_id).title)} reports to {_shown(seat.title)} after {last}.",
            remedy="Close that seat first, or let it report to another one.",
        )
    _end_what_hangs_on_it(work, command.seat, last)
    if begun:
        seat.valid_to = last
    else:
        _refuse_quotas(work, seat)
        work.session.flush()
        work.session.delete(seat)
    work.session.flush()
    return _quota_after(work, command.seat, last)


def fill_seat(work: Work, command: FillSeat) -> tuple[int, date]:
    """Seat somebody; answers who, and the last day, which is the seat's own."""
    seat, start = _seat(work, command.seat), _a_day(command.valid_from)
    if not seat.valid_from <= start <= seat.valid_to:
        raise DataProblem(f"{_shown(seat.title)} is not there on {start}.", expected=_span(seat))
    refuse_closed(work, start)
    end = seat.valid_to
    others = select(Occupancy).where(Occupancy.seat_id == command.seat, Occupancy.valid_to >= start)
    for held in work.session.exec(others.order_by(col(Occupancy.valid_from))).all():
        if held.person_id == command.person:
            raise DataProblem(f"They sit in {_shown(seat.title)} {_from_to(held)} already.")
        if not command.beside:
            raise DataProblem(
                f"{_shown(_person(work, held.person_id).name)} sits in {_shown(seat.title)} {_from_to(held)}.",
                remedy="Let them leave it first, or say that both are to sit there.",
            )
    if command.person is None:
        person = Person(name=kept_name(command.name, "Somebody new", "name"), hired_on=start)
        work.session.add(person)
        work.session.flush()
    else:
        person = _person(work, command.person)
        _come_back(person, start)
        _make_room(work, command, start)
    key = _id(person)
    work.session.add(Occupancy(person_id=key, seat_id=command.seat, valid_from=start, valid_to=end))
    work.session.flush()
    return key, end


def leave_seat(work: Work, command: LeaveSeat) -> None:
    """End somebody's stay in a seat with a day, and where they leave the company, in all seats; with the ramps that
    were to begin there later.
    """
    last, person = _a_day(command.last), _person(work, command.person)
    refuse_closed(work, last + _DAY)
    stays = work.session.exec(
        select(Occupancy).where(Occupancy.person_id == command.person, Occupancy.valid_to >= last)
    ).all()
    here = [each for each in stays if each.seat_id == command.seat and each.valid_from <= last]
    if not here:
        raise DataProblem(
            f"{_shown(person.name)} does not sit in {_shown(_seat(work, command.seat).title)} on {last}.",
            expected="a day on which they do",
        )
    if not command.leaves_company and here[0].valid_to == last:
        raise DataProblem(f"{_shown(person.name)} leaves that seat on {last} already.")
    for stay in stays if command.leaves_company else here:
        _drop_ramps(work, stay, last)
        if stay.valid_from > last:
            work.session.delete(stay)
        else:
            stay.valid_to = last
    if command.leaves_company:
        person.left_on = last
    work.session.flush()


def _drop_ramps(work: Work, stay: Occupancy, last: date) -> None:
    """Nobody follows a ramp from a day on that the stay does not reach any more."""
    theirs = select(Ramping).where(Ramping.person_id == stay.person_id, Ramping.seat_id == stay.seat_id)
    later = max(stay.valid_from, last + _DAY)
    for ramping in work.session.exec(
        theirs.where(Ramping.starts_on >= later, Ramping.starts_on <= stay.valid_to)
    ).all():
        work.session.delete(ramping)


def _come_back(person: Person, start: date) -> None:
    """Somebody known begins: not before they were hired, and if they had left, they are here again."""
    if person.hired_on is not None and start < person.hired_on:
        raise DataProblem(f"{_shown(person.name)} was hired on {person.hired_on}.", expected="a day from then on")
    if person.left_on is not None:
        if start <= person.left_on:
            raise DataProblem(
                f"{_shown(person.name)} leaves on {person.left_on}.", expected=f"a day after {person.left_on}"
            )
        person.left_on = None


def _make_room(work: Work, command: FillSeat, start: date) -> None:
    """See to it that somebody known sits in no other seat from a day on."""
    elsewhere = select(Occupancy).where(Occupancy.person_id == command.person, Occupancy.valid_to >= start)
    for held in work.session.exec(elsewhere.order_by(col(Occupancy.valid_from))).all():
        if not command.move or held.valid_from >= start:
            person, other = _person(work, held.person_id), _seat(work, held.seat_id)
            raise DataProblem(
                f"{_shown(person.name)} sits in {_shown(other.title)} {_from_to(held)}.",
                remedy="Say that they move, or choose another day.",
            )
        _drop_ramps(work, held, start - _DAY)
        held.valid_to = start - _DAY


def _end_what_hangs_on_it(work: Work, seat: int, last: date) -> None:
    """The seat's own line of command and its territories end with the day."""
    lines = select(Reporting).where(Reporting.seat_id == seat, Reporting.valid_to > last)
    areas = select(TerritoryAssignment).where(TerritoryAssignment.seat_id == seat, TerritoryAssignment.valid_to > last)
    rows: list[Reporting | TerritoryAssignment] = [*work.session.exec(lines).all(), *work.session.exec(areas).all()]
    for row in rows:
        if row.valid_from > last:
            work.session.delete(row)
        else:
            row.valid_to = last


def _quota_after(work: Work, seat: int, last: date) -> Amount:
    cells = (
        select(func.sum(QuotaCell.amount))
        .join(QuotaPlan, col(QuotaPlan.id) == QuotaCell.plan_id)
        .where(QuotaPlan.state == "published", QuotaCell.seat_id == seat, QuotaCell.month > last)
    )
    return work.session.exec(cells).one() or ZERO


def _refuse_quotas(work: Work, seat: Seat) -> None:
    if work.session.exec(select(QuotaCell.id).where(QuotaCell.seat_id == seat.id).limit(1)).first() is not None:
        raise DataProblem(
            f"{_shown(seat.title)} has quotas, and is to begin on {seat.valid_from}.",
            expected=f"a day from {seat.valid_from} on",
        )


def _a_day(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DataProblem(f"{day} is no day to plan by.", expected=f"a day from {FIRST_DAY} to {LAST_DAY}")
    return day


def _seat(work: Work, key: int) -> Seat:
    found = work.session.get(Seat, key)
    if found is None:
        raise DataProblem("This seat is no longer there.", remedy="Read again with F5.")
    return found


def _person(work: Work, key: int) -> Person:
    found = work.session.get(Person, key)
    if found is None:
        raise DataProblem("This person is no longer there.", remedy="Look for them by name with Ctrl+P.")
    return found


def _span(seat: Seat) -> str:
    end = "" if seat.valid_to == LATEST else f" to {seat.valid_to}"
    return f"a day from {seat.valid_from}{end or ' on'}"


def _from_to(held: Occupancy) -> str:
    return f"from {held.valid_from} on" if held.valid_to == LATEST else f"from {held.valid_from} to {held.valid_to}"


def _shown(text: str) -> str:
    return fit(safe_line(text), _SHOWN)


def _id(row: Seat | Person) -> int:
    assert row.id is not None
    return row.id
