"""When the terminal hangs up or the system asks, the app is gone within a second, whatever it is busy with."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal
from tests.terminal.test_screen_bytes import SCREENS, plan, started

ONE_SECOND = 1.0
START_SECONDS = 30.0
CTRL_L = b"\x0c"
REPAINTS = 120  # far more than a terminal's buffer and the app's queue of paints hold


class Session:
    """The app in a terminal of its own, as the leader of a session or as the child of one."""

    def __init__(self, folder: Path, *before: str, leader: bool = True, **environment: str) -> None:
        self.file, inner = pty.openpty()
        # Opening the terminal by name makes it the session's own.
        app = '"$0" -m tests.tui.fake_core "$1"'
        script = [f'exec <"{os.ttyname(inner)}"', *before, f"exec {app}" if leader else f"{app}; :"]
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", "; ".join(script), sys.executable, str(folder)],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **environment},
        )
        self.read_until(b"help")
        os.close(inner)

    def read_until(self, text: bytes) -> None:
        """Read what the app paints until this is among it."""
        painted, end = b"", time.monotonic() + START_SECONDS
        while text not in painted:
            assert time.monotonic() < end, painted
            if select.select([self.file], [], [], 0.1)[0]:
                painted += os.read(self.file, 1 << 16)

    def drain(self) -> None:
        """Read whatever has been painted."""
        while select.select([self.file], [], [], 0.3)[0]:
            os.read(self.file, 1 << 16)

    def type(self, text: bytes) -> None:
        """Press keys."""
        os.write(self.file, text)

    def hang_up(self) -> None:
        """Close the terminal."""
        os.close(self.file)
        self.file = -1

    def seconds_to_end(self, most: float) -> float:
        """How long it takes to end from now."""
        start = time.monotonic()
        self.process.wait(most + START_SECONDS)
        return time.monotonic() - start

    def end(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        if self.file >= 0:
            os.close(self.file)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """The app, idle."""
    opened = Session(tmp_path)
    opened.drain()
    yield opened
    opened.end()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(session: Session, number: signal.Signals) -> None:
    session.process.send_signal(number)
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND
    assert session.process.returncode == 129


def test_a_closed_terminal_ends_it(session: Session) -> None:
    session.hang_up()
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND


def test_a_dialog_does_not_hold_it_up(session: Session) -> None:
    session.type(b"?")
    session.drain()
    session.process.send_signal(signal.SIGHUP)
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND


def test_nohup_does_not_keep_it_alive_without_a_terminal(tmp_path: Path) -> None:
    session = Session(tmp_path, "trap '' HUP")
    session.drain()
    session.hang_up()
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND
    session.end()


def test_work_in_a_thread_does_not_hold_it_up(tmp_path: Path) -> None:
    session = Session(tmp_path, SALESTUI_TEST_BUSY="people")
    session.type(b"3")
    session.drain()
    session.process.send_signal(signal.SIGHUP)
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND
    session.end()


def test_a_terminal_that_stopped_reading_does_not_hold_it_up(session: Session) -> None:
    for _ in range(REPAINTS):
        session.type(CTRL_L)
        time.sleep(0.04)
    session.process.send_signal(signal.SIGTERM)
    assert session.seconds_to_end(ONE_SECOND) < ONE_SECOND


def test_a_hang_up_that_only_the_parent_was_told_of_is_noticed(tmp_path: Path) -> None:
    session = Session(tmp_path, "trap '' HUP", leader=False)
    session.drain()
    session.hang_up()
    assert session.seconds_to_end(10) < 10
    session.end()


MANNERS = ("closed", "SIGHUP", "SIGTERM")
ATTEMPTS, AT_LAST = 3, 10.0
"""A machine that is busy with other things at one moment is not at every."""


@pytest.mark.parametrize("manner", MANNERS)
def test_every_screen_is_left_at_once_and_leaves_no_process(manner: str, demo_path: Path, long: bool) -> None:
    """In a long campaign each of them in each manner; else one, with all before it open, in each."""
    plan(demo_path)
    third = len(SCREENS) // len(MANNERS)
    screens = list(SCREENS)
    for screen in screens if long else [screens[third * (MANNERS.index(manner) + 1) - 1]]:
        assert any(leaves_soon(screen, manner, demo_path) for _ in range(ATTEMPTS)), screen


def leaves_soon(screen: str, manner: str, demo_path: Path) -> bool:
    """Go to a screen and have the app leave, with every process: whether within a second, or the time that a busy
    machine took to start it.
    """
    begun = time.monotonic()
    with started(demo_path, (80, 24)) as terminal:
        soon = max(ONE_SECOND, time.monotonic() - begun)
        at(terminal, screen)
        processes = terminal.processes
        assert terminal.pid in processes
        begun, left = time.monotonic(), processes
        if manner == "closed":
            terminal.hang_up()
        else:
            terminal.signal(signal.Signals[manner])
        terminal.wait_for_end()
        while time.monotonic() - begun < AT_LAST and (left := terminal.processes | set(filter(alive, processes))):
            time.sleep(0.05)
        assert not left
        return time.monotonic() - begun < soon


def alive(process: int) -> bool:
    """Whether a process runs; one that nobody has buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def at(terminal: Terminal, wanted: str) -> None:
    """Go to a screen, as one goes through all of them."""
    for name, screen in SCREENS.items():
        for key in screen.keys:
            terminal.press(key, quiet_seconds=0.5)
        if name == wanted:
            terminal.wait_for(screen.shows)
            return
