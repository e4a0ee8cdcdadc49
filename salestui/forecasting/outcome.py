"""Sums of a forecast over months: what a quarter or year will end at, and how likely a target is. No library needed.

Read off the simulated paths: each is summed, so that what ties the months together counts; quantiles of months do not
add up to the quantile of their sum.
"""

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from salestui.forecasting.series import LEVELS, Forecast


class Interval(NamedTuple):
    """Between which bounds something lies with a probability of `level` percent."""

    level: int
    low: float
    high: float


class Outcome(NamedTuple):
    """What months will probably come to together (the median), the intervals, and the sums on every path, ascending."""

    middle: float
    intervals: tuple[Interval, ...]
    sums: tuple[float, ...]

    def chance(self, target: float) -> float:
        """The probability of reaching a target, from 0 to 1: the share of paths that do."""
        return sum(total >= target for total in self.sums) / len(self.sums)


def outcome(forecast: Forecast, months: Sequence[int], certain: float = 0.0) -> Outcome:
    """The sum over these months of a forecast (0 the first), on top of what is certain already."""
    sums = sorted(sum(values, certain) for values in zip(*(forecast.paths[month] for month in months), strict=True))
    if not months:
        sums = [certain]
    intervals = (
        Interval(level, quantile(sums, (100 - level) / 200), quantile(sums, (100 + level) / 200)) for level in LEVELS
    )
    return Outcome(quantile(sums, 0.5), tuple(intervals), tuple(sums))


def quantile(ascending: Sequence[float], share: float) -> float:
    """The quantile of sorted values, between neighbours by distance."""
    place = share * (len(ascending) - 1)
    below = floor(place)
    above = min(below + 1, len(ascending) - 1)
    return ascending[below] + (place - below) * (ascending[above] - ascending[below])
