"""A plain model of rows that people change and take back, independent of the store's own way to do it.

Every content of a row bears a stamp: writing the row makes a new one, and undoing brings the old one back with its
stamp. So a change can be taken back exactly where every row it touched still bears the stamp that the change gave it,
and every reference leads to a row afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from salestui.model.tables.everything import metadata
from salestui.store.plain import to_plain

Key = tuple[Any, ...]
"""A table's name and a row's id; for an overlay, what it lies over."""

_SOURCE = frozenset({"source", "source_id"})
_REFERENCES = {
    table.name: {column.name: key.column.table.name for column in table.columns for key in column.foreign_keys}
    for table in metadata.tables.values()
}


@dataclass(frozen=True)
class Stamped:
    """What a row holds, and the stamp of having been written so."""

    content: Mapping[str, Any]
    stamp: int


@dataclass
class Made:
    """A change that was made, with every row it touched, before and after."""

    actor: str
    kind: str
    undoes: "Made | None" = None
    stands: bool = True
    touched: dict[Key, tuple[Stamped | None, Stamped | None]] = field(default_factory=dict)


class Refused(Exception):
    """The model says that this must be refused."""


class PlainModel:
    """Rows, and the changes that made them so."""

    def __init__(self) -> None:
        self.rows: dict[Key, Stamped] = {}
        self.changes: list[Made] = []
        self._stamps = count(1)

    def begin(self, actor: str, kind: str = "edit") -> "Change":
        """A change that is to be made."""
        return Change(self, actor, kind)

    def stamped(self, content: Mapping[str, Any]) -> Stamped:
        """A content that has just been written."""
        return Stamped(dict(content), next(self._stamps))

    def undoable(self, actor: str) -> Made | None:
        """The actor's latest change that stands and is no undoing itself."""
        own = (change for change in reversed(self.changes) if change.actor == actor)
        return next((change for change in own if change.undoes is None and change.stands), None)

    def redoable(self, actor: str) -> Made | None:
        """The actor's latest undo that stands, unless the actor has changed something since."""
        for change in reversed(self.changes):
            if change.actor == actor:
                if change.kind == "undo" and change.stands:
                    return change
                if change.undoes is None:
                    return None
        return None

    def take_back(self, change: Made, actor: str, kind: str) -> None:
        """Take a change back; Refused where a row has moved on, or a reference would lead nowhere."""
        if any(self.rows.get(key) != after for key, (_before, after) in change.touched.items()):
            raise Refused
        before = dict(self.rows)
        for key, (was, _after) in change.touched.items():
            self._put(key, was)
        if not self.whole:
            self.rows = before
            raise Refused
        change.stands = False
        if change.undoes is not None:
            change.undoes.stands = True
        touched = {key: (after, was) for key, (was, after) in change.touched.items()}
        self.changes.append(Made(actor, kind, change, touched=touched))

    @property
    def whole(self) -> bool:
        """Whether every reference leads to a row."""
        return all(
            (target, row.content[column]) in self.rows
            for key, row in self.rows.items()
            for column, target in _REFERENCES[key[0]].items()
            if row.content.get(column) is not None
        )

    def _put(self, key: Key, row: Stamped | None) -> None:
        if row is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = row


class Change:
    """A change under way."""

    def __init__(self, model: PlainModel, actor: str, kind: str) -> None:
        self._model = model
        self._made = Made(actor, kind)
        self._before = dict(model.rows)

    def insert(self, table: str, row_id: int, content: Mapping[str, Any]) -> None:
        """A new row."""
        self._write((table, row_id), content)

    def update(self, table: str, row_id: int, columns: Mapping[str, Any]) -> None:
        """Set columns of a row; an imported value that a local one replaces is kept beside."""
        row = self._model.rows[table, row_id].content
        changed = {key: value for key, value in columns.items() if row[key] != value}
        if not changed:
            return
        self._write((table, row_id), {**row, **changed})
        if self._made.kind == "import" or row.get("source") is None:
            return
        for column in changed.keys() - _SOURCE:
            over = ("overlay", table, row_id, column)
            kept = self._model.rows.get(over)
            if kept is None:
                self._write(over, {"imported": to_plain(row[column])})
            elif kept.content["imported"] == to_plain(changed[column]):
                self._write(over, None)

    def delete(self, table: str, row_id: int) -> None:
        """Delete a row; Refused where another refers to it."""
        self._write((table, row_id), None)
        if not self._model.whole:
            raise Refused

    def give_up(self) -> None:
        """Leave everything as it was."""
        self._model.rows = self._before

    def finish(self) -> bool:
        """Make the change, unless nothing changed; tells whether there was anything to make."""
        if self._made.touched:
            self._model.changes.append(self._made)
        return bool(self._made.touched)

    def _write(self, key: Key, content: Mapping[str, Any] | None) -> None:
        model = self._model
        was, _ = self._made.touched.get(key, (model.rows.get(key), None))
        now = None if content is None else model.stamped(content)
        self._made.touched[key] = (was, now)
        if now is None:
            model.rows.pop(key, None)
        else:
            model.rows[key] = now
