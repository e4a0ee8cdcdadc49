"""The history: what was changed by whom and why; which changes still stand; taking a change back whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from salestui.model.tables.base import HELD_BY, ONLY_ONE
from salestui.model.tables.everything import metadata
from salestui.model.tables.history import Change, Event
from salestui.model.values.errors import DataProblem
from salestui.store.database import Database
from salestui.store.plain_sql import value_in
from salestui.store.reversing import reverse
from salestui.store.schema import open_current
from salestui.store.trace import table_of
from salestui.store.work import Work

SUBMISSION = "submission"
APPROVAL = "approval"
PUBLICATION = "publication"
RETURN = "return"
CLOSE = "close"
REOPENING = "reopening"
FINAL = frozenset({SUBMISSION, APPROVAL, PUBLICATION, RETURN, CLOSE, REOPENING})
"""The kinds of change that undo does not cross: they are reversed by an act of their own, which all can see."""

change, event = table_of(Change), table_of(Event)


@dataclass(frozen=True)
class ChangeView:
    """A change as a list shows it."""

    id: UUID
    number: int
    at: datetime
    actor: str
    reason: str
    """Its summary, in one line."""
    kind: str
    rows: int
    stands: bool
    story: tuple[str, ...] = ()
    """What is told below the summary: how it came to that, step by step, or why."""


def summary(reason: str) -> str:
    """The first line of a change's reason: what lists show of it."""
    return reason.partition("\n")[0]


class Standing:
    """Which changes still stand: a change stands unless one that undoes it stands (so a redone change stands again)."""

    def __init__(self, undone_by: Iterable[tuple[UUID, UUID]]) -> None:
        self._undoers: dict[UUID, list[UUID]] = {}
        for undoer, undone in undone_by:
            self._undoers.setdefault(undone, []).append(undoer)

    def __contains__(self, change_id: UUID) -> bool:
        return not any(undoer in self for undoer in self._undoers.get(change_id, ()))


def standing(session: Session, *, without: UUID | None = None) -> Standing:
    """Which changes stand, leaving one out of account that is only being made."""
    undos = select(change.c.id, change.c.undoes).where(change.c.undoes.is_not(None))
    return Standing((undoer, undone) for undoer, undone in session.execute(undos) if undoer != without)


def read_changes(session: Session, *, limit: int = 200) -> tuple[ChangeView, ...]:
    """The latest changes, newest first."""
    rows = select(func.count()).where(event.c.change_id == change.c.id).scalar_subquery()
    latest = select(change, rows.label("rows")).order_by(change.c.number.desc()).limit(limit)
    stands = standing(session)
    return tuple(
        ChangeView(
            row.id,
            row.number,
            row.at,
            row.actor,
            summary(row.reason),
            row.kind,
            row.rows,
            row.id in stands,
            tuple(row.reason.split("\n")[1:]),
        )
        for row in session.execute(latest)
    )


def recent(database: Database, *, limit: int) -> tuple[ChangeView, ...]:
    """The latest changes in a database, newest first."""
    with Session(open_current(database, write=False)) as session:
        return read_changes(session, limit=limit)


def last_undoable(session: Session, actor: str) -> UUID | None:
    """The change that undo takes back: the actor's latest edit or import that still stands, unless beyond a `FINAL`."""
    stands = standing(session)
    for row in session.execute(_of(actor).where(change.c.undoes.is_(None))):
        if row.kind in FINAL:
            return None
        if row.id in stands:
            found: UUID = row.id
            return found
    return None


def nothing_to_undo(session: Session, actor: str) -> str:
    """Why there is nothing that `last_undoable` finds: a sentence, or two where something of the actor's ends it."""
    found = session.execute(_of(actor).where(change.c.kind.in_(FINAL)).limit(1)).first()
    if found is None:
        return "There is nothing of yours to undo."
    way = " Change that by a new version." if found.kind == PUBLICATION else ""
    return f"There is nothing of yours to undo since “{summary(found.reason)}”, and undo does not go beyond that.{way}"


