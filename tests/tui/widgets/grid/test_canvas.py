"""Painting only what the grid says has changed leaves nothing stale on the screen."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from salestui.tui.widgets.grid.canvas import Canvas
from salestui.tui.widgets.grid.lines import Look
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.model import Sorting, Tone
from salestui.tui.widgets.grid.ranges import Box, Boxes, Kind, Range
from salestui.tui.widgets.grid.render import Foot, Spot
from salestui.tui.widgets.grid.view import View

SIZE = Size(60, 10)
STYLES: dict[Look, Style] = {}


def style_of(look: Look) -> Style:
    """A style of its own for every look."""
    return STYLES.setdefault(look, Style(color=f"rgb({len(STYLES) + 1},0,0)"))


def tone(number: int) -> Tone:
    return "bad" if number % 3 == 0 else "normal"


def letters(column: int) -> Field[int]:
    """A column of wide characters."""
    return Field(f"c{column}", f"Column {column}", value=lambda number: "株" * (number % 4) + str(column))


def numbers(count: int) -> ListModel[int]:
    """Numbers, with columns enough to scroll."""
    fields = [
        Field[int]("name", "Name", value=lambda n: f"row {n}", frozen=True),
        Field[int]("times", "Times", kind="number", value=lambda n: n**2, tone=tone),
        *(letters(column) for column in range(8)),
    ]
    return ListModel(range(count), fields, key=str, empty="Nothing.")


class Screen:
    """What has been painted of a canvas so far."""

    def __init__(self) -> None:
        self._lines = [Strip.blank(SIZE.width) for _ in range(SIZE.height)]

    def paint(self, canvas: Canvas, regions: list[Region]) -> None:
        for x, y, width, height in regions:
            for line in range(y, min(y + height, SIZE.height)):
                old, new = self._lines[line], canvas.strip(line, style_of).adjust_cell_length(SIZE.width)
                end = min(x + width, SIZE.width)
                self._lines[line] = Strip.join([old.crop(0, x), new.crop(x, end), old.crop(end, SIZE.width)])

    def cells(self) -> list[list[Segment]]:
        return [list(line.simplify()) for line in self._lines]


STEP = st.tuples(
    st.sampled_from(["row", "page", "scroll", "column", "focus", "sort", "filter", "rows", "range", "keep", "status"]),
    st.integers(-12, 12),
)


@given(steps=st.lists(STEP, max_size=12), whole_row=st.booleans(), frozen=st.integers(0, 3))
def test_what_is_painted_is_what_a_fresh_drawing_shows(
    steps: list[tuple[str, int]], whole_row: bool, frozen: int
) -> None:
    model = numbers(40)
    model.frozen_rows = frozen
    canvas, view, screen, focused = Canvas(model), View(rows=40), Screen(), True
    foot = Foot("row 0") if frozen else None
    marked: Range | None = None
    kept: list[Box] = []

    def spot() -> Spot:
        box = marked.box(view.row, view.column, view.rows, 10) if marked and view.rows else None
        return Spot(view.row, view.column, whole_row, focused, Boxes((*kept, box)) if box else Boxes(kept))

    screen.paint(canvas, canvas.draw(SIZE, view, spot(), foot))
    for kind, number in steps:
        match kind:
            case "row":
                view.go_to(view.row + number)
            case "page":
                view.page(number % 3 - 1)
            case "scroll":
                view.scroll(number)
            case "column":
                view.column = (view.column + number) % 10
            case "focus":
                focused = not focused
            case "range":
                kinds: tuple[Kind, ...] = ("cells", "rows", "columns", "all")
                marked = Range(view.row, view.column, "", kinds[number % 4]) if number else None
            case "keep":
                row = view.row
                kept = [*kept, Box(row, view.column, row + abs(number) % 3, 9)] if number > 0 else []
            case "status":
                foot = foot and Foot("株" * abs(number), "said" * (number % 4))
            case "sort":
                model.sort(Sorting("c3", descending=number > 0))
                canvas.forget()
            case "filter":
                model.filter(str(abs(number)) if number % 2 else "")
                canvas.forget()
            case _:
                model.replace(range(abs(number)))
                canvas.forget()
        view.resize(model.row_count, view.room, frozen)
        screen.paint(canvas, canvas.draw(SIZE, view, spot(), foot))
    fresh = Screen()
    fresh.paint(canvas, [SIZE.region])
    assert screen.cells() == fresh.cells()
    canvas.forget()
    assert canvas.draw(SIZE, view, spot(), foot) == []


def test_a_changed_cell_and_its_total_are_two_small_regions() -> None:
    values = {"jan": 100, "sum": 1_000}
    fields = [
        Field[str]("name", "Name", value=lambda _: "Ruiz, Ana", frozen=True),
        Field[str]("jan", "January", kind="number", value=lambda _: values["jan"]),
        Field[str]("feb", "February", kind="number", value=lambda _: 900),
        Field[str]("sum", "Quarter", kind="number", value=lambda _: values["sum"]),
    ]
    canvas, view = Canvas(ListModel(["ruiz"], fields, key=str, empty="")), View(rows=1)
    spot = Spot(0, 1, whole_row=False, focused=True)
    canvas.draw(SIZE, view, spot)
    values.update(jan=200, sum=1_100)
    canvas.forget()
    assert canvas.draw(SIZE, view, spot) == [Region(12, 1, 9, 1), Region(31, 1, 9, 1)]
