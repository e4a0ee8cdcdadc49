"""The only door from data to the screen: text that is never markup, and whose width is the same on every terminal.

`plain` makes text harmless and steady; `content` and `segment` hand it to Textual; `fitted` fills a column with it.
"""

import re
from functools import lru_cache
from unicodedata import category

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content

from salestui.model.values.text import safe_line

# Terminals disagree about the width of these: joiners, variation selectors, skin tones, flag letters, soft hyphens.
_UNSTEADY = re.compile("[\u00ad\u200d\ufe0e\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_FLAG_A = 0x1F1E6
_MARKS_PER_CELL = 8
_REMARK = re.compile(r"(?:, own| \([^()]{1,12}\))$")  # of a seat: its manager's own quota; (vacant), (from Mar)
_LEAST_NAME = 8


def plain(text: str) -> str:
    """The text on one line, with control characters visible and characters of disputed width replaced. Idempotent.

    Joined emoji come apart, skin tones and emoji styles are left out, flags become their letters, a soft hyphen a
    hyphen, a character unknown to Unicode `�`, and a combining mark that has nothing before it stands on `◌`.
    """
    if text.isascii() and text.isprintable():
        return text
    steady = _UNSTEADY.sub(_steady, safe_line(text))
    if not steady.isprintable():
        steady = "".join("\ufffd" if category(char) == "Cn" else char for char in steady)
    return f"◌{steady}" if steady and not get_character_cell_size(steady[0]) else steady


def content(text: str) -> Content:
    """Data text as the content of a widget."""
    return Content(plain(text))


def segment(text: str, style: Style | None = None) -> Segment:
    """Data text as a piece of a line."""
    return Segment(plain(text), style)


def width_of(text: str) -> int:
    """How many cells the text takes on the screen."""
    return cell_len(plain(text))


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells: padded on the other side of its alignment, or cut, shown by `…`.

    A remark that ends it, `, own` or `(vacant)`, outlives the cut: by it two seats of one title are told apart.
    """
    if text.isascii() and text.isprintable() and len(text) <= width:
        return text.rjust(width) if right else text.ljust(width)
    return _fitted(text[: width * _MARKS_PER_CELL + 1], width, right)


@lru_cache(maxsize=4096)
def _fitted(text: str, width: int, right: bool) -> str:
    if width < 1:
        return ""
    shown = plain(text)
    size = cell_len(shown)
    if size > width or len(text) > width * _MARKS_PER_CELL:
        remark = _remark(shown, width)
        shown = f"{_cut(shown, width - 1 - len(remark))}…{remark}"
        size = cell_len(shown)
    padding = " " * (width - size)
    return padding + shown if right else shown + padding


def _remark(text: str, width: int) -> str:
    found = _REMARK.search(text)
    fits = found and found.group().isascii() and width - len(found.group()) > _LEAST_NAME
    return found.group() if found and fits else ""


def _cut(text: str, width: int) -> str:
    taken = 0
    for position, char in enumerate(text):
        taken += get_character_cell_size(char)
        if taken > width:
            return text[:position]
    return text


def _steady(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\u00ad":
        return "-"
    letter = ord(char) - _FLAG_A
    return chr(ord("A") + letter) if 0 <= letter < 26 else ""
