"""Seasonal profiles as a table: a weight for each fiscal month, typed into, with the sum always in view."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.seasons.queries import Profile
from salestui.planning.seasons.rules import HUNDRED, MONTHS, balanced, off_by, parse_weight
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.lines import Row, Span

_PENDING = "•"
_FIRST = 2
"""The column of the first month: the name and the sum stand before it."""
_BAR_LINES = 4
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class Typed(NamedTuple):
    """The weights of a profile as they are typed, and which of them were typed by hand, by place."""

    weights: tuple[Rate, ...]
    by_hand: frozenset[int]


Pending = dict[int, Typed]


class SeasonModel(ListModel[Profile]):
    """The profiles; what is typed and not saved is kept here, step by step."""

    def __init__(self, months: Sequence[str], edited: Callable[[], None]) -> None:
        """`edited` is called after everything that was typed."""
        self.months = tuple(months)
        self._edited = edited
        self.pending: Pending = {}
        self._undone: list[tuple[str, Pending]] = []
        self._done: list[tuple[str, Pending]] = []
        super().__init__(
            (),
            (
                Field("name", "Season", width=16, frozen=True),
                Field(
                    "sum",
                    "Sum",
                    kind="number",
                    value=lambda profile: Rate.sum(self.weights(profile)),
                    tone=self._sum_tone,
                    derived=True,
                ),
                *(self._field(place) for place in range(MONTHS)),
                Field("rests_on", "Rests on", width=30, value=self._rests_on),
            ),
            key=lambda profile: str(profile.id),
            empty="No seasonal profile yet. m measures one from past sales, a takes twelve weights that you type.",
        )

    def _field(self, place: int) -> Field[Profile]:
        return Field(
            f"m{place + 1}",
            self.months[place],
            kind="number",
            value=lambda profile: self.weights(profile)[place],
            mark=lambda profile: _PENDING if self.weights(profile)[place] != profile.weights[place] else " ",
        )

    def _sum_tone(self, profile: Profile) -> Tone:
        return "bad" if off_by(self.weights(profile)) else "total"

    def _rests_on(self, profile: Profile) -> str:
        return "typed, not saved" if profile.id in self.pending else profile.rests_on

    def weights(self, profile: Profile) -> tuple[Rate, ...]:
        """The weights as they are typed, else as they are kept."""
        typed = self.pending.get(profile.id)
        return profile.weights if typed is None else typed.weights

    def show(self, profiles: Sequence[Profile]) -> None:
        """Show what was read anew; what is typed into profiles that are gone is dropped."""
        known = {profile.id for profile in profiles}
        self.pending = {key: typed for key, typed in self.pending.items() if key in known}
        self.replace(profiles)

    def editable(self, row: int, column: int) -> bool:
        """The weights."""
        return _FIRST <= column < _FIRST + MONTHS

    def edit_text(self, row: int, column: int) -> str:
        """The weight as it is typed."""
        return str(self.weights(self.row(row))[column - _FIRST])

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Type a weight into cells."""
        weight = parse_weight(text)
        self._take("weights", dict.fromkeys(cells, weight))

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """A weight of nothing."""
        self._take("weights", dict.fromkeys(cells, Rate(0)))

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Type a table of weights, its first into this cell."""
        cells = {
            (row + down, column): parse_weight(text)
            for down, line in enumerate(table)
            for column, text in zip(columns, line, strict=False)
        }
        fits = all(at < self.row_count and self.editable(at, column) for at, column in cells)
        if not fits or any(len(line) > len(columns) for line in table):
            raise UsageProblem("This does not fit", expected="weights, pasted over weights")
        self._take("a table of weights", cells)

    def _take(self, what: str, cells: Mapping[tuple[int, int], Rate]) -> None:
        changed = dict(self.pending)
        for (row, column), weight in cells.items():
            profile, place = self.row(row), column - _FIRST
            weights, by_hand = changed.get(profile.id, Typed(profile.weights, frozenset()))
            changed[profile.id] = Typed((*weights[:place], weight, *weights[place + 1 :]), by_hand | {place})
        self._step(what, changed)

    def balance(self, profile: Profile) -> None:
        """Have the weights that were not typed sum to 100 with those that were."""
        typed = self.pending[profile.id]
        weights = balanced(typed.weights, typed.by_hand)
        self._step("the rest spread", {**self.pending, profile.id: Typed(weights, typed.by_hand)})

    def _step(self, what: str, pending: Pending) -> None:
        self._done.append((what, self.pending))
        self._undone.clear()
        self._become(pending)

    def _become(self, pending: Pending) -> None:
        kept = {profile.id: profile.weights for profile in map(self.row, range(self.row_count))}
        self.pending = {key: typed for key, typed in pending.items() if kept.get(key) != typed.weights}
        self._edited()

    @property
    def can_undo(self) -> bool:
        """Whether something typed can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether something taken back can be made again."""
        return bool(self._undone)

    def undo(self) -> str:
        """Take back what was typed last."""
        what, before = self._done.pop()
        self._undone.append((what, self.pending))
        self._become(before)
        return f"Undone: {what}."

    def redo(self) -> str:
        """Make it again."""
        what, after = self._undone.pop()
        self._done.append((what, self.pending))
        self._become(after)
        return f"Done again: {what}."

    def forget(self) -> None:
        """Nothing is typed any more: it is saved."""
        self.pending = {}
        self._done.clear()
        self._undone.clear()
        self._edited()

    def describe(self, row: int, column: int) -> str:
        """What the profile rests on, and how far its sum is from 100."""
        profile = self.row(row)
        off = off_by(self.weights(profile))
        if off:
            lacking = f"{abs(off)} too much" if off > Rate(0) else f"{-off} missing"
            return f"{profile.name}: the sum is {HUNDRED + off}, {lacking}; b spreads the rest"
        return f"{profile.name}: {self._rests_on(profile)}"

    def to_plain(self) -> dict[str, Any] | None:
        """What is typed, as plain data; None for nothing."""
        found = {
            str(key): {"weights": [str(weight) for weight in typed.weights], "by_hand": sorted(typed.by_hand)}
            for key, typed in self.pending.items()
        }
        return found or None


def pending_of(plain: Mapping[str, Any]) -> Pending:
    """What `to_plain` made plain; KeyError, TypeError or ValueError where it is something else."""
    found = {
        int(key): Typed(tuple(map(Rate, each["weights"])), frozenset(map(int, each["by_hand"])))
        for key, each in plain.items()
    }
    if any(len(typed.weights) != MONTHS for typed in found.values()):
        raise ValueError("not twelve weights")
    return found


def bar_rows(weights: Sequence[Rate], months: Sequence[str], width: int) -> list[Row]:
    """A bar for each month, from nothing up to the largest weight, above its name and its weight."""
    each = max(5, min(9, (width - 2) // len(weights)))
    most = max(max(weight.units for weight in weights), 1)
    eighths = [weight.units * _BAR_LINES * 8 // most for weight in weights]
    rows: list[Row] = []
    for line in range(_BAR_LINES, 0, -1):
        levels = [min(max(height - (line - 1) * 8, 0), 8) for height in eighths]
        rows.append((Span(" " + "".join(f"{_EIGHTHS[level] * (each - 2):<{each}}" for level in levels)),))
    rows.append((Span(" " + "".join(f"{month:<{each}}" for month in months), "muted"),))
    rows.append((Span(" " + "".join(f"{_short(weight):<{each}}" for weight in weights)),))
    return rows


def _short(weight: Rate) -> str:
    """The weight in a few cells: the table has all of it."""
    return str(weight.scaled(1, step=Rate("0.1")))
