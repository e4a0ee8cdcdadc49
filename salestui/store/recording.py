"""Recording: what the ORM writes within a unit of work goes into the history, in the order it was written."""

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Table, event, inspect
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, object_session
from sqlmodel import Session

from salestui.model.tables.base import Row, Sourced
from salestui.model.tables.everything import modules
from salestui.store.overlay import NOT_LAID_OVER, Edit, lay_over
from salestui.store.trace import Touch, Trace, table_of, write_events

if TYPE_CHECKING:
    from salestui.store.work import Work

_BOOKKEEPING = frozenset({"id", "version", "change_id"})
_WRITTEN = "written"


class _Written(NamedTuple):
    """A row that the ORM has just written."""

    kind: str
    table: Table
    row: Row


def record_in(work: "Work") -> None:
    """Record from now on what the session of `work` writes, and refuse what would leave no trace."""
    _keep_what_was()
    session = work.session
    written: list[_Written] = []
    session.info[_WRITTEN] = written

    @event.listens_for(session, "before_flush")
    def stamp(_session: Session, _context: UOWTransaction, _instances: object) -> None:
        for row in session.new:
            if isinstance(row, Row):
                row.change_id = work.change_id

    @event.listens_for(session, "after_flush")
    def record(_session: Session, _context: UOWTransaction) -> None:
        for (table, _gone), run in groupby(written, key=lambda each: (each.table, each.kind == "delete")):
            # Of one table, the ORM updates rows before it inserts others, whatever it reports first.
            _record(work, table, sorted(run, key=lambda each: each.kind != "update"))
        written.clear()

    @event.listens_for(session, "do_orm_execute")
    def refuse(state: ORMExecuteState) -> None:
        if state.is_update or state.is_delete or state.is_insert:
            raise RuntimeError("a bulk write through the session would leave no trace; use store.bulk")


def _record(work: "Work", table: Table, written: list[_Written]) -> None:
    traces: list[Trace] = []
    edits: list[Edit] = []
    for kind, _table, row in written:
        now: dict[str, Any] = {column.key: getattr(row, column.key) for column in table.columns}
        was = now | _replaced(row, table)
        if kind == "delete":
            traces.append(Trace(was["id"], kind, was, None))
            work.touched.append(Touch(table.name, was, None))
        elif kind == "insert":
            traces.append(Trace(now["id"], kind, None, now))
            work.touched.append(Touch(table.name, None, now))
        else:
            changed = [key for key in now if key not in _BOOKKEEPING and was[key] != now[key]]
            if not changed:
                continue
            edit = Edit(now["id"], {key: was[key] for key in changed}, {key: now[key] for key in changed})
            traces.append(Trace(edit.row_id, kind, edit.before, edit.after))
            work.touched.append(Touch(table.name, was, now))
            if isinstance(row, Sourced) and row.source is not None and not NOT_LAID_OVER.issuperset(changed):
                edits.append(edit)
    connection = work.session.connection()
    write_events(connection, work.change_id, table, traces)
    if work.kind != "import":
        lay_over(connection, work.change_id, table, edits)


def _replaced(row: Row, table: Table) -> dict[str, Any]:
    """What the columns that were set held before."""
    attributes = inspect(row).attrs
    found: dict[str, Any] = {}
    for column in table.columns:
        history = attributes[column.key].history
        if history.has_changes() and history.deleted:
            found[column.key] = history.deleted[0]
    return found


def _note(kind: str, row: Row) -> None:
    session = object_session(row)
    written = None if session is None else session.info.get(_WRITTEN)
    if written is None:
        raise RuntimeError("a row written outside a unit of work would leave no trace; use metrics.work")
    written.append(_Written(kind, table_of(type(row)), row))


@event.listens_for(Row, "after_insert", propagate=True)
def _inserted(_mapper: object, _connection: object, row: Row) -> None:
    _note("insert", row)


@event.listens_for(Row, "after_update", propagate=True)
def _updated(_mapper: object, _connection: object, row: Row) -> None:
    _note("update", row)


@event.listens_for(Row, "after_delete", propagate=True)
def _deleted(_mapper: object, _connection: object, row: Row) -> None:
    _note("delete", row)


@cache
def _keep_what_was() -> None:
    """Make an expired attribute load its old value before it is set, or history would record no *before*."""
    for model in [model for module in modules for model in vars(module).values()]:
        if isinstance(model, type) and issubclass(model, Row) and hasattr(model, "__table__"):
            for attribute in inspect(model).column_attrs:
                event.listen(getattr(model, attribute.key), "set", lambda *_: None, active_history=True)
