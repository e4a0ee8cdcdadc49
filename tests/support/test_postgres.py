"""The tests' own PostgreSQL server: every test has its own database, and nothing outlives the tests."""

import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.support.checkout import ROOT
from tests.support.environment import STARTED_WITH
from tests.support.postgres import Server

START = """
from tests.support.postgres import running_server
with running_server() as server:
    print(server.url_of("postgres"), flush=True)
    input()
"""


def test_a_database_is_gone_after_its_test(postgres_server: Server) -> None:
    with postgres_server.database() as name:
        psycopg.connect(postgres_server.url_of(name)).close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(postgres_server.url_of(name))


def test_a_server_does_not_outlive_the_tests_that_were_killed() -> None:
    environment = {name: value for name, value in STARTED_WITH.items() if name != "SALESTUI_TEST_POSTGRES"}
    child = subprocess.Popen(
        [sys.executable, "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    assert child.stdout is not None
    url = child.stdout.readline()
    folder = Path(parse_qs(urlsplit(url.strip()).query)["host"][0])
    assert folder.is_dir()
    child.kill()
    child.communicate()
    deadline = time.monotonic() + 30
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()
