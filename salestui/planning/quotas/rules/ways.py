"""The ways to spread a total: what decides how much of it each quota gets."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import key_of, period_of
from salestui.planning.quotas.rules.shares import Weight
from salestui.planning.quotas.sheet import Sheet
from salestui.planning.year_before import YearBefore


class Way(NamedTuple):
    """Weights by leaf, or by month; without either, in proportion to what stands there today."""

    name: str
    by_leaf: Callable[[int], Weight | None] | None = None
    """The weight of a leaf; None: it has no part in this, and is to have no quota."""
    by_month: Mapping[int, Weight] | None = None
    """The weight of a month by its first day's ordinal; within the month, in proportion to today's quotas."""
    without: tuple[str, str] = ("seat", "seats")
    """What a seat that has no part in it is called, and what several are."""
    weighs_managers: bool = False
    """Whether managers who carry no quota have the part that their weights give them."""
    notes: Callable[[Collection[int]], Sequence[str]] | None = None
    """What is to be said where it is spread over these leaves."""


PROPORTION = Way("in proportion")
EVEN = Way("evenly", by_leaf=lambda _: 1)


def last_year(before: Sheet, months: YearBefore | None = None) -> Way:
    """By what was booked a year before, in these months; a month that was below zero weighs nothing.

    A seat that booked nothing in all the year before has no part in it: no quota, rather than one of 0.
    """
    numbers = {month.toordinal(): number for number, month in enumerate(before.months)}
    sold: dict[int, bool] = {}

    def weight(key: int) -> Weight | None:
        units, place = before.at(key), before.place(key)
        if units is not None or place is None:
            return units or 0
        row = before.seat_row(place[0])
        if row not in sold:
            sold[row] = before.count(row, 0) > 0
        return 0 if sold[row] else None

    def notes(keys: Collection[int]) -> Sequence[str]:
        return () if months is None else months.notes(numbers[period] for period in set(map(period_of, keys)))

    idle = ("seat without sales then", "seats without sales then")
    return Way("by last year", by_leaf=weight, without=idle, weighs_managers=True, notes=notes)


def profile(sheet: Sheet, weights: Sequence[Weight]) -> Way:
    """By a seasonal profile: a weight for each month of the year. ValueError for another number of them."""
    return Way(
        "by seasonal profile",
        by_month={month.toordinal(): weight for month, weight in zip(sheet.months, weights, strict=True)},
    )


def capacity(weights: Mapping[int, Weight | None]) -> Way:
    """By capacity: a weight for each leaf, none where it is not named."""
    return Way("by capacity", by_leaf=lambda key: weights.get(key, 0), without=("vacant seat", "vacant seats"))


def capacity_of_seats(sheet: Sheet, shares: Mapping[tuple[int, date], Amount]) -> Way:
    """By capacity: how much of a full, ramped person holds each seat in each month, its product lines alike.

    A month in which nobody holds the seat has no part in it.
    """
    return capacity(
        {
            key_of(node.seat, node.line, month.toordinal()): share.units or None
            for node in sheet.nodes
            if node.seat is not None
            for month in sheet.months
            if (share := shares.get((node.seat, month))) is not None
        }
    )
