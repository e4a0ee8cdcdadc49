"""Leaving when the terminal hangs up or the system asks: orderly, and within a second whatever happens."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

SECONDS = 0.6
LOOK_SECONDS = 5.0
"""How often to look whether the terminal is still there: a hang-up does not reach everyone it concerns."""
_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


def leave_on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> None:
    """Call `leave` on the loop when a signal asks to go; end the process if it is still there a moment later."""
    for number in _SIGNALS:
        loop.add_signal_handler(number, leave)
        # The loop learns of the signal all the same. A terminal that stopped reading can hold the loop up for good,
        # and then only a thread can still act.
        signal.signal(number, _give_a_moment)


def terminal_lives() -> bool:
    """Whether standard input is still a terminal; once it has hung up, it is none any more."""
    return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())


def _give_a_moment(number: int, frame: FrameType | None) -> None:
    watchdog = threading.Timer(SECONDS, os._exit, [128 + number])
    watchdog.daemon = True
    watchdog.start()
