"""What is on the terminal's screen, cell by cell, so that nothing is sent that stands there already."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_WORTH_A_MOVE = 6  # about as many bytes as it takes to move the terminal's cursor


class Pen(NamedTuple):
    """The terminal's attributes, foreground and background, in its own numbers."""

    attributes: tuple[str, ...] = ()
    foreground: str = "39"
    background: str = "49"


PLAIN = Pen()

Cell = tuple[str, Pen]
"""A character with the marks combined with it; empty for the second half of a wide one."""


class Picture:
    """The cells of the screen, as far as they are known."""

    def __init__(self) -> None:
        self._lines: dict[int, list[Cell | None]] = {}

    def forget(self) -> None:
        """Whatever is painted next is new."""
        self._lines.clear()

    def paint(self, x: int, y: int, cells: list[Cell]) -> Iterator[tuple[int, list[Cell]]]:
        """Put cells into the picture, and yield the stretches of them that have to be sent, with where they begin."""
        line = self._lines.setdefault(y, [])
        end = x + len(cells)
        line.extend([None] * (end + 1 - len(line)))
        before = line[x:end]
        if before == cells:
            return
        for cut in (x, end):
            here = line[cut]
            if cut and here and not here[0]:
                line[cut - 1] = line[cut] = (
                    None  # half of a wide character is written over, and the terminal drops both
                )
        line[x:end] = cells
        for start, stop in _stretches(before, cells):
            yield x + start, cells[start:stop]


def cells_of(segments: Iterable[Segment], system: ColorSystem) -> list[Cell]:
    """The cells that segments take."""
    cells: list[Cell] = []
    for text, style, control in segments:
        if control:
            continue
        pen = pen_of(style, system)
        if text.isascii() and text.isprintable():
            cells += [(char, pen) for char in text]
        else:
            _add(cells, _CONTROL.sub("", text), pen)
    return cells


@lru_cache(maxsize=1024)
def pen_of(style: Style | None, system: ColorSystem) -> Pen:
    """The pen that draws in a style."""
    if style is None:
        return PLAIN
    attributes = Strip.render_ansi(style.without_color, system)
    return Pen(
        tuple(attributes.split(";")) if attributes else (),
        ";".join(style.color.downgrade(system).get_ansi_codes()) if style.color else PLAIN.foreground,
        ";".join(style.bgcolor.downgrade(system).get_ansi_codes(False)) if style.bgcolor else PLAIN.background,
    )


def _add(cells: list[Cell], text: str, pen: Pen) -> None:
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells.append((text[start:end], pen))
            cells += [("", pen)] * (width - 1)
        elif cells and cells[-1][0]:
            before, its_pen = cells[-1]
            cells[-1] = (before + text[start:end], its_pen)


def _stretches(before: list[Cell | None], after: list[Cell]) -> Iterator[tuple[int, int]]:
    start = stop = 0
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if stop and position - stop <= _WORTH_A_MOVE:
            stop = position + 1
            continue
        if stop:
            yield start, stop
        start = position if after[position][0] else max(0, position - 1)
        stop = position + 1
    if stop:
        yield start, stop
