"""Which modules a command loads: the command is run in a fresh interpreter that notes `sys.modules` as it ends."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

HEAVY = frozenset(
    {"sqlmodel", "sqlalchemy", "pydantic", "pydantic_core", "alembic", "pandas", "numpy", "scipy", "statsmodels"}
)
TERMINAL = frozenset({"textual", "rich"})
NOT_FREE = frozenset(
    {
        "dataclasses",
        "inspect",
        "pathlib",
        "logging",
        "subprocess",
        "importlib.metadata",
        "importlib.resources",
        "difflib",
        "uuid",
        "zoneinfo",
    }
)

_RUN = """
import sys
kept = sys.argv[1]
try:
    {work}
finally:
    with open(kept, "w") as kept:
        kept.write("\\n".join(sys.modules))
"""
_COMMAND = "sys.argv[:2] = ['salestui']; from salestui.__main__ import main; sys.exit(main())"
_FREE = "import argparse, ast, json, sqlite3, tomllib, decimal, datetime; argparse.ArgumentParser().format_help()"


class Loaded(NamedTuple):
    """How a fresh interpreter ended, and everything it had imported by then."""

    modules: frozenset[str]
    returncode: int
    output: str
    errors: str

    def any_of(self, names: frozenset[str]) -> set[str]:
        """Those of the named modules that were imported."""
        return set(names & self.modules)


def modules_loaded(
    arguments: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Loaded:
    """What `salestui` with these arguments imports, from the first line to the last."""
    return _observe(_COMMAND, arguments, env, cwd)


def modules_imported(module: str) -> Loaded:
    """What importing one module brings with it."""
    return _observe(f"import {module}", (), None, None)


@cache
def free_modules() -> frozenset[str]:
    """What the standard library's own modules on the fast path bring with them, on this version of Python."""
    return _observe(_FREE, (), None, None).modules


def too_slow(loaded: Loaded) -> set[str]:
    """The modules that have no place on the fast path: heavy libraries, and standard modules that are not free."""
    return loaded.any_of(HEAVY) | (loaded.any_of(NOT_FREE) - free_modules())


def _observe(work: str, arguments: Sequence[str], env: Mapping[str, str] | None, cwd: Path | None) -> Loaded:
    with TemporaryDirectory() as folder:
        kept = Path(folder, "modules")
        command = [sys.executable, "-c", _RUN.format(work=work), str(kept), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False, timeout=60)
        return Loaded(frozenset(kept.read_text().splitlines()), done.returncode, done.stdout, done.stderr)
