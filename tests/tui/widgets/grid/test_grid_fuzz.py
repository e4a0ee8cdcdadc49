"""Whatever stands in the data, the columns stay in line, and only what is in view is asked for."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Size

from salestui.tui.text import fitted, plain
from salestui.tui.widgets.grid.canvas import Canvas
from salestui.tui.widgets.grid.model import Cell, Column, GridModel
from salestui.tui.widgets.grid.render import Spot
from salestui.tui.widgets.grid.view import View
from tests.tui.nasty import NASTY
from tests.tui.widgets.grid.deals import GridApp, shown


class Texts(GridModel):
    """Three columns of any text."""

    def __init__(self, texts: list[tuple[str, str, str]], title: str) -> None:
        self._texts = texts
        self.columns = (Column("a", title, frozen=True), Column("b", "B", width=12), Column("c", title, kind="number"))

    @property
    def row_count(self) -> int:
        """One for each."""
        return len(self._texts)

    def cell(self, row: int, column: int) -> Cell:
        """The text, with itself as its mark."""
        text = self._texts[row][column]
        return Cell(text, "bad" if column == 1 else "normal", text[:3])

    def row_key(self, row: int) -> str:
        """Its number."""
        return str(row)


TEXTS = st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=4)


@given(texts=TEXTS, title=NASTY, width=st.integers(20, 120), whole_row=st.booleans())
def test_any_text_leaves_the_columns_in_line(
    texts: list[tuple[str, str, str]], title: str, width: int, whole_row: bool
) -> None:
    model = Texts(texts, title)
    canvas, view = Canvas(model), View(rows=len(texts))
    canvas.draw(Size(width, 8), view, Spot(0, 1, whole_row, focused=True))
    for y, line in enumerate(canvas.lines):
        x = 0
        for piece in line:
            assert piece.x == x
            assert sum(cell_len(run.text) for run in piece.runs) == piece.width
            x += piece.width
        assert x == width
        drawn = "".join(run.text for piece in line for run in piece.runs)
        assert drawn.isprintable() or not {char for char in drawn if ord(char) < 32 or 127 <= ord(char) < 160}
        if y:
            for place in canvas.layout.places:
                text = texts[y - 1][place.column]
                if not (place.column == 2 and cell_len(plain(text)) > place.width):
                    assert fitted(text, place.width, right=place.column == 2) in drawn


class Counting(GridModel):
    """Any number of rows, which counts how often it is asked."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self.columns = (Column("name", "Name", frozen=True), *(Column(f"m{n}", f"Month {n}") for n in range(30)))
        self.asked: list[tuple[int, int]] = []

    @property
    def row_count(self) -> int:
        """As many as wanted."""
        return self._rows

    def cell(self, row: int, column: int) -> Cell:
        """Its place."""
        self.asked.append((row, column))
        return Cell(f"{row:06} {column:02}")

    def row_key(self, row: int) -> str:
        """Its number."""
        return str(row)


async def test_a_long_table_is_asked_only_for_what_is_in_view() -> None:
    model = Counting(100_000)
    app = GridApp(model)
    async with app.run_test(size=(80, 24)) as pilot:
        columns = {column for _, column in model.asked}
        assert {row for row, _ in model.asked} == set(range(23))
        assert len(columns) <= 9
        await pilot.press("G")
        assert shown(app.grid)[-1].startswith(" 099999")
        assert {row for row, _ in model.asked} == {*range(23), *range(99_977, 100_000)}


async def test_the_cursor_asks_for_nothing_that_is_in_view_already() -> None:
    model = Counting(100_000)
    app = GridApp(model)
    async with app.run_test(size=(80, 24)) as pilot:
        model.asked.clear()
        await pilot.press("down")
        assert model.asked == []
