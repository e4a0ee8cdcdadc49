"""Which months count as the year before: each month's own, a year earlier, or the latest same month that is over.

A plan is made before the year it goes on from has ended. A month whose business is not all in says nothing of a whole
one, so the same month of the latest year in which it is complete stands in: together, the last twelve whole months.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period, short_month
from salestui.planning.sales import Ledger

_YEAR = 12
_PAIR = 2


class YearBefore(NamedTuple):
    """The year before a fiscal year, month by month."""

    label: str
    """What it is called: `FY2026`."""
    months: tuple[Period, ...]
    """For each month of the year the one that counts as the same month a year before."""
    years: tuple[str, ...]
    """What the fiscal years of those are called."""
    unknown: frozenset[int] = frozenset()
    """The numbers of those that lie before the first sale that is known."""

    @property
    def period(self) -> Period:
        """From the first of these months to the last."""
        first, last = min(self.months), max(self.months)
        if not self.standing_in(range(len(self.months))):
            return Period(first.start, last.end, self.label, "year")
        return Period(first.start, last.end, f"{first.label}..{last.label}", "range")

    def standing_in(self, numbers: Iterable[int]) -> list[int]:
        """Which of these months of the year have another than their own month a year before, by number."""
        return [number for number in numbers if self.years[number] != self.label]

    def named(self, numbers: Sequence[int]) -> str:
        """What these months count by, where some stand in, such as `2025-11..2026-10`; nothing where none does."""
        if not self.standing_in(numbers):
            return ""
        runs = _runs([self.months[number] for number in numbers])
        return ", ".join(run[0].label if len(run) == 1 else f"{run[0].label}..{run[-1].label}" for run in runs)

    def notes(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """What is to be said of last year's bookings in these months: which stand in, and which are not known."""
        among = sorted(set(numbers))
        standing_in = self.standing_in(among)
        unknown = self._listed(number for number in among if number in self.unknown)
        found = []
        if standing_in:
            verb = "stands in" if len(standing_in) == 1 else "stand in"
            found.append(f"{self.label} is not over: {self._listed(standing_in)} {verb}")
        if unknown:
            found.append(f"no sales are known of {unknown}")
        return tuple(found)

    def _listed(self, numbers: Iterable[int]) -> str:
        """`Nov and Dec of FY2025`."""
        of: dict[str, list[Period]] = {}
        for number in numbers:
            of.setdefault(self.years[number], []).append(self.months[number])
        return ", ".join(f"{_names(months)} of {year}" for year, months in sorted(of.items()))


def year_before(calendar: FiscalCalendar, year: Period, ledger: Ledger) -> YearBefore:
    """The year before a fiscal year, as far as sales are known."""
    months = tuple(month_before(calendar, month, ledger.until) for month in calendar.months(year))
    years = tuple(calendar.year_of(month.start).label for month in months)
    first = ledger.first
    unknown = frozenset(number for number, month in enumerate(months) if first is not None and month.start < first)
    return YearBefore(calendar.shift(year, -1).label, months, years, unknown)


def base_before(calendar: FiscalCalendar, period: Period, ledger: Ledger) -> Period:
    """What a period of whole fiscal months goes on from: the same a year before, where that is over; else the months
    that stand in for it, where these follow one another, as those of a year do; else the same in the latest year in
    which it is over.
    """
    before = calendar.year_ago(period)
    if before.end > ledger.until:
        months = sorted(month_before(calendar, month, ledger.until) for month in calendar.months(period))
        if len(months) > 1 and all(_follows(*two) for two in pairwise(months)):
            return Period(months[0].start, months[-1].end, f"{months[0].label}..{months[-1].label}", "range")
    while before.end > ledger.until:
        before = calendar.year_ago(before)
    return before


def month_before(calendar: FiscalCalendar, month: Period, until: date) -> Period:
    """The same month of the latest year before in which it is over by a day."""
    before = calendar.shift(month, -_YEAR)
    while before.end > until:
        before = calendar.shift(before, -_YEAR)
    return before


def _follows(month: Period, other: Period) -> bool:
    return (other.start - month.end).days == 1


def _runs(months: Iterable[Period]) -> list[list[Period]]:
    """The months by stretches without a gap."""
    runs: list[list[Period]] = []
    for month in sorted(months):
        if runs and _follows(runs[-1][-1], month):
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _names(months: Sequence[Period]) -> str:
    """`Nov and Dec`, `Jan to Oct`."""
    runs = [[short_month(month) for month in run] for run in _runs(months)]
    told = [f"{run[0]} to {run[-1]}" if len(run) > _PAIR else " and ".join(run) for run in runs]
    return ", ".join(told)
