"""Numbers land on the right row, whatever they are, and the scale is round."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salestui.tui.widgets.chart.scale import EIGHTHS, scale

numbers = st.lists(st.one_of(st.integers(), st.integers(-100, 100), st.integers(-(10**20), 10**20)), max_size=8)
rows = st.integers(1, 60)


@given(numbers, rows)
def test_every_number_and_zero_fit(found: list[int], height: int) -> None:
    measure = scale(found, height)
    assert measure.low <= min([0, *found])
    assert measure.high >= max([0, *found])
    assert measure.high > measure.low


@given(numbers.filter(bool), rows)
def test_a_number_lies_in_its_row(found: list[int], height: int) -> None:
    measure = scale(found, height)
    width = measure.high - measure.low
    for number in found:
        row = measure.row(number)
        assert 0 <= row < height
        above_foot = (number - measure.low) * height
        assert row * width < above_foot <= (row + 1) * width or (row == 0 and number == measure.low)
        assert abs(measure.eighths(number) * width - above_foot * EIGHTHS) * 2 <= width


@given(numbers, rows)
def test_ticks_are_round_and_on_rows_of_their_own(found: list[int], height: int) -> None:
    measure = scale(found, height)
    ticks = list(measure.ticks())
    assert str(measure.step).rstrip("0") in {"1", "2", "5"}
    assert all(number % measure.step == 0 and measure.row(number) == row for row, number in ticks)
    assert all(lower[0] < upper[0] for lower, upper in pairwise(ticks))
    assert 1 <= len(ticks) <= height


def test_a_scale_ends_soon_above_its_highest_number() -> None:
    measure = scale([62], 12)
    assert (measure.low, measure.high, measure.step) == (0, 65, 20)
    assert [number for _, number in measure.ticks()] == [0, 20, 40, 60]
