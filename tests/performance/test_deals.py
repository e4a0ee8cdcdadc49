"""The rows behind a number make that number up, to the last unit, whoever's number it is."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from salestui.metrics.kpis import KpiValue, read_kpis
from salestui.metrics.reader import AS_IT_WAS, TODAYS_TEAMS, View
from salestui.model.values.amount import Amount
from salestui.performance.deals import Deal, read_deals
from tests.support.looking import looking


def total(deals: tuple[Deal, ...]) -> Decimal:
    """What their amounts sum to."""
    return Amount.sum(deal.amount for deal in deals if deal.amount is not None).decimal


def agrees(kpi: KpiValue, deals: tuple[Deal, ...]) -> bool:
    """Whether the rows are the ones the number was made of."""
    if kpi.id in ("bookings", "attainment", "average_deal", "open_pipeline"):
        return total(deals) == kpi.numerator
    if kpi.id == "win_rate":
        return len(deals) == kpi.denominator
    if kpi.id == "sales_cycle":
        return sum(deal.age for deal in deals if deal.age is not None) == kpi.numerator
    if kpi.id == "coverage":
        return total(tuple(deal for deal in deals if not deal.late)) == kpi.numerator
    raise AssertionError(kpi.id)


@pytest.mark.parametrize("view", [AS_IT_WAS, TODAYS_TEAMS])
@pytest.mark.parametrize(
    ("period", "on"), [("this", None), ("2024Q3", None), ("FY2024", None), ("this", date(2025, 8, 14))]
)
def test_the_rows_behind_every_number_make_it_up(demo_path: Path, view: View, period: str, on: date | None) -> None:
    ids = ("bookings", "attainment", "win_rate", "average_deal", "sales_cycle", "open_pipeline", "coverage")
    with looking(demo_path, period, on=on, view=view) as at:
        for place in at.places:
            for kpi in read_kpis(at.reader, at.lens, place.scope, at.period, at.basis, ids):
                deals = read_deals(at.reader, at.lens, place.scope, at.period, kpi.id)
                assert agrees(kpi, deals), (place.scope.name, kpi, len(deals), total(deals))


def test_the_largest_row_comes_first_and_an_overdue_one_is_marked(demo_path: Path) -> None:
    with looking(demo_path) as at:
        company = at.places[0].scope
        deals = read_deals(at.reader, at.lens, company, at.period, "coverage")
        amounts = [deal.amount.units if deal.amount else 0 for deal in deals]
        assert amounts == sorted(amounts, reverse=True)
        late = {deal.id for deal in deals if deal.late}
        assert late == {deal.id for deal in deals if deal.day is not None and deal.day < at.lens.on}
        assert late


def test_a_period_that_has_not_begun_has_no_sales_behind_it(demo_path: Path) -> None:
    with looking(demo_path, "this+1") as at:
        assert read_deals(at.reader, at.lens, at.places[0].scope, at.period, "bookings") == ()


def test_every_row_leads_to_its_deal_and_a_sale_to_the_one_it_was_booked_from(demo_path: Path) -> None:
    with looking(demo_path) as at:
        scope = at.places[0].scope
        for kpi in ("win_rate", "open_pipeline"):
            assert all(deal.deal == deal.id for deal in read_deals(at.reader, at.lens, scope, at.period, kpi))
        booked = {row.id: row.deal for row in read_deals(at.reader, at.lens, scope, at.period, "bookings")}
        kept = dict(at.reader.rows("SELECT id, opportunity_id FROM sale"))
        assert booked == {sale: kept[sale] for sale in booked}
        assert None in booked.values()
        assert any(booked.values())
