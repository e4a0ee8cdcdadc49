"""Derived tables: recomputed from their sources, never edited, without history.

They are plain tables, written and read in bulk. 0 stands for "none" in their keys, so that a key is never null.
"""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, String, Table

from salestui.model.tables.base import metadata
from salestui.model.tables.types import RowId

line_closure = Table(
    "line_closure",
    metadata,
    Column("ancestor_id", RowId, primary_key=True),
    Column("descendant_id", RowId, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=False),
    Column("depth", Integer, nullable=False),
    Index(None, "descendant_id"),
    sqlite_with_rowid=False,
)
"""The dated closure of the line of command: `descendant_id` is `ancestor_id` itself or somewhere under it."""

person_seat = Table(
    "person_seat",
    metadata,
    Column("person_id", RowId, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, nullable=False),
    Column("seat_id", RowId, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""The one seat a person's numbers belong to on each day of all time: the first reaches back, the last reaches on."""

fiscal_day = Table(
    "fiscal_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("month", Date, nullable=False),
    sqlite_with_rowid=False,
)
"""Each day's fiscal month, known by its first day, so that SQL needs no calendar arithmetic."""


def _measures(name: str, day: str) -> Table:
    table = Table(
        name,
        metadata,
        Column("person_id", RowId, primary_key=True),
        Column("measure", String(20), primary_key=True),
        Column("due", Date, primary_key=True),
        Column(day, Date, primary_key=True),
        Column("line_id", RowId, primary_key=True),
        Column("seat_id", RowId, primary_key=True),
        Column("total", BigInteger, nullable=False),
        Column("count", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    in_a_seat = table.c.seat_id != 0
    Index(
        f"ix_{name}_seat",
        *(table.c[column] for column in ("seat_id", "measure", day, "total", "count")),
        sqlite_where=in_a_seat,
        postgresql_where=in_a_seat,
    )
    return table


measure_day = _measures("measure_day", "day")
"""Measure × person × seat × product line × day × month due → total and count: what a person's numbers are read from,
and by its index a team's as it was. Flows are due at `EARLIEST`, stocks without a month at `LATEST`; stocks have no
seat, for whose team they are in is asked on the day they are looked at."""

measure_month = _measures("measure_month", "month")
"""The same, rolled up to fiscal months, each known by its first day; a day outside `fiscal_day` is its own month."""

measure_company = Table(
    "measure_company",
    metadata,
    Column("measure", String(20), primary_key=True),
    Column("due", Date, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("total", BigInteger, nullable=False),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The whole company by day, so that its numbers cost the same however many people it has."""

MONTHS_OF_A_YEAR = tuple(f"m{number:02}" for number in range(1, 13))

quota_year = Table(
    "quota_year",
    metadata,
    Column("plan_id", RowId, primary_key=True),
    Column("seat_id", RowId, primary_key=True),
    *(Column(month, BigInteger) for month in MONTHS_OF_A_YEAR),
    Column("lines", String, nullable=False),
    sqlite_with_rowid=False,
)
"""A seat's quotas in a plan by fiscal month, its product lines together, NULL where it has none: what a plan of many
leaves is opened from. `lines` names those product lines by number, in order and with commas; 0 is none."""
