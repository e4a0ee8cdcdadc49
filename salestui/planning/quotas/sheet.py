"""A quota plan as a sheet: seats in their line of command by months, with every sum kept true as leaves change.

Leaves are seat × product line × fiscal month. Team rows, quarters and the year are sums of leaves. None is no quota,
and a sum of nothing but None is None: that is not 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salestui.model.values.amount import Amount


class Leaf(NamedTuple):
    """Where a quota stands: a seat, a product line (0 where the plan knows none) and a fiscal month's first day."""

    seat: int
    line: int
    month: date


class Node(NamedTuple):
    """A row: the sum of the rows under it, or a seat's own quota, in a product line (0: in none)."""

    key: str
    label: str
    parent: int | None
    """The number of the row it is under."""
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


class Sheet:
    """The rows, the columns and the amounts."""

    def __init__(
        self,
        nodes: Sequence[Node],
        months: Sequence[date],
        spans: Sequence[Span],
        amounts: Mapping[Leaf, Amount | None],
    ) -> None:
        """`amounts` of leaves that no row stands for are left out."""
        self.nodes, self.months, self.spans = tuple(nodes), tuple(months), tuple(spans)
        self._amounts: dict[Leaf, Amount] = {}
        self._rows = {(node.seat, node.line): row for row, node in enumerate(self.nodes) if node.is_leaf}
        self._month_numbers = {month: number for number, month in enumerate(self.months)}
        self._spans_of = [
            [number for number, span in enumerate(self.spans) if span.first <= month <= span.last]
            for month in range(len(self.months))
        ]
        self._sums = [[[0, 0] for _ in self.spans] for _ in self.nodes]
        self._leaf_rows = self._collect_leaf_rows()
        for leaf, amount in amounts.items():
            self.put(leaf, amount)

    def _collect_leaf_rows(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.nodes]
        for row, node in enumerate(self.nodes):
            if node.is_leaf:
                for above in self._up(row):
                    found[above].append(row)
        return found

    def _up(self, row: int) -> Iterator[int]:
        """The row, and the rows it is under."""
        at: int | None = row
        while at is not None:
            yield at
            at = self.nodes[at].parent

    def holds(self, leaf: Leaf) -> bool:
        """Whether a row and a column stand for this leaf."""
        return (leaf.seat, leaf.line) in self._rows and leaf.month in self._month_numbers

    def leaf(self, leaf: Leaf) -> Amount | None:
        """The quota there."""
        return self._amounts.get(leaf)

    def put(self, leaf: Leaf, amount: Amount | None) -> None:
        """Set a quota; every sum above it follows."""
        row = self._rows.get((leaf.seat, leaf.line))
        month = self._month_numbers.get(leaf.month)
        if row is None or month is None:
            return
        before = self._amounts.pop(leaf, None)
        if amount is not None:
            self._amounts[leaf] = amount
        units = (amount.units if amount else 0) - (before.units if before else 0)
        count = (amount is not None) - (before is not None)
        for above in self._up(row):
            sums = self._sums[above]
            for span in self._spans_of[month]:
                sums[span][0] += units
                sums[span][1] += count

    def value(self, row: int, span: int) -> Amount | None:
        """What stands in a row and a column: a quota, or the sum of those under it; None where there is none."""
        units, count = self._sums[row][span]
        return Amount.from_units(units) if count else None

    def shown_in(self, leaf: Leaf) -> Iterator[tuple[int, int]]:
        """The rows and columns whose number this quota is, or is a part of."""
        if self.holds(leaf):
            for row in self._up(self._rows[leaf.seat, leaf.line]):
                for span in self._spans_of[self._month_numbers[leaf.month]]:
                    yield row, span

    def leaves(self, row: int, span: int) -> list[Leaf]:
        """The leaves that the number in this row and column is the sum of, in order.

        Months in which there is no such seat are none, unless a quota stands there.
        """
        found: list[Leaf] = []
        for node in (self.nodes[below] for below in self._leaf_rows[row]):
            for month in self.spans[span].months:
                leaf = Leaf(node.seat or 0, node.line, self.months[month])
                if node.first <= month <= node.last or leaf in self._amounts:
                    found.append(leaf)
        return found
