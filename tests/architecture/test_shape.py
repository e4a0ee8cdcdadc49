"""The house keeps its shape: few top-level names, files that hold one thing, nothing left lying about."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.checkout import ROOT, TOP_LEVEL, name_of, project_files, python_files

LONGEST_FILE = 400
BOUNDARIES = frozenset({"salestui/cli/main.py", "salestui/tui/driver.py"})
"""The command line, and the thread that reads what is typed."""
EXACT = ("salestui/model", "salestui/metrics", "salestui/planning", "salestui/people")
BUILT = re.compile(r"dist|__pycache__|.*\.egg-info")

# Bracketed letters keep these lines from finding themselves.
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:wor[k]|roo[t]|hom[e]|User[s]|tmp/en[v]|mn[t]|op[t])/\w"
    r"|\b[A-Z]:\\+User[s]"
    r"|\.pyen[v]\b"
    r"|\bpyp[i]\.org|\bpythonhoste[d]\.org|\bnpmj[s]\.|\bdebia[n]\.org"
    r"|--(?:extra-)?index-ur[l]|\b(?:PIP|UV)_\w*INDEX_UR[L]\b"
)


def test_the_top_level_holds_the_agreed_names_only() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and not BUILT.fullmatch(path.name)}
    assert names == TOP_LEVEL


def test_no_file_holds_more_than_one_thing() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in project_files(".py", ".tcss")}
    assert not {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}


def test_nothing_is_marked_as_unfinished() -> None:
    assert not list(findings(UNFINISHED))


def test_nothing_names_a_machine_or_a_registry() -> None:
    assert not list(findings(MACHINE))


def test_only_the_outermost_boundaries_catch_everything() -> None:
    found = {name_of(path): list(broad_handlers(path.read_text("utf-8"))) for path in python_files()}
    assert not {name: lines for name, lines in found.items() if lines and name not in BOUNDARIES}


def test_money_is_never_made_a_float() -> None:
    found = {name_of(path): list(float_calls(path.read_text("utf-8"))) for path in python_files(*EXACT)}
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("mark", ["TO~DO", "FIX~ME", "X~XX"])
def test_an_unfinished_mark_would_be_seen(mark: str) -> None:
    assert UNFINISHED.search(f"# {mark.replace('~', '')}: later")


@pytest.mark.parametrize(
    "line",
    [
        'DATA = "/wo~rk/shared"',
        "see /ro~ot/notes",
        "/ho~me/ann/sales.db",
        r"C:\Us~ers\Ann",
        "https://py~pi.org/simple",
        "pip install --index~-url x",
    ],
)
def test_a_machine_path_or_a_registry_would_be_seen(line: str) -> None:
    assert MACHINE.search(line.replace("~", ""))


@pytest.mark.parametrize("line", ["~/sales.db", "salestui/people/home/x.py", "at work/life balance", "~/.config/x"])
def test_ordinary_text_is_not_taken_for_a_machine_path(line: str) -> None:
    assert not MACHINE.search(line)


@pytest.mark.parametrize("caught", ["", " Exception", " BaseException", " (ValueError, Exception)", " Exception as e"])
def test_a_broad_handler_would_be_seen(caught: str) -> None:
    assert list(broad_handlers(f"try:\n    work()\nexcept{caught}:\n    raise\n")) == [3]


def test_a_narrow_handler_is_fine() -> None:
    assert not list(broad_handlers("try:\n    work()\nexcept (ValueError, sqlite3.Error):\n    raise\n"))


def test_a_conversion_to_float_would_be_seen() -> None:
    assert list(float_calls("a: float | None = None\nb = float('1.5')\nc = sum(map(float, rows))\n")) == [2, 3]


def findings(pattern: re.Pattern[str]) -> Iterator[str]:
    """Where a pattern occurs in the project's files, with the line it stands in."""
    for path in project_files():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                yield f"{name_of(path)}:{number}: {line.strip()[:120]}"


def broad_handlers(source: str) -> Iterator[int]:
    """The lines of handlers that catch everything."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else None
            if caught is None or caught & {"Exception", "BaseException"}:
                yield node.lineno


def float_calls(source: str) -> Iterator[int]:
    """The lines that convert to float, by a call or by handing `float` to one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            parts = (node.func, *node.args)
            if any(isinstance(part, ast.Name) and part.id == "float" for part in parts):
                yield node.lineno
