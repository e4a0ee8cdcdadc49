"""A quota plan as a sheet: seats in their line of command by months, with every sum kept true as leaves change.

Leaves are seat × product line × fiscal month. Team rows, quarters and the year are sums of leaves. None is no quota,
and a sum of nothing but None is None: that is not 0.

A sheet may hold hundreds of thousands of leaves. So a leaf is known by one whole number, its quota is one whole number
of the currency's ten-thousandths (`Amount.units`), and what changes many of them at once is a plain dictionary.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import TypeVar, cast

from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import Hold, Leaf, Units, key_of, paired, period_of, places_of
from salestui.planning.quotas.shape import Node, Shape, Span, Tally

__all__ = ["Hold", "Leaf", "Node", "Sheet", "Span", "Tally", "Units", "key_of", "period_of", "places_of"]

_FEW = 8
"""Below this part of all leaves, single changes are quicker than to sum anew."""

T = TypeVar("T")


class Sheet:
    """The rows, the columns and the quotas.

    `holds` are the quotas that keep their value when a sum above them changes; `managing` are the seats that lead a
    team, with their rows, see `rules.sellers`; `weight` is the sum of all quotas without their signs, which no sum of
    quotas exceeds.
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
        self._fill(Shape(nodes, months, spans), amounts, {} if holds is None else holds)

    def like(self, amounts: Mapping[int, int | None]) -> "Sheet":
        """A sheet of the same rows and columns with other amounts, and nothing held."""
        made = Sheet.__new__(Sheet)
        made._fill(self._shape, amounts, {})
        return made

    def copy(self) -> "Sheet":
        """The same, to be changed apart from it."""
        made = Sheet.__new__(Sheet)
        made._shape, made.holds, made.managing, made.weight = self._shape, self.holds, self.managing, self.weight
        made.nodes, made.months, made.spans = self.nodes, self.months, self.spans
        made._quotas = self._quotas[:]
        made._sums, made._counts = self._sums.copy(), self._counts.copy()
        return made

    def _fill(self, shape: Shape, amounts: Mapping[int, int | None], holds: Mapping[Leaf, Hold]) -> None:
        self._shape = shape
        self.nodes, self.months, self.spans = shape.nodes, shape.months, shape.spans
        self.holds = holds
        self.managing: Mapping[int, int] = {}
        self.weight = 0
        self._quotas: list[int | None] = [None] * shape.size
        self._set(amounts)

    @property
    def size(self) -> int:
        """How many leaves have a place in it."""
        return self._shape.size

    def at(self, key: int) -> int | None:
        """The quota there in smallest units; None for none."""
        number = self._shape.numbers.get(key)
        return None if number is None else self._quotas[number]

    def place(self, key: int) -> tuple[int, int] | None:
        """The row and the number of the month that stand for a leaf; None where none do."""
        number = self._shape.numbers.get(key)
        if number is None:
            return None
        place, month = divmod(number, self._shape.width)
        return self._shape.leaf_rows[place], month

    def leaf(self, key: int) -> Amount | None:
        """The quota there."""
        units = self.at(key)
        return None if units is None else Amount.from_units(units)

    def put(self, key: int, units: int | None) -> None:
        """Set a quota; every sum above it follows. A leaf without a place is left out."""
        number = self._shape.numbers.get(key)
        if number is None:
            return
        before = self._quotas[number]
        if before == units:
            return
        self._quotas[number] = units
        self.weight += abs(units or 0) - abs(before or 0)
        self._sums.add(number, (units or 0) - (before or 0))
        self._counts.add(number, (units is not None) - (before is not None))

    def put_many(self, amounts: Mapping[int, int | None]) -> None:
        """Set quotas; every sum above them follows."""
        if len(amounts) * _FEW < self.size:
            for key, units in amounts.items():
                self.put(key, units)
        else:
            self._set(amounts)

    def exchange(self, amounts: Mapping[int, int | None]) -> Units:
        """Set quotas, and answer those that stood there before."""
        before = self.those(amounts)
        self.put_many(amounts)
        return before

    def those(self, amounts: Mapping[int, int | None]) -> Units:
        """The quotas that stand where these are."""
        quotas, places = self._quotas, self._shape.places(amounts)
        if isinstance(places, range):
            return paired(list(amounts), quotas[places.start : places.stop], amounts)
        return {key: None if number is None else quotas[number] for key, number in zip(amounts, places, strict=True)}

    def handed_in(self, keys: Collection[int]) -> set[int]:
        """Those of these leaves that a figure from below was handed in for."""
        holds = self.holds
        fewer: Collection[int] = keys if len(keys) < len(holds) else holds
        return {key for key in fewer if key in keys and key in holds and holds[cast("Leaf", key)].kind == "submitted"}

    def _set(self, amounts: Mapping[int, int | None]) -> None:
        quotas, places = self._quotas, self._shape.places(amounts)
        if isinstance(places, range):
            quotas[places.start : places.stop] = amounts.values()
        else:
            for number, units in zip(places, amounts.values(), strict=True):
                if number is not None:
                    quotas[number] = units
        self._sum_anew()

    def _sum_anew(self) -> None:
        shape = self._shape
        if None in self._quotas:
            numbers = [units or 0 for units in self._quotas]
            self._counts = Tally(shape, [int(units is not None) for units in self._quotas])
        else:
            numbers = cast("list[int]", self._quotas[:])
            self._counts = shape.ones.copy()
        self.weight = sum(map(abs, numbers))
        self._sums = Tally(shape, numbers)

    def tally(self, keys: Iterable[int]) -> Tally:
        """How many of these leaves there are in each row and month."""
        places = self._shape.places(keys)
        if isinstance(places, range) and len(places) == self.size:
            return self._shape.ones.copy()
        numbers = [0] * self.size
        for number in places:
            if number is not None:
                numbers[number] += 1
        return Tally(self._shape, numbers)

    def count_in(self, tally: Tally, key: int, more: int) -> None:
        """Let more count in a tally for a leaf, if it has a place."""
        number = self._shape.numbers.get(key)
        if number is not None:
            tally.add(number, more)

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

    def seat_row(self, row: int) -> int:
        """The row of the whole seat: of a product line the one above it, else the row itself."""
        above = self.nodes[row].parent
        return row if above is None or self.nodes[above].team else above

    def end(self, row: int) -> int:
        """The number after the last row in or under it."""
        return self._shape.ends[row]

    def children(self, row: int) -> list[int]:
        """The rows right under it."""
        found, at = [], row + 1
        while at < self._shape.ends[row]:
            found.append(at)
            at = self._shape.ends[at]
        return found

    def has_leaves(self, row: int, span: int) -> bool:
        """Whether there is a leaf behind the number in this row and column."""
        start, end = self._shape.under(row)
        places = (end - start) // self._shape.width * len(self.spans[span].months)
        return sum(1 for _ in self._gone(row, span)) < places

    def leaves(self, row: int, span: int) -> list[Leaf]:
        """The leaves that the number in this row and column is the sum of, in order.

        Months in which there is no such seat are none, unless a quota stands there.
        """
        return [Leaf.of(key) for key in self.keys(row, span)]

    def keys(self, row: int, span: int) -> list[int]:
        """The same as plain numbers, which is quicker."""
        return self._behind(row, span)[0]

    def quotas(self, row: int, span: int) -> Units:
        """The leaves behind the number in this row and column, in order, with their quotas."""
        keys, units = self._behind(row, span)
        return paired(keys, units, self._shape.numbers if len(keys) == self.size else None)

    def _behind(self, row: int, span: int) -> tuple[list[int], list[int | None]]:
        """The leaves behind a number, and their quotas."""
        keys, units = self._within(row, span, self._shape.keys), self._within(row, span, self._quotas)
        gone = set(self._gone(row, span))
        if gone:
            there = [key not in gone for key in keys]
            keys, units = list(compress(keys, there)), list(compress(units, there))
        return keys, units

    def _within(self, row: int, span: int, numbers: list[T]) -> list[T]:
        """Those of the quotas' numbers that are in or under a row, and in a column."""
        width = self._shape.width
        _, _, first, last = self.spans[span]
        start, end = self._shape.under(row)
        if last - first + 1 == width:
            return numbers[start:end]
        if first == last:
            return numbers[start + first : end : width]
        found: list[T] = []
        for here in range(start, end, width):
            found += numbers[here + first : here + last + 1]
        return found

    def _gone(self, row: int, span: int) -> Iterator[int]:
        """The leaves in or under a row, and in a column, of months in which there is no such seat and no quota."""
        shape = self._shape
        start, end = bisect_left(shape.partial, row), bisect_left(shape.partial, shape.ends[row])
        for below in shape.partial[start:end]:
            node = self.nodes[below]
            for month in self.spans[span].months:
                number = shape.firsts[below] + month
                if not node.first <= month <= node.last and self._quotas[number] is None:
                    yield shape.keys[number]
