"""A quota plan as a sheet: seats in their line of command by months, with every sum kept true as leaves change.

Leaves are seat × product line × fiscal month. Team rows, quarters and the year are sums of leaves. None is no quota,
and a sum of nothing but None is None: that is not 0.

A sheet may hold hundreds of thousands of leaves. So a leaf is known by one whole number, its quota is one whole number
of the currency's ten-thousandths (`Amount.units`), and what changes many of them at once is a plain dictionary.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import Literal, NamedTuple, Self

from salestui.model.values.amount import Amount

Units = dict[int, int | None]
"""Quotas in smallest units by leaf: keys are `Leaf`s, or the plain numbers that these are."""

_MONTH_BITS = 22
_LINE_BITS = 20
_MONTH = (1 << _MONTH_BITS) - 1
_LINE = (1 << _LINE_BITS) - 1
_FEW = 8
"""Below this part of all leaves, single changes are quicker than to sum anew."""


class Leaf(int):
    """Where a quota stands: a seat, a product line (0 where the plan knows none) and a fiscal month's first day.

    It is a whole number in the order of these three, equal to any plain number of the same value; `Leaf.of` reads one.
    ValueError for ids that are below zero, and for a product line above a million.
    """

    __slots__ = ()

    def __new__(cls, seat: int, line: int, month: date) -> Self:
        """The leaf of these three."""
        if seat < 0 or not 0 <= line <= _LINE:
            raise ValueError(f"there is no quota of seat {seat} in product line {line}")
        return super().__new__(cls, key_of(seat, line, month.toordinal()))

    @classmethod
    def of(cls, key: int) -> Self:
        """The leaf that a plain number stands for."""
        return super().__new__(cls, key)

    @property
    def seat(self) -> int:
        """The seat's id."""
        return self >> (_MONTH_BITS + _LINE_BITS)

    @property
    def line(self) -> int:
        """The product line's id, or 0."""
        return (self >> _MONTH_BITS) & _LINE

    @property
    def month(self) -> date:
        """The fiscal month's first day."""
        return date.fromordinal(self & _MONTH)

    def __repr__(self) -> str:
        return f"Leaf({self.seat}, {self.line}, {self.month})"


def key_of(seat: int, line: int, ordinal: int) -> int:
    """The plain number of a leaf, for which the month is known by its first day's ordinal."""
    return ((seat << _LINE_BITS | line) << _MONTH_BITS) | ordinal


def places_of(keys: Iterable[int]) -> set[tuple[int, int]]:
    """The seats and product lines of leaves."""
    return {(place >> _LINE_BITS, place & _LINE) for place in {key >> _MONTH_BITS for key in keys}}


def period_of(key: int) -> int:
    """A number that orders leaves by month alone."""
    return key & _MONTH


class Hold(NamedTuple):
    """Why a quota keeps its value when a sum above it changes: it is locked, or was handed in by whom it is for."""

    kind: Literal["lock", "submitted"]
    reason: str
    who: str
    when: date


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


class _Shape:
    """What does not change when quotas do: the rows, the columns, and where each leaf has its place."""

    def __init__(self, nodes: Sequence[Node], months: Sequence[date], spans: Sequence[Span]) -> None:
        self.nodes, self.months, self.spans = tuple(nodes), tuple(months), tuple(spans)
        self.parents = [-1 if node.parent is None else node.parent for node in self.nodes]
        self.ends = _ends(self.parents)
        ordinals = [month.toordinal() for month in self.months]
        self.month_numbers = {ordinal: number for number, ordinal in enumerate(ordinals)}
        self.leaf_rows = [row for row, node in enumerate(self.nodes) if node.is_leaf]
        self.rows: dict[int, int] = {}
        self.keys: list[list[int]] = [[] for _ in self.nodes]
        for row in self.leaf_rows:
            node = self.nodes[row]
            place = (node.seat or 0) << _LINE_BITS | node.line
            self.rows[place] = row
            base = place << _MONTH_BITS
            self.keys[row] = [base | ordinal for ordinal in ordinals]
        self.spans_of = [
            [number for number, span in enumerate(self.spans) if span.first <= month <= span.last]
            for month in range(len(self.months))
        ]
        self.size = len(self.leaf_rows) * len(self.months)


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


