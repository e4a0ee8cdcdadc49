"""Planning › Forecast: what the months to come will probably book, how sure that is, and whether it makes the quota."""

from functools import partial
from typing import TYPE_CHECKING, cast

from textual import events, work
from textual.app import ComposeResult

from salestui.forecasting.series import Engine, Forecast, Series
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine
from salestui.planning.forecasts import FEWEST_MONTHS, HORIZON, History, answer
from salestui.tui.actions.action import Need
from salestui.tui.actions.planning import FORECAST
from salestui.tui.background import Background, Doing, Stopped
from salestui.tui.navigation import View
from salestui.tui.screens.forecast_text import FIELDS, MonthRow, answer_row, figure, month_rows, notes, unanswered_row
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.sources.forecasts import Computed, ForecastsSource
from salestui.tui.sources.opening import source_of
from salestui.tui.styles import sheet
from salestui.tui.widgets.chart.widget import Chart
from salestui.tui.widgets.empty import BEGIN, Empty
from salestui.tui.widgets.grid.list_model import ListModel
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span, wrapped

if TYPE_CHECKING:
    from salestui.tui.widgets.chart.figures import Form

_ROOM_FOR_BOTH = 34
_NOTE_LINES = 2


class ForecastPage(RowPage[History]):
    """The forecast of the scope's bookings."""

    MODE = "planning"
    CONTEXT = FORECAST
    HELP = "what the coming months will probably book, and how likely the quota is."
    CSS_PATH = sheet("planning")

    def __init__(self, engine: Engine | None = None, background: Doing | None = None) -> None:
        """Forecast with this engine, somewhere in the background."""
        super().__init__()
        self._engine = engine or StatsmodelsEngine()
        self._background = background or Background()
        self._history: History | None = None
        self._computing: Series | None = None
        self._status = ""
        self._form: Form = "bars"
        self._as_table = False
        self._months: ListModel[MonthRow] = ListModel(
            (), FIELDS, key=lambda row: row.label, empty="There are no months to show."
        )

    def body(self) -> ComposeResult:
        """The answer in words, the chart, the months as a table, and what it rests on."""
        yield Empty(classes="begin")
        yield Lines(classes="title")
        yield Lines(classes="answers")
        yield Chart()
        yield Grid(self._months)
        yield Lines(classes="notes")

    def read(self, view: View) -> History:
        """The bookings by month."""
        return source_of(self, ForecastsSource).bookings_by_month(view)

    def show(self, reading: History) -> None:
        """Show what was; what will be is computed unless it is known."""
        self._history = reading
        if reading.is_enough and self._computed.get(reading.series) is None:
            if self._computing != reading.series:
                self._start()
        else:
            self._drop()
        self._lay_out()
        self.query_one(Grid).move_to(self._first_month(reading))

    def _first_month(self, history: History) -> str:
        """The month to forecast first; of a period that is over or has not begun, its first that is shown."""
        period, shown = self.shell.view.period, [*history.past, *history.ahead[: history.shown]]
        ahead = history.ahead[0].period
        if period.start <= ahead.end and ahead.start <= period.end:
            return ahead.label
        return next((month.period.label for month in shown if month.period.end >= period.start), ahead.label)

    @property
    def _forecast(self) -> Forecast | None:
        return None if self._history is None else self._computed.get(self._history.series)

    @property
    def _computed(self) -> Computed:
        return source_of(self, ForecastsSource).computed

    def _start(self) -> None:
        if self._history is not None:
            self._computing = self._history.series
            self._compute(self._history.series)

    def _drop(self) -> None:
        """What is being computed is not wanted any more."""
        self.workers.cancel_group(self, "forecast")
        self._computing = None

    @work(exclusive=True, exit_on_error=False, group="forecast", description="forecast")
    async def _compute(self, series: Series) -> None:
        pieces = self._engine.parts(series, HORIZON)
        self._tell(len(pieces), 0)
        try:
            fits = await self._background.do(pieces, partial(self._tell, len(pieces)))
            last = partial(self._engine.combine, series, HORIZON, fits)
            (forecast,) = await self._background.do([last], lambda done: None)
        except Stopped:
            self._say_stopped(series)
            return
        self._computed.keep(series, cast(Forecast, forecast))
        self._finish(series)

    def _tell(self, models: int, done: int) -> None:
        """One line that says how far it is; it is painted when it changes, and only then."""
        self._status = f"Fitting: {done} of {models} models…" if models else "Computing…"
        self._show_answers()

    def _say_stopped(self, series: Series) -> None:
        self._status = "Stopped."
        self._finish(series)

    def _finish(self, series: Series) -> None:
        if self._computing == series and self.is_attached:
            self._computing = None
            self._lay_out()
            self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """Use the room there is."""
        self._lay_out()

    def on_unmount(self) -> None:
        """Leave no process behind."""
        self._background.end()

    def _lay_out(self) -> None:
        history = self._history
        if history is None or not self.size.width:
            return
        both = self.size.height >= _ROOM_FOR_BOTH
        self.set_class(not both, "one")
        for widget in self.query("#body > *"):
            widget.display = widget.has_class("begin") != history.is_enough
        if not history.is_enough:
            self._say_what_is_needed(history)
            return
        chart, grid = self.query_one(Chart), self.query_one(Grid)
        chart.display, grid.display = both or not self._as_table, both or self._as_table
        self._months.replace(month_rows(history, self._forecast))
        grid.reload()
        title = (
            Span(" Planning › Forecast  ", "strong"),
            Span(history.scope.name),
            Span("  bookings by month", "muted"),
        )
        self.query_one(".title", Lines).show([title])
        self._show_answers()
        self._show_notes(history)
        chart.plot(figure(history, self._forecast, self._form, self.size.width))

    def _say_what_is_needed(self, history: History) -> None:
        sold = sum(bool(month.booked) for month in history.past)
        has = f"{history.scope.name} has {sold} so far" if sold else f"{history.scope.name} has none yet"
        begin = () if sold else BEGIN[1:]
        self.query_one(".begin", Empty).say(
            f"A forecast needs at least {FEWEST_MONTHS} complete months with sales: {has}.", *begin
        )

    def _show_answers(self) -> None:
        self.query_one(".answers", Lines).show(self._answers())

    def _answers(self) -> list[Row]:
        history, forecast = self._history, self._forecast
        if history is None:
            return []
        if forecast is None:
            registry = self.shell.registry
            stop, compute = (registry.keys_shown(registry[f"forecast.{name}"]) for name in ("stop", "compute"))
            hint = f" {stop} stops it." if self._computing else f" Press {compute} to compute it."
            return [(Span(f" {self._status}", "strong"), Span(hint, "muted"))]
        calendar, period = self.shell.company.calendar, self.shell.view.period
        year = calendar.year_of(period.start)
        found = [answer(history, forecast, each) for each in dict.fromkeys((period, year))]
        rows = [answer_row(each) for each in found if each is not None]
        return rows if found[0] is not None else [unanswered_row(history, period), *rows]

    def _show_notes(self, history: History) -> None:
        text = "" if self._forecast is None else notes(history, self._forecast)
        lines = wrapped(text, self.size.width - 2, _NOTE_LINES)
        self.query_one(".notes", Lines).show([(Span(f" {line}", "muted"),) for line in lines])

    def meets(self, need: Need) -> bool:
        """Whether something is being computed, or could be."""
        if need.name == "computing":
            return self._computing is not None
        wanted = self._history is not None and self._history.is_enough
        return wanted and (need.name == "history" or (self._computing is None and self._forecast is None))

    def action_stop(self) -> None:
        """End the computing at once."""
        self._background.end()

    def action_compute(self) -> None:
        """Compute what was stopped."""
        self._start()
        self.refresh_bindings()

    def action_table(self) -> None:
        """Show the months as a table, or the chart again."""
        self._as_table = not self._as_table
        self._lay_out()
        if self._as_table:
            self.query_one(Grid).focus()

    def action_form(self) -> None:
        """Draw the past as bars, or all of it as a line."""
        self._form = "line" if self._form == "bars" else "bars"
        self._lay_out()
