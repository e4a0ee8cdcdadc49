"""Mappings: which file feeds which kind of record, and how its columns become fields.

A mapping is a TOML file. At its top, all optional but `source`:

    source = "erp"               ids are unique within a source; another mapping of the same source updates its records
    title = "Our ERP"
    as_of = 2026-03-31           when the data was true; without it, the newest file's time of writing
    none = ["", "NULL", "-"]     texts that stand for nothing
    dates = ["%d/%m/%Y"]         date formats (strptime's, or "iso"); without any, the columns must settle it themselves
    zone = "UTC"                 where the files' clock times are from
    decimal = ","                the decimal mark; without it a point, unless that could as well mean thousands
    places = 2                   round amounts to so many places; without it, more than four are refused
    encoding, delimiter          found out without
    allow_missing = true         mapped columns may be absent from a file
    company_file = "company.toml"

    [company]                    name, currency, zone, first_month, scheme, anchor, named_by, as_of
    [targets]                    a KPI's id = "its target"

and for every kind of record a feed (several feeds may read one file):

    [[feed]]
    entity = "opportunity"
    file = "deals*.csv"          a name, or a pattern
    where = { Stage = ["Won"] }  rows to take: those whose cell is one of these
    where_not = { Stage = ["Test"] }
    filled = ["Account"]         rows to take: those with something in these columns
    footer = ["Confidential"]    the file ends at the first row that begins with one of these
    header = ["Id", "Name"]      column names of a file without a header
    distinct = true              equal rows are one record, without a warning
    grain = "quarter"            of quotas: what one row covers (month, quarter, year), spread evenly over its months
    join = [{ file = "People.csv", on = { OwnerId = "Id" } }]    columns are then named "People.Name"
    join = [{ file = "Lines.csv", on = "OrderId", sum = { total = "price * quantity" } }]    and then "Lines.total"
    translate = { Product = { GTXPro = "GTX Pro" } }

    [feed.fields]
    name = "Deal Name"                                   a column
    type = { value = "new" }                             a constant
    owner = { template = "{First Name} {Last Name}" }    columns put together
    close_on = { column = "Close Date", dates = ["%d.%m.%Y"], shift = "+3 days" }
    manager = { column = "Id", translate = { 274 = "273" }, otherwise = "" }

A feed may also give its records itself: `rows = [{ id = "won", name = "Won", position = 4 }]`. `none`, `dates`, `zone`,
`decimal`, `places`, `encoding` and `delimiter` may stand in a feed too; all but the last two with a field.
"""

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date, datetime

from salestui.metrics.formula import Formula


@dataclass(frozen=True)
class Style:
    """How texts are to be read."""

    none: tuple[str, ...] = ("",)
    dates: tuple[str, ...] = ()
    zone: str | None = None
    decimal: str | None = None
    places: int | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Expression:
    """Where a field comes from: a column, a template over columns, or a constant; and how its text is then read."""

    style: Style
    column: str | None = None
    template: str | None = None
    value: str | None = None
    translate: Map[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    """What texts become that `translate` does not know (they stay where this is None)."""
    shift_days: int = 0


@dataclass(frozen=True)
class Join:
    """Another file's row beside each row, where the pairs of columns (here, there) hold the same."""

    name: str
    file: str
    on: tuple[tuple[str, str], ...]
    sums: Map[str, Formula] = field(default_factory=dict)
    """Columns that sum a formula over all rows there that belong to a row here."""


@dataclass(frozen=True)
class Feed:
    """How one file feeds one kind of record."""

    entity: str
    style: Style
    file: str | None = None
    fields: Map[str, Expression] = field(default_factory=dict)
    rows: tuple[Map[str, str], ...] = ()
    where: Map[str, tuple[str, ...]] = field(default_factory=dict)
    where_not: Map[str, tuple[str, ...]] = field(default_factory=dict)
    filled: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()
    translate: Map[str, Map[str, str]] = field(default_factory=dict)
    distinct: bool = False
    grain: str = "month"


@dataclass(frozen=True)
class Mapping:
    """A whole mapping."""

    name: str
    source: str
    title: str
    feeds: tuple[Feed, ...]
    company: Map[str, str | int] = field(default_factory=dict)
    """Settings by their full key, as the store keeps them."""
    company_file: str | None = None
    as_of: date | datetime | None = None
    allow_missing: bool = False

    @property
    def entities(self) -> frozenset[str]:
        """The kinds of records it feeds."""
        return frozenset(feed.entity for feed in self.feeds)

    @property
    def seats_from_people(self) -> bool:
        """Whether every person gets a seat, because the mapping knows of none."""
        return "person" in self.entities and "seat" not in self.entities
