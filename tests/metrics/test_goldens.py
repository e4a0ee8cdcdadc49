"""KPIs on figures whose results are known: worked examples of the field's textbooks and vendors."""

from decimal import Decimal

import pytest

from salestui.metrics.catalog import KPIS
from salestui.metrics.kpis import KpiValue, evaluate, judge_pace, to_measures
from salestui.metrics.reader import Sum
from salestui.model.values.amount import Amount
from tests.metrics.bases import basis


def money(amount: str, number: int = 1) -> Sum:
    """A sum of money and of how many."""
    return Sum(Amount(amount).units, number)


def kpi(key: str, **sums: dict[str, Sum]) -> KpiValue:
    """A KPI from sums by window."""
    return evaluate([KPIS[key]], to_measures(**sums), basis())[0]


def test_win_rate_of_45_won_and_135_lost_is_a_quarter_whatever_is_open() -> None:
    found = kpi("win_rate", so_far={"won": money("0", 45), "lost": money("0", 135)}, stock={"pipeline": money("9", 70)})
    assert (found.value, found.n) == (Decimal("0.25"), 180)


def test_attainment_of_three_months_of_50_thousand_booked_as_42_5_55_and_52_5_is_all_of_it() -> None:
    booked = Amount.sum(map(Amount, ("42500", "55000", "52500")))
    found = kpi("attainment", so_far={"bookings": Sum(booked.units, 3)}, whole={"quota": money("150000", 3)})
    assert found.value == 1


def test_coverage_of_7875_over_2625_is_three_times() -> None:
    found = kpi("coverage", due={"pipeline": money("7875", 40)}, whole={"quota": money("2625", 3)})
    assert found.value == 3


def test_coverage_leaves_out_what_is_past_its_close_date_and_says_so() -> None:
    late = {"pipeline": money("600", 6), "past_due": money("300", 3)}
    found = kpi("coverage", due=late, whole={"quota": money("200", 3)})
    assert found.value == 3
    assert found.n == 6
    assert "3 deals past the close date" in found.remark


def test_a_met_quota_needs_no_coverage() -> None:
    found = kpi("coverage", so_far={"bookings": money("200")}, due={}, whole={"quota": money("200", 3)})
    assert (found.value, found.level, found.status) == (None, "good", "quota is met")


def test_the_average_deal_leaves_out_deals_won_without_an_amount() -> None:
    found = kpi("average_deal", so_far={"won": money("1000", 12), "won_blank": money("0", 2)})
    assert found.value == 100
    assert found.n == 10


def test_the_sales_cycle_is_days_over_deals() -> None:
    assert kpi("sales_cycle", so_far={"cycle": Sum(900, 10)}).value == 90


@pytest.mark.parametrize(("now", "then", "growth"), [("120", "100", "0.2"), ("80", "100", "-0.2")])
def test_growth_is_this_over_the_same_days_a_year_ago_less_one(now: str, then: str, growth: str) -> None:
    found = kpi("growth", so_far={"bookings": money(now)}, year_ago={"bookings": money(then)})
    assert found.value == Decimal(growth)


@pytest.mark.parametrize("then", [{}, {"bookings": money("-5")}])
def test_growth_from_nothing_or_less_is_not_available(then: dict[str, Sum]) -> None:
    assert kpi("growth", so_far={"bookings": money("5")}, year_ago=then).value is None


def test_gross_margin_counts_only_sales_whose_cost_is_known() -> None:
    found = kpi("gross_margin", so_far={"bookings": money("999"), "costed": money("200"), "cost": money("150")})
    assert found.value == Decimal("0.25")


def test_no_quota_is_not_a_quota_of_nothing() -> None:
    without = kpi("attainment", so_far={"bookings": money("5")})
    nothing = kpi("attainment", so_far={"bookings": money("5")}, whole={"quota": money("0", 3)})
    assert without.denominator is None
    assert nothing.denominator == 0
    assert without.value is None
    assert nothing.value is None


def test_open_deals_without_any_amount_have_no_pipeline_amount() -> None:
    assert kpi("open_pipeline", stock={"pipeline": money("0", 7), "pipeline_blank": money("0", 7)}).value is None
    assert kpi("open_pipeline", stock={"pipeline": money("50", 7), "pipeline_blank": money("0", 6)}).value == 50


def test_fewer_than_ten_closed_deals_are_not_judged() -> None:
    few = kpi("win_rate", so_far={"won": money("0", 1), "lost": money("0", 8)})
    enough = kpi("win_rate", so_far={"won": money("0", 1), "lost": money("0", 9)})
    assert (few.level, few.n) == (None, 9)
    assert (enough.level, enough.n) == ("bad", 10)


@pytest.mark.parametrize(("value", "level"), [("50", "good"), ("49.99", "watch"), ("45", "watch"), ("44.99", "bad")])
def test_pace_is_met_watched_within_a_tenth_and_missed_below(value: str, level: str) -> None:
    assert judge_pace(Decimal(value), Decimal(50)) == level


def test_attainment_is_on_the_effective_quota_and_the_base_stands_beside_it_where_they_differ() -> None:
    planned = {"quota": money("80000", 1), "base_quota": money("100000", 1)}
    found = kpi("attainment", so_far={"bookings": money("40000")}, whole=planned)
    assert (found.value, found.base_value, found.base_quota) == (Decimal("0.5"), Decimal("0.4"), Decimal(100_000))
    assert found.remark == "40% of the base quota, 100k before ramp and relief"
    same = kpi("attainment", so_far={"bookings": money("40000")}, whole={"quota": money("8"), "base_quota": money("8")})
    assert same.remark == ""


def test_who_is_ramped_to_nothing_has_no_attainment_but_one_on_the_base() -> None:
    planned = {"quota": money("0", 1), "base_quota": money("100", 1)}
    found = kpi("attainment", so_far={"bookings": money("50")}, whole=planned)
    assert (found.value, found.status, found.base_value) == (None, "the quota is zero", Decimal("0.5"))
