"""Thrifty painting shows the same picture as Textual's own, with fewer bytes."""

import io
from collections.abc import Iterator

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from salestui.tui.painting import ThriftyRegions, ThriftyScreen
from salestui.tui.picture import Picture

WIDTH, HEIGHT = 24, 4
CONSOLE = Console(file=io.StringIO(), color_system="truecolor", force_terminal=True)
STYLES = [
    None,
    Style.parse("#e0e0e0 on #121212"),
    Style.parse("bold #e0e0e0 on #121212"),
    Style.parse("bold underline #ff0000 on #121212"),
    Style.parse("reverse #e0e0e0 on #121212"),
    Style.parse("reverse underline"),
    Style.parse("red on #121212"),
]
NARROW = st.tuples(st.text("abc 123", min_size=1, max_size=9), st.sampled_from(STYLES))
WIDE = st.tuples(st.sampled_from(["株式", "한국", "e\u0301x", "✓ │ …"]), st.sampled_from(STYLES))
ROW = st.lists(st.one_of(NARROW, WIDE), max_size=8)
STEP = st.one_of(
    st.tuples(st.just("screen"), st.lists(ROW, min_size=HEIGHT, max_size=HEIGHT), st.none()),
    st.tuples(
        st.just("regions"),
        st.lists(ROW, min_size=HEIGHT, max_size=HEIGHT),
        st.lists(
            st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.integers(1, WIDTH)),
            min_size=1,
            max_size=3,
        ),
    ),
)

Row = list[tuple[str, Style | None]]


class Viewer:
    """A terminal's screen."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed("\x1b[?7l")
        self.sent = 0

    def feed(self, text: str) -> None:
        self._stream.feed(text)
        self.sent += len(text)

    def picture(self) -> list[list[object]]:
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


def strip(row: Row) -> Strip:
    """The row as a line of the screen's width."""
    return Strip([Segment(text, style) for text, style in row]).adjust_cell_length(WIDTH, None)


def regions(now: list[Strip], dirty: list[tuple[int, int, int]]) -> ChopsUpdate:
    """An update of some regions of the screen."""
    spans = sorted({(y, x, min(WIDTH, x + width)) for x, y, width in dirty})
    merged = [span for span in spans if span == next(other for other in spans if other[0] == span[0])]
    return ChopsUpdate([{0: line} for line in now], merged, [[WIDTH]] * HEIGHT)


def thrifty(update: ChopsUpdate | LayoutUpdate, picture: Picture) -> str:
    """What is sent instead."""
    if isinstance(update, ChopsUpdate):
        return ThriftyRegions(update, picture).render_segments(CONSOLE)
    return ThriftyScreen(update, picture).render_segments(CONSOLE)


def updates(
    steps: list[tuple[str, list[Row], list[tuple[int, int, int]] | None]],
) -> Iterator[ChopsUpdate | LayoutUpdate]:
    """Updates as Textual makes them: whole screens, and regions of lines in which nothing else has changed."""
    now = [strip([]) for _ in range(HEIGHT)]
    yield LayoutUpdate([[line] for line in now], Region(0, 0, WIDTH, HEIGHT))
    for kind, rows, dirty in steps:
        if kind == "screen" or dirty is None:
            now = [strip(row) for row in rows]
            yield LayoutUpdate([[line] for line in now], Region(0, 0, WIDTH, HEIGHT))
        else:
            for x, y, width in dirty:
                new, end = strip(rows[y]), min(WIDTH, x + width)
                now[y] = Strip.join([now[y].crop(0, x), new.crop(x, end), now[y].crop(end, WIDTH)])
            yield regions(now, [(0, y, WIDTH) for _, y, _ in dirty])


@given(steps=st.lists(STEP, max_size=6))
def test_the_picture_is_the_same(steps: list[tuple[str, list[Row], list[tuple[int, int, int]] | None]]) -> None:
    textual, ours, picture = Viewer(), Viewer(), Picture()
    for update in updates(steps):
        textual.feed(update.render_segments(CONSOLE))
        ours.feed(thrifty(update, picture))
        assert ours.picture() == textual.picture()
    assert ours.sent <= textual.sent


def one_line(text: str, style: Style | None = None) -> LayoutUpdate:
    """A screen with one line of text."""
    return LayoutUpdate([[Strip([Segment(text, style)]).adjust_cell_length(WIDTH, style)]], Region(0, 0, WIDTH, 1))


def test_what_is_there_already_is_not_sent() -> None:
    picture = Picture()
    assert "Ruiz" in thrifty(one_line("Ruiz 410k"), picture)
    assert thrifty(one_line("Ruiz 410k"), picture) == ""
    assert thrifty(one_line("Ruiz 420k"), picture) == "\x1b[1;7H2"


def test_a_forgotten_picture_is_sent_again() -> None:
    picture = Picture()
    first = thrifty(one_line("Ruiz 410k"), picture)
    picture.forget()
    assert thrifty(one_line("Ruiz 410k"), picture) == first


def test_painting_begins_where_the_region_does() -> None:
    line = Strip([Segment("x" * WIDTH)])
    update = ChopsUpdate([{0: line}], [(0, 20, 22)], [[WIDTH]])
    assert thrifty(update, Picture()) == "\x1b[1;21Hxx"


def test_colours_are_named_when_they_change() -> None:
    line = Strip([Segment("ab", STYLES[1]), Segment("cd", STYLES[4]), Segment("ef", STYLES[1])])
    sent = thrifty(LayoutUpdate([[line]], Region(0, 0, 6, 1)), Picture())
    assert sent == "\x1b[1H\x1b[38;2;224;224;224;48;2;18;18;18mab\x1b[7mcd\x1b[27mef\x1b[m"


@pytest.mark.parametrize("text", ["👩", "हिन्दी", "\U0001faea"])
def test_a_character_of_disputed_width_cannot_push_the_next_one_aside(text: str) -> None:
    line = Strip([Segment(f"{text}|next")])
    sent = thrifty(LayoutUpdate([[line]], Region(0, 0, WIDTH, 1)), Picture())
    before, after = sent.split(text)
    assert before.endswith("\x1b[1G")
    assert after == f"\x1b[{line.cell_length - 4}G|next"


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b2J", "a\rb", "\x07", "é\x1b[2J"])
def test_a_control_character_in_a_widget_does_not_reach_the_terminal(text: str) -> None:
    sent = thrifty(LayoutUpdate([[Strip([Segment(text)])]], Region(0, 0, WIDTH, 1)), Picture())
    assert sent.removeprefix("\x1b[1H").isprintable()
