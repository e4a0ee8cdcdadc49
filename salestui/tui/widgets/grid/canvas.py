"""What the grid has drawn, line by line, and what of it has to be painted again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest

from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from salestui.tui.widgets.grid.layout import Layout
from salestui.tui.widgets.grid.lines import Line, Look, changes, strip_of
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.render import Foot, Renderer, Spot
from salestui.tui.widgets.grid.view import View

HEAD = 1
FOOT = 1


class Canvas:
    """The lines of one model on a screen of one size."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._renderer = Renderer(model)
        self.lines: list[Line] = []
        self._size = Size(0, 0)
        self._drawn = View()
        self._spot: Spot | None = None
        self.layout = Layout((), 0, False, False)

    def forget(self) -> None:
        """The model's cells have changed: the next drawing looks at all of them."""
        self._drawn = View()

    def draw(self, size: Size, view: View, spot: Spot, foot: Foot | None = None) -> list[Region]:
        """Draw what has changed since the last time, and say where that is; `foot` is what the status line says."""
        view.resize(self._model.row_count, size.height - HEAD - (0 if foot is None else FOOT), self._model.frozen_rows)
        in_view = view.in_view
        before, marked = self._drawn, self._spot
        same = size == self._size and view.rows > 0 and replace(before, row=view.row, column=view.column) == view
        rows = [
            row
            for row in in_view
            if not same or row in (before.row, view.row) or _marking(marked, row) != _marking(spot, row)
        ]
        layout = self.layout
        if not (same and layout.shows(view.column)):
            layout = self._renderer.settle(view, size.width, in_view, view.column, afresh=not same)
            same, rows = False, in_view
        lines: list[Line] = self.lines.copy() if same else [()] * (HEAD + len(in_view))
        lines[0] = self._renderer.head(layout, size.width, spot)
        for row in rows:
            lines[HEAD + view.line_of(row)] = self._renderer.row(layout, view, row, size.width, spot)
        if not view.rows:
            lines += self._renderer.empty(size.width)
        if foot is not None:
            room = max(0, size.height - FOOT)
            lines = [*lines[:room], *[()] * (room - len(lines)), self._renderer.foot(foot, size.width)]
        regions = [*_differences(self.lines, lines)] if size == self._size else [size.region]
        self.lines, self._size, self._drawn, self._spot, self.layout = lines, size, replace(view), spot, layout
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


def _marking(spot: Spot | None, row: int) -> tuple[tuple[tuple[int, int], ...], bool] | None:
    spans = spot.boxes.spans(row) if spot else ()
    return (spans, spot.focused) if spot and spans else None
