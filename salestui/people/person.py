"""A person as their page shows it: where they sit, whom they report to, and the seats they held."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from salestui.metrics.scopes import team_name
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import EARLIEST, LATEST
from salestui.store.quick import Reader, as_date

_DAY = timedelta(days=1)
_HIGHEST = 20
"""So many seats at most are shown above a person."""


class Above(NamedTuple):
    """A seat in the line of command, and who sits in it (None: it is vacant)."""

    seat: int
    title: str
    name: str | None


class Stay(NamedTuple):
    """Days in a seat under one manager. `start` is None where it is not known, `end` where it goes on."""

    start: date | None
    end: date | None
    title: str
    team: str | None
    manager: str | None
    """Who they reported to; of a vacant seat its title; None at the top."""


class PersonView(NamedTuple):
    """A person's facts on a day. The seat is the one that their numbers belong to then."""

    id: int
    name: str
    email: str | None
    hired_on: date | None
    left_on: date | None
    seat: int | None
    title: str | None
    leads: int | None
    """The seat whose team they lead, if they do."""
    team: str | None
    """The team that they lead, else the one they are in."""
    territory: str | None
    line: tuple[Above, ...]
    """Their manager first, then that one's, up to the top."""
    stays: tuple[Stay, ...]
    """The latest first."""


class Stretch(NamedTuple):
    """From `start` to `end`, `what` holds: a seat of somebody, a manager of a seat, a holder of a seat."""

    what: int
    start: date
    end: date


def read_person(reader: Reader, person: int, on: date) -> PersonView:
    """The person of that id as of a day; DataProblem where there is none."""
    row = reader.one("SELECT id, name, email, hired_on, left_on FROM person WHERE id = :who", {"who": person})
    if row is None:
        raise DataProblem("This person is no longer there.", remedy="Look for them by name with Ctrl+P.")
    key, name, email, hired, left = row
    facts = _Seats(reader)
    seats = _stretches(
        reader,
        "SELECT seat_id, valid_from, valid_to FROM occupancy WHERE person_id = :who ORDER BY valid_from, id",
        person,
    )
    home = next((stay.what for stay in reversed(seats) if stay.start <= on <= stay.end), None)
    leads = home is not None and facts.leads(home, on)
    manager = None if home is None else facts.manager(home, on)
    led = home if leads else manager
    return PersonView(
        id=int(key),
        name=name,
        email=email,
        hired_on=None if hired is None else as_date(hired),
        left_on=None if left is None else as_date(left),
        seat=home,
        title=None if home is None else facts.titles[home],
        leads=home if leads else None,
        team=None if led is None else facts.team(led, on),
        territory=None if home is None else _territory(reader, home, on),
        line=() if home is None else tuple(facts.line(home, on)),
        stays=tuple(facts.stays(seats)),
    )


class _Seats:
    """The organisation's seats, lines of command and who sat where, all of them at once."""

    def __init__(self, reader: Reader) -> None:
        rows = reader.rows("SELECT id, title, team, kind FROM seat")
        self.titles = {seat: str(title) for seat, title, _, _ in rows}
        self._teams = {seat: team for seat, _, team, _ in rows}
        self._kinds = {seat: kind for seat, _, _, kind in rows}
        self._names = dict(reader.rows("SELECT id, name FROM person"))
        self._managers = _by(reader, "SELECT seat_id, manager_seat_id, valid_from, valid_to FROM reporting")
        self._held = _by(reader, "SELECT seat_id, person_id, valid_from, valid_to FROM occupancy")
        self._under = _by(reader, "SELECT manager_seat_id, seat_id, valid_from, valid_to FROM reporting")

    def manager(self, seat: int, on: date) -> int | None:
        """The seat it reports to on a day."""
        return next((each.what for each in self._managers.get(seat, ()) if each.start <= on <= each.end), None)

    def leads(self, seat: int, on: date) -> bool:
        """Whether it is a manager's, or others report to it."""
        led = any(each.start <= on <= each.end for each in self._under.get(seat, ()))
        return led or self._kinds[seat] == "manager"

    def holder(self, seat: int, on: date) -> str | None:
        """Whoever sits there on a day."""
        held = [self._names[each.what] for each in self._held.get(seat, ()) if each.start <= on <= each.end]
        return " and ".join(dict.fromkeys(held)) or None

    def team(self, seat: int, on: date) -> str:
        """The name of the team that a seat leads."""
        return team_name(self._teams[seat], self.holder(seat, on), self.titles[seat])

    def line(self, seat: int, on: date) -> Iterable[Above]:
        """The seats above, the nearest first."""
        above = self.manager(seat, on)
        for _ in range(_HIGHEST):
            if above is None:
                return
            yield Above(above, self.titles[above], self.holder(above, on))
            above = self.manager(above, on)

    def stays(self, seats: Sequence[Stretch]) -> list[Stay]:
        """The seats somebody held, cut where their manager changed, the latest first."""
        found: list[Stay] = []
        for held in seats:
            for start, end in cut(held, self._changes(held.what)):
                above = self.manager(held.what, start)
                stay = Stay(
                    start=None if start == EARLIEST else start,
                    end=None if end == LATEST else end,
                    title=self.titles[held.what],
                    team=self._teams[held.what] or (None if above is None else self._teams[above]),
                    manager=None if above is None else self.holder(above, start) or f"{self.titles[above]} (vacant)",
                )
                if found and found[-1].end is not None and start > EARLIEST and _goes_on(found[-1], stay, start):
                    found[-1] = found[-1]._replace(end=stay.end)
                else:
                    found.append(stay)
        return found[::-1]

    def _changes(self, seat: int) -> set[date]:
        """Days on which who leads a seat may be another than the day before."""
        managers = self._managers.get(seat, [])
        holders = [held for manager in managers for held in self._held.get(manager.what, ())]
        stretches = [*managers, *holders]
        ended = {stretch.end + _DAY for stretch in stretches if stretch.end < LATEST}
        return {stretch.start for stretch in stretches} | ended


def cut(stretch: Stretch, days: Iterable[date]) -> list[tuple[date, date]]:
    """The stretch in parts that begin on those of the days that lie within it."""
    starts = sorted({stretch.start, *(day for day in days if stretch.start < day <= stretch.end)})
    return list(zip(starts, [*(day - _DAY for day in starts[1:]), stretch.end], strict=True))


def _goes_on(before: Stay, after: Stay, start: date) -> bool:
    return before.end == start - _DAY and before[2:] == after[2:]


def _by(reader: Reader, sql: str) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = {}
    for one, other, start, end in reader.rows(f"{sql} ORDER BY valid_from, id"):
        found.setdefault(one, []).append(Stretch(other, as_date(start), as_date(end)))
    return found


def _stretches(reader: Reader, sql: str, who: int) -> list[Stretch]:
    return [Stretch(what, as_date(start), as_date(end)) for what, start, end in reader.rows(sql, {"who": who})]


def _territory(reader: Reader, seat: int, on: date) -> str | None:
    sql = (
        "SELECT t.name FROM seat s JOIN territory t ON t.id = s.territory_id WHERE s.id = :seat UNION"
        " SELECT t.name FROM territory_assignment a JOIN territory t ON t.id = a.territory_id"
        " WHERE a.seat_id = :seat AND :on BETWEEN a.valid_from AND a.valid_to ORDER BY 1"
    )
    return ", ".join(name for (name,) in reader.rows(sql, {"seat": seat, "on": on})) or None
