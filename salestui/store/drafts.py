"""What was typed and not saved, kept in files of its own until it is saved or dropped: a lost line loses nothing."""

import fcntl
import json
import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from salestui.model.values.errors import DataProblem
from salestui.store.database import Database
from salestui.store.files import written_whole

MOST_WINDOWS = 9
"""In so many windows of a user's one thing can be typed into at once."""
_FOLDER = "drafts"


def keep(folder: str, database: Database, name: str, plain: object) -> None:
    """Keep plain data under a name, for this database, in place of what was kept there; readable by the owner alone.

    DataProblem where it cannot be written; what was kept before stays.
    """
    path = _path(folder, database, name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written_whole(path) as part:
            part.write_text(json.dumps(plain), "utf-8")
    except OSError as error:
        raise DataProblem(f"The draft cannot be written: {error.strerror}.", where=str(path)) from error


def kept(folder: str, database: Database, name: str) -> Any | None:
    """What is kept under the name; None where nothing is. DataProblem where the file cannot be read."""
    path = _path(folder, database, name)
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise unreadable(folder, database, name) from error


def is_kept(folder: str, database: Database, name: str) -> bool:
    """Whether something is kept under the name."""
    return _path(folder, database, name).exists()


def is_left(folder: str, database: Database, name: str, *beside: str) -> bool:
    """Whether something is kept under the name, or those beside it, and no process has it: an earlier one left it.

    DataProblem where the folder cannot be written.
    """
    if not any(is_kept(folder, database, each) for each in (name, *beside)):
        return False
    lock = claim(folder, database, name)
    if lock is None:
        return False
    lock.close()
    return True


def claim(folder: str, database: Database, name: str) -> TextIOWrapper | None:
    """Take a name for this process alone, until the answer is closed; None where another has it.

    DataProblem where the folder cannot be written.
    """
    path = _path(folder, database, name).with_suffix(".lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8")
    except OSError as error:
        raise DataProblem(f"The draft cannot be written: {error.strerror}.", where=str(path)) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def names_of(whole: str) -> tuple[str, ...]:
    """The names that what is typed into one thing may be kept under, one for each window of the user's."""
    return (whole, *(f"{whole}-{number}" for number in range(2, MOST_WINDOWS + 1)))


def claim_one(
    folder: str, database: Database, names: Sequence[str], beside: Callable[[str], Sequence[str]] = lambda name: ()
) -> tuple[str, TextIOWrapper] | None:
    """Take one of these names that no other process has, see `claim`; None where others have them all.

    It is one under which something is kept, or under a name `beside` it, else the first.
    """
    kept = [name for name in names if any(is_kept(folder, database, each) for each in (name, *beside(name)))]
    for name in dict.fromkeys([*kept, *names]):
        lock = claim(folder, database, name)
        if lock is not None:
            return name, lock
    return None


def drop(folder: str, database: Database, name: str) -> None:
    """Keep nothing under the name any more; DataProblem where the file cannot be removed."""
    path = _path(folder, database, name)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise DataProblem(f"The draft cannot be removed: {error.strerror}.", where=str(path)) from error


def unreadable(folder: str, database: Database, name: str) -> DataProblem:
    """What to say where a draft cannot be read."""
    return DataProblem(
        "What was typed and not saved cannot be read",
        where=str(_path(folder, database, name)),
        remedy="Move the file away to go on without it.",
    )


def _path(folder: str, database: Database, name: str) -> Path:
    place = os.path.abspath(database.place) if database.kind == "sqlite" else str(database)
    whose = sha256(f"{database.kind} {place}".encode()).hexdigest()[:16]
    return Path(folder, _FOLDER, f"{name}-{whose}{os.extsep}json")
