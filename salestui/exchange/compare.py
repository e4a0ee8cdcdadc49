"""Comparing what the files say with what the database holds: rows to insert, update and delete, and local values kept.

Nothing is written here. New rows have provisional ids below zero, so that others can already refer to them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from salestui.model.tables.base import Sourced
from salestui.model.tables.exchange import Overlay
from salestui.store.overlay import Edit
from salestui.store.plain import to_plain
from salestui.store.trace import Trace, table_of

_BOOKKEEPING = frozenset({"id", "version", "change_id", "source", "source_id"})


@dataclass(frozen=True)
class Overlaid:
    """The imported value of a column whose row holds a local one."""

    id: int
    imported: Any


@dataclass
class Counts:
    """How many rows of a kind an import touched, and how."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    """Parts of a record (a sale's credit, a person's time in a seat) that the source has replaced by others."""
    refused: int = 0
    kept_local: int = 0
    """Of those updated or unchanged: rows where a local value stands over the imported one."""
    no_longer: int = 0
    """Rows of an earlier import that the source no longer has; they stay."""


@dataclass
class OverlayPlan:
    """Changes to overlays: imported values that moved on, overlays that are needed no more, and new ones."""

    moved: dict[int, "Moved"] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)
    laid: list[tuple[Table, Edit]] = field(default_factory=list)
    """Local values that imported ones come under for the first time: before is the imported value, after the local."""


@dataclass(frozen=True)
class Moved:
    """An overlaid column's imported value, before and now."""

    table: str
    column: str
    before: Any
    after: Any


class Kept:
    """What the database holds; nothing where there is no database yet."""

    def __init__(self, connection: Connection | None) -> None:
        self._connection = connection
        self.overlay_rows: dict[int, dict[str, Any]] = {}
        self.overlays = self._read_overlays()

    def rows(self, model: type[Sourced]) -> list[dict[str, Any]]:
        """All rows of a table."""
        if self._connection is None:
            return []
        return [dict(row) for row in self._connection.execute(select(table_of(model))).mappings()]

    def _read_overlays(self) -> dict[str, dict[int, dict[str, Overlaid]]]:
        found: dict[str, dict[int, dict[str, Overlaid]]] = {}
        if self._connection is not None:
            for row in self._connection.execute(select(table_of(Overlay))).mappings():
                self.overlay_rows[row["id"]] = dict(row)
                columns = found.setdefault(row["table_name"], {}).setdefault(row["row_id"], {})
                columns[row["column_name"]] = Overlaid(row["id"], row["imported"])
        return found


