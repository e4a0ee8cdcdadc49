"""A period includes both ends, counts its days, and can be cut."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.period import Period, of_days
from tests.model.values.calendars import DAYS

QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31), "2026Q4", "quarter")


def test_the_23rd_of_november_is_day_54_of_92() -> None:
    assert QUARTER.days == 92
    assert QUARTER.day_number(date(2026, 11, 23)) == 54


def test_before_it_begins_no_day_has_come_and_once_over_all_have() -> None:
    assert QUARTER.day_number(date(2026, 9, 30)) == 0
    assert QUARTER.day_number(date(2026, 10, 1)) == 1
    assert QUARTER.day_number(date(2026, 12, 31)) == 92
    assert QUARTER.day_number(date(2027, 3, 1)) == 92


def test_a_cut_has_so_many_days_from_the_start() -> None:
    assert QUARTER.cut(54) == Period(date(2026, 10, 1), date(2026, 11, 23), "2026-10-01..2026-11-23", "range")
    assert QUARTER.cut(1) == Period(date(2026, 10, 1), date(2026, 10, 1), "2026-10-01", "day")


def test_a_cut_beyond_the_end_is_the_period_itself() -> None:
    assert QUARTER.cut(92) is QUARTER
    assert QUARTER.cut(1000) is QUARTER


def test_a_cut_before_the_first_day_is_empty() -> None:
    for elapsed in (0, -5):
        empty = QUARTER.cut(elapsed)
        assert empty.days == 0
        assert empty.start == QUARTER.start
        assert empty.end < empty.start


@given(DAYS, st.integers(0, 800), st.integers(-10, 900))
def test_cut_and_day_number_fit_together(start: date, length: int, offset: int) -> None:
    period = of_days(start, start + timedelta(days=length))
    day = start + timedelta(days=offset)
    elapsed = period.cut(period.day_number(day))
    assert elapsed.days == period.day_number(day)
    assert elapsed.end == max(min(day, period.end), start - timedelta(days=1))
