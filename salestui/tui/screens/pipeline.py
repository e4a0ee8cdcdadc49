"""Performance › Pipeline: the open deals, narrowed by key, and what those that are shown are worth."""

from collections import Counter
from collections.abc import Callable, Iterable

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered
from salestui.model.values.errors import UsageProblem
from salestui.performance.pipeline import ALL_IN, NOBODY, Filters, OpenDeal, worth
from salestui.tui.actions.action import Need
from salestui.tui.actions.performance import PIPELINE
from salestui.tui.navigation import View
from salestui.tui.screens.deal_fields import IDLE, LATE, close_date, days_in_stage
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.screens.picker import Picker
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.pipeline import PipelineSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, FilterAsked
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

_ALL = "all"
_NO_DEALS = "No open deals. Load some with: salestui import FOLDER"
_CENT = Amount("0.01")

FIELDS: tuple[Field[OpenDeal], ...] = (
    close_date(),
    Field("amount", "Amount", kind="number", show=lambda amount: show.money(amount, "full")),
    Field("account", "Account", width=13),
    Field("name", "Deal", width=13),
    Field("owner", "Owner", width=11),
    Field("stage", "Stage", width=11),
    Field("probability", "Prob", kind="number", show=lambda rate: show.percent(rate.decimal)),
    Field("age", "Age", kind="number"),
    days_in_stage(),
    Field("changed_on", "Moved", kind="date", width=10),
)


