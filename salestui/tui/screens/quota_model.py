"""The quota sheet as a table: typed into while the plan is a draft, with what is not saved marked by •."""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import plain
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.marks import Marks
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.rules.outcome import Outcome
from salestui.planning.quotas.rules.ranges import pasted
from salestui.planning.quotas.sheet import Sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone

_PENDING = "•"
_NAME_WIDTH = 24


class QuotaModel(ListModel[int]):
    """Rows are the sheet's, by number; the first column is the name, the others the sheet's own."""

    def __init__(self, view: PlanView, draft: Draft, edited: Callable[[], None]) -> None:
        """`edited` is called after every change that was typed."""
        self._edited = edited
        self._look_at(view, draft)
        name: Field[int] = Field(
            "name",
            "Seat",
            width=_NAME_WIDTH,
            frozen=True,
            value=lambda row: self.sheet.nodes[row].label,
            tone=lambda row: self._tone(row, 0),
        )
        super().__init__(
            range(len(view.nodes)),
            (name, *(self._field(number) for number in range(len(view.spans)))),
            key=lambda row: self.sheet.nodes[row].key,
            parent=self._key_above,
            empty=f"There is nobody in {view.year.label} yet. Load your own seats with: salestui import FOLDER",
        )

    def show(self, view: PlanView, draft: Draft) -> None:
        """Show the same columns of what was read anew."""
        self._look_at(view, draft)
        self.replace(range(len(view.nodes)))

    def _look_at(self, view: PlanView, draft: Draft) -> None:
        self.view, self.draft = view, draft
        self.sheet = Sheet(view.nodes, view.months, view.spans, view.kept)
        self._before = self.sheet.like(view.last_year)
        self.frozen_rows = 1 if len(view.nodes) > 1 and view.nodes[0].team else 0
        draft.lay_on(self.sheet, view.kept)
        self._marks = Marks(self.sheet, draft)

    def _field(self, span: int) -> Field[int]:
        column = self.view.spans[span]
        return Field(
            column.key,
            column.label,
            kind="number",
            frozen=span == 0,
            derived=not column.is_month,
            value=lambda row: self.sheet.value(row, span),
            show=show.exact,
            tone=lambda row: self._tone(row, span),
            mark=lambda row: _PENDING if self._marks.at(row, span) else " ",
        )

    def _tone(self, row: int, span: int) -> Tone:
        node = self.sheet.nodes[row]
        if node.team or (span and not self.sheet.spans[span].is_month):
            return "total"
        return "muted" if node.vacant else "normal"

    def _key_above(self, row: int) -> str | None:
        above = self.sheet.nodes[row].parent
        return None if above is None else self.sheet.nodes[above].key

    def filter(self, text: str, column: str | None = None) -> None:
        """Show the seats with this in their name, wherever the cursor is: nobody looks for a digit."""
        super().filter(text, "name" if text else None)

    def editable(self, row: int, column: int) -> bool:
        """Every number that quotas are behind, while the plan is a draft."""
        plan = self.view.plan
        if not column or plan is None or plan.state != "draft":
            return False
        return self.sheet.has_leaves(self.row(row), column - 1)

    def edit_text(self, row: int, column: int) -> str:
        """The amount as it is typed."""
        return plain(self.amount(row, column))

    def amount(self, row: int, column: int) -> Amount | None:
        """The quota or the sum in a cell as it is shown; None for names."""
        return self.sheet.value(self.row(row), column - 1) if column else None

    def number(self, row: int, column: int) -> Decimal | None:
        """The amount, for the sums of ranges."""
        amount = self.amount(row, column)
        return None if amount is None else Decimal(str(amount))

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Type into cells; a sum is spread over what it is the sum of."""
        places = [(self.row(row), column - 1) for row, column in cells]
        around = Around(self._before.value, before=self._marks.before)
        wanted = entry(self.sheet, places, text, around=around, below_zero=True)
        self._take(f"{self._named(cells)} to {text.strip() or show.NOTHING}", wanted)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """No quota there, which is not a quota of nothing."""
        self.enter(cells, "")

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Type a table of texts, its first into this cell."""
        rows = [self.row(below) for below in range(row, self.row_count)]
        spans = [column - 1 for column in columns]
        wanted = pasted(self.sheet, rows, spans, table, below_zero=True)
        self._take(f"{self._named([(row, columns[0])])}: a table pasted", wanted)

    def _take(self, what: str, wanted: Outcome) -> None:
        if wanted.changes:
            self.draft.take(what, wanted.changes, self.sheet)
            self.draft_changed(wanted.changes)

    def draft_changed(self, leaves: Collection[int]) -> None:
        """Mark what is pending now of these leaves, and tell the screen."""
        self._marks.touch(leaves)
        self._edited()

    def _named(self, cells: Sequence[tuple[int, int]]) -> str:
        row, column = cells[0]
        others = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
        return f"{self.sheet.nodes[self.row(row)].label} {self.columns[column].title}{others}"

    def describe(self, row: int, column: int) -> str:
        """Whose quota of when, exactly; what was booked a year before, in whole units; what the plan has if other."""
        node = self.row(row)
        if not column:
            return self.sheet.nodes[node].label
        parts = [f"{self.sheet.nodes[node].label} {self.columns[column].title}: {_full(self.amount(row, column))}"]
        booked = self._before.value(node, column - 1)
        if booked is not None:
            parts.append(f"booked a year before {show.whole(booked)}")
        if self._marks.at(node, column - 1):
            parts.append(f"before {_full(self._marks.before(node, column - 1))}")
        return " · ".join(parts)


def _full(amount: Amount | None) -> str:
    return show.money(amount, "full")
