"""salestui beside vim, VisiData and Textual's own table with as many rows: bytes and milliseconds, in one run."""

import csv
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import reporting
from tests.support.environment import STARTED_WITH
from tests.terminal.grid_app import DEALS
from tests.terminal.pty_driver import Terminal

pytestmark = pytest.mark.benchmark

SIZE = (120, 40)
ROWS = 2_800
STARTS = 5
EVERYTHING = ":period 2023-07..2025-11\r"
LEAVE = ("escape",)


class Act(NamedTuple):
    """What to press first, what to measure, one key after another, and how to get back."""

    keys: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Program(NamedTuple):
    """Something with a table in a terminal: how it starts, how one knows that it stands, and what is measured."""

    command: list[str]
    shows: str
    acts: Mapping[str, Act]


class Measured(NamedTuple):
    """The median of bytes, and of the milliseconds to the last of them."""

    bytes: float
    ms: float

    def __str__(self) -> str:
        return f"{self.bytes:,.0f} B {self.ms:,.0f} ms"


_MOVES = ("down", "right", "down", "left", "up", "down") * 3
_PAGES = ("pagedown", "pagedown", "pageup", "pagedown") * 3
ACTS = ("cursor move", "page", "typed character", "edit", "dialog", "other screen")


def salestui(demo: Path) -> Program:
    """The app, in a list of all sales there are."""
    command = [os.path.join(os.path.dirname(sys.executable), "salestui"), "--db", str(demo)]
    return Program(
        command,
        "Furthest behind",
        {
            "other screen": Act(("4", "1") * 3, (EVERYTHING,)),
            "dialog": Act(("?", "escape") * 3),
            "cursor move": Act(_MOVES, ("4", "right", "enter")),
            "page": Act(_PAGES),
            "typed character": Act(tuple("scope west and"), (":",), LEAVE),
            "edit": Act(("12k\r", "13k\r", "14k\r", "15k\r"), ("gq", "B", "right", "right", "down", "down", "down")),
        },
    )


def textual(_demo: Path) -> Program:
    """Textual's own table, with its own palette for a dialog."""
    return Program(
        [sys.executable, "-m", "tests.terminal.grid_app", "table", str(ROWS)],
        "Deal 000000",
        {
            "cursor move": Act(_MOVES),
            "page": Act(_PAGES),
            "dialog": Act(("ctrl+p", "escape") * 3),
            "edit": Act(("e",) * 4, ("right",)),
            "typed character": Act(tuple("theme"), ("ctrl+p",), LEAVE),
        },
    )


def vim(demo: Path) -> Program:
    """Vim, with a file of as many lines, a window more for a dialog and another file for another screen."""
    program = _program("vim")
    return Program(
        [program, "-u", "NONE", "-N", "-n", "-i", "NONE", str(_table(demo)), str(demo.parent / "other.txt")],
        "Deal 000000",
        {
            "cursor move": Act(_MOVES),
            "page": Act(_PAGES),
            "edit": Act(("rx", "ry", "rz", "rx")),
            "dialog": Act((":new\r", ":q\r") * 3),
            "other screen": Act((":n\r", ":N\r") * 3),
            "typed character": Act(tuple("set nowrap and"), (":",), LEAVE),
        },
    )


def visidata(demo: Path) -> Program:
    """VisiData, with a table of as many rows; its list of sheets is another screen, its list of columns a dialog."""
    program = _program("vd")
    return Program(
        [program, "--motd-url=", str(_table(demo))],
        "Deal 000000",
        {
            "cursor move": Act(_MOVES),
            "page": Act(_PAGES),
            "edit": Act(("ex\r", "ey\r", "ez\r", "ex\r"), ("right",)),
            "dialog": Act(("C", "q") * 3),
            "other screen": Act(("S", "q") * 3),
            "typed character": Act(tuple("Proposal and"), ("/",), ("ctrl+c",)),
        },
    )


PROGRAMS: Mapping[str, Callable[[Path], Program]] = {
    "salestui": salestui,
    "vim": vim,
    "VisiData": visidata,
    "Textual DataTable": textual,
}


def _program(name: str) -> str:
    found = STARTED_WITH.get(f"SALESTUI_TEST_{name.upper()}") or shutil.which(name)
    if not found:
        raise FileNotFoundError(f"there is no {name}; SALESTUI_TEST_{name.upper()} may name one")
    return found


def _table(demo: Path) -> Path:
    """The made-up deals as a file."""
    path = demo.parent / "deals.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([field.title for field in DEALS])
        writer.writerows([field.text(deal) for field in DEALS] for deal in range(ROWS))
    (demo.parent / "other.txt").write_text("another\n" * 100, "utf-8")
    return path


def start(program: Program) -> Measured:
    """The first screen: its bytes, and the time until it stands."""
    found = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with Terminal(program.command, SIZE) as terminal:
            terminal.wait_for(program.shows)
            took = time.perf_counter() - begun
            terminal.settle(quiet_seconds=0.6)
            found.append((terminal.bytes, took * 1000))
    return _median(found)


def act(terminal: Terminal, wanted: Act) -> Measured:
    """What the keys of an act bring."""
    for key in wanted.before:
        terminal.press(key, quiet_seconds=0.8)
    answers = [terminal.press(key) for key in wanted.keys]
    for key in wanted.after:
        terminal.press(key, quiet_seconds=0.5)
    return _median([(answer.bytes, answer.last_ms or 0.0) for answer in answers])


def _median(found: list[tuple[int, float]]) -> Measured:
    return Measured(*map(statistics.median, zip(*found, strict=True)))


def test_a_key_takes_fewer_bytes_and_less_time_than_in_the_table_of_textual(demo_path: Path) -> None:
    found: dict[str, dict[str, Measured]] = {}
    absent: list[str] = []
    for name, make in PROGRAMS.items():
        try:
            program = make(demo_path)
        except FileNotFoundError as reason:
            absent.append(f"{name} was left out: {reason}")
            continue
        found[name] = {"first screen": start(program)}
        with Terminal(program.command, SIZE) as terminal:
            terminal.wait_for(program.shows)
            terminal.settle(quiet_seconds=1.0)
            found[name] |= {what: act(terminal, wanted) for what, wanted in program.acts.items()}
    ours, theirs = found["salestui"], found["Textual DataTable"]
    rows = [["", *found, "salestui : Textual"]]
    for what in ("first screen", *ACTS):
        cells = [str(measured[what]) if what in measured else "–" for measured in found.values()]
        rows.append([what, *cells, _ratio(ours[what], theirs[what]) if what in theirs else "–"])
    reporting.keep("\n".join([f"{ROWS:,} rows at {SIZE[0]}×{SIZE[1]}, the median of several", *absent]), rows)
    for what in ("first screen", "cursor move", "page", "typed character", "edit", "dialog"):
        assert ours[what].bytes < 0.6 * theirs[what].bytes, what
    assert ours["page"].ms < theirs["page"].ms


def _ratio(ours: Measured, theirs: Measured) -> str:
    return f"{ours.bytes / theirs.bytes:.2f} B {ours.ms / theirs.ms:.2f} ms"
