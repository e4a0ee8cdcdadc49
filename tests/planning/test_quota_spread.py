"""Spreads are exact to the smallest unit, by every way, and what is held never moves."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount, split
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.rules import shares as largest_remainder
from salestui.planning.quotas.rules.entry import entry, type_in
from salestui.planning.quotas.rules.outcome import BelowZero
from salestui.planning.quotas.rules.ranges import fill, scale, spread_over
from salestui.planning.quotas.rules.shares import shares, whole_weights
from salestui.planning.quotas.rules.ways import EVEN, PROPORTION, Way, capacity, last_year, profile
from salestui.planning.quotas.sheet import Hold, Leaf, Sheet, Units
from tests.support.quota_sheet import (
    FIRST_QUARTER,
    LEAVES,
    MARCH,
    MONTHS,
    NODES,
    QUOTAS,
    SPANS,
    YEAR,
    every_sum_holds,
    sheet,
    u,
)

LOCK = Hold("lock", "agreed", "Kim", date(2026, 1, 5))
SUBMITTED = Hold("submitted", "", "Ana", date(2026, 1, 7))
CELLS = st.tuples(st.integers(0, len(NODES) - 1), st.integers(0, len(SPANS) - 1))
PLACED = st.sampled_from([int(leaf) for leaf in LEAVES])
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=12, max_size=12)
STEPS = st.sampled_from([Amount("0.0001"), Amount("0.01"), Amount(1), Amount(100)])


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with some quotas, some of them with a fraction, some missing, some held."""
    units = st.none() | st.just(0) | st.integers(0, 10**9).map(u) | st.integers(0, 10**13)
    quotas = draw(st.dictionaries(PLACED, units))
    held = draw(st.lists(st.sampled_from(LEAVES), max_size=20, unique=True))
    return sheet(quotas, {leaf: draw(st.sampled_from([LOCK, SUBMITTED])) for leaf in held})


@st.composite
def ways(draw: st.DrawFn) -> Way:
    """Every way to spread."""
    weights = draw(WEIGHTS)
    before = sheet(draw(st.dictionaries(PLACED, QUOTAS)))
    rates = st.integers(0, 10**9).map(Rate.from_units)
    by_leaf = draw(st.dictionaries(PLACED, st.integers(0, 99) | rates))
    return draw(st.sampled_from([PROPORTION, EVEN, profile(before, weights), last_year(before), capacity(by_leaf)]))


def of_row(*amounts: int | None, seat: int = 2) -> Units:
    """The first months' quotas of a seat."""
    return {Leaf(seat, 0, MONTHS[month]): None if amount is None else u(amount) for month, amount in enumerate(amounts)}


def put(on: Sheet, changes: Units) -> Sheet:
    """The sheet with the changes made."""
    made = on.copy()
    made.put_many(changes)
    return made


@given(sheets(), CELLS, st.integers(0, 10**14), ways(), STEPS)
def test_what_is_spread_is_the_sum_and_what_is_held_stays(
    found: Sheet, cell: tuple[int, int], total: int, way: Way, step: Amount
) -> None:
    before = found.copy()
    quotas = found.quotas(*cell)
    held = sum(units or 0 for key, units in quotas.items() if key in found.holds)
    free = [key for key in quotas if key not in found.holds]
    try:
        changes = spread_over(found, [cell], Amount.from_units(total), way, step=step).changes
    except UsageProblem:
        assert held > total or (not free and held != total)
    else:
        after = put(found, changes)
        assert after.units(*cell) == total or (total == 0 and not changes)
        assert not changes.keys() & found.holds.keys()
        assert every_sum_holds(after)
    assert all(found.at(leaf) == before.at(leaf) for leaf in LEAVES)


@given(st.integers(-(10**14), 10**14), st.lists(st.integers(0, 10**13), min_size=1, max_size=40), STEPS)
def test_shares_are_those_of_the_largest_remainder(total: int, weights: list[int], step: Amount) -> None:
    keys = [Leaf(number + 1, 0, MONTHS[0]) for number in range(len(weights))]
    parts = shares(total, weights, step.units, keys)
    assert parts == [part.units for part in split(Amount.from_units(total), weights, step)]


@given(st.integers(-(10**6), 10**6), st.lists(st.integers(0, 3), min_size=1, max_size=12), STEPS)
def test_shares_by_weights_of_which_many_are_alike_are_those_of_the_largest_remainder(
    total: int, weights: list[int], step: Amount
) -> None:
    many = weights * 4
    keys = [Leaf(number + 1, 0, MONTHS[0]) for number in range(len(many))]
    parts = shares(total, many, step.units, keys)
    assert parts == [part.units for part in split(Amount.from_units(total), many, step)]


PLACES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 11)), min_size=3, max_size=60)


@given(st.integers(0, 10**6), PLACES)
def test_many_shares_are_found_as_few_are(total: int, places: list[tuple[int, int]]) -> None:
    weights = [weight for weight, _ in places]
    keys = [Leaf(number + 1, 0, MONTHS[month]) for number, (_, month) in enumerate(places)]
    few = shares(total, weights, 7, keys)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(largest_remainder, "_ALIKE", 0)
        assert shares(total, weights, 7, keys) == few
        patch.setattr(largest_remainder, "_ALIKE", 100)
        patch.setattr(largest_remainder, "_SORTED", 2)
        assert shares(total, weights, 7, keys) == few


