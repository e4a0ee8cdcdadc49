"""Splitting whole numbers by weights, by largest remainder, for hundreds of thousands of parts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress
from math import lcm

from salestui.model.values.exact import fraction
from salestui.model.values.rate import Rate
from salestui.planning.quotas.sheet import period_of

Weight = int | Rate

_SORTED = 2000
"""So many are sorted at once: more would keep the interpreter from everything else for too long."""
_BUCKET_BITS = 12
_ALIKE = 4
"""Where each weight is there so often on average, it is quicker to look at each once."""


def shares(total: int, weights: Sequence[int], size: int, keys: Sequence[int]) -> list[int]:
    """Split a total by weights, none of them below zero, into multiples of `size`: the parts always sum to the total.

    By largest remainder, ties to the earliest month of the leaves' `keys`, then to the first in order. What is less
    than `size` goes to the first with the largest remainder. All weights zero: evenly. A negative total is the mirror
    image of the positive one.
    """
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    if total < 0:
        return [-part for part in shares(-total, weights, size, keys)]
    unit = whole * size
    alike = Counter(weights)
    if len(alike) * _ALIKE <= len(weights):
        return _shares_alike(total, weights, size, keys, alike)
    parts: list[int] = []
    rests: list[int] = []
    for weight in weights:
        part, rest = divmod(total * weight, unit)
        parts.append(part * size)
        rests.append(rest)
    left, below_a_step = divmod(total - sum(parts), size)
    for index in largest(rests, left, unit, keys):
        parts[index] += size
    if below_a_step:
        parts[largest(rests, 1, unit, keys)[0]] += below_a_step
    return parts


def _shares_alike(
    total: int, weights: Sequence[int], size: int, keys: Sequence[int], alike: Mapping[int, int]
) -> list[int]:
    """The same where few weights differ: each is divided once, and only among those of one remainder is there a tie."""
    unit = sum(weights) * size
    part_of: dict[int, int] = {}
    with_rest: dict[int, list[int]] = {}
    for weight in alike:
        part, rest = divmod(total * weight, unit)
        part_of[weight] = part * size
        with_rest.setdefault(rest, []).append(weight)
    left, below_a_step = divmod(total - sum(part_of[weight] * count for weight, count in alike.items()), size)
    by_rest = sorted(with_rest, reverse=True)
    tied: list[int] = []
    for rest in by_rest:
        count = sum(alike[weight] for weight in with_rest[rest])
        if count > left:
            tied = with_rest[rest] if left else []
            break
        left -= count
        for weight in with_rest[rest]:
            part_of[weight] += size
    parts = list(map(part_of.__getitem__, weights))
    for index in _earliest(_places(weights, tied), left, keys):
        parts[index] += size
    if below_a_step:
        parts[_earliest(_places(weights, with_rest[by_rest[0]]), 1, keys)[0]] += below_a_step
    return parts


def _places(weights: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Where these weights are."""
    chosen = set(wanted)
    return [at for at, weight in enumerate(weights) if weight in chosen] if chosen else []


def whole_weights(weights: Sequence[Weight]) -> list[int]:
    """The same proportions in whole numbers; what is below zero has no weight."""
    if all(type(weight) is int for weight in weights):
        return [max(int(weight), 0) if isinstance(weight, int) else 0 for weight in weights]
    fractions = [fraction(weight) for weight in weights]
    common = lcm(*{denominator for _, denominator in fractions})
    return [max(numerator, 0) * (common // denominator) for numerator, denominator in fractions]


def largest(rests: Sequence[int], count: int, bound: int, keys: Sequence[int]) -> list[int]:
    """The places of the `count` largest of these numbers below `bound`, ties to the earliest month, then the first."""
    if not count:
        return []
    if len(rests) <= _SORTED:
        return sorted(range(len(rests)), key=lambda at: (-rests[at], period_of(keys[at])))[:count]
    shift = max(bound.bit_length() - _BUCKET_BITS, 0)
    in_bucket = [0] * ((bound >> shift) + 1)
    for rest in rests:
        in_bucket[rest >> shift] += 1
    last, left = len(in_bucket) - 1, count
    while in_bucket[last] < left:
        left -= in_bucket[last]
        last -= 1
    found = [at for at, rest in enumerate(rests) if rest >> shift > last]
    places = [at for at, rest in enumerate(rests) if rest >> shift == last]
    floor = last << shift
    within = [rests[at] - floor for at in places]
    if min(within) == max(within):
        return found + _earliest(places, left, keys)
    chosen = largest(within, left, 1 << shift, [keys[at] for at in places])
    return found + [places[at] for at in chosen]


def _earliest(places: Sequence[int], count: int, keys: Sequence[int]) -> list[int]:
    """The first `count` of the places, by month, then as they come."""
    periods = [period_of(keys[at]) for at in places]
    found: list[int] = []
    for period in sorted(set(periods)):
        if len(found) < count:
            found += compress(places, [other == period for other in periods])
    return found[:count]
