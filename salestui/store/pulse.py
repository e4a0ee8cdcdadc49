"""Whether anything was changed: a number that grows with every change, to be asked for again and again at little cost.

A file is opened for each question, since another may have been put in its place; a server keeps one connection.
"""

from typing import TYPE_CHECKING, Any

from salestui.store.database import Database
from salestui.store.outage import outage
from salestui.store.quick import CONNECT_SECONDS, Reader, open_reader

if TYPE_CHECKING:
    from types import TracebackType

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

    def __enter__(self) -> "Pulse":
        return self

    def __exit__(
        self, kind: "type[BaseException] | None", error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self.close()

    def number(self) -> int:
        """The number of the latest change. DatabaseProblem while the database cannot be asked."""
        if self._database.kind == "sqlite":
            with open_reader(self._database) as reader:
                return latest_change(reader)
        return self._ask_server()

    def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

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
