"""A company with a pipeline, in both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from salestui.metrics.checking import check
from salestui.metrics.reader import AS_IT_WAS, Lens
from salestui.performance.deal import DealView, read_deal
from salestui.store.company import read_company
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import Reader, open_reader
from tests.support.pipeline_company import TODAY, PipelineCompany, built


class Place(NamedTuple):
    """The company, and the database it is in."""

    database: Database
    engine: Engine
    company: PipelineCompany

    @contextmanager
    def looking(self, on: date = TODAY) -> Iterator[tuple[Reader, Lens]]:
        """Look into it."""
        with open_reader(self.database) as reader:
            yield reader, Lens(read_company(reader).calendar, AS_IT_WAS, on)

    def deal(self, key: int | None, on: date = TODAY) -> DealView:
        """A deal as it is now."""
        assert key is not None
        with self.looking(on) as (reader, _):
            return read_deal(reader, key, on)

    def is_sound(self) -> bool:
        """Whether everything derived is what it should be."""
        return check(self.database).sound


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    """The company, once on SQLite and once on PostgreSQL."""
    database = parse(database_url)
    writer = engine(database, write=True)
    yield Place(database, writer, built(writer))
    writer.dispose()
