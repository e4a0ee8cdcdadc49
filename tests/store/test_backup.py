"""Backups of a file: whole, sound, of one state, their owner's alone; and putting one back loses nothing."""

import os
import random
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from salestui.model.tables.market import Account
from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store import driver
from salestui.store.backup import make, restore
from salestui.store.database import Database, parse
from salestui.store.driver import connect, sqlite_module
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.schema import found_version
from salestui.store.version import REVISIONS
from tests.store.support import account, change, finished, killed, rows, started

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(params=["WAL", "DELETE"])
def acme(file: Database, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with one account, in either journal mode."""
    monkeypatch.setattr("salestui.store.engines.journal_mode", lambda: request.param)
    account(engine(file, write=True), "Acme")
    return file


def names(database: Database) -> list[str]:
    """The accounts in a database."""
    with open_reader(database) as reader:
        return [name for (name,) in reader.rows("SELECT name FROM account ORDER BY id")]


def files(folder: Path) -> set[str]:
    """What lies in a folder, but for the test's home and what SQLite keeps beside a database."""
    return {path.name for path in folder.iterdir() if path.name != "home" and not path.name.endswith(("-wal", "-shm"))}


def test_a_backup_is_one_sound_file_for_its_owner_alone(acme: Database, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = make(acme, now=NOON)
    finally:
        os.umask(before)
    assert made == tmp_path / "salestui-20260305T120000000000Z.backup"
    assert files(tmp_path) == {"salestui.db", made.name}
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert names(parse(str(made))) == ["Acme"]
    assert not Path(f"{made}-wal").exists()


def test_a_backup_goes_where_it_is_told(acme: Database, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    assert make(acme, tmp_path / "safe", now=NOON) == tmp_path / "safe" / "salestui-20260305T120000000000Z.backup"
    assert make(acme, tmp_path / "mine.db") == tmp_path / "mine.db"


def test_a_file_that_is_there_is_not_written_over(acme: Database, tmp_path: Path) -> None:
    for target in (make(acme), Path(acme.place)):
        before = target.read_bytes()
        with pytest.raises(DataProblem, match=r"name already.* Name another"):
            make(acme, target)
        assert target.read_bytes() == before


def test_a_backup_that_cannot_be_written_leaves_nothing(acme: Database, tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match="cannot be written"):
        make(acme, tmp_path / "nowhere" / "x.db")
    with pytest.raises(DatabaseProblem, match="no database to back up"):
        make(parse(str(tmp_path / "missing.db")))
    assert files(tmp_path) == {"salestui.db"}


def test_a_damaged_database_is_not_taken_for_a_backup(acme: Database, tmp_path: Path) -> None:
    damage(Path(acme.place))
    with pytest.raises((DataProblem, DatabaseProblem), match=r"damaged|not a sound"):
        make(acme)
    assert files(tmp_path) == {"salestui.db"}


def damage(path: Path) -> None:
    """Spoil the pages after the first, and leave no log that could mend them."""
    connection = connect(str(path), "rw")
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


def write_pairs(database: Database) -> None:
    """Save two accounts at a time, for as long as it is let."""
    writer = engine(database, write=True)
    while True:
        with change(writer) as work:
            work.session.add_all([Account(name="left"), Account(name="right")])
        time.sleep(0.01)  # people pause too, and others get their turn


def test_a_backup_in_use_holds_one_state(acme: Database, tmp_path: Path, rounds: Callable[[int, int], range]) -> None:
    child, counts = started(write_pairs, acme), []
    try:
        for n in rounds(4, 100):
            found = names(parse(str(make(acme, tmp_path / f"{n}.db"))))
            assert found.count("left") == found.count("right")
            counts.append(len(found))
    finally:
        killed(child, 0)
    assert counts == sorted(counts)
    assert child.exitcode == -9


def test_restoring_brings_back_what_was_and_keeps_what_is(acme: Database, tmp_path: Path) -> None:
    made = make(acme)
    account(engine(acme, write=True), "Bravo")
    before = os.umask(0)
    try:
        kept = restore(acme, made, now=NOON)
    finally:
        os.umask(before)
    assert kept == tmp_path / "salestui-20260305T120000000000Z.backup"
    assert names(acme) == ["Acme"]
    assert names(parse(str(kept))) == ["Acme", "Bravo"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir() if path.is_file()} == {0o600}
    account(engine(acme, write=True), "Charlie")
    assert names(acme) == ["Acme", "Charlie"]
    assert restore(acme, kept) is not None
    assert names(acme) == ["Acme", "Bravo"]


def test_ids_are_not_given_out_again_after_restoring(acme: Database) -> None:
    writer = engine(acme, write=True)
    last = account(writer, "last")
    with change(writer) as work:
        work.session.delete(work.session.get_one(Account, last))
    restore(acme, make(acme))
    assert account(writer, "next") == last + 1


def test_restoring_where_nothing_is_makes_the_database(acme: Database, tmp_path: Path) -> None:
    made, place = make(acme), parse(str(tmp_path / "new.db"))
    assert restore(place, made) is None
    assert names(place) == ["Acme"]
    assert stat.S_IMODE(Path(place.place).stat().st_mode) == 0o600


def test_restoring_over_a_damaged_database_moves_it_aside(acme: Database, tmp_path: Path) -> None:
    made = make(acme)
    damage(Path(acme.place))
    spoilt = Path(acme.place).read_bytes()
    kept = restore(acme, made)
    assert kept is not None
    assert kept.read_bytes() == spoilt
    assert names(acme) == ["Acme"]


def test_a_log_left_beside_a_lost_database_is_not_played_into_its_successor(acme: Database, tmp_path: Path) -> None:
    made = make(acme)
    Path(f"{acme.place}-wal").write_bytes(b"stale")
    Path(acme.place).unlink()
    restore(acme, made)
    assert names(acme) == ["Acme"]
    assert not Path(f"{acme.place}-wal").exists() or Path(f"{acme.place}-wal").read_bytes() != b"stale"


@pytest.mark.parametrize("kind", ["text", "damaged", "foreign", "newer", "missing", "itself"])
def test_what_is_no_backup_is_refused_before_anything_is_touched(acme: Database, tmp_path: Path, kind: str) -> None:
    bad = tmp_path / "bad.backup"
    if kind == "text":
        bad.write_text("Dear diary. " * 999)
    elif kind == "damaged":
        make(acme, bad)
        damage(bad)
    elif kind == "foreign":
        connection = sqlite_module().connect(bad)
        connection.execute("CREATE TABLE bookmarks (title)")
        connection.close()
    elif kind == "newer":
        make(acme, bad)
        connection = connect(str(bad), "rw")
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.close()
    elif kind == "itself":
        bad.symlink_to(acme.place)
    there = files(tmp_path)
    with pytest.raises((DataProblem, DatabaseProblem)) as refusal:
        restore(acme, bad)
    told = {
        "text": "not a sound database",
        "damaged": "not a sound database",
        "foreign": "not a database of salestui",
        "newer": "newer than this program",
        "missing": "no such backup",
        "itself": "the database itself",
    }
    assert told[kind] in str(refusal.value)
    assert names(acme) == ["Acme"]
    assert files(tmp_path) == there


def test_another_programs_database_is_not_written_over(acme: Database, tmp_path: Path) -> None:
    made, foreign = make(acme), tmp_path / "places.sqlite"
    connection = sqlite_module().connect(foreign)
    connection.execute("CREATE TABLE bookmarks (title)")
    connection.close()
    before = foreign.read_bytes()
    with pytest.raises(DataProblem, match="not a database of salestui"):
        restore(parse(str(foreign)), made)
    assert foreign.read_bytes() == before


def test_a_backup_of_an_older_version_is_put_back_and_says_so(acme: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(acme)
    monkeypatch.setattr("salestui.store.sqlite_backup.REVISIONS", (*REVISIONS, "0999"))
    restore(acme, made)
    assert found_version(acme) == REVISIONS[-1]


def write_numbers(database: Database, acknowledged: Path) -> None:
    """Save one account after another, named by their numbers, and say so after each."""
    writer = engine(database, write=True)
    with acknowledged.open("a") as told:
        for n in count(1):
            account(writer, f"{n}")
            told.write(f"{n}\n")
            told.flush()
            time.sleep(0.01)  # people pause too, and others get their turn


def size(path: Path) -> int:
    """How much a file holds, which may not be there yet."""
    return path.stat().st_size if path.exists() else 0


def test_what_is_saved_while_restoring_is_in_the_old_or_in_the_new(
    acme: Database, tmp_path: Path, rounds: Callable[[int, int], range]
) -> None:
    made, acknowledged, found = make(acme), tmp_path / "acknowledged", set[str]()
    child = started(write_numbers, acme, acknowledged)
    try:
        for _ in rounds(6, 80):
            said = size(acknowledged)
            while size(acknowledged) == said:
                assert child.is_alive()
                time.sleep(0.01)
            kept = restore(acme, made)
            assert kept is not None
            found |= set(names(parse(str(kept))))
    finally:
        killed(child, 0)
    found |= set(names(acme))
    assert set(acknowledged.read_text().split()) <= found


def test_restoring_is_refused_while_somebody_will_not_let_go(
    acme: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(acme)
    account(engine(acme, write=True), "Bravo")
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0)
    there = files(tmp_path)
    with engine(acme, write=True).begin() as holding:
        holding.exec_driver_sql("UPDATE account SET sector = 'tin'")
        with pytest.raises(DatabaseProblem, match="busy with another change"):
            restore(acme, made)
    assert names(acme) == ["Acme", "Bravo"]
    assert files(tmp_path) == there


def test_killed_while_restoring(acme: Database, rounds: Callable[[int, int], range]) -> None:
    chance, made = random.Random(53), make(acme)
    account(engine(acme, write=True), "Bravo")
    for _ in rounds(5, 200):
        killed(started(restore, acme, made), chance.uniform(0, 0.1))
        found = names(acme)
        assert found in (["Acme"], ["Acme", "Bravo"])
        if found == ["Acme"]:
            account(engine(acme, write=True), "Bravo")


def test_several_who_back_up_at_once_each_get_theirs(acme: Database, tmp_path: Path) -> None:
    finished([started(make, acme, tmp_path / f"{n}.db") for n in range(3)])
    assert [names(parse(str(tmp_path / f"{n}.db"))) for n in range(3)] == [["Acme"]] * 3
    assert len(rows(engine(acme, write=False), Account)) == 1
