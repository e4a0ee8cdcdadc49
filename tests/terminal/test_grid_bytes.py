"""A table stays within its budget of bytes, whatever its size."""

import sys
from collections.abc import Iterator

import pytest

from tests.terminal.pty_driver import Terminal

LARGE, USUAL = (120, 40), (80, 24)
FIRST_SCREEN, PAGE, MOVE = 20_000, 6_000, 200
FRAMES = 100  # paints are framed as soon as the terminal has said that it can hold them back


def started(kind: str, rows: int, size: tuple[int, int], **environment: str) -> Terminal:
    """The app with so many rows on the screen, quiet."""
    terminal = Terminal([sys.executable, "-m", "tests.terminal.grid_app", kind, str(rows)], size, environment)
    terminal.wait_for("Deal 000000")
    terminal.settle()
    return terminal


@pytest.fixture(params=[LARGE, USUAL], ids=["120x40", "80x24"])
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A long table on the screen."""
    with started("grid", 100_000, request.param) as opened:
        yield opened


def test_the_first_screen_is_small(terminal: Terminal) -> None:
    assert terminal.bytes <= FIRST_SCREEN


def test_a_long_table_takes_no_more_bytes_than_a_short_one(terminal: Terminal) -> None:
    with started("grid", 200, (terminal.columns, terminal.rows)) as short:
        assert short.text == terminal.text
        assert abs(terminal.bytes - short.bytes) <= FRAMES


@pytest.mark.parametrize(
    ("corner", "moves"),
    [
        (("ctrl+home", "home"), ("down", "up", "right", "left")),
        (("ctrl+home", "end"), ("down", "up", "left", "right")),
        (("ctrl+end", "end"), ("up", "down", "left", "right")),
        (("ctrl+end", "home"), ("up", "down")),
    ],
)
def test_a_move_of_the_cursor_takes_few_bytes(
    terminal: Terminal, corner: tuple[str, ...], moves: tuple[str, ...]
) -> None:
    for key in corner:
        terminal.press(key)
    for key in moves:
        assert 0 < terminal.press(key).bytes <= MOVE, key


def test_a_page_takes_few_bytes(terminal: Terminal) -> None:
    for key in ("pagedown", "pagedown", "pageup", "G"):
        assert 0 < terminal.press(key).bytes <= PAGE, key
    assert terminal.lines[-1].startswith(" Deal 099999")


def test_a_key_that_changes_nothing_sends_nothing(terminal: Terminal) -> None:
    assert terminal.press("up").bytes == 0


def test_nothing_is_sent_while_nothing_happens(terminal: Terminal) -> None:
    assert terminal.idle_bytes(2) == 0


def test_the_screen_shows_what_the_table_has(terminal: Terminal) -> None:
    terminal.press("pagedown", "down", "pageup", "pageup", "down")
    names = [line[1:12] for line in terminal.lines[1:]]
    assert names == [f"Deal {row:06}" for row in range(terminal.rows - 1)]
    assert terminal.reversed_text() == ["Deal 000001"]


def test_the_cursor_is_seen_without_colour() -> None:
    with started("grid", 50, USUAL, NO_COLOR="1") as terminal:
        terminal.press("down")
        assert terminal.reversed_text() == ["Deal 000001"]


def test_few_colours_take_no_more_bytes() -> None:
    with started("grid", 50, USUAL, COLORTERM="") as terminal:
        assert terminal.press("down").bytes <= MOVE
        assert terminal.press("pagedown").bytes <= PAGE
