"""The schema: preparing a database, bringing it up to date safely, and telling its version.

Migrations are Alembic's, the same for both databases, and one transaction in which nobody else writes. On SQLite a
verified backup is made first, and foreign keys are off before BEGIN (batch mode would delete child rows otherwise).
References are checked and rows counted before it is committed; whatever goes wrong rolls back whole.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, func, inspect, select, table
from sqlalchemy.exc import DatabaseError, InterfaceError

from salestui.model.values.errors import DatabaseProblem
from salestui.store import backup
from salestui.store.database import Database
from salestui.store.engines import engine, wait_for_turn
from salestui.store.outage import outage
from salestui.store.version import HEAD, REVISIONS, refuse_unless_current

SCRIPTS = "salestui.store:migrations"
"""Where Alembic finds its environment and the revisions."""


def version(connection: Connection) -> str | None:
    """The schema's version, or None where there is none."""
    return MigrationContext.configure(connection).get_current_revision()


def found_version(database: Database) -> str | None:
    """The version of the schema in `database`, or None where there is none; it is only read."""
    if not _holds_something(database):
        return None
    reader = engine(database, write=False)
    with _telling(database), reader.connect() as connection:
        return version(connection)


def upgrade(database: Database, *, after: Callable[[Connection], None] | None = None) -> Path | None:
    """Bring the schema up to date, making the database if there is none.

    `after` derives what the migration left to derive, in the same transaction. Returns the backup that was made,
    or None where there was nothing to lose.
    """
    _refuse_what_is_not_ours(database)
    if found_version(database) == HEAD:
        return None
    made = None
    writer = engine(database, write=True, foreign_keys=False)
    with _telling(database), writer.begin() as connection:
        wait_for_turn(connection)
        found = version(connection)
        if found != HEAD:
            if found is not None and database.kind == "sqlite":
                made = backup.make(database)
            _migrate(connection)
            if after is not None:
                after(connection)
    return made


def open_current(database: Database, *, write: bool) -> Engine:
    """An engine on a database whose schema is this program's; anything else is refused with what to do."""
    refuse_unless_current(found_version(database), str(database))
    return engine(database, write=write)


def _holds_something(database: Database) -> bool:
    if database.kind == "postgresql":
        return True
    return os.path.exists(database.place) and (os.path.isdir(database.place) or os.path.getsize(database.place) > 0)


def _refuse_what_is_not_ours(database: Database) -> None:
    """Refuse a schema that is newer than the program, and tables that are another program's."""
    if not _holds_something(database):
        return
    reader = engine(database, write=False)
    with _telling(database), reader.connect() as connection:
        found = version(connection)
        foreign = found is None and inspect(connection).get_table_names()
    if found is not None and found not in REVISIONS:
        refuse_unless_current(found, str(database))
    if foreign:
        raise DatabaseProblem(
            f"This database belongs to another program: it holds {foreign[0]}.",
            where=str(database),
            remedy="Name a database of its own for salestui with --db.",
        )


def _migrate(connection: Connection) -> None:
    before = _row_counts(connection)
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise DatabaseProblem("The migration would break references; nothing was changed.")
    after = _row_counts(connection)
    lost = [name for name, count in before.items() if name in after and after[name] < count]
    if lost:
        raise DatabaseProblem(f"The migration would lose rows of {', '.join(lost)}; nothing was changed.")


def _row_counts(connection: Connection) -> dict[str, int]:
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}


@contextmanager
def _telling(database: Database) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise outage(database, error.orig) from error
