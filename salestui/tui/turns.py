"""How threads take turns: whatever they do, none of them keeps the keys waiting for long."""

import gc
import sys

_TURN_SECONDS = 0.001
"""A thread that computes gives way after so long. A key passes three threads on its way to the screen, so that five
times as long, which is usual, would be felt."""
_YOUNG_THINGS, _LOOKS = 20_000, 5
"""So many new objects before a look for garbage among them, and so many looks before one among all these: everything
waits meanwhile, for a few milliseconds and for some twenty."""


def take_short_turns() -> None:
    """Have every thread of the program give way soon; for once the first picture is out, as it makes a start longer."""
    sys.setswitchinterval(_TURN_SECONDS)
    gc.set_threshold(_YOUNG_THINGS, _LOOKS)
