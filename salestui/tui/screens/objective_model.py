"""Objectives as a table: each beside last year, quotas, forecast and actuals, with the gaps; drafts are typed into."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.entry import plain
from salestui.model.values.errors import UsageProblem
from salestui.planning.objectives.queries import Objective, Standing
from salestui.planning.objectives.rules import Base, Target, from_last_year, gap, grown, growth_of, typed_amount
from salestui.tui.screens.figures import MARKS
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone

STATES = {"draft": "○", "submitted": "◐", "approved": "✓", "superseded": "–"}
_TONES: dict[str, Tone] = {"good": "good", "watch": "warn", "bad": "bad"}


class Expected(NamedTuple):
    """What a forecast says, with its range in words; or why there is none."""

    amount: Amount | None
    told: str


class ObjectiveLine(NamedTuple):
    """An objective, how it stands, and what its forecast says."""

    standing: Standing
    forecast: Expected

    @property
    def objective(self) -> Objective:
        """The objective itself."""
        return self.standing.objective

    @property
    def to_forecast(self) -> Amount | None:
        """What the forecast leaves of the target."""
        return gap(self.objective.amount, self.forecast.amount)


def kind_text(objective: Objective) -> str:
    """`volume`, or `growth 12%`."""
    if objective.growth is None:
        return objective.kind
    percent = show.percent(objective.growth.decimal, 1).replace(".0%", "%")
    margin = " margin" if objective.measure == "margin" else ""
    return f"growth{margin} {percent}"


def _level_tone(line: ObjectiveLine) -> Tone:
    level = line.standing.level
    return _TONES[level] if level else "normal"


def _level_mark(line: ObjectiveLine) -> str:
    level = line.standing.level
    return MARKS[level] if level else " "


def _state_tone(line: ObjectiveLine) -> Tone:
    return "good" if line.objective.state == "approved" else "muted" if line.objective.state == "draft" else "warn"


def _money(key: str, title: str, value: Callable[[ObjectiveLine], Amount | None]) -> Field[ObjectiveLine]:
    return Field(key, title, kind="number", value=value, show=show.money)


FIELDS: tuple[Field[ObjectiveLine], ...] = (
    Field("scope", "Objective of", width=14, frozen=True, value=lambda line: line.objective.scope.name),
    Field("kind", "Kind", width=12, value=lambda line: kind_text(line.objective)),
    Field("period", "Period", width=7, value=lambda line: line.objective.period.label),
    Field(
        "state",
        "State",
        width=11,
        value=lambda line: f"v{line.objective.number} {line.objective.state}",
        tone=_state_tone,
        mark=lambda line: STATES[line.objective.state],
    ),
    _money("amount", "Target", lambda line: line.objective.amount),
    _money("actual", "So far", lambda line: line.standing.actual.amount),
    Field(
        "reached",
        "% met",
        kind="number",
        value=lambda line: line.standing.reached,
        show=show.percent,
        tone=_level_tone,
        mark=_level_mark,
    ),
    _money("to_go", "To go", lambda line: line.standing.to_go),
    _money("forecast", "Forecast", lambda line: line.forecast.amount),
    _money("to_forecast", "Forecast gap", lambda line: line.to_forecast),
    _money("assigned", "Assigned", lambda line: line.standing.assigned.amount),
    _money("to_assign", "To assign", lambda line: line.standing.to_assign),
    _money("last_year", "Last year", lambda line: line.standing.last_year.amount),
    Field(
        "growth",
        "Growth",
        kind="number",
        value=lambda line: line.standing.over_last_year,
        show=lambda ratio: f"{'+' if ratio > 0 else ''}{show.percent(ratio, 1)}",
    ),
)


class ObjectiveModel(ListModel[ObjectiveLine]):
    """The objectives of a year; `typed` is told of a draft's new target, as soon as it is one."""

    def __init__(self, typed: Callable[[Objective, Target], None]) -> None:
        super().__init__((), FIELDS, key=lambda line: line.objective.key, empty="")
        self._typed = typed
        self.first_words = ""
        self.calendar = FiscalCalendar()

    @property
    def empty(self) -> str:
        """What to do first."""
        return super().empty or self.first_words

    def editable(self, row: int, column: int) -> bool:
        """The target of a draft."""
        return self.columns[column].key == "amount" and self.row(row).objective.state == "draft"

    def edit_text(self, row: int, column: int) -> str:
        """The target as it is typed."""
        objective = self.row(row).objective
        return plain(objective.amount) if objective.growth is None else f"{percent_text(objective)}"

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Take another target for one draft."""
        if len({row for row, _ in cells}) > 1:
            raise UsageProblem("Each objective has a target of its own", remedy="Type into one of them.")
        line = self.row(cells[0][0])
        self._typed(line.objective, new_target(line.standing, text, self.calendar))

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """An objective has a target."""
        raise UsageProblem("An objective has a target", remedy="X drops a draft.")

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """One target."""
        if len(table) != 1 or len(table[0]) != 1 or not self.editable(row, columns[0]):
            raise UsageProblem("This does not fit", expected="one target, pasted over that of a draft")
        self.enter([(row, columns[0])], table[0][0])

    def describe(self, row: int, column: int) -> str:
        """What the number is made of, or why there is none."""
        line = self.row(row)
        told = _TELLERS.get(self.columns[column].key, _about)(line)
        return f"{line.objective.scope.name}: {told}"


def new_target(standing: Standing, text: str, calendar: FiscalCalendar) -> Target:
    """What typing a text makes of a target: of a growth another growth on the same base, else another amount.

    `=ly` is the base that the target goes on from, if it does from one.
    """
    objective, last_year = standing.objective, standing.last_year
    base = None
    if objective.base_period is not None and objective.base_amount is not None:
        base = Base(calendar.parse(objective.base_period, objective.period.start), objective.base_amount)
    if objective.growth is not None and base is not None:
        return grown(base, growth_of(text))
    if not from_last_year(text):
        return Target(typed_amount(text, objective.amount, None))
    if base is None and last_year.amount is not None:
        base = Base(calendar.parse(last_year.period, objective.period.start), last_year.amount)
    return Target(typed_amount(text, objective.amount, None if base is None else base.amount), None, base)


def percent_text(objective: Objective) -> str:
    """A growth as it is typed."""
    growth = objective.growth
    return "" if growth is None else f"{(growth.decimal * 100).normalize():f}%"


def target_text(objective: Objective) -> str:
    """The target in full, and what it is on if it goes on from something."""
    told = f"target {show.money(objective.amount, 'full')}"
    if objective.base_amount is None or objective.base_period is None:
        return told
    more = objective.amount.ratio(objective.base_amount) - 1
    share = percent_text(objective) or show.percent(abs(more), 1)
    word = "less" if objective.growth is None and more < 0 else "more"
    return f"{told} is {share} {word} than {show.money(objective.base_amount, 'full')} of {objective.base_period}"


def progress_text(standing: Standing) -> str:
    """What was booked, and how that is against pace."""
    if standing.actual.amount is None:
        return standing.actual.why
    told = f"{show.money(standing.actual.amount, 'full')} so far, {show.percent(standing.reached)} of the target"
    if standing.pace is None or standing.over:
        return told
    return f"{told}, pace {show.percent(standing.pace.share)}"


def _about(line: ObjectiveLine) -> str:
    return line.objective.reason


def _forecast(line: ObjectiveLine) -> str:
    amount, told = line.forecast
    return told if amount is None else f"forecast {show.money(amount, 'full')}{told}"


def _assigned(line: ObjectiveLine) -> str:
    assigned = line.standing.assigned
    if assigned.amount is None:
        return assigned.told
    return f"{show.money(assigned.amount, 'full')} in the {assigned.told}"


def _last_year(line: ObjectiveLine) -> str:
    known = line.standing.last_year
    if known.amount is None:
        return known.why
    return f"{show.cents(known.amount)} {f'in {known.stands_in}' if known.stands_in else 'a year before'}"


_TELLERS: dict[str, Callable[[ObjectiveLine], str]] = {
    "amount": lambda line: target_text(line.objective),
    **dict.fromkeys(("actual", "reached", "to_go"), lambda line: progress_text(line.standing)),
    **dict.fromkeys(("forecast", "to_forecast"), _forecast),
    **dict.fromkeys(("assigned", "to_assign"), _assigned),
    **dict.fromkeys(("last_year", "growth"), _last_year),
}
