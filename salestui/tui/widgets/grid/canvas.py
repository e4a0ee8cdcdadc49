"""What the grid has drawn, line by line, and what of it has to be painted again."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import zip_longest

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from salestui.tui.widgets.grid.layout import Layout
from salestui.tui.widgets.grid.lines import Line, Look, changes, strip_of
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.render import Renderer, Spot
from salestui.tui.widgets.grid.view import View

HEAD = 1


class Canvas:
    """The lines of one model on a screen of one size."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._renderer = Renderer(model)
        self.lines: list[Line] = []
        self._size = Size(0, 0)
        self._drawn = View()
        self.layout = Layout((), 0, False, False)

    def forget(self) -> None:
        """The model's cells have changed: the next drawing looks at all of them."""
        self._drawn = View()

    def draw(self, size: Size, view: View, spot: Spot) -> list[Region]:
        """Draw what has changed since the last time, and say where that is."""
        view.resize(self._model.row_count, size.height - HEAD)
        in_view = range(view.top, min(view.rows, view.top + view.height))
        before = self._drawn
        only_cursor = size == self._size and replace(before, row=view.row, column=view.column) == view
        rows: Collection[int] = [row for row in in_view if row in (before.row, view.row)] if only_cursor else in_view
        layout = self._renderer.settle(view, size.width, rows, view.column)
        if rows is not in_view and layout != self.layout:
            rows, layout = in_view, self._renderer.settle(view, size.width, in_view, view.column)
        lines: list[Line] = [()] * (HEAD + len(in_view)) if rows is in_view else self.lines.copy()
        lines[0] = self._renderer.head(layout, size.width, spot)
        for row in rows:
            lines[HEAD + row - view.top] = self._renderer.row(layout, view, row, size.width, spot)
        if not view.rows:
            lines += self._renderer.empty(size.width)
        regions = [*_differences(self.lines, lines)] if size == self._size else [size.region]
        self.lines, self._size, self._drawn, self.layout = lines, size, replace(view), layout
        return regions

    def is_drawn_for(self, size: Size) -> bool:
        """Whether the lines are those of a screen of that size."""
        return size == self._size

    def strip(self, y: int, style_of: Callable[[Look], Style]) -> Strip:
        """The line at that height, empty below the last row."""
        line = self.lines[y] if y < len(self.lines) else ()
        return strip_of(line, style_of) if line else Strip.blank(self._size.width, style_of(Look()))


def _differences(old: list[Line], new: list[Line]) -> Iterator[Region]:
    for y, (before, after) in enumerate(zip_longest(old, new, fillvalue=())):
        for x, width in changes(before, after):
            yield Region(x, y, width, 1)
