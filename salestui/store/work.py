"""The unit of work: one transaction that changes rows, writes down what changed, and derives what depends on it.

`metrics.work` is the one that everybody uses; it hands in the derivation. Every change has an actor, a reason and an id
made by the client, so that repeating it after an unclear commit does nothing twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from salestui.model.tables.base import Row
from salestui.model.tables.history import Change
from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store.engines import wait_for_turn
from salestui.store.outage import BUSY, first_line, is_busy
from salestui.store.recording import record_in
from salestui.store.trace import Touch, table_of

__all__ = ["Actor", "AlreadyDone", "StaleSave", "Touch", "Work", "begin"]

_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True)
class Actor:
    """Who does it."""

    name: str


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

    def to_edit(self, model: type[_R], row_id: int, version: int) -> _R:
        """The row that was read as `version`, to be edited; StaleSave where it has moved on or is gone."""
        row = self.session.get(model, row_id)
        if row is None or row.version != version:
            raise StaleSave(_STALE, remedy=_LOOK_AGAIN)
        return row


class StaleSave(DataProblem):
    """Somebody else changed the row between reading and saving."""


class AlreadyDone(Exception):
    """This very change is in the history: an earlier attempt had succeeded."""


_STALE = "Somebody else changed this in the meantime."
_LOOK_AGAIN = "Look at the new values, then save again."


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
            wait_for_turn(session.connection())
            if session.get(Change, work.change_id) is not None:
                raise AlreadyDone
            change = table_of(Change).c
            number = session.execute(select(func.coalesce(func.max(change.number), 0) + 1)).scalar_one()
            session.add(
                Change(
                    id=work.change_id,
                    number=number,
                    at=clock(),
                    actor=actor.name,
                    reason=reason,
                    kind=kind,
                    undoes=undoes,
                )
            )
            session.flush()
            record_in(work)
            yield work
            session.flush()
            if work.changed:
                derive(work)
                _commit(engine, work)
        except StaleDataError as error:
            raise StaleSave(_STALE, remedy=_LOOK_AGAIN) from error
        except IntegrityError as error:
            raise DataProblem(f"The data does not fit together: {first_line(error.orig)}.") from error
        except (DataError, UnicodeEncodeError) as error:
            told = first_line(error.orig if isinstance(error, DataError) else error)
            raise DataProblem(f"A value cannot be kept: {told}.") from error
        except (OperationalError, InterfaceError) as error:
            raise _unwritten(error) from error


def _commit(engine: Engine, work: Work) -> None:
    """Commit; where the answer is lost, look whether the change is in the history, for that is the answer too."""
    try:
        work.session.commit()
    except (OperationalError, InterfaceError) as error:
        if is_busy(error.orig):
            raise
        work.session.close()
        try:
            with Session(engine) as session:
                wait_for_turn(session.connection())
                kept = session.get(Change, work.change_id) is not None
        except (OperationalError, InterfaceError):
            raise DatabaseProblem(
                "The connection broke while saving, so that it is not known whether this was saved.",
                remedy="Look at the history before you do it again.",
            ) from error
        if not kept:
            raise


def _unwritten(error: DBAPIError) -> DatabaseProblem:
    if is_busy(error.orig):
        return DatabaseProblem(BUSY, remedy="Nothing was changed. Try again in a moment.")
    return DatabaseProblem(
        f"The database cannot be written: {first_line(error.orig)}.", remedy="Nothing was changed. Try again."
    )
