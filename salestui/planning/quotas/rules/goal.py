"""Goal seek: a sum is to be so much, and only some of its quotas may change, each by no more than a share of itself."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.exact import fraction
from salestui.model.values.rate import Rate
from salestui.planning.quotas.leaf import distinct
from salestui.planning.quotas.rules.entry import Cell
from salestui.planning.quotas.rules.outcome import STEP, money, outcome
from salestui.planning.quotas.rules.shares import largest, shares, whole_weights
from salestui.planning.quotas.rules.ways import PROPORTION, Way
from salestui.planning.quotas.sheet import Sheet, Units, period_of

_FINE = 10**9


class Preview(NamedTuple):
    """What a goal asks of the quotas, to be looked at before it is taken."""

    changes: Units
    largest: Decimal | None
    """The largest change as a share of what stood there, 0.1 for 10%; None where a quota comes out of nothing."""
    at_bound: int
    """How many quotas changed as much as they may."""
    most: Rate | None = None
    """By what share of itself each may change; None for any amount."""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What it takes, in words."""
        if not self.changes:
            return "Nothing has to change for that"
        most = "" if self.most is None else f" of {show.percent(self.most.decimal, 1)} allowed"
        largest = "" if self.largest is None else f", the largest change {show.percent(self.largest, 1)}{most}"
        hit = f", {self.at_bound:,} as much as they may" if self.at_bound else ""
        count = "1 quota changes" if len(self.changes) == 1 else f"{len(self.changes):,} quotas change"
        return f"{count}{largest}{hit}"


class Infeasible(UsageProblem):
    """The goal is out of reach: by how much, and what is the nearest that can be reached."""

    def __init__(self, where: str, wanted: int, nearest: int) -> None:
        gap = f"{money(abs(wanted - nearest))} {'more' if wanted > nearest else 'less'}"
        super().__init__(
            f"{money(wanted)} is out of reach: it is {gap} than can be reached",
            where=where,
            expected=f"{money(nearest)} at {'most' if wanted > nearest else 'least'}",
            remedy="Let more quotas change, or let them change by more.",
        )
        self.short = Amount.from_units(abs(wanted - nearest))
        self.nearest = Amount.from_units(nearest)


def seek(
    sheet: Sheet,
    cell: Cell,
    wanted: Amount,
    changing: Collection[int],
    most: Rate | None = None,
    how: Way = PROPORTION,
    *,
    step: Amount = STEP,
) -> Preview:
    """Make the sum in a cell exactly `wanted` by changing only these leaves, none by more than `most` of its value.

    The change is spread by a way, in whole steps (without a bound in smallest units where steps do not reach); what a
    quota cannot take goes to the others. What is held does not change, and none falls below zero. Infeasible where the
    bounds do not let it in whole steps; UsageProblem where nothing of what may change is behind the cell.
    """
    row, span = cell
    quotas = sheet.quotas(row, span)
    where = f"{sheet.nodes[row].label} {sheet.spans[span].label}"
    allowed = distinct(changing)
    free = {key: units for key, units in quotas.items() if key in allowed and key not in sheet.holds}
    if not free:
        raise UsageProblem(
            "None of what may change is a part of this sum, or all of it is held",
            where=where,
            expected="quotas behind the sum that are not held",
        )
    total = sum(filter(None, quotas.values()))
    more = wanted.units - total
    if not more:
        return Preview({}, Decimal(0), 0)
    keys, rooms = list(free), [_room(units, more, most) for units in free.values()]
    sign, size = 1 if more > 0 else -1, step.units
    weights = _weights(free, how)
    given = _pour(abs(more), rooms, weights, size, keys)
    if not given and most is None:
        size = 1
        given = _pour(abs(more), rooms, weights, size, keys)
    if not given:
        reach = sum(room // size * size for room in rooms)
        raise Infeasible(where, wanted.units, total + sign * min(reach, abs(more) // size * size))
    new: Units = {key: (free[key] or 0) + sign * part for key, part in zip(keys, given, strict=True) if part}
    found = outcome(sheet, new, quotas, (), below_zero=True)
    full = sum(part > 0 and room - part < size for part, room in zip(given, rooms, strict=True))
    return Preview(found.changes, _largest_share(found.changes, quotas), full if most is not None else 0, most)


def _room(units: int | None, more: int, most: Rate | None) -> int:
    """How far a quota may go in the wanted direction."""
    value = units or 0
    down = max(value, 0)
    if most is None:
        return more if more > 0 else min(down, -more)
    numerator, denominator = fraction(most)
    bound = abs(value) * numerator // denominator
    return bound if more > 0 else min(bound, down)


def _weights(free: Units, how: Way) -> list[int]:
    if how.by_leaf is not None:
        return whole_weights([how.by_leaf(key) or 0 for key in free])
    today = [max(units or 0, 0) for units in free.values()]
    if how.by_month is None:
        return today
    sums: dict[int, int] = {}
    for key, units in zip(free, today, strict=True):
        sums[period_of(key)] = sums.get(period_of(key), 0) + units
    weight: Mapping[int, int] = dict(
        zip(sums, whole_weights([how.by_month.get(period, 0) for period in sums]), strict=True)
    )
    return [
        weight[period_of(key)] * units * _FINE // (sums[period_of(key)] or 1)
        for key, units in zip(free, today, strict=True)
    ]


def _pour(amount: int, rooms: Sequence[int], weights: Sequence[int], size: int, keys: Sequence[int]) -> list[int]:
    """Spread an amount by weight in steps, none beyond its room; nothing where steps are too coarse for that.

    What has no weight gets something only where all others are full.
    """
    steps, rest = divmod(amount, size)
    left = steps * size
    whole = [room // size * size for room in rooms]
    if sum(whole) < left:
        return []
    given = [0] * len(rooms)
    weighted = [at for at, weight in enumerate(weights) if weight and whole[at]]
    others = [at for at, weight in enumerate(weights) if not weight and whole[at]]
    for group in (weighted, others):
        left = _fill_up(left, group, given, whole, weights, size, keys)
    if rest:
        able = [room - part if room - part >= rest else -1 for room, part in zip(rooms, given, strict=True)]
        fitting = [at for at, room in enumerate(able) if room >= 0]
        if not fitting:
            return []
        heaviest = largest([weights[at] for at in fitting], 1, max(weights) + 1, [keys[at] for at in fitting])
        given[fitting[heaviest[0]]] += rest
    return given


def _fill_up(
    left: int,
    group: Sequence[int],
    given: list[int],
    rooms: Sequence[int],
    weights: Sequence[int],
    size: int,
    keys: Sequence[int],
) -> int:
    """Let the water rise in a group: whoever is full drops out, and the rest rises on. Answers what is left over."""
    while left and group:
        parts = shares(left, [weights[at] for at in group], size, [keys[at] for at in group])
        full = [at for at, part in zip(group, parts, strict=True) if part > rooms[at]]
        if not full:
            for at, part in zip(group, parts, strict=True):
                given[at] = part
            return 0
        for at in full:
            given[at] = rooms[at]
            left -= rooms[at]
        out = set(full)
        group = [at for at in group if at not in out]
    return left


def _largest_share(changes: Units, quotas: Mapping[int, int | None]) -> Decimal | None:
    if any(not quotas[key] for key in changes):
        return None
    most = Decimal(0)
    for key, units in changes.items():
        before = quotas[key] or 0
        share = Decimal(abs((units or 0) - before)) / abs(before)
        most = max(most, share)
    return most
