"""Several at once: nothing that was saved is lost, and whoever reads sees one state."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Change, Event
from salestui.model.tables.market import Account
from salestui.model.values.errors import DatabaseProblem
from salestui.store import driver, engines
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.store.support import account, change, count, finished, rows, started

WRITERS = 2


def count_up(database: Database, times: int) -> None:
    """Add one to a counter, so many times, each in a change of its own."""
    writer = engine(database, write=True)
    for _ in range(times):
        with change(writer) as work:
            row = work.session.get_one(Setting, 1)
            row.value += 1


def test_processes_that_count_together_lose_nothing(every_way: Database, rounds: Callable[[int, int], range]) -> None:
    times = len(rounds(25, 1500))
    writer = engine(every_way, write=True)
    with change(writer) as work:
        work.session.add(Setting(key="counter", value=0))
    finished([started(count_up, every_way, times) for _ in range(WRITERS)])
    assert rows(writer, Setting)[0]["value"] == WRITERS * times
    assert rows(writer, Setting)[0]["version"] == WRITERS * times + 1
    assert count(writer, Change) == count(writer, Event) == WRITERS * times + 1
    assert {row["number"] for row in rows(writer, Change)} == {*range(1, WRITERS * times + 2)}


def test_a_reader_sees_one_state_while_a_writer_commits(database: Database) -> None:
    writer = engine(database, write=True)
    account(writer, "first")
    if driver.journal_mode() == "DELETE":
        pytest.skip("a rollback journal lets nobody commit while somebody reads")
    with Session(engine(database, write=False)) as slow, open_reader(database) as quick:
        assert len(slow.connection().exec_driver_sql("SELECT id FROM account").all()) == 1
        assert quick.one("SELECT count(*) FROM account") == (1,)
        account(writer, "second")
        assert len(slow.connection().exec_driver_sql("SELECT id FROM account").all()) == 1
        assert quick.one("SELECT count(*) FROM account") == (1,)
    with open_reader(database) as quick:
        assert quick.one("SELECT count(*) FROM account") == (2,)


def test_what_is_not_committed_is_not_seen(database: Database) -> None:
    writer = engine(database, write=True)
    with change(writer) as work:
        work.session.add(Account(name="Acme"))
        work.session.flush()
        assert count(engine(database, write=False), Account) == 0
    assert count(engine(database, write=False), Account) == 1


def hold(database: Database, held: Path, release: Path) -> None:
    """Hold the write lock from when `held` is there until `release` is."""
    with change(engine(database, write=True)) as work:
        work.session.connection()
        held.touch()
        while not release.exists():
            time.sleep(0.01)


def test_a_writer_who_waits_too_long_is_told_that_others_write(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (driver, engines):
        monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    held, release = tmp_path / "held", tmp_path / "release"
    child = started(hold, database, held, release)
    while not held.exists():
        time.sleep(0.01)
    begun = time.monotonic()
    with pytest.raises(DatabaseProblem, match=r"busy with another change\. Nothing was changed\. Try again"):
        account(engine(database, write=True))
    assert time.monotonic() - begun < 4
    release.touch()
    finished([child])
    account(engine(database, write=True))


def test_a_writer_waits_for_its_turn(database: Database, tmp_path: Path) -> None:
    held, release = tmp_path / "held", tmp_path / "release"
    child = started(hold, database, held, release)
    while not held.exists():
        time.sleep(0.01)
    waiting = started(account, engine(database, write=True))
    time.sleep(0.3)
    assert waiting.is_alive()
    release.touch()
    finished([child, waiting])
    assert count(engine(database, write=False), Account) == 1


def test_a_connection_that_the_server_cut_is_replaced(postgres_url: str) -> None:
    writer: Engine = engine(parse(postgres_url), write=True)
    account(writer, "first")
    with engine(parse(postgres_url), write=True).begin() as other:
        other.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    account(writer, "second")
    assert count(writer, Account) == 2


def test_a_connection_cut_in_the_middle_of_a_change_changes_nothing(postgres_url: str) -> None:
    writer: Engine = engine(parse(postgres_url), write=True)
    with pytest.raises(DatabaseProblem, match="Nothing was changed"), change(writer) as work:
        cut(work.session, postgres_url)
    assert count(writer, Account) == 0


def cut(session: Session, url: str) -> None:
    """Write a row and have the server end the connection it was written through."""
    session.add(Account(name="Acme"))
    session.flush()
    pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with engine(parse(url), write=True).begin() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({int(pid)})")
