"""SQLAlchemy engines for both databases, opened the safe way.

SQLite below 3.51.3 (but for 3.50.7 and 3.44.6) can lose commits in WAL mode when two connections write and checkpoint
(sqlite.org/wal.html#walresetbug), so an affected build gets a rollback journal instead.
"""

import os
import sqlite3
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database, refuse_what_cannot_be_a_database

_MENDED: dict[tuple[int, ...], int] = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
BUSY_MILLISECONDS = 5000


def sqlite_module() -> ModuleType:
    """The SQLite to write with: the wheel with a current build where there is one, else Python's own."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def safe_in_wal(version: tuple[int, ...]) -> bool:
    """Whether a SQLite of `version` keeps what it commits in WAL mode."""
    if version < (3, 7, 0) or version >= (3, 52):
        return True
    patch = _MENDED.get(version[:2])
    return patch is not None and version[2] >= patch


def journal_mode() -> str:
    """The journal mode that is safe with the SQLite at hand."""
    return "WAL" if safe_in_wal(sqlite_module().sqlite_version_info) else "DELETE"


def engine(database: Database, *, write: bool, foreign_keys: bool = True) -> Engine:
    """An engine on `database`: one that writes takes the write lock as it begins, one that reads never waits for it."""
    if database.kind == "sqlite":
        return _sqlite(database.place, write=write, foreign_keys=foreign_keys)
    return _postgresql(database.place, write=write)


def _sqlite(path: str, *, write: bool, foreign_keys: bool) -> Engine:
    refuse_what_cannot_be_a_database(path)
    if write:
        _private(path)
    made = create_engine(f"sqlite:///{path}", module=sqlite_module(), poolclass=NullPool)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            f"journal_mode={journal_mode()}" if write else "query_only=ON",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return made


def _private(path: str) -> None:
    """Make the file before SQLite does, readable by its owner alone; the log files beside it take its mode over."""
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseProblem(
            f"The database cannot be written: {error.strerror}.",
            where=path,
            remedy="Name a file that you may write with --db, or look at the folder's permissions.",
        ) from error


def _postgresql(url: str, *, write: bool) -> Engine:
    try:
        made = create_engine("postgresql+psycopg" + url.removeprefix("postgresql"), pool_pre_ping=True, pool_size=2)
    except ModuleNotFoundError as error:
        raise DatabaseProblem(
            "PostgreSQL needs its driver.", remedy="Install it with: pip install 'salestui[postgres]'"
        ) from error
    return made if write else made.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
