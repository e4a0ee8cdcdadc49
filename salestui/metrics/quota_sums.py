"""A quota plan's own sums, in every version: each seat's quotas by fiscal month, its product lines together."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, String, case, cast, delete, func, insert, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from salestui.model.tables.derived import MONTHS_OF_A_YEAR, quota_year
from salestui.model.tables.history import Event
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.calendar import FiscalCalendar
from salestui.store.trace import table_of
from salestui.store.work import Work


def plans_of(work: Work) -> set[int]:
    """The plans whose quotas a change touched, those that it deleted among them."""
    connection, cell, event = work.session.connection(), table_of(QuotaCell), table_of(Event)
    found: set[int] = set()
    for touch in work.touched:
        for side in (touch.before, touch.after):
            if side is not None and touch.table == cell.name:
                found.add(side["plan_id"])
    if cell.name in work.rewritten:
        mine = (event.c.change_id == work.change_id, event.c.table_name == cell.name)
        there = select(cell.c.plan_id).join_from(event, cell, cell.c.id == event.c.row_id).where(*mine).distinct()
        gone = select(event.c.before["plan_id"].as_integer()).where(*mine, event.c.kind == "delete").distinct()
        for statement in (there, gone):
            found |= set(connection.execute(statement).scalars())
    return found


def derive(connection: Connection, calendar: FiscalCalendar, plans: Collection[int] | None = None) -> None:
    """Derive the sums anew: of all plans, or of those given."""
    if plans is not None and not plans:
        return
    plan = table_of(QuotaPlan).c
    known = select(plan.id, plan.fiscal_year).order_by(plan.id)
    old = delete(quota_year)
    if plans is not None:
        known, old = known.where(plan.id.in_(plans)), old.where(quota_year.c.plan_id.in_(plans))
    connection.execute(old)
    for key, year in connection.execute(known).all():
        months = calendar.months(calendar.parse(f"FY{year}", date.min))
        _sum(connection, key, [month.start for month in months])


def _sum(connection: Connection, plan: int, months: list[date]) -> None:
    cell = table_of(QuotaCell).c
    line = func.coalesce(cell.line_id, 0).label("line")
    by_line = (
        select(
            cell.seat_id,
            line,
            *(
                func.sum(case((cell.month == month, cell.amount))).label(name)
                for name, month in zip(MONTHS_OF_A_YEAR, months, strict=True)
            ),
        )
        .where(cell.plan_id == plan)
        .group_by(cell.seat_id, line)
        .order_by(cell.seat_id, line)
        .subquery()
    )
    number = cast(by_line.c.line, String)
    lines = (
        func.string_agg(number, aggregate_order_by(literal(","), by_line.c.line))
        if connection.dialect.name == "postgresql"
        else func.group_concat(number)
    )
    sums = select(
        literal(plan),
        by_line.c.seat_id,
        *(func.sum(by_line.c[name]) for name in MONTHS_OF_A_YEAR),
        lines,
    ).group_by(by_line.c.seat_id)
    connection.execute(insert(quota_year).from_select([column.name for column in quota_year.columns], sums))
