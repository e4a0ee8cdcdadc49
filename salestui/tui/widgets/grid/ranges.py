"""Ranges of cells: from an anchor to the cursor, of whole rows, or everything."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["cells", "rows", "all"]


class Box(NamedTuple):
    """A block of cells, first and last rows and columns included."""

    top: int
    left: int
    bottom: int
    right: int

    def span(self, row: int) -> tuple[int, int] | None:
        """The first and last column it has in that row; None where it has none."""
        return (self.left, self.right) if self.top <= row <= self.bottom else None

    def has(self, row: int, column: int) -> bool:
        """Whether the cell is one of its."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """Its columns."""
        return range(self.left, self.right + 1)

    @property
    def size(self) -> int:
        """How many cells it has."""
        return len(self.rows) * len(self.columns)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Its cells as (row, column), row by row."""
        return ((row, column) for row in self.rows for column in self.columns)


class Range(NamedTuple):
    """What is marked, from the anchor to wherever the cursor is; with `follows`, every move of the cursor extends it.

    `key` names the anchor's row, so that a range whose rows were renumbered is known to be another one.
    """

    row: int
    column: int
    key: str
    kind: Kind = "cells"
    follows: bool = True

    def box(self, row: int, column: int, rows: int, columns: int) -> Box:
        """Its cells while the cursor is there, in a table of so many rows and columns."""
        top, bottom = (0, rows - 1) if self.kind == "all" else sorted((min(self.row, rows - 1), row))
        left, right = sorted((self.column, column)) if self.kind == "cells" else (0, columns - 1)
        return Box(top, left, bottom, right)
