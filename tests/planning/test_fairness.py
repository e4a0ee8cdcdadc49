"""Quotas beside own sales, the team, pay at target and what was reached: whom they ask too much, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest

from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens, Scope
from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.staffing import TargetPay
from salestui.model.values.amount import Amount
from salestui.planning.fairness.queries import LOW, FairnessView, read_fairness
from salestui.planning.fairness.rules import Asked, Band, equity, group_of, judge
from salestui.store.company import read_company
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building, id_of, the

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Flo")
BEFORE = (100, 100, 100, 100, 100, 200)
QUOTAS = (110, 110, 110, 110, 200, 110)


def asked(quota: int | None, before: int | None, *attained: str, earnings: int | None = None) -> Asked:
    """What is asked of somebody."""
    return Asked(
        quota=None if quota is None else Amount(quota),
        before=None if before is None else Amount(before),
        why_not="",
        earnings=None if earnings is None else Amount(earnings),
        attained=tuple(map(Decimal, attained)),
        earlier=None if before is None else Amount(before),
    )


EVERYBODY = [asked(quota, before) for quota, before in zip(QUOTAS, BEFORE, strict=True)]


def reasons(one: Asked, among: list[Asked]) -> tuple[str, ...]:
    """Why somebody stands out."""
    return judge(one, [Amount(110)], group_of(among), Band()).reasons


def test_who_is_asked_far_more_or_less_than_the_others_stands_out_with_the_reason() -> None:
    told = [reasons(one, EVERYBODY) for one in EVERYBODY]
    assert told[:4] == [(), (), (), ()]
    assert told[4] == ("asks 2.00× of own sales, others 1.10×",)
    assert told[5] == ("asks only 0.55× of own sales, others 1.10×",)


def test_nobody_stands_out_among_a_few() -> None:
    assert reasons(EVERYBODY[4], EVERYBODY[2:6]) == ()


@pytest.mark.parametrize(("earnings", "stands_out"), [(20, False), (27, False), (28, True), (18, True), (None, False)])
def test_quota_to_pay_is_healthy_within_the_band(earnings: int | None, stands_out: bool) -> None:
    assert bool(reasons(asked(110, None, earnings=earnings), [])) == stands_out


def test_who_missed_two_years_and_is_asked_more_stands_out() -> None:
    assert reasons(asked(110, 100, "0.62", "0.71"), []) == ("reached 62% and 71%, and is asked more",)
    assert reasons(asked(110, 100, "0.62", "0.81"), []) == ()
    assert reasons(asked(90, 100, "1.30", "1.25"), []) == ("reached 130% and 125%, and is asked less",)


def test_a_ratio_without_a_denominator_is_none_and_never_zero() -> None:
    verdict = judge(asked(110, 0), [Amount(110)], group_of([]), Band())
    assert (verdict.growth, verdict.to_team, verdict.to_earnings, verdict.likely) == (None, None, None, None)


def test_quotas_of_any_smallest_unit_and_any_trend_are_judged() -> None:
    low, high = Amount("100.0001"), Amount("100.0002")
    one = Asked(low, Amount(10**9), "", None, (), Amount("0.01"))
    verdict = judge(one, [low, high], group_of([one]), Band())
    assert verdict.to_team == low.decimal / Decimal("100.00015")
    assert verdict.likely is True


def test_a_team_pools_quotas_and_sales_instead_of_averaging_ratios() -> None:
    group = group_of(EVERYBODY)
    together = equity([(one, judge(one, [Amount(110)], group, Band())) for one in EVERYBODY])
    assert together.growth == Decimal(750) / Decimal(700)
    assert (together.lowest, together.highest) == (Decimal("0.55"), Decimal(2))
    assert (together.people, together.outliers, together.likely, together.judged) == (6, 2, 1, 6)


@pytest.fixture
def url(database_url: str) -> str:
    """A team whose people sold in 2025 as in `BEFORE` and are asked for 2026 as in `QUOTAS`; Gus came in July 2025."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        lead = company.seat("Head", team="Sales")
        for name, before, quota in zip((*NAMES, "Gus"), (*BEFORE, 50), (*QUOTAS, 120), strict=True):
            seat, person = company.seat(f"Rep {name}", lead), company.person(name)
            company.sits(person, seat, ("2025-07-01" if name == "Gus" else "2024-01-01", "9999-12-31"))
            company.sale(before, "2025-08-01", (person, seat, "owner", before))
            company.quota(seat, "2025-08-01", 200)
            company.quota(seat, "2026-02-01", quota)
            if name == "Ana":
                pay = TargetPay(person_id=id_of(person), base=Amount(15), variable=Amount(5))
                company.add(pay)
    writer.dispose()
    return database_url


