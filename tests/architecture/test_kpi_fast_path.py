"""A quick look at KPIs loads no heavy library, in whatever form it is printed."""

import os
from pathlib import Path

import pytest

from salestui.store.database import parse
from tests.support.companies import put_together
from tests.support.rich_company import build_rich
from tests.support.startup import TERMINAL, modules_loaded, too_slow

FORMS = (
    (),
    ("--json",),
    ("--csv",),
    ("--oneline",),
    ("--check",),
    ("--compare", "prior"),
    ("--compare", "year-ago", "--json"),
    ("--scope", "West"),
    ("--scope", "West", "--line", "today"),
    ("--scope", "Ana", "--period", "2026-02"),
    ("attainment", "--period", "ytd"),
)


@pytest.fixture
def rich(sqlite_url: str) -> Path:
    """The rich company."""
    return Path(put_together(parse(sqlite_url), build_rich).place)


def test_no_form_loads_anything_heavy(rich: Path, isolated_settings: Path) -> None:
    (isolated_settings / ".config" / "salestui").mkdir()
    (isolated_settings / ".config" / "salestui" / "config.toml").write_text(f'db = "{rich}"\n')
    for form in FORMS:
        loaded = modules_loaded(["kpi", "--as-of", "2026-03-20", *form], env=dict(os.environ))
        assert loaded.returncode in (0, 1), loaded.errors
        assert loaded.output
        assert not too_slow(loaded), form
        assert not loaded.any_of(TERMINAL), form