class Sheet:
    """The rows, the columns and the quotas.

    `holds` are the quotas that keep their value when a sum above them changes; `weight` is the sum of all quotas
    without their signs, which no sum of quotas exceeds.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        months: Sequence[date],
        spans: Sequence[Span],
        amounts: Mapping[int, int | None],
        holds: Mapping[Leaf, Hold] | None = None,
    ) -> None:
        """`amounts` in smallest units; those of leaves that no row stands for are left out."""
        self._fill(_Shape(nodes, months, spans), amounts, {} if holds is None else holds)

    def like(self, amounts: Mapping[int, int | None]) -> "Sheet":
        """A sheet of the same rows and columns with other amounts, and nothing held."""
        made = Sheet.__new__(Sheet)
        made._fill(self._shape, amounts, {})
        return made

    def copy(self) -> "Sheet":
        """The same, to be changed apart from it."""
        made = Sheet.__new__(Sheet)
        made._shape, made.holds, made.weight = self._shape, self.holds, self.weight
        made.nodes, made.months, made.spans = self.nodes, self.months, self.spans
        made._leaf = [values[:] for values in self._leaf]
        made._sums = [values[:] for values in self._sums]
        made._counts = [values[:] for values in self._counts]
        return made

    def _fill(self, shape: _Shape, amounts: Mapping[int, int | None], holds: Mapping[Leaf, Hold]) -> None:
        self._shape = shape
        self.nodes, self.months, self.spans = shape.nodes, shape.months, shape.spans
        self.holds = holds
        self.weight = 0
        """The sum of all quotas without their signs, which no sum of quotas exceeds."""
        """The quotas that keep their value when a sum above them changes."""
        width = len(shape.months)
        self._leaf: list[list[int | None]] = [[None] * width if keys else [] for keys in shape.keys]
        self._sums: list[list[int]] = [[]] * len(shape.nodes)
        self._counts: list[list[int]] = [[]] * len(shape.nodes)
        self._set(amounts)

    @property
    def size(self) -> int:
        """How many leaves have a place in it."""
        return self._shape.size

    def has_place(self, key: int) -> bool:
        """Whether a row and a column stand for this leaf."""
        return key >> _MONTH_BITS in self._shape.rows and key & _MONTH in self._shape.month_numbers

    def at(self, key: int) -> int | None:
        """The quota there in smallest units; None for none."""
        row = self._shape.rows.get(key >> _MONTH_BITS)
        month = self._shape.month_numbers.get(key & _MONTH)
        return None if row is None or month is None else self._leaf[row][month]

    def leaf(self, key: int) -> Amount | None:
        """The quota there."""
        units = self.at(key)
        return None if units is None else Amount.from_units(units)

    def put(self, key: int, units: int | None) -> None:
        """Set a quota; every sum above it follows. A leaf without a place is left out."""
        row = self._shape.rows.get(key >> _MONTH_BITS)
        month = self._shape.month_numbers.get(key & _MONTH)
        if row is None or month is None:
            return
        before = self._leaf[row][month]
        if before == units:
            return
        self._leaf[row][month] = units
        self.weight += abs(units or 0) - abs(before or 0)
        more, count = (units or 0) - (before or 0), (units is not None) - (before is not None)
        parents, sums, counts = self._shape.parents, self._sums, self._counts
        while row >= 0:
            sums[row][month] += more
            counts[row][month] += count
            row = parents[row]

    def put_many(self, amounts: Mapping[int, int | None]) -> None:
        """Set quotas; every sum above them follows."""
        if len(amounts) * _FEW < self.size:
            for key, units in amounts.items():
                self.put(key, units)
        else:
            self._set(amounts)

    def _set(self, amounts: Mapping[int, int | None]) -> None:
        rows, month_numbers, leaf = self._shape.rows, self._shape.month_numbers, self._leaf
        for key, units in amounts.items():
            row = rows.get(key >> _MONTH_BITS)
            month = month_numbers.get(key & _MONTH)
            if row is not None and month is not None:
                leaf[row][month] = units
        self._sum_anew()

    def _sum_anew(self) -> None:
        """Add up everything, from the lowest rows to the highest."""
        width = len(self.months)
        sums, counts, parents = self._sums, self._counts, self._shape.parents
        empty, full = [0] * width, [1] * width
        self.weight = 0
        for row in range(len(parents)):
            sums[row] = counts[row] = empty
        for row in range(len(parents) - 1, -1, -1):
            values = self._leaf[row]
            if values:
                sums[row] = [units or 0 for units in values]
                self.weight += sum(map(abs, sums[row]))
                counts[row] = [int(units is not None) for units in values] if None in values else full[:]
            elif sums[row] is empty:
                sums[row], counts[row] = empty[:], empty[:]
            above = parents[row]
            if above >= 0:
                sums[above] = list(map(add, sums[above], sums[row]))
                counts[above] = list(map(add, counts[above], counts[row]))

    def units(self, row: int, span: int) -> int | None:
        """What stands in a row and a column, in smallest units: a quota, or the sum of those under it; None: none."""
        _, _, first, last = self.spans[span]
        if not any(self._counts[row][first : last + 1]):
            return None
        return sum(self._sums[row][first : last + 1])

    def count(self, row: int, span: int) -> int:
        """Of how many quotas the number in a row and a column is the sum."""
        _, _, first, last = self.spans[span]
        return sum(self._counts[row][first : last + 1])

    def value(self, row: int, span: int) -> Amount | None:
        """The same as an amount."""
        units = self.units(row, span)
        return None if units is None else Amount.from_units(units)

    def is_leaf(self, row: int, span: int) -> bool:
        """Whether a quota stands in this row and column, rather than a sum."""
        return self.nodes[row].is_leaf and self.spans[span].is_month

    def shown_in(self, key: int) -> Iterator[tuple[int, int]]:
        """The rows and columns whose number this quota is, or is a part of."""
        if self.has_place(key):
            row = self._shape.rows[key >> _MONTH_BITS]
            while row >= 0:
                for span in self._shape.spans_of[self._shape.month_numbers[key & _MONTH]]:
                    yield row, span
                row = self._shape.parents[row]

    def name(self, key: int) -> str:
        """What a leaf is called: its row's label and its month's."""
        row, month = self._shape.rows[key >> _MONTH_BITS], self._shape.month_numbers[key & _MONTH]
        label = self.nodes[row].label
        above = self.nodes[row].parent
        if self.nodes[row].line and above is not None:
            label = f"{self.nodes[above].label} {label}"
        return f"{label} {next(span.label for span in self.spans if span.is_month and span.first == month)}"

    def children(self, row: int) -> list[int]:
        """The rows right under it."""
        found, at = [], row + 1
        while at < self._shape.ends[row]:
            found.append(at)
            at = self._shape.ends[at]
        return found

    def has_leaves(self, row: int, span: int) -> bool:
        """Whether there is a leaf behind the number in this row and column."""
        return next(self._behind(row, span), None) is not None

    def leaves(self, row: int, span: int) -> list[Leaf]:
        """The leaves that the number in this row and column is the sum of, in order.

        Months in which there is no such seat are none, unless a quota stands there.
        """
        return [Leaf.of(key) for key in self.keys(row, span)]

    def keys(self, row: int, span: int) -> list[int]:
        """The same as plain numbers, which is quicker."""
        found: list[int] = []
        for keys, _ in self._behind(row, span):
            found += keys
        return found

    def quotas(self, row: int, span: int) -> Units:
        """The leaves behind the number in this row and column, in order, with their quotas."""
        found: Units = {}
        for keys, units in self._behind(row, span):
            found.update(zip(keys, units, strict=True))
        return found

    def _behind(self, row: int, span: int) -> Iterator[tuple[list[int], list[int | None]]]:
        """The leaves behind a number and their quotas, one row after the other."""
        _, _, first, last = self.spans[span]
        leaf_rows = self._shape.leaf_rows
        start, end = bisect_left(leaf_rows, row), bisect_left(leaf_rows, self._shape.ends[row])
        for below in leaf_rows[start:end]:
            node, keys = self.nodes[below], self._shape.keys[below][first : last + 1]
            units = self._leaf[below][first : last + 1]
            if node.first > first or node.last < last:
                inside = [
                    (key, quota)
                    for month, key, quota in zip(range(first, last + 1), keys, units, strict=True)
                    if node.first <= month <= node.last or quota is not None
                ]
                keys, units = [key for key, _ in inside], [quota for _, quota in inside]
            if keys:
                yield keys, units