@contextmanager
def fairness(url: str, on: str, year: str = "FY2026", scope: Scope = COMPANY) -> Iterator[FairnessView]:
    """What is read as of a day."""
    with open_reader(parse(url)) as reader:
        company = read_company(reader)
        lens = Lens(company.calendar, AS_IT_WAS, date.fromisoformat(on))
        yield read_fairness(reader, lens, scope, company.calendar.parse(year, lens.on), company)


def test_everybody_is_read_with_own_sales_pay_and_what_was_reached(url: str) -> None:
    with fairness(url, "2026-03-01") as view:
        by_name = {row.name: row for row in view.rows}
        assert view.before.label == "FY2025"
        assert [year.label for year in view.years] == ["FY2024", "FY2025"]
        ana = by_name["Ana"]
        assert ana.asked == Asked(Amount(110), Amount(100), "", Amount(20), (None, Decimal("0.5")), Amount(0))
        assert ana.verdict is not None
        assert ana.verdict.to_earnings == Decimal("5.5")
        assert [row.name for row in view.rows if row.verdict and row.verdict.reasons] == ["Ed", "Flo"]
        team = by_name["Sales"].equity
        assert team is not None
        assert (team.people, team.quota, team.growth) == (7, Amount(870), Decimal(750) / Decimal(700))


def test_who_carries_quota_only_later_in_the_year_is_there_and_not_compared(url: str) -> None:
    writer = engine(parse(url), write=True)
    head = the(writer, Seat, title="Head")
    with building(writer) as company:
        nora, seat = company.person("Nora"), company.seat("Rep Nora", head)
        company.sits(nora, seat, ("2026-05-10", "9999-12-31"))
        for month, quota in (("2026-02-01", 7), ("2026-05-01", 40), ("2026-06-01", 50)):
            company.quota(seat, month, quota)
    writer.dispose()
    with fairness(url, "2026-03-01") as view:
        (found,) = (row for row in view.rows if row.name == "Nora (from May)")
        assert found.above == next(row.key for row in view.rows if row.name == "Sales")
        assert found.asked is not None
        assert (found.asked.quota, found.asked.begins) == (Amount(90), date(2026, 5, 10))
        assert found.verdict is not None
        assert found.verdict[:4] == (None, None, None, None)
        ana = next(row for row in view.rows if row.name == "Ana")
        assert ana.verdict is not None
        assert ana.verdict.to_team == 1
        team = next(row.equity for row in view.rows if row.name == "Sales")
        assert team is not None
        assert (team.people, team.quota) == (8, Amount(960))
    with fairness(url, "2026-06-01") as view:
        assert [row.name for row in view.rows if "Nora" in row.name] == ["Nora"]


def test_who_leads_a_team_is_not_held_against_pay_for_the_team_s_number(url: str) -> None:
    writer = engine(parse(url), write=True)
    head = the(writer, Seat, title="Head")
    with building(writer) as company:
        hal = company.person("Hal")
        company.sits(hal, head, ("2024-01-01", "9999-12-31"))
        company.quota(head, "2026-02-01", 10)
        company.add(TargetPay(person_id=id_of(hal), base=Amount(100), variable=Amount(100)))
    writer.dispose()
    with fairness(url, "2026-03-01") as view:
        (leader,) = [row for row in view.rows if row.name == "Hal"]
        assert leader.verdict is not None
        assert (leader.verdict.to_earnings, leader.verdict.reasons) == (None, ())


def test_who_was_not_there_the_whole_time_is_not_compared_and_it_says_since_when(url: str) -> None:
    with fairness(url, "2026-03-01") as view:
        (gus,) = [row for row in view.rows if row.name == "Gus"]
        assert gus.asked is not None
        assert gus.verdict is not None
        assert (gus.asked.before, gus.verdict.growth) == (None, None)
        assert gus.asked.why_not == "there since 2025-07-01"


