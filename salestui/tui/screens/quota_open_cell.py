"""The quota that is being typed is kept too: where the line drops, its cell is open again with it the next time."""

from textual import on, work

from salestui.model.values.errors import Problem
from salestui.model.values.text import fit, safe_line
from salestui.planning.quotas.standing import Plan
from salestui.tui.ports import OpenCell
from salestui.tui.screens.quota_drafts import DraftingQuotas
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.widgets.grid.messages import Typing
from salestui.tui.widgets.grid.widget import Grid

_KEEP_AFTER_SECONDS = 0.3
_SHOWN = 30


class TypingQuotas(DraftingQuotas):
    """The part of the quotas' screen that keeps what is being typed."""

    def __init__(self) -> None:
        super().__init__()
        self._cell: OpenCell | None = None
        self._cell_of: Plan | None = None
        """The plan that it was typed into last."""
        self._cell_to_keep = False

    @on(Typing)
    def _keep_cell_soon(self) -> None:
        typed = self.query_one(Grid).typed
        self._cell = None if typed is None else OpenCell(*typed)
        if self._cell is not None and self._now is not None:
            self._cell_of = self._now.plan
        if self._cell_of is not None and not self._cell_to_keep:
            self._cell_to_keep = True
            self.set_timer(_KEEP_AFTER_SECONDS, lambda: self._keep_cell(self._cell_of))

    @work(thread=True, exit_on_error=False, group="cell", description="cell")
    def _keep_cell(self, plan: Plan | None) -> None:
        try:
            self._write_cell(plan)
        except Problem as problem:
            self.app.call_from_thread(self.shell.say, f"What you type is not kept until it is saved. {problem}", "bad")

    def _write_cell(self, plan: Plan | None) -> None:
        """Keep what is typed by now: whoever comes last writes the last of it."""
        with self._keeping:
            self._cell_to_keep = False
            if plan is not None:
                source_of(self, QuotasSource).keep_cell(self.shell.state_folder, plan, self._cell)

    def _type_on(self, cell: OpenCell) -> str:
        """Open the cell that was being typed into; answers what to say of it."""
        text = fit(safe_line(cell.text), _SHOWN)
        if not self.asking and self.query_one(Grid).type_on(*cell):
            return f"“{text}” was being typed here: Enter takes it, Esc leaves it."
        return f"“{text}” was being typed, where nothing can be typed now."

    def save_draft(self) -> None:
        """Keep what is being typed too: the app is about to go."""
        super().save_draft()
        if self._cell_to_keep:
            self._write_cell(self._cell_of)
