"""Pages about one table: the place where one is there is the row under the cursor, or the row and the column."""

from typing import TypeVar

from salestui.tui.screens.base import BaseScreen
from salestui.tui.widgets.grid.widget import Grid

T = TypeVar("T")


class RowPage(BaseScreen[T]):
    """A page about a list of rows; their keys say where one is."""

    @property
    def cursor(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        cursor = self.query_one(Grid).cursor
        return cursor[0] if cursor else ""

    def go_to(self, cursor: str) -> None:
        """Put the cursor back on that row."""
        self.query_one(Grid).move_to(cursor)


class CellPage(BaseScreen[T]):
    """A page about a table of cells; the keys of row and column say where one is. No row's key has a space in it."""

    @property
    def cursor(self) -> str:
        """The keys of the row and the column under the cursor, a space between them; empty where there is none."""
        cursor = self.query_one(Grid).cursor
        return " ".join(cursor) if cursor else ""

    @property
    def row_key(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.cursor.partition(" ")[0]

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor; empty where there is none."""
        return self.cursor.partition(" ")[2]

    def go_to(self, cursor: str) -> None:
        """Put the cursor back there, or on its row where that column is not shown."""
        row, _, column = cursor.partition(" ")
        grid = self.query_one(Grid)
        if not grid.move_to(row, column or None):
            grid.move_to(row)
