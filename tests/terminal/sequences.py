"""What the app may send to a terminal, and nothing else: the wall that no sequence from data passes.

Only the app's own vocabulary is allowed, and of it only what is used: colours and attributes that the themes have,
moves to places on the screen, the switches of a full-screen app and its questions to the terminal.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Colours out of 256 or 16 million; bold, dim, italic, underline and reverse; no blinking and no hidden text.
_COLOUR = r"(?:|[012347]|2[2347]|[34]9|[34]8;5;\d{1,3}|[34]8;2;\d{1,3};\d{1,3};\d{1,3})"
_COLOURS = re.compile(rf"{_COLOUR}(?:;{_COLOUR})*")
_SWITCHES = frozenset(
    {"7", "25", "1000", "1002", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026", "2048"}
)
_QUESTIONS = frozenset({"\x1b[?2026$p", "\x1b[?2048$p", "\x1b[?1016$p", "\x1b[c", "\x1b[18t"})
_KEYBOARD = re.compile(r"\x1b\[(?:[<>=]\d*(?:;\d+)*u|\?u)")
_SEQUENCE = re.compile(r"\x1b\[(?P<private>[?<>=]?)(?P<numbers>[\d;]*)(?P<between>[ -/]*)(?P<final>[@-~])")
_CLIPBOARD = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
_POINTER = re.compile(r"\x1b\]22;[a-z-]+\x07")
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Stranger(NamedTuple):
    """Something that the app does not say of its own accord, and what stood around it."""

    what: str
    around: str


def strangers(output: bytes, size: tuple[int, int], *, copied: bool = False) -> list[Stranger]:
    """Everything in what a terminal was sent that is not the app's own; `copied` allows what fills a clipboard."""
    text = output.decode("utf-8", "surrogateescape")
    return [
        Stranger(text[start : start + 12], text[max(start - 30, 0) : start + 30])
        for start in _foreign(text, size, copied)
    ]


def acting(text: str) -> list[str]:
    """The characters of printed text that a terminal could act on; line ends and tabs are none."""
    return [char for char in text if char not in "\n\t" and _NEVER.match(char)]


def _foreign(text: str, size: tuple[int, int], copied: bool) -> Iterator[int]:
    at = 0
    while found := _NEVER.search(text, at):
        start = at = found.start()
        if text[start] == "\x1b":
            if (match := _SEQUENCE.match(text, start)) and _own(match, size):
                at = match.end()
                continue
            match = _POINTER.match(text, start) or (_CLIPBOARD.match(text, start) if copied else None)
            if match is not None:
                at = match.end()
                continue
        yield start
        at = start + 1


def _own(match: re.Match[str], size: tuple[int, int]) -> bool:
    """Whether the app itself says this."""
    whole, numbers, final = match.group(), match["numbers"], match["final"]
    if whole in _QUESTIONS or _KEYBOARD.fullmatch(whole):
        return True
    if match["between"]:
        return False
    if match["private"] == "?" and final in "hl":
        return numbers in _SWITCHES
    if match["private"]:
        return False
    if final == "m":
        return _COLOURS.fullmatch(numbers) is not None
    if final in "HG":
        return _on_the_screen(numbers, size, final)
    return False


def _on_the_screen(numbers: str, size: tuple[int, int], final: str) -> bool:
    given = [int(number or 1) for number in numbers.split(";")]
    limits = [size[0]] if final == "G" else [size[1], size[0]]
    return len(given) <= len(limits) and all(1 <= one <= most for one, most in zip(given, limits, strict=False))
