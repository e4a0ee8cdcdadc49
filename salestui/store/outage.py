"""What to say when a database cannot be reached, read or written."""

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database

BUSY = "The database is busy with another change."
_UNREACHABLE = ("08", "28", "3D", "53", "57")
"""Classes of SQLSTATE: no connection, no right to one, no such database, too many, shutting down."""
_BUSY_SIGNS = ("locked", "busy", "lock timeout")


def first_line(reason: object) -> str:
    """The first line of what a driver said: the rest quotes statements and values."""
    lines = str(reason).strip().splitlines()
    return lines[0] if lines else type(reason).__name__


def is_busy(reason: object) -> bool:
    """Whether somebody else holds the lock."""
    return any(sign in first_line(reason) for sign in _BUSY_SIGNS)


def outage(database: Database, reason: object) -> DatabaseProblem:
    """The problem behind what the driver said as it connected, read or wrote."""
    place, told = str(database), first_line(reason)
    if is_busy(reason):
        return DatabaseProblem(BUSY, where=place, remedy="Try again in a moment.")
    if "not a database" in told:
        return DatabaseProblem("This file is not a database.", where=place, remedy="Name another file with --db.")
    if "malformed" in told:
        return DatabaseProblem(
            "The database is damaged.",
            where=place,
            remedy="Put a backup in its place with: salestui db restore BACKUP",
        )
    if database.kind == "sqlite":
        return DatabaseProblem(
            f"The database cannot be used: {told}.",
            where=place,
            remedy="Look at the permissions of the file and its folder, and at the room on the disk.",
        )
    if (getattr(reason, "sqlstate", None) or _UNREACHABLE[0])[:2] not in _UNREACHABLE:
        return DatabaseProblem(f"PostgreSQL refused: {told}.", where=place)
    return DatabaseProblem(
        f"PostgreSQL does not answer: {told}.",
        where=place,
        remedy="Is it running, and are host, port, name, user and password right?",
    )
