"""Quota as a fact: each seat's monthly quota, shared out by days among those who held the seat in the month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from sqlalchemy import Connection, select

from salestui.model.tables.derived import line_closure
from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount, split
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.trace import table_of

_STEP = Amount("0.0001")
_DAY = timedelta(days=1)


class Cell(NamedTuple):
    """A published monthly quota."""

    seat: int
    line: int
    month: date
    amount: Amount


class Holder(NamedTuple):
    """Who held a seat, from when to when."""

    person: int
    start: date
    end: date


class Part(NamedTuple):
    """What of a month's quota falls to a person (0 where the seat was vacant) for the days from `start` on."""

    person: int
    start: date
    amount: Amount


def share(
    amount: Amount, month: tuple[date, date], holders: Sequence[Holder], seams: Iterable[date] = ()
) -> list[Part]:
    """Share a month's quota out by days held; those who hold a seat together share its days. Parts sum to the whole.

    `seams` are days on which the seat comes under another manager, so that a team has the quota of the seat's days in
    it, as it has the seat's sales.
    """
    first, last = month
    inside = [Holder(h.person, max(h.start, first), min(h.end, last)) for h in holders]
    inside = [holder for holder in inside if holder.start <= holder.end]
    turns = sorted({first, *(day for day in seams if first < day <= last)})
    cuts = {last + _DAY, *turns, *(h.start for h in inside), *(h.end + _DAY for h in inside)}
    held: dict[tuple[date, int], list[tuple[date, int, int]]] = {}
    for start, end in pairwise(sorted(cuts)):
        people = {holder.person for holder in inside if holder.start <= start <= holder.end} or {0}
        turn = max(day for day in turns if day <= start)
        for person in sorted(people):
            held.setdefault((turn, person), []).append((start, (end - start).days, len(people)))
    together = lcm(*(number for stretches in held.values() for _, _, number in stretches))
    weights = [sum(days * together // number for _, days, number in stretches) for stretches in held.values()]
    starts = [stretches[0][0] for stretches in held.values()]
    parts = split(amount, weights, _STEP)
    return [Part(person, start, part) for (_, person), start, part in zip(held, starts, parts, strict=True)]


def rows(connection: Connection, calendar: FiscalCalendar, seats: Set[int] | None) -> Iterator[dict[str, object]]:
    """Rows of `measure_day` for quota, of all seats or of those given."""
    holders, seams = _holders(connection), _seams(connection)
    ends: dict[date, date] = {}
    sums: dict[tuple[int, int, int, date], list[int]] = {}
    for cell in _cells(connection, seats):
        if cell.month not in ends:
            ends[cell.month] = calendar.month_of(cell.month).end
        month = cell.month, ends[cell.month]
        for person, start, part in share(cell.amount, month, holders.get(cell.seat, ()), seams.get(cell.seat, ())):
            at = sums.setdefault((cell.seat, person, cell.line, start), [0, 0])
            at[0] += part.units
            at[1] += 1
    for (seat, person, line, day), (total, count) in sums.items():
        yield {
            "person_id": person,
            "measure": "quota",
            "due": EARLIEST,
            "day": day,
            "line_id": line,
            "seat_id": seat,
            "total": total,
            "count": count,
        }


def _cells(connection: Connection, seats: Set[int] | None) -> Iterator[Cell]:
    cell, plan = table_of(QuotaCell), table_of(QuotaPlan)
    statement = (
        select(cell.c.seat_id, cell.c.line_id, cell.c.month, cell.c.amount)
        .join(plan, plan.c.id == cell.c.plan_id)
        .where(plan.c.state == "published", plan.c.measure == "bookings", cell.c.amount.is_not(None))
    )
    if seats is not None:
        statement = statement.where(cell.c.seat_id.in_(sorted(seats)))
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


def _seams(connection: Connection) -> Mapping[int, set[date]]:
    """The days on which each seat comes under another manager, or its managers do."""
    line = line_closure.c
    found: dict[int, set[date]] = {}
    statement = select(line.descendant_id, line.valid_from, line.valid_to).where(line.depth > 0)
    for seat, start, end in connection.execute(statement):
        found.setdefault(seat, set()).update({start} if end == LATEST else {start, end + _DAY})
    return found
