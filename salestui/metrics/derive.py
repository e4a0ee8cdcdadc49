"""Keeping the measures true: what a change touched is derived anew in its own transaction."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    String,
    Table,
    TextClause,
    bindparam,
    func,
    select,
    text,
    true,
)

from salestui.metrics import quota_facts
from salestui.metrics.aggregates import BY_SEAT_OF_THE_DAY, SOURCES
from salestui.metrics.structure import rebuild_days, rebuild_line
from salestui.model.tables.derived import fiscal_day, measure_company, measure_day, measure_month
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Sale
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST
from salestui.store.company import CALENDAR_KEYS, calendar_from
from salestui.store.trace import table_of
from salestui.store.work import Touch, Work

_PORTION = 500
"""So many values at most go into one statement."""

_INSERT_CELLS = (
    "INSERT INTO measure_day (measure, seat_id, person_id, line_id, day, due, total, count)"
    " SELECT :fact, seat_id, person_id, line_id, day, due, SUM(total), SUM(count) FROM ({cells}) AS cells"
    " GROUP BY seat_id, person_id, line_id, day, due"
)
_INSERT_COMPANY = (
    "INSERT INTO measure_company (measure, due, day, total, count)"
    " SELECT :fact, due, day, SUM(total), SUM(count) FROM ({cells}) AS cells GROUP BY due, day"
)
_DAYS_BETWEEN = {
    "sqlite": "CAST(julianday({1}) - julianday({0}) AS INTEGER)",
    "postgresql": "({1} - {0})",
}
_LINE = frozenset({"seat", "reporting", "occupancy"})
_QUOTA = frozenset({"quota_cell", "quota_plan"})


def derive(work: Work) -> None:
    """Refresh what the change touched: the line of command, and the cells of the facts that its rows feed."""
    connection = work.session.connection()
    tables = work.rewritten | {touch.table for touch in work.touched}
    if _calendar_changed(work) or not _has_days(connection):
        rebuild(connection)
        return
    moved = rebuild_line(connection) if tables & _LINE else frozenset()
    by_day = {"opportunity": {"opportunity", "stage"}, "sale": {"sale", "credit"}}
    for source, feeding in by_day.items():
        facts = [fact for fact, origin in SOURCES.items() if origin.table == source]
        if work.rewritten & feeding or "stage" in tables & feeding:
            _refresh(connection, facts, None)
        elif tables & feeding:
            _refresh(connection, facts, _days(connection, source, work.touched))
    if moved and not work.rewritten & {"opportunity"}:
        _refresh_people(connection, moved)
    if tables & _LINE or work.rewritten & _QUOTA or "quota_plan" in tables:
        _refresh_quota(connection, None)
    elif tables & _QUOTA:
        _refresh_quota(connection, _values(work.touched, "quota_cell", "month"))


def rebuild(connection: Connection) -> None:
    """Derive everything anew."""
    rebuild_days(connection, read_calendar(connection))
    rebuild_line(connection)
    _refresh(connection, list(SOURCES), None)
    _refresh_quota(connection, None)


def read_calendar(connection: Connection) -> FiscalCalendar:
    """The company's fiscal calendar."""
    setting = table_of(Setting).c
    return calendar_from(dict(connection.execute(select(setting.key, setting.value)).tuples().all()))


def _calendar_changed(work: Work) -> bool:
    settings = [touch for touch in work.touched if touch.table == "setting"]
    keys = {(touch.after or touch.before or {}).get("key") for touch in settings}
    return bool(keys & CALENDAR_KEYS) or "setting" in work.rewritten


def _has_days(connection: Connection) -> bool:
    return connection.execute(select(fiscal_day.c.day).limit(1)).first() is not None


def _values(touched: Iterable[Touch], table: str, *columns: str) -> set[Any]:
    sides = [side for touch in touched if touch.table == table for side in (touch.before, touch.after) if side]
    return {side[column] for side in sides for column in columns}


def _days(connection: Connection, source: str, touched: Iterable[Touch]) -> set[date]:
    if source == "opportunity":
        days = _values(touched, "opportunity", "created_on", "close_on")
        return {EARLIEST if day is None else day for day in days}
    days = _values(touched, "sale", "booked_on")
    sales = _values(touched, "credit", "sale_id")
    sale = table_of(Sale).c
    return days | set(connection.execute(select(sale.booked_on).where(sale.id.in_(sales))).scalars())


def _refresh(connection: Connection, facts: Collection[str], days: Collection[date] | None) -> None:
    """Sum `facts` anew, on all days or on those given."""
    by_seat = [fact for fact in facts if not SOURCES[fact].company_only]
    _clear(connection, measure_day, "day", facts, days)
    for fact in by_seat:
        _sum_up(connection, fact, "day", days)
    _roll_up(connection, by_seat, days)
    _sum_company(connection, facts, days)


def _refresh_people(connection: Connection, people: Collection[int]) -> None:
    """Move the facts of people whose seats changed; what the company sums stays as it is."""
    for table in (measure_day, measure_month):
        connection.execute(
            table.delete().where(table.c.measure.in_(BY_SEAT_OF_THE_DAY), table.c.person_id.in_(sorted(people)))
        )
    for fact in BY_SEAT_OF_THE_DAY:
        _sum_up(connection, fact, "person", people)
    _insert_months(connection, BY_SEAT_OF_THE_DAY, measure_day.c.person_id.in_(sorted(people)))


