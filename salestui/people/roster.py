"""The roster: every seat of a scope as of a day, as the organisation reads, who sits in it and how they stand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from salestui.metrics.catalog import KPIS
from salestui.metrics.formula import Value
from salestui.metrics.kpis import Basis, KpiValue, evaluate, read_measures_of_each, to_measures
from salestui.metrics.reader import Lens, Scope
from salestui.metrics.scopes import team_name
from salestui.model.values.amount import Amount
from salestui.model.values.period import EARLIEST, Period
from salestui.people.seats import Coming
from salestui.people.staffing import read_vacancies
from salestui.store.quick import Reader, as_date


class RosterRow(NamedTuple):
    """A seat and one of those who sit in it, or a vacant seat."""

    key: str
    above: str | None
    """The row of who leads the team."""
    seat: int
    title: str
    leads: bool
    """Whether others report to this seat: its quota and attainment are then the team's."""
    team: str | None
    """The team it leads, else the one it is in."""
    person: int | None
    name: str | None
    since: date | None
    """In this seat since then; of a vacant one, vacant since then. None is not known."""
    hired_on: date | None
    territory: str | None
    quota: Amount | None
    attainment: KpiValue | None
    """None where the numbers of someone who sits in two seats stand in the other one."""

    planned: date | None = None
    """Of a seat that begins later: when."""
    coming: Coming | None = None
    """Of a seat where nobody sits: who is to sit there next."""

    @property
    def is_vacant(self) -> bool:
        """Whether nobody sits there."""
        return self.person is None


class Sitting(NamedTuple):
    """A seat of a day and one of those who sit in it, as the database has them."""

    seat: int
    title: str
    team: str | None
    kind: str
    manager: int | None
    stands: bool
    person: int | None = None
    name: str | None = None
    since: date | None = None
    hired_on: date | None = None
    home: bool = False
    """Whether this is the seat that the person's numbers belong to."""
    planned: date | None = None


_SITTINGS = (
    "SELECT s.id, s.title, s.team, s.kind, r.manager_seat_id, :on <= s.valid_to,"
    " CASE WHEN s.valid_from > :on THEN s.valid_from END,"
    " p.id, p.name, o.valid_from, p.hired_on, w.seat_id FROM seat s"
    " LEFT JOIN reporting r ON r.seat_id = s.id"
    " AND CASE WHEN s.valid_from > :on THEN s.valid_from ELSE :on END BETWEEN r.valid_from AND r.valid_to"
    " LEFT JOIN occupancy o ON o.seat_id = s.id AND :on BETWEEN o.valid_from AND o.valid_to"
    " LEFT JOIN person p ON p.id = o.person_id"
    " LEFT JOIN person_seat w ON w.person_id = p.id AND :on BETWEEN w.valid_from AND w.valid_to"
    " ORDER BY s.id, o.valid_from, o.id"
)
_COMING = (
    "SELECT o.seat_id, p.name, o.valid_from FROM occupancy o JOIN person p ON p.id = o.person_id"
    " WHERE o.valid_from > :on ORDER BY o.valid_from DESC, o.id DESC"
)
_TERRITORIES = (
    "SELECT s.id, t.name FROM seat s JOIN territory t ON t.id = s.territory_id UNION ALL"
    " SELECT a.seat_id, t.name FROM territory_assignment a JOIN territory t ON t.id = a.territory_id"
    " WHERE :on BETWEEN a.valid_from AND a.valid_to ORDER BY 1, 2"
)


