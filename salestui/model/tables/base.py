"""What every kept row has: an id, a version against stale saves, the change that brought it, and where it came from."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from salestui.model.tables.types import RowId
from salestui.model.values.period import EARLIEST, LATEST

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

PERSONAL: dict[str, Any] = {"info": {"personal": True}}
"""Column arguments of personal data: history keeps its values in a table of their own, where they can be erased."""

NEVER_REUSED: dict[str, Any] = {"sqlite_autoincrement": True}
"""Table arguments: SQLite would otherwise give the id of a deleted last row to the next one."""

ONLY_ONE = "only_one"
"""Under this name a table's `info` tells the columns by which it has one row at most."""

HELD_BY = "held_by"
"""Under this name a table's `info` tells the table whose rows hold its own: those that are alike in these columns."""


def _arguments(only_one_by: tuple[str, ...], held_by: str | None) -> dict[str, Any]:
    return {**NEVER_REUSED, "info": {ONLY_ONE: only_one_by, HELD_BY: held_by}}


class Row(SQLModel):
    """A row that people change: versioned, so that a stale save is caught, and carrying the change that inserted it.

    Ids are never given out twice, for the history of a row that is gone goes by its id.
    """

    model_config = {"arbitrary_types_allowed": True}

    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = ()
    """The columns by which there is one row at most, of which commands see to it; undo makes no second one either."""
    LOCKED_IN: ClassVar[str | None] = None
    """The table of the locks on its rows, if there is one, which commands heed; undo goes past none either."""

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    version: int | None = Field(default=None, nullable=False)
    change_id: UUID | None = None

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return _arguments(cls.ONLY_ONE_BY, cls.LOCKED_IN)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        table = getattr(cls, "__table__", None)
        return {} if table is None else {"version_id_col": table.c.version}


class Sourced(Row):
    """A row that may come from another system, known there as `source_id`; both are None for what was made here."""

    source: str | None = None
    source_id: str | None = None

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return (UniqueConstraint("source", "source_id"), _arguments(cls.ONLY_ONE_BY, cls.LOCKED_IN))


class Dated(SQLModel):
    """True from `valid_from` to `valid_to`, both included; an open end is `LATEST`, an unknown beginning `EARLIEST`."""

    valid_from: date = EARLIEST
    valid_to: date = LATEST


def reference(target: str, *, optional: bool = False) -> Any:
    """A foreign key to `target` (such as "seat.id"), indexed, for these are what questions follow."""
    if optional:
        return Field(default=None, foreign_key=target, index=True, sa_type=RowId)
    return Field(foreign_key=target, index=True, sa_type=RowId)
