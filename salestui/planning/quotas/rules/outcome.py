"""What a rule answers: the quotas to set, and what is to be said of it; and the question it asks first."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import eq
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.sheet import Leaf, Sheet, Units

STEP = Amount(1)
"""Quotas are spread in whole currency units, unless the plan says otherwise."""
LARGEST = 2**63 - 1
_NAMED = 3


class Outcome(NamedTuple):
    """The quotas to set, only those that differ from what stands there, and notes on what was not quite as asked."""

    changes: Units
    notes: tuple[str, ...] = ()


class BelowZero(UsageProblem):
    """Quotas would be below zero. Nothing is wrong with that if it is meant: ask, and repeat with `below_zero=True`."""

    def __init__(self, names: Sequence[str], leaves: Sequence[Leaf]) -> None:
        """`names` of the first of them, then all of them."""
        others = len(leaves) - len(names)
        more = f" and {others:,} more" if others else ""
        super().__init__(f"Below zero: {', '.join(names)}{more}", remedy="Is that meant?")
        self.leaves = tuple(leaves)


def outcome(
    sheet: Sheet,
    wanted: Mapping[int, int | None],
    today: Mapping[int, int | None],
    notes: Iterable[str],
    *,
    below_zero: bool,
) -> Outcome:
    """The changes among the quotas wanted, with those of `today`.

    BelowZero unless allowed; UsageProblem beyond 64 bits.
    """
    changes = dict(wanted)
    for key in _same(wanted, today):
        del changes[key]
    most = sheet.weight + sum(map(abs, filter(None, changes.values())))
    if most > LARGEST and most - sum(abs(today[key] or 0) for key in changes) > LARGEST:
        raise too_large()
    if not below_zero and min(filter(None, changes.values()), default=0) < 0:
        below = [Leaf.of(key) for key, units in changes.items() if units and units < 0]
        raise BelowZero([sheet.name(leaf) for leaf in below[:_NAMED]], below)
    return Outcome(changes, tuple(dict.fromkeys(notes)))


def _same(wanted: Mapping[int, int | None], today: Mapping[int, int | None]) -> list[int]:
    """The leaves that are to have what they have."""
    if list(wanted) == list(today):
        return list(compress(wanted, map(eq, wanted.values(), today.values())))
    return [key for key, units in wanted.items() if units == today[key]]


def too_large() -> UsageProblem:
    """What to say where a quota or a sum of quotas would go beyond what can be kept."""
    return UsageProblem(
        "The quotas would add up to more than can be kept",
        expected=f"{LARGEST // 10**Amount.PLACES:,} in all at most",
        remedy="Type a smaller amount.",
    )


def money(units: int) -> str:
    """Smallest units as they are told: `1,200.5`."""
    from salestui.model.values import show

    return show.money(Amount.from_units(units), "full")
