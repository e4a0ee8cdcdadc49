"""Which columns of a quota sheet a pasted table is for: the table may leave out the sums that stand between months."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.entry import entered
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.sheet import Sheet

_NEARLY = Amount("0.01")
"""A number that differs from a sum by no more than this share of it is meant as that sum."""


class Origin(NamedTuple):
    """Where figures stood in what was pasted: so many lines came before them, and their columns, counted from one."""

    lines: int = 0
    columns: Sequence[int] = ()
    """Nothing: all there are."""
    titled: bool = False
    """Whether titles say what each column is for, so that none is guessed."""

    def at(self, line: int, place: int) -> str:
        """The place of a figure, as it is told."""
        column = self.columns[place] if self.columns else place + 1
        return f"row {line + self.lines + 1}, column {column} of what you paste"


WHOLE = Origin()
"""Of a table that is nothing but figures."""


class _Check(NamedTuple):
    """A number in the place of a sum, and what the numbers in the places of its months add up to."""

    stated: Amount
    added: Amount
    line: int
    place: int

    @property
    def is_near(self) -> bool:
        return abs((self.stated - self.added).units) <= abs(self.added.scaled(_NEARLY.decimal).units)


def landing(
    sheet: Sheet,
    rows: Sequence[int],
    spans: Sequence[int],
    table: Sequence[Sequence[str]],
    origin: Origin = WHOLE,
) -> tuple[int | None, ...]:
    """For each of the table's columns the span it is for, of `spans`, those from the cursor on.

    None for a column of sums that its own months agree with: what they are spread over is pasted too. A table that does
    not have such sums is for months alone, where it begins at one. UsageProblem where it does not fit, or its numbers
    are nearly sums and nearly not.
    """
    width = max(map(len, table), default=0)
    straight = tuple(spans[:width])
    sums = {place: parts for place, number in enumerate(straight) if (parts := _parts(sheet, straight, number))}
    if not sums and width <= len(spans):
        return straight
    checks = list(_checks(sheet, rows, straight, sums, table)) if width <= len(spans) else []
    told = [check for check in checks if check.stated or check.added]
    if told and all(check.stated == check.added for check in told):
        return tuple(None if place in sums else number for place, number in enumerate(straight))
    months = [number for number in spans if sheet.spans[number].is_month]
    alone = bool(spans) and sheet.spans[spans[0]].is_month and width <= len(months)
    if not alone and width > len(spans):
        raise UsageProblem(f"What you paste has {width} columns, and from here there are {len(spans)}")
    wrong = [check for check in told if check.stated != check.added]
    if wrong and (not alone or sum(check.is_near for check in told) * 2 >= len(told)):
        stated, added, line, place = wrong[0]
        cell = rows[line], straight[place]
        raise disagreement(sheet, cell, stated, added, origin.at(line, place), "Or months alone: C hides sums.")
    return _without_a_gap(sheet, months[:width])


def disagreement(
    sheet: Sheet, cell: tuple[int, int], stated: Amount, added: Amount, place: str, remedy: str
) -> UsageProblem:
    """What to say of a sum in what is pasted that is not the sum of its parts there."""
    row, span = cell
    return UsageProblem(
        f"{show.money(stated, 'full')}, but its parts there make {show.money(added, 'full')} ({place})",
        where=f"{sheet.nodes[row].label} {sheet.spans[span].label}",
        expected="sums that agree with their parts",
        remedy=remedy,
    )


def _parts(sheet: Sheet, straight: Sequence[int], number: int) -> Mapping[int, int]:
    """The months of a sum, by number of the month, that a table of these columns has too, with their places in it."""
    span = sheet.spans[number]
    places = {sheet.spans[other].first: place for place, other in enumerate(straight) if sheet.spans[other].is_month}
    return {} if span.is_month else {month: places[month] for month in span.months if month in places}


def _checks(
    sheet: Sheet,
    rows: Sequence[int],
    straight: Sequence[int],
    sums: Mapping[int, Mapping[int, int]],
    table: Sequence[Sequence[str]],
) -> Iterator[_Check]:
    """Every number of the table in the place of a sum; of months that it has none of, the sheet's own are added."""
    of_month = {span.first: number for number, span in enumerate(sheet.spans) if span.is_month}
    for number, (row, line) in enumerate(zip(rows, table, strict=False)):
        for place, parts in sums.items():
            if place < len(line):
                own = [
                    _number(line[parts[month]])
                    if month in parts and parts[month] < len(line)
                    else sheet.value(row, of_month[month]) or ZERO
                    for month in sheet.spans[straight[place]].months
                    if month in of_month
                ]
                yield _Check(_number(line[place]), Amount.sum(own), number, place)


def _number(text: str) -> Amount:
    """The amount; nothing, and what is no amount by itself, adds nothing."""
    try:
        return entered(text, None) or ZERO
    except UsageProblem:
        return ZERO


def _without_a_gap(sheet: Sheet, months: Sequence[int]) -> tuple[int, ...]:
    """The months; UsageProblem where one between them is hidden."""
    numbers = [sheet.spans[month].first for month in months]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise UsageProblem("This would be pasted over a hidden month", remedy="Show it first, with C, or paste less.")
    return tuple(months)
