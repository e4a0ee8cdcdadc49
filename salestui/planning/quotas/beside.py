"""What a number of a plan is set against: its target, the figures handed in, and what of it is effective."""

from bisect import bisect_left
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.quota_breakdown import Breakdown
from salestui.model.values.amount import Amount
from salestui.planning.quotas import levels
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.beside import Target, TargetKey, target_key
from salestui.planning.quotas.sheet import Leaf, Sheet, Units

_YEAR = 0


class Level(NamedTuple):
    """What a sum is set against."""

    assigned: Amount | None
    target: Target | None
    submitted: Amount | None
    seats_in: int
    """How many seats have handed figures in."""
    seats: int
    assigned_in: Amount | None
    """The quotas of what was handed in."""

    @property
    def to_assign(self) -> Amount | None:
        """Target − assigned; None without a target."""
        return levels.to_assign(self.assigned, self.target and self.target.amount)

    @property
    def over(self) -> Decimal | None:
        """Over-assignment, assigned ÷ target − 1; None without a target above zero."""
        return levels.over_assignment(self.assigned, self.target and self.target.amount)

    @property
    def gap(self) -> Amount | None:
        """The quotas of what was handed in − what was handed in; None where nothing was."""
        return levels.gap(self.assigned_in, self.submitted)

    @property
    def beyond(self) -> Amount | None:
        """Target − handed in: what the people have not offered of it; None without either."""
        return None if self.submitted is None else levels.to_assign(self.submitted, self.target and self.target.amount)


class Levels:
    """What stands beside each number of a sheet; it follows the sheet as quotas are typed."""

    def __init__(self, sheet: Sheet, around: Surroundings) -> None:
        self._sheet, self._around = sheet, around
        figures: Units = {leaf: found.amount.units for leaf, found in around.submissions.items()}
        self._figures = sheet.like(figures) if figures else None
        self._seats = _seats_below(sheet, {leaf.seat for leaf in around.submissions})
        places = ((sheet.place(leaf), int(leaf)) for leaf in around.submissions)
        self._handed_in = sorted((*place, key) for place, key in places if place is not None)

    def lie_on(self, sheet: Sheet) -> None:
        """Follow a copy of the sheet from now on."""
        self._sheet = sheet

    def key(self, row: int, span: int) -> TargetKey | None:
        """Whose target of which months stands beside this number; None for rows that carry none: they are no team."""
        node, column = self._sheet.nodes[row], self._sheet.spans[span]
        if not node.team:
            return None
        return target_key(node.key, self._sheet.months[column.first], self._sheet.months[column.last])

    def target(self, row: int, span: int) -> Target | None:
        """The target of a team in a month, a quarter or the year."""
        return self._around.target(self._sheet.nodes[row], self._sheet.spans[span], self._sheet.months)

    def submitted(self, row: int, span: int) -> Amount | None:
        """The sum of what was handed in; None where nothing was."""
        return None if self._figures is None else self._figures.value(row, span)

    def at(self, row: int, span: int) -> Level:
        """All of it for a row and a column."""
        seats_in, seats = self._seats[row]
        assigned = self._sheet.value(row, span)
        submitted, quotas = self.submitted(row, span), self._quotas_handed_in(row, span)
        return Level(assigned, self.target(row, span), submitted, seats_in, seats, quotas)

    def _quotas_handed_in(self, row: int, span: int) -> Amount | None:
        """The sum of the quotas that figures were handed in for."""
        start, end = (bisect_left(self._handed_in, (edge,)) for edge in (row, self._sheet.end(row)))
        months = self._sheet.spans[span].months
        found = [self._sheet.at(key) for _, month, key in self._handed_in[start:end] if month in months]
        known = [units for units in found if units is not None]
        return Amount.from_units(sum(known)) if known else None

    def handed_in(self, row: int, span: int) -> bool:
        """Whether all quotas of a seat here were handed in; teams are never marked for it."""
        if self._figures is None or self._sheet.nodes[row].team:
            return False
        keys = self._sheet.keys(row, span)
        return bool(keys) and all(key in self._around.submissions for key in keys)

    def effective(self, row: int, span: int) -> list[Breakdown]:
        """How a seat's quotas here come to be effective, by month and person; empty where nothing adjusts them."""
        bearing, node = self._around.bearing, self._sheet.nodes[row]
        if bearing is None or node.team or not node.key.startswith("seat:") or ":" in node.key[5:]:
            return []
        seat = int(node.key[5:])
        if seat not in bearing.seats:
            return []
        amounts: dict[date, list[Amount]] = {}
        for key, units in self._sheet.quotas(row, span).items():
            if units is not None:
                amounts.setdefault(Leaf.of(key).month, []).append(Amount.from_units(units))
        return [part for month, each in amounts.items() for part in bearing.parts(seat, month, each)]

    def starts(self, row: int) -> date | None:
        """When the planned seat of a row begins; None for seats that there are."""
        _, _, seat = self._sheet.nodes[row].key.partition(":")
        return self._around.starts.get(int(seat)) if seat.isdecimal() else None


def _seats_below(sheet: Sheet, handed_in: set[int]) -> list[tuple[int, int]]:
    """For each row how many seats in it and under it have handed in, and how many have or could: held, with a quota."""
    found: list[list[int]] = [[0, 0] for _ in sheet.nodes]
    for row in range(len(sheet.nodes) - 1, -1, -1):
        node = sheet.nodes[row]
        _, _, seat = node.key.partition(":")
        if node.key.startswith("seat:") and seat.isdecimal():
            is_in, has_quota = int(seat) in handed_in, sheet.value(row, _YEAR) is not None
            found[row] = [int(is_in), int(is_in or (has_quota and not node.vacant))]
        above = node.parent
        if above is not None and (node.team or seat.isdecimal()):
            found[above] = [found[above][0] + found[row][0], found[above][1] + found[row][1]]
    return [(seats_in, seats) for seats_in, seats in found]
