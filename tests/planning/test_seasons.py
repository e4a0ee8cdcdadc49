"""The season's shape: twelve weights that sum to exactly 100, typed or measured, and a year spread by them exactly."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem, Problem, UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.scopes import PlanScope, read_scopes
from salestui.planning.seasons.commands import (
    AddProfile,
    ProfileAt,
    add_profile,
    delete_profile,
    rename_profile,
    set_weights,
)
from salestui.planning.seasons.queries import Profile, find_profile, measure_season, read_profiles
from salestui.planning.seasons.rules import (
    HUNDRED,
    Shape,
    balanced,
    checked,
    off_by,
    parse_weights,
    spread,
    weights_of_sums,
    weights_within,
)
from salestui.store.company import FIRST_MONTH, SCHEME, read_company
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.work import StaleSave
from tests.support.companies import KIM, Builder, put_together

GOLDEN = "10 20 5 5 5 10 5 5 5 10 10 10"
WHOLE = PlanScope("company", 0, COMPANY.name)
ON = date(2026, 3, 20)


def rates(text: str) -> tuple[Rate, ...]:
    return tuple(map(Rate, text.split()))


def test_a_year_is_split_by_weight() -> None:
    parts = spread(Amount(1_200_000), parse_weights(GOLDEN))
    assert parts[:3] == (Amount(120_000), Amount(240_000), Amount(60_000))
    assert Amount.sum(parts) == Amount(1_200_000)


def test_the_months_of_a_quarter_add_up_to_the_quarter() -> None:
    calendar = FiscalCalendar(first_month=4)
    quarter = calendar.parse("2026Q2", ON)
    inside = weights_within(calendar, quarter, parse_weights(GOLDEN))
    assert inside == rates("5 5 10")
    parts = spread(Amount(100_001), inside)
    assert parts == (Amount(25_000), Amount(25_000), Amount(50_001))
    assert Amount.sum(parts) == Amount(100_001)


def test_what_does_not_divide_goes_to_the_largest_remainders_the_earliest_first() -> None:
    thirds = (*([Rate("33.333333333")] * 2), Rate("33.333333334"))
    assert spread(Amount(11), [Rate(1)] * 3) == (Amount(4), Amount(4), Amount(3))
    assert spread(Amount(100), thirds) == (Amount(33), Amount(33), Amount(34))


def test_months_by_weeks_have_their_weights_too() -> None:
    calendar = FiscalCalendar(first_month=2, scheme="4-4-5", anchor=6)
    year = calendar.parse("FY2026", ON)
    assert weights_within(calendar, year, parse_weights(GOLDEN)) == rates(GOLDEN)
    last = calendar.parse("FY2026-P12", ON)
    assert weights_within(calendar, last, parse_weights(GOLDEN)) == (Rate(10),)


WEIGHTS = st.lists(st.integers(0, 10_000), min_size=12, max_size=12)


@given(WEIGHTS.filter(any), st.integers(-(10**12), 10**12))
def test_a_spread_always_sums_to_the_whole(sums: list[int], total: int) -> None:
    shape = weights_of_sums([Amount(each) for each in sums])
    assert Rate.sum(checked(shape)) == HUNDRED
    assert Amount.sum(spread(Amount(total), shape)) == Amount(total)


@given(WEIGHTS.filter(any), st.dictionaries(st.integers(0, 11), st.integers(0, 900), max_size=11))
def test_the_rest_is_spread_so_that_all_sum_to_exactly_100(sums: list[int], typed: dict[int, int]) -> None:
    shape = list(weights_of_sums([Amount(each) for each in sums]))
    for place, weight in typed.items():
        shape[place] = Rate(Decimal(weight) / 100)
    found = balanced(shape, typed.keys())
    assert not off_by(found)
    assert all(found[place] == shape[place] for place in typed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("10 20 5 5 5 10 5 5 5 10 10 11", "sum to 101: 1 too much"),
        ("10 20 5 5 5 10 5 5 5 10 10 9.5", "sum to 99.5: 0.5 missing"),
        ("50 50", "2 weights"),
        ("", "0 weights"),
        ("10 20 5 5 5 ten 5 5 5 10 10 10", "“ten” is no weight"),
        ("10 20 5 5 5 -10 5 5 5 10 10 30", "beyond what there is"),
        ("10 20 5 5 5 1e2 5 5 5 10 10 10", "“1e2” is no weight"),
        ("10 20 5 5 5 \x1b[31m 5 5 5 10 10 10", "␛"),
    ],
)
def test_what_are_no_twelve_weights_of_100_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(UsageProblem, match="Expected") as refused:
        parse_weights(text)
    assert told in str(refused.value)


def test_weights_may_be_typed_with_commas_and_percent_signs() -> None:
    assert parse_weights(GOLDEN.replace(" ", "%, ")) == rates(GOLDEN)


@pytest.mark.parametrize("kept", [frozenset(range(12)), frozenset({0, 1})])
def test_weights_that_leave_nothing_to_spread_are_refused(kept: frozenset[int]) -> None:
    with pytest.raises(UsageProblem, match="nothing to spread"):
        balanced([Rate(60), Rate(60), *[Rate(0)] * 10], kept)


def measured(url: str, scope: PlanScope = WHOLE, years: int = 3, on: date = ON) -> Shape:
    with open_reader(parse(url)) as reader:
        company = read_company(reader)
        return measure_season(reader, Lens(company.calendar, AS_IT_WAS, on), company, scope, years)


def monthly(first: date, months: int, amount: Callable[[int], int]) -> Callable[[Builder], None]:
    """A seller who books that much on the 10th of each month; of nothing there is no sale."""

    def build(company: Builder) -> None:
        seat, ana = company.seat("West 1"), company.person("Ana")
        company.sits(ana, seat)
        for number in range(months):
            year, month = divmod(first.month - 1 + number, 12)
            day = date(first.year + year, month + 1, 10)
            if amount(number):
                company.sale(amount(number), day, (ana, seat, "primary", amount(number)))

    return build


def test_a_season_rests_on_the_last_complete_fiscal_years(database_url: str) -> None:
    put_together(
        parse(database_url), monthly(date(2023, 7, 1), 33, lambda n: 300 if (n + 6) % 12 == 11 else 100 if n % 2 else 0)
    )
    shape = measured(database_url)
    assert (shape.years, shape.months, shape.first, shape.last) == (2, 24, "2024-01", "2025-12")
    assert not shape.warning
    assert Rate.sum(shape.weights) == HUNDRED
    assert shape.weights[0] == Rate(0)
    assert shape.weights[11] == Rate("37.5")
    one = measured(database_url, years=1)
    assert (one.years, one.months) == (1, 12)
    assert "12 months only" in one.warning


def test_a_year_that_began_elsewhere_is_measured_by_its_own_months(database_url: str) -> None:
    def build(company: Builder) -> None:
        company.setting(FIRST_MONTH, 4)

    put_together(parse(database_url), build)
    put_together(parse(database_url), monthly(date(2024, 4, 1), 12, lambda n: 890 if n == 0 else 10))
    shape = measured(database_url)
    assert shape.weights == (Rate(89), *[Rate(1)] * 11)


def test_weeks_make_a_season_too(database_url: str) -> None:
    def build(company: Builder) -> None:
        company.setting(SCHEME, "4-4-5")

    put_together(parse(database_url), build)
    put_together(parse(database_url), monthly(date(2024, 1, 1), 26, lambda n: 10))
    shape = measured(database_url)
    assert shape.first == "FY2024-P01"
    assert Rate.sum(shape.weights) == HUNDRED


def test_without_a_whole_fiscal_year_the_last_twelve_months_are_taken(database_url: str) -> None:
    put_together(parse(database_url), monthly(date(2025, 2, 1), 13, lambda n: 10))
    shape = measured(database_url)
    assert (shape.years, shape.months, shape.first, shape.last) == (0, 12, "2025-03", "2026-02")


def test_too_few_months_are_refused_with_how_many_there_are(database_url: str) -> None:
    put_together(parse(database_url), monthly(date(2025, 6, 1), 10, lambda n: 10))
    with pytest.raises(DataProblem, match="needs 12 complete months of sales, and Company has 9 complete months"):
        measured(database_url)
    with pytest.raises(DataProblem, match="has 0 complete months"):
        measured(database_url, PlanScope("line", 7, "Nothing"))


@pytest.mark.parametrize("years", [0, -1, 11])
def test_a_number_of_years_that_is_none_is_refused(sqlite_url: str, years: int) -> None:
    with pytest.raises(UsageProblem, match="from 1 to 10"):
        measured(sqlite_url, years=years)


def test_a_month_in_which_more_came_back_than_went_out_is_no_ground_for_a_weight(sqlite_url: str) -> None:
    put_together(parse(sqlite_url), monthly(date(2024, 1, 1), 24, lambda n: -5 if n % 12 == 3 else 10))
    with pytest.raises(DataProblem, match="fiscal month 4 more was given back than sold"):
        measured(sqlite_url)


def profiles(url: str) -> tuple[Profile, ...]:
    with open_reader(parse(url)) as reader:
        return read_profiles(reader)


def at(profile: Profile) -> ProfileAt:
    return ProfileAt(profile.id, profile.version)


def test_a_profile_is_added_changed_renamed_dropped_and_all_of_it_undone(database_url: str) -> None:
    writer = engine(parse(database_url), write=True)
    shape = Shape(rates(GOLDEN), 2, 24, "2024-01", "2025-12")
    with work(writer, KIM, "measure") as begun:
        add_profile(begun, AddProfile(" West ", shape.weights, shape))
    (west,) = profiles(database_url)
    assert (west.name, west.kind, west.rests_on) == ("West", "measured", "2 years, 24 months, 2024-01 to 2025-12")
    assert west.weights == rates(GOLDEN)
    with work(writer, KIM, "type") as begun:
        set_weights(begun, at(west), (Rate(89), *[Rate(1)] * 11))
    with pytest.raises(StaleSave), work(writer, KIM, "late") as begun:
        set_weights(begun, at(west), shape.weights)
    (typed,) = profiles(database_url)
    assert (typed.kind, typed.rests_on, typed.weights[0]) == ("entered", "typed", Rate(89))
    with work(writer, KIM, "rename") as begun:
        rename_profile(begun, at(typed), "WEST")
    with work(writer, KIM, "drop") as begun:
        delete_profile(begun, at(profiles(database_url)[0]))
    assert not profiles(database_url)
    for _ in range(3):
        undo_last(writer, KIM)
    assert profiles(database_url)[0]._replace(version=west.version) == west
    redo_last(writer, KIM)
    assert profiles(database_url)[0].kind == "entered"
    writer.dispose()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("west", GOLDEN, "a profile “west” already"),
        ("  ", GOLDEN, "needs a name"),
        ("n" * 61, GOLDEN, "too long"),
        ("East", GOLDEN.replace("20", "21"), "1 too much"),
    ],
)
def test_a_profile_that_cannot_be_is_refused_and_nothing_changes(
    database_url: str, name: str, text: str, told: str
) -> None:
    writer = engine(parse(database_url), write=True)
    with work(writer, KIM, "add") as begun:
        add_profile(begun, AddProfile("West", rates(GOLDEN)))
    with pytest.raises(Problem, match=told), work(writer, KIM, "add") as begun:
        add_profile(begun, AddProfile(name, rates(text)))
    assert [profile.name for profile in profiles(database_url)] == ["West"]
    writer.dispose()


def test_a_profile_is_found_by_name_and_what_is_near_is_named(sqlite_url: str) -> None:
    writer = engine(parse(sqlite_url), write=True)
    with work(writer, KIM, "add") as begun:
        add_profile(begun, AddProfile("Year end", rates(GOLDEN)))
    writer.dispose()
    assert find_profile(profiles(sqlite_url), "YEAR END").name == "Year end"
    with pytest.raises(UsageProblem, match="Did you mean Year end"):
        find_profile(profiles(sqlite_url), "year ends")


def test_the_scopes_are_the_organisation_then_territories_and_lines(sqlite_url: str) -> None:
    put_together(parse(sqlite_url), lambda company: (company.line("Pumps"), monthly(ON, 1, lambda n: 5)(company))[1])
    with open_reader(parse(sqlite_url)) as reader:
        found = read_scopes(reader, ON, "Acme")
    assert [scope.key for scope in found] == ["company", "person:1", "line:1"]