def last_redoable(session: Session, actor: str) -> UUID | None:
    """The undo that redo takes back: the actor's latest that still stands, unless something was changed after it."""
    stands = standing(session)
    for row in session.execute(_of(actor)):
        if row.kind == "undo" and row.id in stands:
            found: UUID = row.id
            return found
        if row.undoes is None:
            return None
    return None


def _of(actor: str) -> Select[Any]:
    return select(change).where(change.c.actor == actor).order_by(change.c.number.desc())


def undo(work: Work, change_id: UUID) -> None:
    """Take a change back whole. Refused where it is undone already, or a row has moved on since."""
    session = work.session
    stands = standing(session, without=work.change_id)
    if change_id not in stands:
        raise DataProblem("This change is undone already.", remedy="Look at the history.")
    _refuse_if_moved_on(work, change_id, stands)
    _refuse_if_closed(session, change_id)
    _refuse_if_final(session, change_id)
    try:
        reverse(work, change_id)
    except IntegrityError as error:
        raise DataProblem(
            "This cannot be undone: something else builds on it.",
            remedy="Undo what was made of it first.",
        ) from error
    _refuse_if_doubled(work)
    _refuse_if_held(work)


def _refuse_if_moved_on(work: Work, change_id: UUID, stands: Standing) -> None:
    """Refuse where a later change of the same rows counts: it stands, and is not the undoing of another later one."""
    mine, later = event.alias("mine"), event.alias("later")
    same_row = (later.c.row_id == mine.c.row_id) & (later.c.table_name == mine.c.table_name)
    moved = (
        select(change.c.number, change.c.id, change.c.actor, change.c.reason, change.c.at, change.c.undoes)
        .select_from(mine)
        .join(later, same_row & (later.c.id > mine.c.id))
        .join(change, change.c.id == later.c.change_id)
        .where(mine.c.change_id == change_id, later.c.change_id.not_in([change_id, work.change_id]))
        .distinct()
        .order_by(change.c.number.desc())
    )
    found = work.session.execute(moved).all()
    ids = {row.id for row in found}
    for row in found:
        if row.id in stands and row.undoes not in ids:
            raise DataProblem(
                f"This cannot be undone: {row.actor} changed the same thing later ({summary(row.reason)}).",
                where=f"{row.at:%Y-%m-%d %H:%M} UTC",
                remedy=_instead(work, row.actor),
            )


def _refuse_if_closed(session: Session, change_id: UUID) -> None:
    """Refuse where months were closed after the change, by whomever."""
    this = select(change.c.number).where(change.c.id == change_id).scalar_subquery()
    closed = select(change.c.id).where(change.c.kind == CLOSE, change.c.number > this).order_by(change.c.number.desc())
    found = session.execute(closed.limit(1)).scalar()
    if found is not None:
        raise _made_final(session, found)


def _refuse_if_final(session: Session, change_id: UUID) -> None:
    """Refuse where a row is part of something that was made final later, as a quota is of a plan in force."""
    mine, final = event.alias("mine"), event.alias("final")
    this = select(change.c.number).where(change.c.id == change_id).scalar_subquery()
    later = select(change.c.id).where(change.c.kind.in_(FINAL), change.c.number > this)
    wholes = select(final.c.table_name).where(final.c.change_id.in_(later)).distinct()
    closed = set(session.execute(wholes).scalars())
    names = select(mine.c.table_name).where(mine.c.change_id == change_id).distinct()
    for name in session.execute(names).scalars() if closed else ():
        table = metadata.tables[name]
        for key in table.foreign_keys:
            whole = key.column.table.name
            if whole not in closed:
                continue
            of_what_is_gone = mine.c.before[key.parent.key].as_integer()
            part_of_it = (
                select(final.c.change_id)
                .select_from(mine)
                .outerjoin(table, table.c.id == mine.c.row_id)
                .join(
                    final,
                    (final.c.table_name == whole)
                    & (final.c.row_id == case((mine.c.kind == "delete", of_what_is_gone), else_=key.parent)),
                )
                .where(mine.c.change_id == change_id, mine.c.table_name == name, final.c.change_id.in_(later))
                .order_by(final.c.id.desc())
                .limit(1)
            )
            found = session.execute(part_of_it).first()
            if found is not None:
                raise _made_final(session, found.change_id)


