"""What the reader of a table sees, and what the keys do."""

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, Copied, FilterAsked, Moved, SearchAsked, Searched
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import DEALS, FIELDS, Deal, GridApp, deals, seats, shown, styled

SMALL = (40, 12)
USUAL = (80, 24)


def cells(model: object) -> Grid:
    """A grid with its cursor on a cell."""
    assert isinstance(model, ListModel)
    return Grid(model, cursor="cell")


def many(count: int) -> ListModel[int]:
    """A table of so many numbers and their powers."""
    row = Field[int]("n", "Row", value=str, frozen=True)
    return ListModel(range(count), [row, *map(power, range(1, 9))], key=str, empty="No numbers.")


def power(exponent: int) -> Field[int]:
    """The column of one power."""
    return Field(f"p{exponent}", f"Power {exponent}", kind="number", value=lambda number: number**exponent)


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_a_table_shows_titles_and_rows(size: tuple[int, int]) -> None:
    app = GridApp(deals())
    async with app.run_test(size=size):
        assert shown(app.grid)[:5] == [
            " Deal            │Stage        Amount",
            " Quartz fleet    │Proposal    410,000",
            " Harbour cranes  │Lost    ✗    95,000",
            " Altona retrofit │Won               –",
            " Bremen depot    │Proposal  1,325,000",
        ]


async def test_an_empty_table_says_what_to_do_first() -> None:
    app = GridApp(deals(()))
    async with app.run_test(size=SMALL) as pilot:
        assert shown(app.grid)[2:4] == [" No deals yet. Press i to import some.", ""]
        await pilot.press("down", "pagedown", "right", "end", "enter", "space", "y", "s", "n", "G")
        assert app.grid.cursor is None
        assert not [event for event in app.said if isinstance(event, Chosen | Copied | Moved)]


async def test_columns_beyond_the_edge_are_marked_and_come_into_view_with_the_cursor() -> None:
    app = GridApp(many(30))
    async with app.run_test(size=SMALL) as pilot:
        assert shown(app.grid)[0] == " Row │Power 1  Power 2  Power 3        ›"
        await pilot.press(*["right"] * 5)
        assert shown(app.grid)[0] == " Row ‹Power 3  Power 4  Power 5        ›"
        await pilot.press(*["right"] * 3)
        assert shown(app.grid)[0].endswith("Power 8")
        await pilot.press(*["left"] * 8)
        assert shown(app.grid)[0] == " Row │Power 1  Power 2  Power 3        ›"


async def test_rows_beyond_the_edge_are_marked() -> None:
    app = GridApp(many(30))
    async with app.run_test(size=SMALL) as pilot:
        assert [line[0] for line in shown(app.grid)] == list("           ↓")
        await pilot.press("pagedown")
        assert [line[0] for line in shown(app.grid)] == list(" ↑         ↓")
        await pilot.press("G")
        assert [line[0] for line in shown(app.grid)] == list(" ↑          ")


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("down j", "2 p1"),
        ("down down up k", "0 p1"),
        ("right l left", "0 p2"),
        ("h h", "0 n"),
        ("pagedown", "11 p1"),
        ("pagedown pageup", "0 p1"),
        ("G", "99 p1"),
        ("G ctrl+home", "0 n"),
        ("ctrl+end", "99 p1"),
        ("end", "0 p8"),
        ("end home", "0 n"),
        ("up", "0 p1"),
        ("G down", "99 p1"),
    ],
)
async def test_keys_move_the_cursor(keys: str, cursor: str) -> None:
    app = GridApp(many(100), cells)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("right", *keys.split())
        assert app.grid.cursor == tuple(cursor.split())


async def test_home_and_end_go_to_the_first_and_last_row_of_a_list() -> None:
    app = GridApp(many(100))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("end")
        assert app.grid.cursor == ("99", "n")
        await pilot.press("home")
        assert app.grid.cursor == ("0", "n")


async def test_two_keys_pressed_one_after_another_lead_to_the_first_row() -> None:
    app = GridApp(many(100))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("G", "g g")
        assert app.grid.row == 0


async def test_every_key_has_an_id_and_can_be_changed() -> None:
    app = GridApp(many(100))
    app.set_keymap({"grid.down": "d,ctrl+n"})
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("d", "ctrl+n", "down", "j")
        assert app.grid.row == 2
    assert all(getattr(binding, "id", None) for binding in Grid.BINDINGS)


