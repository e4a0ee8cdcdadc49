"""Who may import whom: the contracts in pyproject.toml, and the one that import-linter has no words for."""

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.checkout import PACKAGE, ROOT, name_of, python_files

VALUES = "salestui.model.values"


def test_every_import_contract_is_kept() -> None:
    linter = Path(sysconfig.get_path("scripts"), "lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", list(python_files("salestui/model/values")), ids=name_of)
def test_the_vocabulary_needs_only_the_standard_library(path: Path) -> None:
    names = set(imported_by(path.read_text("utf-8")))
    foreign = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert not {name for name in foreign if not f"{name}.".startswith(f"{VALUES}.")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=name_of)
def test_a_package_costs_nothing_to_enter(path: Path) -> None:
    assert path.read_bytes() == b"", f"{name_of(path)} is not empty: whoever imports a module below it pays for it"


def test_every_folder_of_the_package_is_one_the_contracts_can_see() -> None:
    folders = {path.parent for path in python_files("salestui")}
    assert not {name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()}


def test_relative_and_lazy_imports_are_seen_too() -> None:
    source = "import os.path\nfrom . import text\ndef late():\n    from pandas import DataFrame\n"
    assert set(imported_by(source)) == {"os.path", ".", "pandas"}


def imported_by(source: str) -> Iterator[str]:
    """Every module named by an import statement anywhere in the source; relative ones keep their leading dots."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
