"""Journeys through the app by keyboard."""

from threading import Event
from typing import Any

import pytest
from textual.containers import VerticalScroll

from salestui.model.values.errors import DataProblem
from salestui.tui.actions.action import GENERAL
from salestui.tui.ports import Holding, Left
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.dialogs import TooSmall
from salestui.tui.screens.modes import Factory
from salestui.tui.screens.picker import Picker
from salestui.tui.shell import Shell
from salestui.tui.text import plain
from tests.tui.driving import lines_of, press, settle, text_of, type_in
from tests.tui.fake_core import CALENDAR, LONG, MODES, TRICKY, VIEW, FakeCore, Today, rebound, shell


def bottom(app: Shell) -> str:
    """The last line of the screen."""
    return lines_of(app)[-1]


def opened(app: Shell) -> list[int]:
    """The lines that were opened by number."""
    assert isinstance(app.screen, Today)
    return app.screen.opened


async def test_the_first_screen_tells_where_one_is_and_what_is_loaded() -> None:
    core = FakeCore()
    app = shell(core)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        lines = lines_of(app)
        assert lines[0] == "▸1 Today 2 Planning 3 People 4 Performance         West · 2026Q4 · day 54 of 92"
        assert lines[1] == " as of Mon 23 Nov (pinned) · data Fri 20 Nov 18:02 · USD · teams as they were"
        assert "  ✓ Quotas    96 months" in lines
        assert "  ○ Products  none: add products.csv to the folder" in lines
        assert lines[-1] == " S scope  P period  Ctrl+P find  : command  q quit  ? help"
        assert "warm up" in core.asked


async def test_digits_go_to_the_modes_and_each_is_built_when_first_opened() -> None:
    built: list[str] = []

    def noting(mode: str) -> Factory:
        def build() -> BaseScreen[Any]:
            built.append(mode)
            return MODES[mode]()

        return build

    app = shell(modes={mode: noting(mode) for mode in MODES})
    async with app.run_test() as pilot:
        assert built == ["today"]
        await press(pilot, "3", "1", "3")
        assert built == ["today", "people"]
        assert app.current_mode == "people"
        assert "▸3 People" in lines_of(app)[0]


async def test_back_and_forward_go_through_modes_scopes_and_periods() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "2")
        app.look_through(app.view._replace(scope="p1"))
        await press(pilot, "4")
        assert (app.current_mode, app.view.scope) == ("performance", "p1")
        await press(pilot, "[")
        assert (app.current_mode, app.view.scope) == ("planning", "p1")
        await press(pilot, "[")
        assert (app.current_mode, app.view.scope) == ("planning", "West")
        await press(pilot, "[", "[")
        assert app.current_mode == "today"
        assert bottom(app) == " There is no earlier place to go back to."
        await press(pilot, "]", "]")
        assert (app.current_mode, app.view.scope) == ("planning", "p1")


async def test_a_dimmed_key_says_why_until_the_next_key() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "]")
        assert bottom(app) == " There is no later place: you have not gone back."
        await press(pilot, "x")
        assert "? help" in bottom(app)


async def test_the_scope_is_chosen_from_a_list_and_every_screen_reads_again() -> None:
    core = FakeCore()
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "2", "1")
        asked = list(core.asked)
        await press(pilot, "S")
        assert isinstance(app.screen, Picker)
        await type_in(pilot, "chen")
        await press(pilot, "enter")
        assert app.view.scope == "p2"
        assert "Chen, Bo · 2026Q4" in lines_of(app)[0]
        assert core.asked == [*asked, "today"]
        await press(pilot, "2")
        assert core.asked == [*asked, "today", "planning"]


async def test_the_period_is_chosen_from_a_list_or_typed() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "P", "down", "enter")
        assert app.view.period.label == "2026Q3"
        await press(pilot, "P")
        await type_in(pilot, "2025-02..2025-03")
        await press(pilot, "enter")
        assert app.view.period == CALENDAR.parse("2025-02..2025-03", VIEW.as_of)


