"""Planning › Quotas: seats by months. What is typed moves every sum, and is a draft until it is saved as one change."""

from threading import Lock
from typing import Any, NamedTuple

from textual import on, work
from textual.app import ComposeResult

from salestui.model.values.errors import Problem
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries import Plan, PlanView
from salestui.planning.quotas.sheet import Leaf
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

_KEEP_AFTER_SECONDS = 0.3
_MARKS = {"draft": "○", "submitted": "◐", "approved": "◐", "published": "✓", "superseded": "–"}


class Reading(NamedTuple):
    """The plan, and what an earlier run of the app left unsaved in it."""

    view: PlanView
    draft: Draft | None


class Quotas(BaseScreen[Reading]):
    """The quota sheet of a fiscal year."""

    MODE = "planning"
    CONTEXT = QUOTAS
    HELP = "quotas by seat and month. Type into a draft; every sum follows, and what you type on a sum is spread."
    READS = frozenset({"quotas", "organisation"})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._drafts: dict[int, Draft] = {}
        self._plan: Plan | None = None
        self._model: QuotaModel | None = None
        self._to_keep = False
        self._kept_count = 0
        self._keeping = Lock()

    def body(self) -> ComposeResult:
        """Which plan this is, and the sheet."""
        yield Lines(classes="title")
        yield Grid(ListModel((), (Field("name", "Seat"),), key=str, empty=""), cursor="cell", status=True)

    def read(self, view: View) -> Reading:
        """The year's latest plan; a draft of it that is not in memory from its file."""
        source = source_of(self, QuotasSource)
        found = source.quotas(view)
        if found.plan is None or found.plan.id in self._drafts:
            return Reading(found, None)
        return Reading(found, source.kept_draft(self.shell.state_folder, found.plan))

    def show(self, reading: Reading) -> None:
        """Show it, with what is typed laid over it."""
        view = reading.view
        self._plan = view.plan
        draft = Draft() if view.plan is None else self._drafts.setdefault(view.plan.id, reading.draft or Draft())
        grid = self.query_one(Grid)
        if self._model is not None and self._model.view.spans == view.spans:
            self._model.show(view, draft)
            grid.reload()
        else:
            self._model = QuotaModel(view, draft, self._edited)
            grid.model = self._model
        grid.focus()
        self._tell()
        if reading.draft is not None and reading.draft.pending:
            self.say(f"{_changes(len(reading.draft.pending))} not saved last time: here again, marked •.", "warn")

    def _tell(self) -> None:
        if self._model is None:
            return
        self.query_one(".title", Lines).show([title(self._model.view)])
        self.shell.unsaved = sum(len(draft.pending) for draft in self._drafts.values())
        self.refresh_bindings()

    @property
    def _draft(self) -> Draft:
        return Draft() if self._model is None else self._model.draft

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
        is_draft = self._plan is not None and self._plan.state == "draft"
        conditions = {"pending": bool(self._draft.pending), "draft": is_draft, "no draft": not is_draft}
        return conditions[need.name]

    @on(Chosen)
    def tell_how_to_edit(self) -> None:
        """Say why nothing can be typed here."""
        if self._plan is None:
            self.say("There is no plan for this year yet: B begins one.", "warn")
        elif self._plan.state != "draft":
            self.say(f"{self._plan.label} is {self._plan.state}: B begins a new version to change.", "warn")

    @property
    def can_undo(self) -> bool:
        """Whether something typed can be taken back."""
        return self._draft.done > 0

    @property
    def can_redo(self) -> bool:
        """Whether something typed and taken back can be made again."""
        return self._draft.done < len(self._draft.steps)

    def undo(self) -> str:
        """Take back what was typed last."""
        return self._stepped("Undone", back=True)

    def redo(self) -> str:
        """Make it again."""
        return self._stepped("Done again", back=False)

    def _stepped(self, told: str, *, back: bool) -> str:
        model = self._model
        if model is None:
            return ""
        step = model.draft.undo(model.sheet) if back else model.draft.redo(model.sheet)
        model.refresh()
        self.query_one(Grid).reload()
        return f"{told}: {step.what}." if step else ""

    def _edited(self) -> None:
        """Something was typed: keep it in a file soon, once for all that is typed until then."""
        if not self._to_keep:
            self._to_keep = True
            self.set_timer(_KEEP_AFTER_SECONDS, self._keep_soon)
        self._tell()

    def _keep_soon(self) -> None:
        if self._to_keep and self._plan is not None:
            self._to_keep = False
            self._kept_count += 1
            self._keep(self._plan, self._plain(), self._kept_count)

    def _plain(self) -> dict[str, Any] | None:
        return self._draft.to_plain() if self._draft.steps else None

    @work(thread=True, exit_on_error=False, group="draft", description="draft")
    def _keep(self, plan: Plan, plain: dict[str, Any] | None, count: int) -> None:
        with self._keeping:
            if count != self._kept_count:
                return
            try:
                source_of(self, QuotasSource).keep_draft(self.shell.state_folder, plan, plain)
            except Problem as problem:
                self.app.call_from_thread(self.say, f"What you type is not kept until you save it. {problem}", "bad")

    def save_draft(self) -> None:
        """Keep what is typed at once: the terminal hangs up."""
        if self._plan is not None and self._to_keep:
            source_of(self, QuotasSource).keep_draft(self.shell.state_folder, self._plan, self._plain())

    def action_save(self) -> None:
        """Save everything typed as one change."""
        plan, draft = self._plan, self._draft
        if plan is None:
            return
        steps, amounts, base = draft.settle(), draft.pending, dict(draft.base)

        def save() -> str:
            told = source_of(self, QuotasSource).save_quotas(plan, amounts, base)
            self.app.call_from_thread(self._saved, draft, steps, amounts)
            return told

        self.shell.change(save, "quotas", failed=self._refused)

    def _saved(self, draft: Draft, steps: int, amounts: dict[Leaf, Any]) -> None:
        draft.saved(steps, amounts)
        self._to_keep = True
        self._keep_soon()
        self._tell()

    def _refused(self, problem: Problem) -> None:
        from salestui.planning.quotas.commands import QuotasMovedOn

        if isinstance(problem, QuotasMovedOn) and self._model is not None:
            from salestui.tui.screens.quota_conflicts import QuotaConflicts

            self.app.push_screen(QuotaConflicts(self._model.view, problem.conflicts, self._settle_conflicts))
        else:
            self.say(str(problem), "bad")

    def _settle_conflicts(self, theirs: dict[Leaf, Any], kept: set[Leaf]) -> None:
        """Go on from what others have saved: keep the own amount over it where the user said so, and save again."""
        for leaf, amount in theirs.items():
            self._draft.rebase(leaf, amount, keep=leaf in kept)
        self._edited()
        if self._draft.pending:
            self.action_save()
        else:
            self.read_again()

    def action_begin(self) -> None:
        """Begin a new version of this year's plan."""
        if self._model is not None:
            year = int(self._model.view.year.label.removeprefix("FY"))
            self.shell.change(lambda: source_of(self, QuotasSource).begin_quotas(year), "quotas")

    def action_publish(self) -> None:
        """Put the draft into force, after a question."""
        plan = self._plan
        if plan is None:
            return
        if self._draft.pending:
            self.say(f"{_changes(len(self._draft.pending))} not saved yet: save first, with w.", "warn")
            return
        self.confirm(
            f"Publish {plan.label}? Attainment is measured against it from then on.",
            lambda: self._publish(plan),
        )

    def _publish(self, plan: Plan) -> None:
        self.shell.change(lambda: source_of(self, QuotasSource).publish_quotas(plan), "quotas")

    def action_discard(self) -> None:
        """Drop everything typed and not saved, after a question."""
        self.confirm(f"Drop {_changes(len(self._draft.pending))} not saved?", self._discard)

    def _discard(self) -> None:
        if self._plan is not None:
            self._drafts[self._plan.id] = Draft()
            if self._model is not None:
                self._model.draft = self._drafts[self._plan.id]
            self._edited()
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


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"
