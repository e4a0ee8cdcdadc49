"""The first picture of a plan, however large: its rows down to seats, with their sums; and its leaves bit by bit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from salestui.metrics.reader import Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.plan import LEAVES, place_of, spans_of, units_of
from salestui.planning.quotas.queries.seats import named_lines, read_rows
from salestui.planning.quotas.sheet import Node, Span, Units
from salestui.planning.quotas.standing import Plan, read_plan
from salestui.store.quick import Reader

Sums = Sequence[int | None]
"""A row's quotas by month of the year, in units of `Amount`; None where it has none."""

_BEFORE_SUMS = 2
"""What stands before the sums in each row that is read."""
_MONTHS = ", ".join(f"m{number:02}" for number in range(1, 13))


class Outline(NamedTuple):
    """A year's plan by seats: every row is a team, or a seat with its product lines together."""

    year: Period
    plan: Plan | None
    nodes: tuple[Node, ...]
    months: tuple[date, ...]
    spans: tuple[Span, ...]
    sums: list[Sums]
    """The sums of each of the nodes."""
    lines: dict[int, list[tuple[int, str]]]
    """The product lines, by number and name, of each seat that has quotas by line."""

    def value(self, row: int, span: int) -> Amount | None:
        """What stands in a row and a column; None where there is no quota."""
        return total(self.sums[row], self.spans[span])


def read_outline(
    reader: Reader, calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str
) -> Outline:
    """The latest version of a fiscal year's plan by seats, as they stand on a day in that year; no leaf is read."""
    plan = read_plan(reader, year.fiscal_year)
    kept: dict[int, Sums] = {}
    lines: dict[int, frozenset[int]] = {}
    if plan is not None:
        known: dict[str, frozenset[int]] = {}
        for row in read_year(reader, plan.id):
            seat, among = row[:_BEFORE_SUMS]
            kept[seat] = row[_BEFORE_SUMS:]
            if among not in known:
                known[among] = frozenset(map(int, among.split(",")))
            lines[seat] = known[among]
    place = place_of(calendar, year, scope, on, company)
    nodes = read_rows(reader, place, kept.keys(), {})
    months = tuple(month.start for month in place.months)
    named = named_lines(reader, lines)
    return Outline(year, plan, nodes, months, spans_of(calendar, year), sums_of(nodes, kept), named)


def read_year(reader: Reader, plan: int) -> list[tuple[Any, ...]]:
    """Each seat of a plan with the numbers of its product lines, `1,2`, and its quotas by month, in units."""
    return reader.rows(f"SELECT seat_id, lines, {_MONTHS} FROM quota_year WHERE plan_id = :plan", {"plan": plan})


def sums_of(nodes: Sequence[Node], kept: Mapping[int, Sums]) -> list[Sums]:
    """The sums of rows, by those of seats; a row under which there is no quota in a month has None there."""
    nothing: Sums = (None,) * 12
    sums: list[Sums] = [nothing] * len(nodes)
    below: dict[int, list[Sums]] = {}
    for row in range(len(nodes) - 1, -1, -1):
        _, _, parent, seat, *_ = nodes[row]
        own = kept.get(seat, nothing) if seat is not None else _added(below.pop(row, ()), nothing)
        sums[row] = own
        if parent is not None and own is not nothing:
            below.setdefault(parent, []).append(own)
    return sums


def _added(rows: Sequence[Sums], nothing: Sums) -> Sums:
    """Rows summed month by month."""
    return [_sum(month) for month in zip(*rows, strict=True)] if rows else nothing


def _sum(units: Sequence[int | None]) -> int | None:
    if None not in units:
        return sum(cast("Sequence[int]", units))
    known = [unit for unit in units if unit is not None]
    return sum(known) if known else None


def total(sums: Sums, span: Span) -> Amount | None:
    """The sum over a column's months; None where there is no quota in any."""
    found = [units for units in sums[span.first : span.last + 1] if units is not None]
    return Amount.from_units(sum(found)) if found else None


def read_leaves(reader: Reader, plan: int) -> Iterator[Units]:
    """Every quota of a plan, some thousands at a time."""
    return map(units_of, reader.portions(LEAVES, {"plan": plan}))
