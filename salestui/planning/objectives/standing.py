"""The approved objective of a scope and period, for the picture of the day: read on the fast path."""

from typing import NamedTuple

from salestui.metrics.reader import Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.store.quick import Reader


class InForce(NamedTuple):
    """An approved objective of bookings."""

    period: Period
    amount: Amount


def read_in_force(reader: Reader, calendar: FiscalCalendar, scope: Scope, period: Period) -> InForce | None:
    """What the scope is to book in the period, else in the fiscal year it begins in; None where nothing is approved."""
    year = calendar.year_of(period.start)
    rows = reader.rows(
        "SELECT period, amount FROM objective WHERE state = 'approved' AND measure = 'bookings'"
        " AND scope_kind = :kind AND scope_id = :scope AND period IN (:period, :year)",
        {"kind": scope.kind, "scope": scope.id, "period": period.label, "year": year.label},
    )
    known = {label: Amount.from_units(units) for label, units in rows}
    return next((InForce(each, known[each.label]) for each in (period, year) if each.label in known), None)
