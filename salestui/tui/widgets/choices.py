"""`Choices`: a list to choose one line from, of any length; moving the mark repaints two lines."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message

from salestui.tui.text import fitted, width_of
from salestui.tui.widgets.lines import Lines, Row, Span

_MOST_LABEL = 0.55


class Choice(NamedTuple):
    """A line of the list: what choosing it means, its name, what else there is to say, and its key if it has one."""

    value: str
    label: str
    detail: str = ""
    keys: str = ""
    note: str = ""
    depth: int = 0

    @property
    def words(self) -> str:
        """What a search looks in."""
        return f"{self.label} {self.detail} {self.note}".casefold()


class Choices(Lines):
    """The list; another widget has the keys and moves the mark."""

    class Clicked(Message):
        """A line was clicked: it is the marked one now, and meant."""

    def __init__(self, nothing: str) -> None:
        """`nothing` is what stands there when no line fits."""
        super().__init__()
        self._nothing = nothing
        self._choices: Sequence[Choice] = ()
        self._at = self._top = 0

    @property
    def marked(self) -> Choice | None:
        """The line the mark is on."""
        return self._choices[self._at] if self._choices else None

    def offer(self, choices: Sequence[Choice], mark: str = "") -> None:
        """Show these lines, with the mark on the one of that value, else on the first."""
        self._choices = choices
        self._top = 0
        self._at = next((place for place, choice in enumerate(choices) if mark and choice.value == mark), 0)
        self._lay_out()

    def move(self, lines: int) -> None:
        """Move the mark down, or up for less than 0; it stops at the ends."""
        self._at = min(max(self._at + lines, 0), max(len(self._choices) - 1, 0))
        self._lay_out()

    def move_pages(self, pages: int) -> None:
        """Move the mark so many pages down."""
        self.move(pages * max(self.size.height - 1, 1))

    def on_resize(self) -> None:
        """Use the room there is."""
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Mark and mean the line under the pointer."""
        if self._top + event.y < len(self._choices):
            self._at = self._top + event.y
            self._lay_out()
            self.post_message(self.Clicked())

    def _lay_out(self) -> None:
        width, height = self.size
        if not height:
            return
        if not self._choices:
            self.show([(Span(f"  {self._nothing}", "muted"),)])
            return
        self._top = min(max(self._top, self._at - height + 1), self._at)
        visible = self._choices[self._top : self._top + height]
        widest = max(width_of(choice.label) + 2 * choice.depth for choice in visible)
        label = min(widest, int(width * _MOST_LABEL)) if any(choice.detail for choice in visible) else width
        keys = max(width_of(choice.keys) for choice in visible)
        self.show(
            [_row(choice, place == self._at - self._top, width, label, keys) for place, choice in enumerate(visible)]
        )


def _row(choice: Choice, marked: bool, width: int, label: int, keys: int) -> Row:
    name = fitted("  " * choice.depth + choice.label, min(label, width - keys - 7))
    detail = fitted(choice.detail, max(width - width_of(name) - keys - 7, 0))
    key = fitted(choice.keys, keys, right=True)
    if marked:
        return (Span(f" ▸ {name}  {detail} {key} ", "current"),)
    return Span(f"   {name}  "), Span(f"{detail} ", "muted"), Span(key, "key"), Span(" ")
