"""From the model to lines of exactly so many cells: the header, the rows in view, or what to do when there are none."""

from collections.abc import Collection
from textwrap import wrap
from typing import NamedTuple

from salestui.tui.text import fitted, plain, width_of
from salestui.tui.widgets.grid.layout import GUTTER, TRAIL, Layout, Place, lay_out
from salestui.tui.widgets.grid.lines import Line, Look, Piece, Run
from salestui.tui.widgets.grid.model import Cell, Column, GridModel
from salestui.tui.widgets.grid.ranges import Boxes
from salestui.tui.widgets.grid.view import View

_TONE_MARKS = {"good": "✓", "warn": "!", "bad": "✗"}
_DEEPEST_INDENT = 8
_WIDEST_TEXT = 2  # one text column takes at most this part of the screen
_FROZEN_PERCENT = 30
_LEAST_TEXT = 14
_MUCH_WIDER = 3


_AROUND = 4
"""The blanks around what stands first at the left of the status line, and the `…` where more would follow."""


class Foot(NamedTuple):
    """What the status line says: of what is marked, and always."""

    left: str
    right: str = ""


class Spot(NamedTuple):
    """Where the cursor shows, on one cell, or for a whole row on its first cell and the title of the column.

    And the ranges that are marked.
    """

    row: int
    column: int
    whole_row: bool
    focused: bool
    boxes: Boxes = Boxes()

    def look(self, look: Look, row: int, column: int) -> Look:
        """The look of a cell's text."""
        marked = self.boxes.has(row, column)
        if row == self.row and (column == 0 if self.whole_row else column == self.column):
            return look._replace(cursor=("corner" if marked else "cursor") if self.focused else "cursor-idle")
        return self.shown(look, marked)

    def shown(self, look: Look, here: bool) -> Look:
        """The look of what is the cursor's or in the range, or of what is not."""
        return look._replace(cursor="cursor" if self.focused else "cursor-idle") if here else look


