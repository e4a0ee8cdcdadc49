"""Planning › Fairness: everybody's quota beside own sales, the team, pay at target and what was reached before."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.show import NOTHING, money, percent, times
from salestui.planning.fairness.queries import FairnessView, Row
from salestui.planning.fairness.rules import FEWEST, Band, Equity, limits
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.sources.fairness import FairnessSource
from salestui.tui.sources.opening import source_of
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, Moved
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span, wrapped
from salestui.tui.widgets.lines import Row as Line

_LINES = 2
"""So many are kept for what is said of the row under the cursor."""


def _either(of_person: Callable[[Row], Any], of_team: Callable[[Equity], Any]) -> Callable[[Row], Any]:
    def value(row: Row) -> Any:
        return of_person(row) if row.equity is None else of_team(row.equity)

    return value


def _of(name: str) -> Callable[[Row], Decimal | None]:
    return lambda row: getattr(row.verdict, name, None)


def _likely(row: Row) -> str | None:
    if row.equity is not None:
        return f"{row.equity.likely}/{row.equity.judged}" if row.equity.judged else None
    if row.verdict is None or row.verdict.likely is None:
        return None
    return "yes" if row.verdict.likely else "no"


def _tone(row: Row) -> Tone:
    if row.equity is not None:
        return "total"
    return "warn" if row.verdict is not None and row.verdict.reasons else "normal"


def _attained(number: int) -> Callable[[Row], Decimal | None]:
    return lambda row: row.asked.attained[number] if row.asked is not None else None


def fields(view: FairnessView) -> tuple[Field[Row], ...]:
    """The columns: the years before that are over stand last."""
    return (
        Field(
            "name",
            "Person",
            width=20,
            frozen=True,
            tone=_tone,
            mark=lambda row: "!" if row.verdict is not None and row.verdict.reasons else " ",
        ),
        Field(
            "quota",
            "Quota",
            kind="number",
            value=_either(lambda row: row.asked and row.asked.quota, lambda team: team.quota),
            show=money,
        ),
        Field(
            "before",
            "Before",
            kind="number",
            value=_either(lambda row: row.asked and row.asked.before, lambda team: team.before),
            show=money,
        ),
        Field("asks", "Asks", kind="number", value=_either(_of("growth"), lambda team: team.growth), show=_twice),
        Field("team", "Of team", kind="number", value=_of("to_team"), show=_twice),
        Field("pay", "Of pay", kind="number", value=_of("to_earnings"), show=times),
        Field("likely", "Likely", align="right", value=_likely),
        *(
            Field(year.label, year.label, kind="number", value=_attained(number), show=percent)
            for number, year in enumerate(view.years)
        ),
    )


def _twice(ratio: Decimal) -> str:
    return times(ratio, 2)


class Fairness(RowPage[FairnessView]):
    """The fairness of a fiscal year's quotas."""

    MODE = "planning"
    HELP = "everybody's quota against own sales before, the team, pay at target and what was reached; ! stands out."
    WORDS = (
        ("Before", "booked in the months that the title names; nothing for who was not there all that time"),
        ("Asks", "the quota over own sales before: 1.10× asks 10% more than was sold"),
        ("Of team", "the quota over the median quota of the team"),
        ("Of pay", "the quota over a year's pay at target; who leads a team is paid for its number too, and has none"),
        ("Likely", "whether own sales, grown as everybody's did, come to the quota; of a team: how many of how many"),
        ("FY…", "what was reached of the quota of that year; only years that are over"),
        *(("!", limit) for limit in limits(Band())),
    )
    READS = frozenset({"quotas", "organisation", "sales", "people"})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._model: ListModel[Row] | None = None
        self._view: FairnessView | None = None

    def body(self) -> ComposeResult:
        """Which plan this is about, the people by teams, and a line about who is under the cursor."""
        yield Lines(classes="title")
        yield Grid(ListModel((), (Field("name", "Person"),), key=str, empty=""))
        yield Lines(classes="explained")

    def read(self, view: View) -> FairnessView:
        """Everybody of the scope."""
        return source_of(self, FairnessSource).fairness(view)

    def show(self, reading: FairnessView) -> None:
        """Show it."""
        grid = self.query_one(Grid)
        if self._model is not None and self._view is not None and self._view.years == reading.years:
            self._model.replace(reading.rows)
            grid.reload()
        else:
            self._model = ListModel(
                reading.rows,
                fields(reading),
                key=lambda row: row.key,
                parent=lambda row: row.above,
                empty="Nobody sits there in this year. Load your own people with: salestui import FOLDER",
            )
            grid.model = self._model
        self._view = reading
        self.query_one(".title", Lines).show([title(reading)])
        if self.focused is None:
            grid.focus()
        self._explain()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._explain()

    def _under_cursor(self) -> Row | None:
        if self._model is None or not self.cursor:
            return None
        number = self._model.row_of(self.cursor)
        return None if number is None else self._model.row(number)

    @on(Moved)
    def _explain(self) -> None:
        row = self._under_cursor()
        line = () if row is None or self._view is None else explanation(row, self._view)
        self.query_one(".explained", Lines).show(_on_two_lines(line, self.size.width))

    @on(Chosen)
    def open_person(self) -> None:
        """Open the page of who is under the cursor."""
        row = self._under_cursor()
        if row is not None and row.asked is not None:
            from salestui.tui.screens.person import PersonPage

            self.app.push_screen(PersonPage(int(row.key.split(":")[1])))


