"""What is typed into quota plans and not saved: one draft for each plan, undone step by step, kept in files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import NamedTuple

from textual import work
from textual.worker import Worker, WorkerState

from salestui.model.values.errors import Problem
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules.goal import Preview
from salestui.planning.quotas.rules.outcome import BelowZero, Outcome
from salestui.planning.quotas.sheet import Sheet
from salestui.planning.quotas.standing import Plan
from salestui.tui.navigation import View
from salestui.tui.ports import OpenCell
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.quota_editor import LARGE, QuotaEditor, Worked
from salestui.tui.screens.quota_outline import OutlineModel
from salestui.tui.screens.quota_text import changes
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.widgets.grid.widget import Grid

_KEEP_AFTER_SECONDS = 0.3
_PAINT_SECONDS = 0.2
"""What is worked out waits so long at most for a picture, which would take thrice as long beside it."""


class Reading(NamedTuple):
    """The plan, what an earlier run of the app left unsaved in it, and what stands around it."""

    model: QuotaEditor | None
    """None where only what stands around it was read again."""
    draft: Draft | None
    around: Surroundings
    cell: OpenCell | None = None
    """What was being typed into a cell of it."""


def is_gone(view: PlanView, plan: Plan) -> bool:
    """Whether a version that was opened was thrown away: the latest that there is comes before it."""
    return view.plan is None or view.plan.plan_version < plan.plan_version


@dataclass
class Opened:
    """A plan that was looked at, and what is typed into it."""

    plan: Plan
    draft: Draft = field(default_factory=Draft)
    to_keep: bool = False
    """Whether the draft's file is behind it."""
    kept: int = 0
    """How often the file was told to be written: only the last time counts."""


