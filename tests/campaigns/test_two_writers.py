"""Two processes that change the same numbers: no change of either is lost, and the measures agree with their rows."""

from collections.abc import Callable

from sqlmodel import Session, select

from salestui.metrics.checking import check
from salestui.metrics.work import work
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.store.database import Database, parse
from salestui.store.schema import open_current
from salestui.store.work import Actor
from tests.store.support import finished, started
from tests.support.companies import building


def raise_quota(database: Database, times: int, name: str) -> None:
    """Add one to a quota, so many times, each in a change of its own."""
    engine = open_current(database, write=True)
    for _ in range(times):
        with work(engine, Actor(name), "one more") as begun:
            cell = begun.session.exec(select(QuotaCell)).one()
            assert cell.amount is not None
            cell.amount += Amount(1)


def test_raises_of_two_managers_all_count(database_url: str, rounds: Callable[[int, int], range]) -> None:
    times, database = len(rounds(15, 500)), parse(database_url)
    with building(open_current(database, write=True)) as company:
        seat = company.seat("Seller")
        company.sits(company.person("Ana"), seat)
        company.quota(seat, "2026-01-01", 0)
    finished([started(raise_quota, database, times, name) for name in ("kim", "lee")])
    assert check(database).sound
    with Session(open_current(database, write=False)) as session:
        cell = session.exec(select(QuotaCell)).one()
    assert cell.amount == Amount(2 * times)
