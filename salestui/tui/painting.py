"""Fewer bytes for the same picture: an app that sends only what is not on the screen yet.

Textual paints whole regions again, from the left edge of their widget, and the whole screen whenever the focus moves,
and it names all colours anew for every piece of text. Here only cells that differ are sent, and colours when they
change. Text whose width terminals may judge differently is followed by a move to where the next cell is, so that it
cannot push others aside; control characters never pass.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from threading import Event
from typing import NamedTuple, TypeVar

from rich.cells import cell_len
from rich.console import COLOR_SYSTEMS, Console, RenderableType
from textual import events, on
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from salestui.tui.picture import PLAIN, Pen, Picture, cells_of

Result = TypeVar("Result")

# Terminals may differ outside these blocks: Latin, accents, Greek, Cyrillic, punctuation, arrows, boxes, East Asian.
_DISPUTED = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u0482\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2400-\u2426\u2500-\u25fc"
    "\u2713\u2717\u2800-\u28ff\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]+"
)
_NOTHING_TO_PAINT_SECONDS = 0.1
_ON_AND_OFF = "1-22 2-22 3-23 4-24 5-25 6-25 7-27 8-28 9-29 21-24 51-54 52-54 53-55"
_OFF = dict(pair.split("-") for pair in _ON_AND_OFF.split())


class ThriftyApp(App[Result]):
    """An app that paints thriftily, whatever its widgets are."""

    _painted_size: Size | None = None

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        self.has_painted = Event()
        """Set once the first picture is on its way to the terminal."""
        self._after_painting: list[Callable[[], object]] = []
        super().__init__(ansi_color=ansi_color)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, ChopsUpdate):
            renderable = ThriftyRegions(renderable, self._picture)
        elif isinstance(renderable, LayoutUpdate):
            renderable = ThriftyScreen(renderable, self._picture)
        super()._display(screen, renderable)
        if renderable is not None and not self._batch_count and not self.has_painted.is_set():
            self._painted_size = self.size
            self.has_painted.set()
        if renderable is not None and not self._batch_count:
            self._go_on_after_painting()

    def after_painting(self, then: Callable[[], object]) -> None:
        """Do something once what has changed is on its way to the terminal: beside work, painting takes thrice as long.

        Where nothing is to be painted it is done a moment later.
        """
        self._after_painting.append(then)
        self.set_timer(_NOTHING_TO_PAINT_SECONDS, self._go_on_after_painting)

    def _go_on_after_painting(self) -> None:
        waiting, self._after_painting = self._after_painting, []
        for then in waiting:
            then()

    def paint_now(self) -> None:
        """Paint what has changed, rather than at the next beat of the screen's clock, which may be 33 ms away."""
        self.screen._on_timer_update()

    @cached_property
    def _picture(self) -> Picture:
        return Picture()

    def action_redraw(self) -> None:
        """Paint everything again, whatever another program has left on the screen."""
        self._picture.forget()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Trust nothing: a terminal may do anything to its screen when its size changes."""
        if event.size != self._painted_size:
            self._picture.forget()
            self._painted_size = event.size

    @on(Driver.SignalResume)
    def come_back(self) -> None:
        """Paint everything again after the shell has had the screen."""
        self.action_redraw()


class ThriftyRegions(ChopsUpdate):
    """Some regions of the screen."""

    def __init__(self, update: ChopsUpdate, picture: Picture) -> None:
        super().__init__(update.chops, update.spans, update.chop_ends)
        self._picture = picture

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        return _painted(self._places(), self._picture, console)

    def _places(self) -> Iterator["_Place"]:
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                start, stop = max(x, left), min(end, right)
                if strip is not None and start < stop:
                    yield _Place(start, y, strip.crop(start - x, stop - x))


class ThriftyScreen(LayoutUpdate):
    """The whole screen."""

    def __init__(self, update: LayoutUpdate, picture: Picture) -> None:
        super().__init__(update.strips, update.region)
        self._picture = picture

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        return _painted(self._places(), self._picture, console)

    def _places(self) -> Iterator["_Place"]:
        for y, strips in enumerate(self.strips, self.region.y):
            yield _Place(self.region.x, y, Strip.join(strips))


class _Place(NamedTuple):
    """Where a strip is painted."""

    x: int
    y: int
    strip: Strip


def _painted(places: Iterable[_Place], picture: Picture, console: Console) -> str:
    system = COLOR_SYSTEMS[console.color_system or "truecolor"]
    sent: list[str] = []
    pen = PLAIN
    at = (-1, -1)
    for left, y, strip in places:
        for x, cells in picture.paint(left, y, cells_of(strip, system)):
            if (x, y) != at:
                sent.append(_move(x, y, at))
            at = (x + len(cells), y)
            for wanted, stretch in groupby(cells, key=itemgetter(1)):
                if wanted != pen:
                    sent.append(_change(pen, wanted))
                    pen = wanted
                letters = [char for char, _ in stretch]
                text = "".join(letters)
                sent.append(text if text.isascii() else _steadied(text, x))
                x += len(letters)
    if pen != PLAIN:
        sent.append("\x1b[m")
    return "".join(sent)


def _move(x: int, y: int, at: tuple[int, int]) -> str:
    if y == at[1]:
        return f"\x1b[{x + 1}G"
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"


@lru_cache(maxsize=1024)
def _change(old: Pen, new: Pen) -> str:
    if new == PLAIN:
        return "\x1b[m"
    off = dict.fromkeys(_OFF[code] for code in old.attributes if code not in new.attributes)
    codes = [*off, *(code for code in new.attributes if code not in old.attributes or _OFF[code] in off)]
    if new.foreground != old.foreground:
        codes.append(new.foreground)
    if new.background != old.background:
        codes.append(new.background)
    return f"\x1b[{';'.join(codes)}m"


def _steadied(text: str, x: int) -> str:
    """The text with blanks under each disputed stretch of it, and after it a move to where it should have ended."""
    sent: list[str] = []
    done = 0
    for match in _DISPUTED.finditer(text):
        start = x + cell_len(text[: match.start()])
        width = cell_len(match.group())
        sent += [text[done : match.start()], " " * width]
        sent += [f"\x1b[{start + 1}G", match.group(), f"\x1b[{start + width + 1}G"]
        done = match.end()
    return "".join([*sent, text[done:]])
