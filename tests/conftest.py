"""What every test may ask for: databases with the schema in place, isolated settings, real data, long campaigns."""

import compileall
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings

from tests.support import reporting
from tests.support.checkout import ROOT
from tests.support.environment import STARTED_WITH, personal
from tests.support.once import made_once

if TYPE_CHECKING:
    from tests.support.postgres import Server

LONG_TIMEOUT_SECONDS = 3600.0
DEMO_DAY = date(2025, 11, 20)
"""The sample company's own last day, so that its dates stand in the tests as they stand in its files."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`."""
    parser.addoption("--long", action="store_true", help="run the long campaigns: many more rounds, full installs")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make generated examples repeatable, and give a long campaign many of them and the time for it."""
    settings.register_profile("short", deadline=None, derandomize=True, database=None, max_examples=35)
    settings.register_profile("long", deadline=None, max_examples=5000)
    settings.load_profile("long" if config.option.long else "short")
    if config.option.long and config.option.timeout is None:
        config.option.timeout = LONG_TIMEOUT_SECONDS
    if not hasattr(config, "workerinput"):
        # The programs that tests start find their bytecode, as installed ones do, even where Python writes none.
        compileall.compile_dir(ROOT / "salestui", quiet=2)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was measured."""
    reporting.print_tables(terminalreporter)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `long` where nobody asked for them."""
    left_out = [] if config.option.long else [item for item in items if item.get_closest_marker("long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this is a long campaign (`pytest --long`)."""
    return bool(request.config.option.long)


@pytest.fixture(scope="session")
def rounds(long: bool) -> Callable[[int, int], range]:
    """`rounds(short, long)`: the rounds to go through, few in every run of the tests and many with `--long`."""
    return lambda few, many: range(many if long else few)


@pytest.fixture(autouse=True)
def isolated_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that nothing of the developer's settings and databases is read or written."""
    home = tmp_path / "home"
    folders = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_CACHE_HOME": home / ".cache",
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    for name in personal(STARTED_WITH):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real company data; the test is skipped where there is none."""
    folder = Path(STARTED_WITH.get("SALESTUI_REAL_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(
            "no real data: SALESTUI_REAL_DATA names no folder, and there is no ../shared/data beside the checkout"
        )
    return folder


@pytest.fixture
def blank_sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'blank.db'}"


@pytest.fixture
def blank_postgres_url(postgres_server: "Server") -> Iterator[str]:
    """The URL of a PostgreSQL database without any table."""
    with postgres_server.database() as name:
        yield postgres_server.url_of(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without the schema, once on SQLite and once on PostgreSQL."""
    fixtures = {"sqlite": "blank_sqlite_url", "postgresql": "blank_postgres_url"}
    return str(request.getfixturevalue(fixtures[request.param]))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a SQLite database that has the schema and no data."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'salestui.db')}"


@pytest.fixture
def postgres_url(postgres_server: "Server", postgres_template: str) -> Iterator[str]:
    """The URL of a PostgreSQL database that has the schema and no data."""
    with postgres_server.database(template=postgres_template) as name:
        yield postgres_server.url_of(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database that has the schema and no data, once on SQLite and once on PostgreSQL."""
    fixtures = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}
    return str(request.getfixturevalue(fixtures[request.param]))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and the fiscal days, made once and copied for every test."""
    return made_once(tmp_path_factory, "template.db", lambda path: _prepare(f"sqlite:///{path}"))


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[Server]":
    """The PostgreSQL server of this test process, started when the first test asks for it."""
    from tests.support.postgres import running_server

    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: "Server") -> Iterator[str]:
    """The name of a database with the schema and the fiscal days, made once and copied for every test."""
    with postgres_server.database() as name:
        _prepare(postgres_server.url_of(name))
        yield name


def _prepare(url: str) -> None:
    """Bring the schema, and the fiscal days, which every first change would otherwise write."""
    from salestui.metrics.structure import rebuild_days
    from salestui.model.values.calendar import FiscalCalendar
    from salestui.store.database import parse
    from salestui.store.schema import open_current, upgrade

    upgrade(parse(url))
    engine = open_current(parse(url), write=True)
    with engine.begin() as connection:
        rebuild_days(connection, FiscalCalendar())
    engine.dispose()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo company, loaded once as of its own time and copied for every test."""
    from salestui.process.demo import load_demo
    from salestui.store.database import Database

    return made_once(tmp_path_factory, "demo.db", lambda path: load_demo(Database("sqlite", str(path)), DEMO_DAY))


@pytest.fixture
def demo_path(demo_template: Path, tmp_path: Path) -> Path:
    """A SQLite file with the demo company, as of `DEMO_DAY`."""
    return Path(shutil.copy(demo_template, tmp_path / "demo.db"))
