"""The wall itself: what the app says passes it, what data could say does not."""

import pytest

from tests.campaigns.hostile import EVERY_PIECE
from tests.terminal.sequences import acting, strangers

SIZE = (80, 24)


@pytest.mark.parametrize(
    "own",
    [
        "Acme\x1b[1;38;2;157;184;212;48;2;21;24;29m 株式会社 \x1b[22;39m\x1b[m",
        "\x1b[38;5;7;48;5;0m\x1b[27m\x1b[7m",
        "\x1b[24;80H\x1b[12H\x1b[80G",
        "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?2026$p\x1b[>1u\x1b[<u",
    ],
)
def test_the_app_s_own_words_pass(own: str) -> None:
    assert strangers(own.encode(), SIZE) == []


@pytest.mark.parametrize(
    "foreign",
    [
        "\x1b[5m",
        "\x1b[31m",
        "\x1b[1;8m",
        "\x1b[25;1H",
        "\x1b[81G",
        "\x1b[2J",
        "\x1b[?1047h",
        "\x1b[20;20r",
        "\x1bc",
        "\x1b",
        "\x9b5n",
        "\r",
        "\n",
        "\x07",
        "\u202e",
        "\u2028",
        "\x1b]52;c;cm0=\x07",
        "\x1b]0;owned\x07",
    ],
)
def test_anything_else_is_a_stranger(foreign: str) -> None:
    assert strangers(f"Acme{foreign}Corp".encode(), SIZE)


def test_a_byte_that_is_no_text_is_a_stranger() -> None:
    assert strangers(b"Acme \x9b5n", SIZE)


def test_only_what_was_copied_fills_the_clipboard() -> None:
    filling = b"\x1b]52;c;QWNtZQ==\x07"
    assert strangers(filling, SIZE)
    assert not strangers(filling, SIZE, copied=True)
    assert strangers(b"\x1b]52;c;?\x07", SIZE, copied=True)


def test_every_hostile_piece_that_a_terminal_obeys_is_a_stranger() -> None:
    for piece in EVERY_PIECE:
        assert bool(strangers(piece.encode(), SIZE)) == bool(acting(piece) or set("\n\t") & set(piece)), piece
