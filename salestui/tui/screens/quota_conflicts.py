"""Quotas that somebody else has changed meanwhile: mine, theirs and what stood before, one by one."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.text import safe_line
from salestui.planning.quotas.commands.amounts import Conflict
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf
from salestui.tui.actions.planning import CONFLICTS
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span

Settled = Callable[[dict[Leaf, Amount | None], set[Leaf]], None]
"""Told what others have saved, and where the user's own amount is to stand over it."""


class _Contested(ListModel[Conflict]):
    """The quotas; the line below tells who changed the one under the cursor, and when."""

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """Who and when, where one is under the cursor."""
        conflict = self.row(row)
        if marked or conflict.at is None:
            return super().status_at(row, column, marked=marked)
        how = "handed in" if conflict.handed_in else "changed"
        return f"{how} by {safe_line(conflict.who)} on {conflict.at.day} {conflict.at:%b %H:%M}"


class QuotaConflicts(BaseScreen[Sequence[Conflict]]):
    """A page over the quotas; Esc leaves it, with everything typed still unsaved."""

    MODE = "planning"
    CONTEXT = CONFLICTS
    HELP = "quotas that somebody else has changed while you typed: choose whose stand."
    READS = frozenset({"nothing that is read again"})
    CSS_PATH = sheet("planning")

    def __init__(self, view: PlanView, conflicts: Sequence[Conflict], settled: Settled) -> None:
        super().__init__()
        self._conflicts, self._settled = conflicts, settled
        self._mine = {conflict.leaf for conflict in conflicts}
        names = {
            (node.seat, node.line): f"{view.nodes[node.parent].label} {node.label}"
            if node.line and node.parent is not None
            else node.label
            for node in view.nodes
            if node.is_leaf
        }
        months = {month: span.label for span in view.spans if span.is_month for month in [view.months[span.first]]}

        def amount(key: str, title: str) -> Field[Conflict]:
            return Field(key, title, kind="number", show=lambda value: show.money(value, "full"))

        self._model: ListModel[Conflict] = _Contested(
            conflicts,
            (
                Field("seat", "Seat", width=16, frozen=True, value=lambda c: names.get((c.leaf.seat, c.leaf.line), "")),
                Field("month", "Month", value=lambda c: months[c.leaf.month]),
                amount("mine", "Mine"),
                amount("theirs", "Theirs"),
                amount("base", "Before"),
                Field("stands", "Stands", value=lambda c: "mine" if c.leaf in self._mine else "theirs"),
                Field("who", "By", width=8, value=lambda c: c.who or None),
            ),
            key=lambda c: f"{c.leaf.seat}:{c.leaf.line}:{c.leaf.month}",
            empty="Nothing is left to settle.",
        )

    def body(self) -> ComposeResult:
        """What this is about, and the quotas."""
        yield Lines(classes="title")
        yield Grid(self._model, status=True)

    def read(self, view: View) -> Sequence[Conflict]:
        """What was found while saving."""
        return self._conflicts

    def show(self, reading: Sequence[Conflict]) -> None:
        """Show it."""
        what = " Somebody else has changed or handed in these quotas. Nothing is saved yet."
        self.query_one(".title", Lines).show([(Span(what, "warn"),)])
        grid = self.query_one(Grid)
        grid.reload()
        grid.focus()

    def action_mine(self) -> None:
        """Let the own amount stand in this line."""
        self._choose(mine=True)

    def action_theirs(self) -> None:
        """Let theirs stand in this line."""
        self._choose(mine=False)

    def action_all_mine(self) -> None:
        """Let the own amounts stand everywhere."""
        self._mine = {conflict.leaf for conflict in self._conflicts}
        self.query_one(Grid).reload()

    def action_all_theirs(self) -> None:
        """Let theirs stand everywhere."""
        self._mine = set()
        self.query_one(Grid).reload()

    async def action_settle(self) -> None:
        """Save what was chosen."""
        await self.shell.action_leave()
        self._settled({conflict.leaf: conflict.theirs for conflict in self._conflicts}, self._mine)

    def _choose(self, *, mine: bool) -> None:
        grid = self.query_one(Grid)
        if not self._model.row_count:
            return
        leaf = self._model.row(grid.row).leaf
        (self._mine.add if mine else self._mine.discard)(leaf)
        grid.reload()
        grid.action_rows(1)
