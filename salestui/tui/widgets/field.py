"""`Field`: one line to type on, of any length, that repaints no more than what is typed."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from salestui.tui.actions.editing import FIELD
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.text import fitted, width_of
from salestui.tui.widgets.lines import Lines, Row, Span, Tone

_CHARACTERS_PER_CELL = 8
"""Of a text of any length only so much is looked at, accents and all, as there is room for."""


class Field(Lines, can_focus=True, inherit_bindings=False):
    """Text with a cursor, after a fixed `lead` such as `:` and before a `tail` of quiet words that help."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(FIELD)]

    class Changed(Message):
        """Another text stands in the field."""

        def __init__(self, field: "Field") -> None:
            super().__init__()
            self.field = field

    class Submitted(Changed):
        """Enter was pressed."""

    class Cancelled(Changed):
        """Esc was pressed."""

    def __init__(self, lead: str = "", value: str = "") -> None:
        """Begin with this text, the cursor after it."""
        super().__init__()
        self._lead, self._tail = lead, ""
        self._value, self._cursor, self._start = value, len(value), 0
        self._replaced = False

    @property
    def hints(self) -> tuple[str, ...]:
        """The actions that the footer hints at while keys come here; none where it goes on as before."""
        return ()

    @property
    def value(self) -> str:
        """What is typed."""
        return self._value

    def put(self, value: str, *, lead: str | None = None, replaced: bool = False) -> None:
        """Put this text into the field, the cursor after it, without a `Changed`.

        With `replaced` what is typed first takes its place; any other key begins to edit it.
        """
        self._lead = self._lead if lead is None else lead
        self._replaced = replaced and bool(value)
        self._value, self._cursor, self._start = value, len(value), 0
        self._lay_out()

    def help_with(self, tail: str) -> None:
        """Show quiet words after what is typed."""
        self._tail = tail
        self._lay_out()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every printable key is typed."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Type a printable key."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Type what is pasted, on one line."""
        event.stop()
        event.prevent_default()
        self._insert(" ".join(event.text.split()))

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor only while keys come here."""
        super().watch_has_focus(has_focus)
        self._lay_out()

    def _insert(self, text: str) -> None:
        if self._replaced:
            self._edit(text, len(text))
            return
        self._edit(self._value[: self._cursor] + text + self._value[self._cursor :], self._cursor + len(text))

    def _edit(self, value: str, cursor: int) -> None:
        changed = value != self._value
        self._replaced = False
        self._value, self._cursor = value, min(max(cursor, 0), len(value))
        self._lay_out()
        if changed:
            self.post_message(self.Changed(self))

    def action_left(self) -> None:
        """Go one character to the left."""
        self._edit(self._value, self._cursor - 1)

    def action_right(self) -> None:
        """Go one character to the right."""
        self._edit(self._value, self._cursor + 1)

    def action_start(self) -> None:
        """Go to the start."""
        self._edit(self._value, 0)

    def action_end(self) -> None:
        """Go to the end."""
        self._edit(self._value, len(self._value))

    def action_erase_left(self) -> None:
        """Erase the character before the cursor."""
        self._erase(max(self._cursor - 1, 0), self._cursor)

    def action_erase_right(self) -> None:
        """Erase the character under the cursor."""
        self._erase(self._cursor, self._cursor + 1)

    def action_erase_word(self) -> None:
        """Erase the word before the cursor."""
        before = self._value[: self._cursor].rstrip()
        self._erase(before.rfind(" ") + 1, self._cursor)

    def action_erase_start(self) -> None:
        """Erase everything before the cursor."""
        self._erase(0, self._cursor)

    def action_erase_end(self) -> None:
        """Erase everything from the cursor on."""
        self._erase(self._cursor, len(self._value))

    def action_submit(self) -> None:
        """Take what is typed."""
        self.post_message(self.Submitted(self))

    def action_cancel(self) -> None:
        """Leave without taking it."""
        self.post_message(self.Cancelled(self))

    def _erase(self, start: int, end: int) -> None:
        self._edit(self._value[:start] + self._value[end:], start)

    def _lay_out(self) -> None:
        if self.size.width:
            self.show([self._row(self.size.width)])

    def _row(self, width: int) -> Row:
        room = max(width - width_of(self._lead) - 1, 1)
        most = room * _CHARACTERS_PER_CELL
        fits = len(self._value) <= most and width_of(self._value) <= room
        self._start = 0 if fits else max(min(self._start, self._cursor), self._cursor - most)
        while width_of(self._value[self._start : self._cursor]) > room:
            self._start += 1
        before = self._value[self._start : self._cursor]
        under = self._value[self._cursor : self._cursor + 1] or " "
        after = self._value[self._cursor + 1 : self._cursor + 1 + most]
        left = width - width_of(self._lead + before + under + after)
        tail = fitted(f"  {self._tail}", left).rstrip() if self._tail and left > len("  … ") else ""
        marked: Tone = "cursor" if self.has_focus else ""
        cursor = Span(under, marked)
        return (
            Span(self._lead, "key"),
            Span(before, marked if self._replaced else ""),
            cursor,
            Span(after),
            Span(tail, "muted"),
        )
