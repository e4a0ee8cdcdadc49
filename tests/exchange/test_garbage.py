"""Whatever the bytes: an import answers with a report or a Problem, and never writes half of anything."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salestui.exchange.report import Report
from salestui.model.values.errors import Problem
from tests.exchange.support import SMALL, Desk

CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "A1",
            "P2",
            "G2",
            "V1",
            "primary",
            "split",
            "2026-01-01",
            "1e9",
            "-5",
            "1,000",
            '"',
            "0.5",
            "S1",
            "S2",
            "P1",
            "open",
            "2020-01-01",
            "\x00",
            "é",
            "=1+1",
            "\u202e",
            "O1",
        ]
    ),
    st.text(max_size=8),
)
HEADERS = {name: content.splitlines()[0] for name, content in SMALL.items() if name.endswith(".csv")}


def tables(name: str) -> st.SearchStrategy[str]:
    """Files with the right header and any cells."""
    width = HEADERS[name].count(",") + 1
    row = st.lists(CELL, min_size=max(width - 1, 1), max_size=width + 1).map(",".join)
    return st.lists(row, max_size=6).map(lambda rows: "\n".join([HEADERS[name], *rows, ""]))


def outcome(desk: Desk, path: Path, *, skip_refused: bool = False) -> Report | Problem:
    """What importing a file ends with; anything but these two would be a mistake of the program."""
    try:
        return desk.load("layout", path, skip_refused=skip_refused)
    except Problem as problem:
        return problem


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(HEADERS)), content=st.binary(max_size=300))
def test_random_bytes_are_refused_and_nothing_is_written(quick_desk: Desk, name: str, content: bytes) -> None:
    found = outcome(quick_desk, quick_desk.write({name: content}) / name)
    assert isinstance(found, Problem) or (found.refusals and not found.written)
    assert quick_desk.one("SELECT count(*) FROM event") == 0


@pytest.mark.parametrize("skip_refused", [False, True])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_cells_are_taken_whole_or_refused(quick_desk: Desk, skip_refused: bool, data: st.DataObject) -> None:
    if quick_desk.one("SELECT count(*) FROM person") == 0:
        quick_desk.small()
    name = data.draw(st.sampled_from(sorted(HEADERS)))
    path = quick_desk.write({name: data.draw(tables(name)).encode("utf-8", "replace")}) / name
    before = quick_desk.one("SELECT count(*) FROM event")
    found = outcome(quick_desk, path, skip_refused=skip_refused)
    written = isinstance(found, Report) and found.written
    assert written or quick_desk.one("SELECT count(*) FROM event") == before
    assert skip_refused or isinstance(found, Problem) or not (found.refusals and found.written)
