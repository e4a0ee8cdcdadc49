"""Dates of a file's column: ISO as they stand, others by a format or by what the whole column allows, never by cell."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from salestui.exchange.trouble import Fault, quoted
from salestui.metrics.structure import FIRST_DAY, LAST_DAY
from salestui.model.values.period import EARLIEST, LATEST

ISO = "iso"
_EXAMPLES = {ISO: "a day such as 2026-03-31"}
_TIME = (
    r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s?(?:[AaPp][Mm])?\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|Z)?"
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"(?:[T ]+(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?"
    r"\s?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_NUMERIC = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_USUAL = ("%b %d %Y %I:%M%p", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%Y%m%d")
_CLOCK = ("%H", "%I", "%c", "%X", "%T", "%R")
_ASK = 'Name the format in the mapping, such as dates = ["%d/%m/%Y"].'


@dataclass(frozen=True)
class DateStyle:
    """How a file writes dates.

    `formats` are strptime's, or `iso`; without any, the column itself must settle how it is to be read. `zone` is where
    the clock times are from, `home` the company's zone, in which a moment's date is taken; without a stated zone the
    date is taken as it is written.
    """

    formats: tuple[str, ...] = ()
    shift_days: int = 0
    zone: tzinfo | None = None
    home: tzinfo | None = None


@dataclass(frozen=True)
class Column:
    """Dates that were read, and how, where that was not as ISO."""

    values: list[date | Fault | None]
    read_as: str | None = None


def dates(texts: Sequence[str | None], style: DateStyle, *, open_ended: bool = False) -> Column:
    """A column of dates. `open_ended` columns may hold the first and the last day there is, for no beginning or end."""
    distinct = dict.fromkeys(text for text in texts if text is not None)
    read_as = None
    if style.formats:
        found = _by_formats(distinct, style)
    else:
        found, read_as = _by_column(distinct, style)
    within = {text: _within(text, value, style.shift_days, open_ended) for text, value in found.items()}
    return Column([None if text is None else within[text] for text in texts], read_as)


def _by_formats(texts: Mapping[str, None], style: DateStyle) -> dict[str, date | Fault]:
    readings = {text: {form: _parsed(text, form, style) for form in style.formats} for text in texts}
    fits_all = [form for form in style.formats if all(reading[form] for reading in readings.values())]
    found: dict[str, date | Fault] = {}
    for text, reading in readings.items():
        days = {day for day in reading.values() if day is not None}
        if len(days) > 1 and len(fits_all) == 1:
            days = {day for day in (reading[fits_all[0]],) if day is not None}
        if len(days) == 1:
            found[text] = days.pop()
        elif days:
            found[text] = Fault(
                f"{quoted(text)} fits several of the mapping's formats", "one format that fits the whole column", _ASK
            )
        else:
            expected = " or ".join(_EXAMPLES.get(form, form) for form in style.formats)
            found[text] = Fault(f"{quoted(text)} is not a date in the mapping's format", expected)
    return found


def _by_column(texts: Mapping[str, None], style: DateStyle) -> tuple[dict[str, date | Fault], str | None]:
    numeric = {text: match for text in texts if (match := _NUMERIC.fullmatch(text)) is not None}
    settled = _settle(numeric)
    found: dict[str, date | Fault] = {}
    for text in texts:
        if text not in numeric:
            found[text] = _parsed(text, ISO, style) or _not_a_date(text)
        elif isinstance(settled, Fault):
            found[text] = settled if _both(numeric[text]) != (None, None) else _not_a_date(text)
        else:
            found[text] = _both(numeric[text])[settled == "month first"] or _not_a_date(text)
    return found, settled if numeric and isinstance(settled, str) else None


def _settle(numeric: Mapping[str, re.Match[str]]) -> str | Fault:
    """Whether a column of dates such as 03/04/2017 writes the day or the month first, or why that cannot be told."""
    day_only = month_only = either = two_digits = None
    for text, match in numeric.items():
        by_day, by_month = _both(match)
        if len(match[4]) == 2:
            two_digits = two_digits or text
        elif by_day and by_month:
            either = either or (text if by_day != by_month else None)
        elif by_day:
            day_only = day_only or text
        elif by_month:
            month_only = month_only or text
    if two_digits:
        mark = numeric[two_digits][2]
        remedy = f'Name the format in the mapping, such as dates = ["%d{mark}%m{mark}%y"].'
        return Fault(f"{quoted(two_digits)} can be read in several ways", "a year of four digits, or a format", remedy)
    if day_only and month_only:
        return Fault(
            f"{quoted(day_only)} has the day first and {quoted(month_only)} the month, in one column",
            "one way of writing dates",
            "Export the dates as 2026-03-31.",
        )
    if either and not day_only and not month_only:
        return Fault(f"{quoted(either)} may have the day or the month first; the column does not tell", "", _ASK)
    return "month first" if month_only else "day first"


def _both(match: re.Match[str]) -> tuple[date | None, date | None]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if len(match[4]) == 2 else 0
    return _day(year, second, first), _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parsed(text: str, form: str, style: DateStyle) -> date | None:
    try:
        if form == ISO:
            match = _ISO.fullmatch(text)
            return None if match is None else _iso(match, style)
        found = time.strptime(text, form)
        offset = timezone(timedelta(seconds=found.tm_gmtoff)) if "%z" in form else None
        clock = (found.tm_hour, found.tm_min) if any(part in form for part in _CLOCK) else None
        return _at_home(date(*found[:3]), clock, offset, style)
    except (ValueError, OverflowError, re.error):
        return None


def _iso(match: re.Match[str], style: DateStyle) -> date:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    clock = None if match["hour"] is None else (int(match["hour"]), int(match["minute"]))
    offset: tzinfo | None = None
    if match["offset"] == "Z":
        offset = UTC
    elif match["offset"]:
        hours, minutes = int(match["offset"][1:3]), int(match["offset"][-2:])
        ahead = timedelta(hours=hours, minutes=minutes)
        offset = timezone(-ahead if match["offset"][0] == "-" else ahead)
    return _at_home(day, clock, offset, style)


def _at_home(day: date, clock: tuple[int, int] | None, offset: tzinfo | None, style: DateStyle) -> date:
    """The company's date at a clock time of a day elsewhere; the day itself where it has no clock time or no zone."""
    zone = offset or style.zone
    if clock is None or zone is None or style.home is None:
        if clock is not None and not (0 <= clock[0] < 24 and 0 <= clock[1] < 60):
            raise ValueError(f"there is no time {clock}")
        return day
    return datetime(day.year, day.month, day.day, *clock, tzinfo=zone).astimezone(style.home).date()


