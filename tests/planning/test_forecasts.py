"""Bookings by month, as they stood and are planned, and what a forecast makes of a quarter and a year."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from salestui.forecasting.series import Band, Forecast
from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens, Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.forecasts import HORIZON, History, Month, answer, months_ahead, read_series
from salestui.store.company import read_company
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building
from tests.support.looking import looking

CALENDAR = FiscalCalendar()
QUARTER, YEAR = (CALENDAR.parse(name, date(2026, 5, 20)) for name in ("2026Q2", "FY2026"))


@pytest.fixture
def url(database_url: str) -> str:
    """A company whose Ana sold in January, March and May 2026, and whose Bo began in April."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        lead = company.seat("Head", team="Sales")
        first, second = company.seat("Rep 1", lead), company.seat("Rep 2", lead)
        ana, bo = company.person("Ana"), company.person("Bo")
        company.sits(ana, first)
        company.sits(bo, second)
        for day, amount in (("2026-01-31", 100), ("2026-03-01", 300), ("2026-05-04", 50), ("2026-05-21", 7)):
            company.sale(amount, day, (ana, first, "owner", amount))
        company.sale("40.5", "2026-04-30", (bo, second, "owner", "40.5"))
        for month in range(1, 7):
            company.quota(first, date(2026, month, 1), 120)
        company.quota(second, "2026-06-01", 80)
    writer.dispose()
    return database_url


@contextmanager
def history(url: str, on: str, scope: Scope = COMPANY, period: Period = QUARTER) -> Iterator[History]:
    """What is read as of a day."""
    with open_reader(parse(url)) as reader:
        company = read_company(reader)
        lens = Lens(company.calendar, AS_IT_WAS, date.fromisoformat(on))
        yield read_series(reader, lens, scope, period, company)


def booked(months: tuple[Month, ...]) -> list[str | None]:
    """What is booked in each month."""
    return [None if month.booked is None else str(month.booked) for month in months]


def test_months_without_a_sale_are_zero_and_the_month_under_way_is_apart(url: str) -> None:
    with history(url, "2026-05-20") as found:
        assert [month.period.label for month in found.past] == ["2026-01", "2026-02", "2026-03", "2026-04"]
        assert booked(found.past) == ["100", "0", "300", "40.5"]
        assert found.ahead[0].period.label == "2026-05"
        assert booked(found.ahead[:2]) == ["50", None]
        assert len(found.ahead) == HORIZON
        assert found.series == ((100.0, 0.0, 300.0, 40.5), 50.0, 12)
        assert found.until is None


def test_a_month_is_complete_on_its_last_day(url: str) -> None:
    with history(url, "2026-04-30") as found:
        assert booked(found.past) == ["100", "0", "300", "40.5"]
        assert found.ahead[0] == Month(CALENDAR.parse("2026-05", found.as_of), None, Amount(120))


def test_no_quota_is_not_a_quota_of_zero(url: str) -> None:
    with history(url, "2026-05-20") as found:
        quotas = [month.quota for month in (*found.past, *found.ahead[:3])]
        assert quotas == [Amount(120)] * 5 + [Amount(200), None]


def test_a_person_s_months_begin_with_the_first_sale_or_quota(url: str) -> None:
    with open_reader(parse(url)) as reader:
        people = {name: key for key, name in reader.rows("SELECT id, name FROM person")}
    with history(url, "2026-05-20", Scope("person", people["Bo"], "Bo")) as found:
        assert booked(found.past) == ["40.5"]
        assert found.series.values == (40.5,)
        assert not found.is_enough


@pytest.mark.parametrize(
    ("period", "shown"), [("2026Q2", 8), ("FY2026", 8), ("2026-12", 8), ("2027Q2", 14), ("FY2029", HORIZON)]
)
def test_months_are_shown_to_the_end_of_the_year_or_of_the_period(url: str, period: str, shown: int) -> None:
    with history(url, "2026-05-20", period=CALENDAR.parse(period, date(2026, 5, 20))) as found:
        assert found.shown == shown


