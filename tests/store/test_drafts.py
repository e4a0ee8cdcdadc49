"""Drafts lie in files of their own: one for each database and name, private, whole or not there."""

import stat
from pathlib import Path

import pytest

from salestui.model.values.errors import DataProblem
from salestui.store import drafts
from salestui.store.database import Database

HERE, THERE = Database("sqlite", "here.db"), Database("postgresql", "postgresql://kim:secret@host/sales")


def test_what_is_kept_is_found_again_until_it_is_dropped(tmp_path: Path) -> None:
    folder = str(tmp_path / "state")
    assert drafts.kept(folder, HERE, "quotas") is None
    drafts.keep(folder, HERE, "quotas", {"steps": [1]})
    drafts.keep(folder, HERE, "quotas", {"steps": [1, 2]})
    assert drafts.kept(folder, HERE, "quotas") == {"steps": [1, 2]}
    assert drafts.kept(folder, THERE, "quotas") is None
    assert drafts.kept(folder, HERE, "other") is None
    drafts.drop(folder, HERE, "quotas")
    drafts.drop(folder, HERE, "quotas")
    assert drafts.kept(folder, HERE, "quotas") is None


def test_a_database_is_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    drafts.keep(str(tmp_path), HERE, "quotas", 1)
    assert drafts.kept(str(tmp_path), Database("sqlite", str(tmp_path / "here.db")), "quotas") == 1


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    drafts.keep(str(tmp_path), THERE, "quotas", "salaries")
    (file,) = (tmp_path / "drafts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "secret" not in file.name


def test_a_broken_one_is_told_and_left_alone(tmp_path: Path) -> None:
    drafts.keep(str(tmp_path), HERE, "quotas", 1)
    (file,) = (tmp_path / "drafts").iterdir()
    file.write_text("{half")
    with pytest.raises(DataProblem, match="cannot be read") as told:
        drafts.kept(str(tmp_path), HERE, "quotas")
    assert str(file) in str(told.value)
    assert file.read_text() == "{half"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("in the way")
    with pytest.raises(DataProblem, match="drafts"):
        drafts.keep(str(tmp_path), HERE, "quotas", 1)
