"""Quota as facts: each seat's monthly quota, shared out among those who held the seat in the month, base and effective.

`base_quota` is the seat's quota as it was set; `quota` is what of it is in effect after ramps and reliefs. What a
relief takes without lowering the team's number stays in the seat as nobody's.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Select, insert, select

from salestui.metrics.effective import Climb, Holder, Part, Relieved, Terms, apportion, climb
from salestui.metrics.quota_whole import Whole, in_force
from salestui.model.tables.derived import line_closure, measure_day
from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.quotas import QuotaCell
from salestui.model.tables.staffing import Ramp, Ramping, Relief
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.trace import table_of

_T = TypeVar("_T")
_DAY = timedelta(days=1)


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
    if rows := list(_rows(connection, calendar, _cells(connection, quotas))):
        connection.execute(insert(measure_day), rows)


def _rows(
    connection: Connection, calendar: FiscalCalendar, found: Mapping[tuple[int, date], list[Cell]]
) -> Iterator[dict[str, object]]:
    terms = _Terms(connection, calendar)
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


class _Terms:
    """What bears on the quotas of every seat."""

    def __init__(self, connection: Connection, calendar: FiscalCalendar) -> None:
        occupancy, ramping, ramp = (table_of(model).c for model in (Occupancy, Ramping, Ramp))
        relief = table_of(Relief).c

        def climbing(person: int, joined: date, shares: list[str]) -> Climb:
            return climb(calendar, person, joined, [Fraction(share) for share in shares])

        def relieved(key: int, person: int, start: date, end: date, share: Any, *rest: Any) -> Relieved:
            return Relieved(key, person, start, end, None if share is None else Fraction(share.decimal), *rest)

        # Who truly sat where when: unlike the derived seats of people, a vacant seat's days belong to nobody.
        held = select(occupancy.seat_id, occupancy.person_id, occupancy.valid_from, occupancy.valid_to)
        ramped = select(ramping.seat_id, ramping.person_id, ramping.starts_on, ramp.shares).join_from(
            table_of(Ramping), table_of(Ramp), ramp.id == ramping.ramp_id
        )
        granted = select(
            *(relief.seat_id, relief.id, relief.person_id, relief.valid_from, relief.valid_to),
            *(relief.share, relief.amount, relief.lowers_team),
        )
        self._holders = _by_seat(connection, held, Holder)
        self._climbs = _by_seat(connection, ramped.order_by(ramping.id), climbing)
        self._reliefs = _by_seat(connection, granted, relieved)
        self._seams = _seams(connection)

    def of(self, seat: int) -> Terms:
        """What bears on a seat's quotas."""
        return Terms(
            self._holders.get(seat, ()),
            self._seams.get(seat, ()),
            self._climbs.get(seat, ()),
            self._reliefs.get(seat, ()),
        )


def _by_seat(connection: Connection, statement: Select[Any], make: Callable[..., _T]) -> Mapping[int, list[_T]]:
    found: dict[int, list[_T]] = {}
    for seat, *values in connection.execute(statement):
        found.setdefault(seat, []).append(make(*values))
    return found


def _seams(connection: Connection) -> Mapping[int, set[date]]:
    """The days on which each seat comes under another manager, or its managers do."""
    line = line_closure.c
    found: dict[int, set[date]] = {}
    statement = select(line.descendant_id, line.valid_from, line.valid_to).where(line.depth > 0)
    for seat, start, end in connection.execute(statement):
        found.setdefault(seat, set()).update({start} if end == LATEST else {start, end + _DAY})
    return found
