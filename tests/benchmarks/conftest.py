"""The large company, made once; in the folder that `SALESTUI_BENCHMARKS` names, if any, it stays for the next time."""

from pathlib import Path

import pytest

from tests.benchmarks.million import build
from tests.support.environment import STARTED_WITH


@pytest.fixture(scope="session")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a company with a million opportunities."""
    kept = STARTED_WITH.get("SALESTUI_BENCHMARKS")
    path = (Path(kept) if kept else tmp_path_factory.mktemp("million")) / "million.db"
    if not path.exists():
        build(path)
    return path
