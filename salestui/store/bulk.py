"""Writing many rows at once, for imports and spreads: Core statements that leave the same trace as single saves."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Table, bindparam, func, literal, select
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import SQLModel

from salestui.model.tables.base import Sourced
from salestui.model.tables.history import Event
from salestui.store.overlay import Edit, lay_over
from salestui.store.trace import Trace, parts, table_of, write_events
from salestui.store.work import Work


def insert(work: Work, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (columns by name, ids left out), with one event each; the rows hold their values."""
    if not rows:
        return
    table, event = table_of(model), table_of(Event)
    connection = work.session.connection()
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    blank = dict.fromkeys(column for row in rows for column in row)
    connection.execute(table.insert(), [{**blank, **row, "version": 1, "change_id": work.change_id} for row in rows])
    inserted = (
        select(literal(work.change_id, event.c.change_id.type), literal(table.name), table.c.id, literal("insert"))
        .where(table.c.id > last)
        .order_by(table.c.id)
    )
    connection.execute(event.insert().from_select(["change_id", "table_name", "row_id", "kind"], inserted))
    work.rewritten.add(table.name)


def update(work: Work, model: type[SQLModel], traces: Sequence[Trace]) -> None:
    """Set the columns of each trace's `after` on its row where they differ from `before`, and write that down."""
    table = table_of(model)
    edits = [edit for edit in map(_edit, traces) if edit.after]
    if not edits:
        return
    set_rows(work, table, {edit.row_id: edit.after for edit in edits})
    connection = work.session.connection()
    write_events(connection, work.change_id, table, [Trace(e.row_id, "update", e.before, e.after) for e in edits])
    if work.kind != "import" and issubclass(model, Sourced):
        sourced = _sourced(work, table, [edit.row_id for edit in edits])
        lay_over(connection, work.change_id, table, [edit for edit in edits if edit.row_id in sourced])
    work.rewritten.add(table.name)


def delete(work: Work, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Delete `rows`, given whole as they stand, so that undoing brings them back."""
    if not rows:
        return
    table = table_of(model)
    connection = work.session.connection()
    gone = connection.execute(
        table.delete().where(table.c.id == bindparam("the_row")), [{"the_row": row["id"]} for row in rows]
    )
    _refuse_unless_all(gone, len(rows))
    write_events(connection, work.change_id, table, [Trace(row["id"], "delete", row, None) for row in rows])
    work.rewritten.add(table.name)


def set_rows(work: Work, table: Table, columns_by_id: Mapping[int, Mapping[str, Any]]) -> None:
    """Set columns of rows without a trace, which the caller leaves; StaleDataError where a row is gone."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in columns_by_id.items():
        by_columns.setdefault(tuple(values), []).append({"the_row": row_id, **values})
    for columns, rows in by_columns.items():
        values = {column: bindparam(column) for column in columns}
        statement = table.update().where(table.c.id == bindparam("the_row"))
        done = work.session.connection().execute(statement.values(**values, version=table.c.version + 1), rows)
        _refuse_unless_all(done, len(rows))


def _edit(trace: Trace) -> Edit:
    before, after = trace.before or {}, trace.after or {}
    changed = [column for column in after if before[column] != after[column]]
    return Edit(trace.row_id, {column: before[column] for column in changed}, {c: after[c] for c in changed})


def _sourced(work: Work, table: Table, row_ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for part in parts(row_ids):
        sourced = select(table.c.id).where(table.c.id.in_(part), table.c.source.is_not(None))
        found |= set(work.session.connection().execute(sourced).scalars())
    return found


def _refuse_unless_all(done: CursorResult[Any], wanted: int) -> None:
    if done.rowcount != wanted:
        raise StaleDataError(f"{wanted} rows were to be written, and {done.rowcount} were there")
