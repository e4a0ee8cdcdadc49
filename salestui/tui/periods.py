"""The periods to choose from, as seen on a day."""

from collections.abc import Iterator
from datetime import date

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.tui.widgets.choices import Choice

_NAMED = (
    ("this", "this quarter"),
    ("last", "last quarter"),
    ("this+1", "next quarter"),
    ("this-month", "this month"),
    ("last-month", "last month"),
    ("this-year", "this year"),
    ("last-year", "last year"),
    ("qtd", "quarter to date"),
    ("ytd", "year to date"),
    ("mtd", "month to date"),
)
_QUARTERS_BEFORE = range(2, 9)
_MONTHS_BEFORE = range(2, 13)


def choices(calendar: FiscalCalendar, as_of: date) -> list[Choice]:
    """The periods people look at most, the nearest first."""
    quarters = [(f"this-{number}", f"{number} quarters ago") for number in _QUARTERS_BEFORE]
    months = [(f"this-month-{number}", f"{number} months ago") for number in _MONTHS_BEFORE]
    found = [_choice(calendar.parse(text, as_of), name) for text, name in (*_NAMED, *quarters, *months)]
    # On the first day of a year, what has passed of the quarter, the year and the month is the same.
    return list({choice.value: choice for choice in reversed(found)}.values())[::-1]


def typed(calendar: FiscalCalendar, as_of: date, text: str) -> list[Choice]:
    """The period that a text names, if it names one."""
    try:
        return [_choice(calendar.parse(text, as_of), "what you typed")] if text else []
    except UsageProblem:
        return []


def labels(calendar: FiscalCalendar, as_of: date) -> Iterator[str]:
    """What completes the name of a period."""
    yield from (choice.value for choice in choices(calendar, as_of))
    yield from (text for text, _ in _NAMED)


def _choice(period: Period, name: str) -> Choice:
    return Choice(period.label, period.label, f"{name}, {_days(period)}")


def _days(period: Period) -> str:
    start, end = period.start, period.end
    return f"{start.day} {start:%b %Y} – {end.day} {end:%b %Y}"
