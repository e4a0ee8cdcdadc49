"""Saving what was typed into a quota plan, as one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import repeat
from operator import and_

from sqlalchemy import select

from salestui.metrics.closing import refuse_closed
from salestui.model.tables.history import Change
from salestui.model.tables.quotas import QuotaCell, QuotaSubmission
from salestui.model.values.amount import Amount
from salestui.planning.quotas.commands import many
from salestui.planning.quotas.commands.latest import latest_of
from salestui.planning.quotas.commands.locks import Locked, QuotasLocked, locks_of
from salestui.planning.quotas.commands.plans import refuse_unknown, tell, the_draft
from salestui.planning.quotas.leaf import MONTH
from salestui.planning.quotas.sheet import Leaf
from salestui.store.trace import parts, table_of
from salestui.store.work import StaleSave, Work

_MANY = 500
"""From so many quotas on the database itself compares and writes them."""


@dataclass(frozen=True)
class Edit:
    """A quota to save: the amount, and the one that stood in the plan when it was typed."""

    leaf: Leaf
    amount: Amount | None
    base: Amount | None


@dataclass(frozen=True)
class SetQuotas:
    """Quotas to save together in one plan, each leaf once."""

    plan: int
    edits: Sequence[Edit]
    story: Sequence[str] = ()
    """How it came to that: a line for each step that was made, kept in the change's reason below its summary."""
    over: Collection[int] = ()
    """The leaves whose figures from below were known when they were typed: over these alone others are saved."""


@dataclass(frozen=True)
class Conflict:
    """A quota that somebody else has changed, or handed in a figure for, since it was typed."""

    leaf: Leaf
    mine: Amount | None
    theirs: Amount | None
    base: Amount | None
    who: str = ""
    """Who changed it last, or handed it in."""
    at: datetime | None = None
    handed_in: bool = False


