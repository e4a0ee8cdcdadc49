"""Looking for text in a table, row by row, so that the search of a long one can pause for keys."""

from collections.abc import Iterator, Sequence

from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Boxes


def hunt(
    model: GridModel, text: str, row: int, column: int, step: int, within: Boxes | None = None
) -> Iterator[tuple[int, int] | None]:
    """Yield None for each row without the text, in any case, then the (row, column) of the first cell that has it.

    A cell has the text as it shows it or as it is copied, so that 410000 is found where 410k stands.
    Begins after that cell, or before it where `step` is -1; goes on at the other end, and comes last to where it began.
    With `within` it looks nowhere else.
    """
    wanted, count = text.casefold(), model.row_count
    everywhere: Sequence[int] = range(len(model.columns))
    for distance in range(count + 1 if wanted and count else 0):
        at = (row + step * distance) % count
        columns = (everywhere if within is None else within.columns_in(at))[::step]
        fresh = columns if distance else [number for number in columns if (number - column) * step > 0]
        for number in fresh:
            if wanted in model.cell(at, number).text.casefold() or wanted in model.copy_text(at, number).casefold():
                yield at, number
                return
        yield None


def titled(model: GridModel, text: str, column: int, step: int) -> int | None:
    """The next column, or the one before, with the text in its title; None where none has."""
    count, wanted = len(model.columns), text.casefold()
    others = [(column + step * distance) % count for distance in range(1, count + 1)]
    return next((other for other in others if wanted in model.columns[other].title.casefold()), None)


def edge(model: GridModel, row: int, column: int, rows: int, columns: int) -> Iterator[tuple[int, int] | None]:
    """Where Ctrl and an arrow lead from a cell: yields None for each cell passed, then the (row, column).

    From something to the last cell before nothing; else to the next cell that has something, or to the last there is.
    """

    def has_something(at: tuple[int, int]) -> bool:
        return bool(model.copy_text(*at))

    def is_inside(at: tuple[int, int]) -> bool:
        return 0 <= at[0] < model.row_count and 0 <= at[1] < len(model.columns)

    here, following = (row, column), (row + rows, column + columns)
    along = is_inside(following) and has_something(here) and has_something(following)
    while is_inside(following):
        if along and not has_something(following):
            break
        here, following = following, (following[0] + rows, following[1] + columns)
        if not along and has_something(here):
            break
        yield None
    yield here
