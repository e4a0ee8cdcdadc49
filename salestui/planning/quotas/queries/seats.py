"""The rows of a quota plan: the seats of a fiscal year in their line of command, named by who sits in them."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salestui.metrics.reader import Scope
from salestui.metrics.scopes import team_name
from salestui.model.values.period import Period, short_month
from salestui.planning.quotas.sheet import Node
from salestui.store.quick import Reader, as_date

OWN = ", own"
"""What stands behind the name of a manager whose own seat a row is."""

Lines = Mapping[int, Sequence[tuple[int, str]]]
"""The product lines that a seat's quotas are in, by number and name; a seat that is not there has none by line."""


class Place(NamedTuple):
    """What rows are asked for: a scope of the company in a fiscal year, as its teams stand on a day."""

    year: Period
    months: tuple[Period, ...]
    day: date
    scope: Scope
    company: str
    """What the whole is called."""
    seat: int | None = None
    """The one seat that is asked for, whatever the scope."""


class _Seat(NamedTuple):
    id: int
    label: str
    team: str | None
    """What the team is called that it leads; None where it leads none."""
    vacant: bool
    first: int
    last: int
    here: bool
    """Whether there is the seat on the day."""
    order: tuple[bool, str, int]


def read_rows(reader: Reader, place: Place, planned: Collection[int], lines: Lines) -> tuple[Node, ...]:
    """The rows of the seats there are in the year, and of those that quotas are `planned` for."""
    seats = _read_seats(reader, place, planned)
    above = _read_above(reader, place.day, seats)
    under: dict[int | None, list[_Seat]] = {}
    for seat in seats.values():
        under.setdefault(above.get(seat.id), []).append(seat)
    for siblings in under.values():
        siblings.sort(key=lambda seat: seat.order)
    roots = _roots(reader, place, seats, under)
    nodes: list[Node] = []
    top = None
    if place.scope.kind == "company" and len(roots) > 1:
        nodes.append(Node("company", place.company, None, team=True))
        top = 0
    for root in roots:
        _add(nodes, root, top, under, lines)
    return tuple(nodes)


def _roots(
    reader: Reader, place: Place, seats: Mapping[int, _Seat], under: Mapping[int | None, list[_Seat]]
) -> list[_Seat]:
    if place.seat is not None:
        return [seats[place.seat]._replace(team=None)] if place.seat in seats else []
    if place.scope.kind == "team":
        return [seats[place.scope.id]] if place.scope.id in seats else []
    if place.scope.kind == "person":
        sql = (
            "SELECT DISTINCT seat_id FROM occupancy WHERE person_id = :who"
            " AND valid_from <= :end AND valid_to >= :start ORDER BY seat_id"
        )
        within = {"who": place.scope.id, "start": place.year.start, "end": place.year.end}
        return [seats[seat]._replace(team=None) for (seat,) in reader.rows(sql, within) if seat in seats]
    return under.get(None, [])


def _add(
    nodes: list[Node], seat: _Seat, parent: int | None, under: Mapping[int | None, list[_Seat]], lines: Lines
) -> None:
    """Add the rows of a seat and of all under it."""
    if seat.team is None:
        _add_own(nodes, seat, seat.label, parent, lines)
        return
    number = len(nodes)
    nodes.append(Node(f"team:{seat.id}", seat.team, parent, team=True))
    _add_own(nodes, seat, f"{seat.label}{OWN}", number, lines)
    for below in under.get(seat.id, ()):
        _add(nodes, below, number, under, lines)


def _add_own(nodes: list[Node], seat: _Seat, label: str, parent: int | None, lines: Lines) -> None:
    key, number = f"seat:{seat.id}", len(nodes)
    if seat.id not in lines:
        nodes.append(Node(key, label, parent, seat.id, 0, False, seat.vacant, seat.first, seat.last))
        return
    nodes.append(Node(key, label, parent, vacant=seat.vacant))
    nodes += [
        Node(f"{key}:{line}", name, number, seat.id, line, first=seat.first, last=seat.last)
        for line, name in lines[seat.id]
    ]


