"""The quota sheet as a table: typed into while the plan is a draft, with what is not saved marked by •."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import plain
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules import Changes, entry, pasted
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
        self._before = Sheet(view.nodes, view.months, view.spans, view.last_year)
        self.frozen_rows = 1 if len(view.nodes) > 1 and view.nodes[0].team else 0
        draft.lay_on(self.sheet, view.kept)
        self._mark()

    def _mark(self) -> None:
        self._marked = {place for leaf in self.draft.pending for place in self.sheet.shown_in(leaf)}

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
            mark=lambda row: _PENDING if (row, span) in self._marked else " ",
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
        return bool(self.sheet.leaves(self.row(row), column - 1))

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
        wanted = entry(self.sheet, [(self.row(row), column - 1) for row, column in cells], text)
        self._take(f"{self._named(cells)} to {text.strip() or show.NOTHING}", wanted)

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """No quota there, which is not a quota of nothing."""
        self.enter(cells, "")

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Type a table of texts, its first into this cell."""
        rows = [self.row(below) for below in range(row, self.row_count)]
        spans = [column - 1 for column in columns]
        self._take(f"{self._named([(row, columns[0])])}: a table pasted", pasted(self.sheet, rows, spans, table))

    def _take(self, what: str, changes: Changes) -> None:
        if changes:
            self.draft.take(what, changes, self.sheet)
            self.draft_changed()

    def draft_changed(self) -> None:
        """Mark what is pending now, and tell the screen."""
        self._mark()
        self._edited()

    def _named(self, cells: Sequence[tuple[int, int]]) -> str:
        row, column = cells[0]
        others = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
        return f"{self.sheet.nodes[self.row(row)].label} {self.columns[column].title}{others}"

    def describe(self, row: int, column: int) -> str:
        """Whose quota of when, exactly, what was booked a year before, and what stands in the plan if that differs."""
        node = self.row(row)
        if not column:
            return self.sheet.nodes[node].label
        parts = [f"{self.sheet.nodes[node].label} {self.columns[column].title}: {_full(self.amount(row, column))}"]
        booked = self._before.value(node, column - 1)
        if booked is not None:
            parts.append(f"booked a year before {_full(booked)}")
        if (node, column - 1) in self._marked:
            parts.append(f"before {_full(self._without_draft(node, column - 1))}")
        return " · ".join(parts)

    def _without_draft(self, row: int, span: int) -> Amount | None:
        """The number as it stands in the plan."""
        stands, leaves = self.draft.stands, self.sheet.leaves(row, span)
        known = [a for leaf in leaves if (a := stands.get(leaf, self.sheet.leaf(leaf))) is not None]
        return Amount.sum(known) if known else None


def _full(amount: Amount | None) -> str:
    return show.money(amount, "full")
