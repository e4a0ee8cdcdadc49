"""The account of the README on a real server: `sshd` on loopback, run by the user who runs the tests."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.support.checkout import ROOT

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PROGRAMS = {"sshd": SSHD, **{name: shutil.which(name) for name in ("ssh", "ssh-keygen", "sftp", "scp")}}
MISSING = ", ".join(name for name, found in PROGRAMS.items() if found is None)
PRIVILEGE_SEPARATION = Path("/run/sshd")
START_SECONDS = 20.0
USER = pwd.getpwuid(os.geteuid()).pw_name
_CARELESS = "LANG LC_* COLORTERM NO_COLOR PYTHON* TEXTUAL* SALESTUI_* XDG_* EDITOR PAGER"
"""What the test's server takes from clients beside the README's settings: more than any should."""


class Account(NamedTuple):
    """An account on a server."""

    port: int
    folder: Path
    home: Path
    database: Path
    user: str = USER

    def ssh(self, *words: str, options: tuple[str, ...] = (), port: int | None = None) -> list[str]:
        """The command that connects to it."""
        at = ["-p", str(port or self.port)]
        return ["ssh", *self._how, *at, *options, f"{self.user}@127.0.0.1", *words]

    def copying(self, program: str, *words: str) -> list[str]:
        """The command that copies files to or from it."""
        return [program, *self._how, "-P", str(self.port), *words]

    @property
    def _how(self) -> list[str]:
        settings = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
        }
        how = [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]
        return ["-F", "/dev/null", "-i", str(self.folder / "key"), *how]


def readme(language: str) -> str:
    """The README's block of that language."""
    found = re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    (block,) = found
    return str(block)


@contextmanager
def served(folder: Path, database: Path) -> Iterator[Account]:
    """The account as the README describes it, with places and keys of the test's own, while the server runs."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    for name in ("key", "host"):
        _run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)])
    public = (folder / "key.pub").read_text("utf-8").split()
    line = readme("authorized_keys")
    for place, ours in {
        "/srv/salestui/kim": str(home),
        "/srv/salestui/sales.db": str(database),
        "/usr/local/lib/salestui/bin/python": sys.executable,
        "ssh-ed25519 AAAA…": f"{public[0]} {public[1]}",
    }.items():
        assert line.count(place) == 1, place
        line = line.replace(place, ours)
    (folder / "authorized_keys").write_text(line, "utf-8")
    port = _free_port()
    config = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder / 'host'}",
        f"AuthorizedKeysFile {folder / 'authorized_keys'}",
        f"PidFile {folder / 'pid'}",
        "StrictModes no",
        "UsePAM no",
        "Subsystem sftp internal-sftp",
        f"AcceptEnv {_CARELESS}",
        "SetEnv SHLVL=1",  # bash then reads no startup file of whoever runs the tests
        readme("sshd_config").replace("Match Group managers", f"Match User {USER}"),
    ]
    (folder / "sshd_config").write_text("\n".join(config), "utf-8")
    with _running(folder):
        _await(port, folder / "log")
        yield Account(port, folder, home, database)


@contextmanager
def _running(folder: Path) -> Iterator[None]:
    made = os.geteuid() == 0 and not PRIVILEGE_SEPARATION.exists()
    if made:
        PRIVILEGE_SEPARATION.mkdir(mode=0o755)
    command = [str(SSHD), "-D", "-f", str(folder / "sshd_config"), "-E", str(folder / "log")]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait(START_SECONDS)
        if made:
            PRIVILEGE_SEPARATION.rmdir()


def _await(port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1.0) as connection:
                if connection.recv(4) == b"SSH-":
                    return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"sshd does not answer: {log.read_text('utf-8') if log.exists() else 'no log'}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)
