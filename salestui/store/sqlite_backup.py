"""Backups of a SQLite file: one consistent state, checked, in a file of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from salestui.model.values.errors import DataProblem
from salestui.store.database import Database, refuse_what_cannot_be_a_database
from salestui.store.driver import connect, connect_to_read, sqlite_module, uri
from salestui.store.files import written_whole
from salestui.store.outage import first_line, outage
from salestui.store.version import REVISIONS, refuse_unless_current

_BESIDE = ("-wal", "-shm", "-journal")


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use to a new file, in one consistent state."""
    with written_whole(target) as part, _connected(source, connect_to_read) as reading:
        _fill(reading, part)


def put_in_place(backup: Path, place: Path, kept: Path) -> None:
    """Put what `backup` holds into the database at `place`; what was there is copied to `kept` first.

    It is one transaction like any other: nobody writes between the copy and the end, and whoever reads sees the old
    until all is done. (SQLite's own way to copy into a file wants everybody else to have closed it.)
    """
    with _connected(place, lambda path: connect(path, "rw")) as target:
        target.execute("PRAGMA secure_delete=ON")
        target.execute("ATTACH DATABASE ? AS backup", (uri(str(backup), "ro"),))
        target.execute("BEGIN IMMEDIATE")
        copy(place, kept)
        _replace_by_attached(target)
        target.execute("COMMIT")


def _replace_by_attached(target: Any) -> None:
    listed = "SELECT type, name, sql FROM {}.sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    for kind, name, _sql in target.execute(listed.format("main")).fetchall():
        if kind == "table":
            target.execute(f"DROP TABLE main.{_quoted(name)}")
    made = target.execute(listed.format("backup")).fetchall()
    for kind, name, sql in sorted(made, key=lambda each: each[0] != "table"):
        target.execute(sql)
        if kind == "table":
            _copy_rows(target, _quoted(name))
    target.execute("DELETE FROM main.sqlite_sequence")
    _copy_rows(target, "sqlite_sequence")


def _copy_rows(target: Any, table: str) -> None:
    target.execute(f"INSERT INTO main.{table} SELECT * FROM backup.{table}")  # noqa: S608  (a table's own name, quoted)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def begin_anew(backup: Path, place: Path, kept: Path) -> bool:
    """Make a copy of `backup` the database at `place`, where there is no sound one.

    What is there is moved to `kept`, with the journals that belong to it; returns whether there was anything.
    """
    moved = False
    with written_whole(place) as part:
        with _connected(backup, connect_to_read) as source:
            _fill(source, part)
        for suffix in ("", *_BESIDE):
            with suppress(FileNotFoundError):
                os.replace(f"{place}{suffix}", f"{kept}{suffix}")
                moved = True
    return moved


def verify(path: Path) -> None:
    """Refuse a file that is not a sound database of salestui, or is of a version that this program does not know."""
    refuse_what_cannot_be_a_database(str(path))
    with _connected(path, connect_to_read) as connection:
        _check(connection, path)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or row[0] not in REVISIONS:
        refuse_unless_current(row and row[0], str(path))


def is_sound(path: Path) -> bool:
    """Whether the file is a database that can be read from end to end."""
    with _connected(path, connect_to_read) as connection:
        return _trouble(connection) is None


def _fill(reading: Any, part: Path) -> None:
    with _connected(part, lambda path: connect(path, "rw")) as writing:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")  # so that the backup is one file, whatever its source was
        _check(writing, part)


def _check(connection: Any, path: Path) -> None:
    trouble = _trouble(connection)
    if trouble is not None:
        raise DataProblem(f"This is not a sound database: {trouble}.", where=str(path))
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        raise DataProblem("This is not a database of salestui.", where=str(path))


def _trouble(connection: Any) -> str | None:
    sqlite = sqlite_module()
    try:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite.OperationalError:
        raise
    except sqlite.DatabaseError as error:
        return first_line(error)
    if found != "ok":
        return first_line(found)
    return None if broken is None else f"a row of {broken[0]} refers to a row of {broken[2]} that is not there"


@contextmanager
def _connected(path: Path, connect: Callable[[str], Any]) -> Iterator[Any]:
    connection = None
    try:
        connection = connect(str(path))
        yield connection
    except sqlite_module().DatabaseError as error:
        raise outage(Database("sqlite", str(path)), error) from error
    finally:
        if connection is not None:
            connection.close()
