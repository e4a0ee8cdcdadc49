"""Planning › Objectives: what is to be reached, beside last year, quotas, forecast and actuals."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import cast

from textual import on, work
from textual.app import ComposeResult

from salestui.forecasting.series import Engine, Forecast
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine
from salestui.model.values import show
from salestui.planning.forecasts import FEWEST_MONTHS, HORIZON, History, answer
from salestui.planning.objectives.asked import Asked, asked
from salestui.planning.objectives.queries import Objective, ObjectivesView, Standing
from salestui.planning.objectives.rules import KINDS, kind_of, period_of, reason_of
from salestui.tui import commands, periods
from salestui.tui.actions.action import Need
from salestui.tui.actions.objectives import OBJECTIVES
from salestui.tui.background import Background, Doing, Stopped
from salestui.tui.navigation import View
from salestui.tui.screens.objective_acts import SUBJECT, ObjectiveActs
from salestui.tui.screens.objective_model import STATES, Expected, ObjectiveLine, ObjectiveModel
from salestui.tui.screens.on_a_table import CellPage
from salestui.tui.screens.picker import Picker
from salestui.tui.sources.objectives import ObjectivesReading, lens_of
from salestui.tui.styles import sheet
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

_LEADS = (" target", " growth, such as 12%")
"""What is asked for, of an amount and of a growth."""


class Objectives(ObjectiveActs[ObjectivesReading], CellPage[ObjectivesReading]):
    """The objectives of a fiscal year."""

    MODE = "planning"
    CONTEXT = OBJECTIVES
    HELP = "what is to be reached, and what is missing of it; Enter opens an objective's page."
    READS = frozenset({SUBJECT, "quotas", "organisation", "ledger"})
    CSS_PATH = sheet("planning")

    def __init__(self, engine: Engine | None = None, background: Doing | None = None) -> None:
        """Forecast with this engine, somewhere in the background."""
        super().__init__()
        self._engine = engine or StatsmodelsEngine()
        self._background = background or Background()
        self._shown: ObjectivesReading | None = None
        self._model = ObjectiveModel(self.aim)
        self._computing = ""
        self._add_once_read = False
        self._added: Asked | None = None

    def body(self) -> ComposeResult:
        """Which year this is, and the objectives."""
        yield Lines(classes="title")
        yield Grid(self._model, cursor="cell", status=True)

    def read(self, view: View) -> ObjectivesReading:
        """The objectives of the year."""
        return self._source.objectives(view)

    def show(self, reading: ObjectivesReading) -> None:
        """Show them."""
        self._shown = reading
        self._model.calendar = self.shell.company.calendar
        self._model.first_words = first_words(reading.view)
        self._show_lines()
        self._go_to_added(reading.view)
        if self.focused is None:
            self.set_focus(self.query_one(Grid))
        if self._add_once_read:
            self._add_once_read = False
            self.action_add()

    def _go_to_added(self, view: ObjectivesView) -> None:
        """Put the cursor on what was added just now."""
        added, self._added = self._added, None
        here = [each.objective for each in view.standings if _is_of(each.objective, added)]
        if here:
            self.query_one(Grid).move_to(here[-1].key)

    def _show_lines(self) -> None:
        if self._shown is None:
            return
        self._model.replace([self._line(standing) for standing in self._shown.view.standings])
        self.query_one(Grid).reload()
        self.query_one(".title", Lines).show([title(self._shown.view, self._computing)])
        self.refresh_bindings()

    def _line(self, standing: Standing) -> ObjectiveLine:
        return ObjectiveLine(standing, self._forecast_of(standing))

    def _forecast_of(self, standing: Standing) -> Expected:
        objective = standing.objective
        if objective.measure != "bookings":
            return Expected(None, "only bookings are forecast")
        if standing.over:
            return Expected(None, f"{objective.period.label} is over")
        history = self._history(standing)
        if history is None:
            return Expected(None, "the company, teams and people have forecasts")
        if not history.is_enough:
            return Expected(None, f"a forecast needs {FEWEST_MONTHS} complete months with sales")
        forecast = self._source.computed.get(history.series)
        if forecast is None:
            return Expected(None, "not forecast yet: c computes it")
        found = answer(history, forecast, objective.period)
        if found is None:
            return Expected(None, f"{objective.period.label} is beyond what is forecast")
        inner = next((each for each in found.ranges if each.level == 80), None)
        told = "" if inner is None else f" (80%: {show.money(inner.low)} to {show.money(inner.high)})"
        return Expected(found.middle, told)

    def _history(self, standing: Standing) -> History | None:
        return None if self._shown is None else self._shown.histories.get(standing.objective.scope.key)

    def _to_compute(self) -> list[History]:
        """What a forecast is wanted of and not known, each once."""
        if self._shown is None:
            return []
        open_ones = [s for s in self._shown.view.standings if s.objective.measure == "bookings" and not s.over]
        found = {h.series: h for s in open_ones if (h := self._history(s)) is not None and h.is_enough}
        return [history for series, history in found.items() if self._source.computed.get(series) is None]

    def meets(self, need: Need) -> bool:
        """Whether there is something to compute, or being computed, or an objective in that state."""
        if need.name == "computing":
            return bool(self._computing)
        if need.name == "to compute":
            return not self._computing and bool(self._to_compute())
        return super().meets(need)

    @property
    def in_view(self) -> Standing | None:
        """The objective under the cursor."""
        number = self._model.row_of(self.row_key) if self.cursor else None
        return None if number is None else self._model.row(number).standing

    @on(Grid.Moved)
    def dim(self) -> None:
        """Dim what cannot be done to the objective under the cursor."""
        self.refresh_bindings()

    @on(Chosen)
    def open_page(self, event: Chosen) -> None:
        """Open the objective's page."""
        from salestui.tui.screens.objective import ObjectivePage

        number = self._model.row_of(event.row_key)
        if number is not None:
            self.app.push_screen(ObjectivePage(int(event.row_key), self._model.row(number).forecast))

    def action_edit(self) -> None:
        """Edit the target in place; what is typed first replaces it."""
        grid, standing = self.query_one(Grid), self.in_view
        if standing is not None:
            grid.move_to(standing.objective.key, "amount")
            grid.edit_anew()

    def action_add(self) -> None:
        """Ask what kind of objective, whose, of when, how much and why."""
        if self._shown is None:
            self._add_once_read = True
            return

        def answered(text: str) -> None:
            self.call_next(self._ask_scope, kind_of(text or KINDS[0]))

        self.ask(f" what kind [{KINDS[0]}]: ", answered, typed=lambda text: commands.matching(text, KINDS))

    def _ask_scope(self, kind: str) -> None:
        reading = self._shown
        if reading is None:
            return
        usual = self.shell.scope_label()
        names = list(dict.fromkeys(scope.name for scope in reading.view.scopes))

        def chosen(name: str | None) -> None:
            if name is not None:
                self._ask_period(kind, name)

        offered = [Choice(name, name) for name in names]
        title, nothing = f"Whose objective of {kind}?", "Nobody is called that, no team, territory or product line."
        self.app.push_screen(Picker(title, offered, mark=usual, nothing=nothing), chosen)

    def _ask_period(self, kind: str, scope: str) -> None:
        reading = self._shown
        if reading is None:
            return
        lens, usual = lens_of(self.shell.view, self.shell.company.calendar), reading.view.year.label
        labels = list(dict.fromkeys([usual, *periods.labels(lens.calendar, lens.on)]))

        async def answered(text: str) -> None:
            period_of(lens, text or usual)
            what = asked(lens, reading.view.scopes, kind, None, scope, text or usual)
            await self._ask_target(what)

        self.ask(f" of when [{usual}]: ", answered, typed=lambda text: commands.matching(text, labels))

    async def _ask_target(self, what: Asked) -> None:
        before = await asyncio.to_thread(self._source.last_year, self.shell.view, what)
        if what.kind == "growth" and before.stands_in:
            self._ask_base(what, before.stands_in)
            return
        when = before.stands_in or "a year before"
        known = before.why if before.amount is None else f"{when} {show.money(before.amount)}"
        self._ask_amount(what, f"{_LEADS[what.kind == 'growth']} ({known}): ", None)

    def _ask_base(self, what: Asked, usual: str) -> None:
        """Ask what to grow from, where the year before is not over."""

        async def answered(text: str) -> None:
            base = await asyncio.to_thread(self._source.base, self.shell.view, what, text)
            known = f"{show.money(base.amount)} of {base.period.label}"
            self._ask_amount(what, f"{_LEADS[True]}, on {known}: ", base.period.label)

        self.ask(f" grown from [{usual}]: ", answered)

    def _ask_amount(self, what: Asked, question: str, base: str | None) -> None:
        async def answered(text: str) -> None:
            target = await asyncio.to_thread(self._source.target, self.shell.view, what, text, base)

            def because(reason: str) -> None:
                reason = reason_of(reason)
                self._added = what
                self._change(lambda: self._source.add_objective(what, target, reason))

            self.ask(f" {show.money(target.amount, 'full')}, why: ", because)

        self.ask(question, answered)

    def action_compute(self) -> None:
        """Compute what is not known."""
        self._compute(self._to_compute())

    @work(exclusive=True, exit_on_error=False, group="forecast", description="forecast")
    async def _compute(self, histories: Sequence[History]) -> None:
        try:
            for number, history in enumerate(histories):
                self._tell(f"forecast {number + 1} of {len(histories)}")
                pieces = self._engine.parts(history.series, HORIZON)
                fits = await self._background.do(pieces, lambda done: None)
                last = partial(self._engine.combine, history.series, HORIZON, fits)
                (forecast,) = await self._background.do([last], lambda done: None)
                self._source.computed.keep(history.series, cast(Forecast, forecast))
        except Stopped:
            pass
        finally:
            self._tell("")

    def _tell(self, computing: str) -> None:
        """One line that says how far it is."""
        if self.is_attached:
            self._computing = computing
            self._show_lines()

    def action_stop(self) -> None:
        """End the computing at once."""
        self._background.end()

    def on_unmount(self) -> None:
        """Leave no process behind."""
        self._background.end()


def _is_of(objective: Objective, what: Asked | None) -> bool:
    if what is None:
        return False
    named = objective.measure, objective.scope.key, objective.period.label
    return named == (what.measure, what.scope.key, what.period.label)


def title(view: ObjectivesView, computing: str) -> Row:
    """Which year this is, and how its objectives stand."""
    row = [Span(" Planning › Objectives ", "strong"), Span(f" {view.year.label}")]
    counts = Counter(standing.objective.state for standing in view.standings)
    told = [f"{STATES[state]} {counts[state]} {state}" for state in ("approved", "submitted", "draft") if counts[state]]
    if computing:
        return *row, Span(f" · computing {computing}… x stops it", "warn")
    row.append(Span("".join(f" · {words}" for words in told), "muted"))
    if view.elsewhere and view.standings:
        row.append(Span(f" · also of {', '.join(view.elsewhere)}", "muted"))
    return tuple(row)


def first_words(view: ObjectivesView) -> str:
    """What to do where there is no objective."""
    others = f" There are some of {', '.join(view.elsewhere)}: P chooses the period." if view.elsewhere else ""
    return (
        f"No objective for {view.year.label} yet. a adds the first: what the company is to sell, to contribute or to"
        f" grow by, and why.{others}"
    )
