"""Choosing columns: what is hidden is out of sight and out of reach."""

from textual.events import Paste

from salestui.tui.widgets.grid.columns import ShownColumns
from salestui.tui.widgets.grid.messages import Copied, Refused
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.widgets.grid.deals import GridApp, deals, shown
from tests.tui.widgets.grid.sheet import Sheet

SIZE = (80, 24)


def sheet(model: GridModel) -> Grid:
    """A grid with its cursor on a cell."""
    return Grid(model, cursor="cell")


async def test_the_cursor_stays_on_its_column_or_goes_to_the_first() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "right", "right")
        app.grid.hide(frozenset({"stage"}))
        assert app.grid.cursor == ("b", "amount")
        app.grid.hide(frozenset({"stage", "amount", "name"}))
        assert app.grid.cursor == ("b", "name")
        assert not app.grid.move_to("a", "amount")


async def test_the_rows_in_view_stay_where_they_are() -> None:
    app = GridApp(Sheet(200), sheet)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down", "pagedown", "pagedown", "up", "up")
        before = [line.split("│")[0] for line in shown(app.grid)[1:]]
        app.grid.hide(frozenset({"Feb"}))
        assert [line.split("│")[0] for line in shown(app.grid)[1:]] == before


async def test_another_model_has_the_same_columns_hidden() -> None:
    app = GridApp(deals())
    async with app.run_test(size=SIZE):
        app.grid.hide(frozenset({"stage"}))
        app.grid.model = deals()
        assert "Stage" not in shown(app.grid)[0]


async def test_hidden_cells_are_neither_typed_into_nor_copied_nor_pasted_over() -> None:
    model = Sheet(20)
    app = GridApp(model, sheet)
    async with app.run_test(size=SIZE) as pilot:
        app.grid.hide(frozenset({"Feb", "Q1"}))
        await pilot.press("down", "right", "v", "right", "y")
        await pilot.pause()
        assert isinstance(app.said[-1], Copied)
        assert app.said[-1].text == "100000\t100000"
        await pilot.press("7", "enter", "delete")
        assert set(model.typed) == {(1, 1), (1, 3)}
        assert app.grid.selected == ((1, 1), (1, 3))
        model.typed.clear()
        app.post_message(Paste("1\t2"))
        await pilot.pause()
        refused = app.said[-1]
        assert isinstance(refused, Refused)
        assert str(refused.problem).startswith("This would be pasted over the hidden column Feb.")
        await pilot.press("escape", "left", "left", "right")
        app.post_message(Paste("1\n2"))
        await pilot.pause()
        assert set(model.typed) == {(1, 1), (2, 1)}


async def test_what_is_hidden_is_not_found() -> None:
    app = GridApp(deals(), sheet)
    async with app.run_test(size=SIZE) as pilot:
        app.grid.hide(frozenset({"stage"}))
        app.grid.search("proposal")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.grid.cursor == ("a", "name")


def test_a_table_with_hidden_columns_answers_as_its_model_does() -> None:
    model = Sheet(5)
    shown_columns = ShownColumns(model, {"Jan", "Feb", "name"})
    assert [column.key for column in shown_columns.columns[:3]] == ["name", "Mar", "Q1"]
    assert shown_columns.cell(1, 1) == model.cell(1, 3)
    assert shown_columns.describe(1, 1) == model.describe(1, 3)
    assert (shown_columns.editable(1, 1), shown_columns.editable(1, 2)) == (True, False)
    assert (shown_columns.row_of("Total"), shown_columns.sorting, shown_columns.empty) == (0, None, model.empty)
    assert shown_columns.edit_text(1, 1) == "100000"
