"""Changing a quota plan: saving what was typed as one, beginning a new version, and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
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
    _draft(work, command.plan)
    there = _cells(work, command.plan)
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
        bulk.insert(work, QuotaCell, [_columns(command.plan, edit.leaf, edit.amount) for edit in new])
    return len(known) + len(new)


def begin_version(work: Work, fiscal_year: int) -> QuotaPlan:
    """A new draft of the year's plan: the latest version as it stands, or an empty one. Refused where one is begun."""
    plan = table_of(QuotaPlan).c
    latest = work.session.execute(
        select(plan.id, plan.plan_version, plan.state)
        .where(plan.fiscal_year == fiscal_year, plan.measure == "bookings")
        .order_by(plan.plan_version.desc())
    ).first()
    if latest is not None and latest.state == "draft":
        raise DataProblem(f"FY{fiscal_year} v{latest.plan_version} is a draft already", remedy="Edit that one.")
    begun = QuotaPlan(fiscal_year=fiscal_year, plan_version=1 if latest is None else latest.plan_version + 1)
    work.session.add(begun)
    work.session.flush()
    if latest is not None and begun.id is not None:
        copied = [_columns(begun.id, leaf, amount) for leaf, (_, amount) in sorted(_cells(work, latest.id).items())]
        bulk.insert(work, QuotaCell, copied)
    return begun


def publish(work: Work, plan_id: int) -> QuotaPlan:
    """Put a draft into force; the version that was in force is superseded. Refused where nothing is in it."""
    plan = _draft(work, plan_id)
    cell = table_of(QuotaCell).c
    filled = select(func.count()).where(cell.plan_id == plan_id, cell.amount.is_not(None))
    if not work.session.execute(filled).scalar():
        raise DataProblem("This plan holds no quota yet", remedy="Type some, save them, then publish.")
    others = table_of(QuotaPlan).c
    in_force = select(others.id).where(
        others.fiscal_year == plan.fiscal_year, others.measure == plan.measure, others.state == "published"
    )
    for before in work.session.execute(in_force).scalars().all():
        work.session.get_one(QuotaPlan, before).state = "superseded"
    plan.state = "published"
    return plan


def _draft(work: Work, plan_id: int) -> QuotaPlan:
    plan = work.session.get(QuotaPlan, plan_id)
    if plan is None:
        raise DataProblem("This quota plan is no more", remedy="Read again with F5.")
    if plan.state != "draft":
        raise DataProblem(
            f"FY{plan.fiscal_year} v{plan.plan_version} is {plan.state}, and changes by a new version only",
            remedy="Begin a new version.",
        )
    return plan


def _cells(work: Work, plan_id: int) -> dict[Leaf, tuple[int, Amount | None]]:
    cell = table_of(QuotaCell).c
    rows = work.session.execute(
        select(cell.id, cell.seat_id, cell.line_id, cell.month, cell.amount).where(cell.plan_id == plan_id)
    )
    return {Leaf(seat, line or 0, month): (key, amount) for key, seat, line, month, amount in rows}


def _columns(plan_id: int, leaf: Leaf, amount: Amount | None) -> dict[str, int | date | Amount | None]:
    line = leaf.line or None
    return {"plan_id": plan_id, "seat_id": leaf.seat, "line_id": line, "month": leaf.month, "amount": amount}
