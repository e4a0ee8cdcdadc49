"""The SQLite at hand, and the ways to open a file with it.

One copy of SQLite serves the whole process: two copies would undo each other's file locks
(sqlite.org/howtocorrupt.html, "Multiple copies of SQLite linked into the same application"). Builds below 3.51.3 (but
for 3.50.7 and 3.44.6) can lose commits in WAL mode when two connections write and checkpoint
(sqlite.org/wal.html#walresetbug), so an affected build keeps a rollback journal instead.
"""

import os
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from types import ModuleType

_MENDED: Final[dict[tuple[int, ...], int]] = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
BUSY_SECONDS: Final = 5


def sqlite_module() -> "ModuleType":
    """The wheel with a current build of SQLite where there is one, else Python's own."""
    from importlib import import_module

    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:
        return import_module("sqlite3")


def safe_in_wal(version: tuple[int, ...]) -> bool:
    """Whether a SQLite of `version` keeps what it commits in WAL mode."""
    if version < (3, 7, 0) or version >= (3, 52):
        return True
    patch = _MENDED.get(version[:2])
    return patch is not None and version[2] >= patch


def journal_mode() -> str:
    """The journal mode that is safe with the SQLite at hand: `WAL` or `DELETE`."""
    return "WAL" if safe_in_wal(sqlite_module().sqlite_version_info) else "DELETE"


def uri(path: str, mode: Literal["ro", "rw"]) -> str:
    """The file at `path`, which must be there, as SQLite is told of it."""
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?mode={mode}"


def connect(path: str, mode: Literal["ro", "rw"]) -> Any:
    """A connection to the file at `path`, which must be there; transactions are begun by hand."""
    return sqlite_module().connect(
        uri(path, mode), uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )


def connect_to_read(path: str) -> Any:
    """A connection that changes nothing, but for rolling back what a killed writer left half-done.

    It is read-only, so that it never checkpoints a write-ahead log; a rollback journal is another matter, for only a
    connection that may write can play a leftover one back.
    """
    connection = connect(path, "rw" if os.path.exists(f"{os.path.realpath(path)}-journal") else "ro")
    connection.execute("PRAGMA query_only=ON")
    return connection