async def test_escape_leaves_a_dialog_and_changes_nothing() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        for key in ("S", "P", "?", "ctrl+p", ":"):
            await press(pilot, key, "escape")
            assert len(app.screen_stack) == 1
        assert app.view == VIEW
        assert "? help" in bottom(app)


async def test_help_shows_the_keys_as_bound_and_does_what_is_chosen() -> None:
    app = shell(registry=rebound(general__quit=("ctrl+x",)))
    async with app.run_test(size=(100, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "?")
        text = text_of(app)
        assert "Help: what the tests look at." in text
        assert "g 1 … g 8" in text
        await type_in(pilot, "leave the app")
        assert "Ctrl+X" in text_of(app)
        await pilot.press(*["backspace"] * 20)
        await type_in(pilot, "go to planning")
        await press(pilot, "enter")
        assert app.current_mode == "planning"


async def test_a_rebound_key_works_and_the_old_one_does_not() -> None:
    app = shell(registry=rebound(general__quit=("ctrl+x",), today__need=tuple(f"f{n}" for n in range(2, 10))))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "Ctrl+X quit" in bottom(app)
        await press(pilot, "q")
        assert app.return_code is None
        await press(pilot, "f3")
        assert opened(app) == [2]
        await press(pilot, "ctrl+x")
        assert app.return_code == 0


async def test_a_number_after_g_opens_that_line() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("g")
        await pilot.pause()
        assert bottom(app) == " g …"
        await press(pilot, "3", "g", "escape", "3")
        assert app.current_mode == "people"
        await press(pilot, "1", "g", "8")
        assert opened(app) == [3, 8]


async def test_undo_and_redo_call_the_core_and_wait_for_something_to_do() -> None:
    core = FakeCore()
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+r")
        assert bottom(app) == " There is nothing to redo."
        await press(pilot, "u")
        assert bottom(app) == " Undone: the quota of Ruiz, Ana."
        await settle(pilot)
        await press(pilot, "u")
        assert bottom(app) == " There is nothing to undo."
        await press(pilot, "ctrl+r")
        assert core.changes
        assert core.asked.count("today") == 3


class SlowCore(FakeCore):
    """Does not know for a while whether there is something to undo."""

    def __init__(self) -> None:
        super().__init__()
        self.known = Event()

    def can_undo(self) -> bool:
        self.known.wait(30)
        return super().can_undo()


async def test_undo_is_tried_while_it_is_not_known_whether_there_is_something_to_undo() -> None:
    core = SlowCore()
    app = shell(core)
    async with app.run_test() as pilot:
        await pilot.pause(0.1)
        assert not core.known.is_set()
        await pilot.press("u")
        while core.changes:
            await pilot.pause(0.01)
        await pilot.pause(0.05)
        assert bottom(app) == " Undone: the quota of Ruiz, Ana."
        core.known.set()
        await settle(pilot)
        await press(pilot, "u")
        assert bottom(app) == " There is nothing to undo."


async def test_what_an_earlier_session_left_unsaved_is_in_the_header_and_quitting_does_not_ask_for_it() -> None:
    core = FakeCore()
    core.left = (Left("FY2026 v2", 3), Left("FY2025 v1", 1))
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "4 unsaved" in lines_of(app)[1]
        app.take_left("FY2026 v2")
        await settle(pilot)
        assert "1 unsaved" in lines_of(app)[1]
        await pilot.press("q")
        await pilot.pause()
    assert app.return_code == 0


async def test_quitting_asks_only_when_something_is_unsaved() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.unsaved = 4
        await settle(pilot)
        assert "4 unsaved" in lines_of(app)[1]
        await press(pilot, "q")
        assert "4 changes are unsaved, and will be here again next time. Leave? y/n" in bottom(app)
        await press(pilot, "n", "enter")
        assert app.return_code is None
        await press(pilot, "q", "escape", "q", "y", "enter")
        assert app.return_code == 0


async def test_q_leaves_at_once_when_all_is_saved() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "q")
        assert app.return_code == 0


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_a_habit_of_the_fingers_does_not_end_the_app(key: str) -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, key)
        assert app.return_code is None
        assert bottom(app) == " To leave salestui, press q; in a table y copies."


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 18)])
@pytest.mark.parametrize("scope", ["tricky", LONG])
async def test_names_are_shown_as_they_are_written_and_do_nothing(scope: str, size: tuple[int, int]) -> None:
    app = shell()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.look_through(app.view._replace(scope=scope))
        await settle(pilot)
        label = plain(TRICKY if scope == "tricky" else LONG)
        assert label[:15] in lines_of(app)[0]
        assert all(len(line) <= size[0] for line in lines_of(app))
        await press(pilot, "S")
        assert plain(TRICKY)[:20] in text_of(app)
        assert "\x1b" not in text_of(app)


