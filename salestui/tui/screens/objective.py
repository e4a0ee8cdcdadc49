"""An objective's page: the target by month, and who did what to it, when and why."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount, split
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.objectives.queries import MonthOf, Standing, Told
from salestui.planning.seasons.queries import Profile
from salestui.planning.seasons.rules import spread, weights_within
from salestui.tui.actions.action import Need
from salestui.tui.actions.objectives import OBJECTIVE
from salestui.tui.navigation import View
from salestui.tui.screens.objective_acts import SUBJECT, ObjectiveActs
from salestui.tui.screens.objective_facts import fact_lines
from salestui.tui.screens.objective_model import Expected, ObjectiveLine
from salestui.tui.screens.parts import Part, Parts
from salestui.tui.screens.picker import Picker
from salestui.tui.sources.objectives import ObjectiveReading
from salestui.tui.styles import sheet
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.lines import Lines

_MONTHS, _STORY = range(2)
_EVENLY = "evenly"


class MonthRow(NamedTuple):
    """A month of the objective: its part of the target beside what was."""

    label: str
    target: Amount
    actual: Amount | None
    last_year: Amount | None


MONTHS: tuple[Field[MonthRow], ...] = (
    Field("label", "Month", width=10),
    Field("target", "Target", kind="number", show=show.exact),
    Field("actual", "So far", kind="number", show=show.money),
    Field(
        "gap",
        "To go",
        kind="number",
        value=lambda row: None if row.actual is None else row.target - row.actual,
        show=show.money,
    ),
    Field("last_year", "Last year", kind="number", show=show.money),
)
STORY: tuple[Field[tuple[str, Told]], ...] = (
    Field("when", "When", width=16, value=lambda row: row[0]),
    Field("who", "Who", width=8, value=lambda row: row[1].who),
    Field("what", "What", width=21, value=lambda row: row[1].what),
    Field("why", "Why", width=22, value=lambda row: row[1].why),
)


class ObjectivePage(ObjectiveActs[ObjectiveReading]):
    """A page over the objectives; Esc goes back."""

    MODE = "planning"
    CONTEXT = OBJECTIVE
    HELP = "an objective: its target by month, and its story; Tab goes from part to part."
    READS = frozenset({SUBJECT, "quotas", "seasons"})
    CSS_PATH = sheet("planning")

    def __init__(self, objective: int, forecast: Expected) -> None:
        """The page of an objective, and what its forecast says."""
        super().__init__()
        self._key = objective
        self._forecast = forecast
        self._shown: ObjectiveReading | None = None
        self._profile: int | None = None
        self._months: ListModel[MonthRow] = ListModel((), MONTHS, key=lambda row: row.label, empty="No months.")
        self._story: ListModel[tuple[str, Told]] = ListModel(
            (), STORY, key=lambda row: f"{row[1].at} {row[1].what}", empty="Nothing was done to it."
        )

    def body(self) -> ComposeResult:
        """Facts, the months and the story."""
        yield Lines(classes="facts")
        yield Parts((Part("By month", self._months), Part("Story", self._story)))

    def read(self, view: View) -> ObjectiveReading:
        """The objective, as of the day everything is seen from."""
        return self._source.objective(view, self._key)

    def show(self, reading: ObjectiveReading) -> None:
        """Show it."""
        self._shown = reading
        self._story.replace([(f"{told.at:%Y-%m-%d %H:%M}", told) for told in reading.page.story])
        self._show_months()
        parts = self.query_one(Parts)
        parts.grids[_STORY].reload()
        parts.tell(_STORY, f"{len(reading.page.story)}")
        if self.focused is None:
            parts.grids[parts.current].focus()
        self._show_facts(reading.page.standing)

    def _show_months(self) -> None:
        if self._shown is None:
            return
        standing, profile = self._shown.page.standing, self._season
        self._months.replace(month_rows(standing, self._shown.page.months, profile, self.shell.company.calendar))
        parts = self.query_one(Parts)
        parts.grids[_MONTHS].reload()
        season = "" if profile is None else f"the season {profile.name} ({profile.rests_on})"
        parts.tell(_MONTHS, f"as {season} would spread it" if season else "if spread evenly")

    @property
    def _season(self) -> Profile | None:
        """The profile that was chosen, at first the first there is."""
        if self._shown is None or self._profile == 0:
            return None
        profiles = self._shown.profiles
        return next((each for each in profiles if each.id == self._profile), profiles[0] if profiles else None)

    @property
    def in_view(self) -> Standing | None:
        """The objective of the page."""
        return None if self._shown is None else self._shown.page.standing

    def meets(self, need: Need) -> bool:
        """Whether there is a profile to choose, or the objective is in that state."""
        if need.name == "profiles":
            return self._shown is not None and bool(self._shown.profiles)
        return super().meets(need)

    def action_profile(self) -> None:
        """Choose by which season the target is spread."""
        if self._shown is None:
            return
        choices = [Choice(_EVENLY, "Evenly")]
        choices += [Choice(str(each.id), each.name, each.rests_on) for each in self._shown.profiles]

        def answered(value: str | None) -> None:
            if value is not None:
                self._profile = 0 if value == _EVENLY else int(value)
                self._show_months()

        self.app.push_screen(Picker("By which season", choices), answered)

    def _show_facts(self, standing: Standing) -> None:
        rows = fact_lines(ObjectiveLine(standing, self._forecast))
        self.query_one(".facts", Lines).fill(rows)


def month_rows(
    standing: Standing, months: Sequence[MonthOf], profile: Profile | None, calendar: FiscalCalendar
) -> list[MonthRow]:
    """The target over its months, by a season or evenly; the parts sum to the target."""
    objective = standing.objective
    if profile is None:
        parts = split(objective.amount, [1] * len(months))
    else:
        parts = spread(objective.amount, weights_within(calendar, objective.period, profile.weights))
    return [
        MonthRow(month.period.label, part, month.actual, month.last_year)
        for month, part in zip(months, parts, strict=True)
    ]
