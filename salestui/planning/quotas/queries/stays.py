"""Under which teams seats stood as a fiscal year went by, of those whose line of command changed in it."""

from datetime import date
from typing import NamedTuple

from salestui.model.values.period import Period
from salestui.store.quick import Reader, as_date


class Stay(NamedTuple):
    """A seat under a team, at any depth, on the days from `start` to `end`."""

    seat: int
    team: int
    """The seat that leads it."""
    name: str
    depth: int
    """How far above the seat the team's leader is: 1 is the team that it is itself in."""
    start: date
    end: date
    life: tuple[date, date]
    """From when to when there is the seat."""


def read_stays(reader: Reader, year: Period) -> tuple[Stay, ...]:
    """All stays within `year` of the seats that were not under the same teams from its first day to its last."""
    within = "c.depth > 0 AND c.valid_from <= :end AND c.valid_to >= :start"
    sql = (
        "SELECT c.descendant_id, c.ancestor_id, COALESCE(t.team, t.title), c.depth, c.valid_from, c.valid_to,"
        " s.valid_from, s.valid_to FROM line_closure c"
        " JOIN seat s ON s.id = c.descendant_id JOIN seat t ON t.id = c.ancestor_id"
        f" WHERE {within} AND c.descendant_id IN (SELECT c.descendant_id FROM line_closure c"
        f" JOIN seat s ON s.id = c.descendant_id WHERE {within} AND ("
        "(c.valid_from > :start AND c.valid_from > s.valid_from) OR (c.valid_to < :end AND c.valid_to < s.valid_to)))"
        " ORDER BY c.descendant_id, c.valid_from, c.depth"
    )
    found: list[Stay] = []
    for seat, team, name, depth, *days in reader.rows(sql, {"start": year.start, "end": year.end}):
        start, end, born, died = map(as_date, days)
        found.append(Stay(seat, team, name, depth, max(start, year.start), min(end, year.end), (born, died)))
    return tuple(found)