class DraftingQuotas(BaseScreen[Reading]):
    """The part of the quotas' screen that has the drafts."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: dict[int, Opened] = {}
        self._now: Opened | None = None
        self._model: QuotaEditor | None = None
        self._outline: OutlineModel | None = None
        self._keeping = Lock()
        self._changing = Lock()
        """Held by the thread that changes a draft."""
        self._to_read_whole = True
        """Whether the quotas have to be read, and not only what stands around them."""

        self._read_through: View | None = None
        self._following = False
        """Whether what is typed is being laid over quotas that were read anew."""

    @property
    def is_draft(self) -> bool:
        """Whether the plan that is shown can be typed into."""
        return self._now is not None and self._now.plan.state == "draft"

    def tell(self) -> None:
        """Say how the plan stands, and what is not saved."""

    @property
    def can_undo(self) -> bool:
        """Whether something typed can be taken back."""
        return self._now is not None and self._now.draft.can_undo and not self.is_working

    @property
    def can_redo(self) -> bool:
        """Whether something typed and taken back can be made again."""
        draft = None if self._now is None or self.is_working else self._now.draft
        return draft is not None and draft.can_redo and not (draft.undone_saved and self.shell.may_redo_saved)

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self.is_working or any(opened.draft.saving for opened in self._opened.values())

    def undo(self) -> str:
        """Take back what was typed last."""
        return self._stepped("Undone", back=True)

    def redo(self) -> str:
        """Make it again."""
        return self._stepped("Done again", back=False)

    def _go_to_step(self, done: int) -> None:
        """Undo or redo until so many steps are done; where they set very much, in a thread."""
        model = self._model
        if model is None:
            return
        model.check_idle()
        steps = model.draft.steps_to(done)
        if sum(map(len, steps)) >= LARGE:
            model.working = steps[0].what if len(steps) == 1 else f"{len(steps)} steps"
            self.shell.after_painting(lambda: self._stepping(model, done))
        else:
            model.draft_changed(model.draft.go_to(done, model.sheet))
        self.query_one(Grid).reload()

    def read_whole_again(self) -> None:
        """Read the quotas, and not only what stands around them."""
        self._to_read_whole = True
        self.read_again()

    def saved_undone(self, count: int) -> None:
        """What was typed and taken back before is made again after these."""
        for opened in self._opened.values():
            if opened.draft.can_redo:
                opened.draft.undo_saved(count or -opened.draft.undone_saved)
                self._keep_later(opened)

    def _follow_apart(self, model: QuotaEditor, draft: Draft, then: Callable[[], None]) -> None:
        """Lay very much that is typed over quotas that were read anew, then show them; what is shown keeps still."""
        self._following = True
        if self._model is not None:
            self._model.working = "what is typed over what was saved meanwhile"
        self._follow(model, draft, self.shell.view, then)

    @work(thread=True, exit_on_error=False, group="working", description="working")
    def _follow(self, model: QuotaEditor, draft: Draft, view: View, then: Callable[[], None]) -> None:
        with self._changing:
            model.follow(draft)
        self.app.call_from_thread(self._followed, view, then)

    def _followed(self, view: View, then: Callable[[], None]) -> None:
        self._stop_working()
        if view == self.shell.view:
            then()

    def _stop_working(self) -> None:
        self._following = False
        if self._model is not None:
            self._model.working, self._model.below_zero = "", False

    def _work_out(self, what: str, work_out: Worked) -> None:
        """Work something out in a thread, and make a step of it."""
        model = self._model
        if model is not None:
            model.working = what
            self.shell.after_painting(lambda: self._working(model, what, work_out))

    @work(thread=True, exit_on_error=False, group="working", description="working")
    def _working(self, model: QuotaEditor, what: str, work_out: Worked) -> None:
        try:
            wanted = work_out()
        except Problem as problem:
            self.app.call_from_thread(self._not_worked_out, model, problem, what, work_out)
            return
        sheet = before = model.sheet
        if wanted.changes:
            sheet = before.copy()
            sheet.put_many(wanted.changes)
            painted = Event()
            self.app.call_from_thread(self._show_result, model, sheet, painted)
            painted.wait(_PAINT_SECONDS)
            over = before.handed_in(wanted.changes)
            with self._changing:
                step = model.draft.add(what, wanted.changes, before.those(wanted.changes), over)
                model.marks.touch(step.keys)
        self.app.call_from_thread(self._worked_out, model, sheet, wanted)

    def _show_result(self, model: QuotaEditor, sheet: Sheet, painted: Event) -> None:
        """Show what comes out, while the step is still to be written down."""
        model.turn_to(sheet)
        if model is self._model:
            self.query_one(Grid).reload()
        self.shell.after_painting(painted.set)

    def _worked_out(self, model: QuotaEditor, sheet: Sheet, wanted: Outcome | Preview) -> None:
        model.below_zero = False
        model.lay(sheet, wanted.notes)
        if model is self._model:
            self.query_one(Grid).reload()

    def _not_worked_out(self, model: QuotaEditor, problem: Problem, what: str, work_out: Worked) -> None:
        model.working, model.below_zero = "", False
        self.query_one(Grid).reload()
        if isinstance(problem, BelowZero) and self.is_current:
            self.confirm(str(problem), lambda: self._work_out_below_zero(model, what, work_out))
        else:
            self.shell.say(f"{what}: {problem}", "bad")

    def _work_out_below_zero(self, model: QuotaEditor, what: str, work_out: Worked) -> None:
        model.below_zero = True
        self._work_out(what, work_out)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Take entries again where working something out has come to a fault."""
        if event.state is WorkerState.ERROR and event.worker.group == "working":
            self._stop_working()
        super().on_worker_state_changed(event)

    @work(thread=True, exit_on_error=False, group="working", description="working")
    def _stepping(self, model: QuotaEditor, done: int) -> None:
        with self._changing:
            sheet = model.change_apart(lambda sheet: model.draft.go_to(done, sheet))
        self.app.call_from_thread(self._worked_out, model, sheet, Outcome({}))

    def _stepped(self, told: str, *, back: bool) -> str:
        if self._model is None:
            return ""
        draft = self._model.draft
        steps = draft.steps_to(draft.done - 1 if back else draft.done + 1)
        self._go_to_step(draft.done - 1 if back else draft.done + 1)
        return f"{told}: {steps[0].what}." if steps else ""

    def _behind(self, view: PlanView) -> list[Opened]:
        """What is typed into versions of this year that are not the draft that is shown."""
        here = self._now if self.is_draft else None
        of_this_year = [opened for opened in self._opened.values() if opened.plan.fiscal_year == view.year.fiscal_year]
        return [opened for opened in of_this_year if opened is not here and opened.draft.pending]

    def _told_behind(self, view: PlanView) -> str:
        """What is typed into other versions than the one that is shown, and what can be done with it."""
        left = self._behind(view)
        if not left:
            return ""
        labels = ", ".join(opened.plan.label for opened in left)
        count = changes(sum(len(opened.draft.pending) for opened in left))
        handed_in = view.plan is not None and view.plan.state in ("submitted", "approved")
        way = "g v returns it to draft" if handed_in else "B begins a version and takes them along"
        gone = ", thrown away since" if any(is_gone(view, opened.plan) for opened in left) else ""
        return f"Typed into {labels}{gone}: {count}. {way}."

    @property
    def at_risk(self) -> str:
        """What is typed into a version that was thrown away is there again only where that is undone."""
        view = None if self._model is None else self._model.view
        gone = [] if view is None else [opened.plan for opened in self._behind(view) if is_gone(view, opened.plan)]
        return f"and lost unless {gone[0].label} is brought back" if gone else ""

    def _carry_over(self, view: PlanView) -> str:
        """Take along what is typed into a version of this year that is no draft any more; answers what to say of it."""
        here = self._now if self.is_draft else None
        left = self._behind(view)
        if not left or here is None:
            return self._told_behind(view)
        labels = ", ".join(opened.plan.label for opened in left)
        count = changes(sum(len(opened.draft.pending) for opened in left))
        for opened in left:
            here.draft.adopt(opened.draft, view.kept)
            opened.draft = Draft()
            self._keep_later(opened)
        self._keep_later(here)
        return f"{count} typed into {labels} are here now, marked •."

    def _keep_later(self, opened: Opened) -> None:
        """Keep a draft in its file soon, once for all that is typed until then."""
        if not opened.to_keep:
            opened.to_keep = True
            self.set_timer(_KEEP_AFTER_SECONDS, lambda: self._keep_now(opened))

    @property
    def is_working(self) -> bool:
        """Whether something is being worked out that changes the draft."""
        return self._following or (self._model is not None and bool(self._model.working))

    def _keep_now(self, opened: Opened) -> None:
        if self.is_working:
            self.set_timer(_KEEP_AFTER_SECONDS, lambda: self._keep_now(opened))
        elif opened.to_keep:
            opened.to_keep = False
            opened.kept += 1
            self._keep(opened, opened.draft.snapshot(), opened.kept)

    @work(thread=True, exit_on_error=False, group="draft", description="draft")
    def _keep(self, opened: Opened, draft: Draft, time: int) -> None:
        try:
            self._write(opened, draft, time)
        except Problem as problem:
            self.app.call_from_thread(self.shell.say, f"What you type is not kept until it is saved. {problem}", "bad")

    def _write(self, opened: Opened, draft: Draft, time: int) -> None:
        with self._keeping:
            if time == opened.kept:
                plain = draft.to_plain() if draft.steps else None
                source_of(self, QuotasSource).keep_draft(self.shell.state_folder, opened.plan, plain)

    def save_draft(self) -> None:
        """Keep what is typed at once: the app is about to go."""
        for opened in self._opened.values():
            if opened.to_keep:
                opened.to_keep = False
                opened.kept += 1
                with self._changing:
                    draft = opened.draft.snapshot()
                self._write(opened, draft, opened.kept)

    def on_unmount(self) -> None:
        """The app is closing."""
        source_of(self, QuotasSource).release_drafts()