def _refresh_quota(connection: Connection, months: Collection[date] | None) -> None:
    calendar = read_calendar(connection)
    days = None
    if months is not None:
        periods = [calendar.month_of(month) for month in months]
        within = select(fiscal_day.c.day).where(fiscal_day.c.month.in_([period.start for period in periods]))
        days = connection.execute(within).scalars().all()
    _clear(connection, measure_day, "day", ["quota"], days)
    rows = list(quota_facts.rows(connection, calendar, months))
    if rows:
        connection.execute(measure_day.insert(), rows)
    _roll_up(connection, ["quota"], days)
    _sum_company(connection, ["quota"], days)


def _clear(
    connection: Connection, table: Table, column: str, facts: Collection[str], days: Collection[date] | None
) -> None:
    for chosen in _chosen(table.c[column], days):
        connection.execute(table.delete().where(table.c.measure.in_(facts), chosen))


def _chosen(column: ColumnElement[date], days: Collection[date] | None) -> Iterator[ColumnElement[bool]]:
    """Conditions that together allow all days, or those given, in portions that a statement can carry."""
    if days is None:
        yield true()
        return
    ordered = sorted(days)
    for start in range(0, len(ordered), _PORTION):
        yield column.in_(ordered[start : start + _PORTION])


def _sum_up(
    connection: Connection, fact: str, key: Literal["day", "person"], chosen: Collection[date] | Collection[int] | None
) -> None:
    """Insert a fact's cells, for all of its source or for the days or people chosen."""
    portions: list[list[Any] | None] = [None]
    if chosen is not None:
        ordered = sorted(chosen)
        portions = [list(ordered[start : start + _PORTION]) for start in range(0, len(ordered), _PORTION)]
    for portion in portions:
        parts = [
            part.select("" if portion is None else f"{part.day if key == 'day' else part.person} IN :chosen")
            for part in SOURCES[fact].parts
        ]
        connection.execute(*_statement(connection, _INSERT_CELLS, parts, fact, key, portion))


def _statement(
    connection: Connection, outer: str, parts: Sequence[str], fact: str, key: str, portion: list[Any] | None
) -> tuple[TextClause, dict[str, Any]]:
    between = _DAYS_BETWEEN[connection.dialect.name]
    cells = re.sub(r"\[days (\S+) (\S+)\]", lambda match: between.format(*match.groups()), " UNION ALL ".join(parts))
    statement = text(outer.format(cells=cells)).bindparams(
        bindparam("fact", fact, String), bindparam("earliest", EARLIEST, Date)
    )
    if portion is None:
        return statement, {}
    kind = Date() if key == "day" else BigInteger()
    return statement.bindparams(bindparam("chosen", type_=kind, expanding=True)), {"chosen": portion}


def _roll_up(connection: Connection, facts: Collection[str], days: Collection[date] | None) -> None:
    """Sum the months that hold `days` anew."""
    months: Collection[date] | None = None
    if days is not None:
        found: set[date] = set()
        for chosen in _chosen(fiscal_day.c.day, days):
            found |= set(connection.execute(select(fiscal_day.c.month).where(chosen)).scalars())
        months = found
    _clear(connection, measure_month, "month", facts, months)
    for chosen in _chosen(fiscal_day.c.month, months):
        _insert_months(connection, facts, chosen)


def _insert_months(connection: Connection, facts: Collection[str], chosen: ColumnElement[bool]) -> None:
    day = measure_day.c
    keys = (day.seat_id, day.measure, fiscal_day.c.month, day.person_id, day.line_id, day.due)
    sums = (
        select(*keys, func.sum(day.total), func.sum(day.count))
        .join_from(measure_day, fiscal_day, fiscal_day.c.day == day.day)
        .where(day.measure.in_(facts), chosen)
        .group_by(*keys)
    )
    connection.execute(measure_month.insert().from_select([column.name for column in measure_month.columns], sums))


def _sum_company(connection: Connection, facts: Collection[str], days: Collection[date] | None) -> None:
    _clear(connection, measure_company, "day", facts, days)
    day = measure_day.c
    by_seat = [fact for fact in facts if fact not in SOURCES or not SOURCES[fact].company_only]
    for chosen in _chosen(day.day, days):
        sums = (
            select(day.measure, day.due, day.day, func.sum(day.total), func.sum(day.count))
            .where(day.measure.in_(by_seat), chosen)
            .group_by(day.measure, day.due, day.day)
        )
        connection.execute(
            measure_company.insert().from_select([column.name for column in measure_company.columns], sums)
        )
    for fact in sorted(set(facts) - set(by_seat)):
        for portion in [None] if days is None else [sorted(days)]:
            parts = [part.select("" if portion is None else f"{part.day} IN :chosen") for part in SOURCES[fact].parts]
            connection.execute(*_statement(connection, _INSERT_COMPANY, parts, fact, "day", portion))
