"""Today: the quarter's picture, what needs the manager, where the cycle stands, and everybody against pace."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from salestui.model.values import show
from salestui.process.today import MOST_NEEDS, Standing, Step, TodayView
from salestui.process.today import Need as Task
from salestui.tui.actions.action import Need
from salestui.tui.actions.today import TODAY
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.figures import MARKS, figure_rows
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.today import TodaySource
from salestui.tui.styles import sheet
from salestui.tui.text import fitted
from salestui.tui.widgets.empty import BEGIN, Empty
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

_UNSAVED = "unsaved"
"""The goal of a line about what an earlier session left: the quotas of that year."""
_DONE = {"done": "✓", "partly": "◐", "open": "○"}
_TONES: dict[str, Tone] = {"good": "good", "watch": "warn", "bad": "bad"}


def _level(standing: Standing) -> Tone:
    return _TONES[standing.level]


STANDINGS: tuple[Field[Standing], ...] = (
    Field("name", "Furthest behind", frozen=True),
    Field("attainment", "Attainment", kind="number", show=show.percent, tone=_level, mark=lambda s: MARKS[s.level]),
    Field("bookings", "Booked", kind="number", show=show.money),
    Field("quota", "Quota", kind="number", show=show.money),
    Field("gap", "Gap", kind="number", value=lambda s: s.quota - s.bookings, show=show.money),
)


class Today(BaseScreen[TodayView]):
    """The first screen."""

    MODE = "today"
    CONTEXT = TODAY
    HELP = "how the period stands, what needs you, and who is behind."
    CSS_PATH = sheet("today")

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._people: ListModel[Standing] = ListModel(
            (), STANDINGS, key=lambda standing: str(standing.person), empty="Nobody here has a quota in this period."
        )

    def body(self) -> ComposeResult:
        """Figures, needs beside the cycle, and people."""
        yield Empty(classes="begin")
        yield Lines(classes="figures")
        yield Lines(classes="rule")
        with Horizontal(classes="middle"):
            yield Lines(classes="needs")
            yield Lines(classes="cycle")
        with Vertical(classes="people"):
            yield Grid(self._people)

    def at_hand(self, view: View) -> TodayView | None:
        """The picture that was read while the app was starting."""
        return source_of(self, TodaySource).today_at_hand(view)

    def read(self, view: View) -> TodayView:
        """The picture of the day."""
        return source_of(self, TodaySource).today(view)

    def show(self, reading: TodayView) -> None:
        """Show it."""
        self._view = reading
        self._begin(reading.is_empty)
        self._lay_out()
        self._people.replace(reading.standings)
        self.query_one(Grid).reload()
        if self.focused is None:
            self.query_one(Grid).focus()

    def _begin(self, empty: bool) -> None:
        """Say what to do first where there is nothing to show."""
        for widget in self.query("#body > *"):
            widget.display = widget.has_class("begin") == empty
        if empty:
            self.query_one(".begin", Empty).say(*BEGIN)

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._view is None or not self.size.width:
            return
        rows = figure_rows(self._view, self.size.width)
        self.query_one(".figures", Lines).fill(rows)
        self.query_one(".rule", Lines).show([(Span("─" * self.size.width, "muted"),)])
        self._show_middle(self._view)

    def _show_middle(self, view: TodayView) -> None:
        width = self.size.width * 6 // 10
        needs, cycle = need_rows(self._needs, width), cycle_rows(view.cycle)
        self.query_one(".middle").styles.height = max(len(needs), len(cycle)) + 1
        self.query_one(".needs", Lines).show(needs)
        self.query_one(".cycle", Lines).show(cycle)

    def meets(self, need: Need) -> bool:
        """Whether anything needs the manager."""
        return need.name == "needs" and bool(self._needs)

    @property
    def _needs(self) -> tuple[Task, ...]:
        """What an earlier session left unsaved, then what needs the manager."""
        left = tuple(Task(False, str(left), f"{_UNSAVED}:{left.year}") for left in self.shell.lefts)
        return (*left, *(() if self._view is None else self._view.needs))[:MOST_NEEDS]

    def left_changed(self) -> None:
        """Show it, or show it no more."""
        self._lay_out()
        self.refresh_bindings()

    @property
    def cursor(self) -> str:
        """The person under the cursor."""
        cursor = self.query_one(Grid).cursor
        return cursor[0] if cursor else ""

    def go_to(self, cursor: str) -> None:
        """Put the cursor back on that person."""
        self.query_one(Grid).move_to(cursor)

    async def action_need(self, number: int) -> None:
        """Go where that line of the list is dealt with."""
        if not 0 < number <= len(self._needs):
            self.say(f"There is no line {number} in the list.", "warn")
            return
        goal, _, detail = self._needs[number - 1].goal.partition(":")
        if (goal, detail) == ("pipeline", "late"):
            from salestui.performance.pipeline import Filters
            from salestui.tui.screens.pipeline import Pipeline

            self.app.push_screen(Pipeline(Filters(late=True), closing=True))
        elif goal == _UNSAVED:
            calendar, seen = self.shell.company.calendar, self.shell.view
            year = calendar.parse(detail, seen.as_of)
            if calendar.year_of(seen.period.start) != year:
                self.shell.look_through(seen._replace(period=year))
            await self.shell.go("quotas")
        elif goal == "person":
            from salestui.tui.screens.person import PersonPage

            self.app.push_screen(PersonPage(int(detail)))
        elif goal in self.shell.mode_names:
            await self.shell.go(goal)
            if detail and isinstance(self.shell.screen, BaseScreen):
                self.shell.screen.return_to(detail)
        else:
            self.say("Load newer files from the shell: salestui import FOLDER")

    @on(Chosen)
    def open_person(self, event: Chosen) -> None:
        """Open that person's page."""
        from salestui.tui.screens.person import PersonPage

        self.app.push_screen(PersonPage(int(event.row_key)))


def need_rows(needs: tuple[Task, ...], width: int) -> list[Row]:
    """What needs the manager, each with the keys that lead there."""
    rows: list[Row] = [(Span(" Needs you" if needs else " Nothing needs you.", "strong"),)]
    for number, need in enumerate(needs, 1):
        mark = Span(" ! ", "bad") if need.urgent else Span(" ○ ", "muted")
        rows.append((mark, Span(fitted(need.text, max(width - 8, 8))), Span(f" g {number}", "key")))
    return rows


def cycle_rows(cycle: tuple[Step, ...]) -> list[Row]:
    """Where the steps of the cycle stand."""
    if not cycle:
        return []
    rows: list[Row] = [(Span(" The cycle", "strong"),)]
    widest = max(len(step.name) for step in cycle)
    for step in cycle:
        mark = Span(f" {_DONE[step.done]} ", "good" if step.done == "done" else "warn")
        rows.append((mark, Span(f"{step.name:<{widest}} "), Span(step.text, "muted")))
    return rows
