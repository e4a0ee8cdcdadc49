"""Whatever bytes a terminal sends, the app goes on: a terminal of another encoding, a broken line, a huge paste."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.pty_driver import Terminal
from tests.terminal.test_screen_bytes import started


@pytest.fixture(scope="module")
def terminal(demo_template: Path) -> Iterator[Terminal]:
    """The app on the demo company."""
    with started(demo_template, (80, 24)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        (b"M\xfcller", ":M\ufffdller"),
        (b"\xff\xfe\x80", ":\ufffd\ufffd\ufffd"),
        (b"\x1b[200~M\xfcller\x1b[201~", ":M\ufffdller"),
        (b"\xed\xa0\x80", ":\ufffd\ufffd\ufffd"),
        (b"\xf0\x9f\x91", ":"),
        (b"\x1b[99999999u", ":"),
        (b"\x1b[1;99999999999999999999u", ":"),
        (b"\x1b[<0;1;1M\x1b[<99999999999;99999999999;0M", ":"),
        (b"\x1b]52;c;aGk=\x07", None),
        (b"\x1bP1$r0m\x1b\\", None),
        (bytes(range(1, 27)), None),
    ],
)
def test_any_bytes_are_taken(terminal: Terminal, sent: bytes, typed: str | None) -> None:
    terminal.press(":", "ctrl+u", quiet_seconds=0.1)
    terminal.send(sent, 0.15)
    assert typed is None or terminal.lines[-1].split("  ")[0] == typed
    for _ in range(2):
        terminal.press("escape", quiet_seconds=0.15)
    assert not terminal.lines[-1].startswith(":")


def test_a_huge_paste_is_taken_at_once(terminal: Terminal) -> None:
    terminal.press(":")
    terminal.paste("k" * 100_000 + "e\u0301" * 1000, quiet_seconds=1.0)
    assert "éééé" in terminal.lines[-1]
    terminal.press("z")
    assert "z" in terminal.lines[-1]
    assert terminal.press("enter", quiet_seconds=0.6).bytes
    terminal.press("escape")
    terminal.press("4", quiet_seconds=0.5)
    assert "▸4" in terminal.lines[0]
