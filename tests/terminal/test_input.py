"""Whatever bytes a terminal sends, the app goes on: a terminal of another encoding, a broken line, a huge paste."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import constants, events

from salestui.tui.driver import Reader
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
        (b"\x1b[200~a\x1b[6nq\x1b\x1bb\x1b[I\x1b[200~c\x1bOPd\x1b\x1b[201~", ":a␛[6nq␛␛b␛[I␛[200~c␛OPd␛"),
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
    if typed is not None:
        _wait_below(terminal, lambda line: line.split("  ")[0] == typed)
    for _ in range(2):
        terminal.press("escape", quiet_seconds=0.15)
    _wait_below(terminal, lambda line: not line.startswith(":"))


def test_a_paste_is_text_wherever_its_bytes_are_cut() -> None:
    sent = "x\x1b[200~a\x1b[Ab\x1b[200~\x1b\x1b[201~y\x1b[200~\x1b[201~"
    for first in range(len(sent)):
        for second in range(first, len(sent)):
            reader = Reader()
            found = [
                message.text if isinstance(message, events.Paste) else message.key
                for part in (sent[:first], sent[first:second], sent[second:])
                for message in reader.feed(part)
                if isinstance(message, events.Paste | events.Key)
            ]
            assert found == ["x", "a\x1b[Ab\x1b[200~\x1b", "y", ""], (first, second)


def test_an_escape_that_nothing_follows_begins_no_paste() -> None:
    reader = Reader()
    first = list(reader.feed("\x1b"))
    time.sleep(2 * constants.ESCAPE_DELAY)
    found = [*first, *reader.tick(), *reader.feed("[200~q")]
    assert [message.key for message in found if isinstance(message, events.Key)][:1] == ["escape"]
    assert not any(isinstance(message, events.Paste) for message in found)
    assert [message.key for message in reader.feed("z") if isinstance(message, events.Key)] == ["z"]


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


def _wait_below(terminal: Terminal, is_there: Callable[[str], bool]) -> None:
    """Read until the last line is as it should be, for some seconds at most."""
    end = time.monotonic() + 10
    while not is_there(terminal.lines[-1]):
        assert time.monotonic() < end, terminal.text
        terminal.settle(0.05)
