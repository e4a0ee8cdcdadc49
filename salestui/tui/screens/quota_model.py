"""The quota sheet as a table: • marks what is not saved, ⚿ what is locked, ≠ a sum that is in part another team's."""

from collections.abc import Sequence
from decimal import Decimal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import plain
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas import levels
from salestui.planning.quotas.belonging import Belonging
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.holds import with_closed
from salestui.planning.quotas.marks import Marks
from salestui.planning.quotas.parts import without_sums
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules.sellers import managing
from salestui.planning.quotas.sheet import Hold, Leaf, Sheet
from salestui.tui.screens.quota_apart import apart_told
from salestui.tui.screens.quota_outline import folded_to_teams
from salestui.tui.screens.quota_typing import no_draft
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone

_PENDING = "•"
HELD = {"lock": "⚿", "submitted": "↥", "closed": "▪"}
_APART = "≠"
_NAME_WIDTH = 24


class QuotaModel(ListModel[int]):
    """Rows are the sheet's, by number; the first column is the name, the others the sheet's own."""

    def __init__(self, view: PlanView, around: Surroundings) -> None:
        """Made in a thread where the sheet is large; `follow` lays a draft on it."""
        self.view, self.around, self.draft = view, around, Draft()
        self.sheet = Sheet(view.nodes, view.months, view.spans, view.kept)
        self.surround(around)
        self.last_year = self.sheet.like(view.last_year)
        self.sheet.managing = managing(view.nodes)
        self.marks = Marks(self.sheet, self.draft)
        self.contested = 0
        """How many quotas were typed that somebody else had changed when these were read."""
        self.belonging = Belonging(view.nodes, view.months, view.year, view.stays)
        self.frozen_rows = 1 if len(view.nodes) > 1 and view.nodes[0].team else 0
        name: Field[int] = Field(
            "name",
            "Seat",
            width=_NAME_WIDTH,
            frozen=True,
            value=lambda row: self.sheet.nodes[row].label,
            tone=self._name_tone,
        )
        super().__init__(
            range(len(view.nodes)),
            (name, *(self._field(number) for number in range(len(view.spans))), *self.more_fields()),
            key=lambda row: self.sheet.nodes[row].key,
            parent=self._key_above,
            empty=f"There is nobody in {view.year.label} yet. Load your own seats with: salestui import FOLDER",
            folded=folded_to_teams(view.nodes),
        )

    def follow(self, draft: Draft) -> None:
        """Lay what is typed over the quotas, and mark it; in a thread where that is much."""
        draft.lay_on(self.sheet, self.view.kept)
        self.draft = draft
        self.marks.follow(draft)
        self.contested = len(draft.contested)

    def surround(self, around: Surroundings) -> None:
        """Other quotas are held now, or other targets set."""
        self.around = around
        self.sheet.holds = with_closed(self.sheet, around.holds, around.closed_through)

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
            mark=lambda row: self._mark(row, span),
        )

    def more_fields(self) -> tuple[Field[int], ...]:
        """Columns besides the sheet's own."""
        return ()

    def _name_tone(self, row: int) -> Tone:
        node = self.sheet.nodes[row]
        return "total" if node.team else "muted" if node.vacant else "normal"

    def _tone(self, row: int, span: int) -> Tone:
        node = self.sheet.nodes[row]
        if node.team or (span and not self.sheet.spans[span].is_month):
            return "total"
        if node.vacant or (span and self.hold(row, span) is not None):
            return "muted"
        return "normal"

    def hold(self, row: int, span: int) -> Hold | None:
        """Why the quota in a row and a column of the sheet keeps its value; of a seat's sum, where all of it is locked.

        None for what does not, and for teams.
        """
        node, holds = self.sheet.nodes[row], self.sheet.holds
        if not holds or node.team:
            return None
        if self.sheet.is_leaf(row, span):
            return holds.get(Leaf(node.seat or 0, node.line, self.sheet.months[self.sheet.spans[span].first]))
        found = [holds.get(Leaf.of(key)) for key in self.sheet.keys(row, span)]
        return found[0] if found and all(each is not None and each.kind == "lock" for each in found) else None

    def _mark(self, row: int, span: int) -> str:
        if self.marks.at(row, span):
            return _PENDING
        hold = self.hold(row, span)
        if hold is None:
            return _APART if self.belonging.of(self.sheet, row, span) else " "
        return HELD[hold.kind]

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

    def is_figure(self, row: int, column: int) -> bool:
        """Every number: a digit typed there is never a command."""
        return column > 0

    def why_not(self, row: int, column: int) -> UsageProblem:
        """What keeps a quota from being typed there."""
        if (why := no_draft(self.view.plan)) is not None:
            return why
        if not column:
            return UsageProblem("Quotas are typed at numbers", remedy="Go right, to the year or a month.")
        return UsageProblem(
            f"There is no quota behind {self.named([(row, column)])}", remedy="The seat is not there then."
        )

    def check_draft(self) -> None:
        """UsageProblem unless this is a draft, to be typed into."""
        if (why := no_draft(self.view.plan)) is not None:
            raise why

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

    def target(self, row: int, span: int) -> Amount | None:
        """What is to be reached in a row and a column of the sheet."""
        found = self.around.target(self.sheet.nodes[row], self.sheet.spans[span], self.sheet.months)
        return None if found is None else found.amount

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """The target of the sum under the cursor; with a range, of the nearest sum above that has one."""
        at: int | None = self.row(row)
        span = max(column - 1, 0)
        while at is not None and self.target(at, span) is None and marked:
            at = self.sheet.nodes[at].parent
        target = None if at is None else self.target(at, span)
        if at is None or target is None:
            return ""
        assigned = self.sheet.value(at, span)
        over = levels.over_assignment(assigned, target)
        share = "" if over is None else f"  over {show.percent(over, 1)}"
        return f"target {_full(target)}  assigned {_full(assigned)}{share}"

    def apart(self, cells: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Without the sums of others among the cells, and without names."""
        if len(cells) == 1:
            return cells
        places: dict[tuple[int, int], tuple[int, int]] = {
            (self.row(row), column - 1): (row, column) for row, column in cells if column
        }
        kept = without_sums(self.sheet, places)
        return [cell for place, cell in places.items() if place in kept]

    def places(self, cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The rows and columns of the sheet that these cells show, without sums of others among them."""
        return [(self.row(row), column - 1) for row, column in self.apart(cells)]

    def named(self, cells: Sequence[tuple[int, int]]) -> str:
        """What the cells are called: the first of them, and how many more there are."""
        row, column = cells[0]
        others = f" and {len(cells) - 1:,} more" if len(cells) > 1 else ""
        return f"{self.sheet.nodes[self.row(row)].label} {self.columns[column].title}{others}"

    def describe(self, row: int, column: int) -> str:
        """Whose quota of when, exactly; why it is held; what was booked a year before; what the plan has if other."""
        node = self.row(row)
        if not column:
            return self.sheet.nodes[node].label
        parts = [f"{self.sheet.nodes[node].label} {self.columns[column].title}: {_full(self.amount(row, column))}"]
        hold = self.hold(node, column - 1)
        if hold is not None and hold.kind == "closed":
            parts.append(f"closed, up to {hold.when}")
        elif hold is not None:
            held = "locked" if hold.kind == "lock" else "handed in"
            parts.append(f"{held} by {hold.who} {hold.when}{f': {hold.reason}' if hold.reason else ''}")
        parts += apart_told(self.belonging.of(self.sheet, node, column - 1))
        booked = self.last_year.value(node, column - 1)
        if booked is not None:
            when = self.view.before.named(self.sheet.spans[column - 1].months)
            parts.append(f"booked {f'in {when}' if when else 'a year before'} {show.whole(booked)}")
        if self.marks.at(node, column - 1):
            parts.append(f"before {_full(self.marks.before(node, column - 1))}")
        return " · ".join(parts)


def _full(amount: Amount | None) -> str:
    return show.money(amount, "full")
