"""Sums are what one works out by hand from the rows: in every scope and view, over any days, on both databases."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.metrics.catalog import FLOWS, STOCKS
from salestui.metrics.reader import (
    AS_IT_WAS,
    COMPANY,
    NOTHING,
    TODAYS_TEAMS,
    Lens,
    Scope,
    Sums,
    View,
    flow,
    level,
    read_flows,
    read_flows_of_each,
    read_stocks,
    read_stocks_of_each,
    read_windows,
)
from salestui.model.values.period import Period
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import Reader, open_reader
from tests.metrics.by_hand import Oracle, something
from tests.metrics.conftest import Fresh
from tests.support.companies import Builder, building
from tests.support.examples import fewer
from tests.support.rich_company import CALENDARS, build_adjusted, build_random, random_day

VIEWS: tuple[View, ...] = (AS_IT_WAS, TODAYS_TEAMS)
BY_PERSON = ("pipeline", "past_due")


def built(database: Database, build: Callable[[Builder], None]) -> Oracle:
    """Put a company into the database, and what its numbers have to be."""
    writer = engine(database, write=True)
    with building(writer) as company:
        build(company)
    oracle = Oracle(writer)
    writer.dispose()
    return oracle


def scopes(oracle: Oracle) -> Iterator[Scope]:
    """The company, every seat as a team, every person."""
    yield COMPANY
    yield from (Scope("team", seat, "") for seat in oracle.seats)
    yield from (Scope("person", person, "") for person in oracle.people)


def assert_all_as_by_hand(reader: Reader, oracle: Oracle, lens: Lens, period: Period, due: Period | None) -> None:
    """Every way to read gives what the rows say, of every scope."""
    facts = {"team": BY_PERSON, "person": BY_PERSON, "company": STOCKS}
    for scope in scopes(oracle):
        flows = oracle.flows(lens, scope, FLOWS, period)
        stocks = oracle.stocks(lens, scope, facts[scope.kind], lens.on, due)
        assert something(read_flows(reader, lens, scope, FLOWS, period)) == flows, (scope, lens, period)
        assert something(read_stocks(reader, lens, scope, facts[scope.kind], lens.on, due)) == stocks, (
            scope,
            lens,
            due,
        )
        both = read_windows(reader, lens, scope, [flow(FLOWS, period), level(facts[scope.kind], lens.on, due)])
        assert [something(sums) for sums in both] == [flows, stocks]
        if scope.kind != "company":
            each = read_flows_of_each(reader, lens, scope.kind, FLOWS, period)
            assert something(each.get(scope.id, {})) == flows
            each = read_stocks_of_each(reader, lens, scope.kind, BY_PERSON, lens.on, due)
            assert something(each.get(scope.id, {})) == stocks


def a_period(oracle: Oracle, chance: Random) -> Period:
    """Days, or a month, quarter or year, or a stretch of months."""
    calendar, first, second = oracle.calendar, random_day(chance), random_day(chance)
    start, end = min(first, second), max(first, second)
    months = calendar.months(Period(start, end, "", "range"))
    return chance.choice(
        [
            Period(start, end, f"{start}..{end}", "range"),
            calendar.month_of(first),
            calendar.quarter_of(first),
            calendar.year_of(first),
            Period(months[0].start, months[-1].end, f"{months[0].label}..{months[-1].label}", "range"),
            calendar.quarter_of(first).cut(chance.randint(0, 95)),
        ]
    )


def look_at(database: Database, oracle: Oracle, chance: Random, times: int) -> None:
    """Compare all numbers so many times, over random days."""
    with open_reader(database) as reader:
        for _ in range(times):
            on = chance.choice([random_day(chance), *chance.sample(oracle.turning_points, 3)])
            lens = Lens(oracle.calendar, chance.choice(VIEWS), on, chance.choice([None, random_day(chance)]))
            due = chance.choice([None, a_period(oracle, chance)])
            due = due if due is not None and due.days else None
            assert_all_as_by_hand(reader, oracle, lens, a_period(oracle, chance), due)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("settings_of", CALENDARS, ids=str)
def test_the_rich_company_is_as_by_hand_around_everything_that_happens(
    fresh: Fresh, settings_of: dict[str, str | int], view: View
) -> None:
    database = fresh(settings_of)
    oracle = built(database, build_adjusted)
    with open_reader(database) as reader:
        for on in oracle.turning_points[::4]:
            quarter = oracle.calendar.quarter_of(on)
            for period in (quarter, quarter.cut(quarter.day_number(on))):
                assert_all_as_by_hand(reader, oracle, Lens(oracle.calendar, view, on), period, quarter)


@given(st.integers(0, 2**32), st.sampled_from(CALENDARS))
@fewer(3)
def test_random_companies_are_as_by_hand(fresh: Fresh, seed: int, settings_of: dict[str, str | int]) -> None:
    database, chance = fresh(settings_of), Random(seed)
    oracle = built(database, lambda company: build_random(company, chance))
    look_at(database, oracle, chance, 4)


@pytest.mark.parametrize("seed", range(3))
def test_random_companies_on_postgresql_are_as_by_hand(postgres_url: str, seed: int) -> None:
    database, chance = parse(postgres_url), Random(seed)
    oracle = built(database, lambda company: build_random(company, chance))
    look_at(database, oracle, chance, 4)


def test_the_rich_company_on_postgresql_is_as_by_hand(postgres_url: str) -> None:
    database = parse(postgres_url)
    look_at(database, built(database, build_adjusted), Random(7), 6)


@given(st.integers(0, 2**32))
@fewer(6)
def test_every_team_is_its_leader_its_people_and_the_teams_under_it(fresh: Fresh, seed: int) -> None:
    database, chance = fresh({}), Random(seed)
    oracle = built(database, lambda company: build_random(company, chance))
    on, period = random_day(chance), a_period(oracle, chance)
    lens = Lens(oracle.calendar, TODAYS_TEAMS, on)
    with open_reader(database) as reader:
        people = read_flows_of_each(reader, lens, "person", FLOWS, period)
        teams = read_flows_of_each(reader, lens, "team", FLOWS, period)
        open_people = read_stocks_of_each(reader, lens, "person", BY_PERSON, on)
        open_teams = read_stocks_of_each(reader, lens, "team", BY_PERSON, on)
        whole = read_flows(reader, lens, COMPANY, FLOWS, period)
    seat_of = {person: oracle.seat_of(person, on) for person in oracle.people}
    below = {seat: [s for s in oracle.seats if oracle.line_above(s, on)[1:2] == [seat]] for seat in oracle.seats}
    for seat in oracle.seats:
        vacant = oracle.vacant(seat, period)
        members = [people.get(person, {}) for person in oracle.people if seat_of[person] == seat]
        assert total(teams.get(seat, {})) == total(vacant, *members, *(teams.get(s, {}) for s in below[seat]))
        members = [open_people.get(person, {}) for person in oracle.people if seat_of[person] == seat]
        assert total(open_teams.get(seat, {})) == total(*members, *(open_teams.get(s, {}) for s in below[seat]))
    tops = [seat for seat in oracle.seats if len(oracle.line_above(seat, on)) == 1]
    seatless = [people.get(person, {}) for person in oracle.people if seat_of[person] is None]
    assert total(whole) == total(*(teams.get(s, {}) for s in tops), *seatless, oracle.nobodys(period))


def total(*parts: Sums) -> Sums:
    """Their sum, without what sums to nothing."""
    found: Sums = {}
    for part in parts:
        for fact, each in part.items():
            found[fact] = found.get(fact, NOTHING).plus(each)
    return something(found)


@pytest.mark.parametrize("view", VIEWS)
def test_today_of_another_day_looks_through_todays_teams(fresh: Fresh, view: View) -> None:
    database = fresh({})
    oracle = built(database, build_adjusted)
    today, then = date(2026, 3, 20), date(2026, 1, 31)
    lens = Lens(oracle.calendar, view, today).at(then)
    assert (lens.on, lens.teams_on) == (then, today if view == TODAYS_TEAMS else then)
    with open_reader(database) as reader:
        assert_all_as_by_hand(reader, oracle, lens, oracle.calendar.month_of(then), None)
