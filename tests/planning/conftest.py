"""A small company in either database, and a new version of this year's quota plan."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from salestui.metrics.work import work
from salestui.planning.quotas.commands.versions import begin_version
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from tests.support.companies import KIM, put_together
from tests.support.rich_company import build_rich


@pytest.fixture
def place(database_url: str) -> Database:
    """A database with a small company."""
    return put_together(parse(database_url), build_rich)


@pytest.fixture
def writer(place: Database) -> Iterator[Engine]:
    """It, to be written."""
    opened = engine(place, write=True)
    yield opened
    opened.dispose()


@pytest.fixture
def draft(writer: Engine) -> int:
    """A new version of this year's plan."""
    with work(writer, KIM, "begin") as begun:
        plan = begin_version(begun, 2026)
    assert plan.id is not None
    return plan.id
