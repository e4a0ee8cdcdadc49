"""Making a series fit to be modelled: gaps filled, scale taken out, season set apart, outliers drawn in."""

from typing import NamedTuple

import numpy as np

from salestui.forecasting.season import Numbers, Season, seasonal
from salestui.forecasting.series import Series

OUTLIER_DEVIATIONS = 3.5
_DEVIATION_PER_MAD = 1.4826
_NEAR_ZERO = 0.05
"""Below this share of the median a month is too near zero for logarithms."""
_SMALLEST = 1e-3
_ROUNDS = 3
_FURTHEST = 6.0
"""In logarithms: 400 times as much, or a 400th."""


class Clean(NamedTuple):
    """A series for models: `level` is without season and outliers, `seen` with its outliers, both in `scale`."""

    level: Numbers
    seen: Numbers
    season: Season
    scale: float
    multiplied: bool
    """Whether season and errors multiply (all months well above zero) or add."""
    filled: int
    outliers: int

    def seasoned(self, level: Numbers, start: int) -> Numbers:
        """Levels from a place in the series on, with the season put back, in the data's own units."""
        season = self.season.over(start, level.shape[-1])
        return self.scale * (level * np.exp(season) if self.multiplied else level + season)

    def errors(self, actual: Numbers, expected: Numbers) -> Numbers:
        """By how much levels differ from what was expected: as logarithms of ratios where errors multiply."""
        if not self.multiplied:
            return actual - expected
        return np.log(np.maximum(actual, _SMALLEST)) - np.log(np.maximum(expected, _SMALLEST))

    def moved(self, level: Numbers, errors: Numbers) -> Numbers:
        """Levels moved by errors."""
        return (
            np.maximum(level, _SMALLEST) * np.exp(np.clip(errors, -_FURTHEST, _FURTHEST))
            if self.multiplied
            else level + errors
        )


def known_values(series: Series) -> tuple[Numbers, int]:
    """The series from its first known month on, gaps bridged by a straight line, and how many those were."""
    raw = np.array([np.nan if value is None else value for value in series.values], dtype=np.float64)
    known = np.flatnonzero(np.isfinite(raw))
    if not len(known):
        return np.zeros(0), 0
    begun = raw[known[0] :]
    gaps = ~np.isfinite(begun)
    places = np.arange(len(begun))
    begun[gaps] = np.interp(places[gaps], places[~gaps], begun[~gaps])
    return begun, int(gaps.sum())


def clean(series: Series) -> Clean:
    """The series, cleaned. It has at least one known month."""
    values, filled = known_values(series)
    sizes = np.abs(values[values != 0])
    scale = float(np.median(sizes)) if len(sizes) else 1.0
    scaled = values / scale
    multiplied = bool(scaled.min() > _NEAR_ZERO)
    added = np.log(scaled) if multiplied else scaled
    season, drawn_in, outliers = seasonal(added, series.season), added, 0
    for _ in range(_ROUNDS):  # an outlier bends the season, which then hides it in part
        drawn_in, outliers = _without_outliers(added, season)
        season = seasonal(drawn_in, series.season)
    offset = season.over(0, len(added))
    level, seen = (np.exp(each - offset) if multiplied else each - offset for each in (drawn_in, added))
    return Clean(level, seen, season, scale, multiplied, filled, outliers)


def _without_outliers(values: Numbers, season: Season) -> tuple[Numbers, int]:
    """Values drawn in to 3.5 deviations around their neighbours, and how many were further out."""
    if len(values) < 12:
        return values, 0
    level = values - season.over(0, len(values))
    padded = np.pad(level, 3, mode="edge")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7), axis=1)
    rest = level - around
    apart = np.abs(rest[rest != 0])  # a month that is its neighbours' median itself tells nothing of the spread
    bound = OUTLIER_DEVIATIONS * _DEVIATION_PER_MAD * float(np.median(apart)) if len(apart) else 0.0
    if bound <= 0:
        return values, 0
    held = np.clip(rest, -bound, bound)
    return values + held - rest, int((held != rest).sum())