def test_who_sits_in_two_seats_is_asked_for_both_and_who_shares_one_for_none_that_can_be_told(url: str) -> None:
    writer = engine(parse(url), write=True)
    with building(writer) as company:
        head = company.named(Seat, title="Head")
        second = company.seat("Second", head)
        company.sits(company.named(Person, name="Ana"), second, ("2025-01-01", "9999-12-31"))
        company.quota(second, "2026-02-01", 90)
        company.sits(
            company.named(Person, name="Bo"), company.named(Seat, title="Rep Cy"), ("2026-01-01", "9999-12-31")
        )
    writer.dispose()
    with fairness(url, "2026-03-01") as view:
        found = {row.name: row.asked.quota for row in view.rows if row.asked is not None}
    assert found == {
        "Ana": Amount(200),
        "Bo": None,
        "Cy": None,
        "Di": Amount(110),
        "Ed": Amount(200),
        "Flo": Amount(110),
        "Gus": Amount(120),
    }


@pytest.mark.parametrize(
    ("stays", "since"),
    [
        ([("2024-01-01", "2025-05-31"), ("2025-06-01", "9999-12-31")], ""),
        ([("2024-01-01", "2025-05-31"), ("2025-06-02", "9999-12-31")], "there since 2025-06-02"),
        ([("2024-01-01", "2025-12-31"), ("2026-02-01", "9999-12-31")], ""),
        ([("2024-01-01", "2025-11-30"), ("2026-02-01", "9999-12-31")], "there since 2026-02-01"),
    ],
)
def test_who_left_and_came_back_is_compared_where_they_were_there_all_the_time(
    url: str, stays: list[tuple[str, str]], since: str
) -> None:
    writer = engine(parse(url), write=True)
    with building(writer) as company:
        eve, seat = company.person("Eve"), company.seat("Rep Eve", company.named(Seat, title="Head"))
        for stay in stays:
            company.sits(eve, seat, stay)
        company.quota(seat, "2026-02-01", 100)
        company.sale(80, "2025-03-01", (eve, seat, "owner", 80))
    writer.dispose()
    with fairness(url, "2026-03-01") as view:
        (row,) = [row for row in view.rows if row.name == "Eve"]
        assert row.asked is not None
        assert (row.asked.why_not, row.asked.before) == (since, None if since else Amount(80))


def test_a_year_that_goes_on_is_replaced_by_the_last_twelve_months(url: str) -> None:
    with fairness(url, "2025-10-15") as view:
        assert (view.before.label, view.before.end) == ("2024-10..2025-09", date(2025, 9, 30))
        assert [year.label for year in view.years] == ["FY2024"]


@pytest.mark.parametrize(("on", "year"), [("2025-10-15", "FY2026"), ("2025-08-31", "FY2026"), ("2025-12-31", "FY2026")])
def test_what_is_sold_later_than_the_day_makes_no_difference(url: str, on: str, year: str) -> None:
    with fairness(url, on, year) as view:
        stood = view
    writer = engine(parse(url), write=True)
    seat, ana = the(writer, Seat, title="Rep Ana"), the(writer, Person, name="Ana")
    with building(writer) as company:
        for later in (1, 20):
            company.sale(1000, date.fromisoformat(on) + timedelta(days=later), (ana, seat, "owner", 1000))
    writer.dispose()
    with fairness(url, on, year) as view:
        assert view == stood


def test_a_year_without_a_plan_shows_people_and_no_verdicts(url: str) -> None:
    with fairness(url, "2026-03-01", "FY2027") as view:
        assert view.plan is None
        assert all(row.verdict is None for row in view.rows)


def test_the_healthy_band_is_a_setting(url: str) -> None:
    writer = engine(parse(url), write=True)
    with building(writer) as company:
        company.setting(LOW, "5.6")
    writer.dispose()
    with fairness(url, "2026-03-01") as view:
        assert view.band == Band(Decimal("5.6"), Decimal(6))
        (ana,) = [row for row in view.rows if row.name == "Ana"]
        assert ana.verdict is not None
        assert ana.verdict.reasons == ("5.5× of pay at target 20, healthy is 5.6–6×",)
