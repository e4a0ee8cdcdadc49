"""A copy of a company's files in the project's own layout, moved in time by whole quarters.

Days keep their place in their month (the last days of a long one come to the end of a short one), and the fiscal year's
first month moves with them, so that quarters, seasons and quotas stay what they were.
"""

import csv
import tomllib
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import EARLIEST, LATEST

_DAYS = frozenset(
    {
        *("valid_from", "valid_to", "hired_on", "left_on", "created_on", "close_on", "entered_on", "booked_on"),
        *("month", "starts_on"),
    }
)
_YEAR = "fiscal_year"


def quarters_until(source: Path, today: date) -> int:
    """By how many whole quarters the company in `source` must move for its last day to come up to `today`."""
    last = _as_of(source)
    months = (today.year - last.year) * 12 + today.month - last.month
    quarters = months // 3
    return quarters - (move(last, quarters * 3) > today)


def _as_of(source: Path) -> date:
    content = tomllib.loads((source / "company.toml").read_text(encoding="utf-8"))
    try:
        return date.fromisoformat(str(content["company"]["as_of"]))
    except (KeyError, ValueError) as error:
        raise DataProblem("The company's last day is missing.", where="company.toml", expected="as_of") from error


def move(day: date, months: int) -> date:
    """The day so many months later; an open end stays open."""
    if day in (EARLIEST, LATEST):
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(source: Path, target: Path, quarters: int) -> None:
    """Write the files of `source` into `target`, moved by so many quarters."""
    content = tomllib.loads((source / "company.toml").read_text(encoding="utf-8"))
    company = content["company"]
    first_month = int(company.get("first_month", 1))
    named_by = str(company.get("named_by", "end"))
    before = FiscalCalendar(first_month, named_by=named_by)
    after = FiscalCalendar((first_month - 1 + quarters * 3) % 12 + 1, named_by=named_by)
    for file in sorted(source.glob("*.csv")):
        with (
            file.open(encoding="utf-8", newline="") as reading,
            (target / file.name).open("w", encoding="utf-8", newline="") as writing,
        ):
            rows = csv.reader(reading)
            csv.writer(writing, lineterminator="\n").writerows(_moved(rows, before, after, quarters * 3))
    text = (source / "company.toml").read_text(encoding="utf-8")
    moved = move(_as_of(source), quarters * 3)
    lines = [_setting(line, moved, after.first_month) for line in text.splitlines()]
    if "first_month" not in company:
        lines.insert(lines.index("[company]") + 1, f"first_month = {after.first_month}")
    (target / "company.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _setting(line: str, as_of: date, first_month: int) -> str:
    key = line.partition("=")[0].strip()
    if key == "as_of":
        return f'as_of = "{as_of}"' if '"' in line else f"as_of = {as_of}"
    return f"first_month = {first_month}" if key == "first_month" else line


def _moved(
    rows: Iterable[list[str]], before: FiscalCalendar, after: FiscalCalendar, months: int
) -> Iterable[list[str]]:
    days: list[int] = []
    years: list[int] = []
    for number, row in enumerate(rows):
        if number == 0:
            days = [index for index, name in enumerate(row) if name in _DAYS]
            years = [index for index, name in enumerate(row) if name == _YEAR]
            yield row
            continue
        for index in days:
            if row[index]:
                row[index] = move(date.fromisoformat(row[index]), months).isoformat()
        for index in years:
            first_day = before.parse(f"FY{row[index]}", date.min.replace(year=2000)).start
            row[index] = str(after.year_of(move(first_day, months)).fiscal_year)
        yield row
