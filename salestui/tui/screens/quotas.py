"""Planning › Quotas: seats by months. What is typed moves every sum, and is a draft until it is saved as one change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult

from salestui.model.values.amount import Amount
from salestui.model.values.errors import Problem
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf, Units
from salestui.planning.quotas.standing import Plan
from salestui.tui.actions.action import Need
from salestui.tui.actions.planning import QUOTAS
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.quota_model import QuotaModel
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

if TYPE_CHECKING:
    from salestui.planning.quotas.commands.amounts import Conflict

_KEEP_AFTER_SECONDS = 0.3
_MARKS = {"draft": "○", "submitted": "◐", "approved": "◐", "published": "✓", "superseded": "–"}


class Reading(NamedTuple):
    """The plan, and what an earlier run of the app left unsaved in it."""

    view: PlanView
    draft: Draft | None


@dataclass
class Opened:
    """A plan that was looked at, and what is typed into it."""

    plan: Plan
    draft: Draft = field(default_factory=Draft)
    to_keep: bool = False
    """Whether the draft's file is behind it."""
    kept: int = 0
    """How often the file was told to be written: only the last time counts."""


class Quotas(BaseScreen[Reading]):
    """The quota sheet of a fiscal year."""

    MODE = "planning"
    CONTEXT = QUOTAS
    HELP = "quotas by seat and month. Type into a draft; every sum follows, and what you type on a sum is spread."
    READS = frozenset({"quotas", "organisation"})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[int, Opened] = {}
        self._now: Opened | None = None
        self._model: QuotaModel | None = None
        self._conflicts: tuple[PlanView, Opened, Sequence[Conflict]] | None = None
        self._keeping = Lock()

    def body(self) -> ComposeResult:
        """Which plan this is, and the sheet."""
        yield Lines(classes="title")
        yield Grid(ListModel((), (Field("name", "Seat"),), key=str, empty=""), cursor="cell", status=True)

    def read(self, view: View) -> Reading:
        """The year's latest plan; a draft of it that is not in memory from its file."""
        source = source_of(self, QuotasSource)
        found = source.quotas(view)
        if found.plan is None or found.plan.id in self._opened:
            return Reading(found, None)
        return Reading(found, source.kept_draft(self.shell.state_folder, found.plan))

    def show(self, reading: Reading) -> None:
        """Show it, with what is typed laid over it."""
        view, told = reading.view, ""
        self._now = None
        if view.plan is not None:
            self._now = self._opened.setdefault(view.plan.id, Opened(view.plan, reading.draft or Draft()))
            self._now.plan = view.plan
        told = self._carry_over(view)
        draft = Draft() if self._now is None else self._now.draft
        grid = self.query_one(Grid)
        if self._model is not None and self._model.view.spans == view.spans:
            self._model.show(view, draft)
            grid.reload()
        else:
            self._model = QuotaModel(view, draft, self._edited)
            grid.model = self._model
        if self.focused is None:
            grid.focus()
        self._tell()
        if view.plan is not None and reading.draft is not None:
            self.shell.take_left(view.plan.label)
        if reading.draft is not None and reading.draft.pending:
            told = f"{_changes(len(reading.draft.pending))} not saved last time: here again, marked •."
        if told:
            self.say(told, "warn")

    def _carry_over(self, view: PlanView) -> str:
        """Take along what is typed into a version of this year that is no draft any more; answers what to say of it."""
        here = self._now if self._now is not None and self._now.plan.state == "draft" else None
        of_this_year = [opened for opened in self._opened.values() if opened.plan.fiscal_year == view.year.fiscal_year]
        left = [opened for opened in of_this_year if opened is not here and opened.draft.pending]
        if not left:
            return ""
        labels = ", ".join(opened.plan.label for opened in left)
        count = _changes(sum(len(opened.draft.pending) for opened in left))
        if here is None:
            return f"Typed into {labels}: {count}. B begins a version and takes them along."
        for opened in left:
            here.draft.adopt(opened.draft, view.kept)
            opened.draft = Draft()
            self._keep_later(opened)
        self._keep_later(here)
        return f"{count} typed into {labels} are here now, marked •."

    def _tell(self) -> None:
        if self._model is None:
            return
        self.query_one(".title", Lines).show([title(self._model.view)])
        self.shell.tell_unsaved("g q", sum(len(opened.draft.pending) for opened in self._opened.values()))
        self.refresh_bindings()

    @property
    def cursor(self) -> str:
        """The seat and the month under the cursor."""
        cursor = self.query_one(Grid).cursor
        return " ".join(cursor) if cursor else ""

    def go_to(self, cursor: str) -> None:
        """Put the cursor back there."""
        row, _, column = cursor.partition(" ")
        self.query_one(Grid).move_to(row, column or None)

    def meets(self, need: Need) -> bool:
        """Whether there is something to save, a draft to publish, or a version to begin."""
        is_draft = self._now is not None and self._now.plan.state == "draft"
        pending = self._now is not None and bool(self._now.draft.pending) and not self._now.draft.saving
        conditions = {"pending": pending, "draft": is_draft, "no draft": not is_draft}
        return conditions[need.name]

    @on(Chosen)
    def tell_how_to_edit(self) -> None:
        """Say why nothing can be typed here."""
        if self._now is None:
            self.say("There is no plan for this year yet: B begins one.", "warn")
        elif self._now.plan.state != "draft":
            self.say(f"{self._now.plan.label} is {self._now.plan.state}: B begins a new version to change.", "warn")

    @property
    def can_undo(self) -> bool:
        """Whether something typed can be taken back."""
        return self._now is not None and self._now.draft.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something typed and taken back can be made again."""
        return self._now is not None and self._now.draft.can_redo

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return any(opened.draft.saving for opened in self._opened.values())

    def undo(self) -> str:
        """Take back what was typed last."""
        return self._stepped("Undone", back=True)

    def redo(self) -> str:
        """Make it again."""
        return self._stepped("Done again", back=False)

    def drop_undone(self) -> None:
        """Forget what was typed and taken back."""
        if self._now is not None:
            self._now.draft.drop_undone()
            self._keep_later(self._now)

    def _stepped(self, told: str, *, back: bool) -> str:
        model = self._model
        if model is None:
            return ""
        step = model.draft.undo(model.sheet) if back else model.draft.redo(model.sheet)
        model.draft_changed(step.keys if step else ())
        self.query_one(Grid).reload()
        return f"{told}: {step.what}." if step else ""

    def _edited(self) -> None:
        if self._now is not None:
            self._keep_later(self._now)
        self._tell()

    def _keep_later(self, opened: Opened) -> None:
        """Keep a draft in its file soon, once for all that is typed until then."""
        if not opened.to_keep:
            opened.to_keep = True
            self.set_timer(_KEEP_AFTER_SECONDS, lambda: self._keep_now(opened))

    def _keep_now(self, opened: Opened) -> None:
        if opened.to_keep:
            opened.to_keep = False
            opened.kept += 1
            self._keep(opened, _plain(opened.draft), opened.kept)

    @work(thread=True, exit_on_error=False, group="draft", description="draft")
    def _keep(self, opened: Opened, plain: dict[str, Any] | None, time: int) -> None:
        try:
            self._write(opened, plain, time)
        except Problem as problem:
            self.app.call_from_thread(self.shell.say, f"What you type is not kept until it is saved. {problem}", "bad")

    def _write(self, opened: Opened, plain: dict[str, Any] | None, time: int) -> None:
        with self._keeping:
            if time == opened.kept:
                source_of(self, QuotasSource).keep_draft(self.shell.state_folder, opened.plan, plain)

    def save_draft(self) -> None:
        """Keep what is typed at once: the app is about to go."""
        for opened in self._opened.values():
            if opened.to_keep:
                opened.to_keep = False
                opened.kept += 1
                self._write(opened, _plain(opened.draft), opened.kept)

    def on_unmount(self) -> None:
        """The app is closing."""
        source_of(self, QuotasSource).release_drafts()

    def action_save(self) -> None:
        """Save everything typed as one change."""
        if self._now is not None:
            self._save(self._now)

    def _save(self, opened: Opened) -> None:
        if self._model is None:
            return
        view, draft = self._model.view, opened.draft
        amounts = draft.begin_saving()
        base = {leaf: draft.base[leaf] for leaf in amounts}

        def save() -> str:
            saved = False
            try:
                told = source_of(self, QuotasSource).save_quotas(opened.plan, amounts, base)
                saved = True
            finally:
                self.app.call_from_thread(self._settle, opened, amounts if saved else None)
            return told

        self.shell.change(save, "quotas", failed=lambda problem: self._refused(problem, view, opened))
        self.refresh_bindings()

    def _settle(self, opened: Opened, saved: Units | None) -> None:
        """A save is over: what it was of stands in the plan, or else is pending as before."""
        if saved is None:
            opened.draft.not_saved()
        else:
            opened.draft.saved(saved)
            self._keep_later(opened)
            self._keep_now(opened)
        self._tell()

    def _refused(self, problem: Problem, view: PlanView, opened: Opened) -> None:
        from salestui.planning.quotas.commands.amounts import QuotasMovedOn

        if not isinstance(problem, QuotasMovedOn):
            self.shell.say(str(problem), "bad")
            return
        self._conflicts = view, opened, problem.conflicts
        if self.is_current:
            self._show_conflicts()
        else:
            self.shell.say(f"{problem} Go to the quotas, with g q.", "bad")

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come back to quotas that others have changed meanwhile."""
        self._show_conflicts()

    def _show_conflicts(self) -> None:
        if self._conflicts is None:
            return
        from salestui.tui.screens.quota_conflicts import QuotaConflicts

        (view, opened, conflicts), self._conflicts = self._conflicts, None
        self.app.push_screen(
            QuotaConflicts(view, conflicts, lambda theirs, kept: self._settle_conflicts(opened, theirs, kept))
        )

    def _settle_conflicts(self, opened: Opened, theirs: dict[Leaf, Amount | None], kept: set[Leaf]) -> None:
        """Go on from what others have saved: keep the own amount over it where the user said so, and save again."""
        units: Units = {leaf: None if amount is None else amount.units for leaf, amount in theirs.items()}
        opened.draft.rebase_many(units, kept)
        self._keep_later(opened)
        if opened.draft.pending:
            self._save(opened)
        else:
            self.read_again()

    def action_begin(self) -> None:
        """Begin a new version of this year's plan."""
        if self._model is not None:
            year = self._model.view.year.fiscal_year
            self.shell.change(lambda: source_of(self, QuotasSource).begin_quotas(year), "quotas")

    def action_publish(self) -> None:
        """Put the draft into force, after a question."""
        opened = self._now
        if opened is None:
            return
        if opened.draft.pending:
            self.say(f"{_changes(len(opened.draft.pending))} not saved yet: save first, with w.", "warn")
            return
        self.confirm(
            f"Publish {opened.plan.label}? It counts from then on, and undo ends there.",
            lambda: self._publish(opened.plan),
        )

    def _publish(self, plan: Plan) -> None:
        self.shell.change(lambda: source_of(self, QuotasSource).publish_quotas(plan), "quotas")

    def action_discard(self) -> None:
        """Drop everything typed and not saved, after a question."""
        opened = self._now
        if opened is not None:
            count = _changes(len(opened.draft.pending))
            self.confirm(f"Drop {count} not saved?", lambda: self._discard(opened))

    def _discard(self, opened: Opened) -> None:
        opened.draft = Draft()
        self._keep_later(opened)
        self._tell()
        self.read_again()


def title(view: PlanView) -> Row:
    """Which plan this is, and how it stands."""
    where = Span(" Planning › Quotas ", "strong")
    if view.plan is None:
        return where, Span(f" {view.year.label} bookings · no plan yet: "), Span("B", "key"), Span(" begins one")
    stand = f" {view.plan.label} bookings · {_MARKS.get(view.plan.state, '')} {view.plan.state}"
    if view.plan.state != "draft":
        return where, Span(stand, "good" if view.plan.state == "published" else "warn")
    return where, Span(stand, "warn"), Span(" · "), Span(":publish", "key"), Span(" puts it into force")


def _plain(draft: Draft) -> dict[str, Any] | None:
    return draft.to_plain() if draft.steps else None


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"
