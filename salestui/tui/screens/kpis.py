"""Performance › KPIs: every team and person of the scope with its KPIs; Enter shows the deals behind a number."""

from decimal import Decimal

from textual import on
from textual.app import ComposeResult

from salestui.metrics.catalog import KPIS, Unit
from salestui.metrics.kpis import KpiValue
from salestui.metrics.shown import shown
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.performance.board import BOARD, BoardRow
from salestui.tui.actions.action import Need
from salestui.tui.actions.performance import KPI_BOARD
from salestui.tui.navigation import View
from salestui.tui.screens.figures import MARKS, TONES
from salestui.tui.screens.on_a_table import CellPage
from salestui.tui.sources.opening import key_of, source_of
from salestui.tui.sources.performance import PerformanceSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, Moved
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span

_TITLES = {
    "attainment": "Quota",
    "bookings": "Bookings",
    "win_rate": "Win",
    "average_deal": "Avg deal",
    "sales_cycle": "Cycle",
    "open_pipeline": "Pipeline",
    "coverage": "Cover",
    "growth": "Growth",
}


def _field(index: int, key: str) -> Field[BoardRow]:
    unit: Unit = KPIS[key].unit

    def value(row: BoardRow) -> Decimal | None:
        return row.kpis[index].value

    def text(found: Decimal) -> str:
        return shown(found, unit).removesuffix(" days").removesuffix(" day")

    def tone(row: BoardRow) -> Tone:
        level = row.kpis[index].level
        return "normal" if level is None else _GRID_TONES[level]

    def mark(row: BoardRow) -> str:
        level = row.kpis[index].level
        return MARKS[level] if level else " "

    return Field(key, _TITLES[key], kind="number", value=value, show=text, tone=tone, mark=mark)


_NO_NUMBERS = "There are no people and no numbers yet. Load your own with: salestui import FOLDER"
_GRID_TONES: dict[str, Tone] = {"good": "good", "watch": "warn", "bad": "bad"}
_NAME: Field[BoardRow] = Field("name", "Team or person", width=26, frozen=True, value=lambda row: row.place.scope.name)
FIELDS: tuple[Field[BoardRow], ...] = (_NAME, *(_field(index, key) for index, key in enumerate(BOARD)))


class Kpis(CellPage[tuple[BoardRow, ...]]):
    """The KPI board."""

    MODE = "performance"
    CONTEXT = KPI_BOARD
    HELP = "every team and person with their key figures; Enter on a number shows the deals behind it."
    CSS_PATH = sheet("performance")

    def __init__(self) -> None:
        super().__init__()
        self._parents: dict[str, str | None] = {}
        self._model: ListModel[BoardRow] = ListModel(
            (),
            FIELDS,
            key=_key,
            parent=lambda row: self._parents.get(_key(row)),
            empty=_NO_NUMBERS,
        )

    def body(self) -> ComposeResult:
        """The board, and a line that explains the number under the cursor."""
        yield Grid(self._model, cursor="cell")
        yield Lines(classes="explained")

    def read(self, view: View) -> tuple[BoardRow, ...]:
        """The board of the scope."""
        return source_of(self, PerformanceSource).board(view)

    def show(self, reading: tuple[BoardRow, ...]) -> None:
        """Show it."""
        rows = reading if any(kpi.n for row in reading for kpi in row.kpis) or len(reading) > 1 else ()
        self._parents = _parents(rows)
        if self.shell.view.scope != "company":
            label, period = self.shell.scope_label(), self.shell.view.period.label
            self._model.say_when_empty(f"{label} has no numbers in {period}. S sees others, P another period.")
        else:
            self._model.say_when_empty(_NO_NUMBERS)
        self._model.replace(rows)
        grid = self.query_one(Grid)
        grid.reload()
        grid.focus()
        self._explain()

    def meets(self, need: Need) -> bool:
        """Whether there is a number under the cursor."""
        return self._under_cursor() is not None

    @on(Moved)
    def _explain(self) -> None:
        under = self._under_cursor()
        self.query_one(".explained", Lines).show([() if under is None else explanation(*under)])

    def _under_cursor(self) -> tuple[BoardRow, KpiValue] | None:
        cursor = self.query_one(Grid).cursor
        if cursor is None or cursor[1] not in BOARD:
            return None
        row = self._model.row_of(cursor[0])
        if row is None:
            return None
        found = self._model.row(row)
        return found, found.kpis[BOARD.index(cursor[1])]

    @on(Chosen)
    def open_deals(self, event: Chosen) -> None:
        """Show the deals behind the number; on a name, go into that team or person."""
        row = self._model.row_of(event.row_key)
        if row is None:
            return
        scope = self._model.row(row).place.scope
        if event.column_key in BOARD:
            from salestui.tui.screens.deals import Deals

            self.app.push_screen(Deals(scope, event.column_key))
        else:
            self.shell.action_scope(key_of(scope))


def _key(row: BoardRow) -> str:
    return key_of(row.place.scope)


def _parents(rows: tuple[BoardRow, ...]) -> dict[str, str | None]:
    """Each row's row above, told by the depths of rows in order."""
    parents: dict[str, str | None] = {}
    path: list[tuple[int, str]] = []
    for row in rows:
        while path and path[-1][0] >= row.depth:
            path.pop()
        parents[_key(row)] = path[-1][1] if path else None
        path.append((row.depth, _key(row)))
    return parents


def explanation(row: BoardRow, value: KpiValue) -> tuple[Span, ...]:
    """What the number is made of and how it stands, in one line."""
    kpi = KPIS[value.id]
    spans = [Span(f" {row.place.scope.name} · {value.title} ", "strong"), Span(shown(value.value, value.unit))]
    if value.denominator is not None and value.numerator is not None and value.value is not None:
        spans.append(Span(f" = {_part(value.numerator)} ÷ {_part(value.denominator)}", "muted"))
    if value.n is not None and value.unit != "count":
        spans.append(Span(f" · n {show.count(value.n)}", "muted"))
    if value.expected is not None:
        spans.append(Span(f" · by now {shown(value.expected, value.unit)}", "muted"))
    if value.status:
        spans.append(Span(f" · {value.status}", TONES[value.level] if value.level else "muted"))
    else:
        spans.append(Span(f" · {kpi.note}", "muted"))
    return tuple(spans)


def _part(number: Decimal) -> str:
    return show.money(Amount(number))
