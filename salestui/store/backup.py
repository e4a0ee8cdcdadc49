"""Backups: whole, verified, written beside and then renamed, readable by their owner alone."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store.database import Database
from salestui.store.engines import sqlite_module


def make(database: Database, target: Path | None = None, *, now: datetime | None = None) -> Path:
    """Back the database up to `target` (by default a dated file beside it), and return where the backup is."""
    if database.kind == "postgresql":
        return _dump(database, target or _dated(Path.cwd() / "salestui.dump", now))
    source = Path(database.place)
    if not source.exists():
        raise DatabaseProblem("There is no database to back up.", where=str(source))
    return _copy(source, target or _dated(source, now))


def restore(database: Database, backup: Path) -> Path | None:
    """Put `backup` in the database's place; what was there before is kept beside it, and returned."""
    if not backup.is_file():
        raise DataProblem("There is no such backup.", where=str(backup))
    if database.kind == "postgresql":
        _run(["pg_restore", "--clean", "--if-exists", "--single-transaction", "--dbname", database.place, str(backup)])
        return None
    _verify(backup)
    place = Path(database.place)
    kept = _copy(place, _dated(place, None)) if place.exists() and place.stat().st_size else None
    sqlite = sqlite_module()
    source, target = sqlite.connect(backup), sqlite.connect(place)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    place.chmod(0o600)
    return kept


def _dated(path: Path, now: datetime | None) -> Path:
    moment = now or datetime.now(UTC)
    return path.with_name(f"{path.stem}-{moment:%Y%m%dT%H%M%S%f}Z.backup")


def _copy(source: Path, target: Path) -> Path:
    """SQLite's own online backup, so that a database in use is copied in one consistent state."""
    sqlite = sqlite_module()
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    reading, writing = sqlite.connect(source), sqlite.connect(part)
    try:
        reading.backup(writing)
    except sqlite.DatabaseError as error:
        part.unlink()
        raise DatabaseProblem(f"The database cannot be read: {error}.", where=str(source)) from error
    finally:
        reading.close()
        writing.close()
    _verify(part)
    return _settle(part, target)


def _verify(path: Path) -> None:
    sqlite = sqlite_module()
    connection = sqlite.connect(f"file:{path}?mode=ro", uri=True)
    try:
        result = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite.DatabaseError as error:
        raise DataProblem(f"This is not a sound database: {error}.", where=str(path)) from error
    finally:
        connection.close()
    if result != [("ok",)]:
        raise DataProblem(f"This database is damaged: {result[0][0]}.", where=str(path))


def _settle(part: Path, target: Path) -> Path:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return target


def _dump(database: Database, target: Path) -> Path:
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    _run(["pg_dump", "--format=custom", "--file", str(part), "--dbname", database.place])
    return _settle(part, target)


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's own tools; they read passwords from the environment or ~/.pgpass."""
    if shutil.which(command[0]) is None:
        raise DatabaseProblem(
            f"{command[0]} is not installed.", remedy="Install PostgreSQL's client programs, or back up on the server."
        )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = done.stderr.strip().splitlines()
        raise DatabaseProblem(f"{command[0]} failed: {reason[-1] if reason else done.returncode}.")