class Pipeline(RowPage[tuple[OpenDeal, ...]]):
    """A page of its own, and over Today with the filters that a line there means."""

    MODE = "performance"
    CONTEXT = PIPELINE
    HELP = "every open deal, those to close first at the top; Enter opens one."
    CSS_PATH = sheet("performance")

    def __init__(self, filters: Filters = ALL_IN, *, closing: bool = False) -> None:
        """Begin with these filters; with `closing`, with the deals to close in the period that is looked at."""
        super().__init__()
        self._filters, self._due_now = filters, closing
        self._deals: tuple[OpenDeal, ...] = ()
        self._text = ""
        self._model: ListModel[OpenDeal] = ListModel((), FIELDS, key=lambda deal: str(deal.id), empty=_NO_DEALS)

    def body(self) -> ComposeResult:
        """What is shown and what it comes to, and the deals."""
        yield Lines(classes="title")
        yield Grid(self._model)

    def read(self, view: View) -> tuple[OpenDeal, ...]:
        """The open deals of the scope."""
        return source_of(self, PipelineSource).pipeline(view)

    def show(self, reading: tuple[OpenDeal, ...]) -> None:
        """Show them."""
        self._deals = reading
        self._show_filtered()
        if self.focused is None:
            self.query_one(Grid).focus()

    @property
    def filters(self) -> Filters:
        """What is shown."""
        return self._filters._replace(due_in=self.shell.view.period if self._due_now else None)

    def meets(self, need: Need) -> bool:
        """Whether anything is filtered."""
        return self.filters != ALL_IN or bool(self._text)

    def on_grid_filter_asked(self, event: FilterAsked) -> None:
        """Ask for a text as every table does, and count what is left."""
        event.prevent_default()

        def answered(text: str) -> None:
            self._text = text
            event.grid.filter(text, event.column_key)
            self._tell()
            self.refresh_bindings()

        self.ask(" show only rows with: ", answered)

    @on(Chosen)
    def open_deal(self, event: Chosen) -> None:
        """Open the deal's page."""
        from salestui.tui.screens.deal import DealPage

        self.app.push_screen(DealPage(int(event.row_key)))

    def action_due(self) -> None:
        """Only what is past its close date, or all."""
        self._narrow(late=not self._filters.late)

    def action_closing(self) -> None:
        """Only what closes in the period, or all."""
        self._due_now = not self._due_now
        self._narrow()

    def action_idle(self) -> None:
        """Only what did not move, or all."""
        self._narrow(idle=not self._filters.idle)

    def action_omitted(self) -> None:
        """Also what the forecast leaves out, or not."""
        self._narrow(with_omitted=not self._filters.with_omitted)

    def action_everything(self) -> None:
        """Everything again."""
        self._due_now, self._text = False, ""
        self.query_one(Grid).filter("")
        self._narrow(**ALL_IN._asdict())

    def action_stage(self) -> None:
        """Choose a stage."""
        self._choose("Deals of which stage", (deal.stage for deal in self._deals), "stage")

    def action_owner(self) -> None:
        """Choose an owner."""
        self._choose("Whose deals", (deal.owner or NOBODY for deal in self._deals), "owner")

    def action_larger(self) -> None:
        """Ask for the amount."""

        def answered(text: str) -> None:
            amount = entered(text, None)
            if amount is not None and amount < Amount(0):
                raise UsageProblem("Every deal is worth more than that", expected="an amount such as 50k")
            self._narrow(larger_than=amount)

        self.ask(" only deals of more than (nothing: all): ", answered)

    def _choose(self, title: str, names: Iterable[str | None], field: str) -> None:
        counted = Counter(name for name in names if name is not None)
        known = sorted(counted, key=str.casefold)
        choices = [Choice(_ALL, "All")]
        choices += [Choice(str(n), name, f"{show.count(counted[name])} open") for n, name in enumerate(known)]

        def answered(value: str | None) -> None:
            if value is not None:
                self._narrow(**{field: None if value == _ALL else known[int(value)]})

        self.app.push_screen(Picker(title, choices), answered)

    def _narrow(self, **changes: object) -> None:
        self._filters = Filters(**{**self._filters._asdict(), **changes})
        self._show_filtered()
        self.refresh_bindings()

    def _show_filtered(self) -> None:
        filters = self.filters
        self._model.say_when_empty(self._why_empty())
        self._model.replace([deal for deal in self._deals if filters.let_in(deal)])
        self.query_one(Grid).reload()
        self._tell()

    def _why_empty(self) -> str:
        if self._deals:
            key = "z" if all(deal.omitted for deal in self._deals) else "x"
            which = "those that the forecast leaves out" if key == "z" else "all that count"
            return f"None of {show.count(len(self._deals))} open deals is shown: {key} shows {which}."
        if self.shell.view.scope != "company":
            return f"{self.shell.scope_label()} has no open deals on {self.shell.view.as_of}. S sees others."
        return _NO_DEALS

    def _tell(self) -> None:
        shown = worth(self._model.row(number) for number in range(self._model.row_count))
        title = f" {self.shell.scope_label()} · Open pipeline "
        words = " · ".join([*_words(self.filters), *([f"with “{self._text}”"] if self._text else [])])
        first: Row = (Span(title, "strong"), Span(f"· {words} " if words else "", "current"))
        told = [
            f" {show.count(shown.deals)} {'deal' if shown.deals == 1 else 'deals'} {show.money(shown.total, 'full')},"
            f" weighted {show.money(shown.weighted.scaled(1, step=_CENT), 'full')}",
        ]
        marks = [(shown.late, f"{LATE} {shown.late} past due"), (shown.idle, f"{IDLE} {shown.idle} idle")]
        told += [words for number, words in marks if number]
        without = sum(
            deal.amount is None and self.filters._replace(larger_than=None).let_in(deal) for deal in self._deals
        )
        if without and self.filters.larger_than is not None:
            first = (*first, Span(f"· {show.count(without)} without an amount left out ", "warn"))
        left_out = sum(deal.omitted for deal in self._deals)
        if left_out and not self._filters.with_omitted:
            first = (*first, Span(f"· {show.count(left_out)} omitted", "muted"))
        self.query_one(".title", Lines).show([first, (Span(" · ".join(told)),)])


def _words(filters: Filters) -> Iterable[str]:
    tellers: dict[str, Callable[[], str]] = {
        "stage": lambda: str(filters.stage),
        "owner": lambda: f"of {filters.owner}",
        "due_in": lambda: f"closing in {filters.due_in.label if filters.due_in else ''}",
        "larger_than": lambda: f"more than {show.money(filters.larger_than)}",
        "late": lambda: "past due",
        "idle": lambda: "not moved for 14 days",
        "with_omitted": lambda: "with omitted ones",
    }
    return [tell() for field, tell in tellers.items() if getattr(filters, field) not in (None, False)]
