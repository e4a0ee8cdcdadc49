"""Checking what is kept: the file from end to end, and every reference."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select

from salestui.model.tables.everything import metadata
from salestui.store.driver import safe_in_wal, sqlite_module

_SHOWN = 5
"""So many findings are told in words; the others are counted."""


@dataclass(frozen=True)
class Check:
    """A promise, and what was found against it: how many things, and the first few in words."""

    name: str
    promise: str
    broken: int
    found: tuple[str, ...]


@dataclass(frozen=True)
class EngineFacts:
    """What keeps the database, in which journal mode (SQLite only), and what is to be said about that."""

    name: str
    version: str
    journal_mode: str | None
    remark: str | None


def checked(name: str, promise: str, found: Iterable[str]) -> Check:
    """A check that found these things, in the order they should be told."""
    told = tuple(found)
    return Check(name, promise, len(told), told[:_SHOWN])


def describe_engine(connection: Connection) -> EngineFacts:
    """What keeps the database behind `connection`."""
    if connection.dialect.name == "postgresql":
        version = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return EngineFacts("PostgreSQL", version.partition(" ")[0], None, None)
    version = sqlite_module().sqlite_version
    mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()).upper()
    if safe_in_wal(sqlite_module().sqlite_version_info):
        return EngineFacts("SQLite", version, mode, "this version keeps what it commits in WAL mode")
    return EngineFacts(
        "SQLite", version, mode, "this version can lose commits in WAL mode (sqlite.org/wal.html#walresetbug)"
    )


def check_file(connection: Connection) -> Check:
    """Whether SQLite finds the whole file in order."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return checked("file", "The file is sound", [row for row in rows if row != "ok"])


def check_references(connection: Connection) -> Check:
    """Whether every row that another refers to is there."""
    return checked("references", "Every reference leads to a row", _dangling(connection))


def _dangling(connection: Connection) -> Iterable[str]:
    for table in metadata.sorted_tables:
        (key, *_) = table.primary_key.columns
        for column in table.columns:
            for reference in column.foreign_keys:
                target = reference.column.table.alias()
                there = exists().where(target.c[reference.column.key] == column)
                missing = select(key, column).where(column.is_not(None), ~there).order_by(key)
                for row_id, wanted in connection.execute(missing):
                    yield f"{table.name} {row_id} refers to {reference.column.table.name} {wanted}, which is not there"
