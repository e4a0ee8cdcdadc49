"""The effective quota: base × ramp × share of the period employed, less relief; every part of the base accounted for.

A seat's monthly quota (the base) is shared out by days among those who held the seat in the month; days on which it was
vacant are nobody's. Of a person's base a ramp takes away what somebody new does not yet carry, and reliefs take what
they are dated for; what remains is the effective quota. A ramp is of the stay in which it began: who leaves the seat
and comes back follows another one, or none. Each base is split by exact weights, rounded once, so that
effective + ramped away + relieved is the base to the last unit, and all bases are the seat's quota.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from salestui.model.values.amount import Amount, split
from salestui.model.values.calendar import FiscalCalendar

LAST_JOINING_DAY = 15
"""Who joins by this day of a fiscal month is in the ramp's first month then, who joins later in the next one."""

_STEP = Amount("0.0001")
_DAY = timedelta(days=1)
_NONE, _ALL = Fraction(0), Fraction(1)


class Holder(NamedTuple):
    """Who held a seat, from when to when."""

    person: int
    start: date
    end: date


class Climb(NamedTuple):
    """Somebody's ramp in a seat, by fiscal month from the day of joining on."""

    person: int
    joined: date
    months: tuple[date, ...]
    """The first days of the ramp's months, and of the first month after them."""
    shares: tuple[Fraction, ...]

    def share(self, month: date) -> Fraction:
        """The share of a fiscal month by its first day: before the ramp's first month as in it, after its last all."""
        number = max(bisect_right(self.months, month) - 1, 0)
        return self.shares[number] if number < len(self.shares) else _ALL


class Relieved(NamedTuple):
    """A relief of somebody in a seat: a share of the quota of its days, else an amount spread over them evenly."""

    id: int
    person: int
    start: date
    end: date
    share: Fraction | None
    amount: Amount | None
    lowers_team: bool = True


class Terms(NamedTuple):
    """All that bears on a seat's quota beside the quota itself."""

    holders: Sequence[Holder] = ()
    seams: Iterable[date] = ()
    """Days on which the seat comes under another manager, so that a team has the quota of the seat's days in it, as it
    has the seat's sales."""
    climbs: Sequence[Climb] = ()
    reliefs: Sequence[Relieved] = ()


class Part(NamedTuple):
    """What of a month's quota falls to a person (0 where the seat was vacant) for the days from `start` on."""

    person: int
    start: date
    days: int
    """How many days of the month are the person's, shared ones too."""
    base: Amount
    effective: Amount
    ramped: Amount
    """Taken away by the ramp."""
    reliefs: tuple[tuple[int, Amount], ...]
    """What each relief takes, by its id."""
    ramp: Fraction
    """The share that the ramp leaves, on average over the days."""


class _Piece(NamedTuple):
    """Days of one person under one line of command, on which nothing changes."""

    turn: date
    person: int
    start: date
    days: int
    together: int
    """How many people share these days."""


def climb(calendar: FiscalCalendar, person: int, joined: date, shares: Sequence[Fraction]) -> Climb:
    """A ramp by `shares` of somebody who joined on a day: by the 15th its month is the ramp's first, else the next."""
    month = calendar.month_of(joined)
    first = month if month.day_number(joined) <= LAST_JOINING_DAY else calendar.shift(month, 1)
    months = tuple(calendar.shift(first, number).start for number in range(len(shares) + 1))
    return Climb(person, joined, months, tuple(shares))


