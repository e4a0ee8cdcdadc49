"""What the database writes of quotas by itself is what sharing them out by days gives."""

from collections.abc import Callable
from random import Random

import pytest
from sqlalchemy import Connection, delete, select

from salestui.metrics import quota_facts
from salestui.metrics.catalog import QUOTAS
from salestui.metrics.derive import read_calendar
from salestui.metrics.quota_whole import Whole, in_force
from salestui.model.tables.derived import measure_day
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaCell
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.trace import table_of
from tests.metrics.conftest import Fresh
from tests.support.companies import Builder, building
from tests.support.rich_company import CALENDARS, build_adjusted, build_random

SEEDS = 8


def parts(database: Database, build: Callable[[Builder], None]) -> tuple[int, int]:
    """Hold quota facts to what sharing out all of them gives; how many quotas are whole, how many are not."""
    writer = engine(database, write=True)
    with building(writer) as company:
        build(company)
    with writer.begin() as connection:
        seats = set(connection.execute(select(table_of(Seat).c.id)).scalars())
        assert facts(connection, None) == facts(connection, seats)
        quotas = select(table_of(QuotaCell).c.id)
        every = len(connection.execute(in_force(quotas)).all())
        others = len(connection.execute(Whole(connection, read_calendar(connection)).others(quotas)).all())
    writer.dispose()
    return every - others, others


def facts(connection: Connection, seats: set[int] | None) -> set[tuple[object, ...]]:
    """The facts of quotas, written anew."""
    mine = measure_day.c.measure.in_(QUOTAS)
    connection.execute(delete(measure_day).where(mine))
    quota_facts.write(connection, read_calendar(connection), seats)
    return {tuple(row) for row in connection.execute(select(measure_day).where(mine))}


@pytest.mark.parametrize("settings", CALENDARS)
def test_a_company_of_chance_has_the_same_facts_either_way(fresh: Fresh, settings: dict[str, str | int]) -> None:
    def found(seed: int) -> tuple[int, int]:
        return parts(fresh(settings), lambda company: build_random(company, Random(seed)))

    assert min(map(sum, zip(*map(found, range(SEEDS)), strict=True))) > 0


def test_both_databases_write_the_same(database_url: str) -> None:
    assert min(parts(parse(database_url), build_adjusted)) > 0
