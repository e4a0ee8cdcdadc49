"""On real monthly series with a known future, intervals hold as often as they promise, and season pays."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from salestui.forecasting.outcome import outcome
from salestui.forecasting.series import Forecast, Series
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine

HORIZON = 12
SERIES = 40
Known = tuple[tuple[float, ...], tuple[float, ...]]


@pytest.fixture(scope="module")
def known(real_data: Path) -> list[Known]:
    """Some monthly series of the M3 competition: what was known, and what came then."""
    splits: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    with gzip.open(real_data / "forecasting" / "dev.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["source"] == "m3_monthly":
                splits[row["unique_id"]][row["split"] != "train"].append(float(row["value"]))
    found = [(tuple(past), tuple(future[:HORIZON])) for _, (past, future) in sorted(splits.items())]
    return found[:: len(found) // SERIES]


def seasonal_naive(past: tuple[float, ...]) -> list[float]:
    """What a year ago was."""
    return [past[step - 12] for step in range(HORIZON)]


def covered(forecast: Forecast, future: tuple[float, ...], band: int) -> float:
    """The share of months inside the band."""
    low, high = forecast.bands[band].low, forecast.bands[band].high
    return fmean(low[step] <= value <= high[step] for step, value in enumerate(future))


@pytest.mark.parametrize(("months", "gain"), [(18, 0.95), (36, 0.95), (120, 0.95)])
def test_intervals_are_honest_and_the_point_beats_last_year(known: list[Known], months: int, gain: float) -> None:
    engine = StatsmodelsEngine()
    cut = [(past[-months:], future) for past, future in known]
    forecasts = [engine.forecast(Series(past), HORIZON) for past, _ in cut]
    pairs = [(forecast, future) for forecast, (_, future) in zip(forecasts, cut, strict=True)]
    assert 0.72 <= fmean(covered(forecast, future, 0) for forecast, future in pairs) <= 0.88
    assert 0.90 <= fmean(covered(forecast, future, 1) for forecast, future in pairs) <= 0.99
    halves = [(outcome(forecast, range(6)).intervals[0], sum(future[:6])) for forecast, future in pairs]
    assert 0.6 <= fmean(each.low <= total <= each.high for each, total in halves) <= 0.95
    errors = [fmean(map(abs, _off(forecast.point, future))) / fmean(future) for forecast, future in pairs]
    naive = [fmean(map(abs, _off(seasonal_naive(past), future))) / fmean(future) for past, future in cut]
    assert fmean(errors) < gain * fmean(naive)


def _off(expected: tuple[float, ...] | list[float], actual: tuple[float, ...]) -> list[float]:
    return [value - guess for guess, value in zip(expected, actual, strict=True)]