def _within(text: str, value: date | Fault, shift_days: int, open_ended: bool) -> date | Fault:
    if isinstance(value, Fault) or (open_ended and value in (EARLIEST, LATEST)):
        return value
    try:
        moved = value + timedelta(days=shift_days)
    except OverflowError:
        moved = value
    if FIRST_DAY <= moved <= LAST_DAY:
        return moved
    return Fault(f"{quoted(text)} lies outside the days there can be", f"a date from {FIRST_DAY} to {LAST_DAY}")


def _not_a_date(text: str) -> Fault:
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}\.[0-9]", text):
        return Fault(
            f"{quoted(text)} is what a spreadsheet left of a time; the date is lost",
            "a date such as 2026-03-31",
            "Export the file again without opening it in a spreadsheet.",
        )
    fitting = next((form for form in _USUAL if _parsed(text, form, DateStyle()) is not None), None)
    remedy = f'Say dates = ["{fitting}"] in the mapping.' if fitting else ""
    return Fault(f"{quoted(text)} is not a date", "a date such as 2026-03-31", remedy)


def check_format(form: str) -> bool:
    """Whether `form` is a format that tells a day, month and year."""
    if form == ISO:
        return True
    sample = datetime(2031, 12, 25, 13, 14, 15, tzinfo=UTC)
    try:
        return time.strptime(sample.strftime(form), form)[:3] == (2031, 12, 25)
    except (ValueError, re.error):
        return False


def shift_in_days(text: str) -> int | None:
    """How many days `+3 days` or `-1 day` is; None where the text says something else."""
    match = re.fullmatch(r"([+-]?[0-9]{1,4})\s*days?", text.strip())
    return int(match[1]) if match else None
