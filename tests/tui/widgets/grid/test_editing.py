"""Typing into a table: what begins it, what takes it, what refuses it, and what leaves everything as it was."""

import pytest
from textual.events import MouseScrollDown, Paste
from textual.pilot import Pilot

from salestui.model.values.amount import Amount
from salestui.tui.widgets.grid.messages import Chosen, Edited, Refused
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import GridApp, deals, shown
from tests.tui.widgets.grid.sheet import Sheet

SIZE = (80, 12)
JAN = (1, 1)


def sheet(model: GridModel) -> Grid:
    """A grid with its cursor on a cell, and a status line."""
    return Grid(model, cursor="cell", status=True)


async def at_jan(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, beginning at the first cell that can be typed into."""
    await pilot.press("down", "right", *keys)
    await pilot.pause()


def line(app: GridApp, y: int) -> str:
    """A line of the screen, with what lies over the grid."""
    return app.screen._compositor.render_strips()[y].text


def typed(app: GridApp) -> dict[tuple[int, int], str | None]:
    """What the model was given."""
    model = app.grid.model
    assert isinstance(model, Sheet)
    return {cell: None if amount is None else str(amount) for cell, amount in model.typed.items()}


@pytest.mark.parametrize(
    ("keys", "amount", "cursor"),
    [
        ("1 2 k enter", "12000", ("Person 000002", "Jan")),
        ("1 2 k down", "12000", ("Person 000002", "Jan")),
        ("1 2 k up", "12000", ("Total", "Jan")),
        ("1 2 k tab", "12000", ("Person 000001", "Feb")),
        ("1 2 k shift+tab", "12000", ("Person 000001", "name")),
        ("plus_sign 5 % enter", "105000", ("Person 000002", "Jan")),
        ("minus 1 0 k enter", "90000", ("Person 000002", "Jan")),
        ("asterisk 2 enter", "200000", ("Person 000002", "Jan")),
        ("full_stop 5 enter", "0.5", ("Person 000002", "Jan")),
        ("left_parenthesis 5 right_parenthesis enter", "-5", ("Person 000002", "Jan")),
        ("minus enter", None, ("Person 000002", "Jan")),
        ("7 backspace enter", None, ("Person 000002", "Jan")),
        ("f2 backspace 1 enter", "100001", ("Person 000002", "Jan")),
        ("enter home 2 enter", "2100000", ("Person 000002", "Jan")),
        ("f2 1 down up enter", "1000001", ("Person 000002", "Jan")),
        ("delete", None, ("Person 000001", "Jan")),
        ("backspace", None, ("Person 000001", "Jan")),
    ],
)
async def test_what_is_typed_reaches_the_model(keys: str, amount: str | None, cursor: tuple[str, str]) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *keys.split())
        assert typed(app) == {JAN: amount}
        assert app.grid.cursor == cursor
        assert app.focused is app.grid
        assert [type(event) for event in app.said if isinstance(event, Edited | Refused)] == [Edited]


@pytest.mark.parametrize("keys", ["1 2 escape", "f2 1 escape", "f2 enter", "enter tab", "f2 1 backspace enter"])
async def test_what_is_left_or_as_it_was_changes_nothing(keys: str) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot)
        before = shown(app.grid)[:-1]
        await pilot.press(*keys.split())
        assert (typed(app), shown(app.grid)[:-1]) == ({}, before)
        assert app.focused is app.grid
        assert not [event for event in app.said if isinstance(event, Edited)]


async def test_what_was_typed_is_marked_and_added_up() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *"150k", "enter")
        assert shown(app.grid)[2].split()[3:7] == ["150k•", "100k", "100k", "350k"]
        assert shown(app.grid)[1].split()[:3] == ["Total", "│2,050k", "2,000k"]
        assert shown(app.grid)[-1].endswith("1 typed")


async def test_letters_stay_commands_until_a_cell_is_edited() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "j", "l", "n")
        assert app.grid.cursor == ("Person 000002", "Feb")
        await pilot.press("1", "j", "l", "m")
        assert app.grid.cursor == ("Person 000002", "Feb")
        assert "1jlm" in line(app, 3)


async def test_digits_and_enter_do_what_they_did_where_nothing_can_be_typed() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        assert not app.grid.check_consume_key("1", "1")
        await pilot.press("1", "delete", "enter")
        await pilot.pause()
        assert [type(event) for event in app.said if isinstance(event, Chosen | Refused)] == [Refused, Chosen]
        await at_jan(pilot)
        assert app.grid.check_consume_key("1", "1")
        assert app.grid.check_consume_key("tab", None)
        await pilot.press("end")
        assert not app.grid.check_consume_key("tab", None)


async def test_a_table_to_read_takes_no_text() -> None:
    app = GridApp(deals(), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("1", "f2", "delete", "enter")
        app.post_message(Paste("1\t2"))
        await pilot.pause()
        assert [type(event) for event in app.said] == [Chosen]


async def test_a_refused_entry_stays_open_and_tells_why() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, *"1x", "enter")
        refused = app.said[-1]
        assert isinstance(refused, Refused)
        assert str(refused.problem).startswith("“1x” is no amount. Expected an amount")
        assert "│1x " in line(app, 2)
        await pilot.press("down", "tab", "backspace", "k", "enter")
        assert typed(app) == {JAN: "1000"}


async def test_a_long_text_covers_the_cells_to_its_right() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        text = "1234567890" * 5
        await at_jan(pilot, *text)
        assert f"│{text} " in line(app, 2)
        await pilot.press("escape", "end", "left", *text)
        assert f"{text} " in line(app, 2)
        await pilot.press(*"1234567890" * 4)
        assert len(line(app, 2)) == SIZE[0]
        assert line(app, 2).endswith("0 ")


async def test_a_range_is_typed_into_at_once_where_it_can_be() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "v", "down", "right", *"+5%", "enter")
        assert typed(app) == {(1, 1): "105000", (1, 2): "105000"}
        assert len(app.grid.selected) == 4
        await pilot.press("delete")
        assert typed(app) == {(1, 1): None, (1, 2): None}


async def test_a_range_without_a_cell_to_type_into_is_refused() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "right", "delete")
        await pilot.pause()
        refused = app.said[-1]
        assert isinstance(refused, Refused)
        assert str(refused.problem) == "Nothing can be typed here."


async def test_escape_leaves_the_field_then_the_range_and_then_is_free() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "v", "right", "1")
        assert app.focused is not app.grid
        await pilot.press("escape")
        assert (app.focused, len(app.grid.selected)) == (app.grid, 2)
        assert app.grid.check_consume_key("escape", None)
        await pilot.press("escape")
        assert len(app.grid.selected) == 1
        assert not app.grid.check_consume_key("escape", None)
        assert typed(app) == {}


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", ""])
async def test_a_table_is_pasted_at_the_first_cell_of_the_range(end: str) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "right", "down", "shift+up", "shift+left")
        app.post_message(Paste(f'1\t2{end or chr(10)}3\t"4k"{end}'))
        await pilot.pause()
        assert typed(app) == {(1, 1): "1", (1, 2): "2", (2, 1): "3", (2, 2): "4000"}
        assert isinstance(app.said[-1], Edited)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1\t2\t3\t4", "goes over totals"),
        ("1\n" * 30, "beyond the table"),
        ("1\ttwo", "“two” is no amount"),
        ("\n", "nothing in what was pasted"),
        ("x" * 200_000, "no table"),
    ],
)
async def test_what_does_not_fit_is_not_pasted_at_all(text: str, told: str) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot)
        app.post_message(Paste(text))
        await pilot.pause()
        refused = app.said[-1]
        assert isinstance(refused, Refused)
        assert told in str(refused.problem)
        assert typed(app) == {}


async def test_what_is_pasted_into_a_cell_that_is_edited_is_typed() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "1")
        app.post_message(Paste("2\n3"))
        await pilot.pause()
        assert "│12 3 " in line(app, 2)
        assert typed(app) == {}


async def test_a_click_elsewhere_takes_what_was_typed_unless_it_is_refused() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "1", "x")
        await pilot.click(Grid, offset=(50, 6))
        assert (app.grid.cursor, typed(app)) == (("Person 000001", "Jan"), {})
        await pilot.press("backspace", "k")
        await pilot.click(Grid, offset=(3, 6))
        assert (app.grid.cursor, typed(app)) == (("Person 000005", "name"), {JAN: "1000"})
        assert app.focused is app.grid


async def test_the_field_goes_with_its_row_and_away_with_it() -> None:
    class Shifting(Sheet):
        """Whose people may have others before them."""

        before = 0

        def row_key(self, row: int) -> str:
            """The name of a row that may have moved."""
            return super().row_key(row - self.before if row else 0)

    model = Shifting(20)
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "5")
        Shifting.before = 3
        app.grid.reload()
        await pilot.pause()
        assert "│5 " in line(app, 5)
        Shifting.before = 100
        app.grid.reload()
        await pilot.pause()
        assert app.focused is app.grid
        assert typed(app) == {}


async def test_the_wheel_does_not_take_a_cell_away_that_is_edited() -> None:
    app = GridApp(Sheet(100), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "5")
        app.grid.post_message(MouseScrollDown(None, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False))
        await pilot.press("6", "enter")
        assert typed(app) == {JAN: "56"}


async def test_another_table_is_not_given_what_was_typed_for_this_one() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await at_jan(pilot, "5")
        app.grid.model = Sheet(20)
        await pilot.press("enter")
        assert typed(app) == {}


async def test_a_terminal_of_another_size_leaves_the_field_on_its_cell() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "down", "end", "left", "5")
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert app.focused is not app.grid
        assert "5 " in line(app, 3)
        await pilot.press("enter")
        assert typed(app) == {(2, 15): "5"}


async def test_totals_stay_in_view_while_the_others_scroll() -> None:
    app = GridApp(Sheet(100), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "pagedown", "pagedown")
        assert shown(app.grid)[1].startswith(" Total")
        assert shown(app.grid)[2].startswith("↑Person 000019")
        await pilot.press("G")
        assert shown(app.grid)[-2].startswith(" Person 000100")
        await pilot.press("g g")
        assert app.grid.cursor == ("Total", "name")
        await pilot.press("down")
        assert app.grid.cursor == ("Person 000001", "name")
        assert shown(app.grid)[2].startswith(" Person 000001")
        await pilot.click(Grid, offset=(3, 1))
        assert app.grid.cursor == ("Total", "name")


async def test_a_search_finds_numbers_as_they_are_shown_and_as_they_are_copied() -> None:
    model = Sheet(100)
    model.typed[50, 2] = Amount(410_000)
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        for text in ("410k", "410000"):
            await pilot.press("ctrl+home")
            app.grid.search(text)
            await app.workers.wait_for_complete()
            assert app.grid.cursor == ("Person 000050", "Feb")
