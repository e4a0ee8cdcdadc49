"""An account's page: who looks after it, what was sold to it year by year, and its deals."""

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.performance.accounts import AccountView
from salestui.performance.closed import ClosedDeal
from salestui.performance.pipeline import OpenDeal, worth
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.deal_fields import closed_fields, open_fields
from salestui.tui.screens.parts import Fact, Part, Parts, fact_rows
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.pipeline import AccountReading, PipelineSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.lines import Lines, Row, Span

_OPEN, _CLOSED = range(2)
_MOST_YEARS = 6


class AccountPage(BaseScreen[AccountReading]):
    """A page over another; Esc goes back."""

    MODE = "performance"
    HELP = "an account: its sales by year, its open and closed deals; Enter opens one."
    CSS_PATH = sheet("performance")

    def __init__(self, account: int) -> None:
        super().__init__()
        self._key = account
        self._account: AccountView | None = None
        self._open_deals: ListModel[OpenDeal] = ListModel(
            (), open_fields(with_account=False), key=lambda deal: str(deal.id), empty="No open deals."
        )
        self._closed_deals: ListModel[ClosedDeal] = ListModel(
            (), closed_fields(with_account=False), key=lambda deal: str(deal.id), empty="No deal was closed yet."
        )

    def body(self) -> ComposeResult:
        """Facts, and the tables."""
        yield Lines(classes="facts")
        yield Parts((Part("Open deals", self._open_deals), Part("Won and lost", self._closed_deals)))

    def read(self, view: View) -> AccountReading:
        """The account, as of the day everything is seen from."""
        return source_of(self, PipelineSource).account(view, self._key)

    def show(self, reading: AccountReading) -> None:
        """Show it."""
        self._account = reading.account
        self._open_deals.replace(reading.open)
        self._closed_deals.replace(reading.closed)
        parts = self.query_one(Parts)
        parts.reload()
        known = worth(reading.open)
        won = [deal for deal in reading.closed if deal.outcome == "won"]
        total = Amount.sum(deal.amount for deal in won if deal.amount is not None)
        parts.tell(_OPEN, f"{show.count(known.deals)} · {show.money(known.total)}")
        parts.tell(_CLOSED, f"{show.count(len(won))} of {show.count(len(reading.closed))} won · {show.money(total)}")
        self._lay_out()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._account is not None and self.size.width:
            rows = fact_lines(self._account, self.size.width)
            self.query_one(".facts", Lines).fill(rows)

    @on(Chosen)
    def open_deal(self, event: Chosen) -> None:
        """Open the deal's page."""
        from salestui.tui.screens.deal import DealPage

        self.app.push_screen(DealPage(int(event.row_key)))


def fact_lines(account: AccountView, width: int) -> list[Row]:
    """What is known about an account, and its sales of the latest years."""
    facts = [
        Fact("Sector", account.sector),
        Fact("Owner", account.owner),
        Fact("Territory", account.territory),
        Fact("Since", None if account.created_on is None else account.created_on.isoformat()),
    ]
    name: Row = (Span(f" {account.name}", "strong"),)
    if not account.sold:
        return [name, *fact_rows(facts, width), (Span(" Nothing was sold to it yet.", "muted"),)]
    years = [
        Fact(
            sold.year, f"{show.money(sold.amount)} in {show.count(sold.sales)} {'sale' if sold.sales == 1 else 'sales'}"
        )
        for sold in account.sold[-_MOST_YEARS:]
    ]
    return [name, *fact_rows(facts, width), (Span(" Booked by year", "strong"),), *fact_rows(years, width)]