def test_ties_go_to_the_earliest_month_then_to_the_first_in_order() -> None:
    found = spread_over(sheet(), [(3, FIRST_QUARTER)], Amount(11), EVEN).changes
    assert [found[Leaf(seat, line, month)] for month in MONTHS[:3] for seat, line in ((3, 0), (4, 7), (4, 8))] == [
        u(2), u(2), u(1), *[u(1)] * 6,
    ]  # fmt: skip


def test_none_keeps_none_in_proportion_unless_everything_is_none_or_0() -> None:
    typed = entry(sheet(of_row(100, 300, None)), [(2, FIRST_QUARTER)], "800")
    assert typed.changes == of_row(200, 600)
    empty = entry(sheet(of_row(None, 0, None)), [(2, FIRST_QUARTER)], "10")
    assert empty.changes == of_row(4, 3, 3)
    assert "evenly" in empty.notes[0]


def test_a_quota_below_zero_stays_and_the_others_make_up_for_it() -> None:
    assert entry(sheet(of_row(100, -20)), [(2, FIRST_QUARTER)], "88").changes == of_row(108)
    with pytest.raises(UsageProblem, match="only quotas below zero"):
        entry(sheet(of_row(-20)), [(2, FIRST_QUARTER)], "88")


def test_a_year_by_profile_is_split_by_weight_and_within_a_month_in_proportion() -> None:
    months = [10, 20, 5, 5, 5, 5, 5, 5, 10, 10, 10, 10]
    today: Units = {leaf: u(3) if leaf.seat == 2 else u(1) for leaf in LEAVES if leaf.seat in {1, 2}}
    after = put(sheet(), {})
    after.put_many(today)
    after = put(after, spread_over(after, [(0, YEAR)], Amount(1_200_000), profile(after, months)).changes)
    found = [after.value(0, number) for number, span in enumerate(SPANS) if span.is_month]
    assert found == [Amount(12_000 * weight) for weight in months]
    assert after.value(1, 1) == Amount(30_000)
    assert after.value(2, 1) == Amount(90_000)


@given(st.integers(0, 10**10).map(u), WEIGHTS, sheets())
def test_months_and_quarters_of_a_profile_are_those_of_the_plain_split(
    total: int, weights: list[int], found: Sheet
) -> None:
    found.holds = {}
    after = put(found, spread_over(found, [(0, YEAR)], Amount.from_units(total), profile(found, weights)).changes)
    months = split(Amount.from_units(total), weights, Amount(1))
    for number, span in enumerate(SPANS):
        assert (after.value(0, number) or Amount(0)) == Amount.sum(months[span.first : span.last + 1])


def test_weights_of_nothing_are_even_and_the_answer_says_so() -> None:
    for way in (last_year(sheet()), capacity({}), profile(sheet(), [0] * 12)):
        found = spread_over(sheet(), [(2, FIRST_QUARTER)], Amount(9), way)
        assert found.changes == of_row(3, 3, 3)
        assert way.name in found.notes[0]
        assert "evenly" in found.notes[0]


