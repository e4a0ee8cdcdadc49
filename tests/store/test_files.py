"""Files are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from salestui.model.values.errors import DataProblem
from salestui.store.files import written_whole
from salestui.store.resources import resource


def test_a_file_appears_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    before = os.umask(0)
    try:
        with written_whole(target) as part:
            part.write_text("a")
            assert not target.exists()
            assert stat.S_IMODE(part.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    assert target.read_text() == "a"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"home", "report.csv"}


def test_what_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), written_whole(target) as part:
        fail(part)
    assert target.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"home", "report.csv"}


def fail(part: Path) -> None:
    """Write half and fail."""
    part.write_text("half")
    raise ZeroDivisionError


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match="No such file or directory"), written_whole(tmp_path / "no" / "x"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataProblem, match="Is a directory"), written_whole(tmp_path / "folder"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"home", "folder"}


def test_a_missing_part_of_the_program_says_so() -> None:
    assert Path(resource("styles")).is_dir()
    with pytest.raises(Exception, match=r"A part of salestui is missing: nothing.* Install salestui again"):
        resource("nothing")
