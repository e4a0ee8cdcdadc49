"""A plan's quotas as the rows of a file: a row for each seat with the months across, or a row for each quota."""

from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.planning.quotas.queries.plan import read_quotas
from salestui.planning.quotas.queries.seats import Place, named_lines, read_rows
from salestui.planning.quotas.sheet import Leaf, Units, places_of
from salestui.planning.quotas.standing import Plan
from salestui.process.quota_files.directory import Directory
from salestui.store.quick import Reader

LONG = ["fiscal_year", "seat", "month", "line", "amount"]


class Table(NamedTuple):
    """The rows of a file, the header first, and how many quotas are in them."""

    rows: list[list[str]]
    quotas: int


class _Row(NamedTuple):
    seat: int
    line: int


def read_wide(reader: Reader, place: Place, plan: Plan) -> Table:
    """A row for each seat and product line of the scope, those without quotas too, so that they can be filled in."""
    kept, rows, directory = _read(reader, place, plan)
    sitting = _read_sitting(reader, place)
    by_line = any(row.line for row in rows)
    months = [f"M{number:02}" for number in range(1, len(place.months) + 1)]
    header = ["fiscal_year", "seat_id", "seat", "person", *(["line"] if by_line else []), *months]
    table = [header]
    quotas = 0
    for row in rows:
        seat = directory.seats[row.seat]
        line = [_line(directory, row.line)] if by_line else []
        amounts = [kept.get(Leaf(row.seat, row.line, month.start)) for month in place.months]
        quotas += sum(units is not None for units in amounts)
        told = [str(plan.fiscal_year), directory.id_text(seat), seat.name, " and ".join(sitting.get(row.seat, ()))]
        table.append([*told, *line, *map(_text, amounts)])
    return Table(table, quotas)


def read_long(reader: Reader, place: Place, plan: Plan) -> Table:
    """A row for each quota of the scope, as `quotas.csv` of the own layout has them; an empty amount is no quota."""
    kept, rows, directory = _read(reader, place, plan)
    table = [LONG]
    quotas = 0
    for row in rows:
        seat, line = directory.id_text(directory.seats[row.seat]), _line(directory, row.line)
        for month in place.months:
            leaf = Leaf(row.seat, row.line, month.start)
            if leaf in kept:
                quotas += kept[leaf] is not None
                table.append([str(plan.fiscal_year), seat, month.start.isoformat(), line, _text(kept[leaf])])
    return Table(table, quotas)


def _read(reader: Reader, place: Place, plan: Plan) -> tuple[Units, list[_Row], Directory]:
    quotas = read_quotas(reader, plan.id)
    lines: dict[int, set[int]] = {}
    for seat, line in places_of(quotas):
        lines.setdefault(seat, set()).add(line)
    nodes = read_rows(reader, place, lines.keys(), named_lines(reader, lines))
    rows = [_Row(node.seat, node.line) for node in nodes if node.seat is not None]
    return quotas, rows, Directory(reader, place.day, place.company)


def _read_sitting(reader: Reader, place: Place) -> dict[int, list[str]]:
    """Who sits in each seat on the day."""
    sql = (
        "SELECT o.seat_id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE :day BETWEEN o.valid_from AND o.valid_to ORDER BY o.valid_from, o.id"
    )
    found: dict[int, list[str]] = {}
    for seat, name in reader.rows(sql, {"day": place.day}):
        found.setdefault(seat, []).append(name)
    return found


def _line(directory: Directory, line: int) -> str:
    return directory.id_text(directory.lines[line]) if line else ""


def _text(units: int | None) -> str:
    """The amount in full; three decimals get a fourth, for a dot before three digits may mean thousands."""
    if units is None:
        return ""
    text = str(Amount.from_units(units))
    return text + "0" if len(text.partition(".")[2]) == 3 else text
