"""Where local values stand over imported ones: the to-do list for the source system."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from salestui.model.tables.everything import metadata
from salestui.model.tables.exchange import Overlay
from salestui.model.tables.history import Change
from salestui.store.plain import to_plain
from salestui.store.trace import table_of


@dataclass(frozen=True)
class Difference:
    """A field that differs from its source. References are shown by name."""

    table: str
    source: str
    source_id: str
    name: str
    field: str
    theirs: str | None
    ours: str | None
    since: datetime | None
    by: str | None


def read_differences(engine: Engine) -> tuple[Difference, ...]:
    """All differences, by table, record and field; since when and by whom the local value stands."""
    overlay, change = table_of(Overlay), table_of(Change)
    statement = (
        select(overlay, change.c.at, change.c.actor)
        .outerjoin(change, change.c.id == overlay.c.change_id)
        .order_by(overlay.c.id)
    )
    with engine.connect() as connection:
        found = [
            _difference(connection, metadata.tables[row["table_name"]], dict(row))
            for row in connection.execute(statement).mappings()
        ]
    return tuple(sorted(found, key=lambda each: (each.table, each.name, each.source_id, each.field)))


def _difference(connection: Connection, table: Table, overlay: dict[str, Any]) -> Difference:
    row = _row(connection, table, overlay["row_id"])
    column = overlay["column_name"]
    target = next((key.column.table for key in table.columns[column].foreign_keys), None)
    return Difference(
        table=table.name,
        source=row.get("source") or "",
        source_id=row.get("source_id") or "",
        name=_name(connection, table, row),
        field=column.removesuffix("_id") if target is not None else column,
        theirs=_shown(connection, target, overlay["imported"]),
        ours=_shown(connection, target, to_plain(row.get(column))),
        since=overlay["at"],
        by=overlay["actor"],
    )


def _shown(connection: Connection, target: Table | None, value: Any) -> str | None:
    if value is None:
        return None
    if target is None:
        return str(value)
    row = _row(connection, target, value)
    return _name(connection, target, row) if row else str(value)


def _row(connection: Connection, table: Table, row_id: int) -> dict[str, Any]:
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
    return {} if found is None else dict(found)


def _name(connection: Connection, table: Table, row: dict[str, Any]) -> str:
    """What a record is called: its own name, else the names of what it refers to."""
    own = row.get("name") or row.get("title")
    if own:
        return str(own)
    named = []
    for column in table.columns:
        for key in column.foreign_keys:
            target = key.column.table
            if row.get(column.key) is not None and {"name", "title"} & set(target.columns.keys()):
                named.append(_shown(connection, target, row[column.key]) or "")
    return ", ".join(named) or str(row.get("source_id") or "")
