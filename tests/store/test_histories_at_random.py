"""Random histories: whatever two people insert, edit, delete, undo and redo, the rows are what a plain model says,
the history tells what stands, and the numbers are those of a full rebuild."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from salestui.metrics.work import work
from salestui.model.tables.base import Row
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.work import Actor
from tests.store.histories import JANUARY, Histories
from tests.support.companies import id_of

if TYPE_CHECKING:
    from tests.support.postgres import Server


def set_up(database: Database) -> None:
    """A manager with two sellers, an account, a deal and a published plan."""
    with work(engine(database, write=True), Actor("setup"), "set up") as begun:
        session = begun.session

        def added(*new: Row) -> Sequence[int]:
            session.add_all(new)
            session.flush()
            return [id_of(row) for row in new]

        boss, one, two = added(Seat(title="VP", kind="manager", team="West"), Seat(title="AE 1"), Seat(title="AE 2"))
        added(*(Reporting(seat_id=seat, manager_seat_id=boss) for seat in (one, two)))
        kim, ana, bo = added(*(Person(name=name) for name in ("Kim", "Ana", "Bo")))
        pairs = ((kim, boss), (ana, one), (bo, two))
        added(*(Occupancy(person_id=person, seat_id=seat, valid_from=JANUARY) for person, seat in pairs))
        stages = [("Open", "pipeline", "open"), ("Won", "closed", "won"), ("Lost", "closed", "lost")]
        (open_stage, *_) = added(
            *(Stage(name=n, position=i, category=c, outcome=o) for i, (n, c, o) in enumerate(stages))
        )
        (acme,) = added(Account(name="Acme", sector="steel"))
        added(Opportunity(name="Deal", account_id=acme, stage_id=open_stage, outcome="open", currency="USD"))
        (plan,) = added(QuotaPlan(fiscal_year=2026, state="published"))
        added(QuotaCell(plan_id=plan, seat_id=one, month=JANUARY, amount=Amount(100)))


def run(fresh: Callable[[], AbstractContextManager[Database]], examples: int, steps: int, long: bool) -> None:
    """Run so many histories of so many steps, each on a database of its own."""

    class OnAFreshDatabase(Histories):
        def __init__(self) -> None:
            opened = ExitStack()
            super().__init__(opened.enter_context(fresh()), opened)

    run_state_machine_as_test(
        OnAFreshDatabase,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not long,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories_on_sqlite(sqlite_url: str, tmp_path: Path, long: bool) -> None:
    set_up(parse(sqlite_url))

    @contextmanager
    def fresh() -> Iterator[Database]:
        path = shutil.copy(parse(sqlite_url).place, tmp_path / "copy.db")
        yield parse(str(path))

    run(fresh, *((400, 60) if long else (6, 30)), long)


def test_random_histories_on_postgresql(postgres_url: str, postgres_server: "Server", long: bool) -> None:
    set_up(parse(postgres_url))

    @contextmanager
    def fresh() -> Iterator[Database]:
        with postgres_server.database(template=urlsplit(postgres_url).path.removeprefix("/")) as name:
            yield parse(postgres_server.url_of(name))

    run(fresh, *((150, 60) if long else (3, 30)), long)
