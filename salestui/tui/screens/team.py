"""People › Team: who sits where, since when, and how everybody stands; vacant seats among them."""

from textual import on
from textual.app import ComposeResult

from salestui.metrics.shown import shown
from salestui.model.values import show
from salestui.people.roster import RosterRow
from salestui.tui.actions.staffing import TEAM
from salestui.tui.navigation import View
from salestui.tui.screens.figures import MARKS, TONES
from salestui.tui.screens.team_acts import TeamActs
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.people import PeopleSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, Moved
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Row, Span

_GRID_TONES: dict[str, Tone] = {"good": "good", "watch": "warn", "bad": "bad"}
_VACANT = "vacant"
_PLANNED = "planned"


def _name_tone(row: RosterRow) -> Tone:
    return "warn" if row.is_vacant else "normal"


def _level_tone(row: RosterRow) -> Tone:
    return _GRID_TONES[row.attainment.level] if row.attainment and row.attainment.level else "normal"


def _level_mark(row: RosterRow) -> str:
    return MARKS[row.attainment.level] if row.attainment and row.attainment.level else " "


FIELDS: tuple[Field[RosterRow], ...] = (
    Field(
        "name",
        "Person",
        width=24,
        frozen=True,
        value=lambda row: (_PLANNED if row.planned else _VACANT) if row.is_vacant else row.name,
        tone=_name_tone,
        mark=lambda row: "○" if row.is_vacant else " ",
    ),
    Field("title", "Seat", width=19),
    Field("since", "Since", kind="date", width=10),
    Field("quota", "Quota", kind="number", show=show.money),
    Field(
        "attained",
        "Attained",
        kind="number",
        value=lambda row: row.attainment.value if row.attainment else None,
        show=show.percent,
        tone=_level_tone,
        mark=_level_mark,
    ),
    Field("team", "Team", width=14),
    Field("territory", "Territory", width=18),
    Field("hired_on", "Hired", kind="date", width=10),
)


class Team(TeamActs):
    """The roster as of the day everything is seen from."""

    MODE = "people"
    CONTEXT = TEAM
    HELP = "everybody in the scope by teams, with vacant and planned seats; Enter opens a person's page."
    CSS_PATH = sheet("people")

    def __init__(self) -> None:
        super().__init__()
        self._model: ListModel[RosterRow] = ListModel(
            (),
            FIELDS,
            key=lambda row: row.key,
            parent=lambda row: row.above,
            empty="There are no seats yet. Load your own with: salestui import FOLDER",
        )

    def body(self) -> ComposeResult:
        """How many there are, the roster, and a line about who is under the cursor."""
        yield Lines(classes="summary")
        yield Grid(self._model)
        yield Lines(classes="explained")

    def read(self, view: View) -> tuple[RosterRow, ...]:
        """The roster of the scope."""
        return source_of(self, PeopleSource).roster(view)

    def show(self, reading: tuple[RosterRow, ...]) -> None:
        """Show it."""
        self.query_one(".summary", Lines).show([summary(reading)])
        self._model.replace(reading)
        grid = self.query_one(Grid)
        grid.reload()
        if self.focused is None:
            grid.focus()
        self._explain()

    @on(Moved)
    def _explain(self) -> None:
        row = self.in_view
        self.query_one(".explained", Lines).show([() if row is None else explanation(row)])
        self.refresh_bindings()

    @property
    def in_view(self) -> RosterRow | None:
        """The seat under the cursor, and who sits there."""
        number = self._model.row_of(self.cursor) if self.cursor else None
        return None if number is None else self._model.row(number)

    def leading(self, row: RosterRow) -> int | None:
        """The seat that leads the team in which a row stands, or that the row itself is."""
        number = None if row.leads or row.above is None else self._model.row_of(row.above)
        return row.seat if row.leads else None if number is None else self._model.row(number).seat

    @on(Chosen)
    def open_person(self) -> None:
        """Open the page of who is under the cursor."""
        row = self.in_view
        if row is None:
            return
        if row.person is None:
            self.say(f"{row.title}: {_nobody(row)}. o seats somebody.")
            return
        from salestui.tui.screens.person import PersonPage

        self.app.push_screen(PersonPage(row.person))


def summary(rows: tuple[RosterRow, ...]) -> Row:
    """How many people and seats there are, and how many of those are vacant."""
    seats = {row.seat for row in rows if row.planned is None}
    people = {row.person for row in rows if row.person is not None}
    vacant = sum(row.is_vacant and row.planned is None for row in rows)
    planned = len({row.seat for row in rows if row.planned})
    if not rows:
        return ()
    told = f" {_number(len(people), 'person', 'people')} in {_number(len(seats), 'seat', 'seats')}"
    spans = [Span(told)]
    if vacant:
        spans.append(Span(f" · ○ {vacant} vacant", "warn"))
    if planned:
        spans.append(Span(f" · {planned} planned", "muted"))
    return tuple(spans)


def explanation(row: RosterRow) -> Row:
    """Who it is, and how the quota stands, in one line."""
    if row.is_vacant:
        spans = [Span(f" {row.title} ", "strong"), Span(f"· {_what(row)}", "warn")]
        if row.coming is not None:
            spans.append(Span(f" · {row.coming.name} from {row.coming.start}"))
    else:
        spans = [Span(f" {row.name} ", "strong"), Span(f"· {row.title}")]
    value = row.attainment
    if value is None:
        return (*spans, Span(" · numbers are with the other seat", "muted"))
    whose = " the team" if row.leads else ""
    if value.value is not None:
        spans.append(Span(f" ·{whose} {shown(value.value, value.unit)} of {show.money(row.quota)}"))
    tone = TONES[value.level] if value.level else "muted"
    return (*spans, Span(f" · {value.status}", tone)) if value.status else tuple(spans)


def _since(row: RosterRow) -> str:
    return f" since {row.since.isoformat()}" if row.since else ", as far as is known ever since"


def _what(row: RosterRow) -> str:
    return f"planned from {row.planned}" if row.planned else f"vacant{_since(row)}"


def _nobody(row: RosterRow) -> str:
    return f"planned from {row.planned}" if row.planned else f"nobody sits there{_since(row)}"


def _number(number: int, one: str, many: str) -> str:
    return f"{show.count(number)} {one if number == 1 else many}"
