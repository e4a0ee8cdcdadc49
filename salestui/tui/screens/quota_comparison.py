"""Two versions of a year's quotas side by side: the year of both, and what differs in each quarter or month."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.planning.quotas.queries.comparison import Compared, Comparison
from salestui.planning.quotas.standing import Plan
from salestui.tui.actions.versions import COMPARISON
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import CellPage
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_versions import QuotaVersionsSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Moved
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

_DIFFERS = "•"


class QuotaComparison(CellPage[Comparison]):
    """A page over the versions; Esc goes back."""

    MODE = "planning"
    CONTEXT = COMPARISON
    HELP = "two versions side by side: • marks what differs, and the line below says by how much."
    READS = frozenset({"quotas", "organisation"})
    CSS_PATH = sheet("planning")

    def __init__(self, before: Plan, after: Plan) -> None:
        super().__init__()
        self._before, self._after = before, after
        self._all_seats = self._by_month = False
        self._compared: Comparison | None = None
        self._model: ListModel[int] | None = None

    def body(self) -> ComposeResult:
        """Which versions these are, the table, and a line about the number under the cursor."""
        yield Lines(classes="title")
        yield Grid(ListModel((), (Field("name", "Seat"),), key=str, empty=""), cursor="cell")
        yield Lines(classes="explained")

    def read(self, view: View) -> Comparison:
        """Both, for the scope."""
        return source_of(self, QuotaVersionsSource).compare_quotas(
            view, self._before.id, self._after.id, all_seats=self._all_seats
        )

    def show(self, reading: Comparison) -> None:
        """Show it."""
        self._compared = reading
        differing = sum(
            node.is_leaf and any(reading.cell(row, span).difference for span in range(len(reading.spans)))
            for row, node in enumerate(reading.nodes)
        )
        told = (
            "no seat differs"
            if not differing
            else "1 seat differs"
            if differing == 1
            else f"{differing:,} seats differ"
        )
        states = f" {self._before.state} → {self._after.state} · {told}"
        versions = f" {self._before.label} → v{self._after.plan_version} "
        self.query_one(".title", Lines).show([(Span(versions, "strong"), Span(states))])
        self._lay_out()

    def _lay_out(self) -> None:
        """Put the table together anew: its columns depend on the versions and on what is to be seen."""
        compared = self._compared
        if compared is None:
            return
        keys = [node.key for node in compared.nodes]
        model = ListModel(
            range(len(keys)),
            self._fields(compared),
            key=lambda row: keys[row],
            parent=lambda row: None if (above := compared.nodes[row].parent) is None else keys[above],
            empty="No quota differs. d shows all seats.",
        )
        model.frozen_rows = 1 if len(keys) > 1 and compared.nodes[0].team else 0
        self._model = model
        grid, cursor = self.query_one(Grid), self.cursor
        grid.model = model
        self.go_to(cursor)
        if self.focused is None:
            grid.focus()
        self._explain()

    def _fields(self, compared: Comparison) -> tuple[Field[int], ...]:
        spans = [number for number, span in enumerate(compared.spans) if span.is_month == self._by_month and number]
        year = [
            self._field(f"v{self._before.plan_version}", 0, lambda cell: cell.before),
            self._field(f"v{self._after.plan_version}", 0, lambda cell: cell.after),
        ]
        differences = [
            self._field(f"±{compared.spans[at].label}", at, lambda cell: cell.difference or None) for at in (0, *spans)
        ]
        name: Field[int] = Field(
            "name", "Seat", width=20, frozen=True, value=lambda row: compared.nodes[row].label, tone=self._tone
        )
        return (name, *year, *differences)

    def _field(self, title: str, span: int, value: Callable[[Compared], Amount | None]) -> Field[int]:
        return Field(
            f"{span} {title}",
            title,
            kind="number",
            value=lambda row: value(self._cell(row, span)),
            show=show.exact,
            tone=self._tone,
            mark=lambda row: _DIFFERS if self._cell(row, span).difference else " ",
        )

    def _cell(self, row: int, span: int) -> Compared:
        return Compared(None, None) if self._compared is None else self._compared.cell(row, span)

    def _tone(self, row: int) -> Tone:
        return "total" if self._compared is not None and self._compared.nodes[row].team else "normal"

    @on(Moved)
    def _explain(self) -> None:
        self.query_one(".explained", Lines).show([self._explanation()])

    def _explanation(self) -> Row:
        row, column = self.row_key, self.column_key
        number = self._model.row_of(row) if self._model is not None and row else None
        if self._model is None or self._compared is None or number is None:
            return ()
        node, span = self._model.row(number), 0 if column == "name" else int(column.split(" ", 1)[0])
        cell = self._cell(node, span)
        told = f" {show.money(cell.before, 'full')} → {show.money(cell.after, 'full')}"
        name = Span(f" {self._compared.nodes[node].label} {self._compared.spans[span].label} ", "strong")
        if cell.difference is None or not cell.difference:
            return name, Span(told), Span(" · the same", "muted")
        share = "" if cell.share is None else f", {_signed(show.percent(cell.share, 1))}"
        return name, Span(told), Span(f" · {_signed(show.money(cell.difference, 'full'))}{share}", "warn")

    def action_all_seats(self) -> None:
        """Show all seats, or only those that differ."""
        self._all_seats = not self._all_seats
        self.read_again()

    def action_months(self) -> None:
        """Show months, or quarters."""
        self._by_month = not self._by_month
        self._lay_out()


def _signed(shown: str) -> str:
    return shown if shown.startswith("−") else f"+{shown}"
