"""Typing into a table, marking cells and paging below totals stay within their budgets of bytes."""

import sys
from collections.abc import Iterator

import pytest
from pyte.screens import Char

from tests.terminal.pty_driver import KEYS, Terminal

LARGE, USUAL = (120, 40), (80, 24)
TYPED, EDIT, DEPENDENT, MARK, MARKED_CELL, PAGE, MOVE = 250, 200, 60, 200, 30, 6_000, 200
PEOPLE = 100_000

SHIFTED = {
    f"shift+{name}": f"\x1b[1;2{code}" for name, code in zip(("up", "down", "right", "left"), "ABCD", strict=True)
}


@pytest.fixture(autouse=True)
def shifted_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that only these tests press."""
    for name, code in {**SHIFTED, "shift+tab": "\x1b[Z", "f2": "\x1bOQ"}.items():
        monkeypatch.setitem(KEYS, name, code)


@pytest.fixture(params=[LARGE, USUAL], ids=["120x40", "80x24"])
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A long sheet on the screen, its cursor on the first cell that can be typed into."""
    command = [sys.executable, "-m", "tests.terminal.grid_app", "sheet", str(PEOPLE)]
    with Terminal(command, request.param) as opened:
        opened.wait_for("Person 000001")
        opened.settle()
        opened.press("down")
        opened.press("right")
        yield opened


def test_a_typed_character_takes_few_bytes(terminal: Terminal) -> None:
    for key in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1", "2", "3"):
        assert 0 < terminal.press(key).bytes <= TYPED, key
    assert terminal.press("f2").bytes == 0
    for key in ("left", "backspace", "5"):
        assert 0 < terminal.press(key).bytes <= TYPED, key
    assert terminal.press("escape", quiet_seconds=0.5).bytes <= TYPED
    assert terminal.press("f2").bytes <= TYPED


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
def test_a_taken_entry_takes_few_bytes_for_each_cell_that_changes(terminal: Terminal, key: str) -> None:
    changed = 4  # the cell, its quarter, and the totals of both
    for entry in ("150k", "90k"):
        for character in entry:
            terminal.press(character)
        assert 0 < terminal.press(key).bytes <= EDIT + changed * DEPENDENT
    assert "150k•" in terminal.text


def test_a_range_grows_by_few_bytes(terminal: Terminal) -> None:
    for rows, key in enumerate(("shift+down", "shift+down", "shift+down", "shift+down"), 1):
        assert 0 < terminal.press(key).bytes <= MARK + MARKED_CELL * rows, key
    rows = 5
    for key in ("shift+right", "shift+right", "shift+left"):
        assert 0 < terminal.press(key).bytes <= MARK + MARKED_CELL * rows, key
    terminal.press("escape", quiet_seconds=0.5)
    terminal.press("v")
    assert 0 < terminal.press("down").bytes <= MARK + MARKED_CELL


def test_more_ranges_columns_fills_and_frozen_columns_take_few_bytes(terminal: Terminal) -> None:
    assert terminal.press(",").bytes <= MARK
    for key in ("down", "right"):
        assert 0 < terminal.press(key).bytes <= MARK + 3 * MARKED_CELL, key
    terminal.press("escape", quiet_seconds=0.5)
    for key in ("|", "escape", "V", "escape", "F", "F", ">", "<"):
        assert 0 < terminal.press(key, quiet_seconds=0.6).bytes <= PAGE, key
    terminal.press("g", "g", "down", "home", "right", "9", "enter", "up", "shift+down", "shift+down")
    changed = 2 * 2 + 2  # two cells and their quarters, and the totals of both
    assert 0 < terminal.press("D").bytes <= EDIT + changed * DEPENDENT
    assert 0 < terminal.press("tab").bytes <= MARK + 5 * MARKED_CELL
    assert 0 < terminal.press("shift+tab").bytes <= MOVE


def test_totals_stay_while_pages_turn(terminal: Terminal) -> None:
    for key in ("pagedown", "pagedown", "pageup", "G"):
        assert 0 < terminal.press(key).bytes <= PAGE, key
        assert "Total" in terminal.text
    assert f"Person {PEOPLE:06}" in terminal.text
    for key in ("up", "left", "right"):
        assert 0 < terminal.press(key).bytes <= MOVE, key


def test_nothing_is_sent_while_a_cell_is_edited_and_nothing_is_typed(terminal: Terminal) -> None:
    terminal.press("5")
    terminal.settle()
    assert terminal.idle_bytes(2) == 0


def test_the_screen_is_as_if_painted_afresh(terminal: Terminal) -> None:
    edited = "1 2 k enter shift+down shift+right + 5 % enter G V up delete escape g g down down f2 9 9 9 9 9 9 9 left x"
    marked = "escape pagedown right v right down pageup"
    for keys in (edited, marked):
        for key in keys.split():
            terminal.press(key, quiet_seconds=0.12)
        terminal.settle(1.3)  # by then the hints are again those of the table
        before = cells(terminal)
        terminal.scribble("\x1b[2J")
        terminal.press("ctrl+l")
        assert cells(terminal) == before


def cells(terminal: Terminal) -> list[list[Char]]:
    """Every character on the screen and how it looks."""
    return [[terminal.char(x, y) for x in range(terminal.columns)] for y in range(terminal.rows)]


def test_a_range_and_its_corner_are_seen_without_colour() -> None:
    command = [sys.executable, "-m", "tests.terminal.grid_app", "sheet", "20"]
    with Terminal(command, USUAL, {"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Person 000001")
        terminal.settle()
        terminal.press("down")
        terminal.press("right", "shift+right")
        assert [line.split() for line in terminal.reversed_text()] == [["100k", "100k"]]
