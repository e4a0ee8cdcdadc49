"""Earlier, later and a year ago."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from tests.model.values.calendars import calendars_with_periods

AS_OF = date(2026, 11, 23)
RETAIL = FiscalCalendar(2, "4-4-5", anchor=6, named_by="start")
STEPS = st.integers(-12, 12)


@given(calendars_with_periods(), STEPS)
def test_moving_back_undoes_moving(known: tuple[FiscalCalendar, Period], steps: int) -> None:
    calendar, period = known
    assert calendar.shift(calendar.shift(period, steps), -steps) == period
    assert calendar.shift(calendar.prior(period), 1) == period
    assert calendar.prior(calendar.shift(period, 1)) == period


@given(calendars_with_periods(), STEPS, STEPS)
def test_moves_add_up(known: tuple[FiscalCalendar, Period], first: int, second: int) -> None:
    calendar, period = known
    assert calendar.shift(calendar.shift(period, first), second) == calendar.shift(period, first + second)


@given(calendars_with_periods(), STEPS)
def test_moved_periods_keep_their_kind_and_follow_without_gap(known: tuple[FiscalCalendar, Period], steps: int) -> None:
    calendar, period = known
    moved, following = calendar.shift(period, steps), calendar.shift(period, steps + 1)
    assert moved.kind == following.kind == period.kind
    assert following.start == moved.end + timedelta(days=1)


@given(calendars_with_periods(), STEPS)
def test_every_label_is_read_back_as_the_same_period(known: tuple[FiscalCalendar, Period], steps: int) -> None:
    calendar, period = known
    for one in (period, calendar.shift(period, steps), calendar.year_ago(period), period.cut(max(1, period.days // 2))):
        assert calendar.parse(one.label, AS_OF) == one
        assert calendar.parse(f"  {one.label.lower()} ", date(1990, 1, 1)) == one


@given(calendars_with_periods(), st.integers(-3, 1500))
def test_a_year_ago_is_cut_at_the_same_elapsed_day(known: tuple[FiscalCalendar, Period], elapsed: int) -> None:
    calendar, period = known
    whole = calendar.year_ago(period)
    cut = calendar.year_ago(period, elapsed)
    assert cut.start == whole.start
    if elapsed < period.days:
        assert cut.days == min(max(elapsed, 0), whole.days)
    else:
        assert cut == whole


@given(calendars_with_periods())
def test_a_year_ago_is_one_year_ago(known: tuple[FiscalCalendar, Period]) -> None:
    calendar, period = known
    before = calendar.year_ago(period)
    assert 357 <= (period.start - before.start).days <= 378
    assert before.kind == period.kind
    if period.kind in ("month", "quarter"):
        assert calendar.shift(before, {"month": 12, "quarter": 4}[period.kind]) == period


@pytest.mark.parametrize(
    ("period", "before", "year_ago"),
    [
        ("2026-03", "2026-02", "2025-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("FY2026", "FY2025", "FY2025"),
        ("2026-01..2026-05", "2025-08..2025-12", "2025-01..2025-05"),
        ("2026-03-01", "2026-02-28", "2025-03-01"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2026-03-02..2026-03-08", "2026-02-23..2026-03-01", "2025-03-02..2025-03-08"),
        ("2026-03-01..2026-03-28", "2026-02-01..2026-02-28", "2025-03-01..2025-03-28"),
    ],
)
def test_moves_by_months(period: str, before: str, year_ago: str) -> None:
    calendar = FiscalCalendar()
    known = calendar.parse(period, AS_OF)
    assert calendar.prior(known).label == before
    assert calendar.year_ago(known).label == year_ago


@pytest.mark.parametrize(
    ("period", "before", "year_ago"),
    [
        ("FY2024-P01", "FY2023-P12", "FY2023-P01"),
        ("2024Q1", "2023Q4", "2023Q1"),
        ("2024-02", "2024-01", "2023-02"),
        ("2024-01..2024-02", "2023-11..2023-12", "2023-01..2023-02"),
        ("FY2024-P01..FY2024-P02", "FY2023-P11..FY2023-P12", "FY2023-P01..FY2023-P02"),
        ("2024-02-04", "2024-02-03", "2023-01-29"),
        ("2024-02-03", "2024-02-02", "2023-01-28"),
    ],
)
def test_moves_by_weeks(period: str, before: str, year_ago: str) -> None:
    known = RETAIL.parse(period, AS_OF)
    assert RETAIL.prior(known).label == before
    assert RETAIL.year_ago(known).label == year_ago


def test_a_quarter_under_way_is_compared_with_the_same_days() -> None:
    calendar = FiscalCalendar()
    quarter = calendar.quarter_of(AS_OF)
    elapsed = quarter.day_number(AS_OF)
    assert calendar.year_ago(quarter, elapsed).label == "2025-10-01..2025-11-23"
    assert calendar.prior(quarter, elapsed).label == "2026-07-01..2026-08-23"


def test_a_quarter_that_is_over_is_compared_with_the_whole_one_though_it_had_a_leap_day() -> None:
    calendar = FiscalCalendar()
    quarter = calendar.parse("2025Q1", AS_OF)
    assert quarter.days == 90
    assert calendar.year_ago(quarter, quarter.day_number(AS_OF)).label == "2024Q1"
    assert calendar.year_ago(quarter, 89).label == "2024-01-01..2024-03-29"


def test_moving_beyond_the_calendar_is_refused() -> None:
    calendar = FiscalCalendar()
    for label in ("2026-03", "2026Q1", "FY2026", "2026-03-05", "2026-03-05..2026-03-09"):
        for steps in (-(10**9), -100_000, 100_000, 10**9):
            with pytest.raises(UsageProblem, match="beyond the calendar"):
                calendar.shift(calendar.parse(label, AS_OF), steps)
