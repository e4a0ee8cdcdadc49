"""Processes of their own for the work of an engine, so that whoever asks stays free meanwhile."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr
from multiprocessing import connection, get_context, parent_process, resource_tracker
from typing import NamedTuple

_NICENESS = 10


class ExecutorSettings(NamedTuple):
    """How many processes to work in at once."""

    workers: int = 1


class Processes(ProcessPoolExecutor):
    """A pool of spawned processes at low priority, which can be ended at once whatever they are busy with."""

    def __init__(self, workers: int) -> None:
        """Nothing is started before the first piece of work."""
        super().__init__(workers, mp_context=get_context("spawn"), initializer=_begin)

    def end(self) -> None:
        """Drop what waits, end what works, and take no more. It does not wait for anything."""
        working = [*(self._processes or {}).values()]  # shutting down forgets them
        self.shutdown(wait=False, cancel_futures=True)
        for process in working:
            process.kill()


def make_executor(settings: ExecutorSettings) -> Processes:
    """An executor for an engine's parts. ValueError for no worker at all."""
    # A terminal app's standard error has no descriptor, and without one the first process could not be spawned.
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        resource_tracker.ensure_running()
    return Processes(settings.workers)


def _begin() -> None:
    """Make a worker a good neighbour: silent, deaf to Ctrl+C, of low priority, and gone when its parent is."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel, os._exit), daemon=True).start()


def _end_with(sentinel: int, leave: Callable[[int], None]) -> None:
    """A parent that was killed can no longer tell its workers to stop."""
    connection.wait([sentinel])
    leave(0)
