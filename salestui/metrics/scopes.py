"""Whose numbers can be asked for: the company, every team and every person, and finding one by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salestui.metrics.naming import (
    KnownSeat,
    folded,
    nearest,
    quoted,
    read_known_seats,
    seat_number,
    seats_meant,
    several_seats,
)
from salestui.metrics.reader import COMPANY, Scope
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.store.quick import Reader

_SOMEBODYS = "'s team"
_SHOWN = 40
"""So many columns of a name tell in a message what is meant."""


class NobodyCalled(UsageProblem):
    """Nothing and nobody has this name."""


class Place(NamedTuple):
    """A scope in the organisation as of a day: how deep it stands in the tree, and under which seat."""

    scope: Scope
    depth: int
    seat: int
    leader: str | None
    """Who leads the team; None where the seat is vacant, and for people."""


class _Seat:
    """A seat on a day: whom it reports to, who sits in it, and whose numbers belong to it."""

    __slots__ = ("above", "id", "kind", "members", "people", "team", "title")

    def __init__(self, key: int, title: str, team: str | None, kind: str, above: int | None) -> None:
        self.id = key
        self.title = title
        self.team = team
        self.kind = kind
        self.above = above
        self.people: list[str] = []
        self.members: list[tuple[int, str]] = []

    @property
    def leader(self) -> str | None:
        """Whoever sits in it."""
        return " and ".join(self.people) or None


def read_places(reader: Reader, on: date, company: str) -> tuple[Place, ...]:
    """The organisation as of `on`, the company first, then each team with its people and the teams under it.

    Who sits in two seats at once is shown in the one that the numbers belong to. What reported to a seat that is no
    more is shown under the one above it.
    """
    under = _read_seats(reader, on)
    places = [Place(COMPANY._replace(name=company), 0, 0, None)]
    todo = [(seat, 1) for seat in reversed(_in_order(under.get(None, ()), under))]
    while todo:
        seat, depth = todo.pop()
        leads = _leads(seat, under)
        if leads:
            team = Scope("team", seat.id, team_name(seat.team, seat.leader, seat.title))
            places.append(Place(team, depth, seat.id, seat.leader))
        places += [Place(Scope("person", key, name), depth + leads, seat.id, None) for key, name in seat.members]
        todo += [(below, depth + 1) for below in reversed(_in_order(under.get(seat.id, ()), under))]
    return tuple(places)


def team_name(team: str | None, leader: str | None, title: str) -> str:
    """What a team is called: by its own name, else by who leads it, else by the vacant seat's title."""
    return team or f"{leader or title}{_SOMEBODYS}"


def _leads(seat: _Seat, under: Mapping[int | None, list[_Seat]]) -> bool:
    return seat.id in under or seat.kind == "manager"


def _in_order(seats: Iterable[_Seat], under: Mapping[int | None, list[_Seat]]) -> list[_Seat]:
    def key(seat: _Seat) -> tuple[bool, str, int]:
        leads = _leads(seat, under)
        return leads, ((leads and seat.team) or seat.leader or seat.title).casefold(), seat.id

    return sorted(seats, key=key)


def _read_seats(reader: Reader, on: date) -> dict[int | None, list[_Seat]]:
    """The seats of a day by the seat they report to."""
    sql = (
        "SELECT s.id, s.title, s.team, s.kind, r.manager_seat_id, :on BETWEEN s.valid_from AND s.valid_to,"
        " p.id, p.name, w.seat_id FROM seat s"
        " LEFT JOIN reporting r ON r.seat_id = s.id AND :on BETWEEN r.valid_from AND r.valid_to"
        " LEFT JOIN occupancy o ON o.seat_id = s.id AND :on BETWEEN o.valid_from AND o.valid_to"
        " LEFT JOIN person p ON p.id = o.person_id"
        " LEFT JOIN person_seat w ON w.person_id = p.id AND :on BETWEEN w.valid_from AND w.valid_to"
        " ORDER BY o.valid_from, o.id"
    )
    seats: dict[int, _Seat] = {}
    above: dict[int, int | None] = {}
    for key, title, team, kind, manager, stands, person, name, home in reader.rows(sql, {"on": on}):
        above[key] = manager
        if not stands:
            continue
        seat = seats.setdefault(key, _Seat(key, title, team, kind, manager))
        if person is not None and name not in seat.people:
            seat.people.append(name)
        if person is not None and home == key and (person, name) not in seat.members:
            seat.members.append((person, name))
    under: dict[int | None, list[_Seat]] = {}
    for seat in seats.values():
        while seat.above is not None and seat.above not in seats:
            seat.above = above.get(seat.above)
        under.setdefault(seat.above, []).append(seat)
    return under


def find_scope(reader: Reader, text: str, on: date, company: str) -> Scope:
    """The scope that `text` names: `company`, a team or a person by name, or by the id where it came from.

    Everybody who ever was there can be named, for the past can be asked for too. `team:` or `person:` before the name
    says which; `person:#12` is the person in row 12. `#12` alone is always the seat of that number: what it names is
    whoever sits there on the day.
    """
    found = find_named(reader, text, on, company)
    return _sitter(reader, found, on) if isinstance(found, KnownSeat) else found


