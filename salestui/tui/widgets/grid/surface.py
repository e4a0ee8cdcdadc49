"""What the grid draws and where: the lower half of `Grid`, which does what the keys say."""

from typing import ClassVar, TypedDict, Unpack

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from salestui.tui.themes import style_of
from salestui.tui.widgets.grid import status
from salestui.tui.widgets.grid.canvas import FOOT, HEAD, Canvas
from salestui.tui.widgets.grid.columns import ShownColumns
from salestui.tui.widgets.grid.lines import Look
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Box, Boxes, Range
from salestui.tui.widgets.grid.render import Spot
from salestui.tui.widgets.grid.view import View


class WidgetOptions(TypedDict, total=False):
    """What every widget takes."""

    name: str | None
    id: str | None
    classes: str | None
    disabled: bool


class Surface(Widget, can_focus=True):
    """Draws a model's shown columns with the cursor and what is marked on them, and paints only what differs."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(
        self, model: GridModel, *, whole_row: bool, status_line: bool, **options: Unpack[WidgetOptions]
    ) -> None:
        super().__init__(**options)
        self._whole_row, self._status_line = whole_row, status_line
        self._looks: dict[Look, Style] = {}
        self._theme = ""
        self._hidden: frozenset[str] = frozenset()
        self._frozen_to = ""
        self._spread(model)

    def _spread(self, model: GridModel) -> None:
        """Begin at the first cell of this model."""
        self._model = model
        self._shown = ShownColumns(model, self._hidden, self._frozen_to)
        self._canvas = Canvas(self._shown)
        self._view = View(rows=model.row_count)
        self._range: Range | None = None
        self._kept: tuple[tuple[Box, str], ...] = ()
        """Ranges that stay marked while another is, with the names of their first rows."""
        self._is_filtered = False

    @property
    def _is_editing(self) -> bool:
        """Whether a field lies over the cell under the cursor."""
        return False

    @property
    def _has_cursor(self) -> bool:
        """Whether keys come here. The screen knows of a change before the widget does."""
        return self.has_focus or self._is_editing or (self.is_attached and self.screen.focused is self)

    @property
    def _box(self) -> Box | None:
        """The range, if one is marked."""
        view = self._view
        if self._range is None or not view.rows:
            return None
        return self._range.box(view.row, view.column, view.rows, len(self._shown.columns))

    @property
    def _is_marking(self) -> bool:
        """Whether more may be marked than what the cursor is on."""
        return self._range is not None or bool(self._kept)

    @property
    def _at_cursor(self) -> Box | None:
        """The range that ends at the cursor; without one its cell, or its row; None where there are no rows."""
        row, column = self._view.row, self._view.column
        if self._range or not self._view.rows:
            return self._box
        return Box(row, 0, row, len(self._shown.columns) - 1) if self._whole_row else Box(row, column, row, column)

    @property
    def _marked(self) -> Boxes:
        """Everything that a key would do something to; nothing where there are no rows."""
        here = self._at_cursor
        return Boxes() if here is None else Boxes((*(box for box, _ in self._kept), here))

    def _draw(self) -> None:
        regions = self._changes()
        if regions:
            self.refresh(*regions)

    def _changes(self) -> list[Region]:
        if not self.size:
            return []
        view = self._view
        view.resize(self._model.row_count, view.room, view.frozen)
        marked = self._marked if self._is_marking else Boxes()
        spot = Spot(view.row, view.column, self._whole_row, self._has_cursor, marked)
        foot = status.foot(self._shown, view.row, view.column, marked) if self._status_line else None
        return self._canvas.draw(self.size, view, spot, foot)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        if not self._canvas.is_drawn_for(self.size):
            self._changes()
        return self._canvas.strip(y, self._style_of)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """With `height: auto`, the header, all rows as far as there is room, and the status line."""
        return min(container.height, HEAD + max(self._model.row_count, 3) + FOOT * self._status_line)

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
            style = self.rich_style + style_of(look.tone, theme)
            cursors = ("cursor", "cursor-idle") if look.cursor == "corner" else (look.cursor,)
            for cursor in cursors:
                style += style_of(cursor, theme)
            self._looks[look] = style
        return style

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor as moving, or as waiting."""
        super().watch_has_focus(has_focus)
        self._draw()
