"""What fingers know from spreadsheets: Tab and Enter, F2, edges, fill, several ranges, freeze, copy and paste."""

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from salestui.model.values.amount import Amount
from salestui.tui.widgets.grid.messages import Copied, PasteAsked, Refused, Searched
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Box, Boxes
from salestui.tui.widgets.grid.search import edge
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import GridApp, deals, shown, styled
from tests.tui.widgets.grid.sheet import Sheet

SIZE = (80, 12)


def sheet(model: GridModel) -> Grid:
    """A grid with its cursor on a cell, and a status line."""
    return Grid(model, cursor="cell", status=True)


async def at_jan(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, beginning at the first cell that can be typed into."""
    await pilot.press("down", "right", *keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def typed(app: GridApp) -> dict[tuple[int, int], str | None]:
    """What the model was given."""
    model = app.grid.model
    assert isinstance(model, Sheet)
    return {cell: None if amount is None else str(amount) for cell, amount in model.typed.items()}


def told(app: GridApp) -> str:
    """What the last refusal says."""
    refused = app.said[-1]
    assert isinstance(refused, Refused)
    return str(refused.problem)


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("tab", ("Person 000001", "Feb")),
        ("tab tab shift+tab", ("Person 000001", "Feb")),
        ("tab tab 7 enter", ("Person 000002", "Jan")),
        ("7 tab 7 tab 7 enter", ("Person 000002", "Jan")),
        ("7 tab 7 tab 7 enter 7 tab 7 enter", ("Person 000003", "Jan")),
        ("tab tab f2 enter", ("Person 000002", "Jan")),
        ("tab right 7 enter", ("Person 000002", "Mar")),
        ("right right tab shift+tab 7 shift+tab 7 enter", ("Person 000002", "Mar")),
        ("7 tab 7 down", ("Person 000002", "Feb")),
    ],
)
async def test_enter_goes_down_to_where_tab_began(keys: str, cursor: tuple[str, str]) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *keys.split())
        assert app.grid.cursor == cursor


async def test_tab_leaves_the_table_at_its_last_column_and_one_to_read_at_once() -> None:
    for model, keys in ((Sheet(20), ("end", "tab")), (deals(), ("tab",))):
        app = GridApp(model, sheet)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press(*keys)
            assert app.grid.cursor in (("Total", "Q4"), ("a", "name"))


@pytest.mark.parametrize(
    ("keys", "typed_there", "cursor"),
    [
        ("1 2 right", {(1, 1): "12"}, ("Person 000001", "Feb")),
        ("1 2 left", {(1, 1): "12"}, ("Person 000001", "name")),
        ("1 2 f2 left 9 enter", {(1, 1): "192"}, ("Person 000002", "Jan")),
        ("1 2 f2 left f2 right", {(1, 1): "12"}, ("Person 000001", "Feb")),
        ("f2 left 9 enter", {(1, 1): "1000090"}, ("Person 000002", "Jan")),
        ("f2 f2 down", {}, ("Person 000002", "Jan")),
    ],
)
async def test_arrows_take_what_is_typed_and_f2_lets_them_go_through_it(
    keys: str, typed_there: dict[tuple[int, int], str], cursor: tuple[str, str]
) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *keys.split())
        assert (typed(app), app.grid.cursor) == (typed_there, cursor)


@pytest.mark.parametrize(
    ("keys", "cells"),
    [
        ("comma right", [(1, 1), (1, 2)]),
        ("shift+down comma right right shift+down", [(1, 1), (2, 1), (2, 3), (3, 3)]),
        ("v down comma right v down", [(1, 1), (2, 1), (2, 2), (3, 2)]),
        ("comma right comma right", [(1, 1), (1, 2), (1, 3)]),
        ("comma shift+down", [(1, 1), (2, 1)]),
        ("shift+down comma down shift+down right", [(4, 2)]),
        ("shift+down comma right escape", [(2, 2)]),
    ],
)
async def test_a_comma_keeps_what_is_marked_and_marks_more(keys: str, cells: list[tuple[int, int]]) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *keys.split())
        assert list(app.grid.selected) == cells


async def test_several_ranges_are_shown_added_up_and_typed_into_at_once() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "shift+down", "comma", "right", "right", "shift+down")
        assert [line.split() for line in styled(app.grid, "reverse")] == [["100k"], ["100k", "100k"], ["100k"]]
        assert shown(app.grid)[-1].split()[:6] == ["4", "cells", "Σ", "400,000", "avg", "100,000"]
        await pilot.press(*"+5%", "enter")
        assert set(typed(app)) == {(1, 1), (2, 1), (2, 3), (3, 3)}
        await pilot.press("delete")
        assert set(typed(app).values()) == {None}


async def test_a_whole_column_is_marked() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "|", "right")
        assert set(app.grid.selected) == {(row, column) for row in range(21) for column in (1, 2)}
        assert shown(app.grid)[-1].split()[:2] == ["42", "cells"]
        await pilot.press("|")
        assert app.grid.selected == ((1, 2),)


def test_cells_of_ranges_over_one_another_count_once() -> None:
    boxes = Boxes([Box(0, 0, 2, 2), Box(1, 1, 3, 3), Box(9, 9, 9, 9)])
    assert boxes.size == len([*boxes.cells()]) == len({*boxes.cells()}) == 9 + 9 - 4 + 1
    assert [*boxes.rows] == [0, 1, 2, 3, 9]


async def test_ranges_of_the_same_rows_are_copied_as_one_table_and_others_are_refused() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "shift+down", "comma", "right", "right", "shift+up", "y")
        await pilot.pause()
        assert isinstance(app.said[-1], Copied)
        assert app.said[-1].text == "100000\t100000\n100000\t100000"
        await pilot.press("escape", "comma", "down", "right", "y")
        await pilot.pause()
        assert told(app).startswith("These ranges do not make one table.")


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        ("v down down D", {(1, 1): "7", (2, 1): "7", (3, 1): "7"}),
        ("v down right ctrl+d", {(1, 1): "7", (2, 1): "7", (1, 2): "100000", (2, 2): "100000"}),
        ("v right right right right R", {(1, 1): "7", (1, 2): "7", (1, 3): "7", (1, 5): "7"}),
        ("down D", {(1, 1): "7", (2, 1): "7"}),
        ("right R", {(1, 1): "7", (1, 2): "7"}),
    ],
)
async def test_a_range_is_filled_with_its_first_row_or_column(keys: str, there: dict[tuple[int, int], str]) -> None:
    model = Sheet(20)
    model.typed[1, 1] = Amount(7)
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *keys.split())
        assert typed(app) == there


async def test_what_cannot_be_filled_says_why_and_a_table_without_filling_has_no_such_key() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("R")
        await pilot.pause()
        assert told(app) == "There is nothing before this to fill it with."
        await pilot.press("right", "down", "comma", "right", "D")
        await pilot.pause()
        assert told(app).startswith("Fill one range at a time.")
        await pilot.press("escape", "ctrl+home", "v", "right", "R")
        await pilot.pause()
        assert told(app) == "There are only totals here."
    assert not GridApp(deals()).grid.check_action("fill", ("down",))


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste as a terminal does."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()


async def test_one_cell_is_pasted_over_all_that_is_marked_and_a_row_down_all_rows() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "shift+down", "shift+right")
        await paste(pilot, "12k\n")
        assert typed(app) == dict.fromkeys([(1, 1), (1, 2), (2, 1), (2, 2)], "12000")
        await paste(pilot, "1\t2\n")
        assert typed(app) == {(1, 1): "1", (1, 2): "2", (2, 1): "1", (2, 2): "2"}
        await pilot.press("escape", "comma", "down", "right")
        await paste(pilot, "3")
        assert typed(app)[2, 2] == "3"
        assert len([amount for amount in typed(app).values() if amount == "3"]) == 2
        await paste(pilot, "3\t4")
        assert told(app).startswith("Paste into one range at a time.")


async def test_what_was_copied_is_asked_for_and_pasted() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "p")
        await pilot.pause()
        asked = app.said[-1]
        assert isinstance(asked, PasteAsked)
        asked.target.paste("7")
        assert typed(app) == {(1, 1): "7"}


@pytest.mark.parametrize("arrow", ["ctrl+", ""])
async def test_edges_are_gone_to_and_marked(arrow: str) -> None:
    keys = dict(zip(("down", "up", "right", "left"), ("}", "{", ">", "<"), strict=True))
    if arrow:
        keys = {name: f"ctrl+{name}" for name in keys}
    model = Sheet(20)
    model.typed |= dict.fromkeys([(5, 1), (6, 1), (1, 3)], None)
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        for key, cursor in (
            ("down", ("Person 000004", "Jan")),
            ("down", ("Person 000007", "Jan")),
            ("down", ("Person 000020", "Jan")),
            ("down", ("Person 000020", "Jan")),
            ("up", ("Person 000007", "Jan")),
            ("right", ("Person 000007", "Q4")),
            ("left", ("Person 000007", "name")),
        ):
            if app.grid.cursor == ("Total", "name"):
                await at_jan(pilot)
            await pilot.press(keys[key])
            await app.workers.wait_for_complete()
            assert app.grid.cursor == cursor
        await pilot.press("ctrl+home", "right", "ctrl+shift+down")
        await app.workers.wait_for_complete()
        assert app.grid.selected == tuple((row, 1) for row in range(5))


def test_the_edge_of_a_long_table_pauses_for_keys() -> None:
    steps = [*edge(Sheet(3000), 0, 1, 1, 0)]
    assert steps[-1] == (3000, 1)
    assert steps.count(None) == 3000


async def test_a_search_keeps_to_what_is_marked() -> None:
    model = Sheet(30)
    model.typed |= dict.fromkeys([(3, 2), (9, 1), (20, 1)], Amount(410_000))
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "|")
        app.grid.search("410k")
        await app.workers.wait_for_complete()
        assert app.grid.cursor == ("Person 000009", "Jan")
        await pilot.press("n")
        await app.workers.wait_for_complete()
        assert app.grid.cursor == ("Person 000020", "Jan")
        assert len(app.grid.selected) == 31
        await pilot.press("escape", "n", "n")
        await app.workers.wait_for_complete()
        assert app.grid.cursor == ("Person 000009", "Jan")


async def test_a_title_is_found_where_no_cell_has_the_text() -> None:
    app = GridApp(Sheet(30), sheet)
    async with app.run_test(size=SIZE) as pilot:
        for text, column in (("oct", "Oct"), ("q", "Q4"), ("q", "Q1")):
            app.grid.search(text)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.grid.cursor == ("Total", column)
        assert [event.found for event in app.said if isinstance(event, Searched)] == [True] * 3


async def test_columns_up_to_the_cursor_are_frozen_and_thawed() -> None:
    app = GridApp(Sheet(30), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "F", "end")
        assert shown(app.grid)[0].split()[:2] == ["Person", "Jan"]
        assert "Q4" in shown(app.grid)[0]
        app.grid.model = Sheet(5)
        await pilot.press("end")
        assert shown(app.grid)[0].split()[:2] == ["Person", "Jan"]
        await pilot.press("home", "right", "F", "end")
        assert "Jan" not in shown(app.grid)[0]
