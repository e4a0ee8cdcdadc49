"""Planning › Quotas › Submissions: who has handed in what, beside the quotas, and who has not yet."""

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.planning.quotas.queries.cell import At
from salestui.planning.quotas.queries.handed_in import HandedIn, HandedInView
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_beside import QuotaBesideSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span


def _is_due(row: HandedIn) -> bool:
    """Whether somebody sits there who has a quota, and has handed nothing in."""
    return not row.is_team and row.submitted is None and row.is_asked


def _tone(row: HandedIn) -> Tone:
    if row.is_team:
        return "total"
    return "warn" if _is_due(row) else "muted" if row.submitted is None else "normal"


def _state(row: HandedIn) -> str:
    if row.is_team or (row.submitted is not None and row.months < row.of):
        return f"{row.months} of {row.of}{'' if row.is_team else ' mo'}"
    if row.submitted is not None:
        return "all"
    return "not yet" if _is_due(row) else "vacant" if row.vacant else "no quota"


def _state_mark(row: HandedIn) -> str:
    return "○" if _is_due(row) else "↥" if row.submitted is not None and not row.is_team else " "


FIELDS: tuple[Field[HandedIn], ...] = (
    Field("label", "Seat", width=24, frozen=True, tone=lambda row: "total" if row.is_team else "normal"),
    Field("state", "In", value=_state, tone=_tone, mark=_state_mark),
    Field("submitted", "Handed in", kind="number", show=show.exact),
    Field("quota", "Quota", kind="number", show=show.exact),
    Field("gap", "Gap", kind="number", show=show.exact),
    Field("target", "Target", kind="number", show=show.exact),
    Field("who", "Who", width=10),
    Field("at", "When", width=12, show=lambda at: f"{at:%d %b %H:%M}"),
    Field("note", "Note"),
)


class QuotaSubmissions(RowPage[HandedInView]):
    """A page over the quotas; Esc goes back."""

    MODE = "planning"
    HELP = "figures handed in from below beside the quotas; Gap is the quotas of those figures less them."
    READS = frozenset({"quotas", "quota locks", "quota targets", "objectives", "organisation"})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._shown: HandedInView | None = None
        self._model: ListModel[HandedIn] = ListModel(
            (),
            FIELDS,
            key=lambda row: row.key,
            parent=lambda row: row.above,
            empty="There is no plan for this year yet.",
        )

    def body(self) -> ComposeResult:
        """How many have, and the table."""
        yield Lines(classes="title")
        yield Grid(self._model, status=True)

    def read(self, view: View) -> HandedInView:
        """Who has handed in what."""
        return source_of(self, QuotaBesideSource).quotas_handed_in(view)

    def show(self, reading: HandedInView) -> None:
        """Show it."""
        self._shown = reading
        self._model.replace(reading.rows)
        self.query_one(".title", Lines).show([title(reading)])
        grid = self.query_one(Grid)
        grid.reload()
        if self.focused is None:
            grid.focus()

    @on(Chosen)
    def open_year(self) -> None:
        """Open the page of the seat's year."""
        if self._shown is None or not self._model.row_count:
            return
        from salestui.tui.screens.quota_cell import QuotaCell

        row = self._model.row(self.query_one(Grid).row)
        self.app.push_screen(QuotaCell(At(row.key, 0, 11), row.label, self._shown.year.label))


def title(view: HandedInView) -> Row:
    """How many seats have handed in, and how far what they did is from the quotas and from the target."""
    where = Span(" Submissions ", "strong")
    if view.plan is None or not view.rows:
        return where, Span(f" {view.year.label}")
    seats = [row for row in view.rows if not row.is_team]
    handed_in = sum(row.submitted is not None for row in seats)
    told = f" {view.plan.label} · {handed_in} of {sum(row.is_asked for row in seats)} seats in"
    top = view.rows[0]
    if top.submitted is not None:
        told += f" · ↥ {show.money(top.submitted)}, gap of those {show.money(top.gap)}"
        if top.target is not None:
            told += f", to target {show.money(top.target - top.submitted)}"
    return where, Span(told)
