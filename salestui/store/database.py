"""Which database: a path (SQLite) or a URL (SQLite or PostgreSQL), told apart, checked and shown without passwords."""

import os
import re
from typing import NamedTuple

from salestui.model.values.errors import DatabaseProblem, UsageProblem

_URL = re.compile(r"(?P<scheme>[a-z][a-z0-9+]*)://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PASSWORD = re.compile(r"(?<=//)([^/@:]*):([^@]*)@")
_PASSWORD_PARAMETER = re.compile(r"([?&]password=)[^&]*", re.IGNORECASE)
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs"})


class Database(NamedTuple):
    """A database by kind (`sqlite` or `postgresql`) and place: a file's path, or a URL that libpq understands."""

    kind: str
    place: str

    def __str__(self) -> str:
        """The place as it may be shown: passwords masked."""
        return masked(self.place)


def masked(text: str) -> str:
    """`text` with the password of a database URL replaced."""
    return _PASSWORD_PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1:***@", text))


def parse(text: str, *, from_option: bool = False) -> Database:
    """The database that `text` names. An option may not carry a password, for every user's process list shows it."""
    match = _URL.fullmatch(text.strip())
    if match is None:
        if not text.strip():
            raise UsageProblem("The database's name is empty.", expected="a path or a URL")
        return Database("sqlite", os.path.abspath(os.path.expanduser(text)))
    scheme = match["scheme"].lower()
    if scheme == "sqlite":
        path = match["rest"].removeprefix("/")
        if not path or path == ":memory:":
            raise UsageProblem(
                f"{text!r} names no file.", expected="sqlite:///path, or just the path", remedy="Name a file to keep."
            )
        return Database("sqlite", os.path.abspath(os.path.expanduser(path)))
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        place = f"postgresql://{match['rest']}"
        if from_option and masked(place) != place:
            raise UsageProblem(
                "A password in an option can be read by everyone on this machine.",
                where=masked(text),
                expected="a URL without a password",
                remedy="Put the password into ~/.pgpass or PGPASSWORD, or the whole URL into SALESTUI_DB.",
            )
        return Database("postgresql", place)
    raise UsageProblem(
        f"There is no database of the kind {scheme!r}.",
        where=masked(text),
        expected="a path, sqlite:///path or postgresql://host/name",
    )


def refuse_what_cannot_be_a_database(path: str) -> None:
    """Refuse a folder, and a file on a network filesystem, where locks do not hold (sqlite.org/howtocorrupt)."""
    if os.path.isdir(path):
        raise DatabaseProblem(
            "The database's path is a folder.", where=path, remedy=f"Name a file in it, such as {path}/sales.db."
        )
    kind = filesystem_of(path)
    if kind in _NETWORK_FILESYSTEMS:
        raise DatabaseProblem(
            f"SQLite is not safe on a network filesystem ({kind}).",
            where=path,
            remedy="Keep the file on a local disk, or share through PostgreSQL.",
        )


def filesystem_of(path: str) -> str:
    """The filesystem type that holds `path`, or "" where the system does not tell."""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
            mounts = [line.split(" ")[1:3] for line in file]
    except OSError:
        return ""
    folder = os.path.realpath(os.path.dirname(path))
    best, kind = "", ""
    for mount, name in mounts:
        point = mount.replace("\\040", " ").rstrip("/")
        if (folder == point or folder.startswith(point + "/")) and len(point) >= len(best):
            best, kind = point, name
    return kind
