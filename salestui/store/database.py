"""Which database: a path (SQLite) or a URL (SQLite or PostgreSQL), told apart, checked and shown without passwords."""

import os
import re
from typing import NamedTuple

from salestui.model.values.errors import DatabaseProblem, UsageProblem

# Patterns stay text until they are needed: compiling them would cost a quick look at a plain path several milliseconds.
_URL = r"(?is)(?P<scheme>[a-z][a-z0-9+]*)://(?P<rest>.*)"
_PASSWORD = r"(?s)(?<=//)([^/@:?]*):(?!\d{0,5}/[^@/]*(?:\?|$))(.*)@"  # a port is none
_PASSWORD_PARAMETER = r"(?i)([?&](?:ssl)?password=)[^&]*"
_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "fuse.sshfs"})
_MOUNTS = "/proc/self/mounts"
_MOUNT_ESCAPE = r"\\([0-7]{3})"


class Database(NamedTuple):
    """A database by kind (`sqlite` or `postgresql`) and place: a file's path, or a URL that libpq understands."""

    kind: str
    place: str

    def __str__(self) -> str:
        """The place as it may be shown: passwords masked."""
        return masked(self.place)


def masked(text: str) -> str:
    """`text` with the password of a database URL replaced."""
    return re.sub(_PASSWORD_PARAMETER, r"\1***", re.sub(_PASSWORD, r"\1:***@", text))


def parse(text: str, *, from_option: bool = False) -> Database:
    """The database that `text` names. An option may not carry a password, for every user's process list shows it."""
    match = re.fullmatch(_URL, text.strip()) if "://" in text else None
    if match is None:
        if not text.strip():
            raise UsageProblem("The database's name is empty.", expected="a path or a URL")
        return _file(text)
    scheme = match["scheme"].lower()
    if scheme == "sqlite":
        path = match["rest"].removeprefix("/")
        if not path or path == ":memory:":
            raise UsageProblem(
                f"{text!r} names no file.", expected="sqlite:///path, or just the path", remedy="Name a file to keep."
            )
        return _file(path)
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return _server(f"postgresql://{match['rest']}", from_option)
    raise UsageProblem(
        f"There is no database of the kind {scheme!r}.",
        where=masked(text),
        expected="a path, sqlite:///path or postgresql://host/name",
    )


def _file(path: str) -> Database:
    if "\0" in path:
        raise UsageProblem("A path cannot hold a NUL character.", where=path)
    return Database("sqlite", os.path.abspath(os.path.expanduser(path)))


def _server(url: str, from_option: bool) -> Database:
    if from_option and masked(url) != url:
        raise UsageProblem(
            "A password in an option can be read by everyone on this machine.",
            where=masked(url),
            expected="a URL without a password",
            remedy="Put the password into ~/.pgpass or PGPASSWORD, or the whole URL into SALESTUI_DB.",
        )
    password = re.search(_PASSWORD, url)
    if password is not None and not {"@", "/"}.isdisjoint(password[2]):
        raise UsageProblem(
            "The password in the URL holds a character that a URL cannot.",
            where=masked(url),
            expected="%40 in place of @, and %2F in place of /",
        )
    return Database("postgresql", url)


def refuse_what_cannot_be_a_database(path: str, mounts: str = _MOUNTS) -> None:
    """Refuse what is no ordinary file, and a file on a network filesystem, where locks do not hold.

    The latter is one of the ways to corrupt a database (sqlite.org/howtocorrupt.html, "Filesystems with broken or
    missing lock implementations"). `mounts` is the system's own list of mounted filesystems.
    """
    if os.path.isdir(path):
        raise DatabaseProblem(
            "The database's path is a folder.", where=path, remedy=f"Name a file in it, such as {path}/sales.db."
        )
    if os.path.exists(path) and not os.path.isfile(path):
        raise DatabaseProblem("This is a device or a pipe, not a file.", where=path, remedy="Name a file.")
    kind = filesystem_of(path, mounts)
    if kind in _NETWORK_FILESYSTEMS:
        raise DatabaseProblem(
            f"SQLite is not safe on a network filesystem ({kind}).",
            where=path,
            remedy="Keep the file on a local disk, or share through PostgreSQL.",
        )


def filesystem_of(path: str, mounts: str = _MOUNTS) -> str:
    """The filesystem type that holds `path`, or "" where the system does not tell."""
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape") as file:
            mounted = [line.split(" ")[1:3] for line in file if line.count(" ") >= 2]
    except OSError:
        return ""
    real = os.path.realpath(path)
    best, kind = "", ""
    for mount, name in mounted:
        plain = re.sub(_MOUNT_ESCAPE, lambda match: chr(int(match[1], 8)), mount) if "\\" in mount else mount
        point = plain.rstrip("/")
        if (real == point or real.startswith(f"{point}/")) and len(point) >= len(best):
            best, kind = point, name
    return kind