def apportion(amounts: Sequence[Amount], month: tuple[date, date], terms: Terms) -> list[list[Part]]:
    """Each of a seat's quotas of a month (its product lines') in parts: by person and line of command.

    Bases are shared out by days held; those who hold a seat together share its days. A relief's amount is taken from
    the lines in proportion, and never more than is left after the ramp and earlier reliefs.
    """
    pieces = _pieces(month, terms)
    held: dict[tuple[date, int], list[_Piece]] = {}
    for piece in pieces:
        held.setdefault((piece.turn, piece.person), []).append(piece)
    together = lcm(*(piece.together for piece in pieces))
    weights = [sum(each.days * together // each.together for each in its) for its in held.values()]
    bases = [split(amount, weights, _STEP) for amount in amounts]
    adjusted = [_adjustments(its, sum(amount.units for amount in amounts), month, terms) for its in held.values()]
    found: list[list[Part]] = []
    for parts in bases:
        found.append([])
        for (its, how), base in zip(zip(held.values(), adjusted, strict=True), parts, strict=True):
            found[-1].append(_part(its, how, base))
    return found


class _Adjustments(NamedTuple):
    """What of a person's days, each weighed by how many share it, remains, is ramped away, and is relieved."""

    effective: Fraction
    ramped: Fraction
    reliefs: dict[int, Fraction]


def _part(pieces: Sequence[_Piece], how: _Adjustments | None, base: Amount) -> Part:
    first, days = pieces[0], sum(piece.days for piece in pieces)
    if how is None:
        return Part(first.person, first.start, days, base, base, Amount(0), (), _ALL)
    weights = [how.effective, how.ramped, *how.reliefs.values()]
    common = lcm(*(weight.denominator for weight in weights))
    effective, ramped, *relieved = split(base, [int(weight * common) for weight in weights], _STEP)
    ramp = 1 - how.ramped / sum(weights)
    return Part(
        first.person, first.start, days, base, effective, ramped, tuple(zip(how.reliefs, relieved, strict=True)), ramp
    )


def _pieces(month: tuple[date, date], terms: Terms) -> list[_Piece]:
    first, last = month
    inside = [Holder(h.person, max(h.start, first), min(h.end, last)) for h in terms.holders]
    inside = [holder for holder in inside if holder.start <= holder.end]
    turns = sorted({first, *(day for day in terms.seams if first < day <= last)})
    cuts = {last + _DAY, *turns, *(h.start for h in inside), *(h.end + _DAY for h in inside)}
    cuts |= {day for each in terms.climbs for day in (each.joined,) if first < day <= last}
    cuts |= {each.start for each in terms.reliefs if first < each.start <= last}
    cuts |= {each.end + _DAY for each in terms.reliefs if first <= each.end < last}
    found: list[_Piece] = []
    for start, end in pairwise(sorted(cuts)):
        people = {holder.person for holder in inside if holder.start <= start <= holder.end} or {0}
        turn = max(day for day in turns if day <= start)
        found += [_Piece(turn, person, start, (end - start).days, len(people)) for person in sorted(people)]
    return found


def _adjustments(pieces: Sequence[_Piece], total: int, month: tuple[date, date], terms: Terms) -> _Adjustments | None:
    """None where nothing bears on the days; `total` is the seat's whole quota of the month, in units."""
    person = pieces[0].person
    climbs = _climbs(person, terms)
    reliefs = sorted(
        (each for each in terms.reliefs if each.person == person), key=lambda each: (each.share is None, each.id)
    )
    length = (month[1] - month[0]).days + 1
    effective = ramped = _NONE
    relieved: dict[int, Fraction] = {}
    touched = False
    for piece in pieces:
        days = Fraction(piece.days, piece.together)
        ramp = next((each.share(month[0]) for each, last in climbs if each.joined <= piece.start <= last), None)
        touched = touched or ramp is not None
        carried = left = days if ramp is None else days * ramp
        ramped += days - carried
        for each in reliefs:
            if not each.start <= piece.start <= each.end:
                continue
            touched = True
            taken = min(left, _wanted(each, piece, carried, Fraction(total, length)))
            relieved[each.id] = relieved.get(each.id, _NONE) + taken
            left -= taken
        effective += left
    return _Adjustments(effective, ramped, relieved) if touched else None


def _climbs(person: int, terms: Terms) -> list[tuple[Climb, date]]:
    """Somebody's ramps, that of the latest joining first, each with the last day of the stay in which it began."""
    stays = sorted((holder.start, holder.end) for holder in terms.holders if holder.person == person)
    climbs = sorted((each for each in terms.climbs if each.person == person), key=lambda each: each.joined)
    ends = ((each, _end_of_stay(stays, each.joined)) for each in reversed(climbs))
    return [(each, last) for each, last in ends if last is not None]


def _end_of_stay(stays: Iterable[tuple[date, date]], day: date) -> date | None:
    """The last day of the days without a gap that a day is one of; None where it is of none."""
    last: date | None = None
    for start, end in stays:
        if last is None:
            last = end if start <= day <= end else None
        elif start <= last or start - _DAY == last:
            last = max(last, end)
    return last


def _wanted(relief: Relieved, piece: _Piece, carried: Fraction, daily: Fraction) -> Fraction:
    """What a relief would take of a piece, in days of quota; `daily` is the seat's quota of a day, in units."""
    if relief.share is not None:
        return carried * relief.share
    if relief.amount is None or daily <= 0:
        return _NONE
    spread = Fraction(relief.amount.units, (relief.end - relief.start).days + 1)
    return spread * piece.days / daily
