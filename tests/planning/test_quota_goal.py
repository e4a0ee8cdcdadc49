"""Goal seek stays within its bounds, and hits exactly or says by how much it cannot."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.rules.goal import Infeasible, Preview, seek
from salestui.planning.quotas.rules.ways import EVEN, PROPORTION, Way, profile
from salestui.planning.quotas.sheet import Hold, Leaf, Sheet, Units
from tests.support.quota_sheet import FIRST_QUARTER, LEAVES, MONTHS, YEAR, sheet, u

LOCK = Hold("lock", "", "Kim", date(2026, 1, 5))
JANUARY, FEBRUARY, MARCH = (Leaf(2, 0, month) for month in MONTHS[:3])
AMOUNTS = st.none() | st.integers(0, 10**7).map(u) | st.integers(0, 10**11)
WAYS = st.sampled_from([PROPORTION, EVEN, profile(sheet(), [1, 0, 2, 3] * 3)])


def quarter(*amounts: int) -> Sheet:
    """Ana's first quarter."""
    return sheet(dict(zip((JANUARY, FEBRUARY, MARCH), map(u, amounts), strict=True)))


@given(
    st.dictionaries(st.sampled_from(LEAVES), AMOUNTS),
    st.sets(st.sampled_from(LEAVES)),
    st.sets(st.sampled_from(LEAVES)),
    st.integers(0, 10**13),
    st.none() | st.integers(0, 2 * 10**9).map(Rate.from_units),
    WAYS,
    st.sampled_from([Amount("0.0001"), Amount(1), Amount(1000)]),
)
def test_a_goal_is_hit_within_its_bounds_or_it_is_said_by_how_much_not(
    amounts: Units, changing: set[Leaf], held: set[Leaf], wanted: int, most: Rate | None, how: Way, step: Amount
) -> None:
    found = sheet(amounts, dict.fromkeys(held, LOCK))
    total = found.units(0, YEAR) or 0
    if not changing - held:
        with pytest.raises(UsageProblem, match="None of what may change"):
            seek(found, (0, YEAR), Amount.from_units(wanted), changing, most, how, step=step)
        return
    missed: Infeasible | None = None
    preview = Preview({}, None, 0)
    try:
        preview = seek(found, (0, YEAR), Amount.from_units(wanted), changing, most, how, step=step)
    except Infeasible as refused:
        missed = refused
    if missed is not None:
        nearest = missed.nearest.units
        assert missed.short.units == abs(wanted - nearest)
        assert min(total, wanted) <= nearest <= max(total, wanted)
        wanted = nearest
        preview = seek(found, (0, YEAR), missed.nearest, changing, most, how, step=step)
    assert preview.changes.keys() <= changing - held
    for key, units in preview.changes.items():
        before = found.at(key) or 0
        assert units is not None
        assert units >= 0
        if most is not None:
            assert abs(units - before) * 10**9 <= most.units * before
    if most is not None:
        broken = [key for key, units in preview.changes.items() if ((units or 0) - (found.at(key) or 0)) % step.units]
        assert len(broken) <= 1, "what is no whole step of the goal itself goes to one quota"
    found.put_many(preview.changes)
    assert (found.units(0, YEAR) or 0) == wanted


def test_what_one_quota_cannot_take_goes_to_the_others() -> None:
    found = quarter(10, 100, 1000)
    preview = seek(found, (2, FIRST_QUARTER), Amount(1170), [JANUARY, FEBRUARY, MARCH], Rate("0.5"), EVEN)
    assert preview.changes == {JANUARY: u(15), FEBRUARY: u(128), MARCH: u(1027)}
    assert preview.largest == Decimal("0.5")
    assert preview.at_bound == 1


def test_in_proportion_every_quota_changes_by_the_same_share() -> None:
    found = quarter(100, 200, 300)
    preview = seek(found, (2, FIRST_QUARTER), Amount(660), [JANUARY, FEBRUARY, MARCH], Rate("0.1"))
    assert preview.changes == {JANUARY: u(110), FEBRUARY: u(220), MARCH: u(330)}
    assert preview.at_bound == 3
    with pytest.raises(Infeasible, match=r"661 is out of reach: it is 1 more.*Expected 660 at most") as refused:
        seek(found, (2, FIRST_QUARTER), Amount(661), [JANUARY, FEBRUARY, MARCH], Rate("0.1"))
    assert (refused.value.short, refused.value.nearest) == (Amount(1), Amount(660))


def test_a_goal_near_its_limit_stays_in_whole_steps() -> None:
    found = quarter(103, 205, 307)
    months = [JANUARY, FEBRUARY, MARCH]
    assert seek(found, (2, FIRST_QUARTER), Amount(675), months, Rate("0.1")).changes == {
        JANUARY: u(113),
        FEBRUARY: u(225),
        MARCH: u(337),
    }
    with pytest.raises(Infeasible, match=r"676 is out of reach: it is 1 more.*Expected 675 at most"):
        seek(found, (2, FIRST_QUARTER), Amount(676), months, Rate("0.1"))


def test_without_a_bound_nothing_falls_below_zero() -> None:
    found = quarter(100, 200, 300)
    assert seek(found, (2, FIRST_QUARTER), Amount(300), [JANUARY, FEBRUARY]).changes == {JANUARY: 0, FEBRUARY: 0}
    with pytest.raises(Infeasible, match=r"299 is out of reach: it is 1 less.*Expected 300 at least"):
        seek(found, (2, FIRST_QUARTER), Amount(299), [JANUARY, FEBRUARY])


def test_a_goal_that_nothing_can_change_for_is_refused() -> None:
    found = quarter(100, 200, 300)
    found.holds = {JANUARY: LOCK}
    with pytest.raises(UsageProblem, match="Ruiz, Ana Q1: None of what may change"):
        seek(found, (2, FIRST_QUARTER), Amount(1), [JANUARY, LEAVES[0]])


def test_a_goal_that_is_reached_already_changes_nothing() -> None:
    assert seek(quarter(1, 2, 3), (2, FIRST_QUARTER), Amount(6), [JANUARY]).changes == {}


def test_a_quota_out_of_nothing_has_no_share_it_changed_by() -> None:
    preview = seek(quarter(0, 0, 0), (2, FIRST_QUARTER), Amount(9), [JANUARY, FEBRUARY, MARCH])
    assert preview.changes == {JANUARY: u(3), FEBRUARY: u(3), MARCH: u(3)}
    assert preview.largest is None
