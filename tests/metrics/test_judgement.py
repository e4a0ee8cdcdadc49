"""How KPIs are judged: by the company's own pace, by the coverage it needs, by targets, and when not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from salestui.metrics.kpis import Basis, KpiValue, judge_pace, read_basis, read_kpis, read_trend, whole_months
from salestui.metrics.pace import like_day, like_periods
from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.quick import Reader, open_reader
from tests.metrics.conftest import Fresh
from tests.support.companies import Builder, building

CALENDAR = FiscalCalendar()
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1")


class Looking:
    """A company looked at on a day."""

    def __init__(self, reader: Reader, on: str, targets: dict[str, str]) -> None:
        self.reader = reader
        self.lens = Lens(CALENDAR, AS_IT_WAS, date.fromisoformat(on))
        self.targets = {key: Decimal(value) for key, value in targets.items()}

    def period(self, text: str) -> Period:
        """The period of that name."""
        return CALENDAR.parse(text, self.lens.on)

    def basis(self, text: str = "this") -> Basis:
        """What the period's KPIs are judged by."""
        return read_basis(self.reader, self.lens, self.period(text), self.targets)

    def kpis(self, text: str = "this") -> dict[str, KpiValue]:
        """All KPIs of the company in a period."""
        found = read_kpis(self.reader, self.lens, COMPANY, self.period(text), self.basis(text))
        return {kpi.id: kpi for kpi in found}


@contextmanager
def looking(database: Database, on: str, **targets: str) -> Iterator[Looking]:
    """Look at a company on a day."""
    with open_reader(database) as reader:
        yield Looking(reader, on, targets)


def back_loaded(company: Builder, first: int = 0) -> None:
    """Quarters of 1,000: 100 on the 20th day, 200 on the 50th, 700 on the 85th; a quota of 400 a month; one deal in
    four is won by amount, from a pipeline that stands 30 days before the quarter's end."""
    seat = company.seat("Seller")
    ana = company.person("Ana")
    company.sits(ana, seat)
    for number, name in enumerate(QUARTERS[first:], first):
        quarter = CALENDAR.parse(name, date(2026, 1, 1))
        for day, amount in ((20, 100), (50, 200 + number), (85, 700 - number)):
            on = quarter.start + timedelta(days=day - 1)
            company.sale(amount, on, (ana, seat, "primary", amount))
        for month in CALENDAR.months(quarter):
            company.quota(seat, month.start, 400)
        created, close = quarter.start - timedelta(days=5), quarter.end
        for stage, worth in (("won", 250), ("lost", 350), ("lost", 400)):
            if name != "2026Q1":
                company.deal(stage, ana, worth, created=created, close=close)


@pytest.fixture
def steady(fresh: Fresh) -> Database:
    """The back-loaded company."""
    return built(fresh, 0)


def built(fresh: Fresh, first: int) -> Database:
    """The same, beginning with a later quarter."""
    database = fresh({})
    writer = engine(database, write=True)
    with building(writer) as company:
        back_loaded(company, first)
    writer.dispose()
    return database


def test_pace_is_the_median_share_of_the_last_eight_like_periods(steady: Database) -> None:
    with looking(steady, "2026-02-19") as at:
        pace = at.basis().pace
        assert pace.periods == 8
        assert pace.share == Decimal("0.3035")
    with looking(steady, "2026-02-18") as at:
        assert at.basis().pace.share == Decimal("0.1")
    with looking(steady, "2026-03-31") as at:
        assert at.basis().pace.share == 1


@pytest.mark.parametrize(("first", "periods"), [(4, 4), (5, 0)])
def test_pace_needs_four_like_periods_or_is_the_calendars(fresh: Fresh, first: int, periods: int) -> None:
    with looking(built(fresh, first), "2026-02-19") as at:
        basis = at.basis()
        assert basis.pace.periods == periods
        if not periods:
            assert basis.pace.share == Decimal(50) / Decimal(90)
            assert basis.learned_coverage is None
            assert basis.needed_coverage == 3


def test_a_back_loaded_company_is_not_painted_red_in_the_middle_of_its_quarter(steady: Database) -> None:
    with looking(steady, "2026-02-19") as at:
        kpis = at.kpis()
    assert kpis["attainment"].value == Decimal("0.256667")
    assert kpis["attainment"].expected == Decimal("0.303500")
    assert kpis["attainment"].status == "off pace"
    assert kpis["bookings"].target == 1200
    assert kpis["bookings"].expected == Decimal("364.2")


@pytest.mark.parametrize(
    ("on", "status", "level"),
    [
        ("2026-01-01", "too early to judge", None),
        ("2026-01-20", "off pace", "bad"),
        ("2026-03-30", "off pace", "bad"),
        ("2026-03-31", "missed", "bad"),
        ("2026-05-01", "missed", "bad"),
    ],
)
def test_the_words_fit_where_the_period_stands(steady: Database, on: str, status: str, level: str | None) -> None:
    with looking(steady, on) as at:
        found = at.kpis("2026Q1")["attainment"]
    assert (found.status, found.level) == (status, level)


def test_a_period_that_has_not_begun_has_nothing_but_its_pipeline(steady: Database) -> None:
    with looking(steady, "2025-12-20") as at:
        basis, kpis = at.basis("2026Q1"), at.kpis("2026Q1")
    assert (basis.begun, basis.over) == (False, False)
    for key, found in kpis.items():
        if key in ("open_pipeline", "coverage"):
            assert found.value is not None
        else:
            assert (found.value, found.level, found.status) == (None, None, "not begun yet")
    assert kpis["coverage"].denominator == 1200


