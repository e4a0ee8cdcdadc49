"""A manager's session over a slow line to a real server: what it takes, and what is left when the line drops."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.account import Account
from tests.ssh.relay import Relay
from tests.support import reporting
from tests.terminal.pty_driver import Terminal
from tests.terminal.test_drafts import type_a_quota

ONE_WAY_SECONDS, BITS_A_SECOND = 0.05, 256_000
QUIET_SECONDS = 0.45
GONE_SECONDS = 5.0
LOST = 255
"""How ssh ends when the line does."""


@pytest.fixture
def account(account: Account, demo_template: Path) -> Account:
    """The account, with nothing in it that an earlier session left."""
    shutil.copy(demo_template, account.database)
    shutil.rmtree(account.home)
    account.home.mkdir(mode=0o700)
    return account


@pytest.fixture
def relay(account: Account) -> Iterator[Relay]:
    """A line that takes 100 ms there and back, at 256 kbit/s."""
    with Relay(account.port, ONE_WAY_SECONDS, BITS_A_SECOND) as line:
        yield line


def connected(account: Account, relay: Relay) -> Terminal:
    """The app over the line, its numbers standing."""
    terminal = Terminal(account.ssh(options=("-tt",), port=relay.port), (80, 24), {"COLORTERM": ""})
    terminal.wait_for("Furthest behind")
    terminal.settle(QUIET_SECONDS)
    return terminal


def apps(account: Account) -> list[int]:
    """The processes of the app that have the account's environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"HOME={account.home}\0".encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue  # it has ended meanwhile
    return found


def test_a_session_over_a_slow_line(account: Account, relay: Relay) -> None:
    begun = time.monotonic()
    terminal = Terminal(account.ssh(options=("-tt",), port=relay.port), (80, 24), {"COLORTERM": ""})
    with terminal:
        terminal.wait_for("Furthest behind")
        rows = [["80×24", "on the wire to us", "from us", "until it stands"]]
        stood = (time.monotonic() - begun) * 1000
        terminal.settle(QUIET_SECONDS)
        rows.append(["connect and start", f"{relay.received:,} B", f"{relay.sent:,} B", f"{stood:,.0f} ms"])
        for what, keys in {
            "open the key figures": ("4",),
            "move": ("down",),
            "page": ("pagedown",),
            "open the deals behind a figure": ("right", "right", "enter"),
            "open the command line": (":",),
            "type a character": ("p",),
            "leave it": ("escape",),
            "help": ("?",),
            "leave help": ("escape",),
            "open the quotas": ("g", "q"),
            "begin a version": ("B",),
            "go to a cell": ("down", "down", "down", "right", "right"),
            "type a digit into it": ("9",),
            "take what is typed": ("0", "k", "enter"),
            "save": ("w",),
        }.items():
            received, sent = relay.received, relay.sent
            answer = terminal.press(*keys, quiet_seconds=QUIET_SECONDS)
            assert answer.last_ms is not None, what
            rows.append(
                [what, f"{relay.received - received:,} B", f"{relay.sent - sent:,} B", f"{answer.last_ms:,.0f} ms"]
            )
            assert answer.last_ms < 1000 * (2 * ONE_WAY_SECONDS + 8 * 20_000 / BITS_A_SECOND + 1), what
        saved, silence = terminal.text, relay.received
        terminal.settle(1.0)
        rows.append(["a second of nothing", f"{relay.received - silence:,} B", "", ""])
        assert relay.received == silence
        assert "Saved: " in saved
        terminal.press("q", quiet_seconds=0.2)
        assert terminal.wait_for_end() == 0
    line = f"{2000 * ONE_WAY_SECONDS:.0f} ms there and back, {BITS_A_SECOND // 1000} kbit/s"
    reporting.keep(f"Over SSH: {line}", rows)


def test_a_dropped_line_ends_the_app_and_what_was_typed_is_there_on_return(account: Account, relay: Relay) -> None:
    with connected(account, relay) as terminal:
        terminal.press("g", "q", quiet_seconds=QUIET_SECONDS)
        type_a_quota(terminal)
        assert apps(account)
        relay.drop()
        assert terminal.wait_for_end() == LOST
    end = time.monotonic() + GONE_SECONDS
    while apps(account) and time.monotonic() < end:
        time.sleep(0.05)
    assert not apps(account)
    with connected(account, relay) as terminal:
        terminal.press("g", "q", quiet_seconds=QUIET_SECONDS)
        assert "unsaved" in terminal.text
        assert "•" in terminal.text
        terminal.press("w", quiet_seconds=QUIET_SECONDS)
        assert "Saved: " in terminal.text


@pytest.mark.long
def test_a_line_that_goes_dead_ends_the_app_within_two_minutes(account: Account, relay: Relay) -> None:
    with connected(account, relay):
        relay.go_dead()
        end = time.monotonic() + 120
        while apps(account) and time.monotonic() < end:
            time.sleep(0.5)
        assert not apps(account)