def test_capacity_may_be_rates_and_last_year_below_zero_weighs_nothing() -> None:
    first, second, third = list(of_row(0, 0, 0))
    assert whole_weights([Rate("0.5"), 1, Rate("-3")]) == [10**9 // 2, 10**9, 0]
    found = spread_over(sheet(), [(2, FIRST_QUARTER)], Amount(90), capacity({first: Rate("0.5"), second: 1}))
    assert found.changes == of_row(30, 60, 0)
    before = sheet({first: u(50), second: u(-50), third: u(150)})
    assert spread_over(sheet(), [(2, FIRST_QUARTER)], Amount(80), last_year(before)).changes == of_row(20, 0, 60)


def test_what_is_held_leaves_no_room_and_it_is_said_by_how_much() -> None:
    one, two, three = map(Leaf.of, of_row(0, 0, 0))
    found = sheet(of_row(100, 200, 300), {one: LOCK, two: SUBMITTED})
    assert entry(found, [(2, FIRST_QUARTER)], "700").changes == {three: u(400)}
    with pytest.raises(UsageProblem, match="comes to 300: 50 more than the 250 wanted"):
        entry(found, [(2, FIRST_QUARTER)], "250")
    found.holds = {one: LOCK, two: LOCK, three: LOCK}
    assert entry(found, [(2, FIRST_QUARTER)], "600").changes == {}
    with pytest.raises(UsageProblem, match="comes to 600: 100 less than the 700 wanted"):
        entry(found, [(2, FIRST_QUARTER)], "700")
    with pytest.raises(UsageProblem, match=r"Everything here is locked\. Unlock some with L"):
        entry(found, [(2, FIRST_QUARTER)], "")


def test_what_stays_below_zero_leaves_more_room_beside_what_is_held() -> None:
    one, _, three = map(Leaf.of, of_row(0, 0, 0))
    found = sheet(of_row(100, -50, 20), {one: LOCK})
    assert entry(found, [(2, FIRST_QUARTER)], "60").changes == {three: u(10)}
    assert entry(found, [(2, FIRST_QUARTER)], "50").changes == {three: 0}
    with pytest.raises(UsageProblem, match="with what is below zero, comes to 50: 1 more than the 49 wanted"):
        entry(found, [(2, FIRST_QUARTER)], "49")
    with pytest.raises(UsageProblem, match="comes to 100: 40 more than the 60 wanted"):
        spread_over(found, [(2, FIRST_QUARTER)], Amount(60), EVEN)


@given(st.dictionaries(st.sampled_from(LEAVES), QUOTAS), st.sets(st.sampled_from(LEAVES)), st.integers(0, 10**13))
def test_a_total_is_refused_only_where_no_share_of_what_is_above_zero_could_make_it_up(
    quotas: Units, held: set[Leaf], more: int
) -> None:
    found = sheet(quotas, dict.fromkeys(held, LOCK))
    stays = sum(units for key, units in quotas.items() if units and (key in held or units < 0))
    open_ones = [units for key, units in quotas.items() if key not in held and units and units > 0]
    assume(open_ones)
    changes = spread_over(found, [(0, YEAR)], Amount.from_units(stays + more)).changes
    assert put(found, changes).units(0, YEAR) == stays + more
    assert not changes.keys() & held


def test_typing_at_a_locked_quota_is_refused_and_at_a_submitted_one_it_is_not() -> None:
    one, two, three = map(Leaf.of, of_row(0, 0, 0))
    found = sheet(of_row(100, 200, 300), {one: LOCK, two: SUBMITTED})
    with pytest.raises(UsageProblem, match=r"Ruiz, Ana 1 is locked by Kim since 2026-01-05: agreed\. L unlocks it"):
        entry(found, [(2, 1)], "5")
    assert entry(found, [(2, 2)], "5").changes == {two: u(5)}
    together = entry(found, [(2, 1), (2, 2), (2, 3)], "5")
    assert together.changes == {three: u(5)}
    assert together.notes == ("2 held kept theirs",)


def test_a_range_is_filled_and_what_is_held_in_it_is_not() -> None:
    one, two, three = map(Leaf.of, of_row(0, 0, 0))
    found = sheet(of_row(100, 200, 300), {two: LOCK})
    assert fill(found, [2], [1, 2, 3], "right").changes == {three: u(100)}
    assert fill(found, [2, 4], [1, 2], "down").changes == of_row(100, 200, seat=3)
    assert fill(found, [4, 2], [1], "down").changes == {one: None}
    with pytest.raises(UsageProblem, match="nothing to fill down"):
        fill(found, [2], [1, 2, 3], "down")


def test_a_range_is_scaled_so_that_its_sum_is_exact() -> None:
    found = sheet(of_row(33, 33, 33))
    after = put(found, scale(found, [(2, 1), (2, 2), (2, 3)], Rate("0.1")).changes)
    assert after.value(2, FIRST_QUARTER) == Amount(109)
    with pytest.raises(UsageProblem, match="no quota here yet"):
        scale(found, [(1, 1)], Rate("0.1"))


def test_a_range_with_a_sum_and_its_parts_counts_each_quota_once() -> None:
    found = spread_over(sheet(), [(2, FIRST_QUARTER), (2, 1), (2, MARCH)], Amount(9), EVEN)
    assert found.changes == of_row(3, 3, 3)


def test_what_would_be_below_zero_is_asked() -> None:
    found = sheet(of_row(100, 300))
    for cells, text in (([(2, 1)], "(5)"), ([(2, 1)], "-150"), ([(2, FIRST_QUARTER)], "(80)")):
        with pytest.raises(BelowZero, match=r"Below zero: Ruiz, Ana 1.*meant\?") as asked:
            entry(found, cells, text)
        allowed = entry(found, cells, text, below_zero=True).changes
        assert {leaf for leaf, units in allowed.items() if (units or 0) < 0} == set(asked.value.leaves)
    assert entry(found, [(2, FIRST_QUARTER)], "(80)", below_zero=True).changes == of_row(-20, -60)


def test_no_sum_goes_beyond_what_can_be_kept() -> None:
    found = sheet(of_row(900_000_000_000_000))
    with pytest.raises(UsageProblem, match="more than can be kept"):
        entry(found, [(1, 1)], "900000b")
    assert entry(found, [(2, 1)], "900001b").changes == of_row(900_001_000_000_000)


@given(sheets(), CELLS)
def test_a_sum_set_to_what_it_is_changes_nothing(found: Sheet, cell: tuple[int, int]) -> None:
    units = found.units(*cell)
    if units is not None and not found.is_leaf(*cell):
        assert type_in(found, {cell: units}).changes == {}


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.integers(0, 10**12))
def test_no_share_is_a_whole_step_from_its_own(weights: list[int], total: int) -> None:
    assume(any(weights))
    keys = [Leaf(number + 1, 0, MONTHS[0]) for number in range(len(weights))]
    for weight, part in zip(weights, shares(total, weights, 1, keys), strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
