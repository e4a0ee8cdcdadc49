"""The fiscal calendar: which month, quarter and year a day belongs to, and the periods people name."""

import re
from datetime import date

from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.fiscal_months import YEARS_NAMED, BeyondYears, FiscalMonths, beyond_years, moved
from salestui.model.values.period import Period, of_days
from salestui.model.values.text import fit, safe_line

_EXAMPLES = "a period such as 2026-03, 2026Q1, FY2026, 2026-03-05, 2026-01..2026-03, this, last-month, ytd or 2026Q1-1"


class FiscalCalendar:
    """A company's year.

    `first_month` is the month (1–12) in which the fiscal year begins. Scheme `months`: months are calendar months.
    Scheme `4-4-5`: a quarter is months of four, four and five weeks, the year starts on the `anchor` weekday (Monday 0
    to Sunday 6) nearest to the first day of `first_month`, and a 53rd week joins the last month. `named_by` says
    whether FY2026 is the year that ends or the one that starts in 2026.

    Periods wholly outside the years 1900–2200 are refused with UsageProblem.
    """

    __slots__ = ("_common", "_fiscal", "anchor", "first_month", "named_by", "scheme")

    def __init__(self, first_month: int = 1, scheme: str = "months", anchor: int = 0, named_by: str = "end") -> None:
        """Raises DataProblem for a setting that is none."""
        if first_month not in range(1, 13):
            raise DataProblem(f"first_month is {first_month!r}", expected="a month from 1 to 12")
        if scheme not in ("months", "4-4-5"):
            raise DataProblem(f"scheme is {scheme!r}", expected='"months" or "4-4-5"')
        if anchor not in range(7):
            raise DataProblem(f"anchor is {anchor!r}", expected="a weekday from 0 (Monday) to 6 (Sunday)")
        if named_by not in ("end", "start"):
            raise DataProblem(f"named_by is {named_by!r}", expected='"end" or "start"')
        self.first_month = first_month
        self.scheme = scheme
        self.anchor = anchor
        self.named_by = named_by
        self._fiscal = FiscalMonths(first_month, scheme, anchor, named_by)
        self._common = self._fiscal if scheme == "months" else FiscalMonths(1, "months", 0, "end")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FiscalCalendar) and self._settings() == other._settings()

    def __hash__(self) -> int:
        return hash(self._settings())

    def __repr__(self) -> str:
        return "FiscalCalendar({}, {!r}, {}, {!r})".format(*self._settings())

    def month_of(self, day: date) -> Period:
        """The fiscal month the day belongs to."""
        return self._fiscal.months(self._fiscal.number(day))

    def quarter_of(self, day: date) -> Period:
        """The fiscal quarter the day belongs to."""
        return self._fiscal.quarter(self._fiscal.number(day) // 3)

    def year_of(self, day: date) -> Period:
        """The fiscal year the day belongs to."""
        return self._fiscal.year(self._fiscal.number(day) // 12)

    def months(self, period: Period) -> tuple[Period, ...]:
        """The fiscal months that the period touches, whole and in order."""
        first, last = self._fiscal.number(period.start), self._fiscal.number(period.end)
        return tuple(self._fiscal.months(number) for number in range(first, last + 1) if period.days)

    def quarters(self, period: Period) -> tuple[Period, ...]:
        """The fiscal quarters that the period touches, whole and in order."""
        first, last = self._fiscal.number(period.start) // 3, self._fiscal.number(period.end) // 3
        return tuple(self._fiscal.quarter(number) for number in range(first, last + 1) if period.days)

    def shift(self, period: Period, n: int) -> Period:
        """The period n of its own lengths later; earlier for n < 0.

        Months, quarters and years stay such; a range of whole months moves by as many months, one of days by as many
        days. `shift(shift(p, n), -n) == p`.
        """
        if period.kind == "year":
            return self._fiscal.year(self._fiscal.number(period.start) // 12 + n)
        if period.kind == "quarter":
            return self._fiscal.quarter(self._fiscal.number(period.start) // 3 + n)
        grid = self._grid(period)
        if grid is None:
            return moved(period, period.days * n)
        first, last = grid.number(period.start), grid.number(period.end)
        length = last - first + 1
        return grid.months(first + length * n, length)

    def prior(self, period: Period, elapsed: int | None = None) -> Period:
        """The period just before; with `elapsed` days, cut at the same elapsed day (whole if the period is over)."""
        return _cut_alike(self.shift(period, -1), period, elapsed)

    def year_ago(self, period: Period, elapsed: int | None = None) -> Period:
        """The same period of the year before; with `elapsed` days, cut at the same elapsed day.

        Once the period is over, the whole of last year's is meant, even where a leap day or a 53rd week makes that
        longer. Days move to the same date, in a 4-4-5 calendar to the same day of the fiscal year, and keep their
        number.
        """
        if period.kind == "year":
            return _cut_alike(self.shift(period, -1), period, elapsed)
        if period.kind == "quarter":
            return _cut_alike(self.shift(period, -4), period, elapsed)
        grid = self._grid(period)
        if grid is None:
            start = self._fiscal.day_year_ago(period.start)
            return _cut_alike(moved(period, (start - period.start).days), period, elapsed)
        first, last = grid.number(period.start), grid.number(period.end)
        return _cut_alike(grid.months(first - 12, last - first + 1), period, elapsed)

    def parse(self, text: str, as_of: date) -> Period:
        """The period a text names, as seen on a day. UsageProblem, with examples, where it names none.

        `2026-03` is a calendar month, `2026Q1` and `FY2026` are fiscal, `FY2026-P03` is the third month of a fiscal
        year, `2026-03-05` a day. `this` and `last` are quarters; `this-month`, `last-month`, `this-year`, `last-year`;
        `mtd`, `qtd`, `ytd` run to the day. `a..b` is from the start of one to the end of the other. `2026Q1-1` and
        `this+1` are so many periods earlier or later.
        """
        try:
            return self._parsed(text, as_of)
        except BeyondYears:
            raise beyond_years(_quoted(text)) from None

    def _parsed(self, text: str, as_of: date) -> Period:
        sides = [side.strip() for side in text.strip().lower().split("..")]
        if len(sides) == 1:
            return self._named(sides[0], text, as_of)
        if len(sides) != 2 or not all(sides):
            raise _not_a_period(text, "a range has one beginning and one end")
        first, last = (self._named(side, text, as_of) for side in sides)
        if last.end < first.start:
            raise _not_a_period(text, f"it runs backwards; did you mean {sides[1]}..{sides[0]}?")
        grid = self._grid(first)
        if grid is None or grid is not self._grid(last):
            return of_days(first.start, last.end)
        begin, end = grid.number(first.start), grid.number(last.end)
        return grid.months(begin, end - begin + 1)

    def _named(self, name: str, text: str, as_of: date) -> Period:
        """One side of a range: a plain name, or one with `+n` or `-n`."""
        found, steps = self._plain(name, text, as_of), 0
        match = re.fullmatch(r"(.+)([+-])([1-9][0-9]{0,5})", name) if found is None else None
        if match is not None:
            found, steps = self._plain(match[1], text, as_of), int(match[2] + match[3])
            if found is not None and steps < 0 and re.fullmatch(r"[0-9]{4}-[0-9]{2}", match[1]):
                raise _not_a_period(text, "a day has two digits, and an earlier month is written by its own name")
        if found is None:
            raise _not_a_period(text)
        period, elapsed = found
        return _cut_alike(self.shift(period, steps), period, elapsed)

    def _plain(self, name: str, text: str, as_of: date) -> tuple[Period, int | None] | None:
        """The period of a plain name, and after how many days to cut it; None for what is no plain name."""
        if name in ("this", "this-quarter", "last", "last-quarter", "qtd"):
            period = self.quarter_of(as_of)
        elif name in ("this-month", "last-month", "mtd"):
            period = self.month_of(as_of)
        elif name in ("this-year", "last-year", "ytd"):
            period = self.year_of(as_of)
        else:
            written = self._written(name, text)
            return None if written is None else (written, None)
        if name.startswith("last"):
            return self.shift(period, -1), None
        return period, period.day_number(as_of) if name.endswith("td") else None

    def _written(self, name: str, text: str) -> Period | None:
        """The period of a name made of a year and numbers; None for anything else."""
        match = re.fullmatch(r"(fy)?([0-9]{4})(?:-p([0-9]{2})|q([0-9])|-([0-9]{2})(?:-([0-9]{2}))?)?", name)
        if match is None:
            return None
        fiscal, position, quarter, month, day = match.group(1, 3, 4, 5, 6)
        year = int(match[2])
        if year not in YEARS_NAMED:
            raise beyond_years()
        start_year = self._fiscal.start_year(year)
        if fiscal and position:
            if not 1 <= int(position) <= 12:
                raise _not_a_period(text, f"there is no month P{position} in a year")
            return self._fiscal.months(start_year * 12 + int(position) - 1)
        if fiscal:
            return None if quarter or month else self._fiscal.year(start_year)
        if quarter:
            if not 1 <= int(quarter) <= 4:
                raise _not_a_period(text, f"there is no quarter {quarter}")
            return self._fiscal.quarter(start_year * 4 + int(quarter) - 1)
        if not month:
            return None
        try:
            start = date(year, int(month), int(day or 1))
        except ValueError:
            raise _not_a_period(text, "there is no such day" if day else f"there is no month {month}") from None
        return moved(of_days(start, start), 0) if day else self._common.months(self._common.number(start))

    def _grid(self, period: Period) -> FiscalMonths | None:
        """In which months the period is written: fiscal ones, common ones, or None: in days."""
        begin = period.label.partition("..")[0]
        if period.kind == "day" or (period.kind == "range" and begin.count("-") == 2):
            return None
        if period.kind in ("quarter", "year") or begin.startswith("FY"):
            return self._fiscal
        return self._common

    def _settings(self) -> tuple[int, str, int, str]:
        return self.first_month, self.scheme, self.anchor, self.named_by


def _cut_alike(other: Period, period: Period, elapsed: int | None) -> Period:
    return other if elapsed is None or elapsed >= period.days else other.cut(elapsed)


def _not_a_period(text: str, why: str = "") -> UsageProblem:
    named = f"{_quoted(text)} is not a period"
    return UsageProblem(f"{named}: {why}" if why else named, expected=_EXAMPLES)


def _quoted(text: str) -> str:
    return f"“{fit(safe_line(text), 40)}”"
