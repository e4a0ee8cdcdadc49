"""A table to read: moving in it, marking, sorting, filtering, searching and copying. `Grid` adds typing to it."""

from typing import Literal, Unpack

from textual import events

from salestui.model.values.errors import Problem
from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.canvas import HEAD
from salestui.tui.widgets.grid.copy import tab_separated
from salestui.tui.widgets.grid.model import Fold, GridModel, Sorting
from salestui.tui.widgets.grid.seeking import Seeking
from salestui.tui.widgets.grid.surface import WidgetOptions

_WHEEL_LINES = 3


class Table(Seeking):
    """What `Grid` does with a model that is only read."""

    Chosen = messages.Chosen
    Copied = messages.Copied
    Refused = messages.Refused
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
        self._take(model)

    @property
    def model(self) -> GridModel:
        """What is shown. Another model starts at its first cell; for new rows of the same table use `reload`."""
        return self._model

    @model.setter
    def model(self, model: GridModel) -> None:
        self._take(model)
        self.refresh(layout=self.is_mounted)

    def exchange(self, model: GridModel) -> None:
        """Show another model of the same columns: the cursor, the window and what is typed stay where they are."""
        self._stop_search()
        view, is_filtered = self._view, self._is_filtered
        self._spread(model)
        self._view, self._is_filtered = view, is_filtered
        self.reload()

    @property
    def hidden(self) -> frozenset[str]:
        """The keys of the columns that are not shown."""
        return self._hidden

    def hide(self, column_keys: frozenset[str]) -> None:
        """Show all columns but these, also of models to come. The first one, which names the row, always stays."""
        self._hidden = column_keys
        self._look_anew()

    def freeze(self, column_key: str) -> None:
        """Keep the columns up to this one in view, also of models to come; without a name, those of the model."""
        self._frozen_to = column_key
        self._look_anew()

    def _look_anew(self) -> None:
        """Show other columns, or freeze others, with the cursor where it is."""
        self._stop_search()
        view, column = self._view, self._column_key
        self._spread(self._model)
        self._view, view.first = view, 0
        keys = [shown.key for shown in self._shown.columns]
        self._go(view.row, keys.index(column) if column in keys else 0)

    def action_freeze(self) -> None:
        """Keep the columns up to the cursor's in view; again, those that were frozen at first."""
        self.freeze("" if self._frozen_to == self._column_key else self._column_key)

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
        self._unmark_renumbered(count)
        if count != self._view.rows and self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        self._canvas.forget()
        self._view.resize(count, self._view.room, self._shown.frozen_rows)
        self._put(row, self._view.column)

    def filter(self, text: str, column_key: str | None = None) -> None:
        """Show only the rows with this text in that column, or in any; an empty text shows all."""
        self._unmark()
        self._is_filtered = bool(text)
        self._model.filter(text, column_key)
        self.reload()

    def action_rows(self, count: int) -> None:
        """Move the cursor down, or up."""
        self._go(self._view.row + count, self._view.column)

    def action_columns(self, step: int) -> None:
        """Move the cursor right, or left; on a tree's first column unfold, or fold, or go to the row above."""
        fold = self._fold if self._view.column == 0 and not self._is_marking else None
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
        """Go to the first column with the others beside it, or the first row where the cursor is a row."""
        self._view.first = 0
        self._go(*((0, self._view.column) if self._whole_row else (self._view.row, 0)))

    def action_end(self) -> None:
        """Go to the last column, or the last row where the cursor is a row."""
        view = self._view
        self._go(*((view.rows, view.column) if self._whole_row else (view.row, len(self._shown.columns))))

    def action_top(self) -> None:
        """Go to the first row."""
        self._go(0, self._view.column)

    def action_corner(self) -> None:
        """Go to the first cell, or the first row where the cursor is a row."""
        self._view.first = 0
        self._go(0, self._view.column if self._whole_row else 0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self._go(self._view.rows, self._view.column)

    def step_back(self) -> None:
        """Mark nothing any more; or else show all rows again."""
        if not self._is_marking and self._is_filtered:
            self.filter("")
        else:
            self.end_range()

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
        self._unmark()
        if current == following:
            self._model.sort(Sorting(column.key, descending=True))
        else:
            self._model.sort(None if current == Sorting(column.key, descending=True) else following)
        self.reload()

    def action_copy(self) -> None:
        """Hand what is marked, else the cell or the row, to the app as tab-separated text."""
        if not self._marked:
            return
        try:
            titled = self._range is not None and self._range.kind in ("rows", "all")
            text = tab_separated(self._shown, self._marked, titled=titled)
            self.post_message(self.Copied(self, text, titles=int(titled)))
        except Problem as problem:
            self.post_message(self.Refused(self, problem))

    def action_ask_filter(self) -> None:
        """Have the screen ask what to filter by."""
        self.post_message(self.FilterAsked(self, self._column_key))

    @property
    def _fold(self) -> Fold | None:
        return self._model.fold(self._view.row) if self._view.rows else None

    def _row_above(self, depth: int) -> int:
        row = self._view.row
        while row and (fold := self._model.fold(row)) and fold.depth >= depth:
            row -= 1
        return row

    def _set_folded(self, folded: bool) -> None:
        self._unmark()
        self._model.set_folded(self._view.row, folded)
        self.reload()

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
