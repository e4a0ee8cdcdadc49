"""A terminal that stops reading holds no lock: others write to the database as if nobody had it open."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from salestui.metrics.work import work
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.store.schema import open_current
from salestui.store.work import Actor
from tests.terminal.pty_driver import Terminal
from tests.terminal.test_screen_bytes import SCREENS, started

REPAINTS = 40  # more than the app's queue of paints holds
MOMENT = 1.0


def change(path: Path, actor: str, amount: int) -> float:
    """Set the first quota, as somebody else at the same database does; the seconds that this took."""
    begun = time.monotonic()
    with work(open_current(Database("sqlite", str(path)), write=True), Actor(actor), "raise a quota") as begun_work:
        cell = begun_work.session.exec(select(QuotaCell).order_by("id")).first()
        assert cell is not None
        cell.amount = Amount(amount)
    return time.monotonic() - begun


def quota(path: Path) -> int:
    """The first quota."""
    with open_reader(Database("sqlite", str(path))) as reader:
        row = reader.one("SELECT amount FROM quota_cell ORDER BY id")
    assert row is not None
    return int(row[0]) // 10_000


@pytest.fixture
def terminal(demo_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """The app of Kim, who has just raised a quota."""
    monkeypatch.setenv("SALESTUI_ACTOR", "kim")
    change(demo_path, "kim", 111)
    with started(demo_path, (80, 24)) as opened:
        yield opened


def stall(terminal: Terminal, first: bytes = b"") -> None:
    """Have the terminal take nothing any more, press a key, and have the app paint until it waits for the terminal."""
    terminal.settle(quiet_seconds=0.2)
    terminal.take_nothing()
    terminal.write(first)
    for _ in range(REPAINTS):
        terminal.write(b"\x0c")
        time.sleep(0.012)
    assert terminal.idle_bytes(0.1) == 0


def test_others_write_while_a_terminal_on_any_screen_takes_nothing(
    terminal: Terminal, demo_path: Path, long: bool
) -> None:
    """In a long campaign on each of them; else on every third, with all before it open."""
    each = 1 if long else 3
    for number, (name, screen) in enumerate(SCREENS.items(), 200):
        for key in screen.keys:
            terminal.press(key, quiet_seconds=0.4)
        if number % each:
            continue
        stall(terminal)
        assert any(change(demo_path, "lee", number) < MOMENT for _ in range(3)), name
        terminal.take_all()
        assert terminal.settle(quiet_seconds=0.2) > 0
        assert quota(demo_path) == number


def test_a_change_is_finished_though_the_terminal_takes_nothing(terminal: Terminal, demo_path: Path) -> None:
    terminal.settle(quiet_seconds=1.5)  # until the app has found out that there is something to undo
    stall(terminal, b"u")
    end = time.monotonic() + MOMENT
    while quota(demo_path) == 111 and time.monotonic() < end:
        time.sleep(0.05)
    assert quota(demo_path) != 111
    assert change(demo_path, "lee", 300) < MOMENT
    terminal.take_all()
    terminal.settle()
    terminal.press("3", quiet_seconds=0.5)
    assert "▸3" in terminal.lines[0]
