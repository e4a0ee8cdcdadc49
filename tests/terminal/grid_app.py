"""Small apps to measure: `python -m tests.terminal.grid_app KIND ROWS`, with made-up deals.

The kinds are grid, sheet, table, lines, bare and hostile.
"""

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable, Static

from salestui.tui.painting import ThriftyApp
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.nasty import PIECES
from tests.tui.widgets.grid.sheet_app import sheet_shell

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STAGES = ("Prospecting", "Qualified", "Proposal", "Won", "Lost")


def _month(month: int) -> Field[int]:
    return Field(MONTHS[month], MONTHS[month], kind="number", value=lambda deal: _amount(deal, month), show=_thousands)


def _amount(deal: int, month: int) -> int:
    return (deal * 7919 + month * 104729) % 900 + 100


def _thousands(amount: int) -> str:
    return f"{amount}k"


def _tone(deal: int) -> Tone:
    return "bad" if deal % 5 == 4 else "normal"


DEALS: tuple[Field[int], ...] = (
    Field("name", "Deal", value=lambda deal: f"Deal {deal:06}", frozen=True),
    Field("stage", "Stage", value=lambda deal: _STAGES[deal % 5], tone=_tone),
    *map(_month, range(len(MONTHS))),
)


class GridApp(ThriftyApp[None]):
    """The grid, with its cursor on a cell."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "redraw")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Just the grid."""
        yield Grid(ListModel(range(self._rows), DEALS, key=str, empty="No deals yet."), cursor="cell")


class TableApp(App[None]):
    """The same deals in Textual's own table; `e` puts another text into the cell under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("e", "edit")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Just the table."""
        yield DataTable[str](fixed_columns=1)

    def on_mount(self) -> None:
        """Fill it."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns(*(field.title for field in DEALS))
        table.add_rows([field.text(deal) for field in DEALS] for deal in range(self._rows))

    def action_edit(self) -> None:
        """Change one cell."""
        table: DataTable[str] = self.query_one(DataTable)
        table.update_cell_at(table.cursor_coordinate, str(table.get_cell_at(table.cursor_coordinate))[::-1])


class Lines(ScrollView, can_focus=True):
    """The least that a table of lines can do: a cursor that goes down and up, only its two lines painted again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "go(1)"), Binding("up", "go(-1)")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self._cursor = 0

    def on_mount(self) -> None:
        """As high as its rows."""
        self.virtual_size = Size(self.size.width, self._rows)

    def render_line(self, y: int) -> Strip:
        """A deal, the line of the cursor in reverse."""
        deal = y + self.scroll_offset.y
        style = Style(reverse=deal == self._cursor)
        amounts = (f"{_thousands(_amount(deal, month)):>8}" for month in range(len(MONTHS)))
        cells = (f"Deal {deal:06}", *amounts)
        return Strip([Segment(cell, style) for cell in cells]).crop(0, self.size.width)

    def action_go(self, rows: int) -> None:
        """Move the cursor."""
        before, self._cursor = self._cursor, min(max(self._cursor + rows, 0), self._rows - 1)
        for deal in (before, self._cursor):
            self.refresh(Region(0, deal - self.scroll_offset.y, self.size.width, 1))


class LinesApp(App[None]):
    """The bare table of lines: what any table on Textual's line API takes to answer a key."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Just the lines."""
        yield Lines(self._rows)


class BareApp(App[None]):
    """Nothing but a word: what every Textual app takes to start."""

    def __init__(self, rows: int) -> None:
        super().__init__()

    def compose(self) -> ComposeResult:
        """A word that the tables have too."""
        yield Static("Deal 000000")


class HostileApp(ThriftyApp[None]):
    """A table of names that no one should have."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        fields: tuple[Field[str], ...] = (
            Field("name", "Name", value=str, frozen=True),
            Field("again", "Again", value=str, width=12),
            Field("end", "End", value=lambda _: "end"),
        )
        self._model = ListModel(PIECES[:rows], fields, key=str, empty="No names.")

    def compose(self) -> ComposeResult:
        """Just the grid."""
        yield Grid(self._model)


if __name__ == "__main__":
    kind, count = sys.argv[1:]
    apps = {"grid": GridApp, "sheet": sheet_shell, "table": TableApp, "lines": LinesApp, "bare": BareApp}
    app = {**apps, "hostile": HostileApp}[kind](int(count))
    app.animation_level = "none"
    app.run()
