"""Saving what is typed into quotas, and settling it with what others have saved meanwhile."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events

from salestui.model.values.amount import Amount
from salestui.model.values.errors import Problem
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf, Units
from salestui.tui.screens.quota_drafts import Opened
from salestui.tui.screens.quota_open_cell import TypingQuotas
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource

if TYPE_CHECKING:
    from salestui.planning.quotas.commands.amounts import Conflict

_NAMED = 3


class SavingQuotas(TypingQuotas):
    """The part of the quotas' screen that saves."""

    def __init__(self) -> None:
        super().__init__()
        self._conflicts: tuple[PlanView, Opened, Sequence[Conflict]] | None = None

    def action_save(self) -> None:
        """Save everything typed as one change."""
        if self._now is not None:
            self._save(self._now)

    def _save(self, opened: Opened, after: Callable[[], str] | None = None) -> None:
        """Save what is typed, and once that is done do what comes `after`, another change."""
        if self._model is None:
            return
        view, draft = self._model.view, opened.draft
        amounts = draft.begin_saving()
        base, story, over = dict(draft.base), draft.saved_story, set(draft.over)

        def save() -> str:
            saved = False
            try:
                told = source_of(self, QuotasSource).save_quotas(opened.plan, amounts, base, story, over)
                saved = True
            finally:
                self.app.call_from_thread(self._settle, opened, amounts if saved else None)
            if after is None:
                return told
            try:
                return f"{told} {after()}"
            except Problem as problem:
                return f"{told} But no more than that: {problem}"

        subjects = ("quotas", "quota locks") if after else ("quotas",)
        self.shell.change(save, *subjects, failed=lambda problem: self._refused(problem, view, opened))
        self.refresh_bindings()

    def _settle(self, opened: Opened, saved: Units | None) -> None:
        """A save is over: what it was of stands in the plan, or else is pending as before."""
        with self._changing:
            if saved is None:
                opened.draft.not_saved()
            else:
                opened.draft.saved(saved)
        if saved is not None:
            self._keep_later(opened)
            self._keep_now(opened)
        self.tell()

    def _refused(self, problem: Problem, view: PlanView, opened: Opened) -> None:
        from salestui.planning.quotas.commands.amounts import QuotasMovedOn
        from salestui.planning.quotas.commands.locks import QuotasLocked

        if isinstance(problem, QuotasLocked):
            self.shell.say(f"{self._named([each.leaf for each in problem.held])}: {problem}", "bad")
            self.read_again()
            return
        if not isinstance(problem, QuotasMovedOn):
            self.shell.say(str(problem), "bad")
            return
        self._conflicts = view, opened, problem.conflicts
        if self.is_current:
            self._show_conflicts()
        else:
            self.shell.say(f"{problem} Go to the quotas, with g q.", "bad")

    def _named(self, leaves: Sequence[Leaf]) -> str:
        """The first of some quotas by name, and how many more there are."""
        names = [] if self._model is None else [self._model.sheet.name(leaf) for leaf in leaves[:_NAMED]]
        others = len(leaves) - len(names)
        return f"{', '.join(names)}{f' and {others:,} more' if others else ''}"

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
        with self._changing:
            opened.draft.rebase_many(units, kept)
        self._keep_later(opened)
        if opened.draft.pending:
            self._save(opened)
        else:
            self.read_whole_again()
