"""What the columns of a quota file are, by their names: whose quota, of which months, and how much."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from salestui.exchange.reading import folded
from salestui.exchange.trouble import named, quoted
from salestui.model.values.errors import DataProblem, UsageProblem

Kind = Literal["seat_id", "seat", "person_id", "person", "line", "fiscal_year", "year", "month", "amount", "across"]

WHO: tuple[Kind, ...] = ("seat_id", "seat", "person_id", "person")
"""What tells whose quota a row is; the first of them that is filled does."""

_NAMES: dict[Kind, str] = {
    "seat_id": "seat id, seat no, seat number",
    "seat": "seat",
    "person_id": "person id, employee id, employeeid, employee no, employee number, rep id, seller id, owner id",
    "person": "person, name, employee, employee name, rep, rep name, sales rep, seller, salesperson, sales person",
    "line": "line, product line, line id",
    "fiscal_year": "fiscal year, fiscalyear, fy",
    "year": "year",
    "month": "month, date, period",
    "amount": "amount, quota, target",
}
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split(", ")}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERED = re.compile(r"([mp])(0?[1-9]|1[0-2])")
_DATED = re.compile(r"(?P<year>[0-9]{4})[-/. ]?(?P<month>0[1-9]|1[0-2])(?:[-/.](?P<day>[0-9]{2}))?")
_POSITION = re.compile(r"fy(?P<year>[0-9]{4})[- ]p(?P<month>0[1-9]|1[0-2])")
_WORDED = re.compile(r"(?P<month>[a-z]+)\.?(?:[-' ]+(?P<year>[0-9]{4}|[0-9]{2}))?")
MAPPED = ", ".join([*(kind for kind in _NAMES), "M01 to M12"])
"""What a column can be said to be."""


class Across(NamedTuple):
    """A month that a column is for: the number of a year's month (`M01`, fiscal only: `P01`), a month of the common
    calendar (`Jan`), or a day with its year (`2026-01`, `Jan 2026`)."""

    kind: Literal["number", "position", "common", "dated"]
    number: int
    year: int | None = None
    day: int = 1


class Headings(NamedTuple):
    """A file's columns by what they are; all by their folded names."""

    fields: dict[Kind, str]
    months: dict[str, Across]
    """Columns of months; none where months stand in rows."""

    @property
    def wide(self) -> bool:
        """Whether months stand across."""
        return bool(self.months)

    @property
    def used(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.fields.values(), *self.months)


def read_mapping(texts: Sequence[str]) -> dict[str, str]:
    """What the user says that columns are, from texts such as `Rep Nr=person`: the meaning by folded name.

    UsageProblem where a text says nothing that a column can be.
    """
    found: dict[str, str] = {}
    for text in texts:
        column, equals, meaning = text.rpartition("=")
        meant = meaning.strip().casefold()
        if (
            not equals
            or not column.strip()
            or (meant not in _NAMES and across_of(meant) is None and meant != "nothing")
        ):
            raise UsageProblem(
                f"{quoted(text)} does not say what a column is",
                expected=f"COLUMN=MEANING, where the meaning is one of {MAPPED}, nothing",
            )
        found[folded(column)] = meant
    return found


def headings_of(titles: Sequence[str], mapping: Mapping[str, str], where: str) -> Headings:
    """What the columns with these folded names are. DataProblem where they are no quotas, or two are the same."""
    unknown = [column for column in mapping if column not in titles]
    if unknown:
        raise DataProblem(
            f"There is no column {quoted(unknown[0])}", where=where, expected=f"one of {named(list(titles))}"
        )
    fields: dict[Kind, str] = {}
    months: dict[str, Across] = {}
    taken: dict[Across, str] = {}
    for title in titles:
        meant = mapping.get(title, title)
        kind, across = _kind(meant), across_of(meant)
        if kind is not None and kind in fields and title != fields[kind]:
            raise _twice(fields[kind], title, kind, where)
        if across is not None and across in taken:
            raise _twice(taken[across], title, "month", where)
        if kind is not None:
            fields[kind] = title
        elif across is not None:
            months[title] = across
            taken[across] = title
    _refuse_what_is_no_quota_file(fields, months, titles, where)
    if months:
        fields = {kind: title for kind, title in fields.items() if kind not in ("month", "amount")}
    return Headings(fields, months)


def _refuse_what_is_no_quota_file(
    fields: Mapping[Kind, str], months: Mapping[str, Across], titles: Sequence[str], where: str
) -> None:
    remedy = "Say what a column is with --column COLUMN=MEANING, such as --column 'Rep Nr=person'."
    if not months and not ("month" in fields and "amount" in fields):
        raise DataProblem(
            f"These columns are no quotas: {named(list(titles))}",
            where=where,
            expected="a column for each month (M01, Jan or 2026-01), or the columns month and amount",
            remedy=remedy,
        )
    if not any(kind in fields for kind in WHO):
        raise DataProblem(
            f"No column tells whose quotas these are: {named(list(titles))}",
            where=where,
            expected="a column such as seat id, person or employee id",
            remedy=remedy,
        )


def _twice(first: str, second: str, meaning: str, where: str) -> DataProblem:
    return DataProblem(
        f"Two columns are the {meaning.replace('_', ' ')}: {quoted(first)} and {quoted(second)}",
        where=where,
        remedy="Say with --column COLUMN=nothing which of them to leave out.",
    )


def _kind(title: str) -> Kind | None:
    return _KINDS.get(" ".join(re.split(r"[\s_-]+", title)))


def across_of(title: str) -> Across | None:
    if match := _NUMBERED.fullmatch(title):
        return Across("number" if match[1] == "m" else "position", int(match[2]))
    if match := _POSITION.fullmatch(title):
        return Across("position", int(match["month"]), int(match["year"]))
    if match := _DATED.fullmatch(title):
        return Across("dated", int(match["month"]), int(match["year"]), int(match["day"] or 1))
    match = _WORDED.fullmatch(title)
    number = None if match is None else _named_month(match["month"])
    if match is None or number is None:
        return None
    if match["year"] is None:
        return Across("common", number)
    year = int(match["year"])
    return Across("dated", number, year if year > 99 else 2000 + year)


def _named_month(word: str) -> int | None:
    for names in (_MONTHS, _LONG_MONTHS):
        if word in names:
            return names.index(word) + 1
    return 9 if word == "sept" else None
