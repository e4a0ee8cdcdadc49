"""From numbers to rows: a scale that begins and ends on round numbers and has zero in it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

EIGHTHS = 8
_ROUND = (1, 2, 5)
_ROWS_PER_TICK = 3


class Scale(NamedTuple):
    """`rows` rows from `low` at the foot of row 0, the lowest, to `high` at the top of the highest."""

    low: int
    high: int
    step: int
    rows: int

    def eighths(self, number: int) -> int:
        """How many eighths of a row above the foot a number is, to the nearest; held to the scale."""
        height = (2 * (number - self.low) * self.rows * EIGHTHS + self.high - self.low) // (2 * (self.high - self.low))
        return min(max(height, 0), self.rows * EIGHTHS)

    def row(self, number: int) -> int:
        """The row that a number lies in; one on the border of two belongs to the lower, as the top of a bar does."""
        height = (number - self.low) * self.rows
        return min(max(-(-height // (self.high - self.low)) - 1, 0), self.rows - 1)

    def ticks(self) -> Iterator[tuple[int, int]]:
        """Round numbers with their rows, from the bottom up; no two on one row."""
        taken = -1
        for number in range(-(-self.low // self.step) * self.step, self.high + 1, self.step):
            row = self.row(number)
            if row > taken:
                yield row, number
                taken = row


def scale(numbers: Iterable[int], rows: int) -> Scale:
    """The scale that all the numbers and zero fit in; it ends on a quarter of a step, or on half of one."""
    known = [0, *numbers]
    low, high = min(known), max(known)
    step = _round_step(max(high - low, 1), max(rows // _ROWS_PER_TICK, 1))
    fine = next(step // part for part in (4, 2, 1) if step % part == 0)
    low, high = low // fine * fine, -(-high // fine) * fine
    return Scale(low, max(high, low + 1), step, rows)


def _round_step(width: int, ticks: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 … that goes into the width no more often than there are ticks."""
    size = 1
    while size * 10 * ticks < width:
        size *= 10
    return next(factor * size for factor in (*_ROUND, 10) if factor * size * ticks >= width)
