"""A split loses nothing: largest remainder, ties to the earliest, in multiples of a step."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import ZERO, Amount, split
from salestui.model.values.rate import Rate

TOTALS = st.integers(-(10**14), 10**14).map(Amount.from_units)
STEPS = st.one_of(
    st.sampled_from([Amount("0.0001"), Amount("0.01"), Amount(1), Amount(1000)]),
    st.integers(1, 10**8).map(Amount.from_units),
)
WEIGHT = st.one_of(
    st.just(0),
    st.integers(0, 10**6),
    st.decimals(0, 10**6, allow_nan=False, allow_infinity=False),
    st.integers(0, 10**10).map(Amount.from_units),
    st.integers(0, 10**9).map(Rate.from_units),
)
WEIGHTS = st.lists(WEIGHT, min_size=1, max_size=24)


def as_fraction(weight: int | Decimal | Amount | Rate) -> Fraction:
    return Fraction(weight.decimal if isinstance(weight, (Amount, Rate)) else weight)


@given(total=TOTALS, weights=WEIGHTS, step=STEPS)
def test_the_parts_sum_to_the_whole(total: Amount, weights: list[int | Decimal | Amount | Rate], step: Amount) -> None:
    parts = split(total, weights, step)
    assert len(parts) == len(weights)
    assert Amount.sum(parts) == total


@given(total=TOTALS, weights=WEIGHTS, step=STEPS)
def test_every_part_is_within_two_steps_of_its_exact_share_and_all_but_one_are_whole_steps(
    total: Amount, weights: list[int | Decimal | Amount | Rate], step: Amount
) -> None:
    shares = [as_fraction(weight) for weight in weights]
    if not any(shares):
        shares = [Fraction(1)] * len(shares)
    parts = split(total, weights, step)
    uneven = [part for part in parts if part.units % step.units]
    assert len(uneven) <= 1
    for part, share in zip(parts, shares, strict=True):
        exact = total.units * share / sum(shares)
        assert abs(part.units - exact) < 2 * step.units
        if part not in uneven:
            assert abs(part.units - exact) < step.units
        if not share:
            assert part == ZERO


@given(steps=st.integers(-(10**6), 10**6), weights=WEIGHTS, step=STEPS)
def test_largest_remainders_are_rounded_up_and_ties_go_to_the_earliest(
    steps: int, weights: list[int | Decimal | Amount | Rate], step: Amount
) -> None:
    """An oracle in fractions, for totals of whole steps."""
    shares = [as_fraction(weight) for weight in weights]
    if not any(shares):
        shares = [Fraction(1)] * len(shares)
    exact = [abs(steps) * share / sum(shares) for share in shares]
    counts = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (counts[index] - exact[index], index))
    for index in by_remainder[: abs(steps) - sum(counts)]:
        counts[index] += 1
    sign = -1 if steps < 0 else 1
    assert split(step * steps, weights, step) == tuple(step * (sign * count) for count in counts)


@given(total=TOTALS, weights=WEIGHTS, step=STEPS)
def test_a_negative_total_is_the_mirror_image(
    total: Amount, weights: list[int | Decimal | Amount | Rate], step: Amount
) -> None:
    assert split(-total, weights, step) == tuple(-part for part in split(total, weights, step))


@given(total=TOTALS, weights=st.lists(st.integers(0, 100), min_size=1, max_size=12), times=st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_counts(total: Amount, weights: list[int], times: int) -> None:
    assert split(total, weights) == split(total, [weight * times for weight in weights])
    assert split(total, weights) == split(total, [Decimal(weight) / 8 for weight in weights])


def amounts(*values: int | str) -> tuple[Amount, ...]:
    return tuple(Amount(value) for value in values)


def test_a_target_of_one_point_two_million_follows_its_seasonal_profile() -> None:
    profile = [10, 20, 5, 5, 10, 10, 5, 5, 10, 5, 5, 10]
    assert split(Amount(1_200_000), profile) == amounts(
        120_000, 240_000, 60_000, 60_000, 120_000, 120_000, 60_000, 60_000, 120_000, 60_000, 60_000, 120_000
    )


def test_months_of_a_quarter_add_up_to_the_quarter_exactly() -> None:
    quarter = Amount(1_000_000)
    months = split(quarter, [1, 1, 1])
    assert months == amounts(333_334, 333_333, 333_333)
    assert Amount.sum(months) == quarter


def test_quarters_at_20_20_20_40_percent() -> None:
    weights = [Rate("0.2"), Rate("0.2"), Rate("0.2"), Rate("0.4")]
    assert split(Amount(100_000), weights) == amounts(20_000, 20_000, 20_000, 40_000)


def test_ties_go_to_the_earliest() -> None:
    assert split(Amount(2), [1, 1, 1, 1]) == amounts(1, 1, 0, 0)
    assert split(Amount(-2), [1, 1, 1, 1]) == amounts(-1, -1, 0, 0)


def test_the_largest_remainder_goes_first() -> None:
    assert split(Amount(10), [24, 26, 50]) == amounts(2, 3, 5)


def test_all_weights_zero_is_evenly() -> None:
    assert split(Amount(7), [0, Decimal(0), ZERO]) == amounts(3, 2, 2)


def test_what_is_less_than_a_step_stays_with_the_first_largest_remainder() -> None:
    assert split(Amount("10.5"), [1, 1, 1]) == amounts("4.5", 3, 3)
    assert split(Amount("10.5"), [0, 1, 0]) == amounts(0, "10.5", 0)
    assert split(Amount("0.25"), [1, 3]) == amounts(0, "0.25")


def test_pay_is_split_to_the_smallest_coin() -> None:
    assert split(Amount(100), [1, 1, 1], step=Amount("0.01")) == amounts("33.34", "33.33", "33.33")


def test_nothing_is_split_over_nobody() -> None:
    assert split(ZERO, []) == ()
    with pytest.raises(ValueError, match="nothing to split 5 over"):
        split(Amount(5), [])


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="must not be below zero, as -1 is"):
        split(Amount(5), [2, -1])


@pytest.mark.parametrize("step", [ZERO, Amount(-1)])
def test_a_step_must_be_above_zero(step: Amount) -> None:
    with pytest.raises(ValueError, match="above zero"):
        split(Amount(5), [1], step)


def test_a_float_weight_is_refused() -> None:
    weights: Any = [0.5]
    with pytest.raises(TypeError, match="takes int, Decimal, Amount or Rate"):
        split(Amount(5), weights)


def test_the_largest_amount_can_be_split() -> None:
    largest = Amount.from_units(2**63 - 1)
    assert Amount.sum(split(largest, [3, 1, 2], Amount("0.0001"))) == largest
