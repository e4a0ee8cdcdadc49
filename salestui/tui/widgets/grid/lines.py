"""A line of the grid as pieces that can be compared, so that only what differs is painted again."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

_WORTH_A_JUMP = 8  # moving the terminal's cursor takes about as many bytes


class Look(NamedTuple):
    """How text looks: its tone, and how the cursor or a range shows on it, if one does.

    A range looks like the cursor; the cursor within a range is a `corner`, which both styles together make.
    """

    tone: str = "normal"
    cursor: Literal["", "cursor", "cursor-idle", "corner"] = ""


class Run(NamedTuple):
    """Text of one look. It has passed `tui.text`."""

    text: str
    look: Look = Look()


class Piece(NamedTuple):
    """A stretch of a line that is painted as one: where it begins, how wide it is, what stands in it."""

    x: int
    width: int
    runs: tuple[Run, ...]


Line = tuple[Piece, ...]


def strip_of(line: Line, style_of: Callable[[Look], Style]) -> Strip:
    """The line for Textual, with neighbours of one style merged."""
    segments: list[Segment] = []
    texts: list[str] = []
    style: Style | None = None
    for piece in line:
        for text, look in piece.runs:
            wanted = style_of(look)
            if texts and wanted != style:
                segments.append(Segment("".join(texts), style))
                texts = []
            style = wanted
            texts.append(text)
    segments.append(Segment("".join(texts), style))
    return Strip(segments, sum(piece.width for piece in line))


def changes(old: Line, new: Line) -> Iterator[tuple[int, int]]:
    """Where two lines differ, as (x, width); stretches too near to be worth a jump are one."""
    start = end = 0
    for x, width in _changed_pieces(old, new):
        if end and x - end > _WORTH_A_JUMP:
            yield start, end - start
            start = x
        elif not end:
            start = x
        end = x + width
    if end:
        yield start, end - start


def _changed_pieces(old: Line, new: Line) -> Iterable[tuple[int, int]]:
    if [piece[:2] for piece in old] != [piece[:2] for piece in new]:
        return [(0, max(_end(old), _end(new)))]
    return [after[:2] for before, after in zip(old, new, strict=True) if before != after]


def _end(line: Line) -> int:
    return line[-1].x + line[-1].width if line else 0
