"""Months, quarters and years tile time without gap or overlap, whatever the company's calendar."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import EARLIEST, LATEST, Period, of_days
from tests.model.values.calendars import CALENDARS, DAYS, MONTH_CALENDARS, WEEK_CALENDARS

ONE_DAY = timedelta(days=1)
RETAIL = FiscalCalendar(2, "4-4-5", anchor=6, named_by="start")
ISO = FiscalCalendar(1, "4-4-5", anchor=0)


def assert_tiles(parts: tuple[Period, ...], whole: Period) -> None:
    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    for part, following in pairwise(parts):
        assert following.start == part.end + ONE_DAY


@given(CALENDARS, DAYS)
def test_months_and_quarters_tile_the_year(calendar: FiscalCalendar, day: date) -> None:
    year = calendar.year_of(day)
    months, quarters = calendar.months(year), calendar.quarters(year)
    assert (len(months), len(quarters)) == (12, 4)
    assert_tiles(months, year)
    assert_tiles(quarters, year)
    for number, quarter in enumerate(quarters):
        assert_tiles(calendar.months(quarter), quarter)
        assert calendar.months(quarter) == months[number * 3 : number * 3 + 3]


@given(CALENDARS, DAYS)
def test_every_day_lies_in_its_month_its_quarter_and_its_year(calendar: FiscalCalendar, day: date) -> None:
    month, quarter, year = calendar.month_of(day), calendar.quarter_of(day), calendar.year_of(day)
    assert (month.kind, quarter.kind, year.kind) == ("month", "quarter", "year")
    for period in (month, quarter, year):
        assert period.start <= day <= period.end
    for edge in (month.start, month.end):
        assert calendar.month_of(edge) == month
    assert month in calendar.months(quarter)
    assert quarter in calendar.quarters(year)


@given(MONTH_CALENDARS, DAYS)
def test_months_are_calendar_months_and_the_year_begins_with_its_first(calendar: FiscalCalendar, day: date) -> None:
    month = calendar.month_of(day)
    assert month.start == day.replace(day=1)
    assert (month.end + ONE_DAY).day == 1
    assert month.label == f"{day:%Y-%m}"
    year = calendar.year_of(day)
    assert (year.start.month, year.start.day) == (calendar.first_month, 1)
    assert year.label == f"FY{(year.end if calendar.named_by == 'end' else year.start).year}"


@given(WEEK_CALENDARS, DAYS)
def test_4_4_5_years_are_whole_weeks_from_the_anchor_nearest_to_the_first_month(
    calendar: FiscalCalendar, day: date
) -> None:
    year = calendar.year_of(day)
    weeks = [month.days / 7 for month in calendar.months(year)]
    assert weeks[:-1] == [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4]
    assert weeks[-1] in (5, 6)
    assert all(month.start.weekday() == calendar.anchor for month in calendar.months(year))
    nominal = (year.start + timedelta(days=3)).replace(day=1)
    assert nominal.month == calendar.first_month
    assert abs((year.start - nominal).days) <= 3
    ends_in_the_next = calendar.named_by == "end" and calendar.first_month > 1
    assert year.label == f"FY{nominal.year + ends_in_the_next}"


@given(DAYS)
def test_the_monday_year_of_january_is_the_iso_week_year(day: date) -> None:
    week = day.isocalendar()
    year = ISO.year_of(day)
    assert year.label == f"FY{week.year}"
    assert year.start == date.fromisocalendar(week.year, 1, 1)
    assert year.day_number(day) == (week.week - 1) * 7 + week.weekday


@pytest.mark.parametrize(
    ("label", "start", "end", "weeks"),
    [
        ("FY2006", "2006-01-29", "2007-02-03", 53),
        ("FY2012", "2012-01-29", "2013-02-02", 53),
        ("FY2022", "2022-01-30", "2023-01-28", 52),
        ("FY2023", "2023-01-29", "2024-02-03", 53),
        ("FY2024", "2024-02-04", "2025-02-01", 52),
        ("FY2025", "2025-02-02", "2026-01-31", 52),
    ],
)
def test_retail_years_as_the_national_retail_federation_publishes_them(
    label: str, start: str, end: str, weeks: int
) -> None:
    year = RETAIL.parse(label, date(2024, 1, 1))
    assert (year.start.isoformat(), year.end.isoformat(), year.days) == (start, end, weeks * 7)
    assert RETAIL.months(year)[-1].days == (weeks - 47) * 7


def test_the_53rd_week_joins_the_last_month() -> None:
    assert RETAIL.month_of(date(2024, 2, 3)).label == "FY2023-P12"
    assert RETAIL.quarter_of(date(2024, 2, 3)).label == "2023Q4"
    assert RETAIL.quarter_of(date(2024, 2, 4)).label == "2024Q1"


def test_a_fiscal_year_from_june_is_named_by_its_end_or_its_start() -> None:
    june_to_august = of_days(date(2012, 6, 1), date(2012, 8, 31))
    ending, starting = FiscalCalendar(6), FiscalCalendar(6, named_by="start")
    for calendar, name in ((ending, 2013), (starting, 2012)):
        quarter = calendar.quarter_of(date(2012, 7, 15))
        assert quarter == Period(june_to_august.start, june_to_august.end, f"{name}Q1", "quarter")
        assert calendar.year_of(date(2012, 6, 1)).label == f"FY{name}"
        assert calendar.year_of(date(2012, 5, 31)).label == f"FY{name - 1}"


def test_a_year_from_january_has_one_name() -> None:
    for named_by in ("end", "start"):
        assert FiscalCalendar(named_by=named_by).year_of(date(2026, 5, 5)).label == "FY2026"


def test_months_touched_by_part_of_them_are_whole() -> None:
    calendar = FiscalCalendar()
    touched = calendar.months(of_days(date(2026, 1, 31), date(2026, 3, 1)))
    assert [month.label for month in touched] == ["2026-01", "2026-02", "2026-03"]
    assert [quarter.label for quarter in calendar.quarters(of_days(date(2026, 3, 31), date(2026, 4, 1)))] == [
        "2026Q1",
        "2026Q2",
    ]


def test_an_empty_period_touches_no_month() -> None:
    calendar = FiscalCalendar()
    empty = calendar.month_of(date(2026, 3, 9)).cut(0)
    assert calendar.months(empty) == ()
    assert calendar.quarters(empty) == ()


@given(CALENDARS, st.sampled_from([EARLIEST, date(1897, 12, 31), date(2203, 1, 1), LATEST]))
def test_days_beyond_the_calendar_are_refused(calendar: FiscalCalendar, day: date) -> None:
    for ask in (calendar.month_of, calendar.quarter_of, calendar.year_of):
        with pytest.raises(UsageProblem, match=r"beyond the calendar\. Expected a year from 1900 to 2200"):
            ask(day)


@given(CALENDARS, st.sampled_from([date(1900, 1, 1), date(2200, 12, 31)]))
def test_the_first_and_the_last_day_of_the_calendar_are_known(calendar: FiscalCalendar, day: date) -> None:
    for period in (calendar.month_of(day), calendar.quarter_of(day), calendar.year_of(day)):
        assert period.start <= day <= period.end
        assert calendar.parse(period.label, day) == period


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"first_month": 0}, "first_month is 0"),
        ({"first_month": 13}, "first_month is 13"),
        ({"scheme": "4-5-4"}, "scheme is '4-5-4'"),
        ({"anchor": 7}, "anchor is 7"),
        ({"named_by": "middle"}, "named_by is 'middle'"),
    ],
)
def test_a_setting_that_is_none_is_refused(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(DataProblem, match=told):
        FiscalCalendar(**settings)


def test_calendars_are_compared_by_their_settings() -> None:
    assert FiscalCalendar(7) == FiscalCalendar(7)
    assert hash(FiscalCalendar(7)) == hash(FiscalCalendar(7))
    assert FiscalCalendar(7) != FiscalCalendar(8)
    assert FiscalCalendar(7) != 7
    assert repr(RETAIL) == "FiscalCalendar(2, '4-4-5', 6, 'start')"
