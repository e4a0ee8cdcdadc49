from collections.abc import Sequence
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.exchange.dates import DateStyle, check_format, dates, shift_in_days
from salestui.exchange.trouble import Fault
from salestui.model.values.period import EARLIEST, LATEST

PLAIN = DateStyle()


def one(text: str, style: DateStyle = PLAIN) -> date | Fault | None:
    (found,) = dates([text], style).values
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2016-10-20",
        "2016/10/20",
        "2016-10-20 00:00:00",
        "2016-10-20T23:59:59.123Z",
        "2016-10-20 14:30+02:00",
        "2016-10-20Z",
    ],
)
def test_iso_dates_need_no_format(text: str) -> None:
    assert one(text) == date(2016, 10, 20)


def test_one_unambiguous_date_settles_its_whole_column() -> None:
    day_first = dates(["03/04/2017", "25/12/2017", None], PLAIN)
    assert day_first.values == [date(2017, 4, 3), date(2017, 12, 25), None]
    assert day_first.read_as == "day first"
    month_first = dates(["3/4/2017", "12/25/2017 10:00"], PLAIN)
    assert month_first.values == [date(2017, 3, 4), date(2017, 12, 25)]
    assert month_first.read_as == "month first"


def test_a_column_that_cannot_settle_it_is_refused_and_asks_for_a_format() -> None:
    found = dates(["03/04/2017", "05/05/2017"], PLAIN).values
    assert all(isinstance(value, Fault) and "dates = [" in value.remedy for value in found)


def test_a_column_that_contradicts_itself_is_refused() -> None:
    found = dates(["25/12/2017", "12/25/2017", "01/02/2017"], PLAIN).values
    assert all(isinstance(value, Fault) for value in found)


def test_a_column_whose_days_are_their_months_reads_both_ways() -> None:
    assert dates(["01/01/2020", "02/02/2020"], PLAIN).values == [date(2020, 1, 1), date(2020, 2, 2)]


def test_years_of_two_digits_need_a_format() -> None:
    assert isinstance(one("20-10-16"), Fault)
    assert one("20-10-16", DateStyle(("%d-%m-%y",))) == date(2016, 10, 20)


def test_garbage_does_not_unsettle_a_column() -> None:
    found = dates(["00/01/1900", "25/12/2017", "01/02/2017"], PLAIN).values
    assert isinstance(found[0], Fault)
    assert found[1:] == [date(2017, 12, 25), date(2017, 2, 1)]


@pytest.mark.parametrize(
    "text", ["00/01/1900", "00:00.0", "1900-01-01", "2070-01-01", "2017-02-29", "NULL", "42663", "20101229"]
)
def test_what_is_no_day_there_can_be_is_refused(text: str) -> None:
    assert isinstance(one(text), Fault)


def test_a_date_that_a_spreadsheet_destroyed_is_called_so() -> None:
    fault = one("00:00.0")
    assert isinstance(fault, Fault)
    assert "spreadsheet" in fault.what


def test_a_usual_format_is_suggested() -> None:
    fault = one("Dec  1 2011 12:00AM")
    assert isinstance(fault, Fault)
    assert "%b %d %Y %I:%M%p" in fault.remedy
    assert one("Dec  1 2011 12:00AM", DateStyle(("%b %d %Y %I:%M%p",))) == date(2011, 12, 1)


def test_several_formats_may_stand_in_one_column_as_long_as_they_agree() -> None:
    style = DateStyle(("%d-%b-%y", "iso"))
    assert dates(["06-Aug-21", "2021-08-07"], style).values == [date(2021, 8, 6), date(2021, 8, 7)]
    both = DateStyle(("%d/%m/%Y", "%m/%d/%Y"))
    assert dates(["03/04/2017", "25/12/2017"], both).values == [date(2017, 4, 3), date(2017, 12, 25)]
    assert all(isinstance(value, Fault) for value in dates(["03/04/2017"], both).values)


def test_a_shift_moves_the_day() -> None:
    assert one("2012-02-29 00:00:00", DateStyle(shift_days=3)) == date(2012, 3, 3)
    assert shift_in_days("+3 days") == 3
    assert shift_in_days("-1 day") == -1
    assert shift_in_days("3 weeks") is None


def test_a_moment_is_dated_in_the_companys_zone_once_its_own_zone_is_known() -> None:
    chicago = ZoneInfo("America/Chicago")
    assert one("2026-01-01 03:00:00", DateStyle(zone=UTC, home=chicago)) == date(2025, 12, 31)
    assert one("2026-01-01T03:00:00Z", DateStyle(home=chicago)) == date(2025, 12, 31)
    assert one("2026-01-01 03:00:00", DateStyle(home=chicago)) == date(2026, 1, 1)
    assert one("2026-01-01", DateStyle(zone=UTC, home=chicago)) == date(2026, 1, 1)


def test_open_ends_are_taken_where_they_can_be_meant() -> None:
    assert dates(["9999-12-31", "0001-01-01"], PLAIN, open_ended=True).values == [LATEST, EARLIEST]
    assert isinstance(one("9999-12-31"), Fault)


@pytest.mark.parametrize(
    ("form", "good"), [("%d/%m/%Y", True), ("iso", True), ("%d/%m", False), ("DD/MM/YY", False), ("%", False)]
)
def test_a_format_must_tell_the_day(form: str, good: bool) -> None:
    assert check_format(form) is good


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=20), st.dates().map(str), st.from_regex(r"\d{1,2}/\d{1,2}/\d{2,4}")))
)
def test_no_text_makes_dates_fail(texts: Sequence[str | None]) -> None:
    for style in (PLAIN, DateStyle(("%d/%m/%Y", "iso"), 3, UTC, ZoneInfo("Asia/Tokyo"))):
        assert len(dates(texts, style).values) == len(texts)
