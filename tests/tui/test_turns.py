"""Garbage is looked for everywhere only while nobody presses a key; large work begins once a picture is on its way."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from salestui.tui import turns
from tests.tui.desk import at_desk
from tests.tui.driving import press

TIDIED = """
import gc, weakref
from salestui.tui import turns

class Thing: pass

def circle():
    one = Thing(); one.itself = one
    return weakref.ref(one)

turns.take_short_turns()
gone = circle()
gc.collect(0)
kept = [circle() for _ in range(3)]
old = Thing(); old.itself = old; seen = weakref.ref(old)
gc.collect(0)
del old
turns.tidy()
print("too early", seen() is not None)
things = [[] for _ in range(150_000)]
print("by itself", seen() is None)
turns.tidy()
print("at rest", seen() is None)
"""


def test_old_garbage_stays_until_somebody_rests() -> None:
    done = subprocess.run([sys.executable, "-c", TIDIED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["too early True", "by itself False", "at rest True"]
    assert gc.isenabled()


async def test_somebody_who_presses_a_key_is_let_be(demo_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tidied: list[str] = []
    monkeypatch.setattr(turns, "tidy", lambda: tidied.append("tidied"))
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "down")
        app._tidy_at_rest()
        assert not tidied
        app._tidy_at_rest()
        assert tidied == ["tidied"]


async def test_what_waits_for_a_picture_goes_on_where_there_is_none_to_paint(demo_path: Path) -> None:
    done: list[str] = []
    async with at_desk(demo_path) as (app, pilot):
        app.after_painting(lambda: done.append("once"))
        for _ in range(100):
            if not done:
                await pilot.pause(0.05)
        assert done == ["once"]
        app.after_painting(lambda: done.append("painted"))
        await press(pilot, "g", "q")
        assert done == ["once", "painted"]