class TablePlan:
    """What is to be done with one table."""

    def __init__(self, model: type[Sourced], source: str, kept: Kept, overlays: OverlayPlan) -> None:
        self.model = model
        self.table = table_of(model)
        self._source = source
        self._overlays = overlays
        self._overlaid = kept.overlays.get(self.table.name, {})
        self._blank = dict.fromkeys(column.key for column in self.table.columns if column.key not in _BOOKKEEPING)
        self.by_id: dict[int, dict[str, Any]] = {row["id"]: row for row in kept.rows(model)}
        """Rows as they will stand after the import, local values included."""
        self.by_key: dict[str, dict[str, Any]] = {
            row["source_id"]: row for row in self.by_id.values() if row["source"] == source
        }
        """Those of the source, by the id they have there."""
        self._before = {key: row["id"] for key, row in self.by_key.items()}
        self.inserts: dict[str, dict[str, Any]] = {}
        self.updates: dict[str, Trace] = {}
        self.deletes: dict[str | int, dict[str, Any]] = {}
        self.seen: set[str] = set()
        self.local: set[str] = set()

    def id_of(self, key: str) -> int | None:
        """The id of the source's row `key`."""
        row = self.by_key.get(key)
        return None if row is None else int(row["id"])

    def put(self, key: str, values: Mapping[str, Any]) -> int:
        """Take in a row as the source has it; columns not given stay as they are. Returns its id."""
        self.seen.add(key)
        row = self.by_key.get(key)
        if row is None:
            return self._insert(key, values)
        overlaid = self._overlaid.get(row["id"])
        changed = {}
        for column, value in values.items():
            if overlaid and column in overlaid:
                self._stay_local(key, column, overlaid[column], row[column], value)
            elif row[column] != value:
                changed[column] = value
        if changed:
            before = {column: row[column] for column in changed}
            self.updates[key] = Trace(row["id"], "update", before, changed)
            self._replace(key, row | changed)
        return int(row["id"])

    def stands(self, key: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The row as it would stand once it were put: with local values where there are some."""
        row = self.by_key.get(key, {})
        overlaid = self._overlaid.get(row["id"], {}) if row else {}
        return row | {column: value for column, value in values.items() if column not in overlaid}

    def is_local(self, row: Mapping[str, Any]) -> bool:
        """Whether a row was made here, or holds a local value."""
        return row["source"] != self._source or row["id"] in self._overlaid

    def delete(self, key: str) -> None:
        """Take out a row of the source."""
        row = self.by_key.pop(key)
        del self.by_id[row["id"]]
        self.deletes[key] = row
        self._overlays.agreed |= {each.id for each in self._overlaid.get(row["id"], {}).values()}

    def delete_local(self, row: Mapping[str, Any]) -> None:
        """Take out a row that was made here, and that one of the source takes the place of."""
        del self.by_id[row["id"]]
        self.deletes[row["id"]] = dict(row)

    def adopt(self, row: Mapping[str, Any], key: str, values: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Take a row that was made here for the source's row `key`, with the local values of the columns in `theirs`.

        What these are there is laid under them.
        """
        wanted = {column: value for column, value in values.items() if column not in theirs}
        wanted |= {"source": self._source, "source_id": key}
        changed = {column: value for column, value in wanted.items() if row[column] != value}
        self.updates[key] = Trace(row["id"], "update", {column: row[column] for column in changed}, changed)
        self._replace(key, {**row, **changed})
        self.seen.add(key)
        if theirs:
            self.local.add(key)
            ours = {column: row[column] for column in theirs}
            self._overlays.laid.append((self.table, Edit(row["id"], theirs, ours, row["change_id"])))

    def drop_stale(self, column: str, owners: Iterable[int]) -> None:
        """Take out rows that are parts of `owners` (by `column`) and that the source no longer has, unless local."""
        wanted = set(owners)
        for key in [key for key, row in self.by_key.items() if row[column] in wanted and key not in self.seen]:
            if not self.is_local(self.by_key[key]):
                self.delete(key)

    def counts(self) -> Counts:
        """How many rows are inserted, updated, unchanged, kept local or no longer there."""
        gone = len(self._before.keys() - self.seen - self.deletes.keys())
        return Counts(
            inserted=len(self.inserts),
            updated=len(self.updates),
            unchanged=len(self.seen) - len(self.inserts) - len(self.updates),
            removed=len(self.deletes),
            kept_local=len(self.local),
            no_longer=gone,
        )

    def _insert(self, key: str, values: Mapping[str, Any]) -> int:
        new_id = -1 - len(self.inserts)
        row = {**self._blank, **values, "id": new_id, "source": self._source, "source_id": key}
        self.inserts[key] = row
        self._replace(key, row)
        return new_id

    def _replace(self, key: str, row: dict[str, Any]) -> None:
        self.by_key[key] = row
        self.by_id[row["id"]] = row

    def _stay_local(self, key: str, column: str, overlaid: Overlaid, ours: Any, theirs: Any) -> None:
        if theirs == ours:
            self._overlays.agreed.add(overlaid.id)
            return
        self.local.add(key)
        if to_plain(theirs) != overlaid.imported:
            moved = Moved(self.table.name, column, overlaid.imported, to_plain(theirs))
            self._overlays.moved[overlaid.id] = moved


class Plan:
    """What is to be done with every table."""

    def __init__(self, source: str, kept: Kept) -> None:
        self.overlays = OverlayPlan()
        self.tables: dict[type[Sourced], TablePlan] = {}
        self.source = source
        self.kept = kept

    def table(self, model: type[Sourced]) -> TablePlan:
        """The plan of a table; its rows are read when they are first asked for."""
        if model not in self.tables:
            self.tables[model] = TablePlan(model, self.source, self.kept, self.overlays)
        return self.tables[model]

    @property
    def changes(self) -> bool:
        """Whether there is anything to write."""
        tables = any(each.inserts or each.updates or each.deletes for each in self.tables.values())
        return tables or bool(self.overlays.moved or self.overlays.agreed)
