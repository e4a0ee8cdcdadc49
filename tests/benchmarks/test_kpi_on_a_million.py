"""`salestui kpi` on a million opportunities costs little more than starting Python with what it needs."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

FLOOR = [sys.executable, "-c", "import argparse, ast, json, sqlite3, tomllib, decimal, datetime"]
SALESTUI = os.path.join(os.path.dirname(sys.executable), "salestui")
RUNS = 21
BUDGET = 1.6


def seconds(command: Sequence[str | Path], folder: Path) -> float:
    """The whole process, with bytecode kept as it is where a program is installed."""
    cached = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=cached)
    return time.perf_counter() - begun


@pytest.mark.parametrize(
    "words", [(), ("--json",), ("attainment", "--oneline"), ("--scope", "Person 77"), ("--scope", "Team 12")]
)
def test_a_quick_look_stays_within_its_budget(million: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    command: list[str | Path] = [SALESTUI, "kpi", *words, "--db", million, "--as-of", "2026-11-20"]
    seconds(command, tmp_path)
    floor: list[float] = []
    ours: list[float] = []
    for _ in range(RUNS):
        floor.append(seconds(FLOOR, tmp_path))
        ours.append(seconds(command, tmp_path))
    ratio = statistics.median(ours) / statistics.median(floor)
    print(f"kpi {' '.join(words)}: {statistics.median(ours):.3f} s, {ratio:.2f} × the bare interpreter")
    assert ratio <= BUDGET
