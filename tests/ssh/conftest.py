"""An account on a server of the tests' own, and the demo company behind it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.account import MISSING, Account, served


@pytest.fixture(scope="module")
def account(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """The README's account, on the demo company."""
    if MISSING:
        pytest.skip(f"there is no {MISSING}: install openssh-server and openssh-client")
    folder = tmp_path_factory.mktemp("ssh")
    database = Path(shutil.copy(demo_template, folder / "sales.db"))
    with served(folder, database) as account:
        yield account
