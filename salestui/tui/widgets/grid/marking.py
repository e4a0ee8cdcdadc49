"""The cursor of a table and what is marked with it: cells, rows, columns, everything, and several of these at once."""

from typing import TYPE_CHECKING, cast

from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Kind, Range
from salestui.tui.widgets.grid.surface import Surface

if TYPE_CHECKING:
    from salestui.tui.widgets.grid.table import Table


class Marking(Surface):
    """What `Table` does with its cursor."""

    Moved = messages.Moved

    _row_key: str | None = None
    _at: tuple[str, str] | None = None

    @property
    def cursor(self) -> tuple[str, str] | None:
        """The keys of the row and the column the cursor is on; None where there are no rows."""
        if self._row_key is None:
            return None
        return self._row_key, self._column_key

    @property
    def row(self) -> int:
        """The number of the cursor's row, from zero, as the rows are shown now."""
        return self._view.row

    @property
    def selected(self) -> tuple[tuple[int, int], ...]:
        """The marked cells, else the one under the cursor or those of its row, as (row, column) of the model."""
        return self._shown.cells_of([*self._marked.cells()])

    @property
    def _table(self) -> "Table":
        """The whole of what this is a part of, as messages bear it."""
        return cast("Table", self)

    def action_extend(self, rows: int, columns: int) -> None:
        """Mark so many rows and columns more, beginning where the cursor is."""
        if self._range is None or self._range.kind == "all":
            self._anchor("cells", follows=False)
        self._put(self._view.row + rows, self._view.column + columns)

    def action_mark(self, kind: Kind) -> None:
        """Begin to mark cells, rows, columns or everything; end it where that is being done."""
        if self._range and self._range.kind == kind and self._range.follows:
            self.end_range()
        elif self._range and kind != "all":
            self._range = self._range._replace(kind=kind, follows=True)
            self._draw()
        else:
            self._anchor(kind, follows=kind != "all")
            self._draw()

    def action_mark_more(self) -> None:
        """Keep what is marked, or the cell under the cursor, and begin another range where the cursor goes."""
        box = self._at_cursor
        if box is not None:
            self._kept = (*self._kept, (box, self._model.row_key(box.top)))
            self._range = None
            self._draw()

    def end_range(self) -> None:
        """Mark nothing any more."""
        self._unmark()
        self._draw()

    def _unmark(self) -> None:
        self._range, self._kept = None, ()

    def _unmark_renumbered(self, rows: int) -> None:
        """Mark nothing any more where other rows stand now in the place of what is marked."""
        names = [(box.top, key) for box, key in self._kept]
        if self._range:
            names.append((self._range.row, self._range.key))
        if rows != self._view.rows or any(self._model.row_key(row) != key for row, key in names):
            self._unmark()

    def _anchor(self, kind: Kind, *, follows: bool) -> None:
        if self._row_key is not None:
            kind = "rows" if self._whole_row and kind == "cells" else kind
            self._range = Range(self._view.row, self._view.column, self._row_key, kind, follows)

    def _take(self, model: GridModel) -> None:
        """Begin at the first cell of this model."""
        self._spread(model)
        self._row_key = model.row_key(0) if model.row_count else None
        self._at = self.cursor

    @property
    def _column_key(self) -> str:
        return self._shown.columns[self._view.column].key

    def _go(self, row: int, column: int) -> None:
        """Move the cursor, and what is marked with it if that follows; else nothing is marked any more."""
        if self._range and not self._range.follows:
            self._unmark()
        self._put(row, column)

    def _put(self, row: int, column: int) -> None:
        view = self._view
        view.column = max(0, min(column, len(self._shown.columns) - 1))
        view.go_to(row)
        before = self._at
        self._row_key = self._model.row_key(view.row) if view.rows else None
        self._at = self.cursor
        self._draw()
        if self._at and self._at != before:
            self.post_message(self.Moved(self._table, *self._at))
