"""Locking leaves of a plan, so that no spread and nobody changes them, and unlocking them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, literal, select

from salestui.model.tables.history import Change
from salestui.model.tables.quotas import QuotaLock
from salestui.planning.quotas.commands import many
from salestui.planning.quotas.commands.plans import given, refuse_unknown, the_draft
from salestui.planning.quotas.sheet import Leaf
from salestui.store import sets
from salestui.store.trace import parts, table_of
from salestui.store.work import StaleSave, Work


class Locked(NamedTuple):
    """A leaf that is locked: by whom, when and why."""

    leaf: Leaf
    who: str
    at: datetime
    reason: str


class QuotasLocked(StaleSave):
    """Some of the quotas to be changed are locked; nothing was saved."""

    def __init__(self, held: Sequence[Locked]) -> None:
        first = held[0]
        several = "1 quota is" if len(held) == 1 else f"{len(held)} quotas are"
        super().__init__(
            f"{several} locked, by {first.who}: {first.reason}",
            remedy="Leave locked quotas as they are, or unlock them first.",
        )
        self.held = tuple(held)


def lock(work: Work, plan_id: int, leaves: Collection[Leaf], reason: str) -> int:
    """Lock leaves of a draft; those that are locked keep whose lock they have. Answers how many were not locked."""
    plan = the_draft(work, plan_id)
    told = given(reason, "A lock")
    refuse_unknown(work, plan, leaves)
    lock_row = table_of(QuotaLock)
    with many.laid_out(work, list(dict.fromkeys(leaves))) as wanted:
        locked = exists().where(lock_row.c.plan_id == plan_id, many.same_leaf(lock_row, wanted))
        columns = many.leaf_as_columns(plan_id, wanted)
        order = wanted.c.seat, wanted.c.line, wanted.c.month
        new: Select[Any] = select(*columns, literal(told).label("reason")).where(~locked).order_by(*order)
        return sets.insert_from(work, QuotaLock, new)


def unlock(work: Work, plan_id: int, leaves: Collection[Leaf]) -> int:
    """Unlock leaves of a draft; answers how many were locked."""
    plan = the_draft(work, plan_id)
    refuse_unknown(work, plan, leaves)
    lock_row = table_of(QuotaLock)
    with many.laid_out(work, list(dict.fromkeys(leaves))) as wanted:
        named = exists().where(many.same_leaf(lock_row, wanted))
        return sets.delete_from(work, QuotaLock, (lock_row.c.plan_id == plan_id) & named)


def locks_of(work: Work, plan_id: int, seats: Collection[int]) -> dict[Leaf, Locked]:
    """The locks on the leaves of some seats."""
    lock_row, change = table_of(QuotaLock).c, table_of(Change).c
    found: dict[Leaf, Locked] = {}
    for part in parts(sorted(seats)):
        statement = (
            select(lock_row.seat_id, lock_row.line_id, lock_row.month, change.actor, change.at, lock_row.reason)
            .join_from(table_of(QuotaLock), table_of(Change), change.id == lock_row.change_id)
            .where(lock_row.plan_id == plan_id, lock_row.seat_id.in_(part))
        )
        for seat, line, month, who, at, why in work.session.connection().execute(statement):
            leaf = Leaf(seat, line or 0, month)
            found[leaf] = Locked(leaf, who, at, why)
    return found
