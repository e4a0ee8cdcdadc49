"""What a growth or `=ly` goes on from: a year before, what stands in while that is not over, or what is named."""

import pytest
from sqlalchemy import Engine

from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem, Problem
from salestui.model.values.rate import Rate
from salestui.planning.objectives.queries import read_objective, read_objectives
from salestui.store.database import Database, parse
from tests.planning.objective_support import (
    ON,
    build,
    commanded,
    opened,
    set_up,
    the_one,
)
from tests.support.companies import building, put_together


@pytest.fixture
def place(database_url: str) -> Database:
    """A database with that company."""
    return put_together(parse(database_url), build)


def test_a_growth_resolves_to_an_amount_and_keeps_its_rate_and_base(place: Database, writer: Engine) -> None:
    set_up(place, writer, "growth", "West", text="12.5%")
    found = the_one(place).objective
    assert (found.amount, found.growth) == (Amount(1350), Rate("0.125"))
    assert (found.base_period, found.base_amount) == ("FY2025", Amount(1200))


def test_a_growth_may_name_its_base(place: Database, writer: Engine) -> None:
    set_up(place, writer, "growth", "Ana", "2026Q2", "10% over 2026Q1-1")
    found = the_one(place).objective
    assert (found.amount, found.base_period) == (Amount(330), "2025Q4")


@pytest.mark.parametrize(
    ("kind", "text", "amount", "growth"), [("growth", "10%", 1980, Rate("0.1")), ("volume", "=ly*1.1", 1980, None)]
)
def test_next_year_goes_on_from_the_last_whole_months_and_the_base_is_kept(
    place: Database, writer: Engine, kind: str, text: str, amount: int, growth: Rate | None
) -> None:
    set_up(place, writer, kind, "company", "FY2027", text)
    for at in opened(place):
        next_year = at.lens.calendar.parse("FY2027", ON)
        (found,) = read_objectives(at.reader, at.lens, at.company, COMPANY, next_year).standings
        page = read_objective(at.reader, at.lens, at.company, found.objective.id)
        assert (found.objective.amount, found.objective.growth) == (Amount(amount), growth)
        assert (found.objective.base_period, found.objective.base_amount) == ("2025-03..2026-02", Amount(1800))
        assert found.last_year.amount == Amount.sum(month.last_year or Amount(0) for month in page.months)


@pytest.mark.parametrize(
    ("scope", "period", "text", "told"),
    [
        ("company", "FY2027", "5% over FY2026", "FY2026 is not complete: sales are known to 2026-03-20"),
        ("company", "FY2025", "5%", "FY2024 is not complete: sales are known from 2025-01-01 on"),
        ("Kim's", "FY2026", "5%", "no team, person, territory or product line"),
        ("West lead", "FY2026", "5%", "Did you mean"),
        ("Sales", "2026Q1", "5% over FY2025", "a base as long"),
        ("Sales", "2026Q1", "5% over 2026Q2", "not before 2026Q1"),
        ("Sales", "2026Q1", "five", "“five” is no growth"),
        ("Sales", "2026Q1", "-100%", "leaves nothing"),
        ("Sales", "2026Q1", "0.12", "such as 12%"),
        ("Sales", "2026Q7", "5%", "no quarter 7"),
        ("Sales", "2026-03-05", "5%", "not of whole fiscal months"),
        ("Sales", "ytd", "5%", "not of whole fiscal months"),
    ],
)
def test_a_growth_of_what_is_not_there_is_refused_with_the_reason(
    place: Database, scope: str, period: str, text: str, told: str
) -> None:
    with pytest.raises(Problem) as refused:
        commanded(place, "growth", scope, period, text)
    assert told in str(refused.value)


def test_a_growth_of_nothing_is_refused(place: Database, writer: Engine) -> None:
    with building(writer) as company:
        company.line("Valves")
    with pytest.raises(DataProblem, match="nothing to grow from: Valves has bookings of 0 in FY2025"):
        commanded(place, "growth", "Valves", "FY2026", "5%")
