"""The unit of work that keeps the measures true: the only one that umbrellas, imports and undo use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from salestui.metrics.derive import derive
from salestui.model.tables.history import Change
from salestui.model.values.errors import DataProblem
from salestui.store import history
from salestui.store.database import Database
from salestui.store.schema import open_current
from salestui.store.work import Actor, Work, begin


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def work(
    engine: Engine,
    actor: Actor,
    reason: str,
    *,
    kind: str = "edit",
    undoes: UUID | None = None,
    change_id: UUID | None = None,
    clock: Callable[[], datetime] = _now,
) -> Iterator[Work]:
    """One change by `actor` for `reason`: rows, history and measures together, or none of them."""
    with begin(
        engine, actor, reason, derive=derive, kind=kind, undoes=undoes, change_id=change_id, clock=clock
    ) as begun:
        yield begun


def undo_last(engine: Engine, actor: Actor, *, clock: Callable[[], datetime] = _now) -> str:
    """Take back the actor's own last change; returns what it was. Refused where others built on it."""
    return _take_back(engine, actor, history.last_undoable, "undo", history.nothing_to_undo, clock)


def redo_last(engine: Engine, actor: Actor, *, clock: Callable[[], datetime] = _now) -> str:
    """Take back the actor's own last undo; returns what came back."""
    return _take_back(engine, actor, history.last_redoable, "redo", _nothing_to_redo, clock)


def find_undoable(database: Database, actor: str) -> bool:
    """Whether the actor has a change that undo would take back."""
    with Session(open_current(database, write=False)) as session:
        return history.last_undoable(session, actor) is not None


def why_no_undo(database: Database, actor: str) -> str:
    """Why the actor has no change that undo would take back."""
    with Session(open_current(database, write=False)) as session:
        return history.nothing_to_undo(session, actor)


def find_redoable(database: Database, actor: str) -> bool:
    """Whether the actor has an undo that redo would take back."""
    with Session(open_current(database, write=False)) as session:
        return history.last_redoable(session, actor) is not None


def _nothing_to_redo(session: Session, actor: str) -> str:
    return "There is nothing to redo."


def _take_back(
    engine: Engine,
    actor: Actor,
    find: Callable[[Session, str], UUID | None],
    kind: str,
    nothing: Callable[[Session, str], str],
    clock: Callable[[], datetime],
) -> str:
    with Session(engine) as session:
        found = find(session, actor.name)
        if found is None:
            raise DataProblem(nothing(session, actor.name))
        change = session.get_one(Change, found)
        reason = history.summary(change.reason)
    with work(engine, actor, reason, kind=kind, undoes=found, clock=clock) as begun:
        history.undo(begun, found)
    return reason
