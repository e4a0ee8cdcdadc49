"""Reading a file of quotas, months across or in rows, into quotas as it tells them: whose, of which month, how much."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from salestui.exchange.columns import plain
from salestui.exchange.mapping import Style
from salestui.exchange.numbers import NumberStyle, amounts, currency_contradicts
from salestui.exchange.quota_files.headings import (
    WHO,
    Across,
    Headings,
    Kind,
    across_of,
    headings_of,
    read_mapping,
)
from salestui.exchange.quota_files.months import FiscalMonth, Year, YearIs, fiscal_month
from salestui.exchange.reading import Layout, Sheet, folded, read_sheet, titles_of
from salestui.exchange.trouble import Fault, Pulse, Refusal, Trouble, quoted
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem

NOTHING = ("-", "–", "—", "NULL", "null", "None", "N/A", "n/a", "NaN")
"""What stands for no quota, beside an empty cell."""

_BARE = re.compile(r"[0-9.,()\s-]*")
_NOT_IN_A_MAPPING = "Say --decimal . or --decimal , so that it is clear."


class How(NamedTuple):
    """How a file is to be read, as the user says; what is not said is told by the file or not at all."""

    mapping: Sequence[str] = ()
    year: int | None = None
    """The fiscal year to take; quotas of others are left out."""
    year_is: YearIs | None = None
    unit: int = 1
    """What a 1 in the file is worth."""
    decimal: str | None = None
    below_zero: bool = False
    """Whether quotas below zero are meant."""


class Whose(NamedTuple):
    """Whom a row is for, as it says: the kind of column, its title, and the text there."""

    kind: Kind
    title: str
    text: str


class Told(NamedTuple):
    """A quota as the file tells it."""

    row: int
    column: str
    whose: Whose
    line: str | None
    month: date
    year: int
    text: str | None
    amount: Amount | None


class QuotaFile(NamedTuple):
    """What a file tells."""

    name: str
    wide: bool
    rows: int
    quotas: list[Told]
    other_years: int
    """Quotas of other years than the one that was asked for."""
    line_column: str
    left_out: tuple[str, ...]
    """Columns that were not read."""
    encoding: str
    delimiter: str


def read_quota_file(
    path: str, how: How, calendar: FiscalCalendar, currency: str, trouble: Trouble, pulse: Pulse
) -> QuotaFile:
    """Read it; rows that cannot be taken are noted as trouble. Problem where it is no quota file at all."""
    mapping = read_mapping(how.mapping)
    try:
        headings = headings_of(titles_of(path), mapping, path)
    except DataProblem:
        _read(path, (), lambda _: None)  # what is no table at all is told as such
        raise
    sheet = _read(path, headings.used, lambda row: pulse.beat("Reading", row, 0))
    reader = _Reader(sheet, headings, how, calendar, currency, trouble)
    reader.refuse_unclear_years(path)
    told = list(reader.told())
    kept = [each for each in told if how.year in (None, each.year)]
    used = {folded(title) for title in headings.used}
    left_out = tuple(shown for title, shown in sheet.titles.items() if title not in used)
    line = sheet.titles.get(headings.fields.get("line", ""), "line")
    return QuotaFile(
        sheet.name,
        headings.wide,
        len(sheet.numbers),
        kept,
        len(told) - len(kept),
        line,
        left_out,
        sheet.encoding,
        sheet.delimiter,
    )


def _read(path: str, wanted: Collection[str], beat: Callable[[int], None]) -> Sheet:
    """The file's columns; a remedy that a mapping file would be is none here."""
    try:
        return read_sheet(path, wanted, Layout(), beat)
    except DataProblem as problem:
        if "mapping" not in problem.remedy:
            raise
        raise DataProblem(
            problem.what, where=path, expected=problem.expected, remedy="Save it as CSV in UTF-8."
        ) from problem


