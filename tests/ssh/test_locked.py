"""Whoever has the README's account gets the app and nothing else, whatever they ask for and whatever they type."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.account import Account
from tests.terminal.pty_driver import Terminal

SECONDS = 30
USAGE = 2
PROOF = "echo proof$((6*7))"
"""What a shell would answer with `proof42`."""
HOSTILE_TERM = "xterm-256color;id"


def asked(account: Account, *words: str, options: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """Ask the account for a command, without a terminal."""
    command = account.ssh(*words, options=options)
    return subprocess.run(command, input=f"{PROOF}\n", capture_output=True, text=True, check=False, timeout=SECONDS)


@pytest.fixture(scope="module")
def terminal(account: Account) -> Iterator[Terminal]:
    """The app through the account, by whoever asked for a shell."""
    with Terminal(account.ssh("/bin/sh", "-i", options=("-tt",))) as opened:
        opened.wait_for("Furthest behind")
        opened.settle()
        yield opened


def apps_of(account: Account) -> set[int]:
    """The processes of the app that the account has open."""
    return {
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if _read(path).split(b"\0")[1:4] == [b"-I", b"-m", b"salestui"]
        and str(account.database).encode() in _read(path.with_name("environ"))
    }


def variables_of(process: int) -> dict[str, str]:
    """The environment of a process."""
    pairs = _read(Path(f"/proc/{process}/environ")).decode().rstrip("\0").split("\0")
    return {name: text for name, _, text in (pair.partition("=") for pair in pairs)}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize("words", [("id",), ("/bin/sh", "-c", PROOF), ("salestui", "config", "path"), ()])
def test_a_command_is_not_run(account: Account, words: tuple[str, ...]) -> None:
    done = asked(account, *words)
    assert done.returncode == USAGE
    assert not done.stdout
    assert "The app needs a terminal." in done.stderr


def test_a_command_with_a_terminal_is_the_app(terminal: Terminal) -> None:
    assert "1 Today" in terminal.lines[0]


@pytest.mark.parametrize("program", ["sftp", "scp", "scp -O"])
@pytest.mark.parametrize("up", [True, False])
def test_no_file_is_copied(account: Account, tmp_path: Path, program: str, up: bool) -> None:
    name, *old = program.split()
    here, there = tmp_path / "here", account.folder / f"there-{program.replace(' ', '')}-{up}"
    (here if up else there).write_text("secret", "utf-8")
    remote = f"{account.user}@127.0.0.1:{there}"
    if name == "sftp":
        batch = tmp_path / "batch"
        batch.write_text(f"put {here} {there}\n" if up else f"get {there} {here}\n", "utf-8")
        command = account.copying(name, "-b", str(batch), f"{account.user}@127.0.0.1")
    else:
        command = account.copying(name, *old, *((str(here), remote) if up else (remote, str(here))))
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=SECONDS)
    assert done.returncode
    assert not (there if up else here).exists()


def test_nothing_is_forwarded(account: Account) -> None:
    through = asked(account, options=("-W", f"127.0.0.1:{account.port}"))
    assert through.returncode
    assert "SSH-2.0" not in through.stdout
    for options in (("-R", "0:127.0.0.1:1"), ("-R", f"{account.folder}/socket:127.0.0.1:1")):
        back = asked(account, options=("-N", *options, "-o", "ExitOnForwardFailure=yes"))
        assert back.returncode, options


def test_no_variable_of_the_client_reaches_the_app(account: Account, tmp_path: Path) -> None:
    (tmp_path / "salestui.py").write_text("raise SystemExit('proof42')", "utf-8")
    sent = {
        "PYTHONPATH": str(tmp_path),
        "PYTHONSTARTUP": str(tmp_path / "salestui.py"),
        "PYTHONINSPECT": "1",
        "PYTHONBREAKPOINT": "os.system",
        "TEXTUAL": "devtools",
        "TEXTUAL_DRIVER": "salestui:Driver",
        "TEXTUAL_PRESS": "q",
        "SALESTUI_DB": str(tmp_path / "other.db"),
        "SALESTUI_ACTOR": "somebody else",
        "XDG_CONFIG_HOME": str(tmp_path),
        "EDITOR": "/bin/sh",
        "LD_PRELOAD": str(tmp_path / "evil.so"),
        "BASH_ENV": str(tmp_path / "evil.sh"),
        "LC_ALL": "tr_TR.UTF-8",
    }
    setting = " ".join(f'{name}="{text}"' for name, text in sent.items())
    options = ("-tt", "-o", "SendEnv *", "-o", f"SetEnv {setting}")
    before = apps_of(account)
    with Terminal(account.ssh(options=options), environment={"TERM": HOSTILE_TERM}) as opened:
        opened.wait_for("Furthest behind")
        (app,) = apps_of(account) - before
        found = variables_of(app)
    assert found == {
        "HOME": str(account.home),
        "TERM": HOSTILE_TERM,
        "LANG": "C.UTF-8",
        "SALESTUI_ACTOR": "kim",
        "SALESTUI_DB": str(account.database),
    }


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+c", "\x1c", "ctrl+d", "ctrl+s", "ctrl+q", "ctrl+x", "\x19", "\x1bOP"])
def test_no_key_leads_out(terminal: Terminal, account: Account, key: str) -> None:
    terminal.press(key, quiet_seconds=0.15)
    terminal.press("escape", quiet_seconds=0.15)
    for app in apps_of(account):
        assert _read(Path(f"/proc/{app}/stat")).rpartition(b")")[2].split()[0] in b"SR"
    assert "1 Today" in terminal.lines[0]


@pytest.mark.parametrize(
    "line",
    [
        "!sh",
        "sh",
        "shell",
        "!" + PROOF,
        "e /etc/passwd",
        "edit",
        "open /etc/passwd",
        "export /tmp/x",
        "suspend",
        "python",
    ],
)
def test_no_command_leads_out(terminal: Terminal, line: str) -> None:
    terminal.press(f":{line}", "enter", quiet_seconds=0.15)
    for _ in range(2):
        terminal.press("escape", quiet_seconds=0.15)
    assert b"proof42" not in terminal.output
    assert b"root:" not in terminal.output


def test_keys_before_it_stands_lead_to_no_shell(account: Account) -> None:
    for wait in (0.2, 0.4):
        with Terminal(account.ssh(options=("-tt",))) as terminal:
            time.sleep(wait)
            terminal.write(b"\x1a\x03\x1c" + PROOF.encode() + b"\r")
            terminal.settle(0.6)
            assert b"proof42" not in terminal.output


def test_what_it_leaves_is_the_account_s_alone(terminal: Terminal, account: Account) -> None:
    terminal.press("g", "q", quiet_seconds=0.5)
    terminal.press("B", quiet_seconds=0.5)
    terminal.press("down", "down", "down", "right", "right", "1", "2", "enter", quiet_seconds=1.5)
    left = [path for path in account.home.rglob("*") if path.is_file()]
    assert left
    for path in left:
        assert not path.stat().st_mode & 0o077, path
    assert os.path.commonpath([account.home, *left]) == str(account.home)


def test_leaving_the_app_ends_the_session(terminal: Terminal) -> None:
    terminal.press(":", PROOF, "enter", quiet_seconds=0.3)
    for _ in range(2):
        terminal.press("escape", quiet_seconds=0.2)
    terminal.press("q", quiet_seconds=0.3)
    terminal.press("y", "enter", quiet_seconds=0.3)
    assert terminal.wait_for_end() == 0
    assert b"proof42" not in terminal.output