async def test_the_cursor_is_reversed_with_focus_and_underlined_without() -> None:
    app = GridApp(deals(), cells)
    async with app.run_test(size=SMALL) as pilot:
        assert (styled(app.grid, "reverse"), styled(app.grid, "underline")) == (["Quartz fleet   "], [])
        app.set_focus(None)
        await pilot.pause()
        assert (styled(app.grid, "reverse"), styled(app.grid, "underline")) == ([], ["Quartz fleet   "])


async def test_a_row_cursor_marks_the_row_and_the_title_of_the_column() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "right")
        assert styled(app.grid, "reverse") == ["Stage   ", "Harbour cranes "]


async def test_the_screen_hears_where_the_cursor_is() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "down", "right")
        await pilot.pause()
        moved = [(event.row_key, event.column_key) for event in app.said if isinstance(event, Moved)]
        assert moved == [("b", "name"), ("c", "name"), ("c", "stage")]


async def test_enter_goes_into_what_the_cursor_is_on() -> None:
    app = GridApp(deals(), cells)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "right", "enter")
        await pilot.pause()
        chosen = app.said[-1]
        assert isinstance(chosen, Chosen)
        assert (chosen.row_key, chosen.column_key, chosen.control) == ("b", "stage", app.grid)


async def test_sorting_goes_up_then_down_then_back_and_keeps_the_cursor_on_its_row() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        seen = []
        for _ in range(3):
            await pilot.press("s")
            lines = shown(app.grid)
            seen.append((lines[0][16], [line[1] for line in lines[1:5]]))
            assert app.grid.cursor == ("a", "name")
        assert seen == [("▲", list("ABHQ")), ("▼", list("QHBA")), (" ", list("QHAB"))]


async def test_a_column_that_cannot_be_sorted_is_left_alone() -> None:
    fields = [Field[Deal]("name", "Deal", sortable=False)]
    app = GridApp(ListModel(DEALS, fields, key=lambda deal: deal.id, empty=""))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("s")
        assert app.grid.model.sorting is None


async def test_a_filter_shows_what_it_finds_and_how_to_see_the_rest() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("right", "f")
        await pilot.pause()
        asked = app.said[-1]
        assert isinstance(asked, FilterAsked)
        asked.grid.filter("prop", asked.column_key)
        assert [line.split("  ")[0].strip() for line in shown(app.grid)[1:4]] == ["Quartz fleet", "Bremen depot", ""]
        asked.grid.filter("x", asked.column_key)
        assert shown(app.grid)[2] == " Nothing has “x”. Esc shows all 4."
        asked.grid.filter("")
        assert app.grid.model.row_count == 4


async def search(pilot: Pilot[None], grid: Grid, text: str) -> None:
    grid.search(text)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_search_goes_to_the_next_place_and_round() -> None:
    app = GridApp(deals(), cells)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert isinstance(app.said[-1], SearchAsked)
        places = []
        await search(pilot, app.grid, "PROP")
        for key in ("n", "n", "N", "N"):
            places.append(app.grid.cursor)
            await pilot.press(key)
            await app.workers.wait_for_complete()
        assert places == [("a", "stage"), ("d", "stage"), ("a", "stage"), ("d", "stage")]


async def test_a_search_says_whether_it_found_anything() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        await search(pilot, app.grid, "nobody")
        await search(pilot, app.grid, "[bremen")
        await search(pilot, app.grid, "bremen")
        searched = [(event.text, event.found) for event in app.said if isinstance(event, Searched)]
        assert searched == [("nobody", False), ("[bremen", False), ("bremen", True)]
        assert app.grid.cursor == ("d", "name")


async def test_a_row_is_copied_with_its_values_in_full_and_no_formula() -> None:
    hostile = Deal("x", '=HYPERLINK("x")\t\n', "-Won", -5)
    app = GridApp(deals((DEALS[0], hostile)))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("y", "down", "y")
        await pilot.pause()
        copied = [event.text for event in app.said if isinstance(event, Copied)]
        assert copied == ["Quartz fleet\tProposal\t410000", "'=HYPERLINK(\"x\")␉␊\t'-Won\t-5"]


async def test_a_tree_folds_with_space_and_with_left_and_right() -> None:
    app = GridApp(seats())
    async with app.run_test(size=SMALL) as pilot:
        assert [line[:18].rstrip() for line in shown(app.grid)[1:8]] == [
            " ▾ West         │",
            "     Ruiz       │",
            "     Chen       │",
            " ▾ East         │",
            "   ▾ North-East │",
            "       Okafor   │",
            "",
        ]
        await pilot.press("space")
        assert [line[:9].rstrip() for line in shown(app.grid)[1:3]] == [" ▸ West", " ▾ East"]
        await pilot.press("right", "down", "left", "left")
        assert [line[:9].rstrip() for line in shown(app.grid)[1:3]] == [" ▸ West", " ▾ East"]
        assert app.grid.cursor == ("West", "id")
        await pilot.press("right", "right")
        assert app.grid.cursor == ("West", "quota")
        assert app.grid.model.row_count == 6


