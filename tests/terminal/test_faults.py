"""Whatever breaks in the app: the terminal is left in order, and neither the screen nor the log quotes anybody's data."""

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
GOING_ON = {
    "in reading": "from salestui.tui.screens.kpis import Kpis; Kpis.read = stumble",
    "in a change": (
        "from salestui.tui.core import DatabaseCore\n"
        "DatabaseCore.can_undo = lambda self: True\n"
        "DatabaseCore.undo_last = stumble"
    ),
    "in a thread": (
        "from salestui.tui.shell import Shell\n"
        "Shell.action_help = lambda self: threading.Thread(target=stumble).start()"
    ),
    "in a task": (
        "from salestui.tui.shell import Shell\n"
        "Shell.action_help = lambda self: setattr(self, 'kept', asyncio.ensure_future(stumble_later()))"
    ),
}


def opened(patch: str, demo_path: Path) -> Terminal:
    """The app with a fault in it."""
    return Terminal([sys.executable, "-c", "\n".join([PRELUDE, patch, RUN]), "--db", str(demo_path)], (100, 30))


def see_that_nothing_is_told(terminal: Terminal, home: Path, *, logged: bool) -> None:
    """See that the secret is nowhere, and who may read the log."""
    assert SECRET.encode() not in terminal.output
    assert b"Traceback" not in terminal.output
    logs = [path for path in home.rglob("*.log") if path.is_file()]
    assert bool(logs) == logged
    for path in logs:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "stumble" in path.read_text("utf-8")
        assert "ValueError" in path.read_text("utf-8")
        assert "KeyError" in path.read_text("utf-8")
        assert f"earns {SECRET}" not in path.read_text("utf-8").replace('earns = "Ana Ruiz earns', "")


@pytest.mark.parametrize("where", ENDING)
def test_a_fault_that_ends_the_app_is_told_in_a_sentence(where: str, demo_path: Path, isolated_settings: Path) -> None:
    with opened(ENDING[where], demo_path) as terminal:
        if where == "at a key":
            terminal.wait_for("Furthest behind")
            terminal.press("?")
        assert terminal.wait_for_end(20) == 1
        assert "salestui has stopped because of a fault in the program." in terminal.text.replace("\n", "")
        assert b"\x1b[?1049l" in terminal.output
        see_that_nothing_is_told(terminal, isolated_settings, logged=True)


@pytest.mark.parametrize("where", GOING_ON)
def test_a_fault_beside_the_app_does_not_end_it(where: str, demo_path: Path, isolated_settings: Path) -> None:
    with opened(GOING_ON[where], demo_path) as terminal:
        terminal.wait_for("Furthest behind")
        terminal.settle(quiet_seconds=1.5)
        for key in ("4", "u", "?"):
            terminal.press(key, quiet_seconds=0.5)
        terminal.press("escape")
        terminal.press("1", quiet_seconds=0.5)
        assert "Furthest behind" in terminal.text
        terminal.press("q", quiet_seconds=0.1)
        assert terminal.wait_for_end() == 0
        see_that_nothing_is_told(terminal, isolated_settings, logged=where in ("in reading", "in a change"))
