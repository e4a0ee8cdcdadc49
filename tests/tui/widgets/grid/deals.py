"""A few made-up deals and teams, and an app that shows them."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import App, ComposeResult

from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import GridMessage
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid


@dataclass(frozen=True)
class Deal:
    """A deal."""

    id: str
    name: str
    stage: str
    amount: int | None


DEALS = (
    Deal("a", "Quartz fleet", "Proposal", 410_000),
    Deal("b", "Harbour cranes", "Lost", 95_000),
    Deal("c", "Altona retrofit", "Won", None),
    Deal("d", "Bremen depot", "Proposal", 1_325_000),
)

FIELDS: tuple[Field[Deal], ...] = (
    Field("name", "Deal", frozen=True),
    Field("stage", "Stage", tone=lambda deal: "bad" if deal.stage == "Lost" else "normal"),
    Field("amount", "Amount", kind="number", show=lambda amount: f"{amount:,}"),
)


@dataclass(frozen=True)
class Seat:
    """A seat in the organisation."""

    id: str
    above: str | None
    quota: int


SEATS = (
    Seat("West", None, 1325),
    Seat("Ruiz", "West", 325),
    Seat("Chen", "West", 1000),
    Seat("East", None, 900),
    Seat("North-East", "East", 300),
    Seat("Okafor", "North-East", 300),
)

SEAT_FIELDS: tuple[Field[Seat], ...] = (
    Field("id", "Seat", frozen=True),
    Field("quota", "Quota", kind="number"),
)


def deals(rows: tuple[Deal, ...] = DEALS) -> ListModel[Deal]:
    """The deals as a table."""
    return ListModel(rows, FIELDS, key=lambda deal: deal.id, empty="No deals yet. Press i to import some.")


def seats() -> ListModel[Seat]:
    """The seats as a tree."""
    return ListModel(
        SEATS, SEAT_FIELDS, key=lambda seat: seat.id, parent=lambda seat: seat.above, empty="No seats yet."
    )


class GridApp(App[None]):
    """One grid on the whole screen, and what it said."""

    def __init__(self, model: GridModel, make: Callable[[GridModel], Grid] = Grid) -> None:
        super().__init__()
        self.animation_level = "none"
        self.grid = make(model)
        self.said: list[GridMessage] = []

    def compose(self) -> ComposeResult:
        """Just the grid."""
        yield self.grid

    @on(Grid.Chosen)
    @on(Grid.Moved)
    @on(Grid.Copied)
    @on(Grid.PasteAsked)
    @on(Grid.SearchAsked)
    @on(Grid.Searched)
    @on(Grid.FilterAsked)
    @on(Grid.Edited)
    @on(Grid.Refused)
    def hear(self, event: GridMessage) -> None:
        """Remember what the grid said."""
        self.said.append(event)


def shown(grid: Grid) -> list[str]:
    """What the grid shows, line by line, without the blanks at the end."""
    return [grid.render_line(y).text.rstrip() for y in range(grid.size.height)]


def styled(grid: Grid, attribute: str) -> list[str]:
    """What stands in the grid in reverse, underlined or bold, line by line."""
    lines = (
        "".join(text for text, style, _ in grid.render_line(y) if style and getattr(style, attribute))
        for y in range(grid.size.height)
    )
    return [line for line in lines if line]
