"""Temporary tables: where very many values wait, so that one statement can compare and write them all.

They last for the transaction under way and leave nothing behind. Values are the driver's own, not the vocabulary's:
an amount is its number of units.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import count, islice
from typing import Any, cast

from sqlalchemy import Column, Connection, Date, Executable, MetaData, Table, text
from sqlalchemy.schema import CreateTable

_AT_ONCE = 10_000
"""So many rows are handed to the driver together."""

_numbers = count(1)


@contextmanager
def staging(connection: Connection, *columns: Column[Any]) -> Iterator[Table]:
    """An empty temporary table with these columns."""
    has_rowid = len([column for column in columns if column.primary_key]) <= 1
    table = Table(f"staged_{next(_numbers)}", MetaData(), *columns, prefixes=["TEMPORARY"], sqlite_with_rowid=has_rowid)
    connection.execute(CreateTable(table))
    try:
        yield table
    finally:
        if not connection.closed and connection.in_transaction():
            _drop(connection, table)


def fill(connection: Connection, table: Table, columns: Sequence[Iterable[int | date | None]]) -> None:
    """Put values into a temporary table, column by column."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns)
        return
    insert = str(table.insert().compile(connection))
    text_of = cache(date.isoformat)
    values: list[Iterable[Any]] = [
        map(text_of, cast("Iterable[date]", given)) if isinstance(column.type, Date) else given
        for column, given in zip(table.columns, columns, strict=True)
    ]
    waiting = zip(*values, strict=True)
    while part := list(islice(waiting, _AT_ONCE)):
        connection.exec_driver_sql(insert, part)


def fill_from(connection: Connection, table: Table, source: Any) -> int:
    """Put what a query finds into a temporary table; answers how many rows."""
    columns = [column.name for column in table.columns]
    statement = table.insert().from_select(columns, source).execution_options(preserve_rowcount=True)
    found = connection.execute(statement).rowcount
    _know(connection, table)
    return found


def _copy(connection: Connection, table: Table, columns: Sequence[Iterable[int | date | None]]) -> None:
    driver: Any = connection.connection
    waiting = map("\t".join, zip(*(map(str, given) for given in columns), strict=True))
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN WITH (NULL 'None')") as copy:
        while part := list(islice(waiting, _AT_ONCE)):
            copy.write("\n".join(part) + "\n")
    _know(connection, table)


def _know(connection: Connection, table: Table) -> None:
    """Let PostgreSQL see how much is in the table, for it plans by that."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {table.name}"))


def _drop(connection: Connection, table: Table) -> None:
    statement: Executable = text(f"DROP TABLE {table.name}")
    connection.execute(statement)
