"""How an effective quota comes about is told in a line, and is what the measures count."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from salestui.metrics.quota_breakdown import Breakdown, read_breakdown, read_effective
from salestui.metrics.reader import AS_IT_WAS, NOTHING, Lens, Scope, read_flows
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import LATEST, Period
from salestui.store.company import read_company
from salestui.store.database import Database, parse
from salestui.store.quick import open_reader
from tests.metrics.conftest import Fresh
from tests.support.companies import Builder, id_of, put_together
from tests.support.rich_company import CALENDARS, build_adjusted, build_random

CALENDAR = FiscalCalendar()
JANUARY = CALENDAR.parse("2026-01", date(2026, 1, 1))


def joining(company: Builder) -> None:
    """Ana joins on 12 January at half the quota, and is relieved of a quarter of it."""
    seat, ana = company.seat("West 1"), company.person("Ana")
    company.sits(ana, seat, ("2026-01-12", LATEST))
    company.quota(seat, "2026-01-01", 6_000, company.line("Hardware"))
    company.quota(seat, "2026-01-01", 4_000)
    company.ramps(ana, seat, company.ramp("Half", "0.5"), "2026-01-12")
    company.relief(ana, seat, ("2026-01-01", "2026-02-28"), share="0.25")


def of_the_year(database: Database, person: str, period: Period) -> tuple[Breakdown, ...]:
    """Somebody's quotas, by name."""
    with open_reader(database) as reader:
        ((who,),) = reader.rows("SELECT id FROM person WHERE name = :name", {"name": person})
        return read_breakdown(reader, CALENDAR, period, person=who)


def test_a_cell_reads_in_one_line(database_url: str) -> None:
    database = put_together(parse(database_url), joining)
    (found,) = of_the_year(database, "Ana", JANUARY)
    assert found.line == (
        "base 10,000 · ramp 50% · 20 of 31 days · relief 25% (leave, approved by Kim) · effective 2,419.35"
    )
    assert found.effective + found.ramped + found.relieved == found.held


def test_a_cell_without_adjustment_has_a_short_line(fresh: Fresh) -> None:
    def plain(company: Builder) -> None:
        seat, ana = company.seat("West 1"), company.person("Ana")
        company.sits(ana, seat)
        company.quota(seat, "2026-01-01", 500)

    (found,) = of_the_year(put_together(fresh({}), plain), "Ana", JANUARY)
    assert (found.line, found.adjusted) == ("base 500 · effective 500", False)


def test_a_seats_months_tell_of_nobody_too(fresh: Fresh) -> None:
    with open_reader(put_together(fresh({}), joining)) as reader:
        nobodys, hers = read_breakdown(reader, CALENDAR, JANUARY, seat=1)
    assert (nobodys.person, nobodys.name, nobodys.days, nobodys.ramp) == (None, None, 11, Decimal(1))
    assert (hers.name, hers.days) == ("Ana", 20)
    assert nobodys.held + hers.held == hers.base == Amount(10_000)


def test_a_reason_of_several_lines_stays_in_one_and_cannot_act(fresh: Fresh) -> None:
    def nasty(company: Builder) -> None:
        joining(company)
        person, seat = company.person("Bo"), company.seat("West 2")
        company.sits(person, seat)
        company.quota(seat, "2026-01-01", 100)
        relief = company.relief(person, seat, ("2026-01-01", LATEST), share="1", lowers_team=False)
        relief.reason = "leave\n\x1b]0;owned\x07"

    (found,) = of_the_year(put_together(fresh({}), nasty), "Bo", JANUARY)
    assert found.line.isprintable()
    assert found.line.endswith("approved by Kim; the team's number stays) · effective 0")


def test_a_drafts_quotas_are_told_of_as_well(fresh: Fresh) -> None:
    plans: list[int] = []

    def drafted(company: Builder) -> None:
        joining(company)
        plan = company.named(QuotaPlan)
        plan.state = "draft"
        plans.append(id_of(plan))

    with open_reader(put_together(fresh({}), drafted)) as reader:
        assert read_breakdown(reader, CALENDAR, JANUARY, seat=1) == ()
        assert len(read_breakdown(reader, CALENDAR, JANUARY, seat=1, plan=plans[0])) == 2


@pytest.mark.parametrize(("settings", "seed"), [({}, None), *((each, 1) for each in CALENDARS), (CALENDARS[2], 2)])
def test_breakdowns_are_what_the_measures_count(fresh: Fresh, settings: dict[str, str | int], seed: int | None) -> None:
    def build(company: Builder) -> None:
        if seed is None:
            build_adjusted(company)
        else:
            build_random(company, Random(seed))

    with open_reader(put_together(fresh(settings), build)) as reader:
        calendar = read_company(reader).calendar
        lens = Lens(calendar, AS_IT_WAS, date(2026, 3, 20))
        for (person,) in reader.rows("SELECT id FROM person"):
            for month in calendar.months(calendar.year_of(date(2026, 2, 10))):
                found = read_breakdown(reader, calendar, month, person=person)
                sums = read_flows(reader, lens, Scope("person", person, ""), ("quota", "base_quota"), month)
                assert sum(each.effective.units for each in found) == sums.get("quota", NOTHING).total
                assert sum(each.held.units for each in found) == sums.get("base_quota", NOTHING).total


@pytest.mark.parametrize("settings", CALENDARS)
def test_the_effective_quotas_of_a_version_are_those_of_its_breakdown(
    fresh: Fresh, settings: dict[str, str | int]
) -> None:
    def reduced(seed: int) -> bool:
        return effective_is_broken_down(
            put_together(fresh(settings), lambda company: build_random(company, Random(seed)))
        )

    assert True in list(map(reduced, range(8)))


def test_the_effective_quotas_of_a_version_are_the_same_in_both_databases(database_url: str) -> None:
    assert effective_is_broken_down(put_together(parse(database_url), build_adjusted))


def effective_is_broken_down(database: Database) -> bool:
    """Hold the effective quotas of each version to what its breakdowns add up to; whether any is reduced at all."""
    reduced = False
    with open_reader(database) as reader:
        calendar = read_company(reader).calendar
        for plan, fiscal_year in reader.rows("SELECT id, fiscal_year FROM quota_plan"):
            year = calendar.parse(f"FY{fiscal_year}", date(2026, 1, 1))
            expected: dict[tuple[int, date], int] = {}
            for part in read_breakdown(reader, calendar, year, plan=plan):
                key = (part.seat, part.month.start)
                expected[key] = expected.get(key, 0) + part.effective.units
                reduced = reduced or part.effective != part.held
            found = read_effective(reader, calendar, year, plan)
            assert found == expected
            assert all(type(units) is int for units in found.values())
    return reduced
