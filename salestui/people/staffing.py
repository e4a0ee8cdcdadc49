"""Who sits where: the people of a team on a day, and the seats that nobody holds."""

from datetime import date
from typing import NamedTuple

from salestui.metrics.reader import Scope
from salestui.store.quick import Reader, as_date


class Member(NamedTuple):
    """Someone who holds a seat in the scope."""

    person: int
    name: str
    seat: int
    title: str


class Vacancy(NamedTuple):
    """A seat that nobody holds, and since when (None: ever since it is there)."""

    seat: int
    title: str
    since: date | None


def read_members(reader: Reader, scope: Scope, on: date) -> tuple[Member, ...]:
    """Who holds a seat in the scope on that day, by name."""
    sql = (
        "SELECT p.id, p.name, s.id, s.title FROM occupancy o JOIN person p ON p.id = o.person_id"
        f" JOIN seat s ON s.id = o.seat_id WHERE :on BETWEEN o.valid_from AND o.valid_to AND {_within(scope)}"
    )
    rows = reader.rows(sql, {"on": on, "who": scope.id})
    return tuple(sorted((Member(*row) for row in rows), key=lambda member: (member.name.casefold(), member.person)))


def read_seat_count(reader: Reader, scope: Scope, on: date) -> int:
    """How many seats the scope has on that day, held or not."""
    sql = f"SELECT COUNT(*) FROM seat s WHERE :on BETWEEN s.valid_from AND s.valid_to AND {_within(scope)}"
    row = reader.one(sql, {"on": on, "who": scope.id})
    return int(row[0]) if row else 0


def read_vacancies(reader: Reader, scope: Scope, on: date) -> tuple[Vacancy, ...]:
    """Seats of the scope that nobody holds on that day, the longest vacant first."""
    sql = (
        "SELECT s.id, s.title, (SELECT MAX(o.valid_to) FROM occupancy o WHERE o.seat_id = s.id AND o.valid_to < :on)"
        " FROM seat s WHERE :on BETWEEN s.valid_from AND s.valid_to"
        " AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.seat_id = s.id AND :on BETWEEN o.valid_from AND o.valid_to)"
        f" AND {_within(scope)}"
    )
    rows = reader.rows(sql, {"on": on, "who": scope.id})
    found = [Vacancy(seat, title, None if last is None else as_date(last)) for seat, title, last in rows]
    return tuple(sorted(found, key=lambda vacancy: (vacancy.since or on, vacancy.title.casefold(), vacancy.seat)))


def _within(scope: Scope) -> str:
    if scope.kind == "company":
        return "1 = 1"
    if scope.kind == "person":
        return "s.id IN (SELECT o.seat_id FROM occupancy o WHERE o.person_id = :who)"
    return (
        "s.id IN (SELECT c.descendant_id FROM line_closure c WHERE c.ancestor_id = :who"
        " AND :on BETWEEN c.valid_from AND c.valid_to)"
    )