def read_roster(reader: Reader, lens: Lens, scope: Scope, period: Period, basis: Basis) -> tuple[RosterRow, ...]:
    """The seats of a scope on the lens's day and those planned, each team's leader first.

    Quota and attainment are of `period`.
    """
    sittings = [
        Sitting(
            *(seat, title, team, kind, manager, bool(stands), person, name),
            since=None if since is None or as_date(since) == EARLIEST else as_date(since),
            hired_on=None if hired is None else as_date(hired),
            home=home == seat,
            planned=None if planned is None else as_date(planned),
        )
        for seat, title, team, kind, manager, stands, planned, person, name, since, hired, home in reader.rows(
            _SITTINGS, {"on": lens.on}
        )
    ]
    seats = _attainments(read_measures_of_each(reader, lens, "team", period), basis)
    people = _attainments(read_measures_of_each(reader, lens, "person", period), basis)
    vacant = {vacancy.seat: vacancy.since for vacancy in read_vacancies(reader, scope, lens.on)}
    coming = {seat: Coming(name, as_date(start)) for seat, name, start in reader.rows(_COMING, {"on": lens.on})}
    territories: dict[int, dict[str, None]] = {}
    for seat, territory in reader.rows(_TERRITORIES, {"on": lens.on}):
        territories.setdefault(seat, {})[territory] = None
    nothing = _attainments({0: to_measures()}, basis)[0]
    rows: list[RosterRow] = []
    for sitting, above, leads, team in in_order(sittings, scope):
        if leads or sitting.person is None:
            value: KpiValue | None = seats.get(sitting.seat, nothing)
        else:
            value = people.get(sitting.person, nothing) if sitting.home else None
        rows.append(
            RosterRow(
                key=_key(sitting),
                above=above,
                seat=sitting.seat,
                title=sitting.title,
                leads=leads,
                team=team,
                person=sitting.person,
                name=sitting.name,
                since=sitting.planned or vacant.get(sitting.seat) if sitting.person is None else sitting.since,
                hired_on=sitting.hired_on,
                territory=", ".join(territories.get(sitting.seat, ())) or None,
                quota=None if value is None or value.denominator is None else Amount(value.denominator),
                attainment=value,
                planned=sitting.planned,
                coming=coming.get(sitting.seat) if sitting.person is None else None,
            )
        )
    return tuple(rows)


def _attainments(measures: Mapping[int, Mapping[str, Value]], basis: Basis) -> dict[int, KpiValue]:
    return {who: evaluate([KPIS["attainment"]], found, basis)[0] for who, found in measures.items()}


def _key(sitting: Sitting) -> str:
    return f"{sitting.seat}:{sitting.person or 0}"


class Placed(NamedTuple):
    """A sitting in its place: under which row, whether its seat leads others, and the team it leads or is in."""

    sitting: Sitting
    above: str | None
    leads: bool
    team: str | None


def in_order(sittings: Iterable[Sitting], scope: Scope) -> list[Placed]:
    """The sittings of a scope as a tree reads: sellers before the teams of those who lead, each by name.

    What reports to a seat that is no more stands under the one above it.
    """
    tree = _Tree(sittings)
    if scope.kind == "person":
        return [tree.place(its, None) for held in tree.seats.values() for its in held if its.person == scope.id]
    top = tree.under.get(None, []) if scope.kind == "company" else [scope.id] if scope.id in tree.seats else []
    placed: list[Placed] = []
    todo: list[tuple[int, str | None]] = [(seat, None) for seat in tree.in_order(top)]
    while todo:
        seat, above = todo.pop()
        placed += [tree.place(sitting, above) for sitting in tree.seats[seat]]
        todo += [(below, _key(tree.seats[seat][0])) for below in tree.in_order(tree.under.get(seat, []))]
    return placed


class _Tree:
    """The seats of a day by the one they report to."""

    def __init__(self, sittings: Iterable[Sitting]) -> None:
        self.seats: dict[int, list[Sitting]] = {}
        managers: dict[int, int | None] = {}
        for sitting in sittings:
            managers[sitting.seat] = sitting.manager
            if sitting.stands:
                self.seats.setdefault(sitting.seat, []).append(sitting)
        self.above: dict[int, int | None] = {}
        self.under: dict[int | None, list[int]] = {}
        for seat in self.seats:
            manager = managers[seat]
            while manager is not None and manager not in self.seats:
                manager = managers.get(manager)
            self.above[seat] = manager
            self.under.setdefault(manager, []).append(seat)

    def leads(self, seat: int) -> bool:
        return seat in self.under or self.seats[seat][0].kind == "manager"

    def in_order(self, seats: Iterable[int]) -> list[int]:
        """The last first, as a stack wants them."""

        def order(seat: int) -> tuple[bool, bool, str, int]:
            first, leads = self.seats[seat][0], self.leads(seat)
            name = (leads and first.team) or first.name or first.title
            return leads, not leads and first.name is None, name.casefold(), seat

        return sorted(seats, key=order, reverse=True)

    def place(self, sitting: Sitting, above: str | None) -> Placed:
        leads = self.leads(sitting.seat)
        leading = sitting.seat if leads else self.above[sitting.seat]
        return Placed(sitting, above, leads, None if leading is None else self._team(leading))

    def _team(self, seat: int) -> str:
        first = self.seats[seat][0]
        leaders = [sitting.name for sitting in self.seats[seat] if sitting.name is not None]
        return team_name(first.team, " and ".join(leaders) or None, first.title)