def _refuse_if_doubled(work: Work) -> None:
    """Refuse where a row that came back stands beside another that was put in its place meanwhile."""
    session = work.session
    came = (event.c.change_id == work.change_id) & (event.c.kind == "insert")
    for name in session.execute(select(event.c.table_name).where(came).distinct()).scalars().all():
        table = metadata.tables[name]
        columns = [table.c[key] for key in table.info.get(ONLY_ONE, ())]
        back = select(event.c.row_id).where(came, event.c.table_name == name)
        if not columns:
            continue
        near = [c.in_(select(c).where(table.c.id.in_(back)).distinct()) for c in columns if not c.nullable]
        doubled = select(*columns).where(*near).group_by(*columns).having(func.count() > 1).limit(1)
        found = session.execute(doubled).first()
        if found is not None:
            same = [column.is_not_distinct_from(value) for column, value in zip(columns, found, strict=True)]
            other = select(table.c.change_id).where(*same, table.c.id.not_in(back)).limit(1)
            made = session.get_one(Change, session.execute(other).scalar_one())
            raise DataProblem(
                f"This cannot be undone: {made.actor} put another in its place later ({summary(made.reason)}).",
                where=f"{made.at:%Y-%m-%d %H:%M} UTC",
                remedy=_instead(work, made.actor),
            )


def _refuse_if_held(work: Work) -> None:
    """Refuse where a row that was taken back is locked meanwhile; locks that came back with it hold nothing of it."""
    session = work.session
    names = select(event.c.table_name).where(event.c.change_id == work.change_id).distinct()
    for name in session.execute(names).scalars().all():
        table = metadata.tables[name]
        if table.info.get(HELD_BY) is None:
            continue
        lock = metadata.tables[table.info[HELD_BY]]
        if session.execute(select(lock.c.id).limit(1)).first() is None:
            continue
        columns = [table.c[key] for key in table.info[ONLY_ONE]]
        brought = event.alias("brought")
        came_too = exists().where(
            brought.c.change_id == work.change_id, brought.c.table_name == lock.name, brought.c.row_id == lock.c.id
        )
        mine = (event.c.change_id == work.change_id) & (event.c.table_name == name)
        kept = [(column, value_in(session.connection(), column, event.c.before)) for column in columns]
        there, gone = (
            and_(*(_alike(lock.c[column.key], value) for column, value in pairs))
            for pairs in ([(column, column) for column in columns], kept)
        )
        held = select(lock.c.change_id).where(~came_too).limit(1)
        for statement in (
            held.join_from(lock, table, there).join(event, mine & (event.c.row_id == table.c.id)),
            held.join_from(event, lock, gone).where(mine, event.c.kind == "delete"),
        ):
            found = session.execute(statement).first()
            if found is not None:
                made = session.get_one(Change, found.change_id)
                raise DataProblem(
                    f"This cannot be undone: {made.actor} locked what it changed ({summary(made.reason)}).",
                    where=f"{made.at:%Y-%m-%d %H:%M} UTC",
                    remedy="Unlock it first.",
                )


def _alike(column: Column[Any], value: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether they are the same, where nothing is the same as nothing: only that is no plain comparison."""
    return column.is_not_distinct_from(value) if column.nullable else column == value


def _instead(work: Work, actor: str) -> str:
    """What to do about a change that somebody made since: nobody undoes another's."""
    return "Undo that change first." if actor == work.actor.name else "Change it by hand instead, or ask them."


def _made_final(session: Session, change_id: UUID) -> DataProblem:
    made = session.get_one(Change, change_id)
    if made.kind == PUBLICATION:
        what, remedy = "it is in force since", "Change it by a new version instead."
    else:
        what, remedy = f"“{summary(made.reason)}” came after it", "Change it by hand instead."
    return DataProblem(f"This cannot be undone: {what}.", where=f"{made.at:%Y-%m-%d %H:%M} UTC", remedy=remedy)
