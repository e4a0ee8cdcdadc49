"""Honest forecasts where there is too little for a model: the mean of what was, and how far months lie around it."""

import numpy as np

from salestui.forecasting.intervals import PATHS
from salestui.forecasting.season import Numbers

RECENT_YEARS = 2
_SEED = 20240229


def mean_of_few(values: Numbers, horizon: int) -> tuple[Numbers, Numbers]:
    """The mean of a few months and simulated courses, a row each, by Student's t: mean and spread are uncertain too.

    One or two months tell nothing of the spread: it is then taken to be as large as their mean.
    """
    random = np.random.default_rng(_SEED)
    count, mean = len(values), float(values.mean())
    spread = float(values.std(ddof=1)) if count > 2 else abs(mean)
    freedoms = max(count - 1, 2)
    half = PATHS // 2
    wide = spread * np.sqrt(freedoms / random.chisquare(freedoms, size=(half, 1)))
    off = wide * (random.standard_normal((half, 1)) / np.sqrt(count) + random.standard_normal((half, horizon)))
    return np.full(horizon, mean), mean + np.concatenate([off, -off])


def mean_of_many_zeros(values: Numbers, horizon: int, season: int) -> tuple[Numbers, Numbers]:
    """The mean of the last two years, and courses drawn from those very months, zeros as they come.

    By the Bayesian bootstrap (Rubin 1981): on every course each month of the past has a weight of its own, so that the
    mean is uncertain too.
    """
    random = np.random.default_rng(_SEED)
    recent = values[-RECENT_YEARS * season :]
    weights = random.dirichlet(np.ones(len(recent)), size=PATHS).cumsum(axis=1)
    drawn = random.random((PATHS, horizon))
    places = (drawn[:, :, None] > weights[:, None, :]).sum(axis=2).clip(max=len(recent) - 1)
    return np.full(horizon, recent.mean()), recent[places]
