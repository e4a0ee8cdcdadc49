"""The schema: preparing a database, bringing it up to date safely, and telling its version.

Migrations are Alembic's, the same for both databases. On SQLite: the write lock is held, a verified backup is made,
foreign keys are off before BEGIN (batch mode would delete child rows otherwise), rows are counted before and after, and
whatever goes wrong rolls back whole.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, func, inspect, select, table
from sqlalchemy.exc import DatabaseError, OperationalError

from salestui.model.values.errors import DatabaseProblem
from salestui.store import backup
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.quick import unreachable
from salestui.store.version import HEAD, REVISIONS, refuse_unless_current


def version(connection: Connection) -> str | None:
    """The schema's version, or None where there is none."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, *, after: Callable[[Connection], None] | None = None) -> Path | None:
    """Bring the schema up to date, making the database if there is none.

    `after` derives what the migration left to derive, in the same transaction. Returns the backup that was made,
    or None where there was nothing to lose.
    """
    new = database.kind == "sqlite" and not _holds_something(database.place)
    made = None
    writer = engine(database, write=True, foreign_keys=False)
    try:
        with writer.connect() as connection:
            found = version(connection)
        if found == HEAD:
            return None
        if found is not None and found not in REVISIONS:
            refuse_unless_current(found, str(database))
        if found is not None and database.kind == "sqlite":
            made = backup.make(database)
        with writer.begin() as connection:
            _migrate(connection)
            if after is not None:
                after(connection)
    except OperationalError as error:
        raise unreachable_or_locked(database, error) from error
    except DatabaseError as error:
        raise DatabaseProblem("This file is not a database.", where=str(database)) from error
    except BaseException:
        if new:
            with suppress(FileNotFoundError):
                os.unlink(database.place)
        raise
    finally:
        writer.dispose()
    return made


def _holds_something(path: str) -> bool:
    return os.path.exists(path) and os.path.getsize(path) > 0


def unreachable_or_locked(database: Database, error: OperationalError) -> DatabaseProblem:
    """What to say when the database does not answer, or somebody else holds it."""
    reason = error.orig if isinstance(error.orig, Exception) else error
    if database.kind == "postgresql":
        return unreachable(database, reason)
    return DatabaseProblem(f"The database cannot be written: {reason}.", where=str(database))


def _migrate(connection: Connection) -> None:
    before = _row_counts(connection)
    config = Config()
    config.set_main_option("script_location", "salestui.store:migrations")
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


def open_current(database: Database, *, write: bool) -> Engine:
    """An engine on a database whose schema is this program's; anything else is refused with what to do."""
    if database.kind == "sqlite" and not _holds_something(database.place):
        refuse_unless_current(None, str(database))
    opened = engine(database, write=write)
    try:
        with opened.connect() as connection:
            refuse_unless_current(version(connection), str(database))
    except OperationalError as error:
        raise unreachable_or_locked(database, error) from error
    except DatabaseError as error:
        raise DatabaseProblem("This file is not a database.", where=str(database)) from error
    return opened
