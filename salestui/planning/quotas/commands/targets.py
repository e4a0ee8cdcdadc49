"""Targets of teams and of the company: what is to be reached, beside the sum that is assigned."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from salestui.model.tables.history import Change
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaTarget
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.plans import refuse_other_months, refuse_unknown_rows, the_draft
from salestui.store.trace import table_of
from salestui.store.work import StaleSave, Work


class Seen(NamedTuple):
    """The target that stood there when somebody looked; None where there was none."""

    amount: Amount | None


def set_target(
    work: Work,
    plan_id: int,
    seat: int | None,
    first_month: date,
    last_month: date,
    amount: Amount | None,
    reason: str = "",
    *,
    seen: Seen | None = None,
) -> bool:
    """Set what a team (the company for `seat` None) is to reach in the months from the first to the last, known by
    their first days; None takes the target away. Answers whether that changed anything.

    With `seen`, StaleSave where others have set another one since.
    """
    plan = the_draft(work, plan_id)
    if seat is not None:
        refuse_unknown_rows(work, Seat, [seat], "seat")
    refuse_other_months(work, plan, (first_month, last_month))
    if first_month > last_month:
        raise DataProblem(f"A target from {first_month} to {last_month} ends before it begins")
    told = " ".join(reason.split())
    row = table_of(QuotaTarget).c
    there = work.session.scalars(
        select(QuotaTarget).where(
            row.plan_id == plan_id,
            row.seat_id.is_not_distinct_from(seat),
            row.first_month == first_month,
            row.last_month == last_month,
        )
    ).first()
    stands = None if there is None else there.amount
    if seen is not None and stands not in (seen.amount, amount):
        raise _moved_on(work, there)
    if there is None and amount is None:
        return False
    if there is not None:
        if (there.amount, there.reason) == (amount, told):
            return False
        work.session.delete(there)
        work.session.flush()
    if amount is not None:
        work.session.add(
            QuotaTarget(
                plan_id=plan_id,
                seat_id=seat,
                first_month=first_month,
                last_month=last_month,
                amount=amount,
                reason=told,
            )
        )
    return True


def _moved_on(work: Work, there: QuotaTarget | None) -> StaleSave:
    told = "Somebody has taken this target away meanwhile"
    if there is not None:
        who = work.session.get_one(Change, there.change_id).actor
        told = f"{who} has set this target to {show.money(there.amount, 'full')} meanwhile"
    return StaleSave(told, remedy="Look at it, then set it again.")
