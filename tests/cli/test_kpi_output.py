"""How the quick look comes out: closed pipes, poor encodings, no colour, and nothing a spreadsheet would run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.cli import output
from salestui.model.values.text import safe_line
from salestui.store.database import parse
from tests.support.companies import put_together
from tests.support.rich_company import build_rich

COMMAND = [sys.executable, "-m", "salestui", "kpi", "--as-of", "2026-03-20"]


@pytest.fixture
def rich(sqlite_url: str) -> Path:
    """The rich company, under a name with letters of its own."""
    named = put_together(
        parse(sqlite_url), lambda company: company.setting("company.name", "Søren & 株式会社"), build_rich
    )
    return Path(named.place)


def printed(rich: Path, *words: str, **environment: str) -> bytes:
    """What the command prints in an environment of its own."""
    env = {**os.environ, **environment, "SALESTUI_DB": str(rich)}
    done = subprocess.run([*COMMAND, *words], capture_output=True, env=env, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def test_poor_encodings_get_plainer_signs_and_json_loses_nothing(rich: Path) -> None:
    table = printed(rich, PYTHONIOENCODING="ascii").decode("ascii")
    assert table.startswith("S\\xf8ren & \\u682a")
    assert "Bookings" in table
    assert "! off pace" in table
    assert " - " in table
    assert "?" not in table
    assert "| 2026Q1, day 79 of 90" in table
    for encoding in ("ascii", "latin-1", "cp1252", "utf-8"):
        told = json.loads(printed(rich, "--json", PYTHONIOENCODING=encoding).decode(encoding))
        assert told["scope"] == "Søren & 株式会社"
    assert "Søren" in printed(rich, "--oneline", PYTHONIOENCODING="latin-1").decode("latin-1")


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LANG": "C", "LC_ALL": ""}, {"LC_ALL": "POSIX"}])
def test_the_plainest_locale_is_readable(rich: Path, environment: dict[str, str]) -> None:
    assert b"Bookings" in printed(rich, **environment)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"TERM": "dumb"}])
def test_there_is_no_colour_to_switch_off(rich: Path, environment: dict[str, str]) -> None:
    plain = printed(rich)
    assert b"\x1b" not in plain
    assert printed(rich, **environment) == plain


def test_a_reader_that_hangs_up_is_no_mistake(rich: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, "--db", rich], stdout=write, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@given(st.text(max_size=30))
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    cell = output._inert(text)
    assert safe_line(cell) == cell
    assert not cell.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert not cell.startswith("-") or cell[1:].replace(".", "", 1).isdecimal()


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_json_is_the_same_text_and_nothing_in_it_acts(value: object) -> None:
    text = output.as_json(value)
    assert json.loads(text) == value
    assert text.replace("\n", "").isprintable()


@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(1, 120))
def test_a_table_is_as_wide_as_it_may_be(rows: list[list[str]], width: int) -> None:
    with patch.object(output, "room", lambda: width):
        lines = output.table(rows, ["left", "right", "left"]).split("\n")
    assert len(lines) == len(rows)
