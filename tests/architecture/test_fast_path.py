"""What a quick look may cost: the modules on its path bring no heavy library with them."""

import tomllib
from collections.abc import Iterator

import pytest

from tests.support.checkout import ROOT
from tests.support.startup import HEAVY, NOT_FREE, TERMINAL, modules_imported, too_slow

CONTRACT = "The fast path loads no heavy library"
FRONT_DOOR = ("salestui.__main__",)


def modules_under_contract() -> Iterator[str]:
    """The modules that the contract in pyproject.toml names, and those in the packages it names."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    for contract in tools["importlinter"]["contracts"]:
        for name in contract["source_modules"] if contract["name"] == CONTRACT else ():
            folder = ROOT.joinpath(*name.split("."))
            inside = [f"{name}.{path.stem}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__"]
            yield from inside or [name]


@pytest.mark.parametrize("module", [*FRONT_DOOR, *modules_under_contract()])
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
