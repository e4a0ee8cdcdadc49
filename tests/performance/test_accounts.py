"""An account's page tells what was sold by fiscal year and what was closed, up to the day it is seen from."""

from datetime import date

import pytest

from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.performance.accounts import Sold, read_account
from salestui.performance.closed import read_closed_by, read_closed_with
from salestui.store.company import FIRST_MONTH
from tests.performance.conftest import Place
from tests.support.companies import building, id_of


def test_an_account_s_sales_are_by_fiscal_year(place: Place) -> None:
    key = id_of(place.company.acme)
    with building(place.engine) as company:
        company.setting(FIRST_MONTH, 4)
        for amount, on in ((50, "2025-04-01"), ("0.5", "2026-03-31"), (7, "2027-01-01")):
            company.sale(amount, on).account_id = key
    with place.looking() as (reader, lens):
        view = read_account(reader, lens, key)
    assert view.sold == (Sold("FY2026", Amount("50.5"), 2), Sold("FY2027", Amount(400), 1))
    assert (view.name, view.owner, view.created_on) == ("Acme [/]", "Ana [b]", date(2024, 1, 1))


def test_an_account_that_is_gone_is_told(place: Place) -> None:
    with place.looking() as (reader, lens), pytest.raises(DataProblem, match="no longer there"):
        read_account(reader, lens, 999)


def test_closed_deals_are_those_up_to_the_day(place: Place) -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30), "2026-04", "month")
    for on, found in ((date(2026, 4, 19), 0), (date(2026, 4, 20), 1)):
        with place.looking(on) as (reader, lens):
            assert len(read_closed_with(reader, lens, id_of(place.company.acme))) == found
            assert len(read_closed_by(reader, lens, id_of(place.company.ana), april)) == found
            assert read_closed_by(reader, lens, id_of(place.company.bo), april) == ()


def test_only_what_closed_in_the_period_counts_for_a_person(place: Place) -> None:
    may = Period(date(2026, 5, 1), date(2026, 5, 31), "2026-05", "month")
    with place.looking() as (reader, lens):
        assert read_closed_by(reader, lens, id_of(place.company.ana), may) == ()
