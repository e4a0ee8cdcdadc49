"""How slow this machine is at this moment, for budgets that are written in milliseconds of another machine."""

import statistics
import sys
from typing import Self

from tests.terminal.pty_driver import Terminal

_SIZE = (120, 40)
_MOVES = 30
_ANCHOR_MS = 4.0
"""What a cursor move in a bare table of lines took where the budgets were written."""


class Pace:
    """Measures before and after what it is for, and takes the faster of the two: noise loosens no budget."""

    def __init__(self, before: float) -> None:
        self._before = before

    @classmethod
    def now(cls) -> Self:
        """Before."""
        return cls(_move_ms())

    def slowness(self) -> float:
        """How many times as slow; at least 1, as people do not wait more gladly in front of a fast machine."""
        ratio = max(min(self._before, _move_ms()) / _ANCHOR_MS, 1.0)
        print(f"{ratio:.2f} times as slow as where the budgets were written")
        return ratio


def _move_ms() -> float:
    """From a key to the last byte of its answer in the bare table, the median of many, in milliseconds."""
    with Terminal([sys.executable, "-m", "tests.terminal.grid_app", "lines", "2000"], _SIZE) as terminal:
        terminal.wait_for("Deal 000000")
        terminal.settle()
        answers = [terminal.press("up" if move % 2 else "down", quiet_seconds=0.1).last_ms for move in range(_MOVES)]
    return statistics.median(ms for ms in answers if ms is not None)
