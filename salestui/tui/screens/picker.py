"""`Picker`: a dialog to choose one thing from a list by typing a part of its name."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from salestui.tui.actions.editing import PICKER
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.screens.dialogs import Dialog
from salestui.tui.widgets.choices import Choice, Choices
from salestui.tui.widgets.empty import Empty
from salestui.tui.widgets.field import Field
from salestui.tui.widgets.lines import Lines, Span, Tone, wrapped

Typed = Callable[[str], Sequence[Choice]]
"""What typing adds to the top of the list."""
_NOTE_LINES = 3


class Picker(Dialog[str], inherit_bindings=False):
    """Answers the value of the chosen line, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(PICKER)]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        mark: str = "",
        nothing: str = "Nothing has this text.",
        typed: Typed | None = None,
    ) -> None:
        """Offer these choices, with the mark on the one whose value is `mark`."""
        super().__init__()
        self._title, self._offered, self._mark, self._typed = title, tuple(choices), mark, typed
        self._field, self._list, self._note = Field(" › "), Choices(nothing), Lines(classes="note")

    def compose(self) -> ComposeResult:
        """A title, a line to type on, the list, and what there is to say about the marked line."""
        with Container(id="panel"):
            yield Empty(self._title)
            yield self._field
            yield self._list
            yield self._note

    def on_mount(self) -> None:
        """Show all of it."""
        self.set_focus(self._field)
        self.narrow(self._mark)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.value

    def say(self, message: str, tone: Tone = "") -> None:
        """Say something under the list."""
        width = self._note.size.width
        lines = wrapped(message, width - 1, _NOTE_LINES) if width else [message]
        self._note.show([(Span(f" {line}", tone),) for line in lines])

    def narrow(self, mark: str = "") -> None:
        """Show what has the typed text."""
        added = self._typed(self.text) if self._typed else ()
        self._list.offer((*added, *matching(self.text, self._offered)), mark)
        self._tell()

    def add(self, choices: Sequence[Choice]) -> None:
        """Offer more choices than at first, below the others, with the mark where it is."""
        known = {choice.value for choice in self._offered}
        self._offered = (*self._offered, *(choice for choice in choices if choice.value not in known))
        marked = self._list.marked
        self.narrow(marked.value if marked else "")

    def offer(self, choices: Sequence[Choice], mark: str) -> None:
        """Offer other choices, with the mark on the one of that value."""
        self._offered = tuple(choices)
        self.narrow(mark)

    def on_resize(self) -> None:
        """Tell of the marked line in the width there is."""
        self._tell()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Narrow the list as the user types."""
        self.narrow()

    def take(self, choice: Choice) -> None:
        """Answer the line that was chosen."""
        self.dismiss(choice.value)

    def on_field_submitted(self, event: Field.Submitted) -> None:
        """Take the marked line."""
        self._take_marked()

    def on_choices_clicked(self) -> None:
        """Take the clicked line."""
        self._take_marked()

    def _take_marked(self) -> None:
        marked = self._list.marked
        if marked:
            self.take(marked)

    def on_field_cancelled(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)

    def action_up(self) -> None:
        """Go one line up."""
        self._move(-1)

    def action_down(self) -> None:
        """Go one line down."""
        self._move(1)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._list.move_pages(-1)
        self._tell()

    def action_page_down(self) -> None:
        """Go one page down."""
        self._list.move_pages(1)
        self._tell()

    def _move(self, lines: int) -> None:
        self._list.move(lines)
        self._tell()

    def _tell(self) -> None:
        marked = self._list.marked
        self.say(marked.note if marked else "", "muted")


def matching(text: str, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices that have every word of the text; those whose name begins with it first."""
    words = text.casefold().split()
    found = [choice for choice in choices if all(word in choice.words for word in words)]
    if not words:
        return tuple(found)
    start = text.casefold().strip()
    return tuple(sorted(found, key=lambda choice: _rank(choice, start, words)))


def _rank(choice: Choice, start: str, words: Sequence[str]) -> int:
    label = choice.label.casefold()
    if label.startswith(start):
        return 0
    return 1 if all(word in label for word in words) else 2
