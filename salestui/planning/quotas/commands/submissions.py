"""Figures handed in from below: a seat's own, which hold while the rest of a sum is spread over the others."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaSubmission
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, put_quotas, set_quotas
from salestui.planning.quotas.commands.plans import refuse_unknown_rows, the_draft
from salestui.planning.quotas.sheet import Leaf
from salestui.store.trace import table_of
from salestui.store.work import Work


def submit_figures(
    work: Work,
    plan_id: int,
    seat: int,
    amounts: Mapping[Leaf, Amount],
    note: str = "",
    *,
    base: Mapping[Leaf, Amount | None] | None = None,
) -> int:
    """Hand in figures for leaves of a seat, in place of those handed in before: its quotas are set to them, and hold.

    Answers how many figures are new. With `base`, what the leaves held when they were looked at, QuotasMovedOn where
    others changed some meanwhile; QuotasLocked where a lock holds another amount. Nothing is saved then.
    """
    the_draft(work, plan_id)
    refuse_unknown_rows(work, Seat, [seat], "seat")
    others = [leaf for leaf in amounts if leaf.seat != seat]
    if others:
        raise DataProblem(
            f"Figures of seat {others[0].seat} cannot be handed in for seat {seat}", expected="leaves of that seat"
        )
    if base is None:
        put_quotas(work, plan_id, list(amounts.items()))
    else:
        edits = [Edit(leaf, amount, base[leaf]) for leaf, amount in amounts.items()]
        set_quotas(work, SetQuotas(plan_id, edits, over=amounts))
    told = " ".join(note.split())
    there = _figures(work, plan_id, seat)
    new = [
        (leaf, amount)
        for leaf, amount in amounts.items()
        if leaf not in there or (there[leaf].amount, there[leaf].note) != (amount, told)
    ]
    for leaf, _ in new:
        if leaf in there:
            work.session.delete(there[leaf])
    work.session.flush()
    work.session.add_all(
        QuotaSubmission(
            plan_id=plan_id, seat_id=seat, month=leaf.month, line_id=leaf.line or None, amount=amount, note=told
        )
        for leaf, amount in new
    )
    return len(new)


def withdraw_figures(work: Work, plan_id: int, seat: int, leaves: Collection[Leaf] | None = None) -> int:
    """Take back what a seat handed in, for all of its leaves or for some; the quotas stay, and no longer hold.

    Answers how many figures were taken back.
    """
    the_draft(work, plan_id)
    refuse_unknown_rows(work, Seat, [seat], "seat")
    there = _figures(work, plan_id, seat)
    gone = [row for leaf, row in there.items() if leaves is None or leaf in leaves]
    for row in gone:
        work.session.delete(row)
    return len(gone)


def _figures(work: Work, plan_id: int, seat: int) -> dict[Leaf, QuotaSubmission]:
    row = table_of(QuotaSubmission).c
    found = work.session.scalars(select(QuotaSubmission).where(row.plan_id == plan_id, row.seat_id == seat))
    return {Leaf(each.seat_id, each.line_id or 0, each.month): each for each in found}
