"""How threads take turns: whatever they do, none of them keeps the keys waiting for long."""

import gc
import sys

REST_SECONDS = 5.0
"""After so long without a key garbage is looked for everywhere."""
_TURN_SECONDS = 0.001
"""A thread that computes gives way after so long. A key passes three threads on its way to the screen, so that five
times as long, which is usual, would be felt."""
_YOUNG_THINGS = 20_000
"""After so many new objects garbage is looked for among these."""
_NEVER = 1_000_000
_LOOKS = 5
"""After so many looks among new objects it is time for one everywhere."""


def take_short_turns() -> None:
    """Have every thread of the program give way soon; for once the first picture is out, as it makes a start longer.

    From now on garbage is looked for among new objects alone, and everywhere only by `tidy`: everything waits while all
    the long lists of a large plan are gone through. What is there by now stays, and is not gone through any more.
    """
    sys.setswitchinterval(_TURN_SECONDS)
    gc.set_threshold(_YOUNG_THINGS, _NEVER)
    gc.freeze()


def tidy() -> None:
    """Look for garbage everywhere, if much has come since the last time; for when nobody presses a key."""
    if gc.get_count()[1] >= _LOOKS:
        gc.collect()