class _Reader:
    def __init__(
        self, sheet: Sheet, headings: Headings, how: How, calendar: FiscalCalendar, currency: str, trouble: Trouble
    ) -> None:
        self._sheet, self._headings, self._how = sheet, headings, how
        self._calendar, self._currency, self._trouble = calendar, currency, trouble
        self._style = Style(none=NOTHING)
        self._months: dict[tuple[Across, Year | None], FiscalMonth | Fault] = {}

    def refuse_unclear_years(self, path: str) -> None:
        """DataProblem where a column `Year` may be of fiscal or of calendar years, and it matters which."""
        same = self._calendar.scheme == "months" and self._calendar.first_month == 1
        matters = "year" in self._headings.fields and not same
        if matters and self._how.year_is is None:
            raise DataProblem(
                f"The years in column {quoted(self._title('year'))} may be fiscal or calendar years",
                where=path,
                remedy="Say --year-is fiscal or --year-is calendar.",
            )

    def told(self) -> Iterator[Told]:
        """The quotas, row by row."""
        for number, count in self._sheet.misshapen:
            fault = Fault(f"The row has {count} fields", f"{self._sheet.width}, as the header has")
            self._refuse(number, "", None, fault)
        rows = len(self._sheet.numbers)
        cells = {kind: self._cells(title) for kind, title in self._headings.fields.items()}
        years = self._years(cells, rows)
        whose = self._whose(cells, rows)
        lines = cells.get("line") or [None] * rows
        columns: list[tuple[str, Sequence[Across | None], list[str | None]]]
        if self._headings.wide:
            columns = [(self._shown(title), [across] * rows, self._cells(title)) for title, across in self._across()]
        else:
            columns = [(self._title("amount"), self._in_rows(cells["month"]), cells["amount"])]
        amounts_of = self._amounts([(column, texts) for column, _, texts in columns])
        for row, number in enumerate(self._sheet.numbers):
            who, year = whose[row], years[row]
            if who is None or isinstance(year, Fault):
                continue
            for (column, months, texts), found in zip(columns, amounts_of, strict=True):
                across, amount = months[row], found[row]
                if across is None or isinstance(amount, Fault):
                    continue
                month = self._month(across, year)
                if isinstance(month, Fault):
                    at = column if self._headings.wide else self._title("month")
                    self._refuse(number, at, None if self._headings.wide else cells["month"][row], month)
                    continue
                yield Told(number, column, who, lines[row], month.start, month.year, texts[row], amount)

    def _across(self) -> Iterator[tuple[str, Across]]:
        return iter(self._headings.months.items())

    def _cells(self, title: str) -> list[str | None]:
        return plain(self._sheet.columns[title], self._style)

    def _shown(self, title: str) -> str:
        return self._sheet.titles.get(title, title)

    def _title(self, kind: Kind) -> str:
        return self._shown(self._headings.fields[kind])

    def _refuse(self, row: int, column: str, value: str | None, fault: Fault) -> None:
        self._trouble.refuse(Refusal("quota", self._sheet.name, row, column, value, fault))

    def _years(self, cells: dict[Kind, list[str | None]], rows: int) -> list[Year | Fault | None]:
        kind: Kind = "fiscal_year" if "fiscal_year" in cells else "year"
        if kind not in cells:
            return [None if self._how.year is None else Year(self._how.year, "fiscal")] * rows
        same = kind == "fiscal_year" or self._how.year_is != "calendar"
        found: list[Year | Fault | None] = []
        for number, text in zip(self._sheet.numbers, cells[kind], strict=True):
            plain_year = (text or "").casefold().removeprefix("fy").strip()
            if plain_year.isascii() and plain_year.isdecimal() and len(plain_year) == 4:
                found.append(Year(int(plain_year), "fiscal" if same else "calendar"))
                continue
            fault = Fault(f"{quoted(text)} is no year" if text else "There is nothing here", "a year such as 2026")
            self._refuse(number, self._title(kind), text, fault)
            found.append(fault)
        return found

    def _whose(self, cells: dict[Kind, list[str | None]], rows: int) -> list[Whose | None]:
        columns = [(kind, self._title(kind), cells[kind]) for kind in WHO if kind in cells]
        found = []
        for row in range(rows):
            whose = next((Whose(kind, title, text) for kind, title, of in columns if (text := of[row])), None)
            if whose is None:
                expected = "a seat or a person, whose quota it is"
                self._refuse(self._sheet.numbers[row], columns[0][1], None, Fault("There is nothing here", expected))
            found.append(whose)
        return found

    def _in_rows(self, texts: Sequence[str | None]) -> list[Across | None]:
        known = {text: None if text is None else across_of(folded(text)) for text in set(texts)}
        for number, text in zip(self._sheet.numbers, texts, strict=True):
            if known[text] is None:
                what = f"{quoted(text)} is no month" if text else "There is nothing here"
                self._refuse(number, self._title("month"), text, Fault(what, "a month such as 2026-01"))
        return [known[text] for text in texts]

    def _month(self, across: Across, year: Year | None) -> FiscalMonth | Fault:
        if (across, year) not in self._months:
            self._months[across, year] = fiscal_month(across, year, self._calendar)
        return self._months[across, year]

    def _amounts(self, columns: Sequence[tuple[str, Sequence[str | None]]]) -> list[list[Amount | Fault | None]]:
        """The amounts, read as one column, for a file writes its numbers in one way."""
        texts = [text for _, column in columns for text in column]
        read = amounts(texts, NumberStyle(self._how.decimal))
        numbers, rows = self._sheet.numbers, len(self._sheet.numbers)
        found = []
        for at, (title, column) in enumerate(columns):
            part = [
                self._checked(text, value)
                for text, value in zip(column, read[at * rows : at * rows + rows], strict=True)
            ]
            for number, text, value in zip(numbers, column, part, strict=True):
                if isinstance(value, Fault):
                    self._refuse(number, title, text, value)
            found.append(part)
        return found

    def _checked(self, text: str | None, value: Amount | Fault | None) -> Amount | Fault | None:
        if value is None or text is None:
            return None
        if isinstance(value, Fault):
            return replace(value, remedy=_NOT_IN_A_MAPPING) if "mapping" in value.remedy else value
        if not _BARE.fullmatch(text) and currency_contradicts(text, self._currency):
            fault = f"{quoted(text)} is written in another currency than {self._currency}"
            return Fault(fault, f"an amount in {self._currency}")
        if value < ZERO and not self._how.below_zero:
            return Fault(f"{quoted(text)} is below zero", "0 or more", "If it is meant, say --below-zero.")
        try:
            return value * self._how.unit
        except ValueError:
            return Fault(f"{quoted(text)} is too large", "an amount of at most fourteen digits before the point")
