"""The season of a series, shrunk toward none as far as the data cannot tell it from chance."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
MOST_YEARS = 8
_ENOUGH_YEARS = 2.5
_FEWEST_FREEDOMS = 4


class Season(NamedTuple):
    """What each step of the year adds, the first of the series first, and which share of the raw pattern was kept."""

    indices: Numbers
    kept: float

    def over(self, start: int, length: int) -> Numbers:
        """What the season adds from a place in the series on."""
        return self.indices[(start + np.arange(length)) % len(self.indices)]


def seasonal(values: Numbers, period: int) -> Season:
    """The season of values that add up (logarithms, where the season multiplies).

    Shrunk by empirical Bayes (Miller & Williams 2003); between one year and two and a half by the root of that, with a
    cap, for a season is more often there than it can be proven; with hardly more than a year by half.
    """
    offset = max(len(values) - MOST_YEARS * period, 0)
    used = values[offset:]
    years = len(used) / period
    if period < 2 or years < 1:
        return Season(np.zeros(max(period, 1)), 0.0)
    places = (offset + np.arange(len(used))) % period
    rest, freedoms = _without_trend(used, places, period)
    known = ~np.isnan(rest)
    counts = np.bincount(places[known], minlength=period)
    raw = np.bincount(places[known], rest[known], minlength=period) / np.maximum(counts, 1)
    raw -= raw.mean()
    kept = _kept(rest[known] - raw[places[known]], raw, float(counts.mean()), years, freedoms)
    return Season(raw * kept, kept)


def _without_trend(values: Numbers, places: NDArray[np.intp], period: int) -> tuple[Numbers, int]:
    """The values less their trend (NaN where it is not known), and how many degrees of freedom are left."""
    length = len(values)
    if length >= 3 * period:
        weights = np.ones(period + 1) / period if period % 2 == 0 else np.ones(period) / period
        if period % 2 == 0:
            weights[[0, -1]] /= 2
        reach = len(weights) // 2
        rest = np.full(length, np.nan)
        rest[reach : length - reach] = values[reach : length - reach] - np.convolve(values, weights, "valid")
        return rest, length - 2 * reach - period
    steps = np.arange(length) - (length - 1) / 2
    if length <= period + 1:
        return values - values.mean(), 0
    table = np.column_stack([steps, np.eye(period)[places]])
    slope = np.linalg.lstsq(table, values, rcond=None)[0][0]
    return values - slope * steps - values.mean(), length - period - 1


def _kept(noise: Numbers, raw: Numbers, per_place: float, years: float, freedoms: int) -> float:
    spread = float(raw @ raw) / (len(raw) - 1)
    if freedoms < _FEWEST_FREEDOMS:
        return 0.5
    if spread <= 0:
        return 0.0
    error = float(noise @ noise) / freedoms / per_place
    kept = max(0.0, 1 - (len(raw) - 3) / (len(raw) - 1) * error / spread)
    if years >= _ENOUGH_YEARS:
        return kept
    return float(kept**0.5 * 0.7 * years / (1 + 0.7 * years))
