"""What happened, append-only: changes, their events, and personal values apart, where they can be erased."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from salestui.model.tables.base import PERSONAL
from salestui.model.tables.types import Instant, RowId


class Change(SQLModel, table=True):
    """One act of one actor. Its id is made by the client and makes a repeated commit harmless."""

    id: UUID = Field(primary_key=True)
    number: int = Field(unique=True, sa_type=RowId)
    """Changes in their order, which a clock that was put back would not tell."""
    at: datetime = Field(sa_type=Instant, index=True)
    actor: str = Field(sa_column_kwargs=PERSONAL)
    reason: str
    """Its summary; on further lines how it came to that, step by step, or why."""
    kind: str = "edit"
    """`edit`, `import`, `undo`, `redo` (an undo of an undo), or one that undo does not cross: `submission`,
    `approval`, `publication` or `return`."""
    undoes: UUID | None = Field(default=None, foreign_key="change.id", index=True)


class Event(SQLModel, table=True):
    """A row that a change inserted, updated or deleted, with the columns that changed, before and after."""

    __table_args__ = (Index(None, "table_name", "row_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    change_id: UUID = Field(foreign_key="change.id", index=True)
    table_name: str
    row_id: int = Field(sa_type=RowId)
    kind: str
    """`insert`, `update` or `delete`."""
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class PersonalValues(SQLModel, table=True):
    """The personal columns of an event."""

    __tablename__ = "personal_values"

    event_id: int = Field(primary_key=True, foreign_key="event.id", sa_type=RowId)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
