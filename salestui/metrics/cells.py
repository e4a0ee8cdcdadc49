"""Writing the measures: the cells of facts by day, and their sums by fiscal month and for the company."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from salestui.metrics import aggregates
from salestui.metrics.aggregates import SOURCES
from salestui.model.tables.derived import fiscal_day, measure_company, measure_day, measure_month
from salestui.model.values.period import EARLIEST, LATEST

_DAY = timedelta(days=1)
_LONGEST_MONTH = timedelta(days=42)

_ARITHMETIC = {
    "sqlite": {"days": "CAST(julianday({1}) - julianday({0}) AS INTEGER)", "after": "date({0}, '+1 day')"},
    "postgresql": {"days": "({1} - {0})", "after": "({0} + 1)"},
}


class Cells(NamedTuple):
    """Cells of facts: all of them, or those of certain people, on certain days, in certain seats."""

    facts: tuple[str, ...]
    people: frozenset[int] | None = None
    days: frozenset[date] | None = None
    seats: frozenset[int] | None = None

    @property
    def whole(self) -> bool:
        """Whether all cells of the facts are meant."""
        return self.people is None and self.days is None and self.seats is None

    def among(self, table: Table) -> list[ColumnElement[bool]]:
        """What tells these cells from others in a table of measures by day."""
        found: list[ColumnElement[bool]] = [table.c.measure.in_(self.facts)]
        if self.people is not None:
            found.append(table.c.person_id.in_(sorted(self.people)))
        if self.days is not None:
            found.append(table.c.day.in_(sorted(self.days)))
        if self.seats is not None:
            found += [table.c.seat_id.in_(sorted(self.seats)), table.c.seat_id != 0]
        return found


def derive(connection: Connection, cells: Cells) -> None:
    """Derive cells anew from their sources: all, those of people on days, or those of people who changed seats."""
    alone = tuple(fact for fact in cells.facts if SOURCES[fact].company_only)
    by_person = cells._replace(facts=tuple(fact for fact in cells.facts if fact not in alone))

    def write() -> None:
        for fact in by_person.facts:
            _insert(connection, measure_day, aggregates.KEYS, fact, cells)

    replace(connection, by_person, write)
    if alone:
        of_company = Cells(alone, days=cells.days)
        connection.execute(delete(measure_company).where(*of_company.among(measure_company)))
        for fact in alone:
            _insert(connection, measure_company, ("due", "day"), fact, of_company)


def replace(connection: Connection, cells: Cells, write: Callable[[], None]) -> None:
    """Take cells away, `write` them anew by day, and bring their sums up to date.

    People who only changed seats leave the company's sums as they are.
    """
    in_company = cells.people is None or cells.days is not None
    if cells.whole:
        connection.execute(delete(measure_company).where(*cells.among(measure_company)))
    elif in_company:
        _add_to_company(connection, cells, "less")
    connection.execute(delete(measure_day).where(*cells.among(measure_day)))
    write()
    _roll_up(connection, cells)
    if in_company:
        _add_to_company(connection, cells, "more")
        company = measure_company.c
        empty = (company.measure.in_(cells.facts), company.total == 0, company.count == 0)
        connection.execute(delete(measure_company).where(*empty))


def _insert(connection: Connection, table: Table, keys: tuple[str, ...], fact: str, cells: Cells) -> None:
    select_sums = aggregates.select(
        SOURCES[fact].parts, keys, days=cells.days is not None, people=cells.people is not None
    )
    values: dict[str, Any] = {"fact": fact, "earliest": EARLIEST, "latest": LATEST}
    types: dict[str, TypeEngine[Any]] = {"fact": String(), "earliest": Date(), "latest": Date()}
    if cells.days is not None:
        values |= {"days": sorted(cells.days), "eves": sorted(day - _DAY for day in cells.days if day > EARLIEST)}
        types |= {"days": Date(), "eves": Date()}
    if cells.people is not None:
        values["people"], types["people"] = sorted(cells.people), BigInteger()
    sql = (
        f"INSERT INTO {table.name} (measure, {', '.join(keys)}, total, count)"
        f" SELECT :fact, {', '.join(keys)}, total, count FROM ({_in_dialect(connection, select_sums, cells)}) AS sums"
    )
    used = [name for name in values if f":{name}" in sql]
    binds = [bindparam(name, type_=types[name], expanding=isinstance(values[name], list)) for name in used]
    connection.execute(text(sql).bindparams(*binds), {name: values[name] for name in used})


def _in_dialect(connection: Connection, sql: str, cells: Cells) -> str:
    """`sql` as the database writes it for these cells."""
    forms = {
        **_ARITHMETIC[connection.dialect.name],
        "or_unknown": " OR {0} IS NULL" if EARLIEST in (cells.days or ()) else "",
        "or_nobody": " OR {0} IS NULL" if 0 in (cells.people or ()) else "",
    }
    return re.sub(r"\[(\w+) ([^]]+)\]", lambda match: forms[match[1]].format(*match[2].split()), sql)


def _roll_up(connection: Connection, cells: Cells) -> None:
    """Sum the months that hold the cells anew."""
    day, fiscal = measure_day.c, fiscal_day.c
    month = func.coalesce(fiscal.month, day.day)
    old = cells._replace(days=None).among(measure_month)
    new = cells._replace(days=None).among(measure_day)
    if cells.days is not None:
        known = {
            row.day: row.month
            for row in connection.execute(select(fiscal.day, fiscal.month).where(fiscal.day.in_(cells.days)))
        }
        months = sorted({known.get(each, each) for each in cells.days})
        old.append(measure_month.c.month.in_(months))
        new += [
            month.in_(months),
            day.day.between(months[0], min(months[-1], LATEST - _LONGEST_MONTH) + _LONGEST_MONTH),
        ]
    connection.execute(delete(measure_month).where(*old))
    keys = (day.person_id, day.measure, day.due, month, day.line_id, day.seat_id)
    total, count = func.sum(day.total), func.sum(day.count)
    sums = (
        select(*keys, total, count)
        .join_from(measure_day, fiscal_day, fiscal.day == day.day, isouter=True)
        .where(*new)
        .group_by(*keys)
        .having((total != 0) | (count != 0))
    )
    connection.execute(insert(measure_month).from_select([column.name for column in measure_month.columns], sums))


def _add_to_company(connection: Connection, cells: Cells, how: Literal["more", "less"]) -> None:
    """Add the cells as they stand to the company's sums, or take them from there."""
    day = measure_day.c
    keys = (day.measure, day.due, day.day)
    total, count = func.sum(day.total), func.sum(day.count)
    signed = (total, count) if how == "more" else (-total, -count)
    sums = select(*keys, *signed).where(*cells.among(measure_day)).group_by(*keys)
    columns = [column.name for column in measure_company.columns]
    insert_or_update = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = insert_or_update(measure_company).from_select(columns, sums)
    kept, new = measure_company.c, statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(measure_company.primary_key),
            set_={"total": kept.total + new.total, "count": kept.count + new["count"]},
        )
    )
