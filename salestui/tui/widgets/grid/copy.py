"""Rows as tab-separated text, to paste into a spreadsheet."""

from collections.abc import Iterable

from salestui.model.values.text import safe_line
from salestui.tui.widgets.grid.model import GridModel

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def tab_separated(model: GridModel, rows: Iterable[int]) -> str:
    """One line a row. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return "\n".join("\t".join(_fields(model, row)) for row in rows)


def _fields(model: GridModel, row: int) -> Iterable[str]:
    for number, column in enumerate(model.columns):
        text = safe_line(model.copy_text(row, number))
        yield f"'{text}" if column.kind == "text" and text.startswith(_FORMULA_STARTS) else text