def test_a_period_that_is_over_needs_no_coverage(steady: Database) -> None:
    with looking(steady, "2026-05-01") as at:
        found = at.kpis("2026Q1")["coverage"]
    assert (found.value, found.level, found.status) == (None, None, "the period is over")


def test_needed_coverage_is_one_over_the_share_that_such_pipeline_won(steady: Database) -> None:
    with looking(steady, "2026-03-01") as at:
        assert at.basis().learned_coverage == 4
        assert at.kpis()["coverage"].target == 4
    with looking(steady, "2026-03-01", coverage="2.5") as at:
        assert at.kpis()["coverage"].target == Decimal("2.5")


@pytest.mark.parametrize("text", ["qtd", "ytd", "2026-01-01..2026-02-19", "2026-01..2026-02"])
def test_a_period_to_date_is_judged_as_its_whole_months(steady: Database, text: str) -> None:
    with looking(steady, "2026-02-19") as at:
        found = at.kpis(text)["attainment"]
        assert not at.basis(text).over
    assert (found.value, found.expected) == (
        Decimal("0.385"),
        (Decimal(50) / Decimal(59)).quantize(Decimal("0.000001")),
    )


def test_months_to_date_that_are_whole_are_over(steady: Database) -> None:
    with looking(steady, "2026-02-28") as at:
        found = at.kpis("qtd")["attainment"]
    assert (found.value, found.expected, found.status) == (Decimal("0.385"), Decimal(1), "missed")


def test_days_that_begin_within_a_month_have_no_quota(steady: Database) -> None:
    with looking(steady, "2026-02-19") as at:
        kpis = at.kpis("2026-01-10..2026-03-10")
    assert kpis["bookings"].value == 308
    assert (kpis["attainment"].value, kpis["attainment"].status) == (None, "no quota is set")
    assert (kpis["coverage"].value, kpis["coverage"].status) == (None, "no quota is set")


def test_trends_are_cut_at_the_same_elapsed_day(steady: Database) -> None:
    with looking(steady, "2026-02-19") as at:
        trend = read_trend(at.reader, at.lens, COMPANY, at.period("this"))
        assert [int(value or 0) for value in trend["bookings"]] == [303, 304, 305, 306, 307, 308]
        over = read_trend(at.reader, at.lens, COMPANY, at.period("2025Q4"))
        assert [int(value or 0) for value in over["bookings"]] == [1000] * 6
        to_date = read_trend(at.reader, at.lens, COMPANY, at.period("qtd"))
        assert [int(value or 0) for value in to_date["bookings"]] == [300, 304, 308]


def test_like_periods_begin_with_the_month_of_the_first_sale() -> None:
    quarter = CALENDAR.parse("2026Q1", date(2026, 1, 1))
    labels = [like.label for like in like_periods(CALENDAR, quarter, date(2025, 1, 20))]
    assert labels == ["2025Q4", "2025Q3", "2025Q2", "2025Q1"]
    assert len(like_periods(CALENDAR, quarter, date(2025, 2, 1))) == 3
    assert len(like_periods(CALENDAR, quarter, date(2001, 2, 1))) == 8
    assert like_periods(CALENDAR, quarter, None) == ()


@pytest.mark.parametrize(
    ("period", "like", "on", "found"),
    [
        ("2026Q1", "2025Q4", "2026-01-10", "2025-10-10"),
        ("2026Q1", "2025Q4", "2026-03-31", "2025-12-31"),
        ("2026Q1", "2025Q4", "2026-05-10", "2026-02-07"),
        ("2026Q1", "2025Q1", "2025-12-22", "2024-12-22"),
        ("FY2025", "FY2024", "2025-12-31", "2024-12-31"),
    ],
)
def test_the_like_day_is_as_far_into_the_other_period(period: str, like: str, on: str, found: str) -> None:
    one, other = (CALENDAR.parse(text, date(2026, 1, 1)) for text in (period, like))
    assert like_day(one, other, date.fromisoformat(on)) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("text", "planned"),
    [
        ("2026Q1", "2026Q1"),
        ("2026-01-01..2026-01-05", "2026-01"),
        ("2026-01-01..2026-03-05", "2026Q1"),
        ("2026-01-01..2026-12-05", "FY2026"),
        ("2026-01-01..2026-05-05", "2026-01..2026-05"),
        ("2026-02..2026-03", "2026-02..2026-03"),
        ("2026-02-02..2026-03-31", None),
    ],
)
def test_quota_goes_by_whole_months(text: str, planned: str | None) -> None:
    lens = Lens(CALENDAR, AS_IT_WAS, date(2026, 2, 1))
    found = whole_months(lens, CALENDAR.parse(text, lens.on))
    assert (found.label if found.days else None) == planned


def test_a_calendar_month_that_is_no_fiscal_one_has_no_quota() -> None:
    weeks = FiscalCalendar(scheme="4-4-5", first_month=2)
    lens = Lens(weeks, AS_IT_WAS, date(2026, 3, 10))
    assert not whole_months(lens, weeks.parse("2026-03", lens.on)).days
    assert whole_months(lens, weeks.parse("this-month", lens.on)) == weeks.month_of(lens.on)


@pytest.mark.parametrize(
    ("value", "expected", "level"),
    [
        ("0", "0", "good"),
        ("-1", "0", "bad"),
        ("-0.04", "-0.05", "good"),
        ("-0.055", "-0.05", "watch"),
        ("-0.06", "-0.05", "bad"),
        ("-1", "10", "bad"),
    ],
)
def test_targets_at_and_below_zero_are_judged_too(value: str, expected: str, level: str) -> None:
    assert judge_pace(Decimal(value), Decimal(expected)) == level
