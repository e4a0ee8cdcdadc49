"""Rules for ranges of cells: filling, spreading a total over them, scaling them, and pasting into them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.parts import added_up, without_sums
from salestui.planning.quotas.pasting import WHOLE, Origin, disagreement, landing
from salestui.planning.quotas.rules.entry import Cell, Meaning, type_in
from salestui.planning.quotas.rules.outcome import STEP, Outcome, outcome
from salestui.planning.quotas.rules.spread import Spread
from salestui.planning.quotas.rules.ways import PROPORTION, Way
from salestui.planning.quotas.sheet import Sheet, Units


def fill(
    sheet: Sheet,
    rows: Sequence[int],
    spans: Sequence[int],
    direction: Literal["down", "right"],
    *,
    step: Amount = STEP,
    below_zero: bool = False,
) -> Outcome:
    """Set a range to what its first row holds (down), or its first column (right); what is held keeps its value.

    UsageProblem where there is nothing to fill, and where the range holds a sum together with parts of it.
    """
    down = direction == "down"
    if len(rows if down else spans) < 2:
        raise UsageProblem(
            f"There is nothing to fill {direction}",
            expected="a range of several " + ("rows" if down else "columns"),
            remedy="v begins a range.",
        )
    targets = [(row, span) for row in (rows[1:] if down else rows) for span in (spans if down else spans[1:])]
    wanted = {(row, span): sheet.units(rows[0] if down else row, span if down else spans[0]) for row, span in targets}
    return type_in(sheet, wanted, step=step, below_zero=below_zero, skipping=True)


def spread_over(
    sheet: Sheet,
    cells: Iterable[Cell],
    total: Amount,
    way: Way = PROPORTION,
    *,
    step: Amount = STEP,
    below_zero: bool = False,
) -> Outcome:
    """Make everything behind the cells, each quota once, sum to a total by a way; what is held keeps its value.

    UsageProblem where there is nothing to spread it over, and where what is held leaves no room.
    """
    spread, cells = Spread(), list(cells)
    quotas = behind(sheet, cells)
    spread.look_at(quotas)
    spread.over(sheet, quotas, total.units, way, step.units, {row for row, _ in cells})
    return outcome(sheet, spread.wanted, spread.today, spread.notes, below_zero=below_zero)


def scale(
    sheet: Sheet,
    cells: Iterable[Cell],
    percent: Rate,
    *,
    step: Amount = STEP,
    below_zero: bool = False,
) -> Outcome:
    """Raise (or, below zero, lower) everything behind the cells by a share, `0.05` for 5%, so that the sum is exact.

    UsageProblem where nothing stands there.
    """
    cells = list(cells)
    known = [units for units in behind(sheet, cells).values() if units is not None]
    if not known:
        raise UsageProblem("There is no quota here yet that this could change", expected="a range with quotas in it")
    total = Amount.from_units(sum(known)).scaled(Decimal(1) + percent.decimal, step=step)
    return spread_over(sheet, cells, total, step=step, below_zero=below_zero)


def pasted(
    sheet: Sheet,
    rows: Sequence[int],
    spans: Sequence[int],
    table: Sequence[Sequence[str]],
    origin: Origin = WHOLE,
    *,
    step: Amount = STEP,
    below_zero: bool = False,
) -> Outcome:
    """What pasting a table of texts changes, its first cell on the first of the `rows` and of the `spans`.

    A number below zero is one, not so much less than what stands there; what is held keeps its value. All or nothing:
    UsageProblem where it does not fit, a text is no amount, or a sum in it is not that of its parts in it; sums may be
    left empty, and columns of them left out, see `landing`.
    """
    if len(table) > len(rows):
        raise UsageProblem(f"What you paste has {len(table)} rows, and from here there are {len(rows)}")
    columns = tuple(spans) if origin.titled else landing(sheet, rows, spans, table, origin)
    wanted = {
        (row, span): _told_at(sheet, row, span, text, step)
        for row, line in zip(rows, table, strict=False)
        for span, text in zip(columns, line, strict=False)
        if span is not None
    }
    parts = without_sums(sheet, wanted)
    sums = added_up(sheet, wanted, parts)
    wrong = [cell for cell, units in sums.items() if wanted[cell] not in (None, units)]
    if wrong:
        cell = min(wrong, key=lambda cell: sheet.count(*cell))
        place = origin.at(rows.index(cell[0]), columns.index(cell[1]))
        stated, added = Amount.from_units(wanted[cell] or 0), Amount.from_units(sums[cell])
        raise disagreement(sheet, cell, stated, added, place, "Put it right, or leave it empty.")
    kept = {cell: units for cell, units in wanted.items() if cell in parts}
    return type_in(sheet, kept, step=step, below_zero=below_zero)


def _told_at(sheet: Sheet, row: int, span: int, text: str, step: Amount) -> int | None:
    """What a text of a table stands for; where it stands for nothing, the UsageProblem says where."""
    try:
        return Meaning(sheet, text, step=step, of_a_table=True).at(row, span)
    except UsageProblem as problem:
        where = f"{sheet.nodes[row].label} {sheet.spans[span].label}"
        raise UsageProblem(problem.what, where=where, expected=problem.expected, remedy=problem.remedy) from problem


def behind(sheet: Sheet, cells: Iterable[Cell]) -> Units:
    """Every quota behind the cells, each once, in order."""
    found: Units = {}
    for row, span in cells:
        found.update(sheet.quotas(row, span))
    return found
