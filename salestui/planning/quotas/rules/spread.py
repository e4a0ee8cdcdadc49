"""Spreading a total over quotas: those that are held keep theirs, and the rest goes over the others."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import cast

from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.leaf import paired
from salestui.planning.quotas.rules.held import HeldBack, held_named, held_words, letting_go
from salestui.planning.quotas.rules.outcome import money
from salestui.planning.quotas.rules.sellers import passed_by, seats_of, without
from salestui.planning.quotas.rules.shares import Weight, shares, whole_weights
from salestui.planning.quotas.rules.ways import PROPORTION, Way
from salestui.planning.quotas.sheet import Sheet, Units, period_of

_MANAGERS = ("manager without quota", "managers without quota")


class Spread:
    """What a spread makes of some quotas, and what is to be said of it."""

    def __init__(self, otherwise: Way | None = None) -> None:
        """`otherwise`: how to spread what is to be in proportion, where there is nothing to be in proportion to."""
        self._otherwise = otherwise
        self.wanted: Units = {}
        self.today: Units = {}
        self._notes: list[str] = []
        self._nothing: dict[tuple[str, str], set[int]] = {}
        """The seats that got nothing, by what they are called."""

    @property
    def notes(self) -> list[str]:
        """What is to be said of it."""
        nothing = [f"{len(seats):,} {_many(names, len(seats))}" for names, seats in self._nothing.items() if seats]
        return [*self._notes, *([f"{' and '.join(nothing)} got nothing"] if nothing else [])]

    def note(self, told: str) -> None:
        """Let this be said of it."""
        self._notes.append(told)

    def look_at(self, quotas: Units) -> None:
        """These quotas, which nobody else will change, are part of what it is about."""
        if self.today:
            self.today.update(quotas)
        else:
            self.today = quotas

    def over(self, sheet: Sheet, quotas: Units, total: int, way: Way, size: int, rows: Collection[int] = ()) -> None:
        """Make these quotas, which were looked at, sum to a total, all in smallest units, in multiples of `size`.

        `rows`: those it was said of; see `rules.sellers`. UsageProblem where there is nothing to spread it over, and
        where what is held leaves no room for it.
        """
        holds = sheet.holds
        held = {key: units for key, units in quotas.items() if key in holds} if holds else {}
        free = {key: units for key, units in quotas.items() if key not in held} if held else quotas
        kept = sum(units or 0 for units in held.values())
        if way is PROPORTION and _sum(quotas) == total:
            return
        if not quotas:
            raise UsageProblem("There is nothing here to spread an amount over")
        if held:
            below = sum(units for units in free.values() if units and units < 0) if way is PROPORTION else 0
            _check_room(sheet, held, total, below, free)
            self.note(f"{len(held):,} held kept theirs")
        if free and way is PROPORTION and self._otherwise is not None and not any(free.values()):
            way = self._otherwise
            self.note(f"no quota to be in proportion to: spread {way.name}")
        if free:
            parts = self._parts(self._sellers(sheet, free, way, rows), total - kept, way, size)
            if self.wanted:
                self.wanted.update(parts)
            else:
                self.wanted = parts

    def _sellers(self, sheet: Sheet, quotas: Units, way: Way, rows: Collection[int]) -> Units:
        """The quotas without those of managers who are no sellers, unless weights or what stands there tell of them."""
        if way is PROPORTION and any(quotas.values()):
            return quotas
        if way.weighs_managers and way.by_leaf is not None and any(map(way.by_leaf, quotas)):
            return quotas
        managers = passed_by(sheet, rows, quotas)
        self._nothing.setdefault(_MANAGERS, set()).update(managers)
        return without(quotas, managers)

    def _parts(self, quotas: Units, total: int, way: Way, size: int) -> Units:
        keys, today = list(quotas), list(quotas.values())
        if way.notes is not None:
            self._notes += way.notes(keys)
        if way.by_month is not None:
            return self._over_months(keys, today, total, way.by_month, size, way.name)
        if way.by_leaf is not None:
            return paired(keys, self._by_leaf(keys, total, way, way.by_leaf, size), quotas)
        return paired(keys, self._in_proportion(keys, today, total, size), quotas)

    def _by_leaf(
        self, keys: list[int], total: int, way: Way, by_leaf: Callable[[int], Weight | None], size: int
    ) -> Sequence[int | None]:
        """What has no part in it is to have no quota, unless nothing has one."""
        found = [by_leaf(key) for key in keys]
        weights = whole_weights([weight or 0 for weight in found])
        parts = shares(total, weights, size, keys)
        if not any(weights):
            self.note(f"nothing to spread {way.name}: spread evenly")
            return parts
        if None not in found:
            return parts
        inside = seats_of(key for key, weight in zip(keys, found, strict=True) if weight is not None)
        self._nothing.setdefault(way.without, set()).update(seats_of(keys) - inside)
        return [None if weight is None else part for weight, part in zip(found, parts, strict=True)]

    def _over_months(
        self,
        keys: list[int],
        today: list[int | None],
        total: int,
        by_month: Mapping[int, Weight],
        size: int,
        name: str,
    ) -> Units:
        """Split over the months by weight, and each month's share in proportion: months come out exactly."""
        places: dict[int, list[int]] = {period: [] for period in sorted({period_of(key) for key in keys})}
        for at, key in enumerate(keys):
            places[period_of(key)].append(at)
        weights = whole_weights([by_month.get(period, 0) for period in places])
        if not any(weights):
            self.note(f"nothing to spread {name}: spread evenly")
        found: Units = dict.fromkeys(keys)
        for month, inside in zip(shares(total, weights, size, list(places)), places.values(), strict=True):
            within = [keys[at] for at in inside]
            positive = [max(today[at] or 0, 0) for at in inside]
            parts: Sequence[int | None] = shares(month, positive, size, within)
            if any(positive):
                parts = [None if today[at] is None else part for at, part in zip(inside, parts, strict=True)]
            found.update(zip(within, parts, strict=True))
        return found

    def _in_proportion(self, keys: list[int], today: list[int | None], total: int, size: int) -> Sequence[int | None]:
        """What has no quota gets none, and an amount below zero stays as it is; evenly where all are None or 0."""
        weights = [units or 0 for units in today] if None in today else cast("list[int]", today)
        if min(weights) < 0:
            weights = [max(units, 0) for units in weights]
        below = sum(filter(None, today)) - sum(weights)
        if not any(weights):
            if below:
                raise UsageProblem("There are only quotas below zero here, and nothing has a share of them")
            self.note("nothing to be in proportion to: spread evenly")
            return shares(total, weights, size, keys)
        parts = shares(total - below, weights, size, keys)
        if not below and None not in today:
            return parts
        return [units if units is None or units < 0 else part for units, part in zip(today, parts, strict=True)]


def _sum(quotas: Units) -> int | None:
    known = any(units is not None for units in quotas.values())
    return sum(filter(None, quotas.values())) if known else None


def _many(names: tuple[str, str], count: int) -> str:
    return names[count != 1]


def _check_room(sheet: Sheet, held: Units, total: int, below: int, free: Units) -> None:
    """HeldBack where what is held leaves no room for the total, or nothing that could make it up.

    `below`: what stays below zero, which leaves so much more room.
    """
    stays = sum(units or 0 for units in held.values()) + below
    if stays > total or (not free and stays < total):
        gap = f"{money(abs(total - stays))} {'more' if stays > total else 'less'} than the {money(total)} wanted"
        what = f"What is {held_words(sheet.holds, held)} here ({held_named(sheet, held)})"
        how = letting_go(sheet.holds, held)
        raise HeldBack(
            f"{what}{', with what is below zero,' if below else ''} comes to {money(stays)}: {gap}",
            remedy=f"Type another amount, or {how}." if how else "Type another amount.",
        )