def find_person(reader: Reader, text: str, on: date, company: str) -> Scope:
    """The person that `text` names, by name or id, or by the seat they sit in on the day."""
    by_person = text if text.strip().casefold().startswith("person:") else f"person:{text}"
    return find_scope(reader, text if seat_number(text) is not None else by_person, on, company)


def find_named(reader: Reader, text: str, on: date, company: str) -> Scope | KnownSeat:
    """As `find_scope`; the seat itself where the text names one, by its number, its id or its title."""
    if seat_number(text) is not None:
        return _the_seat(text, seats_meant(text, read_known_seats(reader, on)))
    kind, wanted = _kind_and_name(text)
    if not kind and wanted in ("company", folded(company)):
        return COMPANY._replace(name=company)
    known = _read_people(reader) if kind != "team" else {}
    if kind != "person":
        led = wanted.endswith(_SOMEBODYS) or wanted.startswith("#")
        known |= _read_teams(reader, read_places(reader, on, company) if led else ())
    found = [scope for scope in known if folded(scope.name) == wanted]
    if not found and kind:
        found = [scope for scope, key in known.items() if wanted in (_folded(key), f"#{scope.id}")]
    if not found and not kind:
        found = [scope for scope, key in known.items() if scope.kind == "person" and wanted == _folded(key)]
        seats = seats_meant(text, read_known_seats(reader, on))
        meant = [seat for seat in seats if not found or seat.holders != (found[0].name,)]
        if found and meant:
            numbers = ", ".join([f"person:#{each.id}" for each in found] + [f"#{seat.id}" for seat in meant])
            raise UsageProblem(f"{quoted(text)} names somebody and a seat: {numbers}", expected="one of these")
        if meant:
            return _the_seat(text, meant)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageProblem(
            f"{quoted(text)} names {len(found)} of them",
            expected=" or ".join(_told(reader, on, company, found, known)),
        )
    raise NobodyCalled(
        f"There is no {kind or 'team, person or seat'} called {quoted(text.partition(':')[2] if kind else text)}",
        remedy=_suggestion(wanted, known, kind),
    )


def _kind_and_name(text: str) -> tuple[str, str]:
    """What stands before a colon, if it is a kind of scope, and the name."""
    kind, _, rest = folded(text).partition(":")
    return (kind, rest.strip()) if kind in ("team", "person") and rest.strip() else ("", folded(text))


def _the_seat(text: str, found: Sequence[KnownSeat]) -> KnownSeat:
    if len(found) == 1:
        return found[0]
    if found:
        raise several_seats(text, found)
    raise UsageProblem(f"There is no seat {quoted(text)}", remedy="See them with: salestui seat list")


def _sitter(reader: Reader, seat: KnownSeat, on: date) -> Scope:
    """Whoever sits in a seat on a day; UsageProblem where that is nobody, or several."""
    rows = reader.rows(
        "SELECT DISTINCT p.id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE o.seat_id = :seat AND :on BETWEEN o.valid_from AND o.valid_to ORDER BY p.id",
        {"seat": seat.id, "on": on},
    )
    if len(rows) == 1:
        return Scope("person", *rows[0])
    if rows:
        people = " or ".join(safe_line(name) for _, name in rows)
        raise UsageProblem(f"Several people sit in seat {seat.label}", expected=people)
    raise UsageProblem(f"Nobody sits in seat {seat.label} on {on}", expected="a team, a person, or a seat that is held")


def _folded(key: str | None) -> str | None:
    return folded(key) if key else None


def _read_people(reader: Reader) -> dict[Scope, str | None]:
    """Everyone, with the id where they came from."""
    rows = reader.rows("SELECT id, name, source_id FROM person")
    return {Scope("person", key, name): source_id for key, name, source_id in rows}


def _read_teams(reader: Reader, places: Iterable[Place]) -> dict[Scope, str | None]:
    """Every team, with the id where its seat came from; those of `places` are named by who leads them on that day."""
    led = {place.seat: place.scope for place in places if place.scope.kind == "team"}
    rows = reader.rows("SELECT id, title, team, kind, source_id FROM seat")
    return {
        led.get(key) or Scope("team", key, team_name(team, None, title)): source_id
        for key, title, team, kind, source_id in rows
        if key in led or team or kind == "manager"
    }


def _told(
    reader: Reader, on: date, company: str, found: Sequence[Scope], known: Mapping[Scope, str | None]
) -> Iterator[str]:
    """Namesakes by what tells them apart: the id where they came from or of their row, and their seat on that day."""
    seats = {(place.scope.kind, place.scope.id): place.seat for place in read_places(reader, on, company)}
    titles = dict(reader.rows("SELECT id, title FROM seat"))
    for scope in found:
        seat = seats.get((scope.kind, scope.id))
        detail = "not there on that day" if seat is None else _cut(titles[seat])
        yield f"{scope.kind}:{safe_line(known[scope] or f'#{scope.id}')} ({detail})"


def _suggestion(wanted: str, known: Iterable[Scope], kind: str) -> str:
    near = nearest(wanted, [*(scope.name for scope in known), *(() if kind else ("company",))])
    if not near:
        return "" if kind else "Leave --scope out for the whole company."
    return f"Did you mean {' or '.join(map(_cut, near))}?"


def _cut(text: str) -> str:
    return fit(safe_line(text), _SHOWN)
