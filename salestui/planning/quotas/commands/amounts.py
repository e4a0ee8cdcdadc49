"""Saving what was typed into a quota plan, as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.planning.quotas.commands.plans import the_draft
from salestui.planning.quotas.sheet import Leaf
from salestui.store import bulk
from salestui.store.trace import Trace, table_of
from salestui.store.work import StaleSave, Work

_MANY = 500
"""From so many quotas on they are written in bulk."""


@dataclass(frozen=True)
class Edit:
    """A quota to save: the amount, and the one that stood in the plan when it was typed."""

    leaf: Leaf
    amount: Amount | None
    base: Amount | None


@dataclass(frozen=True)
class SetQuotas:
    """Quotas to save together in one plan."""

    plan: int
    edits: Sequence[Edit]


@dataclass(frozen=True)
class Conflict:
    """A quota that somebody else has changed since it was typed."""

    leaf: Leaf
    mine: Amount | None
    theirs: Amount | None
    base: Amount | None


class QuotasMovedOn(StaleSave):
    """Others have changed some of the quotas meanwhile; nothing was saved."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        changed = "1 quota was" if len(conflicts) == 1 else f"{len(conflicts)} quotas were"
        super().__init__(f"{changed} changed by somebody else meanwhile", remedy="Choose whose stand, then save again.")
        self.conflicts = tuple(conflicts)


def set_quotas(work: Work, command: SetQuotas) -> int:
    """Save quotas in a draft; answers how many changed. QuotasMovedOn where others changed them: nothing is saved."""
    the_draft(work, command.plan)
    there = cells_of(work, command.plan)
    now = {edit.leaf: there[edit.leaf][1] if edit.leaf in there else None for edit in command.edits}
    conflicts = [
        Conflict(edit.leaf, edit.amount, now[edit.leaf], edit.base)
        for edit in command.edits
        if now[edit.leaf] not in (edit.base, edit.amount)
    ]
    if conflicts:
        raise QuotasMovedOn(conflicts)
    changed = [edit for edit in command.edits if edit.leaf not in there or there[edit.leaf][1] != edit.amount]
    known = [edit for edit in changed if edit.leaf in there]
    new = [edit for edit in changed if edit.leaf not in there and edit.amount is not None]
    if len(changed) < _MANY:
        for edit in known:
            work.session.get_one(QuotaCell, there[edit.leaf][0]).amount = edit.amount
        work.session.add_all(
            QuotaCell(
                plan_id=command.plan,
                seat_id=edit.leaf.seat,
                line_id=edit.leaf.line or None,
                month=edit.leaf.month,
                amount=edit.amount,
            )
            for edit in new
        )
    else:
        traces = [Trace(there[e.leaf][0], "update", {"amount": there[e.leaf][1]}, {"amount": e.amount}) for e in known]
        bulk.update(work, QuotaCell, traces)
        bulk.insert(work, QuotaCell, [columns_of(command.plan, edit.leaf, edit.amount) for edit in new])
    return len(known) + len(new)


def cells_of(work: Work, plan_id: int) -> dict[Leaf, tuple[int, Amount | None]]:
    """The rows of a plan's quotas, and the amounts in them."""
    cell = table_of(QuotaCell).c
    rows = work.session.execute(
        select(cell.id, cell.seat_id, cell.line_id, cell.month, cell.amount).where(cell.plan_id == plan_id)
    )
    return {Leaf(seat, line or 0, month): (key, amount) for key, seat, line, month, amount in rows}


def columns_of(plan_id: int, leaf: Leaf, amount: Amount | None) -> dict[str, int | date | Amount | None]:
    """The columns of a quota's row."""
    line = leaf.line or None
    return {"plan_id": plan_id, "seat_id": leaf.seat, "line_id": line, "month": leaf.month, "amount": amount}
