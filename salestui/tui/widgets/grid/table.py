"""A table to read: moving in it, marking, sorting, filtering, searching and copying. `Grid` adds typing to it."""

import asyncio
from typing import Literal, Unpack

from textual import events
from textual.worker import Worker

from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.canvas import HEAD
from salestui.tui.widgets.grid.copy import tab_separated
from salestui.tui.widgets.grid.model import Fold, GridModel, Sorting
from salestui.tui.widgets.grid.ranges import Kind, Range
from salestui.tui.widgets.grid.search import hunt
from salestui.tui.widgets.grid.surface import Surface, WidgetOptions

_WHEEL_LINES = 3
_ROWS_BETWEEN_PAUSES = 100


class Table(Surface):
    """What `Grid` does with a model that is only read."""

    Chosen = messages.Chosen
    Moved = messages.Moved
    Copied = messages.Copied
    SearchAsked = messages.SearchAsked
    Searched = messages.Searched
    FilterAsked = messages.FilterAsked

    def __init__(
        self,
        model: GridModel,
        *,
        cursor: Literal["cell", "row"] = "row",
        status: bool = False,
        **options: Unpack[WidgetOptions],
    ) -> None:
        super().__init__(model, whole_row=cursor == "row", status_line=status, **options)
        self._wanted = ""
        self._search: Worker[None] | None = None
        self._take(model)

    @property
    def model(self) -> GridModel:
        """What is shown. Another model starts at its first cell; for new rows of the same table use `reload`."""
        return self._model

    @model.setter
    def model(self, model: GridModel) -> None:
        self._take(model)
        self.refresh(layout=self.is_mounted)

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
        box = self._marked
        return self._shown.cells_of([*box.cells()]) if box else ()

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of the columns that are not shown."""
        return self._hidden

    def hide(self, column_keys: frozenset[str]) -> None:
        """Show all columns but these, also of models to come. The first one, which names the row, always stays."""
        self._stop_search()
        view, column = self._view, self._column_key
        self._hidden = column_keys
        self._spread(self._model)
        self._view, view.first = view, 0
        keys = [shown.key for shown in self._shown.columns]
        self._go(view.row, keys.index(column) if column in keys else 0)

    def move_to(self, row_key: str, column_key: str | None = None) -> bool:
        """Put the cursor there; False where no such row or column is shown."""
        row = self._model.row_of(row_key)
        keys = [column.key for column in self._shown.columns]
        if row is None or column_key not in (None, *keys):
            return False
        self._go(row, self._view.column if column_key is None else keys.index(column_key))
        return True

    def reload(self) -> None:
        """Show what the model has now, with the cursor on the row it was on, or near where that was."""
        self._stop_search()
        self._shown.reread()
        count = self._model.row_count
        row = min(self._view.row, count - 1)
        if self._row_key is not None and not (count and self._model.row_key(row) == self._row_key):
            found = self._model.row_of(self._row_key)
            row = row if found is None else found
        marked = self._range
        if marked and (count != self._view.rows or self._model.row_key(marked.row) != marked.key):
            self._range = None
        if count != self._view.rows and self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        self._canvas.forget()
        self._view.resize(count, self._view.room, self._shown.frozen_rows)
        self._put(row, self._view.column)

    def search(self, text: str) -> None:
        """Look for the text below the cursor, then from the top, and go to it; `Searched` says how it went."""
        self._wanted = text
        self.action_again(1)

    def filter(self, text: str, column_key: str | None = None) -> None:
        """Show only the rows with this text in that column, or in any; an empty text shows all."""
        self._range = None
        self._is_filtered = bool(text)
        self._model.filter(text, column_key)
        self.reload()

    def action_rows(self, count: int) -> None:
        """Move the cursor down, or up."""
        self._go(self._view.row + count, self._view.column)

    def action_columns(self, step: int) -> None:
        """Move the cursor right, or left; on a tree's first column unfold, or fold, or go to the row above."""
        fold = self._fold if self._view.column == 0 and self._range is None else None
        if fold and fold.foldable and fold.folded == (step > 0):
            self._set_folded(step < 0)
        elif fold and fold.depth and step < 0:
            self._go(self._row_above(fold.depth), 0)
        else:
            self._go(self._view.row, self._view.column + step)

    def action_pages(self, count: int) -> None:
        """Move a screenful down, or up."""
        self._view.page(count)
        self._go(self._view.row, self._view.column)

    def action_start(self) -> None:
        """Go to the first column, or the first row where the cursor is a row."""
        self._go(*((0, self._view.column) if self._whole_row else (self._view.row, 0)))

    def action_end(self) -> None:
        """Go to the last column, or the last row where the cursor is a row."""
        view = self._view
        self._go(*((view.rows, view.column) if self._whole_row else (view.row, len(self._shown.columns))))

    def action_top(self) -> None:
        """Go to the first row."""
        self._go(0, self._view.column)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self._go(self._view.rows, self._view.column)

    def action_extend(self, rows: int, columns: int) -> None:
        """Mark so many rows and columns more, beginning where the cursor is."""
        if self._range is None or self._range.kind == "all":
            self._anchor("cells", follows=False)
        self._put(self._view.row + rows, self._view.column + columns)

    def action_mark(self, kind: Kind) -> None:
        """Begin to mark cells, rows, or everything; end it where that is being done."""
        if self._range and self._range.kind == kind and self._range.follows:
            self.end_range()
        elif self._range and kind != "all":
            self._range = self._range._replace(kind=kind, follows=True)
            self._draw()
        else:
            self._anchor(kind, follows=kind != "all")
            self._draw()

    def step_back(self) -> None:
        """Mark nothing any more; or else show all rows again."""
        if self._range is None and self._is_filtered:
            self.filter("")
        else:
            self.end_range()

    def end_range(self) -> None:
        """Mark nothing any more."""
        self._range = None
        self._draw()

    def action_choose(self) -> None:
        """Go into what the cursor is on."""
        if self._row_key is not None:
            self.post_message(self.Chosen(self, self._row_key, self._column_key))

    def action_fold(self) -> None:
        """Put the rows under this one away, or bring them back."""
        fold = self._fold
        if fold and fold.foldable:
            self._set_folded(not fold.folded)

    def action_sort(self) -> None:
        """Sort by the cursor's column: upwards, downwards, then as the rows were."""
        column = self._shown.columns[self._view.column]
        if not column.sortable:
            return
        current = self._model.sorting
        following = Sorting(column.key)
        self._range = None
        if current == following:
            self._model.sort(Sorting(column.key, descending=True))
        else:
            self._model.sort(None if current == Sorting(column.key, descending=True) else following)
        self.reload()

    def action_copy(self) -> None:
        """Hand what is marked, else the cell or the row, to the app as tab-separated text."""
        box = self._marked
        if box:
            self.post_message(self.Copied(self, tab_separated(self._shown, box)))

    def action_ask_search(self) -> None:
        """Have the screen ask what to search."""
        self.post_message(self.SearchAsked(self))

    def action_ask_filter(self) -> None:
        """Have the screen ask what to filter by."""
        self.post_message(self.FilterAsked(self, self._column_key))

    def action_again(self, step: int) -> None:
        """Look for the text of the last search, further down or up."""
        if self._wanted:
            self._stop_search()
            self._search = self.run_worker(self._seek(self._wanted, step))

    async def _seek(self, text: str, step: int) -> None:
        column = self._view.column
        if self._whole_row:
            column = len(self._shown.columns) if step > 0 else -1
        for rows, place in enumerate(hunt(self._shown, text, self._view.row, column, step)):
            if place:
                self._go(*place)
                self.post_message(self.Searched(self, text, found=True))
                return
            if rows % _ROWS_BETWEEN_PAUSES == 0:
                await asyncio.sleep(0)
        self.post_message(self.Searched(self, text, found=False))

    def _take(self, model: GridModel) -> None:
        self._stop_search()
        self._spread(model)
        self._row_key = model.row_key(0) if model.row_count else None
        self._at = self.cursor

    @property
    def _column_key(self) -> str:
        return self._shown.columns[self._view.column].key

    @property
    def _fold(self) -> Fold | None:
        return self._model.fold(self._view.row) if self._view.rows else None

    def _row_above(self, depth: int) -> int:
        row = self._view.row
        while row and (fold := self._model.fold(row)) and fold.depth >= depth:
            row -= 1
        return row

    def _set_folded(self, folded: bool) -> None:
        self._range = None
        self._model.set_folded(self._view.row, folded)
        self.reload()

    def _stop_search(self) -> None:
        if self._search:
            self._search.cancel()
            self._search = None

    def _anchor(self, kind: Kind, *, follows: bool) -> None:
        if self._row_key is not None:
            kind = "rows" if self._whole_row and kind == "cells" else kind
            self._range = Range(self._view.row, self._view.column, self._row_key, kind, follows)

    def _go(self, row: int, column: int) -> None:
        """Move the cursor, and what is marked with it if that follows; else nothing is marked any more."""
        if self._range and not self._range.follows:
            self._range = None
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
            self.post_message(self.Moved(self, *self._at))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; twice, go into what is there."""
        place = event.get_content_offset(self)
        row = None if place is None else self._view.row_at(place.y - HEAD)
        if place is None or row is None:
            return
        column = self._canvas.layout.column_at(place.x)
        self._go(row, self._view.column if column is None else column)
        if event.chain == 2:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the window down."""
        self._scroll(event, _WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the window up."""
        self._scroll(event, -_WHEEL_LINES)

    def _scroll(self, event: events.Event, lines: int) -> None:
        if self._is_editing:
            return
        before = self._view.top
        self._view.scroll(lines)
        if self._view.top != before:
            event.stop()
            self._put(self._view.row, self._view.column)
