"""The unit of work: one transaction that changes rows, writes down what changed, and derives what depends on it.

`metrics.work` is the one that everybody uses; it hands in the derivation. Every change has an actor, a reason and an id
made by the client, so that repeating it after an unclear commit does nothing twice.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, Table, event, inspect, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from salestui.model.tables.base import Row, Sourced
from salestui.model.tables.exchange import Overlay
from salestui.model.tables.history import Change
from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store.plain import to_plain
from salestui.store.trace import table_of, write_event

_WRITERS_LOCK = 7_325_001
"""The advisory lock that makes writers on PostgreSQL take turns, as SQLite does: derived sums need it."""

_BOOKKEEPING = frozenset({"id", "version", "change_id"})


@dataclass(frozen=True)
class Actor:
    """Who does it."""

    name: str


@dataclass(frozen=True)
class Touch:
    """A row that changed: its table and its whole content before and after (None where it was not, or is no more)."""

    table: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass
class Work:
    """A transaction under way."""

    session: Session
    actor: Actor
    change_id: UUID
    kind: str
    touched: list[Touch] = field(default_factory=list)
    rewritten: set[str] = field(default_factory=set)
    """Tables that were written in bulk: what depends on them is derived anew."""

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.touched or self.rewritten)


class StaleSave(DataProblem):
    """Somebody else changed the row between reading and saving."""


class AlreadyDone(Exception):
    """This very change is in the history: an earlier attempt had succeeded."""


def _clock() -> datetime:
    return datetime.now(UTC)


@contextmanager
def begin(
    engine: Engine,
    actor: Actor,
    reason: str,
    *,
    derive: Callable[[Work], None],
    kind: str = "edit",
    undoes: UUID | None = None,
    change_id: UUID | None = None,
    clock: Callable[[], datetime] = _clock,
) -> Iterator[Work]:
    """Begin a change; leaving the block commits it whole, an exception undoes it whole."""
    with Session(engine, expire_on_commit=False) as session:
        work = Work(session, actor, change_id or uuid4(), kind)
        try:
            if engine.dialect.name == "postgresql":
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_LOCK})
            if session.get(Change, work.change_id) is not None:
                raise AlreadyDone
            session.add(
                Change(id=work.change_id, at=clock(), actor=actor.name, reason=reason, kind=kind, undoes=undoes)
            )
            session.flush()
            _listen(session, work)
            yield work
            session.flush()
            if not work.changed:
                session.rollback()
                return
            derive(work)
            session.commit()
        except StaleDataError as error:
            raise StaleSave(
                "Somebody else changed this in the meantime.", remedy="Look at the new values, then save again."
            ) from error
        except IntegrityError as error:
            raise DataProblem(f"The data does not fit together: {error.orig}.") from error
        except OperationalError as error:
            raise _out_of_reach(error) from error


def _out_of_reach(error: DBAPIError) -> DatabaseProblem:
    reason = str(error.orig).strip().splitlines()[0] if error.orig is not None else str(error)
    if "locked" in reason:
        return DatabaseProblem("The database is busy with another change.", remedy="Try again in a moment.")
    return DatabaseProblem(f"The database cannot be written: {reason}.", remedy="Nothing was changed. Try again.")


def _listen(session: Session, work: Work) -> None:
    @event.listens_for(session, "before_flush")
    def stamp(_session: Session, _context: UOWTransaction, _instances: object) -> None:
        for row in session.new:
            if isinstance(row, Row):
                row.change_id = work.change_id

    @event.listens_for(session, "after_flush")
    def record(_session: Session, _context: UOWTransaction) -> None:
        for row in [*session.new, *session.dirty, *session.deleted]:
            if isinstance(row, Row):
                _record(work, row)

    @event.listens_for(session, "do_orm_execute")
    def refuse(state: ORMExecuteState) -> None:
        if state.is_update or state.is_delete or state.is_insert:
            raise RuntimeError("a bulk write through the ORM would leave no trace; use store.bulk")


def _record(work: Work, row: Row) -> None:
    state = inspect(row)
    table: Table = state.mapper.local_table
    now = {column.key: getattr(row, column.key) for column in table.columns}
    before: dict[str, Any] = {}
    for column in table.columns:
        history = state.attrs[column.key].history
        if history.has_changes() and history.deleted:
            before[column.key] = history.deleted[0]
    session = work.session
    if row in session.deleted:
        write_event(
            work.session.connection(), work.change_id, table, now["id"], "delete", before=now | before, after=None
        )
        work.touched.append(Touch(table.name, now | before, None))
    elif row in session.new:
        write_event(work.session.connection(), work.change_id, table, now["id"], "insert", before=None, after=now)
        work.touched.append(Touch(table.name, None, now))
    else:
        changed = {key: now[key] for key in before if key not in _BOOKKEEPING and before[key] != now[key]}
        if not changed:
            return
        was = {key: before[key] for key in changed}
        write_event(work.session.connection(), work.change_id, table, now["id"], "update", before=was, after=changed)
        work.touched.append(Touch(table.name, now | was, now))
        if work.kind != "import" and isinstance(row, Sourced) and row.source is not None:
            _lay_over(work, table, now["id"], was, changed)


def _lay_over(work: Work, table: Table, row_id: int, was: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Keep the imported values that local ones now stand over; where they agree again, the overlay goes."""
    overlay = table_of(Overlay)
    connection = work.session.connection()
    for key, value in now.items():
        place = {"table_name": table.name, "row_id": row_id, "column_name": key}
        kept = connection.execute(select(overlay).filter_by(**place)).mappings().one_or_none()
        if kept is None:
            values = {**place, "imported": to_plain(was[key]), "version": 1, "change_id": work.change_id}
            (new_id,) = connection.execute(overlay.insert(), values).inserted_primary_key or (0,)
            write_event(connection, work.change_id, overlay, new_id, "insert", None, values)
        elif kept["imported"] == to_plain(value):
            connection.execute(overlay.delete().where(overlay.c.id == kept["id"]))
            write_event(connection, work.change_id, overlay, kept["id"], "delete", dict(kept), None)


def _keep_what_was(model: type[Row]) -> None:
    """Make an expired attribute load its old value before it is set, or history would record no *before*."""
    for attribute in inspect(model).column_attrs:
        event.listen(getattr(model, attribute.key), "set", lambda *_: None, active_history=True)


@event.listens_for(Row, "mapper_configured", propagate=True)
def _configured(_mapper: object, model: type[Row]) -> None:
    _keep_what_was(model)
