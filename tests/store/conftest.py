"""A database of either kind, open for writing and for reading."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from salestui.store.database import Database, parse
from salestui.store.engines import engine


@pytest.fixture
def database(database_url: str) -> Database:
    """A database with the schema and no data."""
    return parse(database_url)


@pytest.fixture
def writer(database: Database) -> Iterator[Engine]:
    """An engine that writes to it."""
    opened = engine(database, write=True)
    yield opened
    opened.dispose()


@pytest.fixture
def reader(database: Database) -> Iterator[Engine]:
    """An engine that reads from it."""
    opened = engine(database, write=False)
    yield opened
    opened.dispose()


@pytest.fixture
def file(sqlite_url: str) -> Database:
    """A SQLite database with the schema and no data."""
    return parse(sqlite_url)


@pytest.fixture(params=["sqlite WAL", "sqlite DELETE", "postgresql"])
def every_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with the schema and no data, in every way that it can be kept."""
    kind, _, mode = request.param.partition(" ")
    if mode:
        monkeypatch.setattr("salestui.store.engines.journal_mode", lambda: mode)
    return parse(request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url"))