async def test_a_long_message_grows_upwards_and_goes_with_the_next_key() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        before = lines_of(app)
        app.say("word " * 40)
        await settle(pilot)
        assert sum("word" in line for line in lines_of(app)) == 3
        await press(pilot, "x")
        assert lines_of(app) == before


@pytest.mark.parametrize("size", [(59, 24), (80, 17), (40, 12), (10, 3)])
async def test_a_terminal_too_small_says_what_it_needs_until_it_grows(size: tuple[int, int]) -> None:
    app = shell()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "S")
        await pilot.resize_terminal(*size)
        await settle(pilot)
        assert isinstance(app.screen, TooSmall)
        text = "".join(lines_of(app)).replace(" ", "")
        assert text.startswith("salestuineeds60×18"[: size[0] * size[1] // 2])
        assert (f"thisis{size[0]}×{size[1]}" in text) == (size != (10, 3))
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert isinstance(app.screen, Picker)


async def test_a_terminal_too_small_from_the_start_can_be_left() -> None:
    app = shell()
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, TooSmall)
        await press(pilot, "q")
        assert app.return_code == 0


async def test_a_problem_stands_in_place_of_what_could_not_be_read() -> None:
    core = FakeCore()
    core.fault = DataProblem("The quotas of FY2026 are gone", remedy="Load them again.")
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "The quotas of FY2026 are gone. Load them again." in text_of(app)
        core.fault = None
        await press(pilot, "ctrl+l")
        assert "96 months" in text_of(app)
        assert "are gone" not in text_of(app)


async def test_an_empty_company_is_told_what_to_do_first() -> None:
    core = FakeCore()
    core.loaded = (Holding("Quotas", "", "load them"),)
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "salestui demo" in text_of(app)
        assert "salestui import FOLDER" in text_of(app)


async def test_a_change_makes_screens_read_again_now_or_when_they_come_back() -> None:
    core = FakeCore()
    app = shell(core)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "2")
        core.loaded = (Holding("Quotas", "97 months"),)
        app.changed("quotas")
        await settle(pilot)
        assert "97 months" in text_of(app)
        await press(pilot, "1")
        assert "97 months" in text_of(app)


async def test_copying_goes_to_the_terminal_unless_it_is_too_much() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.copy("a\tb\nc\td\n")
        await pilot.pause()
        assert bottom(app) == " Copied 2 rows, if the terminal allows it."
        app.copy("x" * 100_000)
        await pilot.pause()
        assert "more than a terminal's clipboard takes" in bottom(app)


async def test_a_hang_up_keeps_drafts_of_every_screen_and_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []
    for mode in ("today", "people"):
        monkeypatch.setattr(MODES[mode], "save_draft", lambda self: saved.append(self.MODE))
    app = shell()
    async with app.run_test() as pilot:
        await press(pilot, "3")
        app.hang_up()
        await pilot.pause()
    assert saved == ["today", "people"]
    assert app.return_code == 129


async def test_general_keys_are_bound_on_every_screen() -> None:
    app = shell()
    async with app.run_test() as pilot:
        for key in ("1", "2", "3", "4"):
            await press(pilot, key)
            bound = {app.registry.of_binding(active.binding) for active in app.active_bindings.values()}
            assert bound >= {action for action in app.registry.within(GENERAL) if action.keys}
            assert not app.screen.query(VerticalScroll)
