"""Seeing what others save while the quotas are in front: a number is asked for at a calm interval, and read on."""

from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message

from salestui.model.values.errors import Problem
from salestui.planning.quotas.sheet import Units
from salestui.tui.screens.quota_beside import BesideQuotas
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_beside import QuotaBesideSource
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.watching import Watch
from salestui.tui.widgets.grid.widget import Grid

if TYPE_CHECKING:
    from salestui.planning.quotas.queries.meanwhile import Meanwhile

WATCH_SECONDS = 2.0


class _Others(Message, bubble=False):
    """Something was changed since the quotas were read."""

    def __init__(self, meanwhile: "Meanwhile") -> None:
        super().__init__()
        self.meanwhile = meanwhile


class WatchingQuotas(BesideQuotas):
    """The part of the quotas' screen that watches for what others do."""

    def __init__(self) -> None:
        super().__init__()
        self._latest = -1
        """The number of the latest change that is shown; below 0 while it is not known."""
        self._watch: Watch | None = None
        self._told_of_others = ""
        self._pending_then: Units = {}
        """What was typed and not saved when others were found to have changed something."""

    def note_latest(self) -> None:
        """The quotas are about to be read, in a thread: what is changed from now on is news."""
        with source_of(self, QuotaBesideSource).pulse() as pulse:
            self._latest = pulse.number()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Watch while the quotas are in front."""
        if self._watch is None:
            self._watch = Watch(self._look, WATCH_SECONDS).start()

    def on_screen_suspend(self, event: events.ScreenSuspend) -> None:
        """Ask for nothing while they are not."""
        self._stop_watching()

    def on_unmount(self) -> None:
        """The app is closing."""
        self._stop_watching()
        source_of(self, QuotasSource).release_drafts()

    def _stop_watching(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()

    def _look(self, watch: Watch) -> None:
        """In a thread of its own: tell the screen of whatever is new."""
        source = source_of(self, QuotaBesideSource)
        with source.pulse() as pulse:
            while watch.wait():
                try:
                    if 0 <= self._latest < pulse.number():
                        self.post_message(_Others(source.quotas_meanwhile(self._latest)))
                except Problem:
                    continue  # Whoever reads or saves next is told that the database cannot be asked.

    @on(_Others)
    def _take_in(self, event: _Others) -> None:
        """Show it; while something is being typed or saved, wait for the next time it is told."""
        meanwhile = event.meanwhile
        if meanwhile.number <= self._latest:
            return
        if meanwhile.changes and (self.asking or self.query_one(Grid).is_typing or self.is_saving):
            return
        self._latest = meanwhile.number
        if not meanwhile.changes:
            return
        last, others = meanwhile.changes[0], len(meanwhile.changes) - 1
        more = f", and {others} more" if others else ""
        self._told_of_others = f"{last.who}: {last.what}{more}."
        self._pending_then = {} if self._model is None else self._model.draft.pending.copy()
        self._to_read_whole = True
        self.read_again()

    def tell_of_others(self) -> None:
        """What others did is shown now: say so, and where it is contested."""
        told, self._told_of_others = self._told_of_others, ""
        model = self._model
        if not told or model is None:
            return
        draft, contested = model.draft, model.contested
        already = len(draft.settled & self._pending_then.keys())
        if already:
            told += f" You typed {already:,} of these alike: already so."
        if contested:
            told += f" You typed {contested} of these too: marked ⇄."
        self.say(told, "warn" if contested else "")
