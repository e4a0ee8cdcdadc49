"""What came from elsewhere: imports, and the imported values that local ones stand over."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from salestui.model.tables.base import NEVER_REUSED, PERSONAL, Row
from salestui.model.tables.types import Instant, RowId


class ImportRun(Row, table=True):
    """A load that was made, and as of when its data was true."""

    __tablename__ = "import_run"

    source: str
    mapping: str
    data_as_of: datetime = Field(sa_type=Instant)


class Overlay(Row, table=True):
    """The imported value of a column whose row holds a local one, until the two agree."""

    __table_args__ = (UniqueConstraint("table_name", "row_id", "column_name"), NEVER_REUSED)

    table_name: str
    row_id: int = Field(sa_type=RowId)
    column_name: str
    imported: Any = Field(default=None, sa_type=JSON, sa_column_kwargs=PERSONAL)


class Setting(Row, table=True):
    """A setting of the company, as JSON: its name, currency, fiscal calendar, pinned day, KPI targets."""

    key: str = Field(unique=True)
    value: Any = Field(default=None, sa_type=JSON)
