"""Writing events: what a change did to rows, with personal values kept apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, inspect
from sqlmodel import SQLModel

from salestui.model.tables.history import Event, PersonalValues
from salestui.store.plain import to_plain

_AT_ONCE = 5_000
"""So many values at most go into one statement."""

_T = TypeVar("_T")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    table: Table = inspect(model).local_table
    return table


def parts(values: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """`values` in portions that a statement can carry."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


@dataclass(frozen=True)
class Trace:
    """What happened to one row: its columns before and after, as the row holds them (None where there is no row)."""

    row_id: int
    kind: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Touch:
    """A row that changed: its table and its whole content before and after (None where it was not, or is no more)."""

    table: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def insert_with_ids(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert `rows`, and return the ids they got, in their order."""
    insert = table.insert().returning(table.c.id, sort_by_parameter_order=True)
    return connection.execute(insert, [dict(row) for row in rows]).scalars().all()


def write_events(connection: Connection, change_id: UUID, table: Table, traces: Sequence[Trace]) -> None:
    """Write down what happened to rows of `table`, in the order it happened: undoing goes backwards through it."""
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
    ids = insert_with_ids(connection, event, rows)
    connection.execute(
        table_of(PersonalValues).insert(),
        [
            {"event_id": ids[i], "before": part(traces[i].before, True), "after": part(traces[i].after, True)}
            for i in private
        ],
    )
