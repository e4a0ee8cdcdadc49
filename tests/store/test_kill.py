"""kill -9 at random moments: what was acknowledged is there, what was not is absent whole, and the file is sound."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from salestui.model.tables.exchange import Setting
from salestui.model.tables.market import Account
from salestui.store import bulk, driver
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.schema import found_version, upgrade
from salestui.store.sqlite_backup import verify
from salestui.store.version import HEAD
from tests.store.support import change, killed, started

EACH = 3
MANY = 20_000


@pytest.fixture
def counted(every_way: Database) -> Database:
    """A database with a counter, in every way that it can be kept."""
    with change(engine(every_way, write=True)) as work:
        work.session.add(Setting(key="counter", value=0))
    return every_way


def save_on_and_on(database: Database, acknowledged: Path, rows: int) -> None:
    """Save change after change, each with its rows and the counter, and say so after each."""
    writer = engine(database, write=True)
    with acknowledged.open("a") as told:
        while True:
            with change(writer) as work:
                if rows > EACH:
                    bulk.insert(work, Account, [{"name": f"a{n}"} for n in range(rows)])
                else:
                    work.session.add_all([Account(name=f"a{n}") for n in range(rows)])
                counter = work.session.get_one(Setting, 1)
                counter.value += 1
            told.write("x")
            told.flush()


def told_by(database: Database) -> tuple[int, int, int, int]:
    """The counter, and how many accounts, changes and events there are, as a quick reader sees it."""
    if database.kind == "postgresql":
        with change(engine(database, write=True)):
            pass  # the server may still be at work for the client that was killed: wait until it is not
    with open_reader(database) as reader:
        (counter,) = reader.rows("SELECT value FROM setting WHERE key = 'counter'")[0]
        accounts = reader.rows("SELECT count(*) FROM account")[0][0]
        changes = reader.rows("SELECT count(*) FROM change")[0][0]
        return int(counter), accounts, changes, reader.rows("SELECT count(*) FROM event")[0][0]


def refuse_halves(database: Database, acknowledged: Path, rows: int) -> int:
    """See that every change is there whole or not at all, and none that was acknowledged is missing."""
    counter, accounts, changes, events = told_by(database)
    said = acknowledged.stat().st_size
    assert said <= counter <= said + 1
    assert (accounts, changes, events) == (counter * rows, counter + 1, counter * (rows + 1) + 1)
    acknowledged.write_text("x" * counter)
    if database.kind == "sqlite":
        verify(Path(database.place))
    return counter


def test_killed_while_saving(counted: Database, tmp_path: Path, rounds: Callable[[int, int], range]) -> None:
    chance, acknowledged = random.Random(41), tmp_path / "acknowledged"
    acknowledged.touch()
    for _ in rounds(6, 300):
        killed(started(save_on_and_on, counted, acknowledged, EACH), chance.uniform(0.02, 0.4))
        refuse_halves(counted, acknowledged, EACH)
    assert refuse_halves(counted, acknowledged, EACH) > 0


def test_killed_while_inserting_many_rows(
    counted: Database, tmp_path: Path, rounds: Callable[[int, int], range]
) -> None:
    chance, acknowledged = random.Random(43), tmp_path / "acknowledged"
    acknowledged.touch()
    for _ in rounds(2, 60):
        killed(started(save_on_and_on, counted, acknowledged, MANY), chance.uniform(0.1, 1.6))
        refuse_halves(counted, acknowledged, MANY)


def test_killed_while_the_schema_is_made(blank_database_url: str, rounds: Callable[[int, int], range]) -> None:
    chance, database = random.Random(47), parse(blank_database_url)
    for _ in rounds(4, 150):
        killed(started(upgrade, database), chance.uniform(0.0, 0.4))
        if found_version(database) == HEAD:
            break
    upgrade(database)
    assert found_version(database) == HEAD


def test_a_journal_that_a_killed_writer_left_is_played_back_even_by_who_only_reads(
    file: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salestui.store.engines.journal_mode", lambda: "DELETE")
    writer, ready = engine(file, write=True), tmp_path / "ready"
    with change(writer) as work:
        work.session.add_all([Account(name=f"a{n}") for n in range(500)])
    child = started(spill, file, ready)
    while not ready.exists():
        assert child.is_alive()
    killed(child, 0)
    assert Path(f"{file.place}-journal").stat().st_size
    with open_reader(file) as reader:
        assert reader.rows("SELECT DISTINCT sector FROM account") == [(None,)]
    verify(Path(file.place))


def spill(file: Database, ready: Path) -> None:
    """Write so much, uncommitted, that the journal and the file are written to; then wait."""
    connection = driver.connect(file.place, "rw")
    connection.execute("PRAGMA cache_size=2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE account SET sector = hex(randomblob(900))")
    ready.touch()
    while True:
        pass
