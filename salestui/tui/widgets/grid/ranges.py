"""Ranges of cells: from an anchor to the cursor, of whole rows or columns, or everything; and several of them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

Kind = Literal["cells", "rows", "columns", "all"]


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
        top, bottom = (0, rows - 1) if self.kind in ("all", "columns") else sorted((min(self.row, rows - 1), row))
        left, right = (0, columns - 1) if self.kind in ("all", "rows") else sorted((self.column, column))
        return Box(top, left, bottom, right)


class Boxes(tuple[Box, ...]):
    """Blocks that may lie over one another: every cell counts once."""

    __slots__ = ()

    def spans(self, row: int) -> tuple[tuple[int, int], ...]:
        """The first and last columns of each block in that row."""
        return tuple(span for box in self if (span := box.span(row)) is not None)

    def has(self, row: int, column: int) -> bool:
        """Whether the cell is in one of them."""
        return any(box.has(row, column) for box in self)

    def columns_in(self, row: int) -> list[int]:
        """The columns they have in that row, each once, in order."""
        return sorted({column for first, last in self.spans(row) for column in range(first, last + 1)})

    @property
    def rows(self) -> Sequence[int]:
        """The rows they have, each once, in order."""
        return self[0].rows if len(self) == 1 else sorted({row for box in self for row in box.rows})

    @property
    def size(self) -> int:
        """How many cells they have."""
        if len(self) == 1:
            return self[0].size
        edges = sorted({edge for box in self for edge in (box.top, box.bottom + 1)})
        return sum((end - start) * len(self.columns_in(start)) for start, end in pairwise(edges))

    def cells(self) -> Iterator[tuple[int, int]]:
        """Their cells as (row, column), row by row, each once."""
        return ((row, column) for row in self.rows for column in self.columns_in(row))
