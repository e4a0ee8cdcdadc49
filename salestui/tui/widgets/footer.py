"""The footer: one line of hints for what can be done here; a message takes its place until the next key."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from salestui.tui.widgets.lines import Lines, Row, Span, Tone, row_width, wrapped

_MOST_MESSAGE_LINES = 4


class Hint(NamedTuple):
    """A key and what it does here; not `enabled` where it would only say why it does nothing.

    `even` ones do not set the key apart, for fewer bytes.
    """

    key: str
    word: str
    enabled: bool = True
    even: bool = False


class Footer(Lines):
    """Lies over the bottom of the screen, so that a long message grows upwards without moving anything."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._message = ""
        self._tone: Tone = ""
        self._raised = False

    @property
    def message(self) -> str:
        """What it says now, if it says anything."""
        return self._message

    def hint(self, hints: Iterable[Hint]) -> None:
        """Show these hints, as many as fit; the last one always does."""
        self._hints = tuple(hints)
        self._lay_out()

    def say(self, message: str, tone: Tone = "") -> None:
        """Say this instead of the hints; an empty message brings them back."""
        if (message, tone) != (self._message, self._tone):
            self._message, self._tone = message, tone
            self._lay_out()

    def raise_above(self, raised: bool) -> None:
        """Leave the last line to the prompt, or take it back."""
        self._raised = raised
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.app.size.width
        rows = [hint_row(self._hints, width)]
        if self._message:
            lines = wrapped(self._message, width - 2, _MOST_MESSAGE_LINES)
            rows = [(Span(f" {line}", self._tone or "strong"),) for line in lines]
            if self._raised:
                rows.append(())
        self.styles.height = len(rows)
        self.show(rows)


def hint_row(hints: Sequence[Hint], width: int) -> Row:
    """The hints that fit into so many cells, the last of them always."""
    if not hints:
        return ()
    last = _spans(hints[-1])
    row: Row = ()
    for hint in hints[:-1]:
        longer = (*row, *_spans(hint))
        if row_width(longer) + row_width(last) > width:
            break
        row = longer
    return (*row, *last)


def naming(names: str, first: Hint, last: Hint, width: int) -> list[Hint]:
    """Two hints, and between them as many of the names for an expression as there is room for."""
    room = width - row_width(hint_row([first, last], width)) - row_width(_spans(Hint("=", "")))
    words = names.split(" ")
    while words and len(" ".join(words)) > room:
        words.pop()
    return [first, Hint("=", " ".join(words), even=True), last]


def _spans(hint: Hint) -> Row:
    key, word = f" {hint.key} ", f"{hint.word} "
    if hint.even:
        return (Span(key + word),)
    return (Span(key, "key"), Span(word)) if hint.enabled else (Span(key + word, "muted"),)