class Renderer:
    """Draws one model. Remembers how wide its columns had to be so far, so that they do not jump back and forth.

    A column of numbers that is much wider than all in another window needs becomes narrow again there.
    """

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._needed = [width_of(column.title) for column in model.columns]
        self._cells: dict[tuple[int, int], tuple[str, Cell]] = {}

    def settle(self, view: View, width: int, rows: Collection[int], follow: int, *, afresh: bool = False) -> Layout:
        """Lay out the columns for those rows, moving the window until the column `follow` is in it.

        `afresh` where they are all rows of another window than before.
        """
        self._cells.clear()
        frozen = sum(column.frozen for column in self._model.columns)
        if afresh:
            self._narrow(lay_out(self._widths(width), frozen, view.first, width), rows)
        while True:
            layout = lay_out(self._widths(width), frozen, view.first, width)
            if self._has_grown(layout, rows):
                continue
            if not layout.places or layout.shows(follow):
                return layout
            view.first = follow if follow < view.first else layout.places[layout.frozen].column + 1

    def row(self, layout: Layout, view: View, row: int, width: int, spot: Spot) -> Line:
        """One row of the table."""
        pieces = [Piece(0, GUTTER, (Run(_gutter(view, row)),))]
        marked = spot.boxes.spans(row)
        for place in layout.places:
            text, cell = self._cell(row, place.column)
            look = Look(cell.tone)
            mark = fitted(cell.mark or _TONE_MARKS.get(cell.tone, ""), 1)
            shown = _shown(text, self._model.columns[place.column], place.width)
            in_range = any(first <= place.column <= last for first, last in marked)
            goes_on = any(first <= place.column < last for first, last in marked)
            runs = (
                Run(shown, spot.look(look, row, place.column)),
                Run(mark, spot.shown(look, in_range)),
                Run(_gap(layout, place), spot.shown(Look(), goes_on)),
            )
            pieces.append(_piece(place, runs))
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
            title = fitted(self._title(place.column), place.width, right=column.right)
            here = spot.whole_row and place.column == spot.column
            pieces.append(_piece(place, (Run(title, spot.shown(head, here)), Run(arrow, head), Run(gap, head))))
        return _ended(pieces, layout, width, head, "›" if layout.hidden_right else "")

    def _title(self, column: int) -> str:
        """A column's title; the first names what the rows are filtered by."""
        title, wanted = self._model.columns[column].title, self._model.filtered
        return title if column or not wanted else f"{title}: “{plain(wanted)}”"

    def empty(self, width: int) -> list[Line]:
        """What to do first."""
        lines = wrap(plain(self._model.empty), max(1, width - 2))
        return [(Piece(0, width, (Run(fitted(f" {line}", width)),)),) for line in ["", *lines]]

    def foot(self, foot: Foot, width: int) -> Line:
        """The status line, in two pieces so that each is painted only when it differs.

        What is said first at the left is not cut for what is said at the right, unless that had not a third.
        """
        first = width_of(foot.left.partition(" · ")[0]) + _AROUND
        room = max(min(width - first, width * 2 // 3), width // 3)
        right = fitted(foot.right, min(width_of(foot.right), room)) if foot.right else ""
        left = width - width_of(right) - (1 if right else 0)
        pieces = [Piece(0, left, (Run(fitted(f" {foot.left}", left)),))]
        return (*pieces, Piece(left, width - left, (Run(f"{right} "),))) if right else tuple(pieces)

    def _widths(self, available: int) -> list[int]:
        """Every column's width: cut text gets what a wide screen has left over, frozen text a share of it anyhow."""
        columns = self._model.columns
        widths = [self._width(number, available) for number in range(len(columns))]
        room = available - GUTTER - sum(width + TRAIL for width in widths)
        for number, column in enumerate(columns):
            if column.kind != "number" and widths[number] < self._needed[number]:
                share = available * _FROZEN_PERCENT // 100 - widths[number] if column.frozen else 0
                more = min(self._needed[number] - widths[number], max(room, share, 0))
                widths[number] += more
                room -= more
        self._yield_to_numbers(widths, available // 2 - GUTTER)
        return widths

    def _yield_to_numbers(self, widths: list[int], room: int) -> None:
        """Where frozen columns would take more than half of the screen, text is cut and not a number."""
        frozen = [number for number, column in enumerate(self._model.columns) if column.frozen]
        over = sum(widths[number] + TRAIL for number in frozen) - room
        for number in frozen:
            if over > 0 and self._model.columns[number].kind != "number":
                less = min(over, max(0, widths[number] - _LEAST_TEXT))
                widths[number] -= less
                over -= less

    def _width(self, number: int, available: int) -> int:
        column = self._model.columns[number]
        needed = max(1, self._needed[number])
        if column.kind == "number":
            return max(column.width or 0, needed)
        return column.width or min(needed, max(1, available // _WIDEST_TEXT))

    def _narrow(self, layout: Layout, rows: Collection[int]) -> None:
        for place in layout.places:
            column = self._model.columns[place.column]
            if column.kind == "number":
                needed = max(width_of(column.title), self._widest(place.column, rows))
                if self._needed[place.column] - needed >= _MUCH_WIDER:
                    self._needed[place.column] = needed

    def _widest(self, column: int, rows: Collection[int]) -> int:
        return max((width_of(self._cell(row, column)[0]) for row in rows), default=0)

    def _has_grown(self, layout: Layout, rows: Collection[int]) -> bool:
        grown = False
        for place in layout.places:
            needed = self._widest(place.column, rows)
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


def _piece(place: Place, runs: tuple[Run, ...]) -> Piece:
    if runs[0].look == runs[1].look == runs[2].look:
        runs = (Run("".join(run.text for run in runs), runs[0].look),)
    return Piece(place.x, place.end - place.x, runs)


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
    if row == view.top and row > view.frozen:
        return "↑"
    return "↓" if row == view.top + view.height - 1 and row < view.rows - 1 else " "


def _shown(text: str, column: Column, width: int) -> str:
    if column.kind == "number" and width_of(text) > width:
        return "#" * width
    return fitted(text, width, right=column.right)
