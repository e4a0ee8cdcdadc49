"""What is typed and not saved outlives the terminal, the system's wish to end the app, and its sudden death."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.pty_driver import Terminal

A_SECOND = 1.0


def opened(path: Path, folder: Path) -> Terminal:
    """The app at its quotas."""
    command = [os.path.join(os.path.dirname(sys.executable), "salestui"), "--db", str(path)]
    terminal = Terminal(command, (80, 24), {"XDG_STATE_HOME": str(folder)})
    terminal.wait_for("Furthest behind")
    terminal.press("g", "q")
    terminal.wait_for("Planning › Quotas")
    terminal.settle()
    return terminal


def type_a_quota(terminal: Terminal) -> None:
    """Begin a version, and type into the first month of a seat."""
    terminal.press("B")
    terminal.wait_for("draft")
    terminal.settle()
    terminal.press("down", "down", "down", "right", "right")
    terminal.press("1", "2", "3", "4", "5", "enter", quiet_seconds=0.05)
    terminal.wait_for("12,345")


def kept(folder: Path) -> list[dict[str, Any]]:
    """The drafts in files."""
    return [json.loads(path.read_text("utf-8")) for path in folder.rglob("quotas-*.json")]


def hang_up(terminal: Terminal) -> None:
    terminal.close()


def end(terminal: Terminal) -> None:
    os.kill(terminal.pid, signal.SIGTERM)
    terminal.close()


def kill(terminal: Terminal) -> None:
    time.sleep(A_SECOND)
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.close()


@pytest.mark.parametrize("leave", [hang_up, kill])
def test_a_cell_that_was_being_typed_into_is_open_again(
    demo_path: Path, tmp_path: Path, leave: Callable[[Terminal], None]
) -> None:
    terminal = opened(demo_path, tmp_path)
    type_a_quota(terminal)
    terminal.press("4", "4", "k", quiet_seconds=0.05)
    leave(terminal)
    with opened(demo_path, tmp_path) as again:
        again.wait_for("“44k” was being typed")
        again.settle()
        again.press("enter")
        again.wait_for("44k•")
        again.wait_for("2 unsaved")
        again.settle()
        again.press("7", "escape", quiet_seconds=0.5)
        time.sleep(A_SECOND)
        os.kill(again.pid, signal.SIGKILL)
    with opened(demo_path, tmp_path) as last:
        last.wait_for("2 unsaved")
        assert "being typed" not in last.text


@pytest.mark.parametrize("leave", [hang_up, end, kill])
def test_what_is_typed_is_there_again(demo_path: Path, tmp_path: Path, leave: Callable[[Terminal], None]) -> None:
    terminal = opened(demo_path, tmp_path)
    type_a_quota(terminal)
    leave(terminal)
    (draft,) = kept(tmp_path)
    assert draft["done"] == 1
    assert draft["steps"][0]["after"][0][-1] == "12345"
    with opened(demo_path, tmp_path) as again:
        again.wait_for("1 unsaved")
        assert "12,345•" in again.text
        again.press("w")
        again.wait_for("Saved: 1 quota")
        again.settle()
    assert not kept(tmp_path)
