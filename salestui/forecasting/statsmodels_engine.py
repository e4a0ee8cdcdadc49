"""The engine that fits with statsmodels: the mean of Theta, damped trend and a flat level, season shrunk beforehand.

Combining does better than choosing (Makridakis, Spiliotis & Assimakopoulos 2020). Importing this loads no library of
numbers: only what computes does, and that belongs into another process.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from salestui.forecasting.series import LEVELS, Band, Forecast, Series

if TYPE_CHECKING:
    from salestui.forecasting.cleaning import Clean
    from salestui.forecasting.fit import Fit
    from salestui.forecasting.season import Numbers

MANY_ZEROS = 0.3
_SHORT, _LONG = 24, 60
_FITTED_PARAMETERS = 3


class StatsmodelsEngine:
    """An `Engine`."""

    def parts(self, series: Series, horizon: int) -> tuple[Callable[[], object], ...]:
        """One piece of work for every model that suits the series; none where a mean has to do."""
        return tuple(partial(fitted, name, series, horizon) for name in _models_for(series))

    def combine(self, series: Series, horizon: int, results: tuple[object, ...]) -> Forecast:
        """The forecast from the fits. ValueError without a month or a horizon."""
        _refuse_nothing(series, horizon)
        fits = [cast("Fit", result) for result in results if result is not None]
        if not fits:
            return _simple(series, horizon)
        return _combined(series, horizon, fits)

    def forecast(self, series: Series, horizon: int) -> Forecast:
        """All of it at once. ValueError without a month or a horizon."""
        _refuse_nothing(series, horizon)
        return self.combine(series, horizon, tuple(part() for part in self.parts(series, horizon)))


def fitted(name: str, series: Series, horizon: int) -> "Fit | None":
    """What a model says, or None where statsmodels cannot fit it to this series."""
    from salestui.forecasting.models import fit

    return fit(name, series, horizon)


def _refuse_nothing(series: Series, horizon: int) -> None:
    if horizon < 1:
        raise ValueError(f"a forecast of {horizon} months")
    if all(value is None for value in series.values):
        raise ValueError("a forecast from no month at all")


def _models_for(series: Series) -> tuple[str, ...]:
    known = [value for value in series.values if value is not None]
    if len(known) < max(series.season, 8) or known.count(0) > MANY_ZEROS * len(known) or len(set(known)) == 1:
        return ()
    if len(known) < _SHORT:
        return ("Theta", "flat level")
    return ("Theta", "damped trend", "flat level") if len(known) < _LONG else ("Theta", "damped trend")


def _combined(series: Series, horizon: int, fits: "list[Fit]") -> Forecast:
    import numpy as np

    from salestui.forecasting.cleaning import clean
    from salestui.forecasting.intervals import courses, spread

    data = clean(series)
    length = len(data.level)
    past = np.mean([fit.past for fit in fits], axis=0)
    errors = np.full((length, horizon), np.nan)
    for origin in range(max(3, min(length // 3, series.season)), length - 1):
        reach = min(horizon, length - 1 - origin)
        errors[origin, :reach] = data.errors(data.seen[origin + 1 : origin + 1 + reach], past[origin, :reach])
    used = _FITTED_PARAMETERS + (series.season - 1) * data.season.kept
    deviations = spread(errors, horizon, used)
    alpha = sum(fit.alpha for fit in fits) / len(fits)
    point = data.seasoned(data.moved(past[-1], np.zeros(horizon)), length)
    paths = data.seasoned(data.moved(past[-1], courses(deviations, errors, alpha)), length)
    name = "mean of " + " and ".join(", ".join(fit.name for fit in fits).rsplit(", ", 1))
    return _told(series, point, paths, name, _notes(series, data))


def _notes(series: Series, data: "Clean") -> tuple[str, ...]:
    notes = []
    if data.filled:
        notes.append(f"{_months(data.filled)} without data bridged")
    if data.outliers:
        notes.append(f"{data.outliers} outlier{'s' if data.outliers > 1 else ''} drawn in")
    years = len(data.level) / series.season
    if years < 1:
        notes.append("too short for a season")
    else:
        notes.append(f"season kept to {data.season.kept:.0%}")
    return tuple(notes)


def _simple(series: Series, horizon: int) -> Forecast:
    from salestui.forecasting.cleaning import known_values
    from salestui.forecasting.simple import RECENT_YEARS, mean_of_few, mean_of_many_zeros

    values, filled = known_values(series)
    notes = [f"{_months(filled)} without data bridged"] if filled else []
    zeros = int((values == 0).sum())
    if zeros > MANY_ZEROS * len(values):
        point, paths = mean_of_many_zeros(values, horizon, series.season)
        name = f"mean of {_months(min(len(values), RECENT_YEARS * series.season))}"
        notes.append(f"{zeros} of {len(values)} months are 0: no trend and no season are seen in that")
    else:
        point, paths = mean_of_few(values, horizon)
        name = f"mean of {_months(len(values))}"
        notes.append("too short for trend and season" if values.std() else "all months are the same")
    return _told(series, point, paths, name, tuple(notes))


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _told(series: Series, point: "Numbers", paths: "Numbers", model: str, notes: tuple[str, ...]) -> Forecast:
    """Held to what is certain: nothing below zero where nothing ever was, and no less than is there already."""
    import numpy as np

    point, paths = point.copy(), paths.copy()
    if all(value is None or value >= 0 for value in series.values):
        point, paths = np.maximum(point, 0.0), np.maximum(paths, 0.0)
    if series.floor is not None:
        point[0], paths[:, 0] = max(point[0], series.floor), np.maximum(paths[:, 0], series.floor)
    bands = []
    for level in LEVELS:
        tail = (100 - level) / 200
        low, high = np.quantile(paths, [tail, 1 - tail], axis=0)
        bands.append(Band(level, _plain(np.minimum(low, point)), _plain(np.maximum(high, point))))
    return Forecast(_plain(point), tuple(bands), tuple(map(_plain, paths.T)), model, notes)


def _plain(numbers: "Numbers") -> tuple[float, ...]:
    return tuple(numbers.tolist())
