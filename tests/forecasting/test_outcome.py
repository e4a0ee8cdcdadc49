"""Sums of months: what ties the months together counts, and a target is reached as often as paths reach it."""

import pytest

from salestui.forecasting.outcome import outcome, quantile
from salestui.forecasting.series import Band, Forecast, Series
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine


def told(*paths: tuple[float, ...]) -> Forecast:
    """A forecast of these paths, one tuple a path."""
    months = tuple(zip(*paths, strict=True))
    flat = tuple(0.0 for _ in months)
    return Forecast(flat, (Band(80, flat, flat), Band(95, flat, flat)), months, "told")


def test_months_that_go_together_are_less_sure_than_months_that_do_not() -> None:
    together = outcome(told(*[(1.0, 1.0), (3.0, 3.0)] * 50), [0, 1])
    against = outcome(told(*[(1.0, 3.0), (3.0, 1.0)] * 50), [0, 1])
    assert (together.intervals[0].low, together.intervals[0].high) == (2, 6)
    assert (against.intervals[0].low, against.intervals[0].high) == (4, 4)


def test_what_is_certain_is_added_and_a_target_reached_counts() -> None:
    found = outcome(told((1.0,), (2.0,), (3.0,), (4.0,)), [0], certain=10)
    assert found.middle == 12.5
    assert [found.chance(target) for target in (11, 12, 13.5, 14, 15)] == [1, 0.75, 0.25, 0.25, 0]


def test_only_the_months_asked_for_are_summed() -> None:
    assert outcome(told((1.0, 10.0, 100.0)), [0, 2]).middle == 101


def test_without_months_to_come_only_what_is_certain_is_left() -> None:
    found = outcome(told((1.0,), (2.0,)), [], certain=7)
    assert (found.middle, found.intervals[1].low, found.chance(7), found.chance(8)) == (7, 7, 1, 0)


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (0.25, 1.75), (1, 4)])
def test_quantiles_lie_between_their_neighbours(share: float, value: float) -> None:
    assert quantile([1, 2, 3, 4], share) == value


def test_the_sum_of_a_year_is_surer_than_its_months_would_say_one_by_one() -> None:
    noisy = tuple(100.0 + (month * 37 % 41) for month in range(36))
    forecast = StatsmodelsEngine().forecast(Series(noisy), 12)
    inner = forecast.bands[0]
    year = outcome(forecast, range(12)).intervals[0]
    assert sum(inner.low) < year.low < sum(forecast.point) < year.high < sum(inner.high)
