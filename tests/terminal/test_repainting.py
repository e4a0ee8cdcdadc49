"""What is on the screen is what the app shows, whatever has happened to the terminal meanwhile."""

import sys
from collections.abc import Iterator

import pytest

from tests.terminal.pty_driver import Terminal


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    """A table on the screen."""
    with Terminal([sys.executable, "-m", "tests.terminal.grid_app", "grid", "200"], (80, 24)) as opened:
        opened.wait_for("Deal 000000")
        opened.settle()
        yield opened


@pytest.mark.parametrize("size", [(120, 40), (60, 15), (80, 25)])
def test_a_terminal_of_another_size_is_painted_whole(terminal: Terminal, size: tuple[int, int]) -> None:
    terminal.resize(size)
    terminal.settle()
    assert [line[1:12] for line in terminal.lines[1:]] == [f"Deal {row:06}" for row in range(size[1] - 1)]


def test_a_window_made_smaller_and_large_again_is_painted_whole(terminal: Terminal) -> None:
    before = terminal.text
    for size in ((60, 15), (80, 24)):
        terminal.resize(size)
        terminal.settle()
    assert terminal.text == before


def test_what_another_program_left_on_the_screen_is_painted_over_on_request(terminal: Terminal) -> None:
    before = terminal.text
    terminal.scribble("\x1b[5;5HBroadcast message")
    assert terminal.text != before
    terminal.press("ctrl+l")
    assert terminal.text == before


def test_the_screen_is_painted_again_after_the_shell_had_it(terminal: Terminal) -> None:
    before = terminal.text
    terminal.suspend()
    terminal.settle()
    assert terminal.text == before
