"""What the tests of imports ask for: an open database, and a folder to write files into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salestui.store.database import parse
from salestui.store.schema import open_current
from tests.exchange.support import Desk


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
