"""Quotas that are the same person's, or nobody's, on all days of their month: these the database makes facts of.

What is left is shared out by days, see `quota_facts`: the quotas of a month in which somebody comes or goes, several
hold the seat, it comes under another manager, or a ramp or a relief bears on it.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    Connection,
    Date,
    Select,
    Subquery,
    and_,
    column,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    values,
)
from sqlalchemy.sql.elements import ColumnElement

from salestui.metrics.catalog import QUOTAS
from salestui.model.tables.derived import line_closure, measure_day
from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramping, Relief
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST
from salestui.store.trace import table_of

_NO_MONTH = (date.max, date.min)
"""Stands where there are no months, for SQL has no list of none."""


class Whole:
    """Tells these quotas from the others, among all that are in force."""

    def __init__(self, connection: Connection, calendar: FiscalCalendar) -> None:
        kept = connection.execute(select(table_of(QuotaCell).c.month).distinct()).scalars()
        months = [(month.start, month.end) for first in kept if (month := calendar.month_of(first)).start == first]
        self._months = values(column("first", Date), column("last", Date)).data(months or [_NO_MONTH]).cte("months")
        self._divided = _divided(self._months)

    def write(self, connection: Connection) -> None:
        """Write them as rows of `measure_day`; the effective quota is the base."""
        cell, holder, month = table_of(QuotaCell).c, table_of(Occupancy).c, self._months.c
        person, line = func.coalesce(holder.person_id, 0), func.coalesce(cell.line_id, 0)
        keys = (person, cell.seat_id, line, cell.month)
        holding = and_(holder.seat_id == cell.seat_id, holder.valid_from <= month.first, holder.valid_to >= month.last)
        for fact in QUOTAS:
            sums = self._beside(
                select(literal(fact), literal(EARLIEST, Date), *keys, func.sum(cell.amount), func.count())
            )
            sums = sums.outerjoin(table_of(Occupancy), holding).where(~self._is_other).group_by(*keys)
            names = ("measure", "due", "person_id", "seat_id", "line_id", "day", "total", "count")
            connection.execute(insert(measure_day).from_select(names, sums))

    def others(self, quotas: Select[Any]) -> Select[Any]:
        """Only the others of some quotas."""
        return self._beside(quotas).where(self._is_other)

    @property
    def _is_other(self) -> ColumnElement[bool]:
        return or_(self._months.c.first.is_(None), self._divided.c.seat_id.is_not(None))

    def _beside(self, quotas: Select[Any]) -> Select[Any]:
        """Quotas in force with their months, and what tells that they are shared out, beside them."""
        cell, divided = table_of(QuotaCell).c, self._divided.c
        return (
            in_force(quotas)
            .outerjoin(self._months, self._months.c.first == cell.month)
            .outerjoin(self._divided, and_(divided.seat_id == cell.seat_id, divided.first == cell.month))
        )


def in_force(quotas: Select[Any]) -> Select[Any]:
    """Those of some quotas that count."""
    cell, plan = table_of(QuotaCell).c, table_of(QuotaPlan).c
    counts = (plan.state == "published", plan.measure == "bookings", cell.amount.is_not(None))
    return quotas.join_from(table_of(QuotaCell), table_of(QuotaPlan), plan.id == cell.plan_id).where(*counts)


def _divided(months: CTE) -> Subquery:
    """The seats and months whose quotas are shared out by days."""
    holder, ramping, relief, line = (
        *(table_of(model).c for model in (Occupancy, Ramping, Relief)),
        line_closure.c,
    )
    first, last = months.c.first, months.c.last

    def turns(start: ColumnElement[date], end: ColumnElement[date]) -> ColumnElement[bool]:
        """Whether something begins or ends between two days of the month."""
        return or_(and_(start > first, start <= last), and_(end >= first, end < last))

    throughout = and_(holder.valid_from <= first, holder.valid_to >= last)
    return union(
        select(holder.seat_id, first).where(turns(holder.valid_from, holder.valid_to)),
        select(holder.seat_id, first).where(throughout).group_by(holder.seat_id, first).having(func.count() > 1),
        select(line.descendant_id, first).where(line.depth > 0, turns(line.valid_from, line.valid_to)),
        select(ramping.seat_id, first).where(ramping.starts_on <= last),
        select(relief.seat_id, first).where(relief.valid_from <= last, relief.valid_to >= first),
    ).subquery("divided")
