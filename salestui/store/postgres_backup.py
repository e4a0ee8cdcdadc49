"""Backups of a PostgreSQL database, through PostgreSQL's own client programs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import InterfaceError, OperationalError

from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.store.database import Database
from salestui.store.engines import engine, wait_for_turn
from salestui.store.outage import first_line, outage


def dump(database: Database, part: Path) -> None:
    """Write the whole database, in one consistent state, to the file `part`."""
    _run(["pg_dump", "--format=custom", "--file", os.path.abspath(part)], database)
    verify(part)


def load(database: Database, backup: Path) -> None:
    """Put what `backup` holds in place of what the database holds, or leave it as it is."""
    options = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
    _run(["pg_restore", *options, os.path.abspath(backup)], database)


def verify(backup: Path) -> None:
    """Refuse a file that is no backup of salestui."""
    try:
        listed = _run(["pg_restore", "--list", os.path.abspath(backup)])
    except DatabaseProblem as error:
        raise DataProblem("This is not a backup of a PostgreSQL database.", where=str(backup)) from error
    if "TABLE DATA" not in listed or "alembic_version" not in listed:
        raise DataProblem("This is not a backup of salestui.", where=str(backup))


@contextmanager
def nobody_writing(database: Database) -> Iterator[bool]:
    """Hold everyone else's changes off; tells whether there is anything in the database."""
    try:
        with engine(database, write=True).begin() as connection:
            wait_for_turn(connection)
            yield bool(inspect(connection).get_table_names())
    except (OperationalError, InterfaceError) as error:
        raise outage(database, error.orig) from error


def _run(command: list[str], database: Database | None = None) -> str:
    """Run one of the programs; a password reaches it through the environment, where no process list shows it."""
    if shutil.which(command[0]) is None:
        raise DatabaseProblem(
            f"{command[0]} is not installed.", remedy="Install PostgreSQL's client programs, or back up on the server."
        )
    environment = dict(os.environ)
    if database is not None:
        from psycopg.conninfo import conninfo_to_dict, make_conninfo

        parts = {key: value for key, value in conninfo_to_dict(database.place).items() if value is not None}
        password = parts.pop("password", None)
        parts.pop("sslpassword", None)  # there is no variable for it, so that a key needs a service file
        if password is not None:
            environment["PGPASSWORD"] = str(password)
        command = [*command, "--no-password", "--dbname", make_conninfo("", **parts)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)
    if done.returncode:
        reason = first_line(done.stderr) if done.stderr.strip() else f"it ended with {done.returncode}"
        raise DatabaseProblem(
            f"{command[0]} failed: {reason.removeprefix(command[0]).removeprefix(': ').removesuffix('.')}.",
            where="" if database is None else str(database),
        )
    return done.stdout
