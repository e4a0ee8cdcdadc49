"""Whatever breaks in the app: the terminal is left in order, and neither screen nor log quotes anybody's data."""

import stat
import sys
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal

SECRET = "123456"
PRELUDE = f"""
import asyncio, sys, threading
from salestui.cli.main import run

def stumble(*_):
    earns = "Ana Ruiz earns {SECRET}"
    try:
        raise KeyError(earns)
    except KeyError as cause:
        raise ValueError(earns) from cause

async def stumble_later():
    stumble()
"""
RUN = "sys.exit(run(sys.argv[1:]))"
ENDING = {
    "as it paints": "from salestui.tui.widgets.grid.widget import Grid; Grid.render_line = stumble",
    "as it starts": "from salestui.tui.screens.today import Today; Today.body = stumble",
    "at a key": "from salestui.tui.shell import Shell; Shell.action_help = stumble",
    "in reading keys": "from textual._xterm_parser import XTermParser; XTermParser.tick = stumble",
}
GOING_ON = """
from salestui.tui.core import DatabaseCore
from salestui.tui.screens.kpis import Kpis
from salestui.tui.shell import Shell
Kpis.read = stumble
DatabaseCore.can_undo = lambda self: True
DatabaseCore.undo_last = stumble
Shell.action_help = lambda self: threading.Thread(target=stumble).start()
Shell.action_how_to_quit = lambda self: setattr(self, "kept", asyncio.ensure_future(stumble_later()))
"""
"""In reading, in a change, in a thread of its own, and in a task that nobody waits for."""


def opened(patch: str, demo_path: Path) -> Terminal:
    """The app with a fault in it."""
    return Terminal([sys.executable, "-c", "\n".join([PRELUDE, patch, RUN]), "--db", str(demo_path)], (100, 30))


def see_that_nothing_is_told(terminal: Terminal, home: Path) -> None:
    """See that the secret is nowhere, and who may read the log."""
    assert SECRET.encode() not in terminal.output
    assert b"Traceback" not in terminal.output
    (log,) = (path for path in home.rglob("*.log") if path.is_file())
    written = log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "in stumble" in written
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert SECRET not in written


@pytest.mark.parametrize("where", ENDING)
def test_a_fault_that_ends_the_app_is_told_in_a_sentence(where: str, demo_path: Path, isolated_settings: Path) -> None:
    with opened(ENDING[where], demo_path) as terminal:
        if where == "at a key":
            terminal.wait_for("Furthest behind")
            terminal.press("?")
        assert terminal.wait_for_end(20) == 1
        assert "salestui has stopped because of a fault in the program." in terminal.text.replace("\n", "")
        assert b"\x1b[?1049l" in terminal.output
        see_that_nothing_is_told(terminal, isolated_settings)


def test_a_fault_beside_the_app_does_not_end_it(demo_path: Path, isolated_settings: Path) -> None:
    with opened(GOING_ON, demo_path) as terminal:
        terminal.wait_for("Furthest behind")
        terminal.settle(quiet_seconds=1.0)
        for key in ("4", "u", "?", "ctrl+c", "1"):
            terminal.press(key, quiet_seconds=0.5)
        assert "Furthest behind" in terminal.text
        terminal.press("q", quiet_seconds=0.1)
        assert terminal.wait_for_end() == 0
        see_that_nothing_is_told(terminal, isolated_settings)
        (log,) = isolated_settings.rglob("*.log")
        assert log.read_text("utf-8").count("builtins.ValueError") == 2
