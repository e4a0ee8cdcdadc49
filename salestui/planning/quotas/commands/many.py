"""Very many quotas at once: they are laid beside the plan in a temporary table, and the database does the rest."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, Date, Select, Table, exists, func, literal, select

from salestui.model.tables.history import Change
from salestui.model.tables.quotas import QuotaCell, QuotaLock, QuotaSubmission
from salestui.model.tables.types import AmountType, RowId
from salestui.model.values.amount import Amount
from salestui.planning.quotas.leaf import Leaf, columns_of
from salestui.store import sets
from salestui.store.staging import fill, fill_from, staging
from salestui.store.trace import table_of
from salestui.store.work import Work


class Typed(NamedTuple):
    """What is to be saved, by leaf, and what of it has a row in the plan already."""

    wanted: Table
    standing: Table


@contextmanager
def laid_out(work: Work, leaves: Sequence[int]) -> Iterator[Table]:
    """Leaves in a temporary table."""
    connection = work.session.connection()
    with staging(connection, *_leaf_columns(primary_key=True)) as wanted:
        fill(connection, wanted, columns_of(leaves))
        yield wanted


@contextmanager
def typed(
    work: Work, plan_id: int, leaves: Sequence[int], after: Iterable[int | None], base: Iterable[int | None]
) -> Iterator[Typed]:
    """Leaves with amounts and bases, in smallest units, laid beside a plan."""
    connection, cell = work.session.connection(), table_of(QuotaCell).c
    amounts = Column("after", AmountType), Column("base", AmountType)
    more = Column("after", AmountType), Column("base", AmountType), Column("now", AmountType)
    with (
        staging(connection, *_leaf_columns(primary_key=True), *amounts) as wanted,
        staging(connection, Column("row_id", RowId, primary_key=True), *_leaf_columns(), *more) as standing,
    ):
        fill(connection, wanted, (*columns_of(leaves), after, base))
        new = wanted.c
        there: Select[Any] = select(cell.id, new.seat, new.line, new.month, new.after, new.base, cell.amount).join_from(
            table_of(QuotaCell), wanted, same_leaf(table_of(QuotaCell), wanted)
        )
        fill_from(connection, standing, there.where(cell.plan_id == plan_id))
        yield Typed(wanted, standing)


def conflicts(work: Work, typed: Typed) -> list[tuple[Leaf, Amount | None, Amount | None, Amount | None]]:
    """The leaves that hold neither what they held when they were typed nor what is to be saved, with those amounts."""
    there, wanted = typed.standing.c, typed.wanted.c
    moved = select(there.seat, there.line, there.month, there.after, there.now, there.base).where(
        there.now.is_distinct_from(there.base), there.now.is_distinct_from(there.after)
    )
    gone = select(wanted.seat, wanted.line, wanted.month, wanted.after, wanted.base).where(
        wanted.base.is_not(None), wanted.after.is_not(None), ~_has_row(typed)
    )
    connection = work.session.connection()
    found = [
        (Leaf(seat, line, month), after, now, base) for seat, line, month, after, now, base in connection.execute(moved)
    ]
    if not _all_stand(work, typed):
        found += [
            (Leaf(seat, line, month), after, None, base) for seat, line, month, after, base in connection.execute(gone)
        ]
    return found


def locked(work: Work, plan_id: int, typed: Typed) -> list[tuple[Leaf, str, datetime, str]]:
    """The leaves to be changed that are locked: by whom, when and why."""
    change = table_of(Change).c
    statement = _beside(table_of(QuotaLock), plan_id, typed, change.actor, change.at, table_of(QuotaLock).c.reason)
    return [
        (Leaf(seat, line, month), who, at, why)
        for seat, line, month, who, at, why in work.session.connection().execute(statement)
    ]


def handed_in(
    work: Work, plan_id: int, typed: Typed
) -> list[tuple[Leaf, Amount | None, Amount | None, Amount | None, str, datetime]]:
    """The leaves to be changed that figures were handed in for: what is to be saved, what they hold and what they held
    when they were typed, by whom and when."""
    change, wanted, there = table_of(Change).c, typed.wanted.c, typed.standing.c
    amounts = wanted.after, there.now, wanted.base
    statement = _beside(table_of(QuotaSubmission), plan_id, typed, *amounts, change.actor, change.at)
    return [
        (Leaf(seat, line, month), after, now, base, who, at)
        for seat, line, month, after, now, base, who, at in work.session.connection().execute(statement)
    ]


def _beside(table: Table, plan_id: int, typed: Typed, *columns: ColumnElement[Any]) -> Select[Any]:
    """The leaves to be changed that a row of a table stands beside, with some columns."""
    wanted, there = typed.wanted, typed.standing
    same_row = (there.c.seat == wanted.c.seat) & (there.c.line == wanted.c.line) & (there.c.month == wanted.c.month)
    return (
        select(wanted.c.seat, wanted.c.line, wanted.c.month, *columns)
        .select_from(table)
        .join(wanted, same_leaf(table, wanted))
        .join(there, same_row, isouter=True)
        .join(table_of(Change), table_of(Change).c.id == table.c.change_id)
        .where(table.c.plan_id == plan_id, wanted.c.after.is_distinct_from(there.c.now))
    )


def write(work: Work, plan_id: int, typed: Typed) -> int:
    """Save them; answers how many changed."""
    changed = sets.update_from(work, QuotaCell, "amount", typed.standing)
    if _all_stand(work, typed):
        return changed
    wanted = typed.wanted.c
    new: Select[Any] = select(*leaf_as_columns(plan_id, typed.wanted), wanted.after.label("amount")).where(
        wanted.after.is_not(None), ~_has_row(typed)
    )
    return changed + sets.insert_from(work, QuotaCell, new.order_by(wanted.seat, wanted.line, wanted.month))


def same_leaf(table: Table, laid: Table) -> ColumnElement[bool]:
    """Whether a row of a plan's and one laid out are of the same leaf."""
    return (
        (table.c.seat_id == laid.c.seat)
        & (func.coalesce(table.c.line_id, 0) == laid.c.line)
        & (table.c.month == laid.c.month)
    )


def leaf_as_columns(plan_id: int, laid: Table) -> Sequence[ColumnElement[Any]]:
    """A leaf that is laid out as the columns of a plan's rows."""
    line = func.nullif(laid.c.line, 0).label("line_id")
    return (
        literal(plan_id, RowId).label("plan_id"),
        laid.c.seat.label("seat_id"),
        line,
        laid.c.month.label("month"),
    )


def _leaf_columns(*, primary_key: bool = False) -> tuple[Column[Any], ...]:
    names = (("seat", BigInteger()), ("line", BigInteger()), ("month", Date()))
    return tuple(Column(name, kind, primary_key=primary_key, nullable=False) for name, kind in names)


def _has_row(typed: Typed) -> ColumnElement[bool]:
    there, wanted = typed.standing.c, typed.wanted.c
    return exists().where(there.seat == wanted.seat, there.line == wanted.line, there.month == wanted.month)


def _all_stand(work: Work, typed: Typed) -> bool:
    connection = work.session.connection()
    wanted, there = (connection.execute(select(func.count()).select_from(table)).scalar_one() for table in typed)
    return bool(wanted == there)