async def test_new_data_keeps_the_cursor_on_its_row() -> None:
    model = deals()
    app = GridApp(model)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "down")
        model.replace([Deal("new", "Aachen line", "Won", 7), *DEALS])
        app.grid.reload()
        assert (app.grid.cursor, app.grid.row) == (("c", "name"), 3)
        model.replace(DEALS[:1])
        app.grid.reload()
        assert (app.grid.cursor, app.grid.row) == (("a", "name"), 0)


async def test_another_model_begins_at_its_first_cell() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("down", "right", "right")
        app.grid.model = seats()
        await pilot.pause()
        assert app.grid.cursor == ("West", "id")
        assert shown(app.grid)[1].startswith(" ▾ West")


async def test_the_cursor_goes_where_it_is_sent() -> None:
    app = GridApp(many(500), cells)
    async with app.run_test(size=SMALL):
        assert app.grid.move_to("400", "p7")
        assert app.grid.cursor == ("400", "p7")
        assert any(line.startswith(("↑400", "↓400", " 400")) for line in shown(app.grid))
        assert not app.grid.move_to("nobody")
        assert not app.grid.move_to("1", "nothing")


async def test_a_click_moves_the_cursor_and_a_double_click_goes_in() -> None:
    app = GridApp(deals(), cells)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.click(Grid, offset=(20, 3))
        assert app.grid.cursor == ("c", "stage")
        await pilot.click(Grid, offset=(3, 9))
        await pilot.click(Grid, offset=(3, 0))
        assert app.grid.cursor == ("c", "stage")
        await pilot.double_click(Grid, offset=(3, 1))
        await pilot.pause()
        assert [event.row_key for event in app.said if isinstance(event, Chosen)] == ["a"]


def turn(wheel: type[MouseScrollDown] | type[MouseScrollUp]) -> MouseScrollDown | MouseScrollUp:
    """A turn of the wheel."""
    return wheel(None, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)


async def test_the_wheel_scrolls() -> None:
    app = GridApp(many(100))
    async with app.run_test(size=SMALL) as pilot:
        app.grid.post_message(turn(MouseScrollDown))
        await pilot.pause()
        assert shown(app.grid)[1].startswith("↑3")
        assert app.grid.row == 3
        app.grid.post_message(turn(MouseScrollUp))
        await pilot.pause()
        assert shown(app.grid)[1].startswith(" 0")


async def test_a_terminal_of_another_size_shows_what_fits() -> None:
    app = GridApp(many(100), cells)
    async with app.run_test(size=USUAL) as pilot:
        await pilot.press("end", "G")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert styled(app.grid, "reverse")
        assert [line[0] for line in shown(app.grid)] == list(" ↑          ")
        assert app.grid.cursor == ("99", "p8")


async def test_a_grid_of_automatic_height_is_as_high_as_its_rows() -> None:
    model = deals()
    app = GridApp(model)
    async with app.run_test(size=USUAL) as pilot:
        app.grid.styles.height = "auto"
        await pilot.pause()
        assert app.grid.size.height == 5
        model.replace(DEALS * 30)
        app.grid.reload()
        await pilot.pause()
        assert app.grid.size.height == 24


async def test_colour_alone_says_nothing() -> None:
    tones: tuple[Tone, ...] = ("good", "warn", "bad")
    fields = [
        Field[Tone]("text", "Text", value=str, tone=lambda tone: tone),
        Field[Tone]("marked", "Marked", value=str, tone=lambda tone: tone, mark=lambda tone: "•"),
    ]
    app = GridApp(ListModel(tones, fields, key=str, empty=""))
    async with app.run_test(size=SMALL):
        assert [line.strip() for line in shown(app.grid)[1:4]] == ["good✓ good  •", "warn! warn  •", "bad ✗ bad   •"]


async def test_the_title_and_totals_are_bold() -> None:
    app = GridApp(
        ListModel(DEALS[:1], FIELDS[:1], key=lambda deal: deal.id, empty="", totals=[Deal("t", "All", "", 1)])
    )
    async with app.run_test(size=SMALL):
        assert [line.split()[0] for line in styled(app.grid, "bold")] == ["Deal", "All"]
