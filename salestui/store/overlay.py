"""Overlays: the imported values that local ones stand over, kept until the two agree."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Table, select

from salestui.model.tables.exchange import Overlay
from salestui.store.plain import to_plain
from salestui.store.trace import Trace, insert_with_ids, parts, table_of, write_events

NOT_LAID_OVER = frozenset({"id", "version", "change_id", "source", "source_id"})


class Edit(NamedTuple):
    """A local edit of a row that came from elsewhere: the columns that changed, before and after."""

    row_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    change_id: UUID | None = None
    """The change that made it, if not the one under way."""


def lay_over(connection: Connection, change_id: UUID, table: Table, edits: Sequence[Edit]) -> None:
    """Keep the imported values that the edits replace; where local and imported agree again, the overlay goes."""
    overlay = table_of(Overlay)
    kept = _kept(connection, table, [edit.row_id for edit in edits])
    new: list[dict[str, Any]] = []
    agreed: list[Mapping[str, Any]] = []
    for edit in edits:
        for column in [column for column in edit.after if column not in NOT_LAID_OVER]:
            there = kept.get((edit.row_id, column))
            if there is None:
                place = {"table_name": table.name, "row_id": edit.row_id, "column_name": column}
                made = {"version": 1, "change_id": edit.change_id or change_id}
                new.append(place | made | {"imported": to_plain(edit.before[column])})
            elif there["imported"] == to_plain(edit.after[column]):
                agreed.append(there)
    for part in parts([row["id"] for row in agreed]):
        connection.execute(overlay.delete().where(overlay.c.id.in_(part)))
    write_events(connection, change_id, overlay, [Trace(row["id"], "delete", row, None) for row in agreed])
    if new:
        ids = insert_with_ids(connection, overlay, new)
        inserted = [Trace(row_id, "insert", None, {"id": row_id, **row}) for row_id, row in zip(ids, new, strict=True)]
        write_events(connection, change_id, overlay, inserted)


def _kept(connection: Connection, table: Table, row_ids: Sequence[int]) -> dict[tuple[int, str], dict[str, Any]]:
    overlay = table_of(Overlay)
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for part in parts(row_ids):
        there = select(overlay).where(overlay.c.table_name == table.name, overlay.c.row_id.in_(part))
        for row in connection.execute(there).mappings():
            found[row["row_id"], row["column_name"]] = dict(row)
    return found
