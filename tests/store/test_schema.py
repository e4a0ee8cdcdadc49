"""The schema: made from nothing, brought up to date whole or not at all, and the same that the models describe."""

import shutil
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect

from salestui.model.tables.everything import metadata
from salestui.model.tables.history import Change
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import Account
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DatabaseProblem
from salestui.model.values.rate import Rate
from salestui.store import schema, version
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.schema import found_version, open_current, upgrade
from tests.store.support import account, change, count, finished, rows, started
from tests.store.test_work import NOON

KNOWN = version.HEAD
"""The program's own version, before a test makes it take itself for a later one."""

NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "0999"
down_revision = "{KNOWN}"


def upgrade():
    with op.batch_alter_table("sale", table_kwargs={{"sqlite_autoincrement": True}}) as batch:
        batch.add_column(sa.Column("note", sa.String()))
        batch.alter_column("type", type_=sa.String(40))
    %s
"""


@pytest.fixture
def blank(blank_database_url: str) -> Database:
    """A database without the schema."""
    return parse(blank_database_url)


@pytest.fixture
def ledger(writer: Engine) -> int:
    """A sale with a credit that refers to it; the sale's id."""
    with change(writer) as work:
        sale = Sale(booked_on=NOON.date(), amount=Amount(9), currency="USD", rate=Rate(1), reporting_amount=Amount(9))
        work.session.add(sale)
        work.session.flush()
        work.session.add(Credit(sale_id=sale.id or 0, share=Rate(1), amount=Amount(9)))
    assert sale.id is not None
    return sale.id


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a revision that follows the last one; the program is taken for one that knows it."""
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(version.__file__).parent / "migrations", scripts)
    for module in (version, schema):
        monkeypatch.setattr(module, "HEAD", "0999")
        monkeypatch.setattr(module, "REVISIONS", (*version.REVISIONS, "0999"), raising=False)
    monkeypatch.setattr("salestui.store.sqlite_backup.REVISIONS", (*version.REVISIONS, "0999"))
    monkeypatch.setattr(schema, "SCRIPTS", str(scripts))
    return scripts / "versions" / "v0999_next.py"


def test_the_schema_is_made_from_nothing_and_making_it_again_changes_nothing(blank: Database) -> None:
    assert found_version(blank) is None
    assert upgrade(blank) is None
    assert found_version(blank) == version.HEAD
    account(open_current(blank, write=True))
    assert upgrade(blank) is None
    assert count(open_current(blank, write=False), Account) == 1


def test_the_migrated_schema_is_the_one_that_the_models_describe(writer: Engine) -> None:
    with writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert not compare_metadata(context, metadata)
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_every_constraint_and_index_has_the_name_that_the_models_give_it(writer: Engine) -> None:
    with writer.connect() as connection:
        looking = inspect(connection)
        for table in metadata.sorted_tables:
            keys = {key["name"] for key in looking.get_foreign_keys(table.name)}
            assert keys == {key.name for key in table.foreign_key_constraints}
            indexes = {
                index["name"] for index in looking.get_indexes(table.name) if "duplicates_constraint" not in index
            }
            assert indexes == {index.name for index in table.indexes}
            assert None not in {each["name"] for each in looking.get_unique_constraints(table.name)}


def test_no_table_that_people_change_gives_out_an_id_twice(file: Database) -> None:
    with engine(file, write=False).connect() as connection:
        tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    made: dict[str, str] = dict(tables)
    editable = {name for name, table in metadata.tables.items() if "version" in table.columns}
    assert {name for name in editable if "AUTOINCREMENT" not in made[name]} == set()


def test_an_upgrade_keeps_every_row_and_makes_a_backup_first(
    database: Database, writer: Engine, ledger: int, next_version: Path
) -> None:
    next_version.write_text(NEXT % "")
    derived: list[int] = []
    made = upgrade(database, after=lambda connection: derived.append(version_of(connection)))
    assert derived == [999]
    assert found_version(database) == "0999"
    assert [(count(writer, model)) for model in (Sale, Credit, Change)] == [1, 1, 1]
    assert rows(writer, Credit)[0]["sale_id"] == ledger
    if database.kind == "sqlite":
        assert made is not None
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert made.parent == Path(database.place).parent
        backup = parse(str(made))
        assert found_version(backup) == KNOWN
        assert count(engine(backup, write=False), Credit) == 1


def version_of(connection: Connection) -> int:
    """The schema's version within a migration."""
    return int(schema.version(connection) or "0")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("raise ZeroDivisionError", None),
        ('op.execute("INSERT INTO nowhere VALUES (1)")', "nowhere"),
        ('op.execute("DELETE FROM credit")', "would lose rows of credit"),
    ],
    ids=["raises", "fails in the database", "loses rows"],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    database: Database, writer: Engine, ledger: int, next_version: Path, step: str, told: str | None
) -> None:
    next_version.write_text(NEXT % step)
    before = {model: rows(writer, model) for model in (Sale, Credit, Change)}
    with pytest.raises(DatabaseProblem if told else ZeroDivisionError, match=told):
        upgrade(database)
    assert found_version(database) == KNOWN
    assert {model: rows(writer, model) for model in before} == before
    with writer.connect() as connection:
        assert "note" not in {column["name"] for column in inspect(connection).get_columns("sale")}


