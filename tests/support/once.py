"""What is made once and used by all test processes of a run."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.environment import STARTED_WITH


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The file that `make` wrote where it was told, in whichever test process came first."""
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in STARTED_WITH else own
    path = shared / name
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            part = path.with_suffix(".part")
            make(part)
            part.rename(path)
    return path
