"""The quotas of a version of a plan by where they stand, for files to be compared with and written from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.store.quick import Reader, as_date


class Cell(NamedTuple):
    """Where a quota stands: a seat, a product line (0 for none) and a fiscal month's first day."""

    seat: int
    line: int
    month: date


Cells = dict[Cell, int | None]
"""Quotas in smallest units."""

LARGEST = Amount.from_units(2**63 - 1)
"""What all quotas of a plan together may come to."""


def read_cells(reader: Reader, plan: int) -> Cells:
    """The quotas of a plan."""
    days: dict[object, date] = {}
    found: Cells = {}
    rows = reader.rows("SELECT seat_id, line_id, month, amount FROM quota_cell WHERE plan_id = :plan", {"plan": plan})
    for seat, line, month, units in rows:
        day = days.get(month)
        if day is None:
            day = days[month] = as_date(month)
        found[Cell(seat, line or 0, day)] = units
    return found


def total(cells: Mapping[Cell, int | None]) -> Amount:
    """What they come to."""
    return Amount.from_units(sum(_known(cells.values())))


def weight(cells: Mapping[Cell, int | None]) -> int:
    """What they come to without their signs, in smallest units."""
    return sum(map(abs, _known(cells.values())))


def _known(values: Iterable[int | None]) -> Iterable[int]:
    return (units for units in values if units is not None)
