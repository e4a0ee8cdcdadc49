"""A table is quick, next to Textual's own table and to an app that shows nothing."""

import statistics
import sys
import time
from collections.abc import Sequence

import pytest

from tests.terminal.pty_driver import Terminal

pytestmark = pytest.mark.benchmark

SIZE = (120, 40)
STARTS, PRESSES = 5, 30


def open_seconds(kind: str, rows: int) -> float:
    """From the start of the process to the first row on the screen, the median of several."""
    return statistics.median(_open_seconds(kind, rows) for _ in range(STARTS))


def _open_seconds(kind: str, rows: int) -> float:
    start = time.perf_counter()
    with _terminal(kind, rows):
        return time.perf_counter() - start


def key_ms(kind: str, keys: Sequence[str]) -> float:
    """From a key to the last byte of its answer, as nineteen of twenty are."""
    with _terminal(kind, 2_000) as terminal:
        terminal.settle()
        answers = [terminal.press(key).last_ms for key in list(keys) * (PRESSES // len(keys))]
        return statistics.quantiles([ms for ms in answers if ms is not None], n=20)[-1]


def _terminal(kind: str, rows: int) -> Terminal:
    terminal = Terminal([sys.executable, "-m", "tests.terminal.grid_app", kind, str(rows)], SIZE)
    terminal.wait_for("Deal 000000")
    return terminal


def test_a_long_table_opens_as_fast_as_a_short_one() -> None:
    assert open_seconds("grid", 100_000) <= 1.2 * open_seconds("grid", 200)


def test_a_table_opens_hardly_slower_than_an_empty_app() -> None:
    assert open_seconds("grid", 200) <= 1.5 * open_seconds("bare", 0)


def test_a_table_opens_faster_than_the_one_of_textual() -> None:
    assert open_seconds("grid", 2_000) <= 0.7 * open_seconds("table", 2_000)


def test_a_page_comes_faster_than_in_the_table_of_textual() -> None:
    assert key_ms("grid", ["pagedown"]) <= 0.5 * key_ms("table", ["pagedown"])


def test_the_cursor_moves_no_slower_than_in_the_table_of_textual() -> None:
    keys = ["down", "right", "up", "left"]
    assert key_ms("grid", keys) <= key_ms("table", keys)
