"""Writing rows that a query finds: one statement for all of them and one for their events, however many there are."""

from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, FromClause, Select, Table, cast, func, literal, null, select
from sqlmodel import SQLModel

from salestui.model.tables.base import Sourced
from salestui.model.tables.history import Event
from salestui.model.tables.types import RowId
from salestui.store.overlay import Edit, lay_over
from salestui.store.plain_sql import object_of
from salestui.store.staging import fill_from, staging
from salestui.store.trace import table_of
from salestui.store.work import Work

_EVENT = ("change_id", "table_name", "row_id", "kind", "before", "after")


def insert_from(work: Work, model: type[SQLModel], source: Select[Any]) -> int:
    """Insert what `source` finds, its columns named as the table's; answers how many rows.

    The rows carry the change under way, unless the source says another.
    """
    table, connection = table_of(model), work.session.connection()
    found = source.subquery()
    columns = {column.name: column for column in found.columns}
    given: dict[str, Any] = {"version": literal(1), "change_id": literal(work.change_id, table.c.change_id.type)}
    given |= columns
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    statement = table.insert().from_select(list(given), select(*given.values()))
    statement = statement.execution_options(preserve_rowcount=True)
    inserted = connection.execute(statement).rowcount
    if inserted:
        rows = select(table.c.id.label("row_id"), _nothing("before"), _nothing("after")).where(table.c.id > last)
        write_events_from(work, table, "insert", rows.subquery())
        work.rewritten.add(table.name)
    return inserted


def update_from(work: Work, model: type[SQLModel], column: str, wanted: FromClause) -> int:
    """Set a column of rows where it differs: `wanted` has `row_id` and `after`. Answers how many rows changed.

    A local edit of an imported value keeps that beside it, as every edit does.
    """
    table, connection = table_of(model), work.session.connection()
    target: Column[Any] = table.c[column]
    kind = target.type
    columns = Column("row_id", RowId, primary_key=True), Column("before", kind), Column("after", kind)
    with staging(connection, *columns) as edited:
        differing = (
            select(table.c.id, target, wanted.c.after)
            .join_from(wanted, table, table.c.id == wanted.c.row_id)
            .where(target.is_distinct_from(wanted.c.after))
        )
        changed = fill_from(connection, edited, differing)
        if not changed:
            return 0
        values = {column: edited.c.after, "version": table.c.version + 1}
        connection.execute(table.update().values(values).where(table.c.id == edited.c.row_id))
        sides = [object_of(connection, {target: side}) for side in (edited.c.before, edited.c.after)]
        rows = select(edited.c.row_id, sides[0].label("before"), sides[1].label("after"))
        write_events_from(work, table, "update", rows.subquery())
        if work.kind != "import" and issubclass(model, Sourced):
            _lay_over(work, table, column, edited)
        work.rewritten.add(table.name)
    return changed


def delete_from(work: Work, model: type[SQLModel], condition: Any) -> int:
    """Delete the rows for which the condition holds; answers how many."""
    return delete_rows(work, table_of(model), select(table_of(model).c.id).where(condition))


def delete_rows(work: Work, table: Table, ids: Select[Any]) -> int:
    """Delete the rows of these ids; answers how many."""
    connection = work.session.connection()
    with staging(connection, Column("row_id", RowId, primary_key=True)) as gone:
        deleted = fill_from(connection, gone, ids)
        if deleted:
            before = object_of(connection, {column: column for column in table.columns})
            rows = select(gone.c.row_id, before.label("before"), _nothing("after"))
            write_events_from(work, table, "delete", rows.join(table, table.c.id == gone.c.row_id).subquery())
            connection.execute(table.delete().where(table.c.id.in_(select(gone.c.row_id))))
            work.rewritten.add(table.name)
    return deleted


def write_events_from(work: Work, table: Table, kind: str, rows: FromClause) -> None:
    """Write down what happened to rows of `table`: `rows` has `row_id`, `before` and `after`."""
    event = table_of(Event)
    change = literal(work.change_id, event.c.change_id.type)
    told = select(change, literal(table.name), rows.c.row_id, literal(kind), rows.c.before, rows.c.after)
    work.session.connection().execute(event.insert().from_select(_EVENT, told.order_by(rows.c.row_id)))


def _nothing(name: str) -> ColumnElement[Any]:
    """No JSON at all."""
    return cast(null(), JSON).label(name)


def _lay_over(work: Work, table: Table, column: str, edited: Table) -> None:
    connection = work.session.connection()
    sourced = select(edited).join(table, table.c.id == edited.c.row_id).where(table.c.source.is_not(None))
    edits = [Edit(key, {column: before}, {column: after}) for key, before, after in connection.execute(sourced)]
    lay_over(connection, work.change_id, table, edits)
