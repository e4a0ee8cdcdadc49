"""What the tests of imports ask for: an open database, and a folder to write files into."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from salestui.metrics.structure import rebuild_days
from salestui.model.values.calendar import FiscalCalendar
from salestui.store.database import parse
from salestui.store.schema import open_current
from tests.exchange.support import Desk
from tests.support.postgres import Server


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template with the fiscal days in it, which every first import would otherwise write."""
    path = tmp_path_factory.mktemp("days") / "salestui.db"
    shutil.copy(sqlite_template, path)
    _write_days(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """The same on PostgreSQL."""
    with postgres_server.database(template=postgres_template) as name:
        _write_days(postgres_server.url_of(name))
        yield name


def _write_days(url: str) -> None:
    engine = open_current(parse(url), write=True)
    with engine.begin() as connection:
        rebuild_days(connection, FiscalCalendar())
    engine.dispose()


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """An empty database, once on SQLite and once on PostgreSQL, and a folder for files."""
    yield from _desk(database_url, tmp_path)


@pytest.fixture
def quick_desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """An empty SQLite database and a folder, where the kind of database makes no difference."""
    yield from _desk(sqlite_url, tmp_path)


def _desk(url: str, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "files"
    folder.mkdir()
    engine = open_current(parse(url), write=True)
    yield Desk(engine, folder, url)
    engine.dispose()