def test_a_migration_that_would_break_references_is_refused(file: Database, next_version: Path) -> None:
    writer = engine(file, write=True)
    with change(writer) as work:
        sale = Sale(booked_on=NOON.date(), amount=Amount(9), currency="USD", rate=Rate(1), reporting_amount=Amount(9))
        work.session.add(sale)
        work.session.flush()
        work.session.add(Credit(sale_id=sale.id or 0, share=Rate(1), amount=Amount(9)))
    next_version.write_text(NEXT % 'op.execute("UPDATE credit SET sale_id = 999")')
    with pytest.raises(DatabaseProblem, match="would break references"):
        upgrade(file)
    assert rows(writer, Credit)[0]["sale_id"] == sale.id


def test_a_failure_in_what_is_derived_undoes_the_migration_too(database: Database, next_version: Path) -> None:
    def fail(_connection: Connection) -> None:
        raise ZeroDivisionError

    next_version.write_text(NEXT % "")
    with pytest.raises(ZeroDivisionError):
        upgrade(database, after=fail)
    assert found_version(database) == KNOWN


def test_processes_that_upgrade_at_once_do_no_harm(blank: Database) -> None:
    finished([started(upgrade, blank) for _ in range(3)])
    assert found_version(blank) == version.HEAD
    account(open_current(blank, write=True))


def test_a_database_of_an_older_version_says_how_to_go_on(database: Database, next_version: Path) -> None:
    for refused in (lambda: open_current(database, write=True), lambda: open_reader(database).__enter__()):
        with pytest.raises(DatabaseProblem, match=r"older version .*salestui db upgrade"):
            refused()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    with engine(database, write=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refused in (
        lambda: upgrade(database),
        lambda: open_current(database, write=True),
        lambda: open_current(database, write=False),
        lambda: open_reader(database).__enter__(),
    ):
        with pytest.raises(DatabaseProblem, match=r"newer than this program .*9999.* Install a newer"):
            refused()


def test_a_database_without_the_schema_says_how_to_go_on(blank: Database) -> None:
    upgrade(blank)
    with engine(blank, write=True).begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    for refused in (lambda: open_current(blank, write=False), lambda: open_reader(blank).__enter__()):
        with pytest.raises(DatabaseProblem, match="salestui db init"):
            refused()


def test_another_programs_database_is_left_alone(blank: Database) -> None:
    with engine(blank, write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bookmarks (title TEXT)")
    before = Path(blank.place).read_bytes() if blank.kind == "sqlite" else b""
    with pytest.raises(DatabaseProblem, match="another program: it holds bookmarks"):
        upgrade(blank)
    if blank.kind == "sqlite":
        assert Path(blank.place).read_bytes() == before
    with engine(blank, write=False).connect() as connection:
        assert inspect(connection).get_table_names() == ["bookmarks"]
