"""What the app keeps: the company, the view everything is read through, the trail of places, what is unsaved."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.message import Message
from textual.reactive import var
from textual.worker import Worker, WorkerState, get_current_worker

from salestui.model.values.errors import Problem
from salestui.tui.actions.action import Need
from salestui.tui.actions.registry import Registry
from salestui.tui.frame import Frame
from salestui.tui.messages import Changed, ViewChanged
from salestui.tui.navigation import Place, Trail, View
from salestui.tui.ports import CompanyInfo, Core, Left, ScopeChoice, Thing
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.modes import FIRST, Factory, umbrella_of
from salestui.tui.styles import sheet
from salestui.tui.turns import take_short_turns
from salestui.tui.widgets.header import HeaderState

_PATIENCE_SECONDS = 10.0
"""So long the first picture is waited for before it is not."""


class Known(NamedTuple):
    """What the shell itself asks the core for, after the first screen stands and whenever data changed."""

    company: CompanyInfo
    scopes: tuple[ScopeChoice, ...]
    can_undo: bool
    can_redo: bool
    why_no_undo: str


class _Looked(Message, bubble=False):
    """It was asked."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self.known = known


class _Told(Message, bubble=False):
    """A thread has something to tell the user."""

    def __init__(self, message: str, changed: bool = False, subjects: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.message, self.changed, self.subjects = message, changed, subjects


class _LeftUnsaved(Message, bubble=False):
    """An earlier session typed this and did not save it."""

    def __init__(self, left: tuple[Left, ...]) -> None:
        super().__init__()
        self.left = left


class Found(Message, bubble=False):
    """The core found these things for a text; `to_open` where the user has named one to open."""

    def __init__(self, text: str, things: tuple[Thing, ...], to_open: bool) -> None:
        super().__init__()
        self.text, self.things, self.to_open = text, things, to_open


class State(Frame):
    """The app without what its actions do."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [sheet("shared"), sheet(FIRST)]
    DEFAULT_MODE = FIRST
    unsaved: var[int] = var(0, init=False)
    """How many changes are typed and not saved: the header shows them, and quitting asks first."""

    def __init__(
        self,
        core: Core,
        company: CompanyInfo,
        view: View,
        *,
        modes: Mapping[str, Factory],
        registry: Registry,
        theme: str | None,
        state_folder: str,
        first_scope: ScopeChoice | None = None,
    ) -> None:
        super().__init__(registry=registry, theme=theme, state_folder=state_folder)
        self.core = core
        self.company = company
        self.scopes: tuple[ScopeChoice, ...] = () if first_scope is None else (first_scope,)
        self.found: tuple[Thing, ...] = ()
        self.commands_typed: list[str] = []
        self.seen_last: dict[str, str] = {}
        self._unsaved_at: dict[str, int] = {}
        self._can_undo: bool | None = None
        self._can_redo: bool | None = None
        """None while it is not known: then it is tried."""
        self._why_no_undo = ""
        self._left: tuple[Left, ...] = ()
        self._left_taken: set[str] = set()
        self._stands = False
        self._trail = Trail(Place(FIRST, view))
        self._mode_names = tuple(modes)
        self._view = view
        for mode, factory in modes.items():
            self.add_mode(mode, factory)

    @property
    def mode_names(self) -> tuple[str, ...]:
        """The modes that can be opened."""
        return self._mode_names

    def header_state(self, mode: str) -> HeaderState:
        """What the header of a screen of this mode tells."""
        return HeaderState(
            mode or self.current_mode, self.scope_label(), self.view, self.company, self.unsaved + self.left
        )

    @property
    def left(self) -> int:
        """How many changes an earlier session left unsaved, where they were not opened yet."""
        return sum(left.changes for left in self._left)

    @property
    def lefts(self) -> tuple[Left, ...]:
        """What an earlier session left unsaved, where it was not opened yet."""
        return self._left

    def take_left(self, label: str) -> None:
        """What an earlier session left there is open now, and counts as typed."""
        self._left_taken.add(label)
        self._take_one_left(label)
        self.tell_header()

    def _take_one_left(self, label: str) -> None:
        opened = next((left for left in self._left if left.label == label), None)
        self._left = tuple(left for left in self._left if left is not opened)
        self._tell_screens_of_left()

    def _tell_screens_of_left(self) -> None:
        for screen in self.all_screens():
            if isinstance(screen, BaseScreen):
                screen.left_changed()

    def scope_label(self) -> str:
        """The scope as it is shown."""
        return next((scope.label for scope in self.scopes if scope.key == self.view.scope), self.view.scope)

    def first_screen_stands(self) -> None:
        """Ask for what the first screen could do without: it must not wait for that."""
        if not self._stands:
            self._stands = True
            self._look_for_left()
            self._look(self.view)
            self._warm_up()

    @property
    def view(self) -> View:
        """What everything on the screen is read through."""
        return self._view

    def _see(self, view: View) -> None:
        """Tell the header and the screen in view; the others notice when they come back."""
        known_as_of, self._view = self._view.as_of, view
        self.tell_header()
        self.screen.post_message(ViewChanged(view))
        self.screen.refresh_bindings()
        if view.as_of != known_as_of:
            self._look(view)

    def tell_unsaved(self, keys: str, count: int) -> None:
        """So many changes are typed and not saved on the page that these keys lead to."""
        self._unsaved_at[keys] = count
        self.unsaved = sum(self._unsaved_at.values())

    def unsaved_of(self, keys: str) -> int:
        """How many changes are not saved at the place that these keys lead to."""
        return self._unsaved_at.get(keys, 0)

    @property
    def unsaved_at(self) -> str:
        """The keys that lead to what is not saved."""
        return " and ".join(keys for keys, count in self._unsaved_at.items() if count)

    def watch_unsaved(self) -> None:
        """Tell the header."""
        self.tell_header()

    def tell_header(self) -> None:
        """Bring the header in view up to date."""
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen):
                screen.tell_header()

    def look_through(self, view: View) -> None:
        """Look through another view from now on."""
        if view != self.view:
            self._trail.visit(Place(self.current_mode, view), self._cursor())
            self._see(view)

    async def go(self, mode: str) -> None:
        """Go to a mode, to its own page."""
        if mode != self.current_mode:
            self._trail.visit(Place(mode, self.view), self._cursor())
            await self._switch(mode)
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def return_to(self, place: Place) -> None:
        """Go where the user was before."""
        if place.mode != self.current_mode:
            await self._switch(place.mode)
        if place.view != self.view:
            self._see(place.view)
        if isinstance(self.screen, BaseScreen):
            self.screen.return_to(place.cursor)
        self.screen.refresh_bindings()

    async def _switch(self, mode: str) -> None:
        self.seen_last[umbrella_of(mode)] = mode
        await self.switch_mode(mode)

    def _cursor(self) -> str:
        return self.screen.cursor if isinstance(self.screen, BaseScreen) else ""

    def changed(self, *subjects: str) -> None:
        """Data changed: screens that show these subjects read again, or all screens where none are named."""
        for screen in self.all_screens():
            screen.post_message(Changed(frozenset(subjects)))
        self._can_undo = self._can_redo = None
        self._look(self.view)

    def tell_saved_undone(self, count: int) -> None:
        """Tell all screens that so many saved changes were undone; see `BaseScreen.saved_undone`."""
        for screen in self.all_screens():
            if isinstance(screen, BaseScreen):
                screen.saved_undone(count)

    @property
    def may_redo_saved(self) -> bool:
        """Whether a saved change that was undone can be made again, as far as is known."""
        return self._can_redo is not False

    def meets(self, need: Need) -> bool:
        """Whether the condition holds that a general action waits for."""
        screen = self.screen if isinstance(self.screen, BaseScreen) else None
        conditions = {
            "back": self._trail.can_go_back or len(self.screen_stack) > 1,
            "forward": self._trail.can_go_forward,
            "undo": self._can_undo is not False or (screen is not None and screen.can_undo),
            "redo": self._can_redo is not False or (screen is not None and screen.can_redo),
        }
        return conditions[need.name]

    def refusal(self, method: str) -> str:
        """Why this general action cannot be done now, or nothing; what undo does not go beyond is named."""
        reason = super().refusal(method)
        return self._why_no_undo or reason if reason and method == "undo" else reason

    @work(thread=True, exclusive=True, exit_on_error=False, group="look", description="look")
    def _look(self, view: View) -> None:
        self.has_painted.wait(_PATIENCE_SECONDS)
        worker = get_current_worker()
        try:
            core = self.core
            can_undo = core.can_undo()
            why = "" if can_undo else core.why_no_undo()
            known = Known(core.company(), core.scopes(view.as_of), can_undo, core.can_redo(), why)
        except Problem as problem:
            self.post_message(_Told(str(problem)))
            return
        if not worker.is_cancelled:
            self.post_message(_Looked(known))

    @work(thread=True, exit_on_error=False, group="left", description="left")
    def _look_for_left(self) -> None:
        self.has_painted.wait(_PATIENCE_SECONDS)
        try:
            left = self.core.quotas_left(self.state_folder)
        except Problem:
            return  # What cannot be read is told by whatever shows it.
        if left:
            self.post_message(_LeftUnsaved(left))

    @on(_LeftUnsaved)
    def _tell_of_left(self, event: _LeftUnsaved) -> None:
        self._left = event.left
        for label in self._left_taken:
            self._take_one_left(label)
        self._tell_screens_of_left()
        self.tell_header()

    @on(_Looked)
    def _take_known(self, event: _Looked) -> None:
        self.company, self.scopes, self._can_undo, self._can_redo, self._why_no_undo = event.known
        self.tell_header()
        self.screen.refresh_bindings()

    @work(thread=True, exclusive=True, exit_on_error=False, group="find", description="find")
    def find(self, text: str, to_open: bool = False) -> None:
        """Look for things whose name holds the text; a `Found` tells of them."""
        worker = get_current_worker()
        try:
            things = self.core.find(text)
        except Problem as problem:
            self.post_message(_Told(str(problem)))
            return
        if not worker.is_cancelled:
            self.post_message(Found(text, things, to_open))

    @on(Found)
    def _keep_found(self, event: Found) -> None:
        self.found = event.things

    @work(thread=True, exit_on_error=False, group="warm up", description="warm up")
    def _warm_up(self) -> None:
        self.has_painted.wait(_PATIENCE_SECONDS)
        take_short_turns()
        self.core.warm_up()

    @work(thread=True, exit_on_error=False, group="change", description="change")
    def change(self, does: Callable[[], str], *subjects: str, failed: Callable[[Problem], None] | None = None) -> None:
        """Do something that changes data, in a thread, tell what it answers, and have what shows the subjects read.

        A `Problem` is told instead, or handed to `failed` on the event loop, where what was typed can be kept.
        """
        try:
            told = _Told(does(), changed=True, subjects=subjects)
        except Problem as problem:
            if failed is not None:
                self.call_from_thread(failed, problem)
                return
            told = _Told(str(problem))
        self.post_message(told)

    @on(_Told)
    def _tell(self, event: _Told) -> None:
        if event.changed:
            self.changed(*event.subjects)
        self.say(event.message, "" if event.changed else "bad")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a fault in work behind the screens, and go on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.say(self.record_fault(event.worker.error), "bad")
