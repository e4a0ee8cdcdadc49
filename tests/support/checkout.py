"""Where the project lies, and the files that belong to it."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "salestui"
TOP_LEVEL = frozenset({"pyproject.toml", "README.md", "salestui", "styles", "tests", "sample_data"})

CACHE = re.compile(r"__pycache__|\..*_cache|\.hypothesis")


def project_files(*suffixes: str) -> Iterator[Path]:
    """Every file of the project in a stable order, or those whose names end in one of the suffixes."""
    tops = [ROOT / name for name in (*sorted(TOP_LEVEL), ".ci", ".gitignore")]
    for top in tops:
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            cached = any(CACHE.fullmatch(part) for part in path.relative_to(ROOT).parts)
            if path.is_file() and not cached and (not suffixes or path.suffix in suffixes):
                yield path


def python_files(*folders: str) -> Iterator[Path]:
    """The project's Python files, or those below the given folders (named from the project's root)."""
    wanted = [ROOT / folder for folder in folders] or [ROOT]
    for path in project_files(".py"):
        if any(path.is_relative_to(folder) for folder in wanted):
            yield path


def name_of(path: Path) -> str:
    """The path as messages show it: from the project's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()
