"""Commands, names and actions typed by their words: the command line and the palette."""

import pytest

from salestui.tui.app import _forget_textuals_environment
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.palette import Palette
from salestui.tui.shell import Shell
from tests.tui.driving import lines_of, press, settle, text_of, type_in
from tests.tui.fake_core import CALENDAR, VIEW, shell


def bottom(app: Shell) -> str:
    """The last line of the screen."""
    return lines_of(app)[-1]


def asking(app: Shell) -> bool:
    """Whether the screen asks for something."""
    assert isinstance(app.screen, BaseScreen)
    return app.screen.asking


@pytest.mark.parametrize(
    ("line", "view"),
    [
        ("scope Ruiz", VIEW._replace(scope="p1")),
        ("period 2026Q3", VIEW._replace(period=CALENDAR.parse("2026Q3", VIEW.as_of))),
        ("as-of 2026-10-01", VIEW._replace(as_of=VIEW.as_of.replace(month=10, day=1))),
        ("line today", VIEW._replace(line="today")),
        ("line", VIEW._replace(line="today")),
        ("kpi Chen", VIEW._replace(scope="p2")),
        ("", VIEW),
    ],
)
async def test_a_command_changes_the_view(line: str, view: object) -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(":")
        await type_in(pilot, line)
        await press(pilot, "enter")
        assert app.view == view
        assert not asking(app)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("foo", "There is no command “foo”"),
        ("scope Nobody", "There is no team or person “Nobody”"),
        ("period 2026Q9", "there is no quarter 9"),
        ("as-of someday", "“someday” is no day. Expected a day such as 2026-12-15, 31.12., fri or today"),
        ("theme nord", "There is no theme “nord”"),
        ("line up", "Expected then or today"),
        ("need two", "“two” is not a number"),
        ("redo", "There is nothing to redo."),
    ],
)
async def test_a_bad_command_stays_in_the_line_and_is_answered_above_it(line: str, told: str) -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(":")
        await type_in(pilot, line)
        await press(pilot, "enter")
        assert told in " ".join(" ".join(lines_of(app)[-5:-1]).split())
        assert bottom(app).startswith(f":{line}")
        await press(pilot, "escape")
        assert "? help" in bottom(app)
        assert app.view == VIEW


async def test_commands_are_completed_and_remembered() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(":", "s", "c")
        assert bottom(app).startswith(":sc")
        assert "scope" in bottom(app)
        await pilot.press("tab")
        assert bottom(app).startswith(":scope ")
        await type_in(pilot, "ru")
        await pilot.press("tab")
        await press(pilot, "enter")
        assert app.view.scope == "p1"
        await pilot.press(":", "up")
        assert bottom(app).startswith(":scope Ruiz, Ana")
        await pilot.press("down")
        assert bottom(app).startswith(":  ")


async def test_things_are_completed_once_they_are_found() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(":")
        await type_in(pilot, "open ruiz, a")
        await settle(pilot)
        assert "Ruiz, Ana" in bottom(app)
        await pilot.press("tab")
        await press(pilot, "enter")
        assert app.view.scope == "p1"


@pytest.mark.parametrize(
    ("name", "told"),
    [("Nobody", "“Nobody” is the name of nothing here."), ("ruiz", "“ruiz” could be Ruiz, Ana, Ruizco GmbH, [red]")],
)
async def test_a_name_that_is_not_one_thing_is_told(name: str, told: str) -> None:
    app = shell()
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.press(":")
        await type_in(pilot, f"open {name}")
        await press(pilot, "enter")
        assert told in bottom(app)


async def test_the_palette_finds_actions_and_things() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, Palette)
        await type_in(pilot, "ruiz")
        await settle(pilot)
        assert "Ruizco GmbH" in text_of(app)
        assert "[red]Ruiz renewal[/]" in text_of(app)
        await press(pilot, "enter")
        assert app.view.scope == "p1"
        await press(pilot, "ctrl+p")
        await type_in(pilot, "go to people")
        await press(pilot, "enter")
        assert app.current_mode == "people"


async def test_a_command_that_wants_a_word_is_begun_by_the_palette() -> None:
    app = shell()
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        await type_in(pilot, "as of a day")
        await press(pilot, "enter")
        assert bottom(app).startswith(":as-of ")


async def test_nothing_leads_out_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_DRIVER", "TEXTUAL_SCREENSHOT", "TEXTUAL"):
        monkeypatch.setenv(name, "os:system")
    _forget_textuals_environment()
    app = shell()
    assert app.get_driver_class().__name__ == "PatientDriver"
    assert not app.COMMANDS
    assert not app.use_command_palette
    async with app.run_test() as pilot:
        await settle(pilot)
        assert not list(app.get_system_commands(app.screen)) or "ctrl+p" in app.active_bindings
        await press(pilot, "ctrl+p")
        await type_in(pilot, "screenshot")
        assert "Nothing has this text." in text_of(app)
