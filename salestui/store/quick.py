"""Reading with the bare database driver: for the quick KPI check and the first paint, which cannot wait for an ORM."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database, refuse_what_cannot_be_a_database
from salestui.store.version import refuse_unless_current

if TYPE_CHECKING:
    import psycopg

_NAMED = re.compile(r"(?<!:):([a-z_]\w*)")


class Reader:
    """Rows for a query with `:named` parameters, the same from both databases: dates are `date`, sums are int."""

    def __init__(self, connection: "sqlite3.Connection | psycopg.Connection[Any]", kind: str) -> None:
        self._connection = connection
        self._kind = kind

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """All rows of `sql`."""
        values = dict(parameters or {})
        if self._kind == "sqlite":
            plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
            return self._connection.execute(sql, plain).fetchall()
        return self._connection.execute(_NAMED.sub(r"%(\1)s", sql.replace("%", "%%")), values).fetchall()

    def one(self, sql: str, parameters: Mapping[str, object] | None = None) -> tuple[Any, ...] | None:
        """The first row of `sql`, or None."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None


def as_date(value: Any) -> date:
    """A date as the driver gave it: SQLite keeps text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@contextmanager
def open_reader(database: Database) -> Iterator[Reader]:
    """A reader on one consistent state of the database; it never writes, and leaves a write-ahead log alone."""
    if database.kind == "postgresql":
        with _postgresql(database) as reader:
            yield reader
        return
    connection = _sqlite(database.place)
    try:
        reader = Reader(connection, "sqlite")
        connection.execute("BEGIN")
        _check_version(reader, database)
        yield reader
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(f"The database cannot be read: {error}.", where=database.place) from error
    finally:
        connection.close()


def _sqlite(path: str) -> sqlite3.Connection:
    import os

    refuse_what_cannot_be_a_database(path)
    if not os.path.exists(path):
        raise DatabaseProblem(
            "There is no database yet.",
            where=path,
            remedy="See the demo company with: salestui demo. Or begin with your own data: salestui import PATH",
        )
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        return sqlite3.connect(f"file:{quoted}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise DatabaseProblem(
            f"The database cannot be opened: {error}.", where=path, remedy="Look at the file's permissions."
        ) from error


def _check_version(reader: Reader, database: Database) -> None:
    try:
        row = reader.one("SELECT version_num FROM alembic_version")
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        row = None
    except sqlite3.DatabaseError as error:
        raise DatabaseProblem(
            "This file is not a database.", where=database.place, remedy="Name another file with --db."
        ) from error
    refuse_unless_current(row[0] if row else None, str(database))


@contextmanager
def _postgresql(database: Database) -> Iterator[Reader]:
    try:
        import psycopg
    except ImportError as error:
        raise DatabaseProblem(
            "PostgreSQL needs its driver.",
            where=str(database),
            remedy="Install it with: pip install 'salestui[postgres]'",
        ) from error
    try:
        connection = psycopg.connect(database.place, connect_timeout=5)
    except psycopg.Error as error:
        raise unreachable(database, error) from error
    with connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        reader = Reader(connection, "postgresql")
        try:
            try:
                row = reader.one("SELECT version_num FROM alembic_version")
            except psycopg.errors.UndefinedTable:
                row = None
            refuse_unless_current(row[0] if row else None, str(database))
            yield reader
        except psycopg.Error as error:
            raise unreachable(database, error) from error


def unreachable(database: Database, error: Exception) -> DatabaseProblem:
    """What to say when PostgreSQL does not answer."""
    reason = str(error).strip().splitlines()
    return DatabaseProblem(
        f"PostgreSQL does not answer: {reason[0] if reason else type(error).__name__}.",
        where=str(database),
        remedy="Is it running, and are host, port, name and password right?",
    )
