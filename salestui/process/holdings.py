"""What is loaded of what an umbrella rests on, and what to do where nothing is."""

from typing import NamedTuple

from salestui.model.values import show
from salestui.store.quick import Reader


class Holding(NamedTuple):
    """A kind of data: its name, how much of it is loaded ("" for nothing), and how to load it."""

    name: str
    loaded: str
    remedy: str


class _Kind(NamedTuple):
    name: str
    counted: str
    one: str
    many: str
    file: str


_KINDS = {
    "planning": (
        _Kind("Quotas", "SELECT COUNT(*) FROM quota_cell", "monthly quota", "monthly quotas", "quotas.csv"),
        _Kind("Products", "SELECT COUNT(*) FROM product", "product", "products", "products.csv"),
        _Kind("Territories", "SELECT COUNT(*) FROM territory", "territory", "territories", "territories.csv"),
        _Kind("Pipeline", "SELECT COUNT(*) FROM opportunity", "deal", "deals", "opportunities.csv"),
        _Kind("Sales", "SELECT COUNT(*) FROM sale", "sale", "sales", "sales.csv"),
    ),
    "people": (
        _Kind("Seats", "SELECT COUNT(*) FROM seat", "seat", "seats", "seats.csv"),
        _Kind("Lines of command", "SELECT COUNT(*) FROM reporting", "line", "lines", "reporting.csv"),
        _Kind("People", "SELECT COUNT(*) FROM person", "person", "people", "people.csv"),
        _Kind(
            "Who sits where",
            "SELECT COUNT(*) FROM occupancy",
            "stretch of time",
            "stretches of time",
            "occupancies.csv",
        ),
    ),
}


def read_holdings(reader: Reader, umbrella: str) -> tuple[Holding, ...]:
    """What is loaded of what `planning` or `people` rest on."""
    return tuple(_holding(reader, kind) for kind in _KINDS[umbrella])


def _holding(reader: Reader, kind: _Kind) -> Holding:
    row = reader.one(kind.counted)
    count = int(row[0]) if row else 0
    loaded = f"{show.count(count)} {kind.one if count == 1 else kind.many}" if count else ""
    return Holding(kind.name, loaded, f"load a {kind.file} with: salestui import FOLDER")
