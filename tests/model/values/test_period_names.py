"""What people type for a period, and how it is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from tests.model.values.calendars import CALENDARS, DAYS

AS_OF = date(2026, 11, 23)
PLAIN = FiscalCalendar()
JULY_BY_END = FiscalCalendar(7)
JULY_BY_START = FiscalCalendar(7, named_by="start")
RETAIL = FiscalCalendar(2, "4-4-5", anchor=6, named_by="start")


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("2026-03", "2026-03", "2026-03-01", "2026-03-31"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("2026Q1", "2026Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026Q4", "2026-10-01", "2026-12-31"),
        ("fy2026", "FY2026", "2026-01-01", "2026-12-31"),
        ("FY2026-P03", "2026-03", "2026-03-01", "2026-03-31"),
        ("2026-03-05", "2026-03-05", "2026-03-05", "2026-03-05"),
        (" this ", "2026Q4", "2026-10-01", "2026-12-31"),
        ("this-quarter", "2026Q4", "2026-10-01", "2026-12-31"),
        ("last", "2026Q3", "2026-07-01", "2026-09-30"),
        ("Last-Quarter", "2026Q3", "2026-07-01", "2026-09-30"),
        ("this-month", "2026-11", "2026-11-01", "2026-11-30"),
        ("last-month", "2026-10", "2026-10-01", "2026-10-31"),
        ("this-year", "FY2026", "2026-01-01", "2026-12-31"),
        ("last-year", "FY2025", "2025-01-01", "2025-12-31"),
        ("mtd", "2026-11-01..2026-11-23", "2026-11-01", "2026-11-23"),
        ("qtd", "2026-10-01..2026-11-23", "2026-10-01", "2026-11-23"),
        ("YTD", "2026-01-01..2026-11-23", "2026-01-01", "2026-11-23"),
        ("2026Q1-1", "2025Q4", "2025-10-01", "2025-12-31"),
        ("this+1", "2027Q1", "2027-01-01", "2027-03-31"),
        ("this-4", "2025Q4", "2025-10-01", "2025-12-31"),
        ("last-1", "2026Q2", "2026-04-01", "2026-06-30"),
        ("this-month-1", "2026-10", "2026-10-01", "2026-10-31"),
        ("last-year-1", "FY2024", "2024-01-01", "2024-12-31"),
        ("FY2026-1", "FY2025", "2025-01-01", "2025-12-31"),
        ("2026-11+2", "2027-01", "2027-01-01", "2027-01-31"),
        ("2026-03-01-1", "2026-02-28", "2026-02-28", "2026-02-28"),
        ("ytd-1", "2025-01-01..2025-11-23", "2025-01-01", "2025-11-23"),
        ("qtd-1", "2026-07-01..2026-08-23", "2026-07-01", "2026-08-23"),
        ("2026-01..2026-03", "2026-01..2026-03", "2026-01-01", "2026-03-31"),
        ("2026-03 .. 2026-03", "2026-03", "2026-03-01", "2026-03-31"),
        ("2026Q1..2026-05", "2026-01..2026-05", "2026-01-01", "2026-05-31"),
        ("2025Q4..FY2026", "2025-10..2026-12", "2025-10-01", "2026-12-31"),
        ("2026-02..2026Q1", "2026-02..2026-03", "2026-02-01", "2026-03-31"),
        ("2026Q1..2026-05-10", "2026-01-01..2026-05-10", "2026-01-01", "2026-05-10"),
        ("2026-03-05..2026-03-05", "2026-03-05", "2026-03-05", "2026-03-05"),
        ("2026-03-05..2026-04", "2026-03-05..2026-04-30", "2026-03-05", "2026-04-30"),
        ("this-1..this", "2026-07..2026-12", "2026-07-01", "2026-12-31"),
        ("last..mtd", "2026-07-01..2026-11-23", "2026-07-01", "2026-11-23"),
    ],
)
def test_names_of_periods(text: str, label: str, start: str, end: str) -> None:
    period = PLAIN.parse(text, AS_OF)
    assert (period.label, period.start.isoformat(), period.end.isoformat()) == (label, start, end)


@pytest.mark.parametrize(
    ("as_of", "text", "by_end", "by_start"),
    [
        ("2026-06-30", "this", "2026Q4", "2025Q4"),
        ("2026-07-01", "this", "2027Q1", "2026Q1"),
        ("2026-07-01", "last", "2026Q4", "2025Q4"),
        ("2026-06-30", "this-year", "FY2026", "FY2025"),
        ("2026-07-01", "this-year", "FY2027", "FY2026"),
        ("2026-07-01", "last-year", "FY2026", "FY2025"),
        ("2026-07-01", "this-month", "2026-07", "2026-07"),
        ("2026-07-01", "last-month", "2026-06", "2026-06"),
        ("2026-07-01", "ytd", "2026-07-01", "2026-07-01"),
        ("2026-06-30", "ytd", "FY2026", "FY2025"),
        ("2026-06-30", "mtd", "2026-06", "2026-06"),
    ],
)
def test_this_and_last_at_the_edges_of_the_fiscal_year(as_of: str, text: str, by_end: str, by_start: str) -> None:
    day = date.fromisoformat(as_of)
    assert JULY_BY_END.parse(text, day).label == by_end
    assert JULY_BY_START.parse(text, day).label == by_start


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29"),
        ("FY2023-P12", "FY2023-P12", "2023-12-24", "2024-02-03"),
        ("2024Q1", "2024Q1", "2024-02-04", "2024-05-04"),
        ("this-month", "FY2026-P10", "2026-11-01", "2026-11-28"),
        ("FY2024-P02..2024Q2", "FY2024-P02..FY2024-P06", "2024-03-03", "2024-08-03"),
        ("2024-02..2024-04", "2024-02..2024-04", "2024-02-01", "2024-04-30"),
        ("2024-02..2024Q1", "2024-02-01..2024-05-04", "2024-02-01", "2024-05-04"),
    ],
)
def test_names_of_periods_by_weeks(text: str, label: str, start: str, end: str) -> None:
    period = RETAIL.parse(text, AS_OF)
    assert (period.label, period.start.isoformat(), period.end.isoformat()) == (label, start, end)


def test_a_to_date_period_that_is_over_moves_as_a_whole() -> None:
    """31 March is in: the first quarter of 2025 has 90 days, the one of 2024 had 91."""
    assert PLAIN.parse("ytd", date(2025, 12, 31)).label == "FY2025"
    assert PLAIN.parse("qtd-4", date(2025, 3, 31)).label == "2024Q1"


@given(CALENDARS, DAYS)
def test_to_date_ends_on_the_day(calendar: FiscalCalendar, day: date) -> None:
    for text, whole in (("mtd", "this-month"), ("qtd", "this"), ("ytd", "this-year")):
        period = calendar.parse(text, day)
        assert period.end == day
        assert period.start == calendar.parse(whole, day).start


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "foo", "that", "last-week", "this month", "P03", "+1", "2026", "２０２６Q1", "26Q1", "FY26"),
        *("2026-3", "2026-1", "2026/03", "2026-W03", "2026Q", "2026Q12", "2026Q1 2026Q2", "2026-03-05-06"),
        *("FY2026Q1", "FY2026-03", "FY2026-P3", "this+", "this+x", "this++1", "this+1+1", "this+0", "2026Q1*2"),
        *("this+9999999", "this-01"),
    ],
)
def test_what_names_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        PLAIN.parse(text, AS_OF)
    assert str(refused.value).startswith(f"“{text}” is not a period")
    assert "2026-03, 2026Q1, FY2026" in str(refused.value)
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-13", "there is no month 13"),
        ("2026-00", "there is no month 00"),
        ("2026-02-29", "there is no such day"),
        ("2026Q5", "there is no quarter 5"),
        ("2026Q0", "there is no quarter 0"),
        ("FY2026-P13", "there is no month P13 in a year"),
        ("FY2026-P00", "there is no month P00 in a year"),
        ("2026-03-1", "a day has two digits, and an earlier month is written by its own name"),
        ("2026-05..2026-03", "it runs backwards; did you mean 2026-03..2026-05?"),
        ("2026Q2..2026-03", "it runs backwards; did you mean 2026-03..2026q2?"),
        ("2026-05..2026-05-01..2026-06", "a range has one beginning and one end"),
        ("2026-05..", "a range has one beginning and one end"),
        ("..2026-05", "a range has one beginning and one end"),
        ("..", "a range has one beginning and one end"),
        ("2026-01...2026-03", ""),
    ],
)
def test_a_refusal_says_why(text: str, why: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        PLAIN.parse(text, AS_OF)
    assert f"“{text}” is not a period: {why}" if why else f"“{text}” is not a period" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["1850-01", "2300-01", "FY0001", "FY9999", "0000-01", "9999-12-31", "1899-12-31", "2201-01-01", "2201-01"]
)
def test_years_beyond_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match=f"“{text}” lies beyond the calendar. Expected a year from 1900 to 2200"):
        PLAIN.parse(text, AS_OF)


@pytest.mark.parametrize("text", ["this+999999", "this-year-999999", "mtd-999999", "2026-03-05+999999"])
def test_steps_beyond_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(UsageProblem, match="lies beyond the calendar"):
        PLAIN.parse(text, AS_OF)


def test_a_refusal_quotes_safely_and_briefly() -> None:
    with pytest.raises(UsageProblem) as refused:
        PLAIN.parse("\x1b[2J" + "x" * 1000, AS_OF)
    assert str(refused.value).startswith("“␛[2J" + "x" * 35 + "…” is not a period")


@given(CALENDARS, DAYS, st.text(st.sampled_from("0126QqFPyp.-+thislamdy "), max_size=24) | st.text())
def test_any_text_is_a_period_or_refused(calendar: FiscalCalendar, day: date, text: str) -> None:
    try:
        period = calendar.parse(text, day)
    except UsageProblem:
        return
    assert period.start <= period.end
    assert calendar.parse(period.label, day) == period
