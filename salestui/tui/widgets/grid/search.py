"""Looking for text in a table, row by row, so that the search of a long one can pause for keys."""

from collections.abc import Iterator

from salestui.tui.widgets.grid.model import GridModel


def hunt(model: GridModel, text: str, row: int, column: int, step: int) -> Iterator[tuple[int, int] | None]:
    """Yield None for each row without the text, in any case, then the (row, column) of the first cell that has it.

    A cell has the text as it shows it or as it is copied, so that 410000 is found where 410k stands.
    Begins after that cell, or before it where `step` is -1; goes on at the other end, and comes last to where it began.
    """
    wanted, count = text.casefold(), model.row_count
    columns = range(len(model.columns))[::step]
    for distance in range(count + 1 if wanted and count else 0):
        at = (row + step * distance) % count
        fresh = columns if distance else [number for number in columns if (number - column) * step > 0]
        for number in fresh:
            if wanted in model.cell(at, number).text.casefold() or wanted in model.copy_text(at, number).casefold():
                yield at, number
                return
        yield None
