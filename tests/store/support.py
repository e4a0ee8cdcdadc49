"""Small changes for tests of the store, in which nothing is derived, and children that do things in processes."""

import multiprocessing
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel

from salestui.model.tables.history import Event, PersonalValues
from salestui.model.tables.market import Account
from salestui.store.trace import table_of
from salestui.store.work import Actor, Work, begin
from tests.support.checkout import ROOT

KIM, ANA = Actor("kim"), Actor("ana")


def nothing(_work: Work) -> None:
    """Derive nothing."""


def change(engine: Engine, actor: Actor = KIM, reason: str = "edit", **options: Any) -> AbstractContextManager[Work]:
    """One change in which nothing is derived."""
    return begin(engine, actor, reason, derive=nothing, **options)


def account(engine: Engine, name: str = "Acme", **columns: Any) -> int:
    """The id of a new account, made by Kim."""
    with change(engine, reason=f"add {name}", kind="import" if "source" in columns else "edit") as work:
        row = Account(name=name, **columns)
        work.session.add(row)
        work.session.flush()
        assert row.id is not None
    return row.id


def edit(engine: Engine, row_id: int, actor: Actor = KIM, reason: str = "edit", **columns: Any) -> None:
    """Set columns of an account."""
    with change(engine, actor, reason) as work:
        row = work.session.get_one(Account, row_id)
        for name, value in columns.items():
            setattr(row, name, value)


def rows(engine: Engine, model: type[SQLModel]) -> list[dict[str, Any]]:
    """All rows of a table, by id."""
    table = table_of(model)
    with engine.connect() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row) for row in found.mappings()]


def content(engine: Engine, model: type[SQLModel]) -> list[dict[str, Any]]:
    """All rows of a table but for their versions, which rise whenever a row is written."""
    return [{key: value for key, value in row.items() if key != "version"} for row in rows(engine, model)]


def row_of(engine: Engine, model: type[SQLModel], row_id: int) -> dict[str, Any]:
    """One row of a table."""
    return next(row for row in rows(engine, model) if row["id"] == row_id)


def events(engine: Engine) -> list[tuple[str, str, Any, Any]]:
    """Every event as (table, kind, before, after), personal values left out."""
    return [(row["table_name"], row["kind"], row["before"], row["after"]) for row in rows(engine, Event)]


def personal(engine: Engine) -> list[tuple[Any, Any]]:
    """The personal values of every event that has some, as (before, after)."""
    return [(row["before"], row["after"]) for row in rows(engine, PersonalValues)]


def count(engine: Engine, model: type[SQLModel]) -> int:
    """How many rows a table has."""
    with Session(engine) as session:
        return len(session.execute(select(table_of(model).c[0])).all())


Child = multiprocessing.process.BaseProcess


def started(work: Callable[..., object], *arguments: object) -> Child:
    """A process that does `work`, forked so that it need not import anything first."""
    child = multiprocessing.get_context("fork").Process(target=work, args=arguments)
    child.start()
    return child


def finished(children: Sequence[Child]) -> None:
    """Wait until all children ended, and see that none failed."""
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0] * len(children)


def killed(child: Child, after: float) -> None:
    """Kill a process with no chance to tidy up, so many seconds from now."""
    time.sleep(after)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join(30)


def as_nobody(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python code where file permissions count: as an unprivileged user where the tests run as root."""
    prelude = ""
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        prelude = f"import os; os.setgroups([]); os.setgid({user.pw_gid}); os.setuid({user.pw_uid})\n"
    # Everything is imported while the process may still read the environment it is installed in.
    source = f"{code.partition('#--')[0]}\n{prelude}{code.partition('#--')[2]}"
    command = [sys.executable, "-c", source, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
