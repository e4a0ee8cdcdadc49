"""Quota as facts: each seat's monthly quota, shared out among those who held the seat in the month, base and effective.

`base_quota` is the seat's quota as it was set; `quota` is what of it is in effect after ramps and reliefs. What a
relief takes without lowering the team's number stays in the seat as nobody's.
"""

from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, insert, select

from salestui.metrics.effective import Part, apportion
from salestui.metrics.quota_terms import QuotaTerms
from salestui.metrics.quota_whole import Whole, in_force
from salestui.model.tables.derived import measure_day
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST
from salestui.store.quick import Reader
from salestui.store.trace import table_of


class Cell(NamedTuple):
    """A published monthly quota of a seat."""

    line: int
    amount: Amount


def write(connection: Connection, calendar: FiscalCalendar, seats: Set[int] | None) -> None:
    """Write the rows of `measure_day` for quota, of all seats or of those given."""
    cell = table_of(QuotaCell).c
    quotas: Select[Any] = select(cell.seat_id, cell.month, cell.line_id, cell.amount).order_by(cell.id)
    if seats is None:
        whole = Whole(connection, calendar)
        whole.write(connection)
        quotas = whole.others(quotas)
    else:
        quotas = in_force(quotas).where(cell.seat_id.in_(sorted(seats)))
    if rows := list(_rows(calendar, terms_within(connection, calendar, seats), _cells(connection, quotas))):
        connection.execute(insert(measure_day), rows)


def terms_within(connection: Connection, calendar: FiscalCalendar, seats: Set[int] | None) -> QuotaTerms:
    """What bears on the quotas of some seats, or of all, as it stands within a connection's transaction."""
    return QuotaTerms(Reader(connection.connection.driver_connection, connection.dialect.name), calendar, seats)


def in_force_of(connection: Connection, seat: int, months: tuple[date, date]) -> Mapping[date, list[Amount]]:
    """A seat's quotas in force by fiscal month, one for each product line, of the first month to the last, both known
    by their first days."""
    cell = table_of(QuotaCell).c
    quotas: Select[Any] = select(cell.seat_id, cell.month, cell.line_id, cell.amount).order_by(cell.id)
    quotas = in_force(quotas).where(cell.seat_id == seat, cell.month.between(*months))
    return {month: [each.amount for each in cells] for (_, month), cells in _cells(connection, quotas).items()}


def _rows(
    calendar: FiscalCalendar, terms: QuotaTerms, found: Mapping[tuple[int, date], list[Cell]]
) -> Iterator[dict[str, object]]:
    ends: dict[date, date] = {}
    sums: dict[tuple[str, int, int, int, date], list[int]] = {}

    def add(fact: str, seat: int, person: int, line: int, day: date, amount: Amount) -> None:
        at = sums.setdefault((fact, seat, person, line, day), [0, 0])
        at[0] += amount.units
        at[1] += 1

    for (seat, month), cells in found.items():
        if month not in ends:
            ends[month] = calendar.month_of(month).end
        its = terms.of(seat)
        lasting = {each.id for each in its.reliefs if not each.lowers_team}
        shared = apportion([cell.amount for cell in cells], (month, ends[month]), its)
        for cell, parts in zip(cells, shared, strict=True):
            for part in parts:
                add("base_quota", seat, part.person, cell.line, part.start, part.base)
                add("quota", seat, part.person, cell.line, part.start, part.effective)
                kept = _kept(part, lasting)
                if kept:
                    add("quota", seat, 0, cell.line, part.start, kept)
    for (fact, seat, person, line, day), (total, count) in sums.items():
        yield {
            "person_id": person,
            "measure": fact,
            "due": EARLIEST,
            "day": day,
            "line_id": line,
            "seat_id": seat,
            "total": total,
            "count": count,
        }


def _kept(part: Part, lasting: Set[int]) -> Amount:
    """What reliefs take from the person and leave with the team."""
    return Amount.sum(amount for relief, amount in part.reliefs if relief in lasting)


def _cells(connection: Connection, quotas: Select[Any]) -> Mapping[tuple[int, date], list[Cell]]:
    found: dict[tuple[int, date], list[Cell]] = {}
    for seat, month, line, amount in connection.execute(quotas):
        found.setdefault((seat, month), []).append(Cell(line or 0, amount))
    return found
