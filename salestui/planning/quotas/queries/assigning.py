"""What a whole plan has given out of what the company is to reach in its year."""

from datetime import date

from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas import levels
from salestui.planning.quotas.queries.beside import TargetKey, read_targets, target_of
from salestui.planning.quotas.standing import Plan
from salestui.store.quick import Reader

_TOP = (
    "SELECT s.id FROM seat s WHERE s.kind = 'manager' AND s.valid_from <= :end AND s.valid_to >= :start AND NOT EXISTS"
    " (SELECT 1 FROM reporting r WHERE r.seat_id = s.id AND r.valid_from <= :end AND r.valid_to >= :start)"
)


def told_to_assign(reader: Reader, calendar: FiscalCalendar, plan: Plan) -> str:
    """What is yet to assign of the year's target, or approved objective, or over it; nothing where there is neither.

    A company of one team may have it as that team's.
    """
    year = calendar.parse(f"FY{plan.fiscal_year}", date.min)
    months = [month.start for month in calendar.months(year)]
    top = reader.rows(_TOP, {"start": year.start, "end": year.end})
    key = TargetKey(top[0][0] if len(top) == 1 else None, months[0], months[-1])
    target = target_of(read_targets(reader, plan, months[0], months[-1]), key, whole=True)
    if target is None:
        return ""
    (units,) = reader.one("SELECT sum(amount) FROM quota_cell WHERE plan_id = :plan", {"plan": plan.id}) or (None,)
    left = levels.to_assign(Amount.from_units(int(units or 0)), target.amount) or ZERO
    of = f"the {'approved objective' if target.from_objective else 'target'} of {show.money(target.amount)}"
    if left == ZERO:
        return f"All of {of} is assigned."
    return f"Yet to assign of {of}: {show.money(left)}." if left > ZERO else f"Over {of} by {show.money(-left)}."
