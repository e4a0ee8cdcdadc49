"""What the seats of a plan booked in the year before, in the months that count as that on the day that is asked for."""

from collections.abc import Sequence
from datetime import date

from salestui.planning.quotas.leaf import key_of
from salestui.planning.quotas.sheet import Node, Units
from salestui.planning.year_before import YearBefore
from salestui.store.quick import Reader, as_date

_BOOKED = (
    "SELECT seat_id, line_id, month, SUM(total) FROM measure_month WHERE seat_id <> 0 AND measure = 'bookings'"
    " AND month BETWEEN :start AND :end GROUP BY seat_id, line_id, month"
)


def read_last_year(reader: Reader, before: YearBefore, months: Sequence[date], nodes: Sequence[Node]) -> Units:
    """What each seat booked in the months of the year before, under those of this one (by their first days) and in the
    seat's own row. A product line that the seat has no row for counts in its first.
    """
    rows: dict[int, list[int]] = {}
    for node in nodes:
        if node.seat is not None:
            rows.setdefault(node.seat, []).append(node.line)
    found: Units = {}
    for seat, line, number, units in booked_by_month(reader, before):
        if seat in rows:
            key = key_of(seat, row_of_line(line, rows[seat]), months[number].toordinal())
            found[key] = (found.get(key) or 0) + units
    return found


def row_of_line(line: int, rows: Sequence[int]) -> int:
    """The row of a seat, by product line, in which counts what was booked in a line: its own, else the first."""
    return line if line in rows else rows[0]


def booked_by_month(reader: Reader, before: YearBefore) -> list[tuple[int, int, int, int]]:
    """Seat, product line, the number of the month in the year, and bookings in smallest units."""
    numbers = {month.start: number for number, month in enumerate(before.months)}
    within = {"start": min(numbers), "end": max(numbers)}
    found = ((seat, line, as_date(month), units) for seat, line, month, units in reader.rows(_BOOKED, within))
    return [(seat, line, numbers[month], int(units)) for seat, line, month, units in found if month in numbers]
