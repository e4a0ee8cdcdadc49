"""What the seats of a plan booked in the year before, and how far that is known on the day that is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.leaf import key_of
from salestui.planning.quotas.sheet import Node, Span, Units
from salestui.store.quick import Reader, as_date

_ALL = 12


class Known(NamedTuple):
    """How far the year before is known: in full, or to a day of it."""

    months: int = _ALL
    """So many of its months are over."""
    until: date | None = None
    """The last day that is known, where the year goes on."""

    def within(self, span: Span) -> date | None:
        """The last day that is known of what was booked a year before a column, where that goes on; None where not."""
        return self.until if span.last >= self.months else None


def known_of(calendar: FiscalCalendar, year: Period, on: date) -> Known:
    """How far the year before a fiscal year is known on a day."""
    before = calendar.shift(year, -1)
    if before.end <= on:
        return Known()
    return Known(sum(month.end <= on for month in calendar.months(before)), on)


def read_last_year(reader: Reader, calendar: FiscalCalendar, year: Period, nodes: Sequence[Node], on: date) -> Units:
    """What each seat booked up to `on` in the months of the year before, under the months of this one and in the
    seat's own row. A product line that the seat has no row for counts in its first.
    """
    before = calendar.shift(year, -1)
    earlier = {old.start: new.start for old, new in zip(calendar.months(before), calendar.months(year), strict=False)}
    rows: dict[int, list[int]] = {}
    for node in nodes:
        if node.seat is not None:
            rows.setdefault(node.seat, []).append(node.line)
    found: Units = {}
    for seat, line, month, units in booked_by_month(reader, calendar, before, on):
        if seat in rows and month in earlier:
            key = key_of(seat, row_of_line(line, rows[seat]), earlier[month].toordinal())
            found[key] = (found.get(key) or 0) + units
    return found


def row_of_line(line: int, rows: Sequence[int]) -> int:
    """The row of a seat, by product line, in which counts what was booked in a line: its own, else the first."""
    return line if line in rows else rows[0]


def booked_by_month(
    reader: Reader, calendar: FiscalCalendar, year: Period, on: date
) -> list[tuple[int, int, date, int]]:
    """Seat, product line, month and bookings up to a day, in smallest units: that day's month by days, others whole."""
    current = calendar.month_of(on)
    sql = (
        "SELECT seat_id, line_id, {0}, SUM(total) FROM {1} WHERE seat_id <> 0 AND measure = 'bookings'"
        " AND {2} BETWEEN :start AND :end GROUP BY seat_id, line_id{3}"
    )
    whole = sql.format("month", "measure_month", "month", ", month")
    last = year.end if year.end <= on else calendar.shift(current, -1).start
    found = reader.rows(whole, {"start": year.start, "end": min(year.end, last)})
    sums = [(seat, line, as_date(month), int(units)) for seat, line, month, units in found]
    if year.start <= current.start and on < year.end:
        days = sql.format("0", "measure_day", "day", "")
        begun = reader.rows(days, {"start": current.start, "end": on})
        sums += [(seat, line, current.start, int(units)) for seat, line, _, units in begun]
    return sums
