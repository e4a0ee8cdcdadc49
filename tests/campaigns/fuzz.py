"""Driving the app through a company of hostile texts: every screen, every place where something can be typed."""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from tests.terminal.pty_driver import Terminal
from tests.terminal.sequences import strangers
from tests.terminal.test_screen_bytes import SCREENS

SIZE = (100, 40)
PLACES: Mapping[str, tuple[str, ...]] = {
    "a command": (":",),
    "a scope by command": (":", "scope "),
    "a period by command": (":", "period "),
    "a day by command": (":", "as-of "),
    "a theme by command": (":", "theme "),
    "teams by command": (":", "line "),
    "a need by command": (":", "need "),
    "a thing by command": (":", "open "),
    "figures by command": (":", "kpi "),
    "a search": ("/",),
    "a filter": ("f",),
    "a scope": ("S",),
    "a period": ("P",),
    "the palette": ("ctrl+p",),
}
"""Every place where something can be typed, and the keys that lead there. A new one joins here."""
_LOOKED_AT = (("?", "pagedown", "escape"), ("y", "s", "s"), ("space", "space"))
_PAINT_SECONDS = 2.0
"""So long a paint that was asked for may take on a busy machine."""
_MARKED = re.compile(r"h(\d+)\.")


class Fault(AssertionError):
    """The app has ended, told of a fault, or sent what is not its own."""


def opened(path: Path, size: tuple[int, int] = SIZE) -> Terminal:
    """The app on a database, its first screen standing."""
    terminal = Terminal([os.path.join(os.path.dirname(sys.executable), "salestui"), "--db", str(path)], size)
    terminal.wait_for("1 Today")
    terminal.settle(1.0)
    return terminal


def look_at_everything(terminal: Terminal) -> frozenset[int]:
    """Go to every screen and press every key that shows more of it; the numbers of the hostile texts that were seen."""
    seen = set[int]()
    for name, screen in SCREENS.items():
        for key in screen.keys:
            terminal.press_and_rest(key)
        terminal.wait_for(screen.shows)
        for keys in ((*screen.moves, *screen.pages), *_LOOKED_AT):
            terminal.press_and_rest(*keys)
            seen |= shown(terminal)
        examine(terminal, name)
    return frozenset(seen)


def type_everywhere(terminal: Terminal, texts: Iterator[str], chance: Random, each: int) -> int:
    """Type and paste into `each` places of every screen, in turn through all of them; answers how many that were."""
    places = list(PLACES)
    chance.shuffle(places)
    for name, screen in SCREENS.items():
        for key in screen.keys:
            terminal.press_and_rest(key)
        for _ in range(each):
            places.append(places.pop(0))
            lead, *rest = PLACES[places[-1]]
            type_into(terminal, (lead, "ctrl+u", *rest), next(texts), pasted=chance.random() < 0.5)
            terminal.press_and_rest("enter")
            terminal.press_and_rest("escape", "escape", *(("f", "ctrl+u", "enter") if lead == "f" else ()))
        examine(terminal, name)
    return len(SCREENS) * each


def read_through(terminal: Terminal, keys: Sequence[str]) -> frozenset[int]:
    """Open a list and page through it to its end; the numbers of the hostile texts that were seen."""
    for key in keys:
        terminal.press_and_rest(key)
    seen, before = shown(terminal), ""
    while before != terminal.text:
        before = terminal.text
        terminal.press_and_rest("pagedown")
        seen |= shown(terminal)
    examine(terminal, f"the list behind {keys}")
    return frozenset(seen)


def shown(terminal: Terminal) -> set[int]:
    """The numbers of the hostile texts on the screen."""
    return {int(number) for number in _MARKED.findall(terminal.text)}


def examine(terminal: Terminal, where: str) -> None:
    """See that the app still paints, tells of no fault, and has sent nothing but its own words; else Fault."""
    painted = terminal.press_and_rest("ctrl+l") or terminal.settle(_PAINT_SECONDS)
    if not painted or "1 Today" not in terminal.lines[0] or "fault in the program" in terminal.text:
        raise Fault(f"{where}:\n{terminal.text}")
    found = strangers(bytes(terminal.output), (terminal.columns, terminal.rows), copied=True)
    if found:
        raise Fault(f"{where}: {found[:5]}")
    terminal.output.clear()


def faults_told(home: Path) -> str:
    """What was written down of faults, below a home."""
    logs = [*home.rglob("crash.log"), *home.rglob("salestui.log")]
    return "\n".join(path.read_text("utf-8") for path in logs)


def type_into(terminal: Terminal, lead: Sequence[str], text: str, *, pasted: bool) -> str:
    """Type or paste a text where these keys lead, and wait until it is painted; what the app was given of it."""
    given = _pasteable(text) if pasted else _typeable(text)
    terminal.press_and_rest(*lead, f"\x1b[200~{given}\x1b[201~" if pasted else given)
    return given


def _typeable(text: str) -> str:
    """The text as keys: without the controls, which are keys of their own, and without half characters."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))


def _pasteable(text: str) -> str:
    """The text as it can be pasted: terminals take the end of a paste out of what is pasted."""
    return text.replace("\x1b[201~", "")
