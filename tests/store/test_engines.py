"""Opening: the journal that is safe, pragmas on every connection, files for their owner alone, locks that hold."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from salestui.model.values.errors import DatabaseProblem
from salestui.store import driver
from salestui.store.database import Database, parse
from salestui.store.driver import journal_mode, safe_in_wal, sqlite_module
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.store.support import account, change
from tests.support.checkout import ROOT

TRY_TO_WRITE = """
import sys
from salestui.store.driver import sqlite_module
connection = sqlite_module().connect(sys.argv[1], timeout=0.1, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
    print("written")
except sqlite_module().OperationalError as error:
    print(error)
"""


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 44, 6), (3, 6, 23)])
def test_a_mended_sqlite_is_safe_in_wal_mode(version: tuple[int, int, int]) -> None:
    assert safe_in_wal(version)


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 9), (3, 50, 6), (3, 51, 2)])
def test_an_affected_sqlite_is_not(version: tuple[int, int, int]) -> None:
    assert not safe_in_wal(version)


def sqlite_of(monkeypatch: pytest.MonkeyPatch, *version: int) -> None:
    """Let the SQLite at hand be taken for one of another version."""
    real = sqlite_module()
    fake = SimpleNamespace(**{**vars(real), "sqlite_version_info": version})
    monkeypatch.setattr(driver, "sqlite_module", lambda: fake)


@pytest.mark.parametrize(("version", "mode"), [((3, 53, 4), "wal"), ((3, 40, 1), "delete")])
def test_the_journal_mode_is_the_one_that_is_safe(
    file: Database, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], mode: str
) -> None:
    sqlite_of(monkeypatch, *version)
    for _ in range(2):
        with engine(file, write=True).connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == mode


def test_a_database_is_brought_from_wal_to_the_safe_mode_once_nobody_has_it_open(
    file: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(engine(file, write=True))
    sqlite_of(monkeypatch, 3, 40, 1)
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0)
    with engine(file, write=False).begin() as reading:
        reading.exec_driver_sql("SELECT * FROM account")
        with pytest.raises((OperationalError, DatabaseProblem)):
            engine(file, write=True).connect()
    with engine(file, write=True).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert connection.exec_driver_sql("SELECT name FROM account").scalar_one() == "Acme"


@pytest.mark.parametrize(("write", "only"), [(True, 0), (False, 1)])
def test_every_connection_is_strict(file: Database, write: bool, only: int) -> None:
    opened = engine(file, write=write)
    wanted = {
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "query_only": only,
    }
    for _ in range(2):
        with opened.connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
        assert found == wanted


def test_a_reader_cannot_write(database: Database) -> None:
    with (
        engine(database, write=False).begin() as connection,
        pytest.raises(Exception, match=r"readonly|read-only"),
    ):
        connection.exec_driver_sql("DELETE FROM account")


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    missing = parse(str(tmp_path / "missing.db"))
    with pytest.raises(OperationalError):
        engine(missing, write=False).connect()
    assert not os.listdir(tmp_path) or os.listdir(tmp_path) == ["home"]


@pytest.mark.parametrize("version", [(3, 53, 4), (3, 40, 1)])
def test_every_file_is_for_its_owner_alone_whatever_the_umask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    sqlite_of(monkeypatch, *version)
    before = os.umask(0)
    try:
        with engine(parse(str(tmp_path / "data" / "sales.db")), write=True).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE t (a)")
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    finally:
        os.umask(before)
    beside = {"sales.db-wal", "sales.db-shm"} if version > (3, 52) else {"sales.db-journal"}
    assert modes == dict.fromkeys({"sales.db", *beside}, 0o600)


def test_an_empty_file_made_by_hand_becomes_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "sales.db"
    path.touch()
    path.chmod(0o644)
    engine(parse(str(path)), write=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_names_that_mean_something_in_a_uri_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "50% off? #1 & more.db"
    with engine(parse(str(path)), write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with engine(parse(str(path)), write=False).begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar_one() == 0
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in os.listdir(tmp_path)} == {path.name, "home"}


@pytest.mark.parametrize("version", [(3, 53, 4), (3, 40, 1)])
def test_reading_in_one_thread_does_not_drop_the_lock_that_another_writes_under(
    file: Database, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    # Closing any descriptor of a file drops all of a process's locks on it, unless one SQLite has opened them all.
    sqlite_of(monkeypatch, *version)
    with change(engine(file, write=True)) as work:
        work.session.connection()
        assert others_try_to_write(file) == "database is locked"
        with open_reader(file) as reader:
            reader.one("SELECT 1 FROM account")
        with engine(file, write=False).connect() as connection:
            connection.exec_driver_sql("SELECT 1 FROM account")
        engine(file, write=True)
        assert others_try_to_write(file) == "database is locked"
    assert others_try_to_write(file) == "written"


def others_try_to_write(file: Database) -> str:
    """What another process meets that tries to write."""
    command = [sys.executable, "-c", TRY_TO_WRITE, file.place]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_pythons_own_sqlite_serves_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert sqlite_module() is sqlite3
    assert journal_mode() == ("WAL" if safe_in_wal(sqlite3.sqlite_version_info) else "DELETE")
