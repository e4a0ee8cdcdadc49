"""What pages about one thing share: facts in columns, and tables under one another that `Tab` goes through."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from salestui.model.values.show import NOTHING
from salestui.tui.text import fitted
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span, Tone

_LABEL = 11
_TWO, _THREE = 58, 110
"""From so many cells on there are two and three columns of facts."""
_ROOMY = 6
"""So many lines each part needs for all of them to stand open."""

_LEAST = 2
"""So many lines the open part keeps beside the titles; where there are fewer, the other titles make way."""


class Fact(NamedTuple):
    """Something known about a thing; None is shown as not known."""

    label: str
    value: str | None
    tone: Tone = ""


def columns_in(width: int) -> int:
    """How many columns of facts stand beside one another."""
    return 1 + (width >= _TWO) + (width >= _THREE)


def fact_rows(facts: Sequence[Fact], width: int) -> list[Row]:
    """Facts in as many columns as fit, one after another along the lines."""
    columns = columns_in(width)
    each = width // columns
    return [
        tuple(span for fact in facts[start : start + columns] for span in _spans(fact, each))
        for start in range(0, len(facts), columns)
    ]


def _spans(fact: Fact, width: int) -> tuple[Span, Span]:
    value = NOTHING if fact.value is None else fact.value
    return Span(f" {fitted(fact.label, _LABEL)}", "muted"), Span(fitted(value, width - _LABEL - 1), fact.tone)


class Part(NamedTuple):
    """A table and what stands above it."""

    title: str
    model: GridModel


class Parts(Vertical):
    """Tables under one another. Where there is little room only the one with the focus stands open."""

    def __init__(self, parts: Iterable[Part]) -> None:
        super().__init__(classes="parts")
        self._parts = [(part.title, Lines(), Grid(part.model)) for part in parts]
        self._told = [""] * len(self._parts)
        self._current = 0

    def compose(self) -> ComposeResult:
        """Each title with its table."""
        for _, title, grid in self._parts:
            yield title
            yield grid

    @property
    def grids(self) -> list[Grid]:
        """The tables in their order."""
        return [grid for _, _, grid in self._parts]

    @property
    def current(self) -> int:
        """The number of the part that has the focus, or had it last."""
        return self._current

    def tell(self, part: int, words: str) -> None:
        """Say a few words about a part beside its title."""
        self._told[part] = words
        self._show_titles()

    def reload(self) -> None:
        """Show what is new in every table, and go to one where nothing has the focus."""
        for grid in self.grids:
            grid.reload()
        if self.screen.focused is None:
            self.grids[self._current].focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Open the part that the user went to."""
        if isinstance(event.widget, Grid) and event.widget in self.grids:
            self._current = self.grids.index(event.widget)
            self._lay_out()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if not self.size.height:
            return
        cramped = self.size.height < len(self._parts) + _LEAST
        for number, (_, title, grid) in enumerate(self._parts):
            title.display = number == self._current or not cramped
            grid.styles.height = "1fr" if self._is_open(number) else 0
        self._show_titles()

    def _is_open(self, part: int) -> bool:
        return part == self._current or self.size.height >= _ROOMY * len(self._parts)

    def _show_titles(self) -> None:
        for number, (name, title, _) in enumerate(self._parts):
            mark = "▾" if self._is_open(number) else "▸"
            tone: Tone = "current" if number == self._current else "strong"
            title.show([(Span(f" {mark} {name} ", tone), Span(self._told[number], "muted"))])
