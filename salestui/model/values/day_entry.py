"""What people type for a day: the day itself, or how far it is from the one that stands there.

2026-12-15            a day
31.12.  31.12.2026    day and month, in that order; without a year, the next such day
12/31  12/31/2026     month and day in either order, where one of them can be no month
today  tomorrow  fri  seen from today; the next Friday, on a Friday that of next week
+14d  -1w  +3m        days, weeks, months later or earlier
-  –                  no day
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line

EXPECTED = "a day such as 2026-12-15, 31.12., fri or today, or a change such as +14d, -1w or +3m"
_NOTHING = frozenset({"-", "–", "—"})
_CHANGE = re.compile(r"([+-])\s*([0-9]{1,4})\s*([dwm]?)", re.IGNORECASE)
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})(?:\.|\. ?([0-9]{4}))?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}))?")
_NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAST_LETTERS = 3
_LEAP_YEARS = 9
"""Within so many years there is a 29 February."""
_SHOWN = 30


def entered_day(text: str, current: date, today: date, *, back: bool = False) -> date | None:
    """The day that `text` stands for where `current` stood; None for no day, UsageProblem where it is none.

    What leaves the year or the week open is the next such day from `today` on, or, `back`, the last one.
    """
    plain = text.strip().replace("−", "-").casefold()
    if plain in _NOTHING:
        return None
    try:
        return _day(plain, current, today, -1 if back else 1)
    except (ValueError, OverflowError) as error:
        raise UsageProblem(f"“{fit(safe_line(text), _SHOWN)}” is no day", expected=EXPECTED) from error


def _day(plain: str, current: date, today: date, step: int) -> date:
    if change := _CHANGE.fullmatch(plain):
        number = int(change[2]) * (1 if change[1] == "+" else -1)
        if change[3] == "m":
            return _months_later(current, number)
        return current + timedelta(number * (7 if change[3] == "w" else 1))
    if plain in _NAMED:
        return today + timedelta(_NAMED[plain])
    if len(plain) >= _LEAST_LETTERS and (names := [name for name in _WEEKDAYS if name.startswith(plain)]):
        away = (_WEEKDAYS.index(names[0]) - today.weekday()) * step % 7 or 7
        return today + timedelta(away * step)
    if dotted := _DOTTED.fullmatch(plain):
        return _in_a_year(int(dotted[2]), int(dotted[1]), dotted[3], today, step)
    if slashed := _SLASHED.fullmatch(plain):
        return _in_a_year(*_month_and_day(int(slashed[1]), int(slashed[2])), slashed[3], today, step)
    return date.fromisoformat(plain)


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    months = range(1, 13)
    if first in months and second in months and first != second:
        raise UsageProblem(
            f"“{first}/{second}” may be {first}.{second}. or {second}.{first}.",
            expected=f"day and month with dots, such as {second}.{first}., or the whole day, such as 2026-12-15",
        )
    return (first, second) if first in months else (second, first)


def _in_a_year(month: int, day: int, year: str | None, today: date, step: int) -> date:
    """The day of the year; without one, the first there is from today on, or the last up to today."""
    if year is not None:
        return date(int(year), month, day)
    years = range(today.year, today.year + _LEAP_YEARS * step, step)
    found = next((found for found in _there(years, month, day) if (found - today).days * step >= 0), None)
    return date(today.year, month, day) if found is None else found


def _there(years: Iterable[int], month: int, day: int) -> Iterable[date]:
    return (date(year, month, day) for year in years if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1])


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
