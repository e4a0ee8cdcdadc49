"""An amount spread over a team goes to sellers: who else gets nothing is said."""

from datetime import date

import pytest

from salestui.metrics.capacity import read_capacity
from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.queries.plan import read_plan_view
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.ranges import spread_over
from salestui.planning.quotas.rules.sellers import managing
from salestui.planning.quotas.rules.ways import EVEN, Way, capacity, capacity_of_seats, last_year, profile
from salestui.planning.quotas.sheet import Leaf, Sheet, Units
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building
from tests.support.quota_sheet import FIRST_QUARTER, LEAVES, MONTHS, NODES, YEAR, sheet, u

CALENDAR = FiscalCalendar()
TODAY = date(2026, 11, 20)
NEXT = CALENDAR.parse("FY2027", TODAY)
KIM, CHEN = 1, 3
EVERY: dict[int, int] = dict.fromkeys(LEAVES, 1)


def managed(quotas: Units | None = None) -> Sheet:
    """The sheet, which Kim and Chen manage."""
    made = sheet(quotas or {})
    made.managing = managing(NODES)
    return made


def years(on: Sheet, changes: Units) -> list[Amount | None]:
    """What the seats have in the year: Kim, Ruiz, Chen and the vacant one, once the changes are made."""
    after = on.copy()
    after.put_many(changes)
    return [after.value(row, YEAR) for row in (1, 2, 4, 5)]


def test_who_leads_a_team_is_known() -> None:
    assert managing(NODES) == {KIM: 1, CHEN: 4}


@pytest.mark.parametrize("way", [EVEN, capacity(EVERY), last_year(sheet()), profile(sheet(), [1] * 12)])
def test_what_is_spread_over_a_team_passes_them_by_and_says_so(way: Way) -> None:
    found = managed()
    done = spread_over(found, [(0, YEAR)], Amount(3600), way)
    assert years(found, done.changes) == [None, Amount(1200), None, Amount(2400)]
    assert "2 managers without quota got nothing" in done.notes


def test_typing_a_first_amount_passes_them_by_too() -> None:
    found = managed()
    done = entry(found, [(0, YEAR)], "3600")
    assert years(found, done.changes) == [None, Amount(1200), None, Amount(2400)]
    assert done.notes == (
        "nothing to be in proportion to: spread evenly",
        "2 managers without quota got nothing",
    )


def test_a_manager_who_carries_quota_who_sold_or_who_is_meant_has_a_part() -> None:
    carrying = managed({Leaf(KIM, 0, MONTHS[5]): u(7)})
    assert years(carrying, spread_over(carrying, [(0, YEAR)], Amount(4800), EVEN).changes)[0] == Amount(1200)
    by_sales = last_year(sheet({Leaf(CHEN, 0, MONTHS[0]): u(1), Leaf(2, 0, MONTHS[0]): u(3)}))
    selling = managed()
    done = spread_over(selling, [(0, YEAR)], Amount(4800), by_sales)
    assert years(selling, done.changes) == [None, Amount(3600), Amount(1200), None]
    assert done.notes == ("2 seats without sales then got nothing",)
    meant = managed()
    done = spread_over(meant, [(1, YEAR), (2, YEAR)], Amount(2400), EVEN)
    assert years(meant, done.changes)[:2] == [Amount(1200), Amount(1200)]
    assert done.notes == ()


def test_a_team_of_managers_alone_has_a_part() -> None:
    found = managed(dict.fromkeys([leaf for leaf in LEAVES if leaf.seat == 4], None))
    chen = spread_over(found, [(4, FIRST_QUARTER)], Amount(30), EVEN)
    assert years(found, chen.changes)[2] == Amount(30)


@pytest.fixture
def url(database_url: str) -> str:
    """A lead; Ana sells; one seat is vacant; one is planned from March; Nora comes to another in July, on a ramp."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        lead = company.seat("Head", team="Sales")
        boss, ana, nora = (company.person(name) for name in ("Lee", "Ana", "Nora"))
        company.sits(boss, lead)
        company.sits(ana, company.seat("Rep", lead))
        company.seat("Empty", lead)
        company.seat("Planned", lead, days=("2027-03-01", "9999-12-31"))
        coming = company.seat("Coming", lead)
        company.sits(nora, coming, ("2027-07-01", "9999-12-31"))
        company.ramps(nora, coming, company.ramp("Half", "0.5", "0.5"), "2027-07-01")
    writer.dispose()
    return database_url


def test_capacity_counts_planned_hires_from_their_start_and_vacant_seats_not(url: str) -> None:
    with open_reader(parse(url)) as reader:
        view = read_plan_view(reader, CALENDAR, NEXT, COMPANY, TODAY, "Acme")
        seats = {node.seat for node in view.nodes if node.seat is not None}
        shares = read_capacity(reader, CALENDAR, NEXT, seats, TODAY)
    plan = Sheet(view.nodes, view.months, view.spans, {})
    plan.managing = managing(view.nodes)
    done = spread_over(plan, [(0, YEAR)], Amount(2700), capacity_of_seats(plan, shares))
    assert done.notes == ("1 manager without quota and 1 vacant seat got nothing",)
    plan.put_many(done.changes)
    found = {node.label: plan.value(row, YEAR) for row, node in enumerate(view.nodes)}
    assert found == {
        "Sales": Amount(2700),
        "Lee, own": None,
        "Ana": Amount(1200),
        "Empty (vacant)": None,
        "Nora (from Jul)": Amount(500),
        "Planned (from Mar)": Amount(1000),
    }
