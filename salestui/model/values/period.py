"""Periods: stretches of days, both ends included."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

EARLIEST = date(1, 1, 1)
"""An unknown beginning."""
LATEST = date(9999, 12, 31)
"""An open end."""

Kind = Literal["day", "month", "quarter", "year", "range"]


class Period(NamedTuple):
    """From `start` to `end`, both included. The label is what `FiscalCalendar.parse` reads back as this period."""

    start: date
    end: date
    label: str
    kind: Kind

    @property
    def days(self) -> int:
        """How many days it has; 0 for the empty period that `cut(0)` gives."""
        return (self.end - self.start).days + 1

    @property
    def fiscal_year(self) -> int:
        """The number of a fiscal year, 2026 of `FY2026`; ValueError for any other period."""
        return int(self.label.removeprefix("FY"))

    def day_number(self, day: date) -> int:
        """How many of its days have come, `day` included: 0 before it begins, all of them once it is over."""
        return min(max((day - self.start).days + 1, 0), self.days)

    def cut(self, elapsed_days: int) -> "Period":
        """Its first days; itself if it has no more. With none elapsed it is empty: it ends the day before it starts."""
        if elapsed_days >= self.days:
            return self
        return of_days(self.start, self.start + timedelta(days=max(elapsed_days, 0) - 1))


def of_days(start: date, end: date) -> Period:
    """The period of these days, labelled by them."""
    if start == end:
        return Period(start, end, start.isoformat(), "day")
    return Period(start, end, f"{start.isoformat()}..{end.isoformat()}", "range")


def short_month(month: Period) -> str:
    """`Apr`, or in a 4-4-5 year `P04`."""
    return month.label[-3:] if "-P" in month.label else f"{month.start:%b}"


def weekdays(start: date, end: date) -> int:
    """How many days from Monday to Friday there are from `start` to `end`, both included; 0 where it ends before."""
    weeks, rest = divmod(max((end - start).days + 1, 0), 7)
    return weeks * 5 + sum((start.weekday() + n) % 7 < 5 for n in range(rest))
