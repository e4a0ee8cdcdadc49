"""The base of every screen: header, body, footer and prompt; reading in a thread; where the user stands.

A screen of your own takes this much:

    class DealsScreen(BaseScreen[DealList]):
        MODE = "performance"                    # the mode the header marks
        CONTEXT = "deals"                       # the context of its actions in `tui/actions/performance.py`
        HELP = "Every open deal, the stalest first."
        READS = frozenset({"opportunities"})    # whose changes make it read again; empty: all
        CSS_PATH = sheet("performance")

        def body(self) -> ComposeResult:
            yield Grid(ListModel((), DEALS, key=deal_id, empty="No deals yet. …"))

        def read(self, view: View) -> DealList:     # in a thread: plain values, no widgets; raises Problem
            return read_deals(self.shell.core.database, view)

        def show(self, reading: DealList) -> None:  # on the event loop
            grid = self.query_one(Grid)
            grid.model.replace(reading.deals)
            grid.reload()

        def meets(self, need: Need) -> bool:        # the conditions its actions wait for
            return bool(self.query_one(Grid).model.row_count)

        def action_close_deal(self) -> None: ...    # what its actions do; each is named `action_` and its `does`

A screen becomes a mode in `screens/modes.py`; any other is opened with `self.app.push_screen`, and Esc leaves it.
It is read when it is first shown, when the view changes, and after `shell.changed(subjects)`; whatever is out of date
is dropped. Its keys are bound from the registry, dimmed by `meets`, and appear in footer, help and palette by
themselves. `say` tells the user something in the footer, `ask` asks for a line of text there. `/`, `f` and `y` in a
Grid need nothing more. Give `cursor` and `go_to` where going back should find the same row, `open_thing` where a
thing from the palette can be shown, and `save_draft` where something typed would be lost when the terminal hangs up.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, WorkerState, get_current_worker

from salestui.model.values.errors import Problem
from salestui.tui.actions.action import GENERAL, Need
from salestui.tui.actions.grid import GRID
from salestui.tui.actions.keys import shown
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.messages import Changed, ViewChanged
from salestui.tui.navigation import View
from salestui.tui.ports import Thing
from salestui.tui.screens.asking import AskingScreen
from salestui.tui.widgets.empty import Empty
from salestui.tui.widgets.footer import Hint, naming
from salestui.tui.widgets.header import Header

if TYPE_CHECKING:
    from salestui.tui.shell import Shell
    from salestui.tui.widgets.grid.messages import Copied, FilterAsked, PasteAsked, Refused, SearchAsked, Searched

T = TypeVar("T")
_PATIENCE_SECONDS = 0.5
_PAUSE_SECONDS = 1.0
"""So long after the last cell that was typed into, the footer tells of other keys again."""
_READING = "Reading…"
_A_LETTER = ("a", "a")
"""A key that is a command everywhere but in a field, which takes it as text."""


class _Read(Message, bubble=False):
    """Something was read through this view."""

    def __init__(self, view: View, reading: Any) -> None:
        super().__init__()
        self.view, self.reading = view, reading


class _Failed(Message, bubble=False):
    """It could not be read."""

    def __init__(self, view: View, problem: Problem) -> None:
        super().__init__()
        self.view, self.problem = view, problem


class BaseScreen(AskingScreen, Generic[T], inherit_bindings=False):
    """See the module's docstring."""

    MODE: ClassVar[str] = ""
    CONTEXT: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    WORDS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What its columns and marks mean, for `?`: each by name."""
    READS: ClassVar[frozenset[str]] = frozenset()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init_subclass__(cls, **arguments: bool) -> None:
        if "CONTEXT" in cls.__dict__:
            cls.BINDINGS = [*REGISTRY.bindings(cls.CONTEXT)]
        super().__init_subclass__(**arguments)

    def __init__(self) -> None:
        super().__init__()
        self._header = Header()
        self._body = Container(id="body")
        self._seen: View | None = None
        self._outdated = False
        self._waiting = False
        self._hints_are_due = False
        self._wanted_cursor = ""
        self._typing = False
        self._back_to_hints: Timer | None = None

    @property
    def shell(self) -> "Shell":
        """The app."""
        return cast("Shell", self.app)

    def body(self) -> ComposeResult:
        """The widgets between header and footer."""
        yield from ()

    def read(self, view: View) -> T:
        """Read what the screen shows. Called in a thread; answers with plain values, raises Problem."""
        raise NotImplementedError

    def at_hand(self, view: View) -> T | None:
        """What this screen shows, where it is known without reading."""
        return None

    def show(self, reading: T) -> None:
        """Show what was read."""

    def meets(self, need: Need) -> bool:
        """Whether the condition holds that one of this screen's actions waits for."""
        raise LookupError(need.name)

    @property
    def cursor(self) -> str:
        """Where the user stands: the key of a row, or nothing."""
        return ""

    def go_to(self, cursor: str) -> None:
        """Put the cursor back there."""

    def open_thing(self, thing: Thing) -> bool:
        """Show this thing; False where this screen shows none of its kind."""
        return False

    @property
    def can_undo(self) -> bool:
        """Whether something typed here and not saved can be taken back."""
        return False

    @property
    def can_redo(self) -> bool:
        """Whether something typed here and taken back can be made again."""
        return False

    @property
    def is_saving(self) -> bool:
        """Whether what was typed here is being saved: until that is over, nothing is undone."""
        return False

    def undo(self) -> str:
        """Take back what was typed last; answers what that was, in a sentence."""
        return ""

    def redo(self) -> str:
        """Make it again; answers what that was, in a sentence."""
        return ""

    def saved_undone(self, count: int) -> None:
        """So many saved changes were undone, or below 0 made again; 0 where none of those can be made again."""

    @property
    def at_risk(self) -> str:
        """Why what is typed may not be there again the next time, if so: goes on after "12 changes are unsaved,"."""
        return ""

    def left_changed(self) -> None:
        """Other changes than before are known to be left unsaved by an earlier session: see `Shell.lefts`."""

    def save_draft(self) -> None:
        """Keep what is typed and not saved: the terminal hangs up."""

    def compose(self) -> ComposeResult:
        """Header, body and footer."""
        yield self._header
        # What a screen says without data is not true before it has asked for them.
        self._body.visible = False
        with self._body:
            yield from self.body()
        yield self.footer

    def on_mount(self) -> None:
        """Keep the footer true."""
        self.bindings_updated_signal.subscribe(self, self._hint_soon)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Read if the view or the data changed meanwhile."""
        # Shown for the first time, it was styled a moment ago.
        event.refresh_styles = self._seen is not None
        self.tell_header()
        self._hint_soon(self)
        if self._seen is None and (known := self.at_hand(self.shell.view)) is not None:
            self._seen = self.shell.view
            self._take(known)
        elif self._outdated or self._seen != self.shell.view:
            self.read_again()

    def on_view_changed(self, event: ViewChanged) -> None:
        """Read through the new view."""
        self.read_again()

    def on_changed(self, event: Changed) -> None:
        """Read again if it matters here: now, or when the screen comes back."""
        if not event.subjects or not self.READS or event.subjects & self.READS:
            self._outdated = True
            if self.is_current:
                self.read_again()

    def tell_header(self) -> None:
        """Bring the header up to date."""
        self._header.tell(self.shell.header_state(self.MODE))

    def return_to(self, cursor: str) -> None:
        """Put the cursor there once what is being read is shown."""
        if self._outdated or self._waiting or self._seen != self.shell.view:
            self._wanted_cursor = cursor
        elif cursor:
            self.go_to(cursor)

    def read_again(self) -> None:
        """Start reading; what was being read before is dropped."""
        self._seen, self._outdated, self._waiting = self.shell.view, False, True
        self.set_timer(_PATIENCE_SECONDS, self._still_reading)
        self._reading(self.shell.view)

    @work(thread=True, exclusive=True, exit_on_error=False, group="read", description="read")
    def _reading(self, view: View) -> None:
        worker = get_current_worker()
        message: Message
        try:
            message = _Read(view, self.read(view))
        except Problem as problem:
            message = _Failed(view, problem)
        if not worker.is_cancelled:
            self.post_message(message)

    @on(_Read)
    def _show_reading(self, event: _Read) -> None:
        if event.view != self.shell.view:
            return
        self._stop_waiting()
        self._show_problem("")
        self._take(event.reading)

    def stand_in(self) -> None:
        """Show the body with something that stands there until what is read is there."""
        self._body.visible = True
        self._show_problem("")
        self.call_after_refresh(self.shell.first_screen_stands)

    def _take(self, reading: T) -> None:
        self._body.visible = True
        self.show(reading)
        if self.focused is None:
            self.focus_next()
        self.call_after_refresh(self.shell.first_screen_stands)
        cursor, self._wanted_cursor = self._wanted_cursor, ""
        if cursor:
            self.go_to(cursor)
        self.refresh_bindings()

    @on(_Failed)
    def _tell_problem(self, event: _Failed) -> None:
        if event.view == self.shell.view:
            self._stop_waiting()
            self._show_problem(str(event.problem))
            self.shell.first_screen_stands()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a fault in reading, and go on."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            told = self.shell.record_fault(event.worker.error)
            if event.worker.group != "read":
                self.shell.say(told, "bad")
                return
            self._stop_waiting()
            self._show_problem(told)

    def _still_reading(self) -> None:
        if self._waiting and not self.footer.message:
            self.say(_READING, "muted")

    def _stop_waiting(self) -> None:
        self._waiting = False
        if self.footer.message == _READING:
            self.say("")

    def _show_problem(self, problem: str) -> None:
        """Put a problem in place of the body, or the body back."""
        self._body.display = not problem
        self.query(".problem").remove()
        if problem:
            self.mount(Empty(problem, classes="problem"), after=self._body)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """None, which dims its keys, for an action whose condition does not hold."""
        return None if self.refusal(action) else True

    def refusal(self, method: str) -> str:
        """Why this action of the screen cannot be done now, or nothing."""
        action = self.shell.registry.behind(self.CONTEXT, method)
        return "" if action is None or action.needs is None or self.meets(action.needs) else action.needs.reason

    def _hint_soon(self, _: object) -> None:
        """Hint once for all that happens at the same time."""
        if not self._hints_are_due:
            self._hints_are_due = True
            self.call_later(self._hint)

    def _hint(self) -> None:
        self._hints_are_due = False
        if self.focused is not None and self.focused.check_consume_key(*_A_LETTER):
            self._stop_going_back()
            typed: tuple[str, ...] = getattr(self.focused, "hints", ())
            if typed:
                self._typing, registry = True, self.shell.registry
                actions = [registry[action_id] for action_id in typed]
                hints = [Hint(shown(registry.keys(action)[0]), action.hint, even=True) for action in actions]
                named: str = getattr(self.focused, "named", "")
                self.footer.hint(naming(named, hints[0], hints[-1], self.app.size.width) if named else hints)
        elif not self._typing:
            self.footer.hint(self._hints())
        elif self._back_to_hints is None:
            # Hints that come and go with every cell that is typed into would cost more than the typing.
            self._back_to_hints = self.set_timer(_PAUSE_SECONDS, self._hint_again)

    def _stop_going_back(self) -> None:
        if self._back_to_hints is not None:
            self._back_to_hints.stop()
            self._back_to_hints = None

    def _hint_again(self) -> None:
        self._back_to_hints = None
        self._typing = False
        self._hint()

    def _hints(self) -> list[Hint]:
        """What the footer shows: this screen's own actions, then the focused table's, then the general ones."""
        registry = self.shell.registry
        enabled: dict[str, bool] = {}
        for active in self.active_bindings.values():
            action = registry.of_binding(active.binding)
            if action is not None and action.hint and (active.enabled or not (action.needs and action.needs.lasting)):
                enabled[action.id] = active.enabled
        contexts = (self.CONTEXT, GRID, GENERAL)
        actions = [action for context in contexts for action in registry.within(context) if action.id in enabled]
        return [Hint(shown(registry.keys(action)[0]), action.hint, enabled[action.id]) for action in actions]

    def on_grid_search_asked(self, event: "SearchAsked") -> None:
        """Ask what to search for in the table."""
        self.ask("/", event.grid.search)

    def on_grid_searched(self, event: "Searched") -> None:
        """Say so when nothing was found."""
        if not event.found:
            self.say(f"“{event.text}” is not in this table.", "warn")

    def on_grid_filter_asked(self, event: "FilterAsked") -> None:
        """Ask what to filter the table by."""
        self.ask(" show only rows with: ", lambda text: event.grid.filter(text, event.column_key))

    def on_grid_copied(self, event: "Copied") -> None:
        """Put it into the clipboard."""
        self.shell.copy(event.text, event.titles)

    def on_grid_paste_asked(self, event: "PasteAsked") -> None:
        """Paste what was copied last, here or on another screen."""
        if self.shell.copied:
            event.target.paste(self.shell.copied)
        else:
            self.say(
                "Nothing was copied here yet. What another program copied comes with the terminal's own paste.", "warn"
            )

    def on_grid_refused(self, event: "Refused") -> None:
        """Say why what was typed is not taken."""
        self.say(str(event.problem), "bad")
