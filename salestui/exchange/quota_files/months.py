"""Which fiscal month a column or a cell of a quota file is for."""

from datetime import date
from typing import Literal, NamedTuple

from salestui.exchange.quota_files.headings import Across
from salestui.exchange.trouble import Fault
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem

YearIs = Literal["fiscal", "calendar"]
"""What the years of a file are."""


class Year(NamedTuple):
    """A year that a file tells."""

    number: int
    kind: YearIs


class FiscalMonth(NamedTuple):
    """A fiscal month by its first day, and the number of the fiscal year it is in."""

    start: date
    year: int


def fiscal_month(across: Across, year: Year | None, calendar: FiscalCalendar) -> FiscalMonth | Fault:
    """The fiscal month that is meant; a Fault where there is none, or the year is needed or contradicts it."""
    try:
        if across.kind == "dated":
            return _of_day(date(across.year or 0, across.number, across.day), year, calendar)
        if across.year is not None:
            year = Year(across.year, "fiscal")
        if year is None:
            return Fault("No year is told", "a column fiscal year", "Say which with --year FY2026.")
        if year.kind == "calendar" and across.kind != "position":
            return _of_day(date(year.number, across.number, 1), None, calendar)
        months = calendar.months(calendar.parse(f"FY{year.number:04}", date.min))
    except (ValueError, UsageProblem):
        return Fault("There is no such month", "a month such as 2026-01, of a year from 1900 to 2200")
    if across.kind != "common":
        return FiscalMonth(months[across.number - 1].start, year.number)
    if calendar.scheme != "months":
        return Fault(
            "This company's fiscal months are none of the common calendar",
            f"M01 to M12, or first days such as {months[0].start}",
        )
    return next(FiscalMonth(month.start, year.number) for month in months if month.start.month == across.number)


def _of_day(day: date, year: Year | None, calendar: FiscalCalendar) -> FiscalMonth | Fault:
    month = calendar.month_of(day)
    number = calendar.year_of(day).fiscal_year
    if month.start != day:
        return Fault(f"{day} is no first day of a fiscal month", f"{month.start}, where that month is meant")
    if year is not None and year.number != (number if year.kind == "fiscal" else day.year):
        return Fault(f"{day} belongs to FY{number}, not to {year.number}", "a month of the year beside it")
    return FiscalMonth(day, number)
