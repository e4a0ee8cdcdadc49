"""Where columns stand on a line, in cells: a gutter of one, then each column's text, its mark and a gap."""

from collections.abc import Sequence
from typing import NamedTuple

GUTTER = 1
TRAIL = 2  # the mark and the gap, which is the dividing line after the last frozen column
_LEAST = 3


class Place(NamedTuple):
    """A visible column: its number, where its text begins, and how wide that is."""

    column: int
    x: int
    width: int

    @property
    def end(self) -> int:
        """Where the next column begins."""
        return self.x + self.width + TRAIL


class Layout(NamedTuple):
    """The visible columns, how many of them are frozen, and whether others are hidden at the left and right."""

    places: tuple[Place, ...]
    frozen: int
    hidden_left: bool
    hidden_right: bool

    @property
    def end(self) -> int:
        """Where the last column ends."""
        return self.places[-1].end if self.places else GUTTER

    def shows(self, column: int) -> bool:
        """Whether the column is in view."""
        return any(place.column == column for place in self.places)

    def column_at(self, x: int) -> int | None:
        """The column under a screen position."""
        return next((place.column for place in self.places if place.x <= x < place.end), None)


class Room(NamedTuple):
    """Where a field lies over a cell: from that cell on, at least so wide, up to the grid's right edge."""

    x: int
    y: int
    width: int
    edge: int


def lay_out(widths: Sequence[int], frozen: int, first: int, available: int) -> Layout:
    """Place the first `frozen` columns and then whole ones from number `first` on, as many as there is room for.

    Frozen columns take two thirds at most: only as many stay as fit, and the first, which names the row, is cut to a
    half. A column that has no room even alone is cut to what there is.
    """
    places: list[Place] = []
    x, most = GUTTER, available * 2 // 3
    for column in range(min(frozen, len(widths) - 1)):
        room = (most if column else available // 2) - x - TRAIL
        if room < (widths[column] if column else _LEAST):
            break
        places.append(Place(column, x, min(widths[column], room)))
        x = places[-1].end
    kept = len(places)
    first = column = max(first, kept)
    while column < len(widths) and x + widths[column] + TRAIL <= available:
        places.append(Place(column, x, widths[column]))
        x = places[-1].end
        column += 1
    if column == first and column < len(widths):
        places.append(Place(column, x, max(1, available - x - TRAIL)))
        column += 1
    return Layout(tuple(places), kept, first > kept, column < len(widths))
