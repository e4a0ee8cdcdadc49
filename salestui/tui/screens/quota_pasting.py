"""A table as people paste it into the quota sheet: with names and titles, and money as spreadsheets write it."""

from collections.abc import Sequence
from typing import NamedTuple

from salestui.model.values.entry import plain
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.planning.quotas.pasting import Origin
from salestui.tui.widgets.grid.copy import is_headed
from salestui.tui.widgets.grid.model import Column

Texts = Sequence[Sequence[str]]
_SHOWN = 30


class Figures(NamedTuple):
    """The figures of a table, the columns they are for, by number, and where they stood in it."""

    table: Texts
    columns: Sequence[int]
    origin: Origin


def figures_of(table: Texts, labels: Sequence[str], columns: Sequence[int], shown: Sequence[Column]) -> Figures:
    """What a table holds beside its names, which are those of the rows it falls on, and under its titles.

    `labels` are the names of the rows from the cursor down, `columns` what is shown from the cursor on, of `shown`. A
    first row of titles says which of these its columns are; names stand in the first column, if there are any.
    UsageProblem where a name or a title is another, or no figures are there.
    """
    titled = is_headed(table[0], shown)
    if titled:
        table, numbers = table[1:], _titled(table, shown)
    elif columns[0] and table[0][0].strip().casefold() in {label.casefold() for label in labels}:
        numbers = [0, *columns]
    else:
        numbers = list(columns)
    width = max(map(len, table), default=0)
    if not numbers[0]:
        _check_names(table, labels)
    first = 0 if numbers[0] else 1
    figures = [list(line[first:]) for line in table]
    if not any(map(any, figures)):
        raise UsageProblem("There are no figures in what you paste", expected="names, and figures beside them")
    places = range(first + 1, max(width, len(numbers)) + 1)
    return Figures(figures, numbers[first:], Origin(int(titled), places, titled))


def _titled(table: Texts, shown: Sequence[Column]) -> list[int]:
    """The columns that titles name; an empty one at the left stands above names."""
    known = {column.title.casefold(): number for number, column in enumerate(shown)}
    numbers: list[int] = []
    for at, title in enumerate(table[0]):
        number = 0 if not at and not title.strip() else known.get(title.strip().casefold())
        if number is None or number in numbers or (at and not number):
            raise UsageProblem(
                f"“{fit(safe_line(title), _SHOWN)}” above column {at + 1} of what you paste is no column here",
                expected="the titles that stand here, each once",
                remedy="C shows which columns there are.",
            )
        numbers.append(number)
    if any(len(line) > len(numbers) for line in table):
        raise UsageProblem("What you paste has figures without a title above them", expected="a title for each column")
    return numbers


def _check_names(table: Texts, labels: Sequence[str]) -> None:
    for line, label in zip(table, labels, strict=False):
        name = line[0].strip().removeprefix("'")
        if name.casefold() != label.casefold():
            raise UsageProblem(
                f"“{fit(safe_line(name), _SHOWN)}” is not {label}, whose row this is",
                expected="the names that stand here, and figures beside them",
                remedy="Figures alone go to a number.",
            )


def without(found: Figures, beside: Sequence[int]) -> Figures:
    """The figures without those of some columns, which are not pasted."""
    kept = [at for at, number in enumerate(found.columns) if number not in beside]
    width = len(found.columns)
    table = [[*(line[at] for at in kept if at < len(line)), *line[width:]] for line in found.table]
    places = [*(found.origin.columns[at] for at in kept), *found.origin.columns[width:]]
    return Figures(table, [found.columns[at] for at in kept], found.origin._replace(columns=places))


def as_typed(table: Texts, currency: str) -> Texts:
    """Amounts with a currency, or with spaces between thousands, as one would type them; any other text as it is."""
    return [[_as_typed(text, currency) for text in line] for line in table]


def _as_typed(text: str, currency: str) -> str:
    bare = text.strip()
    if bare.isascii() and bare.replace(",", "").replace(".", "").isalnum():
        return text
    from salestui.exchange.numbers import NumberStyle, amounts, currency_contradicts  # not needed before a paste
    from salestui.model.values.amount import Amount

    (found,) = amounts([bare], NumberStyle())
    if not isinstance(found, Amount):
        return text
    if currency_contradicts(bare, currency):
        raise UsageProblem(f"“{fit(safe_line(bare), _SHOWN)}” is not in {currency}", expected=f"amounts in {currency}")
    return plain(found)
