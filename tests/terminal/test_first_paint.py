"""The first picture waits for no heavy library: those come afterwards, while it is being looked at."""

import sys
import time
from pathlib import Path

import pytest

from tests.support.startup import HEAVY
from tests.terminal.pty_driver import Terminal

_PATIENCE_SECONDS = 20.0
_NOTING = """
import sys
from salestui.cli.main import run
from salestui.tui.painting import ThriftyApp

display, noted = ThriftyApp._display, sys.argv[1]

def note(app, screen, renderable):
    before = list(sys.modules)
    display(app, screen, renderable)
    if app.has_painted.is_set():
        ThriftyApp._display = display
        with open(noted, "w") as file:
            file.write("\\n".join(before))

ThriftyApp._display = note
sys.exit(run(sys.argv[2:]))
"""


@pytest.fixture
def loaded(demo_path: Path, tmp_path: Path) -> set[str]:
    """The modules in memory when the first picture goes out."""
    noted = tmp_path / "modules"
    with Terminal([sys.executable, "-c", _NOTING, str(noted), "--db", str(demo_path)]) as terminal:
        terminal.wait_for("Furthest behind")
        end = time.monotonic() + _PATIENCE_SECONDS
        while not noted.exists() and time.monotonic() < end:
            terminal.settle(quiet_seconds=0.1)
    return {*noted.read_text("utf-8").splitlines()}


def test_the_first_picture_needs_no_heavy_library(loaded: set[str]) -> None:
    assert "salestui.tui.screens.today" in loaded
    assert not HEAVY & loaded
