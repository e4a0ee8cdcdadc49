"""Reading with the bare database driver: for the quick KPI check and the first paint, which cannot wait for an ORM."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database, refuse_what_cannot_be_a_database
from salestui.store.driver import connect_to_read, sqlite_module
from salestui.store.outage import outage
from salestui.store.version import refuse_unless_current

CONNECT_SECONDS = 5
_NAMED = r"(?<!:):([a-z_]\w*)"


class Reader:
    """Rows for a query with `:named` parameters, the same from both databases: dates are `date`, sums are int."""

    def __init__(self, connection: Any, kind: str) -> None:
        self._connection = connection
        self._kind = kind

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """All rows of `sql`."""
        found: list[tuple[Any, ...]] = self._connection.execute(*self._asked(sql, parameters)).fetchall()
        return found

    def portions(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, size: int = 5_000
    ) -> Iterator[list[tuple[Any, ...]]]:
        """All rows of `sql`, so many at a time: for what is too much to wait for."""
        cursor = self._connection.cursor() if self._kind == "sqlite" else self._connection.cursor(name="portions")
        cursor.execute(*self._asked(sql, parameters))
        try:
            while rows := cursor.fetchmany(size):
                yield rows
        finally:
            cursor.close()

    def _asked(self, sql: str, parameters: Mapping[str, object] | None) -> tuple[str, dict[str, object]]:
        """The query as the driver takes it."""
        values = dict(parameters or {})
        if self._kind == "sqlite":
            return sql, {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}
        return re.sub(_NAMED, r"%(\1)s", sql.replace("%", "%%")), values

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
    with _sqlite(database) if database.kind == "sqlite" else _postgresql(database) as reader:
        yield reader


@contextmanager
def _sqlite(database: Database) -> Iterator[Reader]:
    refuse_what_cannot_be_a_database(database.place)
    if not _is_there(database.place):
        raise DatabaseProblem(
            "There is no database yet.",
            where=database.place,
            remedy="See the demo company with: salestui demo. Or begin with your own data: salestui import PATH",
        )
    connection = None
    try:
        connection = connect_to_read(database.place)
        connection.execute("BEGIN")
        reader = Reader(connection, "sqlite")
        refuse_unless_current(_version_in_file(reader), database)
        yield reader
    except sqlite_module().DatabaseError as error:
        raise outage(database, error) from error
    finally:
        if connection is not None:
            connection.close()


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
        with psycopg.connect(database.place, connect_timeout=CONNECT_SECONDS) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            reader = Reader(connection, "postgresql")
            versioned = reader.one("SELECT to_regclass('alembic_version') IS NOT NULL") == (True,)
            refuse_unless_current(_version(reader) if versioned else None, database)
            yield reader
    except psycopg.Error as error:
        raise outage(database, error) from error


def _version_in_file(reader: Reader) -> str | None:
    """The schema's version; looked for straight away, for a look into a large file's catalogue costs far more."""
    try:
        return _version(reader)
    except sqlite_module().OperationalError as error:
        if "no such table" in str(error):
            return None
        raise


def _version(reader: Reader) -> str | None:
    row = reader.one("SELECT version_num FROM alembic_version")
    return row[0] if row else None


def _is_there(path: str) -> bool:
    """Whether there is a file; one in a folder that may not be looked into counts, for opening it says why not."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
