"""Cells as tab-separated text, to paste into a spreadsheet; and such text as a table, to paste from one."""

import re
from collections.abc import Iterable

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui.clipboard import MOST_BYTES
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Box

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def tab_separated(model: GridModel, box: Box) -> str:
    """One line a row. Text that a spreadsheet would take for a formula gets an apostrophe before it.

    Ends after the row with which it is more than a clipboard takes.
    """
    lines: list[str] = []
    size = 0
    for row in box.rows:
        lines.append("\t".join(_fields(model, row, box.columns)))
        size += len(lines[-1]) + 1
        if size > MOST_BYTES + 1:
            break
    return "\n".join(lines)


def table_of(text: str) -> list[list[str]]:
    """The rows and cells of tab-separated text as a spreadsheet copies it; a Problem where there are none."""
    import csv  # not needed before the first paste
    from io import StringIO

    try:
        rows = list(csv.reader(StringIO(text.rstrip("\r\n"), newline=""), "excel-tab"))
    except csv.Error as error:
        raise UsageProblem(
            f"What was pasted is no table: {error}", expected="rows and columns as a spreadsheet copies them"
        ) from error
    if not any(map(any, rows)):
        raise UsageProblem("There is nothing in what was pasted")
    return [row or [""] for row in rows]


def _fields(model: GridModel, row: int, columns: Iterable[int]) -> Iterable[str]:
    for number in columns:
        text = safe_line(model.copy_text(row, number))
        is_number = model.columns[number].kind == "number" and _NUMBER.fullmatch(text)
        yield f"'{text}" if text.startswith(_FORMULA_STARTS) and not is_number else text
