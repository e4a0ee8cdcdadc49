"""The app starts hardly slower than a Textual app that says hello, with the quarter's numbers on the screen."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal

pytestmark = pytest.mark.benchmark

SIZE = (120, 40)
STARTS = 9
BUDGET = 1.5

HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("hello world")

Hello().run()
"""


def seconds(command: list[str], shows: str, environment: dict[str, str]) -> float:
    """From the start of the process until the text stands on the screen."""
    begun = time.perf_counter()
    with Terminal(command, SIZE, environment) as terminal:
        terminal.wait_for(shows)
        return time.perf_counter() - begun


def test_the_numbers_stand_on_the_screen_in_time(
    demo_path: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Alternating, in one run; bytecode is kept, as it is where a program is installed."""
    cached = {"PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    salestui = os.path.join(os.path.dirname(sys.executable), "salestui")
    ours: list[float] = []
    hello: list[float] = []
    for _ in range(STARTS + 1):
        hello.append(seconds([sys.executable, "-c", HELLO], "hello world", cached))
        ours.append(seconds([salestui, "--db", str(demo_path)], "Furthest behind", cached))
    ratio = statistics.median(ours[1:]) / statistics.median(hello[1:])
    record_property("start", f"{statistics.median(ours[1:]):.3f} s, {ratio:.2f} × hello world")
    print(f"start {statistics.median(ours[1:]):.3f} s, hello {statistics.median(hello[1:]):.3f} s, ratio {ratio:.2f}")
    assert ratio <= BUDGET
