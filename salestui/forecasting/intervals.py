"""How far off a forecast may be: from what it would have said in the past, grown with the distance."""

import numpy as np

from salestui.forecasting.season import Numbers

PATHS = 2000
_SEED = 20240229
_OPTIMISM = 1.13
"""Past errors are too small, for the models had seen what followed; measured on series with a known future."""
_MOST_GROWTH = 0.9
_USUAL_GROWTH = 0.25
_PRIOR_ORIGINS = 12
_FEWEST_ORIGINS = 5
_TAILS = 5
"""Degrees of freedom of Student's t."""
_LEAST_TIE = 0.3
"""Where a level lies is never sure, and what it is off by all months share, however calm they seem."""


def spread(errors: Numbers, horizon: int, freedoms_used: float) -> Numbers:
    """The standard deviation of errors one, two … steps ahead: σ_k = a·k^b, from errors by origin and step (or NaN).

    Inflated for `freedoms_used`, the parameters that were chosen to make these very errors small.
    """
    counts = (~np.isnan(errors)).sum(axis=0)
    squares = np.nansum(errors**2, axis=0)
    usable = (counts >= max(min(_FEWEST_ORIGINS, counts[0]), 1)) & (squares > 0)
    if not usable.any():
        return np.zeros(horizon)
    weights = counts[usable].astype(np.float64)
    logs = np.log(squares[usable] / weights) / 2
    steps = np.log(np.arange(1, errors.shape[1] + 1))[usable]
    growth = _growth(steps, logs, weights)
    base = float(np.average(logs - growth * steps, weights=weights))
    used = min(freedoms_used, 0.6 * float(counts[0]))
    inflation = _OPTIMISM * np.sqrt(counts[0] / (counts[0] - used))
    return np.asarray(np.exp(base) * np.arange(1, horizon + 1) ** growth * inflation)


def _growth(steps: Numbers, logs: Numbers, weights: Numbers) -> float:
    """The slope b, drawn toward what is usual where few origins tell it."""
    middle = np.average(steps, weights=weights)
    wide = float(weights @ (steps - middle) ** 2)
    if wide <= 0:
        return _USUAL_GROWTH
    found = float(weights @ ((steps - middle) * logs)) / wide
    origins = float(weights.mean())
    share = origins / (origins + _PRIOR_ORIGINS)
    return float(np.clip(share * found + (1 - share) * _USUAL_GROWTH, 0.0, _MOST_GROWTH))


def courses(deviations: Numbers, errors: Numbers, alpha: float) -> Numbers:
    """Errors on simulated courses, a row each: of these deviations by step, tied together as smoothing ties them.

    A surprise of one month stays with a share `alpha` in all that follow. Shocks are half drawn from the errors one
    step ahead that were seen, half from Student's t, so that both their shape and what was never seen have a part.
    Every shock comes with its mirror image, so that the courses' middle is the forecast.
    """
    shape = (PATHS // 2, len(deviations))
    random = np.random.default_rng(_SEED)
    shocks = random.standard_t(_TAILS, size=shape) / np.sqrt(_TAILS / (_TAILS - 2))
    seen = errors[~np.isnan(errors[:, 0]), 0]
    size = float(np.sqrt(np.mean(seen**2))) if len(seen) else 0.0
    if size > 0:
        shocks = np.where(random.random(shape) < 0.5, random.choice(seen / size, size=shape), shocks)
    shocks = np.concatenate([shocks, -shocks])
    carried = np.cumsum(shocks, axis=1) - shocks
    tie = max(alpha, _LEAST_TIE)
    tied = (shocks + tie * carried) / np.sqrt(1 + tie**2 * np.arange(shape[1]))
    return np.asarray(tied * deviations)
