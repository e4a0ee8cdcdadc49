"""What stands beside the quotas of a version: what is held, targets, and effective quotas."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salestui.cli.quota.aim import Aim
from salestui.cli.quota.place import Looked
from salestui.cli.quota.sheets import Sheets
from salestui.metrics.quota_breakdown import read_breakdown, read_effective
from salestui.model.values.amount import ZERO, Amount
from salestui.planning.quotas import levels
from salestui.planning.quotas.queries.beside import (
    read_holds,
    read_submissions,
    read_targets,
    target_key,
    target_of,
)
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.sheet import Hold, Leaf, Sheet, Units, key_of
from salestui.planning.quotas.standing import Plan

Targets = Callable[[int, int], Amount | None]
"""What is to be reached in a row and a column."""


class Theirs(NamedTuple):
    """Of the effective quotas of the seats that a person holds in the year: what is theirs, nobody's and others'."""

    own: Amount
    nobodys: Amount
    others: Amount


class Beside:
    """What goes with the rows and columns of one sheet."""

    def __init__(
        self,
        sheets: Sheets,
        holds: Mapping[Leaf, Hold],
        target: Targets,
        effective: Mapping[tuple[int, date], int],
        theirs: "Theirs | None" = None,
    ) -> None:
        """`target` by row and column; `effective` by seat and month, in units; `theirs` where a person is asked for."""
        self.theirs = theirs
        (self._sheet,), self._columns = sheets.sheets, sheets.columns
        self.holds = holds
        self._held = self._sheet.like(dict.fromkeys(holds, 1))
        self._target = target
        self._effective = self._sheet.like(_on_rows(self._sheet, effective))

    def held(self, row: int, span: int) -> int:
        """How many of the quotas behind this number are held."""
        return self._held.count(row, span)

    def mark(self, row: int, span: int) -> str:
        """What marks a number that something held is a part of."""
        return "*" if self.held(row, span) else " "

    def effective(self, row: int, span: int) -> Amount | None:
        """The effective quota; None in rows of single product lines."""
        return None if self._sheet.nodes[row].key.count(":") > 1 else self._effective.value(row, span)

    @property
    def differs(self) -> bool:
        """Whether any effective quota of the year is another than the quota as it was set."""
        year = self._columns[-1]
        return (self.theirs is not None and bool(self.theirs.nobodys or self.theirs.others)) or any(
            self.effective(row, year) not in (None, self._sheet.value(row, year))
            for row in range(len(self._sheet.nodes))
        )

    def target(self, row: int) -> Amount | None:
        """What a team, or the company at the top, is to reach in the year."""
        return self._target(row, self._columns[-1])

    @property
    def has_targets(self) -> bool:
        """Whether any row has a target."""
        return any(self.target(row) is not None for row in range(len(self._sheet.nodes)))

    def to_assign(self, row: int) -> Amount | None:
        """What of the target is yet to be given out."""
        return levels.to_assign(self._sheet.value(row, self._columns[-1]), self.target(row))

    def over_assignment(self, row: int) -> Decimal | None:
        """By which share more is given out than the target is."""
        return levels.over_assignment(self._sheet.value(row, self._columns[-1]), self.target(row))


def read_beside(at: Looked, plan: Plan, sheets: Sheets) -> Beside:
    """What stands beside a version."""
    target = _read_targets(at, plan, sheets.sheets[0], whole=at.scope.kind == "company")
    holds = read_holds(at.reader, plan.id, at.company.local)
    if at.scope.kind == "person":
        return Beside(sheets, holds, target, *_read_theirs(at, plan, sheets))
    return Beside(sheets, holds, target, read_effective(at.reader, at.company.calendar, at.year, plan.id))


def _read_theirs(at: Looked, plan: Plan, sheets: Sheets) -> tuple[dict[tuple[int, date], int], Theirs]:
    """A person's effective quotas by seat and month, and whose the rest of their seats' is."""
    effective: dict[tuple[int, date], int] = {}
    own, nobodys, others = [ZERO], [ZERO], [ZERO]
    for seat in {int(node.key.split(":")[1]) for node in sheets.nodes}:
        for part in read_breakdown(at.reader, at.company.calendar, at.year, seat=seat, plan=plan.id):
            if part.person == at.scope.id:
                key = seat, part.month.start
                effective[key] = effective.get(key, 0) + part.effective.units
            (own if part.person == at.scope.id else nobodys if part.person is None else others).append(part.effective)
    return effective, Theirs(*map(Amount.sum, (own, nobodys, others)))


def read_around(aim: Aim) -> Around:
    """What an expression can read beside the sheet: last year, the targets, and what was handed in."""
    before, plan = aim.sheet.like(aim.view.last_year), aim.view.plan
    stands = Around(
        before.value,
        before=aim.sheet.value,
        months_before=aim.view.before,
        by_last_year=ways.last_year(before, aim.view.before),
    )
    if plan is None:
        return stands
    handed: Units = {leaf: each.amount.units for leaf, each in read_submissions(aim.at.reader, plan.id).items()}
    target = _read_targets(aim.at, plan, aim.sheet, whole=True)
    submitted = aim.sheet.like(handed).value
    return stands._replace(target=target, submitted=submitted)


def _read_targets(at: Looked, plan: Plan, sheet: Sheet, *, whole: bool) -> Targets:
    """What is to be reached in a row and a column; `whole`: whether the first row is all of the company."""
    targets = read_targets(at.reader, plan, sheet.months[0], sheet.months[-1])

    def target(row: int, span: int) -> Amount | None:
        node, column = sheet.nodes[row], sheet.spans[span]
        if not node.team:
            return None
        key = target_key(node.key, sheet.months[column.first], sheet.months[column.last])
        found = target_of(targets, key, whole=whole and node.parent is None)
        return None if found is None else found.amount

    return target


def _on_rows(sheet: Sheet, effective: Mapping[tuple[int, date], int]) -> Units:
    """The amounts of seats in the first of the rows of each."""
    first: dict[int, int] = {}
    for node in sheet.nodes:
        if node.seat is not None:
            first.setdefault(node.seat, node.line)
    return {
        key_of(seat, first[seat], month.toordinal()): units
        for (seat, month), units in effective.items()
        if seat in first
    }
