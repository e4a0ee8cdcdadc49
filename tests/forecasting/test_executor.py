"""Workers compute beside their parent, keep quiet, and are gone when they are told, or when their parent is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import pytest

from salestui.forecasting.executor import ExecutorSettings, Processes, make_executor
from salestui.forecasting.series import Series
from salestui.forecasting.statsmodels_engine import StatsmodelsEngine

GONE_SECONDS = 5.0
ORPHANS = """
import sys, time
from salestui.forecasting.executor import ExecutorSettings, make_executor
from os import getpid
if __name__ == "__main__":
    executor = make_executor(ExecutorSettings())
    print(executor.submit(getpid).result(), flush=True)
    executor.submit(time.sleep, 60)
    time.sleep(60)
"""


@pytest.fixture
def executor() -> Iterator[Processes]:
    """One worker."""
    made = make_executor(ExecutorSettings())
    yield made
    made.end()


def alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int) -> bool:
    """Whether a process ends within seconds."""
    end = time.monotonic() + GONE_SECONDS
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


def where_the_output_goes() -> list[str]:
    """What the standard descriptors of the process are."""
    return [os.readlink(f"/proc/self/fd/{descriptor}") for descriptor in range(3)]


def test_a_forecast_made_elsewhere_is_the_same(executor: Processes) -> None:
    engine, series = StatsmodelsEngine(), Series(tuple(100.0 + (month * 37 % 41) for month in range(36)))
    fits = tuple(future.result() for future in [executor.submit(part) for part in engine.parts(series, 6)])
    elsewhere = executor.submit(partial(engine.combine, series, 6, fits)).result()
    assert elsewhere == engine.forecast(series, 6)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="descriptors are looked up in /proc")
def test_a_worker_writes_nowhere(executor: Processes) -> None:
    assert executor.submit(where_the_output_goes).result() == [os.devnull] * 3


def test_a_worker_gives_way_and_is_deaf_to_ctrl_c(executor: Processes) -> None:
    assert executor.submit(os.nice, 0).result() > os.nice(0)
    pid = executor.submit(os.getpid).result()
    os.kill(pid, signal.SIGINT)
    assert executor.submit(os.getpid).result() == pid


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_work_is_ended_at_once(executor: Processes) -> None:
    pid = executor.submit(os.getpid).result()
    busy, waiting = (executor.submit(time.sleep, 60) for _ in range(2))
    start = time.monotonic()
    executor.end()
    for future in (busy, waiting):
        with pytest.raises((BrokenProcessPool, CancelledError)):
            future.result(GONE_SECONDS)
    assert time.monotonic() - start < GONE_SECONDS
    assert gone(pid)
    executor.end()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_worker_whose_parent_was_killed_goes_too(tmp_path: Path) -> None:
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert alive(worker)
        parent.kill()
    assert gone(worker)
