"""`Lines`: a few lines of text that repaint only as far as they changed. Header, footer, prompt and lists are such."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, NamedTuple

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from salestui.tui.text import content, fitted, plain, width_of
from salestui.tui.themes import style_of

Tone = Literal["", "muted", "strong", "current", "key", "good", "warn", "bad", "cursor"]
"""What a piece of text is; the theme says how that looks."""


class Span(NamedTuple):
    """Text of one tone. It may come from data: it is made safe on its way to the screen."""

    text: str
    tone: Tone = ""


Row = tuple[Span, ...]


class Lines(Widget, inherit_bindings=False):
    """Rows of spans, the first at the top. What is wider than the widget is cut, and ends with `…`."""

    ALLOW_SELECT = False

    def __init__(self, rows: Iterable[Row] = (), *, name: str | None = None, classes: str | None = None) -> None:
        """Begin with these rows."""
        super().__init__(name=name, classes=classes)
        self._rows: tuple[Row, ...] = tuple(rows)
        self._theme = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def shown(self) -> list[str]:
        """The rows as plain text."""
        return ["".join(plain(span.text) for span in row) for row in self._rows]

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; only cells up to the last one that differs are painted again."""
        before, self._rows = self._rows, tuple(rows)
        width, height = self.size
        if not width:
            return
        changed = [
            Region(0, y, end, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._rows, fillvalue=()))
            if y < height and (end := min(differ_until(old, new), width))
        ]
        if changed:
            self.refresh(*changed)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show other rows, and be as high as they are."""
        self.styles.height = len(rows)
        self.show(rows)

    def render_line(self, y: int) -> Strip:
        """One row for the screen."""
        row = self._rows[y] if y < len(self._rows) else ()
        style, theme, width = self.rich_style, self.app.theme, self.size.width
        strip = Strip([Segment(plain(span.text), style + style_of(span.tone, theme)) for span in row if span.text])
        if strip.cell_length > width:
            return Strip([*strip.crop(0, width - 1), Segment("…", style)]).adjust_cell_length(width)
        return strip.adjust_cell_length(width, style)

    def notify_style_update(self) -> None:
        """Paint again in another theme: tones are not among the styles that Textual compares."""
        super().notify_style_update()
        if self._theme != self.app.theme:
            self._theme = self.app.theme
            self.refresh()


def row_width(row: Row) -> int:
    """How many cells the row takes."""
    return sum(width_of(span.text) for span in row)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """The text broken into lines of so many cells; after `most` of them it ends with `…`."""
    lines = [line.plain for line in content(text).wrap(max(width, 2))]
    if len(lines) > most:
        lines = [*lines[: most - 1], fitted(f"{lines[most - 1].rstrip()} …{lines[most]}", width)]
    return lines


def differ_until(old: Row, new: Row) -> int:
    """The number of cells from the left after which the two rows are the same."""
    if old == new:
        return 0
    before, after = _cells(old), _cells(new)
    for position in range(max(len(before), len(after)), 0, -1):
        if before[position - 1 : position] != after[position - 1 : position] and not (
            _blank(before, position) and _blank(after, position)
        ):
            return position
    return 0


def _cells(row: Row) -> list[tuple[str, Tone]]:
    return [cell for text, tone in row for cell in _cells_of(plain(text), tone)]


def _cells_of(text: str, tone: Tone) -> list[tuple[str, Tone]]:
    if text.isascii():
        return [(char, tone) for char in text]
    return [(char, tone) for char in text for _ in range(get_character_cell_size(char))]


def _blank(cells: list[tuple[str, Tone]], position: int) -> bool:
    return position > len(cells) or cells[position - 1] == (" ", "")
