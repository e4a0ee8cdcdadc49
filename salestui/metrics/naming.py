"""What `#12`, an id, a title or a name means: the same wherever a seat or somebody is named."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.store.quick import Reader

_SHOWN = 40
_MOST_DIGITS = 18
_NOBODY_THERE = r"(.+) \((?:vacant|from [^()]+)\)"
"""How lists call a seat that nobody holds: `Account Executive (vacant)`, `Account Executive (from Mar)`."""


class Seat(Protocol):
    """What a seat is named by."""

    @property
    def id(self) -> int:
        """The number that lists show as `#12`."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def source_id(self) -> str | None:
        """The id where it came from."""

    @property
    def team(self) -> str | None:
        """The name of the team that it leads."""

    @property
    def holders(self) -> tuple[str, ...]:
        """Who sits there."""


_Seat = TypeVar("_Seat", bound=Seat)


class KnownSeat(NamedTuple):
    """A seat, whether or not it is there on the day; who sits in it then."""

    id: int
    title: str
    source_id: str | None
    team: str | None
    holders: tuple[str, ...]

    @property
    def label(self) -> str:
        """What tells it from all others: `#12 Account Executive`."""
        return f"#{self.id} {fit(safe_line(self.title), _SHOWN)}"


def read_known_seats(reader: Reader, on: date) -> tuple[KnownSeat, ...]:
    """Every seat there ever was or is planned."""
    holders: dict[int, list[str]] = {}
    for seat, name in reader.rows(
        "SELECT o.seat_id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE :on BETWEEN o.valid_from AND o.valid_to ORDER BY o.valid_from, o.id",
        {"on": on},
    ):
        holders.setdefault(seat, []).append(name)
    rows = reader.rows("SELECT id, title, source_id, team FROM seat ORDER BY id")
    return tuple(
        KnownSeat(key, title, source_id, team, tuple(dict.fromkeys(holders.get(key, ()))))
        for key, title, source_id, team in rows
    )


def seat_number(text: str) -> int | None:
    """The number where a text refers to a seat by it: `#12`, `seat:12` or `seat:#12`; None for any other text."""
    wanted = text.strip().casefold()
    number = wanted.removeprefix("seat:").lstrip().removeprefix("#")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return int(number) if is_number and number != wanted else None


def seats_meant(text: str, seats: Sequence[_Seat]) -> list[_Seat]:
    """The seats that a text can mean: by number (`#12`, `12`) or id, else by who sits there, its team, its title.

    A title with `(vacant)` or `(from Mar)` behind it, as lists have it, is that of a seat that nobody holds.
    """
    number = seat_number(text)
    if number is not None:
        return [seat for seat in seats if seat.id == number]
    exact, wanted = text.strip(), folded(text)
    untaken = re.fullmatch(_NOBODY_THERE, wanted)
    ways = (
        [seat for seat in seats if exact and exact in (str(seat.id), seat.source_id)],
        [seat for seat in seats if seat.source_id is not None and folded(seat.source_id) == wanted],
        [seat for seat in seats if wanted in map(folded, seat.holders)],
        [seat for seat in seats if seat.team is not None and folded(seat.team) == wanted],
        [seat for seat in seats if folded(seat.title) == wanted],
        [seat for seat in seats if untaken and not seat.holders and folded(seat.title) == untaken[1]],
    )
    return next((found for found in ways if found and wanted), [])


def several_seats(text: str, found: Iterable[Seat]) -> UsageProblem:
    """What to say where a text can mean several seats."""
    numbers = ", ".join(f"#{seat.id}" for seat in found)
    return UsageProblem(f"{quoted(text)} names several seats: {numbers}", remedy="Name one by its number.")


def nearest(wanted: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that may be meant: those with such a word in them, else those written alike, else that contain it."""
    import difflib

    known = sorted(set(names))
    with_word = [name for name in known if wanted and wanted in folded(name).split()]
    if with_word:
        return with_word[:most]
    by_folded = {folded(name): name for name in known}
    near = [by_folded[name] for name in difflib.get_close_matches(wanted, by_folded, most, 0.5)]
    return near or [name for name in known if wanted and wanted in folded(name)][:most]


def folded(text: str) -> str:
    """A name as names are compared."""
    return " ".join(text.split()).casefold()


def quoted(text: str) -> str:
    """What was typed, as messages show it."""
    return f"“{fit(safe_line(text), _SHOWN)}”"