def _read_seats(reader: Reader, place: Place, planned: Collection[int]) -> dict[int, _Seat]:
    sitting: dict[int, list[str]] = {}
    held = (
        "SELECT o.seat_id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE :day BETWEEN o.valid_from AND o.valid_to ORDER BY o.valid_from, o.id"
    )
    for seat, name in reader.rows(held, {"day": place.day}):
        names = sitting.setdefault(seat, [])
        if name not in names:
            names.append(name)
    managing = {
        seat
        for (seat,) in reader.rows(
            "SELECT DISTINCT manager_seat_id FROM reporting WHERE valid_from <= :end AND valid_to >= :start",
            {"start": place.year.start, "end": place.year.end},
        )
    }
    coming = _read_coming(reader, place)
    lives: dict[tuple[Any, Any], _Life] = {}
    found: dict[int, _Seat] = {}
    for key, title, team, kind, start, end in reader.rows(
        "SELECT id, title, team, kind, valid_from, valid_to FROM seat ORDER BY id"
    ):
        life = lives.get((start, end))
        if life is None:
            life = lives[start, end] = _life(as_date(start), as_date(end), place)
        if not life.in_year and key not in planned:
            continue
        people = " and ".join(sitting.get(key, ()))
        label = (
            people or coming.get(key) or f"{title} ({f'from {short_month(life.begins)}' if life.begins else 'vacant'})"
        )
        leads = kind == "manager" or key in managing
        named = team_name(team, people or None, title) if leads else None
        order = (leads, (team if leads and team else label).casefold(), key)
        found[key] = _Seat(key, label, named, not people, life.first, life.last, life.here, order)
    return found


class _Life(NamedTuple):
    first: int
    last: int
    """The numbers of the first and the last month in which there is the seat; one that is not in the year has none."""
    in_year: bool
    here: bool
    begins: Period | None
    """The month in which a seat begins that is only planned."""


def _life(start: date, end: date, place: Place) -> _Life:
    inside = [number for number, month in enumerate(place.months) if start <= month.end and end >= month.start]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    in_year = start <= place.year.end and end >= place.year.start
    begins = place.months[first] if inside and start > place.day else None
    return _Life(first, last, in_year, start <= place.day <= end, begins)


def _read_coming(reader: Reader, place: Place) -> dict[int, str]:
    """Who comes to a seat later in the year, and from which month on: the first of them."""
    sql = (
        "SELECT o.seat_id, p.name, o.valid_from FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE o.valid_from > :day AND o.valid_from <= :end ORDER BY o.valid_from DESC, o.id DESC"
    )
    starts = [month.start for month in place.months]
    found: dict[int, str] = {}
    for seat, name, start in reader.rows(sql, {"day": place.day, "end": place.year.end}):
        month = place.months[max(bisect_right(starts, as_date(start)) - 1, 0)]
        found[seat] = f"{name} (from {short_month(month)})"
    return found


def _read_above(reader: Reader, day: date, seats: Mapping[int, _Seat]) -> dict[int, int]:
    """Whom each seat reports to on the day; a seat that is not there then, last before it, or else first after it."""
    sql = "SELECT seat_id, manager_seat_id, valid_from, valid_to FROM reporting ORDER BY valid_from DESC, id DESC"
    found: dict[int, int] = {}
    settled: set[int] = set()
    known: dict[tuple[Any, Any], tuple[bool, bool]] = {}
    for seat, manager, start, end in reader.rows(sql):
        if seat not in seats or manager not in seats or seat in settled:
            continue
        if (start, end) not in known:
            known[start, end] = as_date(start) <= day, day <= as_date(end)
        begun, lasts = known[start, end]
        if (begun and lasts) or not seats[seat].here:
            found[seat] = manager
            if begun:
                settled.add(seat)
    rings = _in_rings(found)
    return {seat: manager for seat, manager in found.items() if seat not in rings}


def _in_rings(above: Mapping[int, int]) -> set[int]:
    """The seats to which the line of command comes back, as two days of it taken together may."""
    passed: set[int] = set()
    found: set[int] = set()
    for seat in set(above.values()):
        way: dict[int, int] = {}
        at: int | None = seat
        while at is not None and at not in passed and at not in way:
            way[at] = len(way)
            at = above.get(at)
        if at is not None and at in way:
            found |= {each for each, number in way.items() if number >= way[at]}
        passed.update(way)
    return found


def named_lines(reader: Reader, lines: Mapping[int, Collection[int]]) -> dict[int, list[tuple[int, str]]]:
    """The product lines of seats by name; a seat whose quotas are in none only is left out."""
    kinds = {kind: tuple(sorted(kind)) for kind in set(map(frozenset, lines.values()))}
    if not set(kinds.values()) - {(), (0,)}:
        return {}
    names = {0: "any line", **dict(reader.rows("SELECT id, name FROM product_line"))}
    named = {kind: [(line, names[line]) for line in order] for kind, order in kinds.items() if order not in ((), (0,))}
    return {seat: named[kind] for seat, found in lines.items() if (kind := frozenset(found)) in named}
