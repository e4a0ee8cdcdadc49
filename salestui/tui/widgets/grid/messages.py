"""What the grid tells its screen. All bear the grid, so that `@on(Grid.Chosen, "#deals")` tells two of them apart."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.message import Message

from salestui.model.values.errors import Problem

if TYPE_CHECKING:
    from salestui.tui.widgets.grid.table import Table
    from salestui.tui.widgets.grid.widget import Grid


class GridMessage(Message, namespace="grid"):
    """Sent by a grid."""

    def __init__(self, grid: "Table") -> None:
        super().__init__()
        self.grid = grid

    @property
    def control(self) -> "Table":
        """The grid that sent it."""
        return self.grid


class Chosen(GridMessage, namespace="grid"):
    """Enter or a double click: go into what this row, or this cell, is about."""

    def __init__(self, grid: "Table", row_key: str, column_key: str) -> None:
        super().__init__(grid)
        self.row_key = row_key
        self.column_key = column_key


class Moved(GridMessage, namespace="grid"):
    """The cursor went to another row or column."""

    def __init__(self, grid: "Table", row_key: str, column_key: str) -> None:
        super().__init__(grid)
        self.row_key = row_key
        self.column_key = column_key


class Copied(GridMessage, namespace="grid"):
    """The user copies this tab-separated text, so many of its lines titles; the app has the clipboard."""

    def __init__(self, grid: "Table", text: str, titles: int = 0) -> None:
        super().__init__(grid)
        self.text, self.titles = text, titles


class PasteAsked(GridMessage, namespace="grid"):
    """The user wants to paste what was copied in the app; the screen has it and calls `Grid.paste`."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self.target = grid


class EntryAsked(GridMessage, namespace="grid"):
    """Something is typed, or to be edited, at a cell whose text the screen asks for; it begins with `text`."""

    def __init__(self, grid: "Grid", text: str) -> None:
        super().__init__(grid)
        self.text = text


class Typing(GridMessage, namespace="grid"):
    """Another text is being typed into a cell, or none any more: see `Grid.typed`."""


class SearchAsked(GridMessage, namespace="grid"):
    """The user wants to search; the screen asks for what and calls `Grid.search`."""


class Searched(GridMessage, namespace="grid"):
    """A search ended; where the text was found, the cursor is there."""

    def __init__(self, grid: "Table", text: str, found: bool) -> None:
        super().__init__(grid)
        self.text = text
        self.found = found


class FilterAsked(GridMessage, namespace="grid"):
    """The user wants to filter by this column; the screen asks for what and calls `Grid.filter`."""

    def __init__(self, grid: "Table", column_key: str) -> None:
        super().__init__(grid)
        self.column_key = column_key


class Edited(GridMessage, namespace="grid"):
    """What was typed, pasted or emptied was taken by the model, and the grid shows it."""


class Refused(GridMessage, namespace="grid"):
    """What was typed, pasted or emptied was not taken; the problem says why. A field that was open still is.

    `again` tries the same once more, where that may help.
    """

    def __init__(self, grid: "Table", problem: Problem, again: Callable[[], object] | None = None) -> None:
        super().__init__(grid)
        self.problem = problem
        self.again = again
