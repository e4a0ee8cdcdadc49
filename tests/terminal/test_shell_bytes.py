"""The app's frame stays within its budget of bytes: first screen, modes, dialogs, typing, and silence."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal

FIRST_SCREEN, DIALOG, MODE, TYPED, LINE, MESSAGE = 20_000, 30_000, 30_000, 250, 500, 500
SILENCE_SECONDS = 2.0


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """The app on a made-up company, quiet."""
    with Terminal([sys.executable, "-m", "tests.tui.fake_core", str(tmp_path)], request.param) as opened:
        opened.wait_for("96 months")
        opened.settle()
        yield opened


def test_the_first_screen_is_small(terminal: Terminal) -> None:
    assert terminal.bytes <= FIRST_SCREEN


def test_going_to_a_mode_takes_few_bytes(terminal: Terminal) -> None:
    for key in "2342":
        assert 0 < terminal.press(key).bytes <= MODE


@pytest.mark.parametrize("key", ["?", "S", "P", "ctrl+p"])
def test_a_dialog_takes_few_bytes_to_open_and_to_close(terminal: Terminal, key: str) -> None:
    before = terminal.text
    assert 0 < terminal.press(key).bytes <= DIALOG
    assert terminal.press("down").bytes <= MESSAGE
    assert terminal.press("escape", quiet_seconds=0.5).bytes <= DIALOG
    assert terminal.text == before


def test_a_typed_character_takes_few_bytes(terminal: Terminal) -> None:
    assert terminal.press(":").bytes <= LINE
    for character in "scope West, x":
        assert 0 < terminal.press(character, quiet_seconds=0.15).bytes <= TYPED
    for key in ("left", "backspace", "home", "x", "delete"):
        assert terminal.press(key, quiet_seconds=0.15).bytes <= TYPED
    assert terminal.press("escape", quiet_seconds=0.5).bytes <= LINE


def test_a_message_takes_few_bytes_to_come_and_go(terminal: Terminal) -> None:
    assert 0 < terminal.press("]").bytes <= MESSAGE
    assert 0 < terminal.press("x").bytes <= MESSAGE


@pytest.mark.parametrize("keys", [(":",), ("S",), ("2",)])
def test_nothing_is_sent_while_nothing_happens(terminal: Terminal, keys: tuple[str, ...]) -> None:
    for key in keys:
        terminal.press(key)
    terminal.settle()
    assert terminal.idle_bytes(SILENCE_SECONDS) == 0
