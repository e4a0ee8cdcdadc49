"""A shell to run commands in, and databases with and without the schema."""

from pathlib import Path

import pytest

from tests.cli.support import Shell


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs commands and catches what they print."""
    return Shell(capsys)


@pytest.fixture
def named(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the schema, named in the environment; once on SQLite and once on PostgreSQL."""
    monkeypatch.setenv("SALESTUI_DB", database_url)
    return database_url


@pytest.fixture
def place(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a SQLite database with the schema, named in the environment."""
    monkeypatch.setenv("SALESTUI_DB", sqlite_url)
    return Path(sqlite_url.removeprefix("sqlite:///"))
