"""Last year's bookings beside a plan: whole months only, and what stands in for those that are not over is said."""

from datetime import date
from decimal import Decimal

import pytest

from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.queries.plan import PlanView, read_plan_view
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.rules.ranges import spread_over
from salestui.planning.quotas.rules.ways import last_year
from salestui.planning.quotas.sheet import Sheet
from salestui.planning.sales import Ledger
from salestui.planning.year_before import YearBefore, base_before, year_before
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building

CALENDAR = FiscalCalendar()
WEEKS = FiscalCalendar(7, "4-4-5")
NEXT = CALENDAR.parse("FY2027", date(2026, 5, 20))
YEAR, NOVEMBER, DECEMBER, LAST_QUARTER = 0, 14, 15, 16


@pytest.fixture
def url(database_url: str) -> str:
    """Ana sold 100 on the first and 10 on the 25th of every month from March 2025 to 20 November 2026."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        lead = company.seat("Head", team="Sales")
        seat, ana = company.seat("Rep", lead), company.person("Ana")
        company.seat("Other rep", lead)
        company.sits(ana, seat)
        for month in range(2, 23):
            first = date(2025 + month // 12, month % 12 + 1, 1)
            company.sale(100, first, (ana, seat, "owner", 100))
            if month < 22:
                company.sale(10, first.replace(day=25), (ana, seat, "owner", 10))
    writer.dispose()
    return database_url


def seen(url: str, on: str) -> tuple[PlanView, Sheet]:
    """The plan of the next year and last year's bookings, on a day."""
    with open_reader(parse(url)) as reader:
        view = read_plan_view(reader, CALENDAR, NEXT, COMPANY, date.fromisoformat(on), "Acme")
    return view, Sheet(view.nodes, view.months, view.spans, view.last_year)


@pytest.mark.parametrize(
    ("on", "whole", "december", "period"),
    [
        ("2026-11-20", 1320, 110, "2025-11..2026-10"),
        ("2026-11-30", 1310, 110, "2025-12..2026-11"),
        ("2026-02-10", 1210, 110, "2025-02..2026-01"),
        ("2027-01-15", 1200, None, "FY2026"),
    ],
)
def test_a_month_that_is_not_over_is_stood_in_for_by_the_last_whole_one(
    url: str, on: str, whole: int, december: int | None, period: str
) -> None:
    view, before = seen(url, on)
    assert view.before.period.label == period
    assert before.value(0, YEAR) == Amount(whole)
    assert before.value(0, DECEMBER) == (None if december is None else Amount(december))


def test_what_stands_in_is_named_and_what_is_not_known_too(url: str) -> None:
    view, _ = seen(url, "2026-11-20")
    assert [view.before.named(view.spans[span].months) for span in (YEAR, 1, NOVEMBER, LAST_QUARTER)] == [
        "2025-11..2026-10",
        "",
        "2025-11",
        "2025-11..2025-12, 2026-10",
    ]
    assert view.before.notes(range(12)) == ("FY2026 is not over: Nov and Dec of FY2025 stand in",)
    assert view.before.notes(range(10)) == ()
    early, _ = seen(url, "2026-02-10")
    assert early.before.notes(range(12)) == (
        "FY2026 is not over: Feb to Dec of FY2025 stand in",
        "no sales are known of Feb of FY2025",
    )
    assert seen(url, "2027-01-15")[0].before.notes(range(12)) == ()


def test_a_spread_by_last_year_says_what_stood_in_and_gives_no_quota_to_who_sold_nothing(url: str) -> None:
    view, before = seen(url, "2026-11-20")
    plan = before.like({})
    found = spread_over(plan, [(0, YEAR)], Amount(2640), last_year(before, view.before))
    assert found.notes == (
        "FY2026 is not over: Nov and Dec of FY2025 stand in",
        "2 seats without sales then got nothing",
    )
    plan.put_many(found.changes)
    rows = {node.key: row for row, node in enumerate(view.nodes)}
    assert [plan.value(row, YEAR) for row in rows.values()] == [Amount(2640), None, Amount(2640), None]
    assert plan.value(0, DECEMBER) == Amount(220)
    spring = spread_over(plan, [(0, 1)], Amount(5), last_year(before, view.before))
    assert spring.notes == ("2 seats without sales then got nothing",)


def test_what_is_worked_out_from_last_year_has_its_shape_where_no_quota_stands(url: str) -> None:
    view, before = seen(url, "2026-11-20")
    around = Around(before.value, months_before=view.before, by_last_year=last_year(before, view.before))
    plan = before.like({})
    found = entry(plan, [(0, YEAR)], "=ly*1.1", around=around)
    assert found.notes == (
        "no quota to be in proportion to: spread by last year",
        "FY2026 is not over: Nov and Dec of FY2025 stand in",
        "2 seats without sales then got nothing",
    )
    plan.put_many(found.changes)
    booked = [before.value(0, month) for month in (1, DECEMBER)]
    assert [plan.value(0, month) for month in (1, DECEMBER)] == [
        amount and amount.scaled(Decimal("1.1"), step=Amount(1)) for amount in booked
    ]
    again = entry(plan, [(0, YEAR)], "=ly*1.2", around=around)
    assert "no quota to be in proportion to: spread by last year" not in again.notes
    evenly = entry(before.like({}), [(0, YEAR)], "2640", around=around)
    assert "no quota to be in proportion to: spread by last year" not in evenly.notes


def test_an_expression_that_reads_last_year_says_what_stood_in(url: str) -> None:
    view, before = seen(url, "2026-11-20")
    around = Around(before.value, months_before=view.before)
    found = entry(before.like({}), [(2, DECEMBER)], "=ly*1.1", around=around)
    assert [units for units in found.changes.values() if units] == [Amount(121).units]
    assert found.notes == ("FY2026 is not over: Dec of FY2025 stands in",)
    assert entry(before.like({}), [(2, 1)], "=ly*1.1", around=around).notes == ()
    assert entry(before.like({}), [(2, DECEMBER)], "=120", around=around).notes == ()


@pytest.mark.parametrize(
    ("period", "until", "base"),
    [
        ("FY2027", "2026-11-20", "2025-11..2026-10"),
        ("FY2027", "2026-12-31", "FY2026"),
        ("FY2028", "2026-11-20", "2025-11..2026-10"),
        ("2027Q3", "2026-11-20", "2026Q3"),
        ("2027Q4", "2026-11-20", "2025Q4"),
        ("2027-11", "2026-11-20", "2025-11"),
        ("2027-07..2027-12", "2026-11-20", "2025-07..2025-12"),
        ("FY2027..FY2028", "2026-11-20", "2024-01..2025-12"),
    ],
)
def test_what_a_period_goes_on_from_is_over(period: str, until: str, base: str) -> None:
    day = date.fromisoformat(until)
    assert base_before(CALENDAR, CALENDAR.parse(period, day), Ledger(None, day)).label == base


def test_a_year_of_weeks_has_months_of_its_own_that_stand_in() -> None:
    year = WEEKS.parse("FY2027", date(2026, 5, 20))
    before: YearBefore = year_before(WEEKS, year, Ledger(None, date(2026, 5, 20)))
    assert before.notes(range(12)) == ("FY2026 is not over: P11 and P12 of FY2025 stand in",)
    assert before.period.label == "FY2025-P11..FY2026-P10"
    assert base_before(WEEKS, year, Ledger(None, date(2026, 5, 20))).label == "FY2025-P11..FY2026-P10"
