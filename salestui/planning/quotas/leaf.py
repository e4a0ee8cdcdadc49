"""Where a quota stands, known by one whole number, and why one may be held."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import repeat
from operator import and_, rshift
from typing import Literal, NamedTuple, Self

Units = dict[int, int | None]
"""Quotas in smallest units by leaf: keys are `Leaf`s, or the plain numbers that these are."""

MONTH_BITS = 22
LINE_BITS = 20
MONTH = (1 << MONTH_BITS) - 1
_LINE = (1 << LINE_BITS) - 1
_PIECE = 2_000


class Leaf(int):
    """Where a quota stands: a seat, a product line (0 where the plan knows none) and a fiscal month's first day.

    It is a whole number in the order of these three, equal to any plain number of the same value; `Leaf.of` reads one.
    ValueError for ids that are below zero, and for a product line above a million.
    """

    __slots__ = ()

    def __new__(cls, seat: int, line: int, month: date) -> Self:
        """The leaf of these three."""
        if seat < 0 or not 0 <= line <= _LINE:
            raise ValueError(f"there is no quota of seat {seat} in product line {line}")
        return super().__new__(cls, key_of(seat, line, month.toordinal()))

    @classmethod
    def of(cls, key: int) -> Self:
        """The leaf that a plain number stands for."""
        return super().__new__(cls, key)

    @property
    def seat(self) -> int:
        """The seat's id."""
        return self >> (MONTH_BITS + LINE_BITS)

    @property
    def line(self) -> int:
        """The product line's id, or 0."""
        return (self >> MONTH_BITS) & _LINE

    @property
    def month(self) -> date:
        """The fiscal month's first day."""
        return date.fromordinal(self & MONTH)

    def __repr__(self) -> str:
        return f"Leaf({self.seat}, {self.line}, {self.month})"


def key_of(seat: int, line: int, ordinal: int) -> int:
    """The plain number of a leaf, for which the month is known by its first day's ordinal."""
    return ((seat << LINE_BITS | line) << MONTH_BITS) | ordinal


def columns_of(keys: Sequence[int]) -> tuple[Iterable[int], Iterable[int], Iterable[date]]:
    """The seats, the product lines and the months of leaves."""
    lines = map(and_, map(rshift, keys, repeat(MONTH_BITS)), repeat(_LINE))
    months = map(cache(date.fromordinal), map(and_, keys, repeat(MONTH)))
    return map(rshift, keys, repeat(MONTH_BITS + LINE_BITS)), lines, months


def places_of(keys: Iterable[int]) -> set[tuple[int, int]]:
    """The seats and product lines of leaves."""
    return {(place >> LINE_BITS, place & _LINE) for place in {key >> MONTH_BITS for key in keys}}


def paired(keys: Sequence[int], quotas: Sequence[int | None], like: Mapping[int, int | None] | None = None) -> Units:
    """Leaves with their quotas; quicker with some of the same leaves at hand."""
    found: Units = {} if like is None else dict(like)
    for piece in pieces(len(keys)):
        found.update(zip(keys[piece], quotas[piece], strict=True))
    return found


def distinct(keys: Iterable[int]) -> set[int]:
    """These leaves as a set."""
    found = set[int]()
    wanted = list(keys)
    for piece in pieces(len(wanted)):
        found.update(wanted[piece])
    return found


def pieces(count: int) -> Iterator[slice]:
    """What cuts so many things into pieces: all of them in a single call would keep other threads waiting too long."""
    return (slice(start, start + _PIECE) for start in range(0, count, _PIECE))


def period_of(key: int) -> int:
    """A number that orders leaves by month alone."""
    return key & MONTH


class Hold(NamedTuple):
    """Why a quota keeps its value when a sum above it changes: it is locked, was handed in by whom it is for, or its
    month is closed (up to `when`, by nobody in particular)."""

    kind: Literal["lock", "submitted", "closed"]
    reason: str
    who: str
    when: date
