"""Marking cells: with Shift, with v and V, all of them; what is said of them, and what a copy of them has."""

from decimal import Decimal

import pytest
from textual.pilot import Pilot

from salestui.model.values.amount import Amount
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Copied
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.ranges import Box, Boxes
from salestui.tui.widgets.grid.status import summary
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import GridApp, deals, seats, shown, styled
from tests.tui.widgets.grid.sheet import Sheet

SIZE = (80, 12)


def sheet(model: GridModel) -> Grid:
    """A grid with its cursor on a cell, and a status line."""
    return Grid(model, cursor="cell", status=True)


async def copied(pilot: Pilot[None], app: GridApp) -> str:
    """What y copies."""
    await pilot.press("y")
    await pilot.pause()
    event = app.said[-1]
    assert isinstance(event, Copied)
    return event.text


@pytest.mark.parametrize(
    ("keys", "cells"),
    [
        ("", [(2, 2)]),
        ("shift+right shift+down", [(2, 2), (2, 3), (3, 2), (3, 3)]),
        ("shift+left shift+up", [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ("shift+down shift+up", [(2, 2)]),
        ("shift+down down", [(4, 2)]),
        ("v right", [(2, 2), (2, 3)]),
        ("v l j h", [(2, 2), (3, 2)]),
        ("v right v", [(2, 3)]),
        ("v right escape", [(2, 3)]),
        ("v right shift+right", [(2, 2), (2, 3), (2, 4)]),
        ("v right V escape", [(2, 3)]),
        ("ctrl+a down", [(3, 2)]),
    ],
)
async def test_keys_mark_cells(keys: str, cells: list[tuple[int, int]]) -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "down", "right", "right", *keys.split())
        assert list(app.grid.selected) == cells


async def test_whole_rows_and_everything_are_marked() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "V", "down")
        assert set(app.grid.selected) == {(row, column) for row in (0, 1) for column in range(17)}
        await pilot.press("ctrl+a")
        assert len(app.grid.selected) == 21 * 17


async def test_a_range_is_reversed_and_its_corner_underlined() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "right", "shift+right", "shift+down")
        marked = styled(app.grid, "reverse")
        assert [line.split() for line in marked] == [["100k", "100k"]] * 2
        assert [line.split() for line in styled(app.grid, "underline")] == [["100k"]]
        app.set_focus(None)
        await pilot.pause()
        assert (styled(app.grid, "reverse"), styled(app.grid, "underline")) == ([], marked)


async def test_the_status_line_tells_of_the_cell_then_of_the_range() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "right")
        assert shown(app.grid)[-1].split() == ["Person", "000001", "Jan", "100000", "0", "typed"]
        await pilot.press("shift+right", "shift+right")
        assert shown(app.grid)[-1].split() == ["3", "cells", "Σ", "300,000", "avg", "100,000", "0", "typed"]
        assert len(shown(app.grid)[-1]) == SIZE[0] - 1


def amounts(*texts: str) -> ListModel[str]:
    """A column of amounts; nothing for an empty text."""
    column = Field[str]("a", "A", kind="number", value=lambda text: Amount(text) if text else None)
    return ListModel(texts, [column], key=str, empty="")


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("108333", "108333", "108334"), "3 cells  Σ 325,000  avg 108,333"),
        (("0.1", "0.2", ""), "2 of 3 cells  Σ 0.3  avg 0.2"),
        (("-5", "2.50"), "2 cells  Σ −2.5  avg −1.2"),
        (("", ""), "2 cells"),
        (
            ("922337203685477.5807", "922337203685477.5807"),
            "2 cells  Σ 1,844,674,407,370,955.1614  avg 922,337,203,685,477.5807",
        ),
    ],
)
def test_a_range_is_added_up_exactly_and_what_is_not_known_left_out(texts: tuple[str, ...], told: str) -> None:
    assert summary(amounts(*texts), Boxes([Box(0, 0, len(texts) - 1, 0)])) == told


def test_ratios_and_names_do_not_add_up() -> None:
    fields = [Field[Decimal]("win", "Win", kind="number", value=lambda rate: rate), Field[Decimal]("n", "N", value=str)]
    model = ListModel([Decimal("0.5"), Decimal("0.7")], fields, key=str, empty="")
    assert summary(model, Boxes([Box(0, 0, 1, 1)])) == "4 cells"


async def test_everything_in_a_long_table_is_marked_at_once_and_not_added_up() -> None:
    app = GridApp(Sheet(100_000), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+a")
        assert shown(app.grid)[-1].split()[:2] == ["1,700,017", "cells"]
        assert len(await copied(pilot, app)) < 100_000


async def test_a_range_is_copied_as_plain_numbers() -> None:
    app = GridApp(Sheet(20), sheet)
    async with app.run_test(size=SIZE) as pilot:
        assert await copied(pilot, app) == "Total"
        await pilot.press("down", "v", "right", "right", "down")
        assert await copied(pilot, app) == "Person 000001\t100000\t100000\nPerson 000002\t100000\t100000"


async def test_rows_of_a_list_are_marked_and_copied_whole() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("shift+down", "shift+down")
        lines = ("Quartz fleet\tProposal\t410000", "Harbour cranes\tLost\t95000", "Altona retrofit\tWon\t")
        assert await copied(pilot, app) == "\n".join(("Deal\tStage\tAmount", *lines))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x"])
async def test_no_copied_text_is_a_formula_and_numbers_stay_numbers(formula: str) -> None:
    fields = [
        Field[str]("text", "Text", value=str),
        Field[str]("number", "Number", kind="number", value=lambda _: -5),
        Field[str]("odd", "Odd", kind="number", value=str),
    ]
    app = GridApp(ListModel([formula], fields, key=str, empty=""))
    async with app.run_test(size=SIZE) as pilot:
        odd = formula if formula == "-1" else f"'{formula}"
        assert await copied(pilot, app) == f"'{formula}\t-5\t{odd}"


@pytest.mark.parametrize("key", ["s", "space"])
async def test_rows_that_are_arranged_anew_are_not_marked_any_more(key: str) -> None:
    app = GridApp(seats(), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "down", "down", "down", key)
        assert len(app.grid.selected) == 1


async def test_a_range_ends_when_other_rows_are_there() -> None:
    model = deals()
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "down")
        app.grid.reload()
        assert [*app.grid.selected] == [(0, 0), (1, 0)]
        model.filter("Bremen")
        app.grid.reload()
        assert [*app.grid.selected] == [(0, 0)]


async def test_an_empty_table_has_nothing_to_mark() -> None:
    app = GridApp(deals(()), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("v", "down", "V", "ctrl+a", "shift+down", "delete", "f2", "y", "right")
        assert app.grid.selected == ()
        assert [line for line in shown(app.grid)[1:] if line] == [" No deals yet. Press i to import some."]
