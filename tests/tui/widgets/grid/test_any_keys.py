"""Whatever is pressed, the screen shows what a fresh drawing would, and the cursor is in view."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from salestui.tui.widgets.grid.widget import Grid
from tests.support.examples import fewer
from tests.tui.widgets.grid.deals import GridApp, shown, styled
from tests.tui.widgets.grid.sheet import Sheet

_MOVES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "ctrl+home", "G", "tab")
_MARKS = ("v", "V", "ctrl+a", "shift+up", "shift+down", "shift+left", "shift+right", "escape")
_TYPED = ("1", "0", "k", "x", "plus_sign", "full_stop", "enter", "f2", "delete", "backspace", "s", "y", "paste", "hide")
KEYS = st.lists(st.sampled_from(_MOVES + _MARKS + _TYPED), max_size=25)


async def press_all(keys: list[str], frozen: int) -> None:
    """Press them, and compare the screen with a fresh one."""
    app = GridApp(Sheet(30, frozen), lambda model: Grid(model, cursor="cell", status=True))
    async with app.run_test(size=(60, 10)) as pilot:
        for key in keys:
            if key == "paste":
                app.post_message(Paste("5\t6\n7"))
            elif key == "hide":
                app.grid.hide(app.grid.hidden ^ {"Feb", "Q2"})
            else:
                await pilot.press(key)
        await pilot.pause()
        grid = app.grid
        before = shown(grid), styled(grid, "reverse"), styled(grid, "underline")
        painted = [strip.text for strip in app.screen._compositor.render_strips()]
        grid._canvas.forget()
        assert grid._changes() == []
        app.refresh(layout=True)
        await pilot.pause()
        assert [strip.text for strip in app.screen._compositor.render_strips()] == painted
        assert (shown(grid), styled(grid, "reverse"), styled(grid, "underline")) == before
        assert grid.cursor is not None
        assert any(grid.cursor[0] in line for line in shown(grid))
        assert (app.focused is grid) == (not grid._is_editing)


@pytest.mark.parametrize("frozen", [0, 2])
@fewer(7)
@given(keys=KEYS)
def test_after_any_keys_the_screen_is_as_if_drawn_afresh(keys: list[str], frozen: int) -> None:
    asyncio.run(press_all(keys, frozen))
