"""Backups: whole, verified, written beside and then renamed, readable by their owner alone."""

from datetime import UTC, datetime
from pathlib import Path

from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store import postgres_backup, sqlite_backup
from salestui.store.database import Database
from salestui.store.files import written_whole


def make(database: Database, target: Path | None = None, *, now: datetime | None = None) -> Path:
    """Back the database up to `target`, and return where the backup is.

    A folder as target, or none (the database's own folder, or for PostgreSQL the working folder), gets a file with the
    date in its name. A file that is there already is refused, for it might be the last backup.
    """
    if database.kind == "sqlite" and not Path(database.place).is_file():
        raise DatabaseProblem("There is no database to back up.", where=database.place)
    path = _dated(database, now) if target is None else target
    if path.is_dir():
        path = path / _dated(database, now).name
    if path.exists():
        raise DataProblem("There is a file of this name already.", where=str(path), remedy="Name another one.")
    if database.kind == "sqlite":
        sqlite_backup.copy(Path(database.place), path)
    else:
        with written_whole(path) as part:
            postgres_backup.dump(database, part)
    return path


def restore(database: Database, backup: Path, *, now: datetime | None = None) -> Path | None:
    """Put `backup` in the database's place; what was there before is kept beside it, and its path returned.

    A backup that is damaged, foreign or newer than this program is refused before anything is touched.
    """
    if not backup.is_file():
        raise DataProblem("There is no such backup.", where=str(backup))
    kept = _dated(database, now)
    if database.kind == "postgresql":
        postgres_backup.verify(backup)
        with postgres_backup.nobody_writing(database) as something:
            if something:
                with written_whole(kept) as part:
                    postgres_backup.dump(database, part)
            postgres_backup.load(database, backup)
        return kept if something else None
    sqlite_backup.verify(backup)
    place = Path(database.place)
    if place.exists() and backup.samefile(place):
        raise DataProblem("This is the database itself, not a backup of it.", where=str(backup))
    if place.exists() and place.stat().st_size and sqlite_backup.is_sound(place):
        sqlite_backup.put_in_place(backup, place, kept)
        return kept
    return kept if sqlite_backup.begin_anew(backup, place, kept) else None


def _dated(database: Database, now: datetime | None) -> Path:
    """A name with the moment in it: beside a file, or in the working folder for a server's database."""
    path = Path(database.place) if database.kind == "sqlite" else Path.cwd() / "salestui.dump"
    return path.with_name(f"{path.stem}-{now or datetime.now(UTC):%Y%m%dT%H%M%S%f}Z.backup")
