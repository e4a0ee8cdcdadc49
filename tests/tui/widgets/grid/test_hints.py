"""The footer tells of the keys that work while a cell is typed into, once for a run of cells."""

import pytest

from salestui.tui.screens import base
from tests.tui.driving import lines_of, press
from tests.tui.widgets.grid.sheet_app import sheet_shell

TYPING = " Enter done  Tab right  Esc leave"


async def test_what_ends_the_typing_is_hinted_from_the_second_character_on_and_for_a_run_of_cells() -> None:
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "right")
        usual = lines_of(app)[-1]
        await press(pilot, "1")
        assert lines_of(app)[-1] == usual
        for keys in (["2"], ["enter"], ["3"], ["4"], ["tab"], ["f2"], ["escape"]):
            await press(pilot, *keys)
            assert lines_of(app)[-1] == TYPING, keys
        await pilot.pause(base._PAUSE_SECONDS + 0.1)
        assert lines_of(app)[-1] == usual


async def test_a_cell_that_is_opened_is_hinted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_PAUSE_SECONDS", 0.05)
    app = sheet_shell(20)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "right", "f2")
        assert lines_of(app)[-1] == TYPING
        await pilot.pause(0.1)
        assert lines_of(app)[-1] == TYPING
        await press(pilot, "escape")
        await pilot.pause(0.1)
        assert "Enter open" in lines_of(app)[-1]


async def test_the_user_s_own_keys_are_hinted() -> None:
    app = sheet_shell(20)
    app.registry = app.registry.with_keys({"typing.submit": ("ctrl+s",)})
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "right", "f2")
        assert lines_of(app)[-1].startswith(" Ctrl+S done ")
