"""The app's manners in a terminal, whatever it shows: themes, keys one after another, messages, crashes, hang-ups."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.actions import parse
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen

from salestui.model.values.errors import Problem, UsageProblem
from salestui.tui import crash, departure, themes, turns
from salestui.tui.actions.action import GENERAL, Need
from salestui.tui.actions.keys import shown
from salestui.tui.actions.registry import REGISTRY, Registry
from salestui.tui.chords import Chords
from salestui.tui.painting import ThriftyApp
from salestui.tui.screens.asking import AskingScreen
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.dialogs import Dialog, TooSmall, is_too_small
from salestui.tui.typeahead import settle
from salestui.tui.widgets.lines import Tone

Parsed = tuple[str, str, tuple[object, ...]]
"""An action taken apart: whose, which method, with which arguments."""
_HUNG_UP = 129


class Frame(ThriftyApp[None], inherit_bindings=False):
    """Everything about the app that does not depend on sales."""

    TITLE = "salestui"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings(GENERAL)]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = set()
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ENABLE_SELECT_AUTO_SCROLL = False

    _has_theme = False

    def __init__(self, *, registry: Registry, theme: str | None, state_folder: str) -> None:
        """`theme` is the one the user set, if any; the crash log goes into `state_folder`."""
        no_colour = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if no_colour else None)
        self.animation_level = "none"
        # Neither is used: every screen would be made with the widgets for them.
        self._disable_tooltips = self._disable_notifications = True
        self.registry = registry
        self._state_folder = state_folder
        self.copied = ""
        """What was copied last, for a terminal does not tell what is in its clipboard."""
        self._chords = Chords(registry.chords())
        self._was_pressed = False
        """Whether a key has come since the last look for garbage was due."""
        for known in themes.all_themes():
            self.register_theme(known)
        self.set_reactive(App.theme, themes.first(theme, os.environ, self.console.color_system))
        self._has_theme = True
        self.stylesheet.set_variables(self.get_css_variables())
        if registry.keymap():
            self.set_keymap(registry.keymap())

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours; none before there is a theme, so that Textual does not work out those of its own."""
        return super().get_css_variables() if self._has_theme else {}

    def get_driver_class(self) -> type[Driver]:
        """The terminal's driver; no environment variable chooses another."""
        from salestui.tui.driver import PatientDriver

        return PatientDriver

    def on_mount(self) -> None:
        """Be ready to be asked to go."""
        if not self.is_headless:
            departure.leave_on_signals(asyncio.get_running_loop(), self.hang_up)
            self.set_interval(departure.LOOK_SECONDS, self._leave_a_dead_terminal)
            self.set_interval(turns.REST_SECONDS, self._tidy_at_rest)

    def on_ready(self) -> None:
        """Say so where the terminal is too small from the start."""
        self._fit(self.size)

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the terminal has become too small."""
        if self._dom_ready:
            self._fit(event.size)

    def _fit(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if is_too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not is_too_small(size):
            self.pop_screen()

    def _leave_a_dead_terminal(self) -> None:
        if not departure.terminal_lives():
            self.hang_up()

    def _tidy_at_rest(self) -> None:
        if not self._was_pressed:
            turns.tidy()
        self._was_pressed = False

    def hang_up(self) -> None:
        """Keep what is typed and not saved, and leave."""
        self.save_drafts()
        self.exit(return_code=_HUNG_UP)

    def save_drafts(self) -> None:
        """Keep what is typed on every screen; where that fails, nobody is left to be told, and the log has it."""
        for screen in self.all_screens():
            if isinstance(screen, BaseScreen):
                try:
                    screen.save_draft()
                except Problem as problem:
                    self.record_fault(problem)

    def all_screens(self) -> Iterator[Screen[object]]:
        """Every screen there is, of every mode that was opened."""
        for mode in self.mode_names:
            with suppress(KeyError):
                yield from self.get_screen_stack(mode)

    @property
    def state_folder(self) -> str:
        """Where the log and drafts lie."""
        return self._state_folder

    @property
    def mode_names(self) -> tuple[str, ...]:
        """The modes that can be opened."""
        return ()

    def say(self, message: str, tone: Tone = "") -> None:
        """Tell the user something, until the next key."""
        if isinstance(self.screen, AskingScreen | Dialog):
            self.screen.say(message, tone)

    def copy(self, text: str, titles: int = 0) -> None:
        """Put text into the terminal's clipboard, where the terminal lets it, and say so; of it so many are titles."""
        from salestui.tui import clipboard

        if len(text.encode()) > clipboard.MOST_BYTES:
            self.say("That is more than a terminal's clipboard takes. Copy fewer rows.", "warn")
            return
        if self._driver is not None:
            self._driver.write(clipboard.sequence(text, os.environ))
        self.copied = text
        rows = text.rstrip("\n").count("\n") + 1 - titles
        told = " with titles" if titles else ""
        self.say(f"Copied {rows} row{'s' if rows > 1 else ''}{told}, if the terminal allows it.")

    async def on_event(self, event: events.Event) -> None:
        """Take keys and what is pasted strictly one after another."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._press(event)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            if isinstance(self.screen, AskingScreen):
                self.screen.say("")
            target = self.focused or self.screen
            await super().on_event(event)
            await settle(self, target)
        else:
            await super().on_event(event)

    async def _press(self, event: events.Key) -> None:
        """Take the last message away, join keys that mean something together, and do what they mean."""
        self._was_pressed = True
        if isinstance(self.screen, AskingScreen):
            self.screen.say("")
        keys = [event] if self._is_typed(event) or not self._chords.concern(event) else None
        for key in keys or self._chords.press(event, self.active_bindings):
            await self._take(key)
        if self._chords.waiting:
            self.say(f"{shown(self._chords.waiting)} …", "muted")

    async def _take(self, key: events.Key) -> None:
        """Do what a key is bound to; type it, or leave it to the focused widget, if it is bound to nothing."""
        self.app_focus = True
        target = self.focused or self.screen
        bound = None if self._is_typed(key) else self.active_bindings.get(key.key)
        if bound is None or not await self.run_action(bound.binding.action, bound.node):
            await super().on_event(key)
        await settle(self, target)
        self.call_later(self.paint_now)

    def _is_typed(self, key: events.Key) -> bool:
        return self.focused is not None and self.focused.check_consume_key(key.key, key.character)

    async def run_action(
        self,
        action: str | Parsed,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key is bound to; where that cannot be done, say why."""
        target = default_namespace or self
        try:
            return await self.do(action, target, namespaces)
        except Problem as problem:
            self.say(str(problem), "warn")
            return True

    async def do(self, action: str | Parsed, target: DOMNode, namespaces: Mapping[str, DOMNode] | None = None) -> bool:
        """Do an action of `target`; a Problem where it cannot be done now, or something is wrong with it."""
        _, method, _ = parse(action) if isinstance(action, str) else action
        reason = target.refusal(method) if isinstance(target, Frame | BaseScreen) else ""
        if reason:
            raise UsageProblem(reason)
        return await super().run_action(action, target, namespaces)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None, which dims its keys, for an action whose condition does not hold."""
        return None if self.refusal(action) else True

    def refusal(self, method: str) -> str:
        """Why this general action cannot be done now, or nothing."""
        action = self.registry.behind(GENERAL, method)
        return "" if action is None or action.needs is None or self.meets(action.needs) else action.needs.reason

    def meets(self, need: Need) -> bool:
        """Whether the condition holds that a general action waits for."""
        raise LookupError(need.name)

    def record_fault(self, error: BaseException) -> str:
        """Write a fault into the log, and answer what to tell of it."""
        return crash.told(crash.record(error, self._state_folder), fatal=False)

    def _fatal_error(self) -> None:
        """Leave with a short message in place of Textual's traceback, which shows the values of variables."""
        error = sys.exc_info()[1] or self._exception
        path = crash.record(error, self._state_folder) if error else ""
        self.panic(Text(crash.told(path, fatal=True)))
