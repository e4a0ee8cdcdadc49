"""Keys that arrive all at once, as a slow line delivers them, mean what they mean one by one."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The app on a made-up company, quiet."""
    with Terminal([sys.executable, "-m", "tests.tui.fake_core", str(tmp_path)], (80, 24)) as opened:
        opened.wait_for("96 months")
        opened.settle()
        yield opened


@pytest.mark.parametrize(
    ("burst", "first_line"),
    [
        (":period 2026Q3\r", "▸1 Today 2 Planning 3 People 4 Performance         West · 2026Q3 · day 92 of 92"),
        ("Schen\r", "▸1 Today 2 Planning 3 People 4 Performance     Chen, Bo · 2026Q4 · day 54 of 92"),
        ("P2026-02\r", "▸1 Today 2 Planning 3 People 4 Performance        West · 2026-02 · day 28 of 28"),
        ("2Schen\r3", " 1 Today 2 Planning▸3 People 4 Performance     Chen, Bo · 2026Q4 · day 54 of 92"),
        (":kpi chen\r:period 2026Q3\r", "4 Performance     Chen, Bo · 2026Q3 · day 92 of 92"),
        (
            "\x1b[200~pasted\x1b[201~:\x1b[200~scope chen\x1b[201~\r",
            "▸1 Today 2 Planning 3 People 4 Performance     Chen, Bo · 2026Q4 · day 54 of 92",
        ),
    ],
)
def test_keys_at_once_are_handled_one_after_another(terminal: Terminal, burst: str, first_line: str) -> None:
    terminal.press(burst, quiet_seconds=0.6)
    assert terminal.lines[0].rstrip().endswith(first_line.rstrip())


def test_what_is_typed_into_the_command_line_never_acts_by_itself(terminal: Terminal) -> None:
    terminal.press(":quit and q and 2 and u", quiet_seconds=0.6)
    assert terminal.lines[-1].startswith(":quit and q and 2 and u")
    assert terminal.lines[0].startswith("▸1 Today")
