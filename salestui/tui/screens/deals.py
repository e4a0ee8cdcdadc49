"""The deals behind a number: the very rows that make it up."""

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from salestui.metrics.catalog import KPIS
from salestui.metrics.reader import Scope
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.performance.deals import BEHIND, Deal
from salestui.tui.actions.performance import DEALS
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.sources.opening import key_of, source_of
from salestui.tui.sources.performance import PerformanceSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span


class Reading(NamedTuple):
    """The rows, and the period they belong to."""

    deals: tuple[Deal, ...]
    period: str


def _tone(deal: Deal) -> Tone:
    return "warn" if deal.late else "normal"


FIELDS: tuple[Field[Deal], ...] = (
    Field("day", "Date", kind="date", tone=_tone, mark=lambda deal: "!" if deal.late else " "),
    Field("amount", "Amount", kind="number", show=lambda amount: show.money(amount, "full")),
    Field("account", "Account", width=18),
    Field("name", "Deal", width=16),
    Field("owner", "Owner", width=12),
    Field("state", "Stage", width=13),
    Field("age", "Days", kind="number"),
)
_WORDS = {
    "sales": "sales booked",
    "closed": "deals won and lost",
    "won": "deals won",
    "open": "open deals",
    "due": "open deals to close",
}


class Deals(RowPage[Reading]):
    """A page over the KPI board or Today; Esc goes back."""

    MODE = "performance"
    CONTEXT = DEALS
    HELP = "the deals behind a number, the largest first."
    CSS_PATH = sheet("performance")

    def __init__(self, scope: Scope, kpi: str) -> None:
        super().__init__()
        self._scope, self._kpi = scope, kpi
        self._model: ListModel[Deal] = ListModel(
            (), FIELDS, key=lambda deal: str(deal.id), empty=f"No {_WORDS[BEHIND[kpi]]} in this period."
        )

    def body(self) -> ComposeResult:
        """What number this is, and its rows."""
        yield Lines(classes="title")
        yield Grid(self._model)

    def read(self, view: View) -> Reading:
        """The rows behind the number."""
        behind = view._replace(scope=key_of(self._scope))
        return Reading(source_of(self, PerformanceSource).deals(behind, self._kpi), view.period.label)

    def show(self, reading: Reading) -> None:
        """Show them."""
        total = Amount.sum(deal.amount for deal in reading.deals if deal.amount is not None)
        late = sum(deal.late for deal in reading.deals)
        past = f" · {late} past their close date (!)" if late else ""
        title = f" {self._scope.name} · {KPIS[self._kpi].title} · {reading.period} "
        found = f"{show.count(len(reading.deals))} {_WORDS[BEHIND[self._kpi]]}, {show.money(total, 'full')}{past}"
        self.query_one(".title", Lines).show([(Span(title, "strong"),), (Span(f" {found}"),)])
        self._model.replace(reading.deals)
        grid = self.query_one(Grid)
        grid.reload()
        grid.focus()

    @on(Chosen)
    def open_deal(self, event: Chosen) -> None:
        """Open the page of the deal, or of the one a sale was booked from."""
        row = self._model.row_of(event.row_key)
        deal = None if row is None else self._model.row(row).deal
        if deal is None:
            self.say("This sale was booked without a deal.")
            return
        from salestui.tui.screens.deal import DealPage

        self.app.push_screen(DealPage(deal))
