"""What remains of a mistake in the program: where it happened, and nothing of anybody's data."""

import os
import stat
from pathlib import Path

import pytest

from salestui.store.crash import report
from salestui.store.settings import state_folder


def stumble(name: str) -> None:
    """Fail over somebody's data."""
    salary = {name: 123456}
    raise KeyError(f"{name} earns {salary[name]}")


def report_of(name: str) -> str:
    """What is said about a failure over somebody's data."""
    try:
        stumble(name)
    except KeyError as error:
        return report(error)
    raise AssertionError


def log() -> Path:
    """The log."""
    return Path(state_folder()) / "salestui.log"


def test_the_log_tells_where_and_nothing_of_the_data() -> None:
    told = report_of("Ana Ruiz")
    written = log().read_text("utf-8")
    assert "in stumble" in written
    assert "builtins.KeyError" in written
    assert "UTC" in written
    for text in (told, written):
        assert "Ana" not in text
        assert "123456" not in text
    assert str(log()) in told
    assert "KeyError" in told


def test_the_log_is_its_owners_alone_and_grows() -> None:
    before = os.umask(0)
    try:
        report_of("a")
        log().chmod(0o644)
        report_of("b")
    finally:
        os.umask(before)
    assert stat.S_IMODE(log().stat().st_mode) == 0o600
    assert stat.S_IMODE(log().parent.stat().st_mode) == 0o700
    assert log().read_text("utf-8").count("in stumble") == 2


def test_a_log_that_cannot_be_written_is_no_second_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert "The log could not be written: Not a directory" in report_of("a")
