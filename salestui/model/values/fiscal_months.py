"""A company's months, numbered through, so that moving between periods is arithmetic."""

from datetime import date, timedelta
from typing import Final

from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period, of_days

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
YEARS_NAMED: Final = range(FIRST_YEAR - 1, LAST_YEAR + 2)
"""The years a period within reach can have in its name: it may begin in one calendar year and end in the next."""

_FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
_LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()
_ONE_DAY = timedelta(days=1)
_WEEKS_BEFORE_MONTH = (0, 4, 8, 13, 17, 21, 26, 30, 34, 39, 43, 47)


class BeyondYears(UsageProblem):
    """A day or period wholly outside the years the calendar reaches."""


class FiscalMonths:
    """Months by number: twelve times the calendar year the fiscal year nominally starts in, plus the place in it.

    So a quarter's number is a month's ÷ 3 and a year's is ÷ 12. The settings are those of `FiscalCalendar`.
    """

    __slots__ = ("_anchor", "_by_weeks", "_first_month", "_years_named_later")

    def __init__(self, first_month: int, scheme: str, anchor: int, named_by: str) -> None:
        self._first_month = first_month
        self._by_weeks = scheme == "4-4-5"
        self._anchor = anchor
        self._years_named_later = int(named_by == "end" and first_month > 1)

    def number(self, day: date) -> int:
        """The number of the month the day belongs to."""
        if not FIRST_YEAR - 2 <= day.year <= LAST_YEAR + 2:  # where the outermost periods begin and end
            raise beyond_years()
        if not self._by_weeks:
            return day.year * 12 + day.month - self._first_month
        year = day.year + 1
        while day < (start := self._year_start(year)):
            year -= 1
        weeks = (day - start).days // 7
        return year * 12 + sum(before <= weeks for before in _WEEKS_BEFORE_MONTH) - 1

    def start_year(self, named: int) -> int:
        """The number of the fiscal year that has this year in its name."""
        return named - self._years_named_later

    def months(self, first: int, length: int = 1) -> Period:
        """A month, or a range of whole months."""
        start, end = self._days(first, length)
        if length == 1:
            return Period(start, end, self._label(first), "month")
        return Period(start, end, f"{self._label(first)}..{self._label(first + length - 1)}", "range")

    def quarter(self, number: int) -> Period:
        """The quarter of this number."""
        start, end = self._days(number * 3, 3)
        return Period(start, end, f"{number // 4 + self._years_named_later}Q{number % 4 + 1}", "quarter")

    def year(self, number: int) -> Period:
        """The fiscal year of this number."""
        start, end = self._days(number * 12, 12)
        return Period(start, end, f"FY{number + self._years_named_later}", "year")

    def day_year_ago(self, day: date) -> date:
        """The same date a year before (28 February for the 29th); by weeks, the same day of the fiscal year before."""
        if not self._by_weeks:
            leap_day = day.month == 2 and day.day == 29
            return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
        year = self.number(day) // 12
        counterpart = self._year_start(year - 1) + (day - self._year_start(year))
        return min(counterpart, self._year_start(year) - _ONE_DAY)

    def _days(self, first: int, length: int) -> tuple[date, date]:
        if first // 12 > LAST_YEAR + 1 or (first + length) // 12 < FIRST_YEAR - 1:
            raise beyond_years()
        start, end = self._start(first), self._start(first + length) - _ONE_DAY
        if start.toordinal() > _LAST_DAY or end.toordinal() < _FIRST_DAY:
            raise beyond_years()
        return start, end

    def _start(self, number: int) -> date:
        if not self._by_weeks:
            year, month = divmod(number + self._first_month - 1, 12)
            return date(year, month + 1, 1)
        return self._year_start(number // 12) + timedelta(weeks=_WEEKS_BEFORE_MONTH[number % 12])

    def _year_start(self, year: int) -> date:
        first = date(year, self._first_month, 1)
        return first + timedelta(days=(self._anchor - first.weekday() + 3) % 7 - 3)

    def _label(self, number: int) -> str:
        if not self._by_weeks:
            return self._start(number).isoformat()[:7]
        return f"FY{number // 12 + self._years_named_later}-P{number % 12 + 1:02}"


def moved(period: Period, days: int) -> Period:
    """The period so many days later, labelled by its days."""
    start, end = period.start.toordinal() + days, period.end.toordinal() + days
    if start > _LAST_DAY or end < _FIRST_DAY:
        raise beyond_years()
    return of_days(date.fromordinal(start), date.fromordinal(end))


def beyond_years(what: str = "A date") -> BeyondYears:
    """The problem with something so far away."""
    return BeyondYears(f"{what} lies beyond the calendar", expected=f"a year from {FIRST_YEAR} to {LAST_YEAR}")
