"""What is typed into quota plans and not saved: one draft for each plan, undone step by step, kept in files."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from textual import work

from salestui.model.values.errors import Problem
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.standing import Plan
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.quota_editor import QuotaEditor
from salestui.tui.screens.quota_text import changes
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.widgets.grid.widget import Grid

_KEEP_AFTER_SECONDS = 0.3


class Reading(NamedTuple):
    """The plan, what an earlier run of the app left unsaved in it, and what stands around it."""

    view: PlanView | None
    """None where only what stands around it was read again."""
    draft: Draft | None
    around: Surroundings


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
        self._keeping = Lock()
        self._to_read_whole = True
        """Whether the quotas have to be read, and not only what stands around them."""

        self._read_through: View | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the plan that is shown can be typed into."""
        return self._now is not None and self._now.plan.state == "draft"

    def tell(self) -> None:
        """Say how the plan stands, and what is not saved."""

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

    def _go_to_step(self, done: int) -> None:
        """Undo or redo until so many steps are done."""
        model = self._model
        if model is None:
            return
        draft, changed = model.draft, set[int]()
        while draft.done > done and (step := draft.undo(model.sheet)):
            changed.update(step.keys)
        while draft.done < done and (step := draft.redo(model.sheet)):
            changed.update(step.keys)
        model.draft_changed(changed)
        self.query_one(Grid).reload()

    def read_whole_again(self) -> None:
        """Read the quotas, and not only what stands around them."""
        self._to_read_whole = True
        self.read_again()

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

    def _carry_over(self, view: PlanView) -> str:
        """Take along what is typed into a version of this year that is no draft any more; answers what to say of it."""
        here = self._now if self.is_draft else None
        of_this_year = [opened for opened in self._opened.values() if opened.plan.fiscal_year == view.year.fiscal_year]
        left = [opened for opened in of_this_year if opened is not here and opened.draft.pending]
        if not left:
            return ""
        labels = ", ".join(opened.plan.label for opened in left)
        count = changes(sum(len(opened.draft.pending) for opened in left))
        if here is None:
            return f"Typed into {labels}: {count}. B begins a version and takes them along."
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


def _plain(draft: Draft) -> dict[str, Any] | None:
    return draft.to_plain() if draft.steps else None
