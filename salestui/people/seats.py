"""The seats there are: vacant, planned and held ones, with whom they report to, and finding one by what people say."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from salestui.metrics.naming import folded, quoted, seats_meant, several_seats
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import EARLIEST, LATEST
from salestui.model.values.text import fit, safe_line
from salestui.store.quick import Reader, as_date

LONGEST_NAME = 120
_SHOWN = 40


class Coming(NamedTuple):
    """Somebody who is to sit in a seat from a day on."""

    name: str
    start: date


class SeatView(NamedTuple):
    """A seat as of a day, or one that is planned to begin later, as of its first day."""

    id: int
    version: int
    title: str
    kind: str
    team: str | None
    valid_from: date | None
    """None is not known."""
    valid_to: date | None
    """None is open."""
    under: int | None
    """The seat that it reports to."""
    under_title: str | None
    holders: tuple[str, ...]
    planned: bool
    """Whether it begins after the day."""
    coming: tuple[Coming, ...]
    """Who is to sit there later, in order."""
    leaving: date | None
    """The last day of whoever sits there, where it is known."""
    source_id: str | None
    """The id where it came from."""

    @property
    def next_from(self) -> date | None:
        """Of a seat that nobody holds: when somebody is to."""
        return None if self.holders or not self.coming else self.coming[0].start

    @property
    def state(self) -> str:
        """`held`, `vacant` or `planned`."""
        return "planned" if self.planned else "held" if self.holders else "vacant"

    @property
    def label(self) -> str:
        """What it is called in lists: by who sits there, else by its title and number."""
        return f"{self.title} · {' and '.join(self.holders) or self.state} · #{self.id}"


class KnownPerson(NamedTuple):
    """Somebody the company knows, whether or not they sit anywhere."""

    id: int
    name: str


_SEATS = (
    "SELECT s.id, s.version, s.title, s.kind, s.team, s.valid_from, s.valid_to, r.manager_seat_id, m.title,"
    " s.source_id FROM seat s LEFT JOIN reporting r ON r.seat_id = s.id"
    " AND CASE WHEN s.valid_from > :on THEN s.valid_from ELSE :on END BETWEEN r.valid_from AND r.valid_to"
    " LEFT JOIN seat m ON m.id = r.manager_seat_id WHERE s.valid_to >= :on ORDER BY s.id"
)
_STAYS = (
    "SELECT o.seat_id, p.name, o.valid_from, o.valid_to FROM occupancy o JOIN person p ON p.id = o.person_id"
    " WHERE o.valid_to >= :on ORDER BY o.valid_from, o.id"
)


def read_seats(reader: Reader, on: date) -> tuple[SeatView, ...]:
    """All seats that are there on a day or later, in the order in which they were made."""
    holders: dict[int, list[str]] = {}
    coming: dict[int, list[Coming]] = {}
    last: dict[int, date] = {}
    for seat, name, start, end in reader.rows(_STAYS, {"on": on}):
        if as_date(start) > on:
            coming.setdefault(seat, []).append(Coming(name, as_date(start)))
        else:
            holders.setdefault(seat, []).append(name)
            last[seat] = max(as_date(end), last.get(seat, on))
    return tuple(
        SeatView(
            *(key, version, title, kind, team),
            valid_from=None if as_date(start) == EARLIEST else as_date(start),
            valid_to=None if as_date(end) == LATEST else as_date(end),
            under=under,
            under_title=above,
            holders=tuple(dict.fromkeys(holders.get(key, ()))),
            planned=as_date(start) > on,
            coming=tuple(coming.get(key, ())),
            leaving=None if last.get(key, LATEST) == LATEST else last[key],
            source_id=source_id,
        )
        for key, version, title, kind, team, start, end, under, above, source_id in reader.rows(_SEATS, {"on": on})
    )


def read_people(reader: Reader) -> tuple[KnownPerson, ...]:
    """Everybody, by name."""
    rows = reader.rows("SELECT id, name FROM person")
    return tuple(sorted((KnownPerson(*row) for row in rows), key=lambda each: (each.name.casefold(), each.id)))


def named_seat(text: str, seats: Sequence[SeatView]) -> SeatView:
    """The one seat that a text names: by its number (`7` or `#7`), its id, its label, its holder, its team or its
    title.

    UsageProblem where there is none, or several.
    """
    found = [seat for seat in seats if folded(seat.label) == folded(text)] or seats_meant(text, seats)
    if len(found) == 1:
        return found[0]
    if found:
        raise several_seats(text, found)
    raise UsageProblem(f"{quoted(text)} names no seat", expected="its number, its title, its team, or who sits there")


def named_person(text: str, people: Iterable[KnownPerson]) -> KnownPerson | None:
    """The person of exactly that name, None where there is none; UsageProblem where there are several."""
    wanted = " ".join(text.split()).casefold()
    found = [each for each in people if each.name.casefold() == wanted]
    if len(found) > 1:
        raise UsageProblem(
            f"{len(found)} people are called {fit(safe_line(text), _SHOWN)}", remedy="Choose on the person's own page."
        )
    return found[0] if found else None


def kept_name(text: str, what: str, of: str) -> str:
    """A title or a name in single blanks, as it is kept; DataProblem where that is nothing, or too long."""
    name = " ".join(text.split())
    if not name:
        raise DataProblem(f"{what} needs a {of}.")
    if len(name) > LONGEST_NAME:
        raise DataProblem(
            f"“{fit(safe_line(name), _SHOWN)}” is too long.", expected=f"{LONGEST_NAME} characters at most"
        )
    return name