def title(view: FairnessView) -> Line:
    """Which plan this is about, how many stand out, and what the words mean."""
    where = Span(" Planning › Fairness ", "strong")
    if view.plan is None:
        return where, Span(f" {view.year.label}: no quotas yet; they are planned at "), Span("g q", "key")
    company = view.rows[0].equity if view.rows else None
    told = f" {view.plan.label} {view.plan.state} · before: {view.before.label}"
    if company is None or not company.people:
        return where, Span(told)
    out = (
        Span(f" · ! {company.outliers} of {company.people}", "warn") if company.outliers else Span(" · none stands out")
    )
    return where, Span(told), out


def _on_two_lines(line: Line, width: int) -> list[Line]:
    """The name and what is said of it, broken where it is too long for one line."""
    if not line:
        return [()]
    name, told = line
    first, *rest = wrapped(f"{name.text}{told.text}", width - 1, _LINES) if width else [f"{name.text}{told.text}"]
    return [(name, Span(first[len(name.text) :], told.tone)), *((Span(f" {text}", told.tone),) for text in rest)]


def explanation(row: Row, view: FairnessView) -> Line:
    """What stands behind the numbers of a row."""
    name = Span(f" {row.name} ", "strong")
    if row.equity is not None:
        return name, Span(_of_team(row.equity))
    if row.asked is None or row.verdict is None:
        return name, Span("· no quota", "muted")
    if row.verdict.reasons:
        return name, Span("· " + "; ".join(row.verdict.reasons), "warn")
    if row.asked.begins is not None:
        day = row.asked.begins
        return name, Span(f"· carries quota from {day.day} {day:%b %Y} on: not compared with whole years", "muted")
    if row.asked.before is None:
        return name, Span(f"· {row.asked.why_not}: own sales before are not comparable", "muted")
    told = f"· booked {money(row.asked.before)} in {view.before.label}, asked {money(row.asked.quota)}"
    pay = "" if row.asked.earnings is None else f" · pay at target {money(row.asked.earnings)}"
    return name, Span(told + pay)


def _of_team(team: Equity) -> str:
    if not team.people:
        return "· nobody has a quota"
    people = f"· {show.count(team.people)} with a quota"
    if team.lowest is None or team.highest is None:
        return people
    few = "" if team.people >= FEWEST else f" · too few to name outliers, {FEWEST} are wanted"
    spread = f" · asks {times(team.lowest, 2)} to {times(team.highest, 2)} of own sales"
    likely = f" · {team.likely} of {team.judged} likely to reach it" if team.judged else ""
    return f"{people}{spread}{likely}{few}" if team.judged else f"{people}{spread} · likely {NOTHING}{few}"
