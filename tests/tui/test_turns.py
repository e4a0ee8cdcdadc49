"""Garbage is looked for everywhere only while nobody presses a key."""

import gc
import subprocess
import sys

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
