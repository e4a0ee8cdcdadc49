"""The field in which a cell is edited: it lies over the cell, and over those to the right as what is typed grows."""

from collections.abc import Callable
from typing import ClassVar, Literal

from textual.binding import BindingType

from salestui.tui.actions.editing import CELL
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.text import width_of
from salestui.tui.widgets.field import Field
from salestui.tui.widgets.grid.layout import Room

Then = Literal["stay", "enter", "tab", "back tab", "up", "down", "left", "right"]
"""Where to go once a text is taken: Enter goes down, to the column where Tab began."""


class CellField(Field):
    """Text for a cell. `take` is told where to go once it has it, `leave` that it is not wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(CELL)]

    def __init__(self, take: Callable[[Then], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._take, self._leave = take, leave
        self._began = self.names = ""
        self._by_typing = self._arrows_take = False
        self._first_key = False
        self._room = Room(0, 0, 1, 1)
        self._lies: tuple[int, tuple[int, int]] | None = None
        self.is_open = False
        self.styles.height = 0

    def allow_focus(self) -> bool:
        """Only while it is open."""
        return self.is_open

    @property
    def hints(self) -> tuple[str, ...]:
        """What ends the typing; from the second character on, for one more line with the first would cost too much."""
        return () if self._first_key else ("typing.submit", "cell.right", "typing.cancel")

    @property
    def named(self) -> str:
        """What may be named in the expression that is being typed."""
        return self.names if self.value.startswith("=") and not self._first_key else ""

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to take."""
        return self._by_typing or self.value != self._began

    def open(self, text: str, room: Room, *, by_typing: bool) -> None:
        """Begin with this text; begun by typing, the arrows take it and go on."""
        self._began, self._by_typing, self.is_open = text, by_typing, True
        self._first_key = self._arrows_take = by_typing
        self.styles.height = 1
        self.put(text)
        self.lie(room)
        self.screen.set_focus(self, scroll_visible=False)

    def close(self) -> None:
        """Be gone."""
        self.is_open = False
        self.styles.height = 0

    def lie(self, room: Room) -> None:
        """Lie there from now on."""
        self._room = room
        self._spread()

    def action_submit(self) -> None:
        """Take it and go down."""
        self._take("enter")

    def action_cancel(self) -> None:
        """Leave the cell as it was."""
        self._leave()

    def action_sideways(self, step: int) -> None:
        """Take it and go right, or left."""
        self._take("tab" if step > 0 else "back tab")

    def action_rows(self, step: int) -> None:
        """Take what was typed and go down, or up; the arrows do nothing in text that was there before."""
        if self._arrows_take:
            self._take("down" if step > 0 else "up")

    def action_left(self) -> None:
        """Take what was typed and go left; in text that was there before, go one character to the left."""
        if self._arrows_take:
            self._take("left")
        else:
            super().action_left()

    def action_right(self) -> None:
        """Take what was typed and go right; in text that was there before, go one character to the right."""
        if self._arrows_take:
            self._take("right")
        else:
            super().action_right()

    def action_within(self) -> None:
        """From now on the arrows go through the text, or again to other cells."""
        self._arrows_take = not self._arrows_take

    def _edit(self, value: str, cursor: int) -> None:
        super()._edit(value, cursor)
        self._spread()
        if self._first_key:
            self._first_key = False
            self.screen.refresh_bindings()

    def _spread(self) -> None:
        room = self._room
        width = min(max(room.width, width_of(self.value) + 1), room.edge)
        place = (min(room.x, room.edge - width), room.y)
        if (width, place) != self._lies:
            self._lies = width, place
            self.styles.width, self.styles.offset = width, place
