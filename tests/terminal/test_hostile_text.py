"""Names that no one should have do nothing to the terminal and push no column aside."""

import sys
from collections.abc import Iterator

import pytest

from tests.terminal.pty_driver import Terminal
from tests.tui.nasty import PIECES

SIZE = (90, len(PIECES) + 2)


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    """All those names on the screen."""
    with Terminal([sys.executable, "-m", "tests.terminal.grid_app", "hostile", str(len(PIECES))], SIZE) as opened:
        opened.wait_for("Again")
        opened.settle()
        yield opened


def test_every_column_begins_where_its_title_does(terminal: Terminal) -> None:
    divider = next(x for x in range(SIZE[0]) if terminal.char(x, 0).data == "│")
    end = next(x for x in range(SIZE[0]) if "".join(terminal.char(x + n, 0).data for n in range(3)) == "End")
    for row in range(1, len(PIECES) + 1):
        assert terminal.char(divider, row).data == "│", PIECES[row - 1]
        assert "".join(terminal.char(end + n, row).data for n in range(3)) == "end", PIECES[row - 1]


def test_markup_and_escapes_are_seen(terminal: Terminal) -> None:
    for text in ("[bold]", "[@click=app.quit]", "Ann [/Q1] Lee", "␛[31m", "␛]0;title␇", "\\x9b5n", "\\u202e", "␊", "␡"):
        assert text in terminal.text


def test_no_sequence_from_a_name_reaches_the_terminal(terminal: Terminal) -> None:
    for sequence in (b"\x1b]0;", b"\x1b[31m", b"\x1b[2J", b"\x9b5n"):
        assert sequence not in terminal.output
