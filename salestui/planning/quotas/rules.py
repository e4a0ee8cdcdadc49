"""Quota arithmetic: spreading an amount over leaves, and what an entry in a cell means for the leaves behind it."""

from collections.abc import Iterable, Sequence

from salestui.model.values.amount import ZERO, Amount, split
from salestui.model.values.entry import entered
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.pasting import landing
from salestui.planning.quotas.sheet import Leaf, Sheet

STEP = Amount(1)
"""Quotas are spread in whole currency units."""

Changes = dict[Leaf, Amount | None]


def spread(total: Amount, amounts: Sequence[Amount | None], step: Amount = STEP) -> tuple[Amount | None, ...]:
    """Spread a total in proportion to today's amounts, by largest remainder; evenly where all are None or 0.

    The parts always sum to the total. In proportion, what has no quota gets none, and an amount below zero stays as it
    is. UsageProblem where there is nothing to spread it over.
    """
    if not amounts:
        raise UsageProblem("There is nothing here to spread an amount over")
    below = Amount.sum(amount for amount in amounts if amount is not None and amount < ZERO)
    if not any(amount is not None and amount > ZERO for amount in amounts):
        if below:
            raise UsageProblem("There are only quotas below zero here, and nothing has a share of them")
        return split(total, [1] * len(amounts), step)
    weights = [ZERO if amount is None else max(amount, ZERO) for amount in amounts]
    parts = split(total - below, weights, step)
    return tuple(
        amount if amount is None or amount < ZERO else part for amount, part in zip(amounts, parts, strict=True)
    )


def entry(sheet: Sheet, cells: Iterable[tuple[int, int]], text: str) -> Changes:
    """What typing `text` into cells (row, column) changes: a quota by itself, a sum by what it is the sum of.

    UsageProblem where the text is no amount, or the cells hold a sum together with a part of it.
    """
    return _together(sheet, ((row, span, text) for row, span in cells))


def pasted(sheet: Sheet, rows: Sequence[int], spans: Sequence[int], table: Sequence[Sequence[str]]) -> Changes:
    """What pasting a table of texts changes, its first cell on the first of the `rows` and of the `spans`.

    All or nothing: UsageProblem where it does not fit, a text is no amount, or it covers a sum and parts of it; columns
    of sums may be left out, see `landing`.
    """
    if len(table) > len(rows):
        raise UsageProblem(f"What you paste has {len(table)} rows, and from here there are {len(rows)}")
    columns = landing(sheet, rows, spans, table)
    return _together(
        sheet,
        (
            (row, span, text)
            for row, line in zip(rows, table, strict=False)
            for span, text in zip(columns, line, strict=False)
            if span is not None
        ),
    )


def _together(sheet: Sheet, entries: Iterable[tuple[int, int, str]]) -> Changes:
    changes: Changes = {}
    for row, span, text in entries:
        found = _of_cell(sheet, row, span, text)
        if not changes.keys().isdisjoint(found):
            raise UsageProblem(
                "These cells hold a sum and parts of it",
                expected="either sums or what they are the sums of",
                remedy="C hides the columns of sums.",
            )
        changes |= found
    return {leaf: amount for leaf, amount in changes.items() if amount != sheet.leaf(leaf)}


def _of_cell(sheet: Sheet, row: int, span: int, text: str) -> Changes:
    wanted = entered(text, sheet.value(row, span), STEP)
    leaves = sheet.leaves(row, span)
    if wanted is None:
        return dict.fromkeys(leaves)
    if len(leaves) == 1:
        return {leaves[0]: wanted}
    return dict(zip(leaves, spread(wanted, [sheet.leaf(leaf) for leaf in leaves]), strict=True))
