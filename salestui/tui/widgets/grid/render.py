"""From the model to lines of exactly so many cells: the header, the rows in view, or what to do when there are none."""

from collections.abc import Collection
from textwrap import wrap
from typing import NamedTuple

from salestui.tui.text import fitted, plain, width_of
from salestui.tui.widgets.grid.layout import GUTTER, Layout, Place, lay_out
from salestui.tui.widgets.grid.lines import Line, Look, Piece, Run
from salestui.tui.widgets.grid.model import Cell, Column, GridModel
from salestui.tui.widgets.grid.view import View

_TONE_MARKS = {"good": "✓", "warn": "!", "bad": "✗"}
_DEEPEST_INDENT = 8
_WIDEST_TEXT = 2  # one text column takes at most this part of the screen


class Spot(NamedTuple):
    """Where the cursor shows: on one cell, or for a whole row on its first cell and the title of the column."""

    row: int
    column: int
    whole_row: bool
    focused: bool

    def look(self, look: Look, here: bool) -> Look:
        """The look of a text where the cursor is, or is not."""
        return look._replace(cursor="cursor" if self.focused else "cursor-idle") if here else look


class Renderer:
    """Draws one model. Remembers how wide its columns had to be so far, so that they do not jump back and forth."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._needed = [width_of(column.title) for column in model.columns]
        self._cells: dict[tuple[int, int], tuple[str, Cell]] = {}

    def settle(self, view: View, width: int, rows: Collection[int], follow: int) -> Layout:
        """Lay out the columns for those rows, moving the window until the column `follow` is in it."""
        self._cells.clear()
        frozen = sum(column.frozen for column in self._model.columns)
        while True:
            widths = [self._width(number, width) for number in range(len(self._needed))]
            layout = lay_out(widths, frozen, view.first, width)
            if self._has_grown(layout, rows):
                continue
            if not layout.places or layout.shows(follow):
                return layout
            view.first = follow if follow < view.first else layout.places[layout.frozen].column + 1

    def row(self, layout: Layout, view: View, row: int, width: int, spot: Spot) -> Line:
        """One row of the table."""
        pieces = [Piece(0, GUTTER, (Run(_gutter(view, row)),))]
        for place in layout.places:
            text, cell = self._cell(row, place.column)
            look = Look(cell.tone)
            here = row == spot.row and (place.column == 0 if spot.whole_row else place.column == spot.column)
            mark = fitted(cell.mark or _TONE_MARKS.get(cell.tone, ""), 1)
            shown = _shown(text, self._model.columns[place.column], place.width)
            pieces.append(_piece(place, shown, mark, _gap(layout, place), look, spot.look(look, here)))
        return _ended(pieces, layout, width, Look())

    def head(self, layout: Layout, width: int, spot: Spot) -> Line:
        """The titles, with `▲`/`▼` after the one sorted by and `‹` `›` where columns are hidden."""
        head = Look("head")
        sorting = self._model.sorting
        pieces = [Piece(0, GUTTER, (Run("‹" if layout.hidden_left and not layout.frozen else " ", head),))]
        for place in layout.places:
            column = self._model.columns[place.column]
            arrow = " " if not sorting or sorting.column != column.key else "▼" if sorting.descending else "▲"
            gap = "‹" if layout.hidden_left and place is layout.places[layout.frozen - 1] else _gap(layout, place)
            title = fitted(column.title, place.width, right=column.right)
            here = spot.whole_row and place.column == spot.column
            pieces.append(_piece(place, title, arrow, gap, head, spot.look(head, here)))
        return _ended(pieces, layout, width, head, "›" if layout.hidden_right else "")

    def empty(self, width: int) -> list[Line]:
        """What to do first."""
        lines = wrap(plain(self._model.empty), max(1, width - 2))
        return [(Piece(0, width, (Run(fitted(f" {line}", width)),)),) for line in ["", *lines]]

    def _width(self, number: int, available: int) -> int:
        column = self._model.columns[number]
        needed = max(1, self._needed[number])
        if column.kind == "number":
            return max(column.width or 0, needed)
        return column.width or min(needed, max(1, available // _WIDEST_TEXT))

    def _has_grown(self, layout: Layout, rows: Collection[int]) -> bool:
        grown = False
        for place in layout.places:
            needed = max((width_of(self._cell(row, place.column)[0]) for row in rows), default=0)
            if needed > self._needed[place.column]:
                self._needed[place.column] = needed
                grown = grown or place.width < needed
        return grown

    def _cell(self, row: int, column: int) -> tuple[str, Cell]:
        known = self._cells.get((row, column))
        if known is None:
            cell = self._model.cell(row, column)
            known = self._cells[row, column] = (self._indent(row) + cell.text if column == 0 else cell.text, cell)
        return known

    def _indent(self, row: int) -> str:
        fold = self._model.fold(row)
        if fold is None:
            return ""
        return "  " * min(fold.depth, _DEEPEST_INDENT) + ("▸ " if fold.folded else "▾ " if fold.foldable else "  ")


def _piece(place: Place, text: str, mark: str, gap: str, look: Look, text_look: Look) -> Piece:
    gap_look = look if look.tone == "head" else Look()
    runs = [Run(text, text_look), Run(mark, look), Run(gap, gap_look)]
    if look == gap_look:
        runs = [Run(text + mark + gap, look)] if text_look == look else [runs[0], Run(mark + gap, look)]
    return Piece(place.x, place.end - place.x, tuple(runs))


def _ended(pieces: list[Piece], layout: Layout, width: int, look: Look, sign: str = "") -> Line:
    room = width - layout.end
    if room > 0:
        pieces.append(Piece(layout.end, room, (Run(sign.rjust(room), look),)))
    elif sign:
        last = pieces[-1]
        pieces[-1] = last._replace(runs=(*last.runs[:-1], last.runs[-1]._replace(text=last.runs[-1].text[:-1] + sign)))
    return tuple(pieces)


def _gap(layout: Layout, place: Place) -> str:
    return "│" if layout.frozen and place is layout.places[layout.frozen - 1] else " "


def _gutter(view: View, row: int) -> str:
    if row == view.top and row > 0:
        return "↑"
    return "↓" if row == view.top + view.height - 1 and row < view.rows - 1 else " "


def _shown(text: str, column: Column, width: int) -> str:
    if column.kind == "number" and width_of(text) > width:
        return "#" * width
    return fitted(text, width, right=column.right)
