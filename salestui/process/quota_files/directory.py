"""Whom a quota file means: seats, people and product lines by id or name."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from salestui.exchange.quota_files.reading import NOTHING, Whose
from salestui.exchange.trouble import Fault, quoted
from salestui.metrics.scopes import read_places
from salestui.model.values.period import Period
from salestui.store.quick import Reader, as_date

_MOST_COMPARED = 5_000
_MOST_SUGGESTED = 200
_PLAIN_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.:/ -]*[A-Za-z0-9])?")
_TOTALS = re.compile(r"(?:(?:grand|sub|overall)[ -]?)?(?:totals?|sum)\b.*|.* (?:total|sum)", re.IGNORECASE)


class Known(NamedTuple):
    """A seat, a person or a product line."""

    kind: str
    id: int
    source_id: str | None
    name: str

    @property
    def told(self) -> str:
        """What it is called where names are not enough."""
        return self.source_id or self.number

    @property
    def number(self) -> str:
        """What it is called by its row: `#12` is a seat everywhere, all else says what it is."""
        return f"#{self.id}" if self.kind == "seat" else f"{self.kind}:#{self.id}"


class Life(NamedTuple):
    """From which day to which there is a seat."""

    start: date
    end: date


class Directory:
    """Everything that a quota file can name."""

    def __init__(self, reader: Reader, on: date, company: str) -> None:
        seats = reader.rows("SELECT id, source_id, title, valid_from, valid_to FROM seat ORDER BY id")
        people = reader.rows("SELECT id, source_id, name FROM person ORDER BY id")
        lines = reader.rows("SELECT id, source_id, name FROM product_line ORDER BY id")
        self.seats = {key: Known("seat", key, source, title) for key, source, title, _, _ in seats}
        self.lines = {key: Known("line", key, source, name) for key, source, name in lines}
        self.people = {key: Known("person", key, source, name) for key, source, name in people}
        self.life = {key: Life(as_date(start), as_date(end)) for key, _, _, start, end in seats}
        self._ids = {kind: _index(found, _ids) for kind, found in self._all()}
        self._folded = {kind: _index(found, _folded_ids) for kind, found in self._all()}
        self._names = {kind: _index(found, _names) for kind, found in self._all()}
        self._teams = {
            _folded(place.scope.name) for place in read_places(reader, on, company) if place.scope.kind == "team"
        } | {_folded(company)}
        self._seats_of: dict[int, list[tuple[date, date, int]]] = {}
        for person, seat, start, end in reader.rows(
            "SELECT person_id, seat_id, valid_from, valid_to FROM person_seat ORDER BY person_id, valid_from"
        ):
            self._seats_of.setdefault(person, []).append((as_date(start), as_date(end), seat))
        self._found: dict[tuple[str, str], Known | Fault] = {}

    def _all(self) -> Iterable[tuple[str, Iterable[Known]]]:
        yield from (("seat", self.seats.values()), ("person", self.people.values()), ("line", self.lines.values()))

    def whose(self, whose: Whose) -> Known | Fault:
        """The seat or the person that a text in such a column means."""
        seat_first = whose.kind in ("seat_id", "seat")
        return self._look_up(whose.text, ("seat", "person") if seat_first else ("person", "seat"))

    def line(self, text: str) -> Known | Fault:
        """The product line that a text means."""
        return self._look_up(text, ("line",))

    def seat_of(self, person: int, month: Period) -> int | None:
        """The seat a person holds as the month begins, or else first in it; None where they hold none."""
        stretches = self._seats_of.get(person, ())
        return next((seat for start, end, seat in stretches if start <= month.end and end >= month.start), None)

    def id_text(self, known: Known) -> str:
        """An id that finds this and nothing else, and that no spreadsheet takes for something else."""
        ids, source = self._ids[known.kind], known.source_id
        if source is not None and _PLAIN_ID.fullmatch(source) and source not in NOTHING and len(ids[source]) == 1:
            return source
        return known.number if len(ids[known.number]) == 1 else f"{known.kind}:#{known.id}"

    def _look_up(self, text: str, kinds: Sequence[str]) -> Known | Fault:
        key = (text, kinds[0])
        if key not in self._found:
            self._found[key] = self._meant(text, kinds)
        return self._found[key]

    def _meant(self, text: str, kinds: Sequence[str]) -> Known | Fault:
        """By id before by name, and each in the order of the kinds."""
        bare = text[1:] if re.match("'[=+@-]", text) else text
        tries = ((self._ids, text), (self._ids, bare), (self._folded, _folded(bare)), (self._names, _folded(bare)))
        for index, key in tries:
            for kind in kinds:
                found = index[kind].get(key, [])
                if len(found) == 1:
                    return found[0]
                if found:
                    told = ", ".join(each.told for each in found[:6])
                    return Fault(f"{quoted(text)} names {len(found)} of them", f"one by its id: {told}")
        return self._unknown(bare, kinds)

    def _unknown(self, text: str, kinds: Sequence[str]) -> Fault:
        expected = "a seat or a person, by id or name" if "seat" in kinds else "a product line, by id or name"
        if "seat" in kinds and _folded(text) in self._teams:
            remedy = "Leave the row out: a team's quota is the sum of its seats'."
            return Fault(f"{quoted(text)} is a team, and quotas stand in seats", expected, remedy)
        return Fault(f"There is no {quoted(text)}{self._suggestion(text, kinds)}", expected)

    def _suggestion(self, text: str, kinds: Sequence[str]) -> str:
        if len(self._found) > _MOST_SUGGESTED:
            return ""
        known: dict[str, Known] = {}
        for index in (self._names, self._folded):
            for kind in kinds:
                known |= {key: found[0] for key, found in index[kind].items()}
        near = difflib.get_close_matches(_folded(text), known, 1) if len(known) <= _MOST_COMPARED else []
        if not near:
            return ""
        found = known[near[0]]
        return f"; did you mean {quoted(found.name)} ({found.told})?"


def is_total(text: str) -> bool:
    """Whether a text that names nothing is what sheets have before sums."""
    return _TOTALS.fullmatch(text.strip()) is not None


def _index(known: Iterable[Known], keys: Callable[[Known], Iterable[str]]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for each in known:
        for key in keys(each):
            found.setdefault(key, []).append(each)
    return found


def _ids(known: Known) -> Iterable[str]:
    """The id where it came from, and that of its row."""
    return {known.number, f"{known.kind}:#{known.id}"} | (set() if known.source_id is None else {known.source_id})


def _folded_ids(known: Known) -> Iterable[str]:
    return () if known.source_id is None else (_folded(known.source_id),)


def _names(known: Known) -> Iterable[str]:
    return (_folded(known.name),)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
