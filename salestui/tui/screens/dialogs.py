"""Dialogs: screens over a screen. And the one that covers everything where the terminal is too small."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Size
from textual.screen import ModalScreen

from salestui.tui.actions.registry import REGISTRY
from salestui.tui.ports import Thing
from salestui.tui.screens.focus import quiet_focus
from salestui.tui.widgets.lines import Lines, Span, Tone, wrapped

SMALLEST = Size(60, 18)
T = TypeVar("T")


class Dialog(ModalScreen[T], inherit_bindings=False):
    """The base of all dialogs: Esc leaves it."""

    focused = quiet_focus()

    def on_key(self, event: events.Key) -> None:
        """The app has done what keys are bound to before they came here."""
        event.stop()

    def say(self, message: str, tone: Tone = "") -> None:
        """Say something to the user, where the dialog has a place for it."""

    def add_things(self, things: Sequence[Thing]) -> None:
        """Offer things that were found, where the dialog looks for any."""


class TooSmall(Dialog[None], inherit_bindings=False):
    """Says what the app needs; gone when the terminal has grown."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.only("general.quit")]

    def compose(self) -> ComposeResult:
        """The message, whatever fits of it."""
        yield Lines()

    def on_resize(self) -> None:
        """Say how small the terminal is now."""
        width, height = self.app.size
        needed = f"{SMALLEST.width}×{SMALLEST.height}"
        text = f"salestui needs {needed}, this is {width}×{height}. Enlarge the window, or leave with q."
        self.query_one(Lines).show([(Span(line),) for line in wrapped(text, width, height)])

    async def action_quit(self) -> None:
        """Leave the app as from anywhere else."""
        await self.app.run_action("quit")


def is_too_small(size: Size) -> bool:
    """Whether a terminal of this size has too little room for the app."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height
