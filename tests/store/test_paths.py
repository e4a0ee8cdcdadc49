"""Places where no database can be: each is refused with what is wrong, and nothing is left there."""

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.schema import open_current, upgrade
from tests.store.support import account, as_nobody

WAYS_IN: list[Callable[[Database], object]] = [
    upgrade,
    lambda database: open_current(database, write=True),
    lambda database: open_current(database, write=False),
    lambda database: open_reader(database).__enter__(),
]
IDS = ["upgrade", "write", "read", "read quickly"]


@pytest.mark.parametrize("way", WAYS_IN, ids=IDS)
def test_a_folder_is_no_database(tmp_path: Path, way: Callable[[Database], object]) -> None:
    with pytest.raises(DatabaseProblem, match="folder"):
        way(parse(str(tmp_path)))


@pytest.mark.parametrize("way", WAYS_IN, ids=IDS)
def test_a_text_file_is_no_database_and_stays_as_it_is(tmp_path: Path, way: Callable[[Database], object]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Call Ann about the renewal. " * 50)
    with pytest.raises(DatabaseProblem, match=r"not a database|cannot be used"):
        way(parse(str(path)))
    assert path.read_text() == "Call Ann about the renewal. " * 50
    assert {each.name for each in tmp_path.iterdir()} == {"home", "notes.txt"}


@pytest.mark.parametrize("way", WAYS_IN[1:], ids=IDS[1:])
def test_a_file_that_is_not_there_is_not_made_by_looking(tmp_path: Path, way: Callable[[Database], object]) -> None:
    with pytest.raises(DatabaseProblem, match=r"salestui (demo|db init)"):
        way(parse(str(tmp_path / "missing.db")))
    assert not (tmp_path / "missing.db").exists()


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatabaseProblem, match="cannot be written"):
        upgrade(parse(str(tmp_path / "file" / "sales.db")))


def test_a_damaged_database_says_so(file: Database) -> None:
    account(engine(file, write=True))
    path = Path(file.place)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(DatabaseProblem, match=r"damaged.* salestui db restore"):
        open_current(file, write=False)
    with pytest.raises(DatabaseProblem, match=r"damaged.* salestui db restore"), open_reader(file) as reader:
        reader.rows("SELECT * FROM account")


def test_a_name_that_is_not_unicode_is_a_name_like_any_other(tmp_path: Path) -> None:
    database = parse(os.fsdecode(os.fsencode(tmp_path) + b"/sales-\xff.db"))
    upgrade(database)
    account(open_current(database, write=True))
    with open_reader(database) as reader:
        assert reader.one("SELECT count(*) FROM account") == (1,)


UNPRIVILEGED = """
import sys
from salestui.model.values.errors import DatabaseProblem
from salestui.store.database import parse
from salestui.store.quick import open_reader
from salestui.store.schema import open_current, upgrade
from tests.store.support import account
upgrade(parse(sys.argv[1]))
#--
def told(what):
    try:
        return what()
    except DatabaseProblem as problem:
        return problem
database = parse(sys.argv[2])
def read():
    with open_reader(database) as reader:
        return reader.one("SELECT count(*) FROM account")
print("quick:", told(read))
print("read:", told(lambda: open_current(database, write=False)))
print("write:", told(lambda: account(open_current(database, write=True))))
print("upgrade:", told(lambda: upgrade(database)))
"""


def tried_by_nobody(tmp_path: Path, path: Path) -> dict[str, str]:
    """What an unprivileged user is told who reads, writes and upgrades the database at `path`."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.is_relative_to(tempfile.gettempdir()) and str(folder) != tempfile.gettempdir():
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    done = as_nobody(UNPRIVILEGED, str(tmp_path / "warm.db"), str(path))
    assert done.returncode == 0, done.stderr
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def test_a_file_that_may_not_be_read_is_refused(file: Database, tmp_path: Path) -> None:
    told = tried_by_nobody(tmp_path, Path(file.place))
    assert "cannot be used: unable to open database file" in told["quick"]
    assert "cannot be used: unable to open database file" in told["read"]
    assert "cannot be" in told["write"]


def test_a_file_that_may_only_be_read_can_be_read_and_not_written(file: Database, tmp_path: Path) -> None:
    path = Path(file.place)
    path.chmod(0o644)
    tmp_path.chmod(0o777)
    told = tried_by_nobody(tmp_path, path)
    assert told["quick"] == "(0,)"
    assert "write-protected" in told["write"]
    assert told["upgrade"] == "None"


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o755)
    told = tried_by_nobody(tmp_path, closed / "sales.db")
    assert told["upgrade"].startswith(f"{closed}/sales.db: The database cannot be written: Permission denied.")
    assert not list(closed.iterdir())


def test_a_postgresql_that_is_not_there_says_so(tmp_path: Path) -> None:
    database = parse(f"postgresql://kim:s3cret@/sales?host={tmp_path}")
    for way in WAYS_IN:
        with pytest.raises(DatabaseProblem, match=r"PostgreSQL does not answer.* Is it running") as refusal:
            way(database)
        assert "s3cret" not in str(refusal.value)
        assert refusal.value.exit_code == 4


def test_a_postgresql_that_refuses_the_name_says_so(postgres_url: str) -> None:
    for way in WAYS_IN:
        with pytest.raises(DatabaseProblem, match="does not exist"):
            way(parse(f"{postgres_url.partition('/salestui_')[0]}/nowhere?{postgres_url.partition('?')[2]}"))


def test_a_url_that_libpq_cannot_read_is_refused_without_its_password() -> None:
    for way in WAYS_IN:
        with pytest.raises(DatabaseProblem) as refusal:
            way(parse("postgresql://kim:s3cret@host:port/name"))
        assert "s3cret" not in str(refusal.value)
