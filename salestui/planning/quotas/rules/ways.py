"""The ways to spread a total: what decides how much of it each quota gets."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import key_of
from salestui.planning.quotas.rules.shares import Weight
from salestui.planning.quotas.sheet import Sheet


class Way(NamedTuple):
    """Weights by leaf, or by month; without either, in proportion to what stands there today."""

    name: str
    by_leaf: Callable[[int], Weight] | None = None
    """The weight of a leaf."""
    by_month: Mapping[int, Weight] | None = None
    """The weight of a month by its first day's ordinal; within the month, in proportion to today's quotas."""


PROPORTION = Way("in proportion")
EVEN = Way("evenly", by_leaf=lambda _: 1)


def last_year(before: Sheet) -> Way:
    """By what was booked a year before; a month that was below zero weighs nothing."""
    return Way("by last year", by_leaf=lambda key: before.at(key) or 0)


def profile(sheet: Sheet, weights: Sequence[Weight]) -> Way:
    """By a seasonal profile: a weight for each month of the year. ValueError for another number of them."""
    return Way(
        "by seasonal profile",
        by_month={month.toordinal(): weight for month, weight in zip(sheet.months, weights, strict=True)},
    )


def capacity(weights: Mapping[int, Weight]) -> Way:
    """By capacity: a weight for each leaf, none where it is not named."""
    return Way("by capacity", by_leaf=lambda key: weights.get(key, 0))


def capacity_of_seats(sheet: Sheet, shares: Mapping[tuple[int, date], Amount]) -> Way:
    """By capacity: how much of a full, ramped person holds each seat in each month, its product lines alike."""
    return capacity(
        {
            key_of(node.seat, node.line, month.toordinal()): share.units
            for node in sheet.nodes
            if node.seat is not None
            for month in sheet.months
            if (share := shares.get((node.seat, month))) is not None
        }
    )
