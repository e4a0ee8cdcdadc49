"""Writing many rows at once, for imports and spreads: Core statements that leave the same trace as single saves."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import SQLModel

from salestui.model.tables.history import Event
from salestui.store.trace import Trace, table_of, write_events
from salestui.store.work import Work


def insert(work: Work, model: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (columns by name, ids left out), with one event each; the rows hold their values."""
    if not rows:
        return
    table, event = table_of(model), table_of(Event)
    connection = work.session.connection()
    last = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    connection.execute(table.insert(), [{**row, "version": 1, "change_id": work.change_id} for row in rows])
    inserted = select(
        literal(work.change_id, event.c.change_id.type), literal(table.name), table.c.id, literal("insert")
    ).where(table.c.id > last)
    connection.execute(event.insert().from_select(["change_id", "table_name", "row_id", "kind"], inserted))
    work.rewritten.add(table.name)


def update(work: Work, model: type[SQLModel], traces: Sequence[Trace]) -> None:
    """Set the columns of each trace's `after` on its row, and write the traces down."""
    if not traces:
        return
    table = table_of(model)
    connection = work.session.connection()
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for trace in traces:
        after = trace.after or {}
        by_columns.setdefault(tuple(after), []).append({"the_row": trace.row_id, **after})
    for columns, rows in by_columns.items():
        values: dict[str, Any] = {column: bindparam(column) for column in columns}
        values["version"] = table.c.version + 1
        connection.execute(table.update().where(table.c.id == bindparam("the_row")).values(values), rows)
    write_events(connection, work.change_id, table, traces)
    work.rewritten.add(table.name)
