"""Quota as a fact: each seat's monthly quota, shared out by days among those who held the seat in the month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount, split
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST
from salestui.store.trace import table_of


class Cell(NamedTuple):
    """A published monthly quota."""

    seat: int
    line: int
    month: date
    amount: Amount


class Holder(NamedTuple):
    """Who held a seat, from when to when; person 0 where it was vacant."""

    person: int
    start: date
    end: date


def share(amount: Amount, month: tuple[date, date], holders: Sequence[Holder]) -> list[tuple[int, date, Amount]]:
    """(person, first day, part) of a month's quota by days held; what nobody held is person 0's. Parts sum to it."""
    first, last = month
    inside = [Holder(h.person, max(h.start, first), min(h.end, last)) for h in holders]
    inside = sorted((h for h in inside if h.start <= h.end), key=lambda h: (h.start, h.person))
    days = [(h.end - h.start).days + 1 for h in inside]
    vacant = (last - first).days + 1 - sum(days)
    people = [*((h.person, h.start) for h in inside), *([(0, first)] if vacant > 0 else [])]
    parts = split(amount, [*days, *([vacant] if vacant > 0 else [])], Amount("0.0001"))
    return [(person, start, part) for (person, start), part in zip(people, parts, strict=True)]


def rows(
    connection: Connection, calendar: FiscalCalendar, months: Iterable[date] | None
) -> Iterator[dict[str, object]]:
    """Rows of `measure_day` for quota, in all months or in those that begin on the given days."""
    holders = _holders(connection)
    ends: dict[date, date] = {}
    sums: dict[tuple[int, int, int, date], list[int]] = {}
    for cell in _cells(connection, months):
        if cell.month not in ends:
            ends[cell.month] = calendar.month_of(cell.month).end
        for person, start, part in share(cell.amount, (cell.month, ends[cell.month]), holders.get(cell.seat, ())):
            at = sums.setdefault((cell.seat, person, cell.line, start), [0, 0])
            at[0] += part.units
            at[1] += 1
    for (seat, person, line, day), (total, count) in sums.items():
        yield {
            "seat_id": seat,
            "measure": "quota",
            "day": day,
            "person_id": person,
            "line_id": line,
            "due": EARLIEST,
            "total": total,
            "count": count,
        }


def _cells(connection: Connection, months: Iterable[date] | None) -> Iterator[Cell]:
    cell, plan = table_of(QuotaCell), table_of(QuotaPlan)
    statement = (
        select(cell.c.seat_id, cell.c.line_id, cell.c.month, cell.c.amount)
        .join(plan, plan.c.id == cell.c.plan_id)
        .where(plan.c.state == "published", plan.c.measure == "bookings", cell.c.amount.is_not(None))
    )
    if months is not None:
        statement = statement.where(cell.c.month.in_(sorted(months)))
    for seat, line, month, amount in connection.execute(statement):
        yield Cell(seat, line or 0, month, amount)


def _holders(connection: Connection) -> Mapping[int, list[Holder]]:
    """Who truly sat where when: unlike the derived seats of people, a vacant seat's days belong to nobody."""
    occupancy = table_of(Occupancy).c
    found: dict[int, list[Holder]] = {}
    statement = select(occupancy.seat_id, occupancy.person_id, occupancy.valid_from, occupancy.valid_to)
    for seat, person, start, end in connection.execute(statement):
        found.setdefault(seat, []).append(Holder(person, start, end))
    return found
