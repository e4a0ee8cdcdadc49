"""Taking back what a change did to rows, the latest first, as a new change that leaves its own trace.

Very many rows of a table are taken back by one statement, where the database can read what history keeps of them.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, func, select
from sqlalchemy.orm.exc import StaleDataError

from salestui.model.tables.everything import metadata
from salestui.model.tables.history import Event, PersonalValues
from salestui.store.bulk import set_rows
from salestui.store.plain import from_plain
from salestui.store.plain_sql import has_personal, holds_only, is_plain, value_in
from salestui.store.sets import delete_rows, write_events_from
from salestui.store.trace import Touch, Trace, parts, table_of, write_events
from salestui.store.work import Work

_MANY = 1000
"""From so many rows on one statement takes them back."""
_DERIVED_WHOLE = 1000
"""From so many rows on, what depends on them is derived whole instead of cell by cell."""

event, personal = table_of(Event), table_of(PersonalValues)


class _Run(NamedTuple):
    """Events of one kind on one table, with no other of the change between them."""

    table: str
    kind: str
    first: int
    last: int
    rows: int


def reverse(work: Work, change_id: UUID) -> None:
    """Take back everything that a change did to rows."""
    connection = work.session.connection()
    for run in _runs(connection, change_id):
        table = metadata.tables[run.table]
        mine = (event.c.change_id == change_id) & event.c.id.between(run.first, run.last)
        if run.rows < _MANY or not _reverse_many(work, table, run, mine):
            _reverse_few(work, table, run.kind, _events(connection, mine))


def _runs(connection: Connection, change_id: UUID) -> list[_Run]:
    """The runs of a change, the latest first."""
    mine = event.c.change_id == change_id
    span = func.min(event.c.id), func.max(event.c.id), func.count()
    wholes = select(event.c.table_name, event.c.kind, *span).where(mine).group_by(event.c.table_name, event.c.kind)
    found = _latest_first(connection, wholes)
    if all(later.first > earlier.last for later, earlier in pairwise(found)):
        return found
    numbers = func.row_number().over(order_by=event.c.id)
    in_kind = func.row_number().over(partition_by=(event.c.table_name, event.c.kind), order_by=event.c.id)
    row = (
        select(event.c.id, event.c.table_name, event.c.kind, (numbers - in_kind).label("run")).where(mine).subquery().c
    )
    runs = select(row.table_name, row.kind, func.min(row.id), func.max(row.id), func.count())
    return _latest_first(connection, runs.group_by(row.table_name, row.kind, row.run))


def _latest_first(connection: Connection, runs: Select[Any]) -> list[_Run]:
    found = [_Run(*row) for row in connection.execute(runs)]
    return sorted(found, key=lambda run: -run.last)


def _reverse_many(work: Work, table: Table, run: _Run, mine: ColumnElement[bool]) -> bool:
    """Take a run back by one statement; answers whether it could be, and was."""
    connection, columns = work.session.connection(), list(table.columns)
    if run.kind == "update":
        columns = _updated(connection, table, run, mine)
    if not columns or not is_plain(columns) or has_personal(table):
        return False
    kept: Select[Any] = select(event.c.row_id, event.c.before, event.c.after).where(mine)
    if run.kind == "insert":
        delete_rows(work, table, select(event.c.row_id).where(mine))
        return True
    values = [value_in(connection, column, event.c.before) for column in columns]
    if run.kind == "delete":
        back = table.insert().from_select([column.name for column in columns], select(*values).where(mine))
        done = connection.execute(back.execution_options(preserve_rowcount=True))
    else:
        new: dict[Any, Any] = dict(zip((column.name for column in columns), values, strict=True))
        new["version"] = table.c.version + 1
        done = connection.execute(table.update().values(new).where(mine, table.c.id == event.c.row_id))
    if done.rowcount != run.rows:
        raise StaleDataError(f"{run.rows} rows were to be written, and {done.rowcount} were there")
    swapped = kept.with_only_columns(
        event.c.row_id, event.c.after.label("before"), event.c.before.label("after")
    ).subquery()
    write_events_from(work, table, "insert" if run.kind == "delete" else "update", swapped)
    work.rewritten.add(table.name)
    return True


def _updated(connection: Connection, table: Table, run: _Run, mine: ColumnElement[bool]) -> list[Column[Any]]:
    """The columns that every event of the run updated, each in a row of its own; none where they differ."""
    first = connection.execute(select(event.c.before).where(event.c.id == run.first)).scalar_one() or {}
    columns = [table.c[name] for name in first]
    rows = connection.execute(select(func.count(event.c.row_id.distinct())).where(mine)).scalar_one()
    others = select(event.c.id).where(mine, ~holds_only(connection, event.c.before, columns)).limit(1)
    if rows != run.rows or connection.execute(others).first() is not None:
        return []
    return columns


def _events(connection: Connection, mine: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Events with their personal values, the latest first."""
    with_personal = (
        select(event, personal.c.before.label("personal_before"), personal.c.after.label("personal_after"))
        .outerjoin(personal, personal.c.event_id == event.c.id)
        .where(mine)
        .order_by(event.c.id.desc())
    )
    return connection.execute(with_personal).all()


def _reverse_few(work: Work, table: Table, kind: str, events: Sequence[Row[Any]]) -> None:
    """Take back what happened to rows of one table, given the latest first."""
    connection = work.session.connection()
    touches: list[Touch] = []
    if kind == "insert":
        ids = [row.row_id for row in events]
        gone = _rows(work, table, ids)
        for part in parts(ids):
            connection.execute(table.delete().where(table.c.id.in_(part)))
        traces = [Trace(row_id, "delete", gone[row_id], None) for row_id in ids]
    elif kind == "delete":
        back = [_values(table, row, "before") for row in events]
        connection.execute(table.insert(), back)
        traces = [Trace(row["id"], "insert", None, row) for row in back]
    else:
        wanted: dict[int, dict[str, Any]] = {}
        for row in events:
            wanted.setdefault(row.row_id, {}).update(_values(table, row, "before"))
        before = _rows(work, table, list(wanted))
        set_rows(work, table, wanted)
        after = _rows(work, table, list(wanted))
        traces = []
        for row_id, columns in wanted.items():
            was, now = before[row_id], after[row_id]
            traces.append(Trace(row_id, "update", {key: was[key] for key in columns}, columns))
            touches.append(Touch(table.name, was, now))
    write_events(connection, work.change_id, table, traces)
    if len(traces) > _DERIVED_WHOLE:
        work.rewritten.add(table.name)
    work.touched.extend(touches or [Touch(table.name, trace.before, trace.after) for trace in traces])


def _rows(work: Work, table: Table, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for part in parts(ids):
        for row in work.session.connection().execute(select(table).where(table.c.id.in_(part))).mappings():
            found[row["id"]] = dict(row)
    return found


def _values(table: Table, row: Row[Any], side: str) -> dict[str, Any]:
    plain = {**(getattr(row, side) or {}), **(getattr(row, f"personal_{side}") or {})}
    return {key: from_plain(table.c[key], value) for key, value in plain.items()}
