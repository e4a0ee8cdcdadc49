"""How slow this machine is at this moment, for budgets that are written in milliseconds of another machine."""

import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.terminal.pty_driver import Terminal

_SIZE = (120, 40)
_MOVES = 20
_ANCHOR_MS = 4.0
"""What a cursor move in a bare table of lines took where the budgets were written."""


class Pace:
    """A bare table of lines, whose cursor is moved before, amid and after what it is to be compared with."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._times: list[float] = []

    def look(self) -> None:
        """Take some times."""
        for move in range(_MOVES):
            answer = self._terminal.press("up" if move % 2 else "down", quiet_seconds=0.05).last_ms
            if answer is not None:
                self._times.append(answer)

    def slowness(self) -> float:
        """How many times as slow, as nineteen of twenty moves are, with a last look.

        At least 1: people do not wait more gladly in front of a fast machine.
        """
        self.look()
        ratio = max(statistics.quantiles(self._times, n=20)[-1] / _ANCHOR_MS, 1.0)
        print(f"{ratio:.2f} times as slow as where the budgets were written")
        return ratio


@contextmanager
def pace() -> Iterator[Pace]:
    """The bare table, with a first look."""
    with Terminal([sys.executable, "-m", "tests.terminal.grid_app", "lines", "2000"], _SIZE) as terminal:
        terminal.wait_for("Deal 000000")
        terminal.settle()
        opened = Pace(terminal)
        opened.look()
        yield opened
