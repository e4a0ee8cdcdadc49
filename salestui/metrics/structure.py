"""What every number stands on: the dated closure of the line of command, each person's seat by day, the fiscal days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, bindparam, delete, insert, select
from sqlmodel import SQLModel

from salestui.metrics.catalog import FIRST_DAY as FIRST_DAY  # exported, for imports check their dates by them
from salestui.metrics.catalog import LAST_DAY as LAST_DAY
from salestui.model.tables.derived import fiscal_day, line_closure, person_seat
from salestui.model.tables.organisation import Occupancy, Reporting, Seat
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import EARLIEST, LATEST, Period
from salestui.store.trace import table_of

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


class Moved(NamedTuple):
    """People whose seats changed, and seats whose line of command changed."""

    people: frozenset[int]
    seats: frozenset[int]

    @classmethod
    def nobody(cls) -> "Moved":
        """Nothing changed."""
        return cls(frozenset(), frozenset())


def rebuild_line(connection: Connection) -> Moved:
    """Derive the closure and everyone's seats anew; returns who changed seats and which seats changed managers."""
    seats = connection.execute(select(table_of(Seat).c.id)).scalars().all()
    lines = closure(seats, _stretches(connection, Reporting, "seat_id", "manager_seat_id"))
    by_day = seats_by_day(_stretches(connection, Occupancy, "person_id", "seat_id"))
    changed_lines = _put_right(connection, line_closure, lines)
    changed_seats = _put_right(connection, person_seat, by_day)
    return Moved(
        frozenset(person for person, *_ in changed_seats),
        frozenset(seat for _, seat, _, _, depth in changed_lines if depth),
    )


def rebuild_days(connection: Connection, calendar: FiscalCalendar) -> None:
    """Write down the fiscal month of every day that facts may have."""
    rows: list[tuple[date, date]] = []
    for month in calendar.months(Period(FIRST_DAY, LAST_DAY, "all", "range")):
        start, end = max(month.start, FIRST_DAY), min(month.end, LAST_DAY)
        rows.extend((start + timedelta(days=n), month.start) for n in range((end - start).days + 1))
    _put_right(connection, fiscal_day, rows)


def _stretches(connection: Connection, model: type[SQLModel], one: str, other: str) -> list[Stretch]:
    columns = table_of(model).c
    statement = select(columns[one], columns[other], columns.valid_from, columns.valid_to)
    return [Stretch(*row) for row in connection.execute(statement.order_by(columns.valid_from, columns.id))]


def _put_right(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Make the table hold `rows`, and return those that came or went."""
    before = {tuple(row) for row in connection.execute(select(table))}
    after = set(rows)
    keys = [column.name for column in table.primary_key]
    gone, new = before - after, after - before
    names = [column.name for column in table.columns]
    if gone:
        where = [table.c[key] == bindparam(f"old_{key}") for key in keys]
        old = [{f"old_{key}": row[names.index(key)] for key in keys} for row in sorted(gone)]
        connection.execute(delete(table).where(*where), old)
    if new:
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in sorted(new)])
    return gone | new
