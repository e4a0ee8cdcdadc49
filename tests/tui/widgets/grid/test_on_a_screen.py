"""A table on a screen of the app: keys that mean something elsewhere too, and what the footer tells."""

from textual.pilot import Pilot

from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.driving import lines_of, press, settle
from tests.tui.widgets.grid.sheet import Sheet
from tests.tui.widgets.grid.sheet_app import SheetScreen, sheet_shell

TITLES, FIRST_PERSON = 2, 4


async def opened(pilot: Pilot[None]) -> Grid:
    """The grid, once its screen is shown."""
    await settle(pilot)
    return pilot.app.screen.query_one(Grid)


def model_of(grid: Grid) -> Sheet:
    """What the grid shows."""
    model: GridModel = grid.model
    assert isinstance(model, Sheet)
    return model


def footer(app: Shell) -> str:
    """The last line of the screen."""
    return lines_of(app)[-1]


async def test_digits_are_typed_into_cells_and_lead_to_umbrellas_elsewhere() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await opened(pilot)
        await press(pilot, "down", "right", "2", "3", "k", "enter")
        assert app.current_mode == "today"
        assert grid.model.copy_text(1, 1) == "23000"
        await press(pilot, "left", "2")
        assert app.current_mode == "planning"


async def test_a_refusal_is_told_in_the_footer_until_the_next_key() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(120, 24)) as pilot:
        grid = await opened(pilot)
        await press(pilot, "down", "right", "2", "x")
        hints = footer(app)
        assert hints.startswith(" Enter done")
        await press(pilot, "enter")
        assert footer(app).startswith(" “2x” is no amount. Expected an amount such as 120000")
        await press(pilot, "backspace")
        assert footer(app) == hints
        await press(pilot, "tab")
        assert (grid.cursor, grid.model.copy_text(1, 1)) == (("Person 000001", "Feb"), "2")


async def test_escape_leaves_the_field_then_the_range_then_the_page() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        page = SheetScreen(5)
        await app.push_screen(page)
        grid = await opened(pilot)
        await press(pilot, "down", "right", "shift+down", "9", "escape")
        assert (app.screen, app.focused, len(grid.selected)) == (page, grid, 2)
        await press(pilot, "escape")
        assert (app.screen, len(grid.selected)) == (page, 1)
        await press(pilot, "escape")
        assert app.screen is not page
        assert not model_of(grid).typed


async def test_the_footer_tells_of_editing_where_one_can() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "F2 edit" in footer(app)


async def test_keys_that_come_faster_than_they_are_handled_are_all_taken() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await opened(pilot)
        await press(
            pilot, "down", "right", *"12k", "enter", *"13k", "tab", *"14k", "down", "f2", "escape", *"15k", "enter"
        )
        typed = {cell: str(amount) for cell, amount in model_of(grid).typed.items()}
        assert typed == {(1, 1): "12000", (2, 1): "13000", (2, 2): "14000", (3, 2): "15000"}


async def test_columns_are_hidden_and_shown_by_name() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await opened(pilot)
        await press(pilot, "C", "f", "e", "b", "enter", "ctrl+u", "q", "1", "enter", "escape")
        assert lines_of(app)[TITLES].split()[:5] == ["Person", "│", "Jan", "Mar", "Apr"]
        assert grid.hidden == {"Feb", "Q1"}
        assert app.focused is grid
        await press(pilot, "C", "f", "e", "b", "enter", "escape")
        assert lines_of(app)[TITLES].split()[:5] == ["Person", "│", "Jan", "Feb", "Mar"]


async def test_searching_and_filtering_are_asked_for_as_ever() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        grid = await opened(pilot)
        await press(pilot, "down", "right", "slash", *"000007", "enter")
        assert grid.cursor == ("Person 000007", "Jan")
        await press(pilot, "f", "escape", "4")
        assert grid.cursor == ("Person 000007", "Jan")
        assert "│4 " in lines_of(app)[FIRST_PERSON + 6]
