"""Money: exact to four decimal places, and split without losing a unit."""

from collections.abc import Sequence
from decimal import Decimal
from math import lcm
from typing import final

from salestui.model.values.exact import Exact, fraction
from salestui.model.values.rate import Rate


@final
class Amount(Exact):
    """An amount of money, kept as a 64-bit integer of ten-thousandths; which currency is known by whoever holds it."""

    __slots__ = ()
    PLACES = 4


ZERO = Amount(0)
_ONE = Amount(1)


def split(total: Amount, weights: Sequence[int | Decimal | Amount | Rate], step: Amount = _ONE) -> tuple[Amount, ...]:
    """Split a total by weights in multiples of `step`; the parts always sum to the total.

    By largest remainder, ties to the earliest. What is less than a step goes to the first part with the largest
    remainder. All weights zero: evenly. A negative total is the mirror image of the positive one. ValueError for a
    negative weight, a step that is not above zero, and a total with nothing to split it over.
    """
    if step.units <= 0:
        raise ValueError(f"a step must be above zero, not {step}")
    shares = _whole_shares(weights)
    if not shares:
        if total:
            raise ValueError(f"there is nothing to split {total} over")
        return ()
    whole, size = sum(shares), step.units
    units = abs(total.units)
    exact = [units * share for share in shares]  # in units, times whole
    counts = [value // (whole * size) for value in exact]
    remainders = [value - count * whole * size for value, count in zip(exact, counts, strict=True)]
    by_remainder = sorted(range(len(shares)), key=lambda index: -remainders[index])
    parts = [count * size for count in counts]
    steps_left, below_a_step = divmod(units - sum(parts), size)
    for index in by_remainder[:steps_left]:
        parts[index] += size
    parts[by_remainder[0]] += below_a_step
    sign = -1 if total.units < 0 else 1
    return tuple(Amount.from_units(sign * part) for part in parts)


def _whole_shares(weights: Sequence[int | Decimal | Amount | Rate]) -> list[int]:
    fractions = [fraction(weight) for weight in weights]
    common = lcm(*(denominator for _, denominator in fractions))
    shares = [numerator * (common // denominator) for numerator, denominator in fractions]
    for weight, share in zip(weights, shares, strict=True):
        if share < 0:
            raise ValueError(f"a weight must not be below zero, as {weight} is")
    return shares if any(shares) else [1] * len(shares)
