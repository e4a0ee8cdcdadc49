"""Writing events: what a change did to rows, with personal values kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, inspect
from sqlmodel import SQLModel

from salestui.model.tables.history import Event, PersonalValues
from salestui.store.plain import to_plain


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = inspect(model).local_table
    return table


@dataclass(frozen=True)
class Trace:
    """What happened to one row: its columns before and after, as the row holds them (None where there is no row)."""

    row_id: int
    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def write_event(
    connection: Connection,
    change_id: UUID,
    table: Table,
    row_id: int,
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Write down what happened to one row of `table`."""
    write_events(connection, change_id, table, [Trace(row_id, kind, before, after)])


def write_events(connection: Connection, change_id: UUID, table: Table, traces: Sequence[Trace]) -> None:
    """Write down what happened to rows of `table`."""
    personal = {column.key for column in table.columns if column.info.get("personal")}

    def part(values: Mapping[str, Any] | None, private: bool) -> dict[str, Any] | None:
        if values is None:
            return None
        return {key: to_plain(value) for key, value in values.items() if (key in personal) == private}

    if not traces:
        return
    common = {"change_id": change_id, "table_name": table.name}
    rows = [
        {**common, "row_id": t.row_id, "kind": t.kind, "before": part(t.before, False), "after": part(t.after, False)}
        for t in traces
    ]
    event = table_of(Event)
    private = [index for index, t in enumerate(traces) if personal & {*(t.before or ()), *(t.after or ())}]
    if not private:
        connection.execute(event.insert(), rows)
        return
    insert = event.insert().returning(event.c.id, sort_by_parameter_order=True)
    ids = connection.execute(insert, rows).scalars().all()
    connection.execute(
        table_of(PersonalValues).insert(),
        [
            {"event_id": ids[i], "before": part(traces[i].before, True), "after": part(traces[i].after, True)}
            for i in private
        ],
    )
