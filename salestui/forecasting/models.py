"""The models that are fitted to a cleaned level, by statsmodels, each with what it would have said in the past."""

import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from salestui.forecasting.cleaning import clean
from salestui.forecasting.fit import Fit
from salestui.forecasting.season import Numbers
from salestui.forecasting.series import Series

_DAMPING = (0.8, 0.98)
_SAME = 1e-9


def theta(level: Numbers, horizon: int) -> Fit:
    """The Theta method (Assimakopoulos & Nikolopoulos 2000; as smoothing with half a drift, Hyndman & Billah 2003)."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    fitted = ThetaModel(pd.Series(level), period=1, deseasonalize=False, use_test=False).fit()
    alpha, drift = float(fitted.params["alpha"]), float(fitted.params["b0"])
    levels = np.empty(len(level))
    current = level[0]
    for place, value in enumerate(level):
        current += alpha * (value - current)
        levels[place] = current
    steps = np.arange(horizon)
    seen = np.arange(1, len(level) + 1)[:, None]
    lag = (1 - (1 - alpha) ** seen) / max(alpha, 1e-6)
    past = levels[:, None] + drift / 2 * (steps + lag)
    return _told("Theta", past, alpha)


def damped_trend(level: Numbers, horizon: int) -> Fit:
    """Exponential smoothing with a damped trend (Gardner & McKenzie 1985)."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    model = ExponentialSmoothing(
        level,
        trend="add",
        damped_trend=True,
        initialization_method="estimated",
        bounds={"damping_trend": _DAMPING},
    )
    fitted = model.fit()
    alpha, beta, damping = (
        float(fitted.params[name]) for name in ("smoothing_level", "smoothing_trend", "damping_trend")
    )
    reach = np.cumsum(damping ** np.arange(1, horizon + 1))
    past = np.asarray(fitted.level)[:, None] + np.asarray(fitted.trend)[:, None] * reach
    return _told("damped trend", past, min(alpha * (1 + beta), 1.0))


def flat(level: Numbers, horizon: int) -> Fit:
    """Simple exponential smoothing: the level stays where it is."""
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    fitted = SimpleExpSmoothing(level, initialization_method="estimated").fit()
    past = np.repeat(np.asarray(fitted.level)[:, None], horizon, axis=1)
    return _told("flat level", past, float(fitted.params["smoothing_level"]))


def _told(name: str, past: Numbers, alpha: float) -> Fit:
    return Fit(name, tuple(map(tuple, past.tolist())), min(max(alpha, 0.0), 1.0))


MODELS: Mapping[str, Callable[[Numbers, int], Fit]] = {"Theta": theta, "damped trend": damped_trend, "flat level": flat}


def fit(name: str, series: Series, horizon: int) -> Fit | None:
    """What the model of that name says of the series' level; None where it cannot be fitted to it."""
    level = clean(series).level
    if np.ptp(level) <= _SAME * np.abs(level).max():
        return _told(name, np.repeat(level[:, None], horizon, axis=1), 0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a search did not settle matters less than its errors, which are counted
        try:
            found = MODELS[name](level, horizon)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):
            return None
    return found if np.isfinite(found.past).all() else None
