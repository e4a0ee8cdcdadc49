"""Cells as tab-separated text, to paste into a spreadsheet; and such text as a table, to paste from one."""

import re
from collections.abc import Iterable, Sequence

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.tui.clipboard import MOST_BYTES
from salestui.tui.widgets.grid.model import Column, GridModel
from salestui.tui.widgets.grid.ranges import Boxes

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def tab_separated(model: GridModel, marked: Boxes, *, titled: bool = False) -> str:
    """One line a row, with `titled` one of the columns' titles above them.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    Several ranges are joined to one; a Problem where neither their rows nor their columns are the same. Ends after the
    row with which it is more than a clipboard takes.
    """
    if len({box.rows for box in marked}) > 1 and len({box.columns for box in marked}) > 1:
        raise UsageProblem(
            "These ranges do not make one table",
            expected="ranges of the same rows, or of the same columns",
            remedy="Copy one after the other.",
        )
    columns = marked.columns_in(marked[0].top)
    lines = ["\t".join(_plain(model.columns[number].title) for number in columns)] if titled else []
    size = sum(map(len, lines))
    for row in marked.rows:
        lines.append("\t".join(_fields(model, row, columns)))
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


def is_headed(line: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a table's first line is one of titles: more of these columns are named in it than anything else."""
    titles = {column.title.casefold() for column in columns if column.title}
    texts = [text.strip().casefold() for text in line if text.strip()]
    return sum(text in titles for text in texts) * 2 > len(texts)


def repeated(table: Sequence[Sequence[str]], rows: int, columns: int) -> list[list[str]]:
    """The table over and over where it fits so many times into these rows and columns; else as it is."""
    height, width = len(table), max(map(len, table))
    fits = (rows == 1 or rows % height == 0) and (columns == 1 or columns % width == 0)
    if not fits or any(len(line) != width for line in table):
        return [list(line) for line in table]
    return [list(line) * max(1, columns // width) for line in table] * max(1, rows // height)


def _fields(model: GridModel, row: int, columns: Iterable[int]) -> Iterable[str]:
    for number in columns:
        text = safe_line(model.copy_text(row, number))
        is_number = model.columns[number].kind == "number" and _NUMBER.fullmatch(text)
        yield text if is_number else _plain(text)


def _plain(text: str) -> str:
    """The text, as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
