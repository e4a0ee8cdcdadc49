"""The rows and columns of a quota sheet, where each quota has its place in them, and sums by row and month."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import itemgetter, sub
from typing import NamedTuple

from salestui.planning.quotas.leaf import LINE_BITS, MONTH_BITS, pieces


class Node(NamedTuple):
    """A row: the sum of the rows under it, or a seat's own quota, in a product line (0: in none)."""

    key: str
    label: str
    parent: int | None
    """The number of the row it is under, which is above it; what is under a row follows it without a gap."""
    seat: int | None = None
    line: int = 0
    team: bool = False
    vacant: bool = False
    first: int = 0
    last: int = 11
    """The numbers of the months in which there is such a seat."""

    @property
    def is_leaf(self) -> bool:
        """Whether quotas stand in it, rather than sums."""
        return self.seat is not None


class Span(NamedTuple):
    """A column: the months from the first to the last of the year, by number, both included."""

    key: str
    label: str
    first: int
    last: int

    @property
    def is_month(self) -> bool:
        """Whether quotas stand in it, rather than sums."""
        return self.first == self.last

    @property
    def months(self) -> range:
        """The numbers of its months."""
        return range(self.first, self.last + 1)


class Shape:
    """What does not change when quotas do.

    Quotas are numbered: all months of the first row in which quotas stand, then of the second, … So what is under a
    row are quotas that follow one another.
    """

    def __init__(self, nodes: Sequence[Node], months: Sequence[date], spans: Sequence[Span]) -> None:
        self.nodes, self.months, self.spans = tuple(nodes), tuple(months), tuple(spans)
        self.width = width = len(self.months)
        self.parents = [-1 if node.parent is None else node.parent for node in self.nodes]
        self.ends = _ends(self.parents)
        ordinals = [month.toordinal() for month in self.months]
        self.leaf_rows = [row for row, node in enumerate(self.nodes) if node.is_leaf]
        places = [(self.nodes[row].seat or 0) << LINE_BITS | self.nodes[row].line for row in self.leaf_rows]
        self.keys = [place << MONTH_BITS | ordinal for place in places for ordinal in ordinals]
        """The leaf of each quota."""
        self.numbers = {key: number for number, key in enumerate(self.keys)}
        """The number of the quota of each leaf."""
        self.firsts = list(accumulate([width if node.is_leaf else 0 for node in self.nodes], initial=0))
        """For each row the number of the first quota in it, or else below it."""
        self.partial = [row for row in self.leaf_rows if self.nodes[row].first > 0 or self.nodes[row].last < width - 1]
        """The rows of quotas that are not there in all months."""
        self.sum_rows = [row for row, node in enumerate(self.nodes) if not node.is_leaf]
        self.sum_numbers = {row: number for number, row in enumerate(self.sum_rows)}
        self.spans_of = [
            [number for number, span in enumerate(self.spans) if span.first <= month <= span.last]
            for month in range(width)
        ]

    @property
    def size(self) -> int:
        """How many quotas have a place."""
        return len(self.keys)

    def places(self, keys: Iterable[int]) -> Sequence[int | None]:
        """The numbers of the quotas of leaves; None for what no row stands for. A range where they follow in order."""
        wanted = list(keys)
        first = self.numbers.get(wanted[0]) if wanted else None
        if first is not None and self.keys[first : first + len(wanted)] == wanted:
            return range(first, first + len(wanted))
        found: list[int | None] = []
        for piece in pieces(len(wanted)):
            found += map(self.numbers.get, wanted[piece])
        return found

    def under(self, row: int) -> tuple[int, int]:
        """The number of the first quota in or under a row, and the number after the last."""
        return self.firsts[row], self.firsts[self.ends[row]]

    @cached_property
    def ones(self) -> "Tally":
        """How many quotas there are in each row and month when all are there."""
        return Tally(self, [1] * self.size)


def _ends(parents: Sequence[int]) -> list[int]:
    """For each row the number after the last row under it; ValueError where rows do not follow what they are under."""
    ends = [len(parents)] * len(parents)
    above: list[int] = []
    for row, parent in enumerate(parents):
        while above and above[-1] != parent:
            ends[above.pop()] = row
        if parent >= 0 and not above:
            raise ValueError(f"row {row} does not follow the row it is under")
        above.append(row)
    return ends


class Tally:
    """A whole number for each row and month, which adds up: what counts in a row counts in those it is under."""

    def __init__(self, shape: Shape, numbers: list[int]) -> None:
        """`numbers` of all quotas; they are added up here, and kept."""
        self._shape, self._numbers = shape, numbers
        width = shape.width
        self._sums = [0] * (len(shape.sum_rows) * width)
        firsts = [shape.firsts[row] // width for row in shape.sum_rows] if width else []
        ends = [shape.firsts[shape.ends[row]] // width for row in shape.sum_rows] if width else []
        for month in range(width if firsts else 0):
            so_far = list(accumulate(numbers[month::width], initial=0))
            self._sums[month::width] = map(sub, _picked(so_far, ends), _picked(so_far, firsts))

    def copy(self) -> "Tally":
        """The same, to be changed apart from it."""
        made = Tally.__new__(Tally)
        made._shape, made._numbers, made._sums = self._shape, self._numbers[:], self._sums[:]
        return made

    def add(self, number: int, more: int) -> None:
        """Let more count for the quota of this number."""
        shape = self._shape
        self._numbers[number] += more
        place, month = divmod(number, shape.width)
        row = shape.parents[shape.leaf_rows[place]]
        while row >= 0:
            self._sums[shape.sum_numbers[row] * shape.width + month] += more
            row = shape.parents[row]

    def of(self, row: int, span: int) -> int:
        """The number of a row and a column."""
        shape = self._shape
        _, _, first, last = shape.spans[span]
        above = shape.sum_numbers.get(row)
        if above is None:
            here = shape.firsts[row]
            return sum(self._numbers[here + first : here + last + 1])
        here = above * shape.width
        return sum(self._sums[here + first : here + last + 1])


def _picked(numbers: Sequence[int], places: Sequence[int]) -> Sequence[int]:
    return itemgetter(*places)(numbers) if len(places) > 1 else [numbers[place] for place in places]
