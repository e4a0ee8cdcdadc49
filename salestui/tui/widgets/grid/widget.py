"""`Grid`: the one widget for tables, drawn line by line, so that it costs what is in view and not what there is."""

import asyncio
from typing import ClassVar, Literal, TypedDict, Unpack

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker

from salestui.tui.actions.grid import GRID
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.themes import style_of
from salestui.tui.widgets.grid import messages
from salestui.tui.widgets.grid.canvas import HEAD, Canvas
from salestui.tui.widgets.grid.copy import tab_separated
from salestui.tui.widgets.grid.lines import Look
from salestui.tui.widgets.grid.model import Fold, GridModel, Sorting
from salestui.tui.widgets.grid.render import Spot
from salestui.tui.widgets.grid.search import hunt
from salestui.tui.widgets.grid.view import View

_WHEEL_LINES = 3
_ROWS_BETWEEN_PAUSES = 100


class WidgetOptions(TypedDict, total=False):
    """What every widget takes."""

    name: str | None
    id: str | None
    classes: str | None
    disabled: bool


class Grid(Widget, can_focus=True):
    """A table of a `GridModel`, with a cursor on a cell or on a row.

    With `cursor="row"` the row's first cell and the title of the current column are marked. When what the model shows
    has changed, call `reload`: it paints what differs and keeps the cursor on its row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(GRID)]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Grid {
        width: 1fr;
        height: 1fr;
    }
    """

    Chosen = messages.Chosen
    Moved = messages.Moved
    Copied = messages.Copied
    SearchAsked = messages.SearchAsked
    Searched = messages.Searched
    FilterAsked = messages.FilterAsked

    def __init__(
        self, model: GridModel, *, cursor: Literal["cell", "row"] = "row", **options: Unpack[WidgetOptions]
    ) -> None:
        super().__init__(**options)
        self._whole_row = cursor == "row"
        self._looks: dict[Look, Style] = {}
        self._theme = ""
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

    def move_to(self, row_key: str, column_key: str | None = None) -> bool:
        """Put the cursor there; False where no such row or column is shown."""
        row = self._model.row_of(row_key)
        keys = [column.key for column in self._model.columns]
        if row is None or column_key not in (None, *keys):
            return False
        self._go(row, self._view.column if column_key is None else keys.index(column_key))
        return True

    def reload(self) -> None:
        """Show what the model has now, with the cursor on the row it was on, or near where that was."""
        self._stop_search()
        count = self._model.row_count
        row = min(self._view.row, count - 1)
        if self._row_key is not None and not (count and self._model.row_key(row) == self._row_key):
            found = self._model.row_of(self._row_key)
            row = row if found is None else found
        if count != self._view.rows and self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=True)
        self._canvas.forget()
        self._view.resize(count, self._view.height)
        self._go(row, self._view.column)

    def search(self, text: str) -> None:
        """Look for the text below the cursor, then from the top, and go to it; `Searched` says how it went."""
        self._wanted = text
        self.action_again(1)

    def filter(self, text: str, column_key: str | None = None) -> None:
        """Show only the rows with this text in that column, or in any; an empty text shows all."""
        self._model.filter(text, column_key)
        self.reload()

    def action_rows(self, count: int) -> None:
        """Move the cursor down, or up."""
        self._go(self._view.row + count, self._view.column)

    def action_columns(self, step: int) -> None:
        """Move the cursor right, or left; on a tree's first column unfold, or fold, or go to the row above."""
        fold = self._fold if self._view.column == 0 else None
        if fold and fold.foldable and fold.folded == (step > 0):
            self._set_folded(step < 0)
        elif fold and fold.depth and step < 0:
            self._go(self._row_above(fold.depth), 0)
        else:
            self._go(self._view.row, self._view.column + step)

    def action_pages(self, count: int) -> None:
        """Move a screenful down, or up."""
        self._view.page(count)
        self._went()

    def action_start(self) -> None:
        """Go to the first column, or the first row where the cursor is a row."""
        self._go(*((0, self._view.column) if self._whole_row else (self._view.row, 0)))

    def action_end(self) -> None:
        """Go to the last column, or the last row where the cursor is a row."""
        self._go(*((self._view.rows, self._view.column) if self._whole_row else (self._view.row, len(self._columns))))

    def action_top(self) -> None:
        """Go to the first row."""
        self._go(0, self._view.column)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self._go(self._view.rows, self._view.column)

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
        column = self._columns[self._view.column]
        if not column.sortable:
            return
        current = self._model.sorting
        following = Sorting(column.key)
        if current == following:
            self._model.sort(Sorting(column.key, descending=True))
        else:
            self._model.sort(None if current == Sorting(column.key, descending=True) else following)
        self.reload()

    def action_copy(self) -> None:
        """Hand the row to the app as tab-separated text."""
        if self._view.rows:
            self.post_message(self.Copied(self, tab_separated(self._model, [self._view.row])))

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
            column = len(self._columns) if step > 0 else -1
        for rows, place in enumerate(hunt(self._model, text, self._view.row, column, step)):
            if place:
                self._go(*place)
                self.post_message(self.Searched(self, text, found=True))
                return
            if rows % _ROWS_BETWEEN_PAUSES == 0:
                await asyncio.sleep(0)
        self.post_message(self.Searched(self, text, found=False))

    def _take(self, model: GridModel) -> None:
        self._stop_search()
        self._model = model
        self._columns = tuple(model.columns)
        self._canvas = Canvas(model)
        self._view = View(rows=model.row_count)
        self._row_key = model.row_key(0) if model.row_count else None
        self._at = self.cursor

    @property
    def _column_key(self) -> str:
        return self._columns[self._view.column].key

    @property
    def _fold(self) -> Fold | None:
        return self._model.fold(self._view.row) if self._view.rows else None

    def _row_above(self, depth: int) -> int:
        row = self._view.row
        while row and (fold := self._model.fold(row)) and fold.depth >= depth:
            row -= 1
        return row

    def _set_folded(self, folded: bool) -> None:
        self._model.set_folded(self._view.row, folded)
        self.reload()

    def _stop_search(self) -> None:
        if self._search:
            self._search.cancel()
            self._search = None

    def _go(self, row: int, column: int) -> None:
        self._view.column = max(0, min(column, len(self._columns) - 1))
        self._view.go_to(row)
        self._went()

    def _went(self) -> None:
        before = self._at
        view = self._view
        self._row_key = self._model.row_key(view.row) if view.rows else None
        self._at = self.cursor
        self._draw()
        if self._at and self._at != before:
            self.post_message(self.Moved(self, *self._at))

    def _draw(self) -> None:
        regions = self._changes()
        if regions:
            self.refresh(*regions)

    def _changes(self) -> list[Region]:
        if not self.size:
            return []
        spot = Spot(self._view.row, self._view.column, self._whole_row, self.has_focus)
        return self._canvas.draw(self.size, self._view, spot)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        if not self._canvas.is_drawn_for(self.size):
            self._changes()
        return self._canvas.strip(y, self._style_of)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """With `height: auto`, the header and all rows, as far as there is room."""
        return min(container.height, HEAD + max(self._model.row_count, 3))

    def notify_style_update(self) -> None:
        """Paint again in another theme: tones are not among the styles that Textual compares."""
        self._looks.clear()
        super().notify_style_update()
        if self._theme != self.app.theme:
            self._theme = self.app.theme
            self.refresh()

    def _style_of(self, look: Look) -> Style:
        style = self._looks.get(look)
        if style is None:
            theme = self.app.theme
            style = self._looks[look] = self.rich_style + style_of(look.tone, theme) + style_of(look.cursor, theme)
        return style

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor as moving, or as waiting."""
        super().watch_has_focus(has_focus)
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; twice, go into what is there."""
        place = event.get_content_offset(self)
        row = None if place is None else self._view.top + place.y - HEAD
        if place is None or row is None or place.y < HEAD or row >= self._view.rows:
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
        before = self._view.top
        self._view.scroll(lines)
        if self._view.top != before:
            event.stop()
            self._went()
