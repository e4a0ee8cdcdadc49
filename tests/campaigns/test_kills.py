"""Campaigns of kills, short in every run of the tests, and of two hundred with `--long`."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from salestui.metrics.checking import check
from salestui.store.database import Database, parse
from salestui.store.quick import open_reader
from salestui.store.schema import found_version
from tests.campaigns.kills import campaign
from tests.exchange.support import SMALL
from tests.support.postgres import Server

SEED = 2026


MOST = 10
"""So many times the rounds at most, until something was saved and something imported between two kills."""


def test_a_killed_program_loses_nothing_on_sqlite(tmp_path: Path, rounds: Callable[[int, int], range]) -> None:
    database = parse(f"sqlite:///{tmp_path / 'kills.db'}")
    go_through(database, tmp_path / "files", len(rounds(8, 200)))


def go_through(database: Database, files: Path, rounds: int) -> None:
    """Go through so many rounds, or as many more as it takes to see both an edit and an import."""
    for number, after in enumerate(campaign(database, files, MOST * rounds, SEED), 1):
        if number >= rounds and after.imported and after.edited:
            return
    raise AssertionError("nothing came between the kills")


def test_a_killed_program_loses_nothing_on_postgresql(
    postgres_server: Server, postgres_template: str, tmp_path: Path, rounds: Callable[[int, int], range]
) -> None:
    with postgres_server.database(template=postgres_template) as name:
        go_through(parse(postgres_server.url_of(name)), tmp_path / "files", len(rounds(5, 200)))


def test_a_killed_first_import_leaves_a_whole_company_or_none(
    tmp_path: Path, rounds: Callable[[int, int], range]
) -> None:
    """The command itself, into a database that is not there yet."""
    chance, files = random.Random(SEED), tmp_path / "files"
    files.mkdir()
    for name, content in SMALL.items():
        (files / name).write_text(content, "utf-8")
    command = [os.path.join(os.path.dirname(sys.executable), "salestui"), "import", str(files), "--db"]
    begun = time.monotonic()
    subprocess.run([*command, str(tmp_path / "whole.db")], check=True, capture_output=True)
    usual = time.monotonic() - begun
    for number in rounds(2, 40):
        path = tmp_path / f"{number}.db"
        child = subprocess.Popen([*command, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.4, 1.0) * usual)
        child.send_signal(signal.SIGKILL)
        child.wait()
        database = parse(f"sqlite:///{path}")
        if found_version(database) is not None:
            assert check(database).sound
            with open_reader(database) as reader:
                assert reader.one("SELECT count(*) FROM person") in [(0,), (3,)]
                assert reader.one("SELECT count(*) FROM sale WHERE 3 = (SELECT count(*) FROM person)") in [(0,), (3,)]
        subprocess.run([*command, str(path)], check=True, capture_output=True)
        assert check(database).sound