def test_six_months_are_shown_even_near_the_end_of_the_year(url: str) -> None:
    with history(url, "2026-11-02") as found:
        assert found.shown == 6


def test_months_after_the_newest_data_are_not_known_to_be_zero(url: str) -> None:
    with open_reader(parse(url)) as reader:
        company = read_company(reader)._replace(data_as_of=datetime(2026, 5, 22, 12, tzinfo=UTC), zone="UTC")
        lens = Lens(company.calendar, AS_IT_WAS, date(2026, 9, 15))
        found = read_series(reader, lens, COMPANY, QUARTER, company)
    assert found.past[-1].period.label == "2026-04"
    assert found.ahead[0].booked == Amount(57)
    assert found.until == date(2026, 5, 22)


def test_a_company_without_sales_has_no_months(sqlite_url: str) -> None:
    with history(sqlite_url, "2026-05-20") as found:
        assert found.past == ()
        assert not found.is_enough


def forecast_of(*paths: tuple[float, ...]) -> Forecast:
    """A forecast with these paths, each repeating to the horizon, around a hundred."""
    months = tuple(zip(*((path * HORIZON)[:HORIZON] for path in paths), strict=True))
    point, low, high = ((value,) * HORIZON for value in (100.4, 80.0, 120.0))
    return Forecast(point, (Band(80, low, high), Band(95, low, high)), months, "told")


def test_a_quarter_ends_at_what_is_booked_and_what_every_path_adds(url: str) -> None:
    with history(url, "2026-05-20") as found:
        told = answer(found, forecast_of((100.0,), (200.0,), (300.0,)), QUARTER)
    assert told is not None
    assert (told.booked, told.middle, told.quota) == (Amount("90.5"), Amount(440), Amount(440))
    assert told.chance == Decimal("0.6667")
    assert next((each.level, str(each.low), str(each.high)) for each in told.ranges) == (80, "280", "600")


def test_a_year_with_months_without_quota_has_no_chance(url: str) -> None:
    with history(url, "2026-05-20") as found:
        told = answer(found, forecast_of((100.0,)), YEAR)
    assert told is not None
    assert (told.quota, told.without, told.chance) == (Amount(800), 6, None)


def test_a_period_that_is_over_ended_at_what_was_booked(url: str) -> None:
    with history(url, "2026-05-20") as found:
        told = answer(found, forecast_of((100.0,)), CALENDAR.parse("2026Q1", found.as_of))
        assert told is not None
        assert (told.over, told.middle, told.quota, told.chance) == (True, Amount(400), Amount(360), None)


def test_a_year_that_began_before_the_first_month_is_answered(url: str) -> None:
    with history(url, "2026-05-20", period=YEAR) as found:
        later = found._replace(past=found.past[2:])
        told = answer(later, forecast_of((100.0,)), YEAR)
    assert told is not None
    assert told.booked == Amount("390.5")


@pytest.mark.parametrize("period", ["2026-05-04..2026-05-20", "qtd", "FY2030", "2020Q1"])
def test_what_is_not_of_whole_months_or_beyond_the_horizon_is_not_answered(url: str, period: str) -> None:
    with history(url, "2026-05-20") as found:
        assert answer(found, forecast_of((100.0,)), CALENDAR.parse(period, found.as_of)) is None


def test_the_forecast_becomes_whole_money(url: str) -> None:
    with history(url, "2026-11-02") as found:
        ahead = months_ahead(found, forecast_of((100.0,)))
    assert len(ahead) == 6
    assert ahead[0].point == Amount(100)
    assert [(each.level, each.low, each.high) for each in ahead[0].ranges][1] == (95, Amount(80), Amount(120))


def test_the_demo_company_has_its_three_years(demo_path: Path) -> None:
    with looking(demo_path) as at:
        found = read_series(at.reader, at.lens, COMPANY, at.period, at.company)
        assert len(found.past) == 34
        assert found.is_enough
        team = next(place.scope for place in at.places if place.scope.kind == "team")
        assert read_series(at.reader, at.lens, team, at.period, at.company).is_enough
