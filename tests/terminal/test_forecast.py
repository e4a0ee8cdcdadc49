"""The forecast's process in a real terminal: it starts, is stopped by a key, and never outlives the app."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")

GONE_SECONDS = 10.0
WAIT_SECONDS = 60.0


@pytest.fixture
def terminal(demo_path: Path) -> Iterator[Terminal]:
    """The app on the demo company, its first screen standing."""
    command = [os.path.join(os.path.dirname(sys.executable), "salestui"), "--db", str(demo_path)]
    with Terminal(command, (80, 24), {}) as opened:
        opened.wait_for("Furthest behind")
        opened.settle()
        yield opened


def workers(pid: int) -> set[int]:
    """The processes that a process has started, and those that they have."""
    found: set[int] = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] != "Z" and int(fields[1]) == pid:
            child = int(status.parent.name)
            found |= {child, *workers(child)}
    return found


def alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pids: set[int], seconds: float = GONE_SECONDS) -> bool:
    """Whether processes end within seconds."""
    end = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not any(map(alive, pids))


def busy(terminal: Terminal) -> set[int]:
    """Begin to compute; the processes that do."""
    terminal.press("g", "f", quiet_seconds=0.1)
    terminal.wait_for("Fitting: 0 of")
    end = time.monotonic() + WAIT_SECONDS
    while not (found := workers(terminal.pid)) and time.monotonic() < end:
        time.sleep(0.02)
    assert found
    return found


def test_the_forecast_comes_from_another_process_and_stays_known(terminal: Terminal) -> None:
    assert not workers(terminal.pid)
    busy(terminal)
    terminal.wait_for("likely", WAIT_SECONDS)
    terminal.settle()
    assert "Fitting" not in terminal.text
    terminal.press("1")
    terminal.wait_for("Furthest behind")
    assert "likely" not in terminal.text
    terminal.press("g", "f")
    assert "likely" in terminal.text


def test_a_key_stops_it_and_another_begins_again(terminal: Terminal) -> None:
    processes = busy(terminal)
    trackers = {pid for pid in processes if b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()}
    terminal.press("x")
    terminal.wait_for("Stopped. Press c to compute it.")
    assert gone(processes - trackers)
    terminal.press("c")
    terminal.wait_for("likely", WAIT_SECONDS)


@pytest.mark.parametrize("computed", [False, True], ids=["busy", "done"])
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_app(terminal: Terminal, number: signal.Signals, computed: bool) -> None:
    processes = busy(terminal)
    if computed:
        terminal.wait_for("likely", WAIT_SECONDS)
        processes = workers(terminal.pid)
    os.kill(terminal.pid, number)
    assert gone({terminal.pid, *processes}, GONE_SECONDS)


def test_no_process_outlives_a_closed_terminal(terminal: Terminal) -> None:
    processes = busy(terminal)
    os.close(terminal._file)
    terminal._file = -1
    assert gone({terminal.pid, *processes}, GONE_SECONDS)
    os.waitpid(terminal.pid, 0)


@pytest.mark.parametrize("computed", [False, True], ids=["busy", "done"])
def test_quitting_leaves_no_process(terminal: Terminal, computed: bool) -> None:
    processes = busy(terminal)
    if computed:
        terminal.wait_for("likely", WAIT_SECONDS)
        processes = workers(terminal.pid)
    terminal.press("q", quiet_seconds=1.0)
    assert gone({terminal.pid, *processes}, GONE_SECONDS)


def test_nothing_of_the_process_reaches_the_terminal(terminal: Terminal) -> None:
    busy(terminal)
    terminal.wait_for("likely", WAIT_SECONDS)
    terminal.settle()
    before = terminal.text
    terminal.press("ctrl+l", quiet_seconds=1.0)
    assert terminal.text == before
    assert terminal.idle_bytes(1.0) == 0
