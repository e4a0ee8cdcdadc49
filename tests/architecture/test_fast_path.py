"""What a quick look may cost: the modules on its path bring no heavy library with them."""

import pytest

from tests.support.checkout import ROOT
from tests.support.startup import HEAVY, NOT_FREE, TERMINAL, modules_imported, too_slow

FAST_PATH = ("salestui.__main__", "salestui.store.settings", "salestui.store.database", "salestui.store.quick")
VALUES = tuple(
    f"salestui.model.values.{path.stem}"
    for path in sorted((ROOT / "salestui" / "model" / "values").glob("*.py"))
    if path.stem != "__init__"
)


@pytest.mark.parametrize("module", [*FAST_PATH, *VALUES])
def test_a_module_on_the_fast_path_is_cheap_to_import(module: str) -> None:
    loaded = modules_imported(module)
    assert loaded.returncode == 0, loaded.errors
    assert module in loaded.modules
    assert not too_slow(loaded)
    assert not loaded.any_of(TERMINAL)


def test_a_heavy_module_would_be_seen() -> None:
    assert too_slow(modules_imported("sqlmodel")) >= {"sqlmodel", "sqlalchemy", "pydantic"}
    assert too_slow(modules_imported("dataclasses")) >= {"dataclasses", "inspect"}
    assert modules_imported("textual.app").any_of(TERMINAL) == TERMINAL
    assert not HEAVY & NOT_FREE
