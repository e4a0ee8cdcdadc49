"""Typing into the quota sheet: entries, fills, pastes and spreads, each a step of the draft."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.rules.outcome import Outcome
from salestui.planning.quotas.rules.ranges import fill, pasted, spread_over
from salestui.planning.quotas.rules.ways import Way
from salestui.tui.screens.quota_model import QuotaModel

Edited = Callable[[Sequence[str]], None]
"""Told after every change, with what there is to say of it."""
_NAMES = "ly left above target submitted before avg(row) sum(col) right below max(children) round(x,1k)"


class QuotaEditor(QuotaModel):
    """The sheet, to be typed into while the plan is a draft.

    Every number is spread over what it is the sum of. Where a range holds sums and their parts, the parts are meant.
    """

    def __init__(self, view: PlanView, draft: Draft, edited: Edited) -> None:
        super().__init__(view, draft)
        self._edited = edited
        self.below_zero = False
        """Whether quotas below zero are meant; else they are asked about."""

    @property
    def names(self) -> str:
        """What an expression may read."""
        return _NAMES

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Type into cells; a sum is spread over what it is the sum of."""
        around = self._around() if text.lstrip().startswith("=") else None
        wanted = entry(self.sheet, self.places(cells), text, around=around, below_zero=self.below_zero)
        self.take(f"{self.named(cells)} to {text.strip() or show.NOTHING}", wanted)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """No quota there, which is not a quota of nothing."""
        self.enter(cells, "")

    def fill(self, rows: Sequence[int], columns: Sequence[int], direction: Literal["down", "right"]) -> None:
        """Fill cells with the first of them downwards, or to the right; sums of others among them follow."""
        places = self.places([(row, column) for row in rows for column in columns])
        lines = list(dict.fromkeys(row for row, _ in places))
        spans = list(dict.fromkeys(span for _, span in places))
        wanted = fill(self.sheet, lines, spans, direction, below_zero=self.below_zero)
        self.take(f"{self.named([(rows[0], columns[0])])} filled {direction}", wanted)

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Type a table of texts, its first into this cell."""
        rows = [self.row(below) for below in range(row, self.row_count)]
        spans = [column - 1 for column in columns]
        wanted = pasted(self.sheet, rows, spans, table, below_zero=self.below_zero)
        self.take(f"{self.named([(row, columns[0])])}: a table pasted", wanted)

    def spread(self, cells: Sequence[tuple[int, int]], total: Amount, way: Way) -> None:
        """Make everything behind the cells sum to a total, spread by a way."""
        wanted = spread_over(self.sheet, self.places(cells), total, way, below_zero=self.below_zero)
        self.take(f"{self.named(cells)}: {show.money(total, 'full')} spread {way.name}", wanted)

    def total(self, cells: Sequence[tuple[int, int]]) -> Amount | None:
        """What stands behind the cells together; None where there is no quota."""
        known = [amount for place in self.places(cells) if (amount := self.sheet.value(*place)) is not None]
        return Amount.sum(known) if known else None

    def take(self, what: str, wanted: Outcome) -> None:
        """Make a step of what was worked out."""
        if wanted.changes:
            self.draft.take(what, wanted.changes, self.sheet)
            self.marks.touch(wanted.changes)
        self._edited(wanted.notes)

    def draft_changed(self, leaves: Collection[int]) -> None:
        """Steps were taken back, or made again: mark what is pending now of these leaves."""
        self.marks.touch(leaves)
        self._edited(())

    def _around(self) -> Around:
        order = [self.row(row) for row in range(self.row_count)]
        return Around(self.last_year.value, before=self.marks.before, order=order)
