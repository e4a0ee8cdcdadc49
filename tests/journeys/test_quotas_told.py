"""What the quota sheet says of keys that do less, or more, than one would think, at 80×24."""

from pathlib import Path

from salestui.model.values.amount import Amount
from salestui.tui.screens.objectives import Objectives
from salestui.tui.widgets.grid.widget import Grid
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning
from tests.tui.driving import lines_of, press, text_of, type_in


async def test_a_change_that_changes_nothing_is_told_and_is_no_step(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, "0", "enter", "up")
        assert app.unsaved == 1
        await press(pilot, *"+5%", "enter")
        assert "Nothing changed: this stands there already." in text_of(app)
        await press(pilot, "u")
        assert app.unsaved == 0


async def test_undo_and_redo_wait_while_a_cell_is_typed_into(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", *"88k", "enter", "u", "5", "ctrl+r")
        assert "Enter takes what you type here, Esc leaves it" in text_of(app)
        assert app.unsaved == 1
        await press(pilot, "ctrl+z")
        assert amount(app, PERSON, "Jan") == Amount(77_000)
        await press(pilot, "escape", "ctrl+r")
        assert app.unsaved == 2
        await press(pilot, "u", "u")
        assert amount(app, PERSON, "Jan") == before


async def test_a_lock_saves_what_is_typed_there_first_as_one_change(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", *"88k", "enter")
        go_to(app, PERSON, "Jan")
        await press(pilot, "L")
        assert "save 2 changes, then lock 1 quota, because:" in lines_of(app)[-1]
        await press(pilot, *"agreed", "enter")
        told = " ".join(text_of(app).split())
        assert "Saved: 2 quotas of FY2025 v2. Locked: 1 quota of FY2025 v2." in told
        assert app.unsaved == 0
        assert "77k⚿" in text_of(app)
        go_to(app, PERSON, "Mar")
        await press(pilot, *"99k", "enter")
        go_to(app, PERSON, "Apr")
        await press(pilot, "L")
        assert " lock 1 quota, because:" in lines_of(app)[-1]
        assert "save" not in lines_of(app)[-1]
        await press(pilot, *"agreed", "enter")
        assert app.unsaved == 1
        assert "Locked: 1 quota of FY2025 v2." in text_of(app)


async def test_publishing_tells_what_is_yet_to_assign_of_the_objective(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "g", "b", "a", "enter", "enter", "enter")
        for text in ("90m", "board plan"):
            await type_in(pilot, text)
            await press(pilot, "enter")
        assert isinstance(app.screen, Objectives)
        for key in "MA":
            await press(pilot, key, *"yes", "enter")
        await press(pilot, "g", "q", "B", ":", *"publish", "enter", *"why", "enter")
        assert "Yet to assign of the approved objective of 90M: " in " ".join(text_of(app).split())


async def test_what_was_done_names_enter_in_its_footer(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", "U")
        assert "go back to the step" in lines_of(app)[-1]
        assert all(len(line) <= 80 for line in lines_of(app))


async def test_home_and_ctrl_home_scroll_the_months_back(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "down", "end")
        assert " Jan " not in text_of(app)
        await press(pilot, "home")
        assert " Jan " in text_of(app)
        await press(pilot, "end", "ctrl+home")
        assert " Jan " in text_of(app)
        grid = app.screen.query_one(Grid)
        assert (grid.row, grid.cursor and grid.cursor[1]) == (0, "name")
