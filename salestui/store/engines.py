"""SQLAlchemy engines for both databases, opened the safe way."""

import os
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import NullPool

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database, refuse_what_cannot_be_a_database
from salestui.store.driver import BUSY_SECONDS, connect, connect_to_read, journal_mode, sqlite_module
from salestui.store.quick import CONNECT_SECONDS

_WRITERS_LOCK = 7_325_001
"""The advisory lock that makes writers on PostgreSQL take turns, as SQLite does: derived sums need it."""

_PRAGMAS = ("synchronous=FULL", "trusted_schema=OFF", "cell_size_check=ON", "secure_delete=ON")
_WRITING = ("cache_size=-65536", "temp_store=MEMORY")
"""A change of very much at once would else be written and read again before it is over: up to 64 MiB stay in memory."""


def engine(database: Database, *, write: bool, foreign_keys: bool = True) -> Engine:
    """An engine on `database`: one that writes takes the write lock as it begins, one that reads never waits for it."""
    if database.kind == "sqlite":
        return _sqlite(database.place, write=write, foreign_keys=foreign_keys)
    return _postgresql(database, write=write)


def _sqlite(path: str, *, write: bool, foreign_keys: bool) -> Engine:
    refuse_what_cannot_be_a_database(path)
    if write:
        _private(path)

    def open_file() -> Any:
        return connect(path, "rw") if write else connect_to_read(path)

    made = create_engine("sqlite://", module=sqlite_module(), creator=open_file, poolclass=NullPool)

    @event.listens_for(made, "connect")
    def prepare(connection: Any, _record: object) -> None:
        journal = (f"journal_mode={journal_mode()}", *_WRITING) if write else ()
        for pragma in (*journal, *_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return made


def _private(path: str) -> None:
    """Make the file before SQLite does, readable by its owner alone; the log files beside it take its mode over."""
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        # It is not opened to look: closing it would drop the locks of this process's other connections.
        if not os.access(path, os.W_OK):
            raise _unwritable(path, "it is write-protected") from None
        if os.path.getsize(path) == 0:
            os.chmod(path, 0o600)
    except OSError as error:
        raise _unwritable(path, error.strerror) from error


def _unwritable(path: str, reason: str | None) -> DatabaseProblem:
    return DatabaseProblem(
        f"The database cannot be written: {reason}.",
        where=path,
        remedy="Name a file that you may write with --db, or look at the permissions.",
    )


def _postgresql(database: Database, *, write: bool) -> Engine:
    try:
        made = create_engine("postgresql+psycopg://", poolclass=NullPool)
    except ModuleNotFoundError as error:
        raise DatabaseProblem(
            "PostgreSQL needs its driver.",
            where=str(database),
            remedy="Install it with: pip install 'salestui[postgres]'",
        ) from error

    @event.listens_for(made, "do_connect")
    def open_url(dialect: Dialect, _record: object, _given: object, options: dict[str, Any]) -> DBAPIConnection:
        # The driver itself reads the URL, so that it means the same here as for a quick reader.
        return dialect.connect(database.place, connect_timeout=CONNECT_SECONDS, **options)

    return made if write else made.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def wait_for_turn(connection: Connection) -> None:
    """Hold everyone else's writing off until this transaction ends; SQLite does so as a writer begins."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": f"{BUSY_SECONDS}s"})
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_LOCK})
