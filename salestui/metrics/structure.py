"""What every number stands on: the dated closure of the line of command, each person's seat by day, the fiscal days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Table, select
from sqlmodel import SQLModel

from salestui.model.tables.derived import fiscal_day, line_closure, person_seat
from salestui.model.tables.organisation import Occupancy, Reporting, Seat
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import EARLIEST, LATEST, Period
from salestui.store.trace import table_of

FIRST_DAY = date(1970, 1, 1)
LAST_DAY = date(2069, 12, 31)
"""The days that facts may have: beyond them a date is a mistake."""

_DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """Days from `start` to `end` on which `one` belongs to `other`."""

    one: int
    other: int
    start: date
    end: date


def closure(seats: Iterable[int], reporting: Sequence[Stretch]) -> list[tuple[int, int, date, date, int]]:
    """All (ancestor, descendant, from, to, depth): every seat over itself always, and over those under it by date."""
    above: dict[int, list[Stretch]] = {}
    for stretch in sorted(reporting, key=lambda stretch: stretch.start):
        earlier = above.setdefault(stretch.one, [])
        if earlier and earlier[-1].end >= stretch.start:
            raise DataProblem(
                "A seat reports to two managers at once.",
                where=f"seat {stretch.one} on {stretch.start}",
                remedy="End one line of command before the other begins.",
            )
        earlier.append(stretch)
    rows: list[tuple[int, int, date, date, int]] = []
    for seat in seats:
        rows.append((seat, seat, EARLIEST, LATEST, 0))
        rows.extend(_merged(_ancestors(seat, above)))
    return rows


def _ancestors(seat: int, above: Mapping[int, list[Stretch]]) -> list[tuple[int, int, date, date, int]]:
    found: list[tuple[int, int, date, date, int]] = []
    todo = [(seat, EARLIEST, LATEST, 0)]
    while todo:
        current, start, end, depth = todo.pop()
        for stretch in above.get(current, ()):
            first, last = max(start, stretch.start), min(end, stretch.end)
            if first > last:
                continue
            if stretch.other == seat or depth > len(above):
                raise DataProblem(
                    "The line of command runs in a circle.",
                    where=f"seat {seat} on {first}",
                    remedy="A seat cannot report to somebody under it.",
                )
            found.append((stretch.other, seat, first, last, depth + 1))
            todo.append((stretch.other, first, last, depth + 1))
    return found


def _merged(rows: list[tuple[int, int, date, date, int]]) -> list[tuple[int, int, date, date, int]]:
    """Rows of the same pair and depth that touch, joined: a change further up leaves no seam further down."""
    merged: list[tuple[int, int, date, date, int]] = []
    for row in sorted(rows, key=lambda row: (row[0], row[1], row[4], row[2])):
        ancestor, descendant, start, end, depth = row
        if merged:
            last = merged[-1]
            if last[:2] == (ancestor, descendant) and last[4] == depth and last[3] + _DAY == start:
                merged[-1] = (ancestor, descendant, last[2], end, depth)
                continue
        merged.append(row)
    return merged


def seats_by_day(occupancies: Iterable[Stretch]) -> list[tuple[int, date, date, int]]:
    """(person, from, to, seat) covering all time once for every person who ever had a seat.

    The latest begun seat counts where two overlap; a gap belongs to the seat before it; the first reaches back to the
    beginning and the last on to the end, so that no number of a person is without a seat.
    """
    by_person: dict[int, list[Stretch]] = {}
    for stretch in occupancies:
        by_person.setdefault(stretch.one, []).append(stretch)
    rows: list[tuple[int, date, date, int]] = []
    for person, stretches in by_person.items():
        starts = sorted(stretches, key=lambda stretch: (stretch.start, stretch.end, stretch.other))
        changes: list[tuple[date, int]] = []
        for day in sorted({s.start for s in starts} | {s.end + _DAY for s in starts if s.end < LATEST}):
            holding = [s for s in starts if s.start <= day <= s.end]
            seat = holding[-1].other if holding else (changes[-1][1] if changes else starts[0].other)
            if not changes or changes[-1][1] != seat:
                changes.append((day, seat))
        for index, (day, seat) in enumerate(changes):
            start = EARLIEST if index == 0 else day
            end = changes[index + 1][0] - _DAY if index + 1 < len(changes) else LATEST
            rows.append((person, start, end, seat))
    return rows


def rebuild_line(connection: Connection) -> frozenset[int]:
    """Derive the closure and everyone's seats anew; returns the people whose seats changed."""
    seats = connection.execute(select(table_of(Seat).c.id)).scalars().all()
    keys = ("ancestor_id", "descendant_id", "valid_from", "valid_to", "depth")
    _fill(
        connection, line_closure, keys, closure(seats, _stretches(connection, Reporting, "seat_id", "manager_seat_id"))
    )
    columns = person_seat.c
    statement = select(columns.person_id, columns.valid_from, columns.valid_to, columns.seat_id)
    before = {tuple(row) for row in connection.execute(statement)}
    after = set(seats_by_day(_stretches(connection, Occupancy, "person_id", "seat_id")))
    if before != after:
        _fill(connection, person_seat, ("person_id", "valid_from", "valid_to", "seat_id"), sorted(after))
    return frozenset(row[0] for row in before ^ after)


def rebuild_days(connection: Connection, calendar: FiscalCalendar) -> None:
    """Write down the fiscal month of every day, and of `EARLIEST`, where what has no day is put."""
    months = calendar.months(Period(FIRST_DAY, LAST_DAY, "all", "range"))
    rows = [(EARLIEST, EARLIEST)]
    for month in months:
        start, end = max(month.start, FIRST_DAY), min(month.end, LAST_DAY)
        rows.extend((start + timedelta(days=n), month.start) for n in range((end - start).days + 1))
    _fill(connection, fiscal_day, ("day", "month"), rows)


def _stretches(connection: Connection, model: type[SQLModel], one: str, other: str) -> list[Stretch]:
    columns = table_of(model).c
    statement = select(columns[one], columns[other], columns.valid_from, columns.valid_to)
    return [Stretch(*row) for row in connection.execute(statement.order_by(columns.valid_from, columns.id))]


def _fill(connection: Connection, table: Table, keys: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    connection.execute(table.delete())
    values = [dict(zip(keys, row, strict=True)) for row in rows]
    if values:
        connection.execute(table.insert(), values)
