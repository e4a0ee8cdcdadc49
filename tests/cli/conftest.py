"""A shell to run commands in, and databases with and without the schema."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.support import Shell
from tests.support.companies import building
from tests.support.rich_company import build_rich


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


@pytest.fixture
def writer(named: str) -> Iterator[Engine]:
    """The small company with every odd case in it, to be looked at; everything is seen from 1 March 2026."""
    yield from _rich(named)


@pytest.fixture
def quick_writer(place: Path) -> Iterator[Engine]:
    """The same on SQLite, where the kind of database makes no difference."""
    yield from _rich(f"sqlite:///{place}")


def _rich(url: str) -> Iterator[Engine]:
    opened = engine(parse(url), write=True)
    with building(opened) as company:
        build_rich(company)
    yield opened
    opened.dispose()


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is seen from the first of March 2026."""
    monkeypatch.setenv("SALESTUI_AS_OF", "2026-03-01")
