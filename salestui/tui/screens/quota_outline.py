"""The first picture of a large plan: its seats with their sums, while the quotas themselves are still being read."""

from collections.abc import Sequence
from decimal import Decimal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.queries.outline import Outline
from salestui.planning.quotas.sheet import Node
from salestui.tui.screens.quota_typing import no_draft
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone

MANY_ROWS = 300
"""From so many rows on a sheet opens folded to its teams."""


class Entry:
    """What was typed before the quotas were there: into which cells, by the names of their rows and columns."""

    def __init__(self, cells: Sequence[tuple[str, str]], text: str) -> None:
        self.cells, self.text = tuple(cells), text


class OutlineModel(ListModel[int]):
    """The sums of teams and seats; what is typed waits for the quotas."""

    def __init__(self, outline: Outline) -> None:
        self._outline, self.plan = outline, outline.plan
        self.waiting: list[Entry] = []
        spans = outline.spans
        name: Field[int] = Field(
            "name", "Seat", width=24, frozen=True, value=lambda row: outline.nodes[row].label, tone=self._tone
        )
        self.frozen_rows = 1 if len(outline.nodes) > 1 and outline.nodes[0].team else 0
        super().__init__(
            range(len(outline.nodes)),
            (name, *(self._field(number) for number in range(len(spans)))),
            key=lambda row: outline.nodes[row].key,
            parent=self._key_above,
            empty="",
            folded=folded_to_teams(outline.nodes) | {f"seat:{seat}" for seat in outline.lines},
        )

    def _field(self, span: int) -> Field[int]:
        column = self._outline.spans[span]
        return Field(
            column.key,
            column.label,
            kind="number",
            frozen=span == 0,
            derived=not column.is_month,
            value=lambda row: self._outline.value(row, span),
            show=show.exact,
            tone=self._tone,
            mark=lambda _: " ",
        )

    def _tone(self, row: int) -> Tone:
        return "total" if self._outline.nodes[row].team else "normal"

    def _key_above(self, row: int) -> str | None:
        above = self._outline.nodes[row].parent
        return None if above is None else self._outline.nodes[above].key

    def editable(self, row: int, column: int) -> bool:
        """Every number of a draft."""
        plan = self._outline.plan
        return column > 0 and plan is not None and plan.state == "draft"

    def is_figure(self, row: int, column: int) -> bool:
        """Every number: a digit typed there is never a command."""
        return column > 0

    def why_not(self, row: int, column: int) -> UsageProblem:
        """What keeps a quota from being typed there."""
        return no_draft(self._outline.plan) or super().why_not(row, column)

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Keep what was typed until the quotas are there."""
        self.waiting.append(Entry([(self.row_key(row), self.columns[column].key) for row, column in cells], text))

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """The same for emptying."""
        self.enter(cells, "")

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """A table is not kept until then."""
        raise UsageProblem("The quotas are still being read", remedy="Paste in a moment.")

    def number(self, row: int, column: int) -> Decimal | None:
        """The amount, for the sums of ranges."""
        amount = self._amount(row, column)
        return None if amount is None else amount.decimal

    def describe(self, row: int, column: int) -> str:
        """Whose quota of when, exactly."""
        name = self._outline.nodes[self.row(row)].label
        if not column:
            return name
        return f"{name} {self.columns[column].title}: {show.money(self._amount(row, column), 'full')}"

    def status(self) -> str:
        """That more is on the way."""
        if self.waiting:
            return "reading the quotas; what you typed is taken then"
        return "reading the quotas"

    def _amount(self, row: int, column: int) -> Amount | None:
        return self._outline.value(self.row(row), column - 1) if column else None


def folded_to_teams(nodes: Sequence[Node]) -> frozenset[str]:
    """The rows to fold so that of many only teams are shown: teams that have no team under them, and seats by line."""
    if len(nodes) < MANY_ROWS:
        return frozenset()
    parents = {node.parent for node in nodes if node.parent is not None}
    with_teams = {node.parent for node in nodes if node.team}
    return frozenset(nodes[row].key for row in parents if row not in with_teams)
