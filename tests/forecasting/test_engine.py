"""The engine: sensible on what it was made for, honest on what it was not, and never without an answer."""

import json
import math
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.forecasting.series import Forecast, Series
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine
from tests.support.examples import fewer

ENGINE = StatsmodelsEngine()
YEAR = (70.0, 72, 104, 78, 83, 128, 74, 81, 125, 101, 109, 175)


def season_of(years: int, growth: float = 1.01) -> tuple[float, ...]:
    """So many years of a clear season, growing by so much a month."""
    return tuple(value * growth**month for month, value in enumerate(YEAR * years))


def held(forecast: Forecast, horizon: int) -> None:
    """A forecast is whole: finite, its point in its intervals, the narrower in the wider."""
    inner, outer = forecast.bands
    assert (inner.level, outer.level) == (80, 95)
    assert len(forecast.point) == len(forecast.paths) == horizon
    for step, point in enumerate(forecast.point):
        bounds = (outer.low[step], inner.low[step], point, inner.high[step], outer.high[step])
        assert all(map(math.isfinite, bounds))
        assert all(below <= above for below, above in pairwise(bounds))


def test_a_clear_season_goes_on() -> None:
    past, coming = season_of(4)[:36], season_of(4)[36:]
    forecast = ENGINE.forecast(Series(past), 12)
    held(forecast, 12)
    assert forecast.point == pytest.approx(coming, rel=0.12)
    assert forecast.point.index(max(forecast.point)) == 11
    assert forecast.model == "mean of Theta, damped trend and flat level"
    assert "season kept to 100%" in forecast.notes


def test_months_further_away_are_less_sure() -> None:
    noisy = [value * (1 + 0.2 * math.sin(month * 7.3)) for month, value in enumerate(season_of(4, 1.0))]
    inner = ENGINE.forecast(Series(tuple(noisy)), 13).bands[0]
    widths = [high - low for low, high in zip(inner.low, inner.high, strict=True)]
    assert widths[12] > widths[0] > 0


def test_the_same_series_has_the_same_forecast() -> None:
    assert ENGINE.forecast(Series(season_of(3)), 6) == ENGINE.forecast(Series(season_of(3)), 6)


@pytest.mark.parametrize("factor", [1e-6, 1e6, 1e12])
def test_the_unit_of_money_does_not_matter(factor: float) -> None:
    small = ENGINE.forecast(Series(season_of(3)), 6)
    large = ENGINE.forecast(Series(tuple(value * factor for value in season_of(3))), 6)
    assert large.point == pytest.approx([value * factor for value in small.point], rel=1e-3)


def test_nothing_falls_below_zero_where_nothing_ever_did() -> None:
    falling = tuple(max(100.0 - 4 * month, 1) for month in range(30))
    assert min(ENGINE.forecast(Series(falling), 18).bands[1].low) >= 0
    refunds = tuple(5.0 if month % 2 else -5.0 for month in range(30))
    assert min(ENGINE.forecast(Series(refunds), 18).bands[1].low) < 0


def test_the_first_month_has_no_less_than_it_has_already() -> None:
    forecast = ENGINE.forecast(Series(season_of(3), floor=500.0), 3)
    assert forecast.point[0] == 500
    assert min(forecast.paths[0]) == 500
    assert forecast.point[1] < 500


@pytest.mark.parametrize(
    ("values", "model"),
    [
        ((5.0, 7, 6, 5, 8, 6, 7), "mean of 7 months"),
        ((5.0,), "mean of 1 month"),
        ((7.0,) * 30, "mean of 30 months"),
        ((0.0,) * 30, "mean of 24 months"),
        ((0.0, 0, 5, 0, 0, 9) * 5, "mean of 24 months"),
        (season_of(1), "mean of Theta and flat level"),
        (season_of(6), "mean of Theta and damped trend"),
    ],
)
def test_a_short_or_sparse_series_has_a_simple_method_that_is_named(values: tuple[float, ...], model: str) -> None:
    forecast = ENGINE.forecast(Series(values), 18)
    held(forecast, 18)
    assert forecast.model == model
    assert forecast.notes


def test_a_mean_of_few_months_is_surer_the_more_there_are() -> None:
    def width(values: tuple[float, ...]) -> float:
        outer = ENGINE.forecast(Series(values), 1).bands[1]
        return outer.high[0] - outer.low[0]

    assert width((100.0, 110, 90)) > width((100.0, 110, 90, 100, 110, 90)) > 20


def test_sparse_months_are_forecast_as_they_come() -> None:
    forecast = ENGINE.forecast(Series((0.0, 0, 6) * 8), 6)
    assert forecast.point == pytest.approx([2.0] * 6)
    assert {value for month in forecast.paths for value in month} == {0.0, 6.0}


def test_gaps_are_bridged_and_outliers_drawn_in_and_both_are_told() -> None:
    values: list[float | None] = [*season_of(4, 1.0)]
    values[20] = None
    values[30] = 5000.0
    forecast = ENGINE.forecast(Series(tuple(values)), 12)
    assert "1 month without data bridged" in forecast.notes
    assert any("outlier" in note for note in forecast.notes)
    assert forecast.point == pytest.approx(season_of(1, 1.0), rel=0.35)


@pytest.mark.parametrize(("values", "horizon"), [((), 6), ((None, None), 6), ((1.0, 2.0), 0)])
def test_nothing_to_forecast_is_refused(values: tuple[float | None, ...], horizon: int) -> None:
    with pytest.raises(ValueError, match="a forecast"):
        ENGINE.forecast(Series(values), horizon)


numbers = st.one_of(st.none(), st.just(0.0), st.floats(-1e12, 1e12), st.floats(1, 1e4))


@fewer(2)
@given(st.lists(numbers, min_size=1, max_size=50).filter(lambda values: any(v is not None for v in values)))
def test_whatever_the_numbers_there_is_an_answer(values: list[float | None]) -> None:
    held(ENGINE.forecast(Series(tuple(values)), 7), 7)


def test_the_parts_put_together_are_the_forecast() -> None:
    series = Series(season_of(3), floor=10.0)
    parts = ENGINE.parts(series, 6)
    assert len(parts) == 3
    assert ENGINE.combine(series, 6, tuple(part() for part in parts)) == ENGINE.forecast(series, 6)


def test_a_model_that_cannot_be_fitted_is_left_out() -> None:
    series = Series(season_of(3))
    fits = [part() for part in ENGINE.parts(series, 6)]
    assert ENGINE.combine(series, 6, (fits[0], None, fits[2])).model == "mean of Theta and flat level"
    assert ENGINE.combine(series, 6, (None, None, None)).model == "mean of 36 months"


def test_who_asks_for_a_forecast_loads_no_library_of_numbers() -> None:
    code = (
        "import json, sys, salestui.forecasting.statsmodels_engine, salestui.forecasting.outcome, "
        "salestui.forecasting.fit, salestui.forecasting.executor; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "scipy", "statsmodels"} & set(json.loads(done.stdout))
