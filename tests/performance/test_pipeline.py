"""The pipeline of a day: the deals behind the open pipeline KPI, what they weigh, and what filters leave of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.metrics.kpis import read_kpis
from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.performance.pipeline import (
    ALL_IN,
    NOBODY,
    Filters,
    OpenDeal,
    read_pipeline,
    read_pipeline_of_account,
    worth,
)
from tests.performance.conftest import Place
from tests.support.companies import Builder, building, id_of
from tests.support.looking import looking
from tests.support.pipeline_company import TODAY
from tests.support.rich_company import build_rich

MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "2026-05", "month")


def a_deal(**changes: Any) -> OpenDeal:
    """A deal with nothing special about it."""
    plain = OpenDeal(
        id=1,
        name="Deal",
        account="Acme",
        owner="Ana",
        stage="Proposal",
        amount=Amount(100),
        probability=Rate("0.5"),
        close_on=date(2026, 5, 10),
        age=10,
        changed_on=date(2026, 5, 1),
        in_stage=5,
        late=False,
        idle=False,
        omitted=False,
    )
    return plain._replace(**changes)


@pytest.mark.parametrize("on", [None, date(2025, 8, 14), date(2024, 3, 31)])
def test_the_deals_of_every_scope_make_up_its_open_pipeline(demo_path: Path, on: date | None) -> None:
    with looking(demo_path, on=on) as at:
        for place in at.places:
            found = worth(deal for deal in read_pipeline(at.reader, at.lens, place.scope) if ALL_IN.let_in(deal))
            (kpi,) = read_kpis(at.reader, at.lens, place.scope, at.period, at.basis, ("open_pipeline",))
            assert (found.deals, found.total.decimal) == (kpi.n, kpi.numerator), place.scope.name


def test_the_deals_of_a_company_with_every_oddity_make_up_its_open_pipeline(place: Place) -> None:
    with building(place.engine) as company:
        build_rich(Builder(company.work))
    for on in (date(2026, 2, 13), date(2026, 3, 2), TODAY):
        with place.looking(on) as (reader, lens):
            found = worth(deal for deal in read_pipeline(reader, lens, COMPANY) if ALL_IN.let_in(deal))
            kept = reader.one(
                "SELECT SUM(count), SUM(total) FROM measure_company WHERE day <= :on AND ("
                "(measure = 'pipeline' AND due >= :month) OR measure = 'past_due')",
                {"on": on, "month": on.replace(day=1)},
            )
            assert kept is not None
            assert (found.deals, found.total) == (int(kept[0]), Amount.from_units(int(kept[1])))


def test_a_deal_is_shown_as_it_was_on_the_day(place: Place) -> None:
    key = place.company.imported.id
    with place.looking(date(2026, 4, 10)) as (reader, lens):
        then = {deal.id: deal for deal in read_pipeline(reader, lens, COMPANY)}
    with place.looking() as (reader, lens):
        now = {deal.id: deal for deal in read_pipeline(reader, lens, COMPANY)}
    assert key in then
    assert key not in now
    deal = now[id_of(place.company.deal)]
    assert (deal.stage, deal.probability, deal.age, deal.in_stage) == ("Discovery", Rate("0.3"), 80, 49)
    assert (deal.changed_on, deal.idle, deal.late) == (date(2026, 4, 1), True, False)
    late = now[id_of(place.company.unpriced)]
    assert (late.amount, late.late) == (None, True)


def test_the_deals_of_an_account_are_its_own(place: Place) -> None:
    with place.looking() as (reader, _):
        own = read_pipeline_of_account(reader, id_of(place.company.acme), TODAY)
        assert {deal.id for deal in own} == {place.company.deal.id, place.company.unpriced.id}
        assert read_pipeline_of_account(reader, 999, TODAY) == ()


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**9)), max_size=40))
def test_weighing_is_exact_and_rounded_once(deals: list[tuple[int, int]]) -> None:
    made = [a_deal(amount=Amount.from_units(a), probability=Rate.from_units(p)) for a, p in deals]
    exact = sum((Decimal(a) * Decimal(p) for a, p in deals), Decimal(0)) / Decimal(10**13)
    found = worth(made)
    assert abs(found.weighted.decimal - exact) <= Decimal("0.00005")
    assert found.total == Amount.from_units(sum(a for a, _ in deals))


def test_what_has_no_amount_or_probability_weighs_nothing() -> None:
    found = worth([a_deal(amount=None), a_deal(probability=None), a_deal(late=True, idle=True)])
    assert found == (3, Amount(200), Amount(50), 1, 1)


@pytest.mark.parametrize(
    ("filters", "deal", "shown"),
    [
        (ALL_IN, a_deal(), True),
        (ALL_IN, a_deal(omitted=True), False),
        (Filters(with_omitted=True), a_deal(omitted=True), True),
        (Filters(stage="Parked"), a_deal(omitted=True, stage="Parked"), True),
        (Filters(stage="Parked"), a_deal(), False),
        (Filters(owner="Ana"), a_deal(), True),
        (Filters(owner="Bo"), a_deal(), False),
        (Filters(owner=NOBODY), a_deal(owner=None), True),
        (Filters(due_in=MAY), a_deal(close_on=MAY.end), True),
        (Filters(due_in=MAY), a_deal(close_on=date(2026, 6, 1)), False),
        (Filters(due_in=MAY), a_deal(close_on=None), False),
        (Filters(larger_than=Amount(99)), a_deal(), True),
        (Filters(larger_than=Amount(100)), a_deal(), False),
        (Filters(larger_than=Amount(0)), a_deal(amount=None), False),
        (Filters(late=True), a_deal(), False),
        (Filters(late=True), a_deal(late=True), True),
        (Filters(idle=True), a_deal(), False),
        (Filters(idle=True, late=True), a_deal(late=True, idle=True), True),
    ],
)
def test_a_filter_lets_in_what_it_says(filters: Filters, deal: OpenDeal, shown: bool) -> None:
    assert filters.let_in(deal) is shown
