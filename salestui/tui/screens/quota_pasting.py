"""A table as people paste it into the quota sheet: with names and titles, and money as spreadsheets write it."""

from collections.abc import Sequence
from typing import NamedTuple

from salestui.model.values.entry import plain
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line

Texts = Sequence[Sequence[str]]
_SHOWN = 30


class Figures(NamedTuple):
    """The figures of a table, and the columns they are for, by number."""

    table: Texts
    columns: Sequence[int]


def figures_of(table: Texts, labels: Sequence[str], columns: Sequence[int], titles: Sequence[str]) -> Figures:
    """What a table holds beside its names, which are those of the rows it falls on.

    `labels` are the names of the rows from the cursor down, `columns` what is shown right of them; a first row of
    `titles` says which of the columns these are. UsageProblem where a name is another, or nothing stands beside it.
    """
    known = {title.casefold(): number for number, title in enumerate(titles) if number}
    heads = [known.get(text.strip().casefold()) for text in table[0][1:]]
    if heads and None not in heads:
        columns, table = [number for number in heads if number is not None], table[1:]
    for line, label in zip(table, labels, strict=False):
        name = line[0].strip().removeprefix("'")
        if name.casefold() != label.casefold():
            raise UsageProblem(
                f"“{fit(safe_line(name), _SHOWN)}” is not {label}, whose row this is",
                expected="the names that stand here, and figures beside them",
                remedy="Figures alone go to a number.",
            )
    figures = [list(line[1:]) for line in table]
    if not any(map(any, figures)):
        raise UsageProblem("There are no figures in what you paste", expected="names, and figures beside them")
    return Figures(figures, columns)


def without(found: Figures, beside: Sequence[int]) -> Figures:
    """The figures without those of some columns, which are not pasted."""
    kept = [at for at, number in enumerate(found.columns) if number not in beside]
    width = len(found.columns)
    table = [[*(line[at] for at in kept if at < len(line)), *line[width:]] for line in found.table]
    return Figures(table, [found.columns[at] for at in kept])


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