class QuotasMovedOn(StaleSave):
    """Others have changed some of the quotas meanwhile, or handed them in; nothing was saved."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        these = "1 quota was" if len(conflicts) == 1 else f"{len(conflicts)} quotas were"
        handed_in = sum(conflict.handed_in for conflict in conflicts)
        how = "handed in" if handed_in == len(conflicts) else "changed or handed in" if handed_in else "changed"
        super().__init__(f"{these} {how} by somebody else meanwhile", remedy="Choose whose stand, then save again.")
        self.conflicts = tuple(conflicts)

    def at_clock(self, local: Callable[[datetime], datetime]) -> "QuotasMovedOn":
        """The same with every moment by another clock."""
        return QuotasMovedOn([each if each.at is None else replace(each, at=local(each.at)) for each in self.conflicts])


def set_quotas(work: Work, command: SetQuotas) -> int:
    """Save quotas in a draft; answers how many changed.

    QuotasMovedOn where others changed or handed in some, QuotasLocked where some are locked, DataProblem where some
    are of closed months: nothing is saved.
    """
    edits = command.edits
    if len(edits) >= _MANY:
        amounts = {int(edit.leaf): _units(edit.amount) for edit in edits}
        base = {int(edit.leaf): _units(edit.base) for edit in edits}
        return set_units(work, command.plan, amounts, base, command.story, command.over)
    refuse_unknown(work, the_draft(work, command.plan), [edit.leaf for edit in edits])
    changed = _set_few(work, command)
    if changed:
        tell(work, command.story)
    return changed


def set_units(
    work: Work,
    plan_id: int,
    amounts: Mapping[int, int | None],
    base: Mapping[int, int | None],
    story: Sequence[str] = (),
    over: Collection[int] = (),
) -> int:
    """The same for quotas in smallest units by leaf, of which there may be hundreds of thousands."""
    if len(amounts) < _MANY:
        edits = [Edit(Leaf.of(key), _amount(units), _amount(base[key])) for key, units in amounts.items()]
        return set_quotas(work, SetQuotas(plan_id, edits, story, over))
    refuse_unknown(work, the_draft(work, plan_id), amounts)
    leaves, after = list(amounts), list(amounts.values())
    changed = _write_many(work, plan_id, leaves, after, list(map(base.__getitem__, leaves)), over)
    if changed:
        tell(work, story)
    return changed


def put_quotas(work: Work, plan_id: int, amounts: Sequence[tuple[Leaf, Amount | None]]) -> int:
    """Set quotas over whatever stands there; QuotasLocked where some are locked."""
    there = _standing(work, plan_id, amounts)
    edits = [Edit(leaf, amount, there[leaf].amount if leaf in there else None) for leaf, amount in amounts]
    return set_quotas(work, SetQuotas(plan_id, edits, over={leaf for leaf, _ in amounts}))


def _set_few(work: Work, command: SetQuotas) -> int:
    there = _standing(work, command.plan, [(edit.leaf, edit.amount) for edit in command.edits])
    now = {edit.leaf: there[edit.leaf].amount if edit.leaf in there else None for edit in command.edits}
    conflicts = [
        Conflict(edit.leaf, edit.amount, now[edit.leaf], edit.base)
        for edit in command.edits
        if now[edit.leaf] not in (edit.base, edit.amount)
    ]
    if conflicts:
        raise QuotasMovedOn(_told(work, command.plan, conflicts))
    changed = [edit for edit in command.edits if now[edit.leaf] != edit.amount]
    figures = _figures(work, command.plan, {edit.leaf.seat for edit in changed})
    handed_in = [
        Conflict(edit.leaf, edit.amount, now[edit.leaf], edit.base, *figures[edit.leaf], handed_in=True)
        for edit in changed
        if edit.leaf in figures and edit.leaf not in command.over
    ]
    if handed_in:
        raise QuotasMovedOn(handed_in)
    locks = locks_of(work, command.plan, {edit.leaf.seat for edit in changed})
    held = [locks[edit.leaf] for edit in changed if edit.leaf in locks]
    if held:
        raise QuotasLocked(held)
    _refuse_closed(work, (edit.leaf for edit in changed))
    for edit in changed:
        if edit.leaf in there:
            there[edit.leaf].amount = edit.amount
        else:
            work.session.add(
                QuotaCell(
                    plan_id=command.plan,
                    seat_id=edit.leaf.seat,
                    line_id=edit.leaf.line or None,
                    month=edit.leaf.month,
                    amount=edit.amount,
                )
            )
    work.session.flush()
    return len(changed)


def _write_many(
    work: Work,
    plan_id: int,
    leaves: Sequence[int],
    after: Sequence[int | None],
    base: Sequence[int | None],
    over: Collection[int],
) -> int:
    _refuse_closed(work, {leaf & MONTH for leaf, new, old in zip(leaves, after, base, strict=True) if new != old})
    with many.typed(work, plan_id, leaves, after, base) as typed:
        conflicts = [Conflict(leaf, mine, theirs, base) for leaf, mine, theirs, base in many.conflicts(work, typed)]
        if conflicts:
            raise QuotasMovedOn(_told(work, plan_id, conflicts))
        handed_in = [
            Conflict(leaf, mine, theirs, base, who, at, handed_in=True)
            for leaf, mine, theirs, base, who, at in many.handed_in(work, plan_id, typed)
            if leaf not in over
        ]
        if handed_in:
            raise QuotasMovedOn(handed_in)
        held = [Locked(*row) for row in many.locked(work, plan_id, typed)]
        if held:
            raise QuotasLocked(held)
        return many.write(work, plan_id, typed)


def _told(work: Work, plan_id: int, conflicts: Sequence[Conflict]) -> list[Conflict]:
    """The same with who changed each quota, and when."""
    latest = latest_of(work, plan_id, [conflict.leaf for conflict in conflicts])
    return [
        conflict
        if conflict.leaf not in latest
        else replace(conflict, who=latest[conflict.leaf].who, at=latest[conflict.leaf].at)
        for conflict in conflicts
    ]


def _figures(work: Work, plan_id: int, seats: Collection[int]) -> dict[Leaf, tuple[str, datetime]]:
    """The leaves of some seats that figures were handed in for: by whom and when."""
    row, change = table_of(QuotaSubmission).c, table_of(Change).c
    found: dict[Leaf, tuple[str, datetime]] = {}
    for part in parts(sorted(seats)):
        statement = (
            select(row.seat_id, row.line_id, row.month, change.actor, change.at)
            .join_from(table_of(QuotaSubmission), table_of(Change), change.id == row.change_id)
            .where(row.plan_id == plan_id, row.seat_id.in_(part))
        )
        for seat, line, month, who, at in work.session.connection().execute(statement):
            found[Leaf(seat, line or 0, month)] = who, at
    return found


def _refuse_closed(work: Work, leaves: Iterable[int]) -> None:
    """DataProblem where one of the leaves is of a closed month."""
    first = min(map(and_, leaves, repeat(MONTH)), default=None)
    if first is not None:
        refuse_closed(work, date.fromordinal(first))


def _units(amount: Amount | None) -> int | None:
    return None if amount is None else amount.units


def _amount(units: int | None) -> Amount | None:
    return None if units is None else Amount.from_units(units)


def _standing(work: Work, plan_id: int, amounts: Sequence[tuple[Leaf, Amount | None]]) -> dict[Leaf, QuotaCell]:
    """The rows that the quotas of some leaves stand in."""
    wanted = {leaf for leaf, _ in amounts}
    cell = table_of(QuotaCell).c
    found: dict[Leaf, QuotaCell] = {}
    for part in parts(sorted({leaf.seat for leaf in wanted})):
        rows = work.session.scalars(select(QuotaCell).where(cell.plan_id == plan_id, cell.seat_id.in_(part)))
        for row in rows:
            leaf = Leaf(row.seat_id, row.line_id or 0, row.month)
            if leaf in wanted:
                found[leaf] = row
    return found
