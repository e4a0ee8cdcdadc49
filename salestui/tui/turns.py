"""How threads take turns: whatever they do, none of them keeps the keys waiting for long."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_TURN_SECONDS = 0.001
"""A thread that computes gives way after so long. A key passes three threads on its way to the screen, so that five
times as long, which is usual, would be felt."""

_counting = Lock()
_at_work = 0
"""How many are at something large."""


def take_short_turns() -> None:
    """Have every thread of the program give way soon; for once the first picture is out, as it makes a start longer.

    What there is by then stays, so that no look for garbage goes through it again.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    gc.freeze()


@contextmanager
def garbage_left() -> Iterator[None]:
    """Leave garbage where it is while something large goes on: every look for it would go through all the long lists
    of that, and everything waits meanwhile."""
    global _at_work
    with _counting:
        _at_work += 1
        gc.disable()
    try:
        yield
    finally:
        with _counting:
            _at_work -= 1
            if not _at_work:
                gc.enable()
