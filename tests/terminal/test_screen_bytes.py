"""Every screen of the app, on the demo company, stays within its budget of bytes; idle, it says nothing."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from salestui.cli.main import run
from salestui.tui.screens.quota_watch import WATCH_SECONDS
from tests.terminal.pty_driver import Terminal

FIRST_SCREEN, MODE, PAGE, MOVE, TOLD, TYPED = 20_000, 30_000, 6_000, 200, 500, 250
BARS = 800
"""Bytes of a small bar chart that follows the cursor, beside the line that explains."""
SILENCE_SECONDS = 1.0


class Screen(NamedTuple):
    """How to get to a screen from the one before, what it shows, and what to press there."""

    keys: tuple[str, ...]
    shows: str
    moves: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    explains: int = 0
    """Bytes of the line that explains what is under the cursor."""


_MOVES = ("down", "down", "up", "right", "left")
_PAGES = ("pagedown", "pageup")
SCREENS = {
    "today": Screen((), "Furthest behind", _MOVES, _PAGES),
    "board": Screen(("4",), "Team or person", _MOVES, _PAGES, TOLD),
    "deals": Screen(("right", "right", "enter"), "sales booked", _MOVES, _PAGES),
    "quotas": Screen(("2",), "Planning › Quotas", _MOVES, _PAGES, TOLD),
    "steps": Screen(("U",), "what was done", _MOVES),
    "details": Screen(("escape", "i"), "Who changed it", _MOVES),
    "submissions": Screen(("escape", "b"), "seats in", _MOVES, _PAGES, TOLD),
    "versions": Screen(("escape", "2"), "Planning › Versions"),
    "fairness": Screen(("2",), "Planning › Fairness", _MOVES, _PAGES, TOLD),
    "forecast": Screen(("2",), "likely"),
    "objectives": Screen(("2",), "Planning › Objectives", _MOVES, _PAGES, TOLD),
    "objective": Screen(("enter",), "By month", _MOVES, _PAGES),
    "seasons": Screen(("2", "2"), "Planning › Seasons", _MOVES, _PAGES, BARS),
    "planning": Screen(("2",), "Planning rests on"),
    "team": Screen(("3",), "Attained", _MOVES, _PAGES, TOLD),
    "person": Screen(("enter",), "Reports to", _MOVES),
    "ramps": Screen(("3", "3"), "People › Ramps", ("down", "up")),
    "people": Screen(("3",), "Lines of command"),
    "pipeline": Screen(("4", "4"), "weighted", _MOVES, _PAGES),
    "deal": Screen(("enter",), "Sales booked", _MOVES),
}


def started(path: Path, size: tuple[int, int]) -> Terminal:
    """The app as a user starts it, its first screen standing."""
    command = [os.path.join(os.path.dirname(sys.executable), "salestui"), "--db", str(path)]
    terminal = Terminal(command, size, {})
    terminal.wait_for("Furthest behind")
    terminal.settle()
    return terminal


def plan(path: Path) -> None:
    """Give the company objectives and seasons to look at."""
    for words in (
        ("objective", "set", "--target", "30m", "--reason", "board plan"),
        ("objective", "set", "--target", "9m", "--scope", "West", "--reason", "its share"),
        ("objective", "set", "--kind", "growth", "--target", "12%", "--scope", "East", "--reason", "new hires"),
        ("season", "measure", "Company"),
        ("season", "measure", "West", "--scope", "West"),
        ("season", "set", "Even", *["8", "8", "9", "8", "8", "9", "8", "8", "9", "8", "8", "9"]),
    ):
        assert run([*words, "--db", str(path)]) == 0


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def terminal(request: pytest.FixtureRequest, demo_path: Path) -> Iterator[Terminal]:
    """The app on the demo company, which has planned its year."""
    plan(demo_path)
    with started(demo_path, request.param) as opened:
        yield opened


def test_the_first_picture_is_sent_once(terminal: Terminal) -> None:
    assert terminal.output.count(b"Furthest behind") == 1


def test_every_screen_keeps_its_budget(terminal: Terminal) -> None:
    assert terminal.bytes <= FIRST_SCREEN
    for name, screen in SCREENS.items():
        for key in screen.keys:
            assert 0 < terminal.press(key, quiet_seconds=0.6).bytes <= MODE, (name, key)
        terminal.wait_for(screen.shows)
        terminal.settle(quiet_seconds=0.5)
        assert terminal.idle_bytes(SILENCE_SECONDS) == 0, name
        for key in screen.moves:
            assert terminal.press(key).bytes <= MOVE + screen.explains, (name, key)
        for key in screen.pages:
            assert terminal.press(key).bytes <= PAGE, (name, key)


def test_the_quotas_say_nothing_while_they_watch_for_what_others_do(terminal: Terminal) -> None:
    terminal.press("g", quiet_seconds=0.2)
    terminal.press("q", quiet_seconds=0.6)
    terminal.wait_for("Planning › Quotas")
    terminal.settle(quiet_seconds=1.0)
    assert terminal.idle_bytes(2 * WATCH_SECONDS + 0.5) == 0


def test_what_is_typed_over_what_stands_at_a_prompt_takes_few_bytes(terminal: Terminal) -> None:
    for keys, shows in (("gq", "Planning › Quotas"), ("B", "draft"), ("a", "in proportion")):
        for key in keys:
            terminal.press(key, quiet_seconds=0.3)
        terminal.wait_for(shows)
        terminal.settle(quiet_seconds=1.0)
    terminal.press("enter", quiet_seconds=0.6)
    terminal.wait_for("in all: ")
    for key in ("7", "5", "backspace"):
        assert 0 < terminal.press(key, quiet_seconds=0.3).bytes <= TYPED, key
    assert "in all: 7 " in terminal.text
