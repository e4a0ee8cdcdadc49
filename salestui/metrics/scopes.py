"""Whose numbers can be asked for: the company, every team and every person, and finding one by name."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from salestui.metrics.reader import COMPANY, Scope
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.store.quick import Reader


class Place(NamedTuple):
    """A scope in the organisation as of a day: how deep it stands in the tree, and under which seat."""

    scope: Scope
    depth: int
    seat: int
    leader: str | None
    """Who leads the team; None where the seat is vacant, and for people."""


class _Seat(NamedTuple):
    id: int
    title: str
    team: str | None
    kind: str
    above: int | None
    person: int | None
    name: str | None


def read_places(reader: Reader, on: date, company: str) -> tuple[Place, ...]:
    """The organisation as of `on`, the company first, then each team with its people and the teams under it."""
    seats = _seats(reader, on)
    under: dict[int | None, list[_Seat]] = {}
    for seat in seats:
        under.setdefault(seat.above, []).append(seat)
    places = [Place(COMPANY._replace(name=company), 0, 0, None)]
    todo = _in_order(under.get(None, []), under, 1)
    while todo:
        seat, depth = todo.pop(0)
        leads = seat.id in under or seat.kind == "manager"
        if leads:
            places.append(
                Place(Scope("team", seat.id, team_name(seat.team, seat.name, seat.title)), depth, seat.id, seat.name)
            )
        if seat.person is not None and seat.name is not None:
            places.append(Place(Scope("person", seat.person, seat.name), depth + leads, seat.id, None))
        todo = _in_order(under.get(seat.id, []), under, depth + 1) + todo
    return tuple(places)


def team_name(team: str | None, leader: str | None, title: str) -> str:
    """What a team is called: by its own name, else by who leads it, else by the vacant seat's title."""
    if team:
        return team
    return f"{leader}'s team" if leader else f"{title}'s team"


def _in_order(seats: Sequence[_Seat], under: dict[int | None, list[_Seat]], depth: int) -> list[tuple[_Seat, int]]:
    def key(seat: _Seat) -> tuple[bool, str, int]:
        leads = seat.id in under or seat.kind == "manager"
        return leads, (seat.team if leads and seat.team else seat.name or seat.title).casefold(), seat.id

    return [(seat, depth) for seat in sorted(seats, key=key)]


def _seats(reader: Reader, on: date) -> list[_Seat]:
    sql = (
        "SELECT s.id, s.title, s.team, s.kind, r.manager_seat_id, p.id, p.name FROM seat s"
        " LEFT JOIN reporting r ON r.seat_id = s.id AND :on BETWEEN r.valid_from AND r.valid_to"
        " LEFT JOIN occupancy o ON o.seat_id = s.id AND :on BETWEEN o.valid_from AND o.valid_to"
        " LEFT JOIN person p ON p.id = o.person_id"
        " WHERE :on BETWEEN s.valid_from AND s.valid_to"
    )
    return [_Seat(*row) for row in reader.rows(sql, {"on": on})]


def find_scope(reader: Reader, text: str, on: date, company: str) -> Scope:
    """The scope that `text` names: `company`, a team, or a person; `team:` or `person:` before it tells them apart."""
    wanted = text.strip().casefold()
    kind, _, rest = wanted.partition(":")
    if kind in ("team", "person") and rest:
        wanted = rest.strip()
    else:
        kind = ""
    if not kind and wanted in ("company", company.casefold()):
        return COMPANY._replace(name=company)
    known = [place.scope for place in read_places(reader, on, company)[1:]] + _others(reader)
    unique = list({(scope.kind, scope.id): scope for scope in reversed(known)}.values())
    allowed = [scope for scope in unique if not kind or scope.kind == kind]
    found = [scope for scope in allowed if scope.name.strip().casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageProblem(
            f"{safe_line(text)!r} names {len(found)} of them.",
            expected=" or ".join(f"{scope.kind}:{safe_line(scope.name)}" for scope in found),
            remedy="Say team: or person: before the name.",
        )
    import difflib

    names = {scope.name.casefold(): scope.name for scope in allowed} | {"company": "company"}
    near = (
        difflib.get_close_matches(wanted, list(names), 3, 0.5)
        or [n for n in sorted(names) if wanted and wanted in n][:3]
    )
    raise UsageProblem(
        f"There is no team or person called {safe_line(text)!r}.",
        remedy="Did you mean " + " or ".join(safe_line(names[name]) for name in near) + "?"
        if near
        else "Leave --scope out for the whole company.",
    )


def _others(reader: Reader) -> list[Scope]:
    """Everyone who was ever here: their past can be asked for too."""
    return [Scope("person", key, name) for key, name in reader.rows("SELECT id, name FROM person")]
