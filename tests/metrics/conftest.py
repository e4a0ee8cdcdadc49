"""Companies to measure: databases that are copied from one whose calendar is written down already."""

import shutil
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from salestui.store.database import Database
from salestui.store.engines import engine
from tests.support.companies import building

Fresh = Callable[[Mapping[str, str | int]], Database]


@pytest.fixture(scope="session")
def fresh(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """Makes a database without data for a company with these settings of its calendar."""
    folder = tmp_path_factory.mktemp("companies")
    made: dict[str, Path] = {}
    numbers = count()

    def make(settings: Mapping[str, str | int]) -> Database:
        key = str(sorted(settings.items()))
        if key not in made:
            made[key] = Path(shutil.copy(sqlite_template, folder / f"template{len(made)}.db"))
            writer = engine(Database("sqlite", str(made[key])), write=True)
            with building(writer) as company:
                for name, value in {"company.name": "Small Co", **settings}.items():
                    company.setting(name, value)
            writer.dispose()
        return Database("sqlite", str(shutil.copy(made[key], folder / f"company{next(numbers)}.db")))

    return make
