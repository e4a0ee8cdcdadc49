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
from typing import Any, NamedTuple, cast

from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import (
    LINE_BITS,
    MONTH,
    MONTH_BITS,
    Hold,
    Leaf,
    Units,
    key_of,
    period_of,
    places_of,
)

__all__ = ["Hold", "Leaf", "Node", "Sheet", "Span", "Tally", "Units", "key_of", "period_of", "places_of"]

_FEW = 8
"""Below this part of all leaves, single changes are quicker than to sum anew."""


_NO_ROW: list[Any] = []
"""In the place of the numbers of a row that has none of its own."""


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
            place = (node.seat or 0) << LINE_BITS | node.line
            self.rows[place] = row
            base = place << MONTH_BITS
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


class Tally:
    """A whole number for each row and month, which adds up: what counts in a row counts in those it is under."""

    def __init__(self, shape: _Shape, numbers: list[int]) -> None:
        """`numbers` of all months of the first row, of the second, …: those of quotas, and zeros, are added up here."""
        self._shape, self._numbers, self._width = shape, numbers, len(shape.months)
        width = self._width
        for row in range(len(shape.parents) - 1, 0, -1):
            above, here = shape.parents[row] * width, row * width
            if above >= 0:
                numbers[above : above + width] = map(add, numbers[above : above + width], numbers[here : here + width])

    def copy(self) -> "Tally":
        """The same, to be changed apart from it."""
        made = Tally.__new__(Tally)
        made._shape, made._numbers, made._width = self._shape, self._numbers[:], self._width
        return made

    def add(self, row: int, month: int, more: int) -> None:
        """Let more count there."""
        numbers, parents = self._numbers, self._shape.parents
        while row >= 0:
            numbers[row * self._width + month] += more
            row = parents[row]

    def of(self, row: int, span: int) -> int:
        """The number of a row and a column."""
        _, _, first, last = self._shape.spans[span]
        here = row * self._width
        return sum(self._numbers[here + first : here + last + 1])


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
        made._sums, made._counts = self._sums.copy(), self._counts.copy()
        return made

    def _fill(self, shape: _Shape, amounts: Mapping[int, int | None], holds: Mapping[Leaf, Hold]) -> None:
        self._shape = shape
        self.nodes, self.months, self.spans = shape.nodes, shape.months, shape.spans
        self.holds = holds
        self.weight = 0
        width = len(shape.months)
        self._leaf: list[list[int | None]] = [[None] * width if keys else [] for keys in shape.keys]
        self._set(amounts)

    @property
    def size(self) -> int:
        """How many leaves have a place in it."""
        return self._shape.size

    def at(self, key: int) -> int | None:
        """The quota there in smallest units; None for none."""
        row = self._shape.rows.get(key >> MONTH_BITS)
        month = self._shape.month_numbers.get(key & MONTH)
        return None if row is None or month is None else self._leaf[row][month]

    def place(self, key: int) -> tuple[int, int] | None:
        """The row and the number of the month that stand for a leaf; None where none do."""
        row = self._shape.rows.get(key >> MONTH_BITS)
        month = self._shape.month_numbers.get(key & MONTH)
        return None if row is None or month is None else (row, month)

    def leaf(self, key: int) -> Amount | None:
        """The quota there."""
        units = self.at(key)
        return None if units is None else Amount.from_units(units)

    def put(self, key: int, units: int | None) -> None:
        """Set a quota; every sum above it follows. A leaf without a place is left out."""
        row = self._shape.rows.get(key >> MONTH_BITS)
        month = self._shape.month_numbers.get(key & MONTH)
        if row is None or month is None:
            return
        before = self._leaf[row][month]
        if before == units:
            return
        self._leaf[row][month] = units
        self.weight += abs(units or 0) - abs(before or 0)
        self._sums.add(row, month, (units or 0) - (before or 0))
        self._counts.add(row, month, (units is not None) - (before is not None))

    def put_many(self, amounts: Mapping[int, int | None]) -> None:
        """Set quotas; every sum above them follows."""
        if len(amounts) * _FEW < self.size:
            for key, units in amounts.items():
                self.put(key, units)
        else:
            self._set(amounts)

    def exchange(self, amounts: Mapping[int, int | None]) -> Units:
        """Set quotas, and answer those that stood there before."""
        if len(amounts) * _FEW >= self.size:
            return self._set(amounts)
        before = {key: self.at(key) for key in amounts}
        self.put_many(amounts)
        return before

    def _set(self, amounts: Mapping[int, int | None]) -> Units:
        rows, month_numbers, leaf = self._shape.rows, self._shape.month_numbers, self._leaf
        before: Units = dict.fromkeys(amounts)
        last, quotas = -1, _NO_ROW
        for key, units in amounts.items():
            place = key >> MONTH_BITS
            if place != last:
                last, quotas = place, leaf[rows[place]] if place in rows else _NO_ROW
            month = month_numbers.get(key & MONTH)
            if month is not None and quotas is not _NO_ROW:
                before[key] = quotas[month]
                quotas[month] = units
        self._sum_anew()
        return before

    def _sum_anew(self) -> None:
        sums: list[int] = []
        counts: list[int] = []
        none, full = [0] * len(self.months), [1] * len(self.months)
        for quotas in self._leaf:
            if not quotas:
                sums += none
                counts += none
            elif None in quotas:
                sums += [units or 0 for units in quotas]
                counts += [int(units is not None) for units in quotas]
            else:
                sums += cast("list[int]", quotas)
                counts += full
        self.weight = sum(map(abs, sums))
        self._sums, self._counts = Tally(self._shape, sums), Tally(self._shape, counts)

    def tally(self, keys: Iterable[int]) -> Tally:
        """How many of these leaves there are in each row and month."""
        rows, month_numbers, width = self._shape.rows, self._shape.month_numbers, len(self.months)
        numbers = [0] * (len(self.nodes) * width)
        for key in keys:
            row, month = rows.get(key >> MONTH_BITS), month_numbers.get(key & MONTH)
            if row is not None and month is not None:
                numbers[row * width + month] += 1
        return Tally(self._shape, numbers)

    def units(self, row: int, span: int) -> int | None:
        """What stands in a row and a column, in smallest units: a quota, or the sum of those under it; None: none."""
        return self._sums.of(row, span) if self._counts.of(row, span) else None

    def count(self, row: int, span: int) -> int:
        """Of how many quotas the number in a row and a column is the sum."""
        return self._counts.of(row, span)

    def value(self, row: int, span: int) -> Amount | None:
        """The same as an amount."""
        units = self.units(row, span)
        return None if units is None else Amount.from_units(units)

    def is_leaf(self, row: int, span: int) -> bool:
        """Whether a quota stands in this row and column, rather than a sum."""
        return self.nodes[row].is_leaf and self.spans[span].is_month

    def shown_in(self, key: int) -> Iterator[tuple[int, int]]:
        """The rows and columns whose number this quota is, or is a part of."""
        row, month = self.place(key) or (-1, 0)
        while row >= 0:
            for span in self._shape.spans_of[month]:
                yield row, span
            row = self._shape.parents[row]

    def name(self, key: int) -> str:
        """What a leaf is called: its row's label and its month's; nothing where no row stands for it."""
        row, month = self.place(key) or (-1, 0)
        if row < 0:
            return ""
        label, above = self.nodes[row].label, self.nodes[row].parent
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
        whole = last - first + 1 == len(self.months)
        for below in leaf_rows[start:end]:
            node, keys, units = self.nodes[below], self._shape.keys[below], self._leaf[below]
            if not whole:
                keys, units = keys[first : last + 1], units[first : last + 1]
            if node.first > first or node.last < last:
                inside = [
                    (key, quota)
                    for month, key, quota in zip(range(first, last + 1), keys, units, strict=True)
                    if node.first <= month <= node.last or quota is not None
                ]
                keys, units = [key for key, _ in inside], [quota for _, quota in inside]
            if keys:
                yield keys, units
