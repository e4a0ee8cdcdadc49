"""Whether anything was changed: a number that grows with every change, to be asked for again and again at little cost.

A file is opened anew where it was written to since it was asked last; a server keeps one connection.
"""

import os
import time
from typing import TYPE_CHECKING, Any

from salestui.store.database import Database
from salestui.store.outage import outage
from salestui.store.quick import CONNECT_SECONDS, Reader, open_reader

if TYPE_CHECKING:
    from types import TracebackType

_TICK_NANOSECONDS = 2_000_000_000
_LATEST = "SELECT coalesce(max(number), 0) FROM change"


def latest_change(reader: Reader) -> int:
    """The number of the latest change; 0 where there is none."""
    row = reader.one(_LATEST)
    return int(row[0]) if row else 0


class Pulse:
    """Asks for that number; to be used in one thread, and closed there."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Any = None
        self._number = 0
        self._written: tuple[tuple[int, int, int] | None, ...] | None = None
        """How the files were written to when the number was read; None where that is no proof that they still are."""

    def __enter__(self) -> "Pulse":
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self.close()

    def number(self) -> int:
        """The number of the latest change. DatabaseProblem while the database cannot be asked."""
        if self._database.kind == "sqlite":
            return self._ask_file()
        return self._ask_server()

    def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask_file(self) -> int:
        """Open the file, unless neither it nor what is written ahead has changed since."""
        written = tuple(_written(f"{self._database.place}{suffix}") for suffix in ("", "-wal"))
        if self._written is None or self._written != written:
            with open_reader(self._database) as reader:
                self._number = latest_change(reader)
            # Two writes in one tick of the file system's clock leave the same time behind them.
            settled = all(file is None or time.time_ns() - file[2] > _TICK_NANOSECONDS for file in written)
            self._written = written if settled else None
        return self._number

    def _ask_server(self) -> int:
        import psycopg

        try:
            if self._connection is None:
                self._connection = psycopg.connect(
                    self._database.place, autocommit=True, connect_timeout=CONNECT_SECONDS
                )
            return latest_change(Reader(self._connection, "postgresql"))
        except psycopg.Error as error:
            self.close()
            raise outage(self._database, error) from error


def _written(path: str) -> tuple[int, int, int] | None:
    """Which file is there, how long it is, and when it was written to last; None without one."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
