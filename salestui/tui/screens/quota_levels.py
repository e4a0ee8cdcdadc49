"""The quota sheet with what stands beside its sums: targets, what is yet to assign, figures from below, conflicts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.beside import Levels
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf
from salestui.tui.screens.quota_model import HELD, QuotaModel
from salestui.tui.screens.quota_typing import no_draft
from salestui.tui.screens.quota_words import effective_words, level_words
from salestui.tui.widgets.grid.list_model import Field
from salestui.tui.widgets.grid.model import Tone

SHORT, OVER = "▼", "▲"
"""The marks of a sum that is below its target, and above it."""
CONTESTED = "⇄"
"""The mark of a quota that is typed and that somebody else has changed meanwhile."""
TARGET, TO_ASSIGN = "target", "to_assign"
BESIDE = frozenset({TARGET, TO_ASSIGN})
"""The keys of the columns beside the year's."""
_YEAR = 0


class Contest(NamedTuple):
    """A quota that both have changed."""

    mine: Amount | None
    theirs: Amount | None
    before: Amount | None


class LevelledQuotas(QuotaModel):
    """Two more columns stand at the year's right when they are asked for; their numbers follow all others."""

    def __init__(self, view: PlanView, around: Surroundings) -> None:
        super().__init__(view, around)
        self.levels = Levels(self.sheet, around)
        last = len(view.spans) + 1
        self.order = (0, 1, last, last + 1, *range(2, last))

    def surround(self, around: Surroundings) -> None:
        """Other figures were handed in, or targets set."""
        super().surround(around)
        self.levels = Levels(self.sheet, around)

    def more_fields(self) -> tuple[Field[int], ...]:
        """The year's target, and what of it is yet to assign."""
        return (
            Field(
                TARGET,
                "Target",
                kind="number",
                derived=True,
                value=lambda row: self.target(row, _YEAR),
                show=show.exact,
                tone=lambda row: "muted" if self._stands_in(row) else "normal",
                mark=lambda row: "○" if self._stands_in(row) else " ",
            ),
            Field(
                TO_ASSIGN,
                "To assign",
                kind="number",
                derived=True,
                value=lambda row: self.levels.at(row, _YEAR).to_assign,
                show=show.exact,
                mark=lambda row: " ",
            ),
        )

    def _stands_in(self, row: int) -> bool:
        target = self.levels.target(row, _YEAR)
        return target is not None and target.from_objective

    def is_beside(self, column: int) -> bool:
        """Whether it is one of these columns, behind which there are no quotas."""
        return column > len(self.view.spans)

    def span_of(self, column: int) -> int:
        """The sheet's column that a column is about: the year for names and what stands beside it."""
        return _YEAR if not column or self.is_beside(column) else column - 1

    def contest(self, row: int, span: int) -> Contest | None:
        """What is typed there, what others saved there meanwhile, and what stood there; None where they did not."""
        if not self.draft.pending or not self.sheet.is_leaf(row, span):
            return None
        node = self.sheet.nodes[row]
        key = Leaf(node.seat or 0, node.line, self.sheet.months[self.sheet.spans[span].first])
        if key not in self.draft.pending or self.draft.base[key] == self.draft.stands[key]:
            return None
        return Contest(*map(_amount, (self.draft.pending[key], self.draft.stands[key], self.draft.base[key])))

    def _mark(self, row: int, span: int) -> str:
        if self.contest(row, span) is not None:
            return CONTESTED
        level = self.target(row, span)
        if level is not None and level != (self.sheet.value(row, span) or Amount(0)):
            return SHORT if level > (self.sheet.value(row, span) or Amount(0)) else OVER
        mark = super()._mark(row, span)
        return HELD["submitted"] if mark == " " and self.levels.handed_in(row, span) else mark

    def _tone(self, row: int, span: int) -> Tone:
        if self.contest(row, span) is not None:
            return "bad"
        target = self.target(row, span)
        short = target is not None and target > (self.sheet.value(row, span) or Amount(0))
        return "warn" if short else super()._tone(row, span)

    def editable(self, row: int, column: int) -> bool:
        """As the sheet, without what stands beside it."""
        return not self.is_beside(column) and super().editable(row, column)

    def is_asked_for(self, row: int, column: int) -> bool:
        """A target of a draft's team."""
        is_target = self.columns[column].key == TARGET and no_draft(self.view.plan) is None
        return is_target and self.levels.key(self.row(row), _YEAR) is not None

    def why_not(self, row: int, column: int) -> UsageProblem:
        """As the sheet; a seat has no target, and what is yet to assign follows."""
        if not self.is_beside(column) or no_draft(self.view.plan) is not None:
            return super().why_not(row, column)
        if self.columns[column].key == TARGET:
            return UsageProblem("A target stands beside a team's sum", remedy="Go to a team's row; a seat has quotas.")
        return UsageProblem("What is to assign follows from the target and the quotas", remedy="T sets the target.")

    def amount(self, row: int, column: int) -> Amount | None:
        """The quota, the sum, or what stands beside it."""
        if not self.is_beside(column):
            return super().amount(row, column)
        level = self.levels.at(self.row(row), _YEAR)
        if self.columns[column].key == TO_ASSIGN:
            return level.to_assign
        return None if level.target is None else level.target.amount

    def number(self, row: int, column: int) -> Decimal | None:
        """As the sheet; targets of teams that are in one another do not add up."""
        return None if self.is_beside(column) else super().number(row, column)

    def apart(self, cells: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """As the sheet, without what stands beside it."""
        return super().apart([cell for cell in cells if not self.is_beside(cell[1])])

    def describe(self, row: int, column: int) -> str:
        """As the sheet; whose amounts they are where two have changed it; when a planned seat begins."""
        node = self.row(row)
        if self.is_beside(column):
            return self._describe_target(node, column)
        told = super().describe(row, column)
        contest = self.contest(node, column - 1) if column else None
        if contest is not None:
            whose = f"{self.sheet.nodes[node].label} {self.columns[column].title}"
            mine, theirs, before = (show.money(amount, "full") for amount in contest)
            return f"{whose}: mine {mine} · theirs {theirs} · before {before}"
        starts = self.levels.starts(node)
        return told if starts is None else f"{told} · planned, from {starts:%-d %b %Y}"

    def _describe_target(self, node: int, column: int) -> str:
        target = self.levels.target(node, _YEAR)
        label = f"{self.sheet.nodes[node].label} {self.view.spans[_YEAR].label}"
        if target is None:
            return f"{label}: no target"
        amount = show.money(target.amount, "full")
        kind = "the approved objective" if target.from_objective else "target"
        return f"{label}: {kind} {amount}, {target.who} {target.at:%Y-%m-%d}"

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """What the number is set against, and what of it is effective; with a range, the target that is nearest."""
        if marked:
            return super().status_at(row, self.span_of(column) + 1, marked=True)
        node, span = self.row(row), self.span_of(column)
        words = [level_words(self.levels.at(node, span))]
        if column and not self.sheet.nodes[node].team:
            words.append(effective_words(self.levels.effective(node, span)))
        return " · ".join(filter(None, words))


def _amount(units: int | None) -> Amount | None:
    return None if units is None else Amount.from_units(units)
