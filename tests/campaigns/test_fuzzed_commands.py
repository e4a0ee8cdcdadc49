"""Every command that prints, in every form, on a company of hostile texts and with hostile words on its line.

What is printed for people and programs holds no character that a terminal acts on; JSON gives every text back as it is.
"""

import io
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from salestui.cli.main import UNEXPECTED, run
from salestui.store.database import Database
from salestui.store.quick import open_reader
from tests.campaigns.hostile import EVERY_PIECE, Hostile, hostile_company, hostile_texts
from tests.terminal.sequences import acting

SEED = 2027
COMMANDS = (
    ("kpi",),
    ("kpi", "--oneline"),
    ("kpi", "--json"),
    ("kpi", "--csv"),
    ("kpi", "--compare", "year-ago", "--line", "today"),
    ("kpi", "--scope", "{name}"),
    ("kpi", "--scope", "{name}", "--oneline"),
    ("kpi", "--scope", "{name}", "--json", "--compare", "prior"),
    ("kpi", "--scope", "{name}", "--csv"),
    ("kpi", "{text}"),
    ("kpi", "--scope", "{text}"),
    ("kpi", "--period", "{text}"),
    ("kpi", "--as-of", "{text}"),
    ("kpi", "--compare", "{text}"),
    ("kpi", "--db", "{text}/x.db"),
    ("kpi", "--db", "postgresql://{text}@localhost:1/x"),
    ("history",),
    ("history", "--json"),
    ("history", "--limit", "{text}"),
    ("history", "undo"),
    ("history", "redo"),
    ("history", "{text}"),
    ("import", "{files}"),
    ("import", "{files}", "--dry-run", "--json"),
    ("import", "{broken}"),
    ("import", "{broken}", "--json"),
    ("import", "{broken}", "--skip-refused", "--dry-run"),
    ("import", "{text}"),
    ("import", "{files}", "--mapping", "{text}"),
    ("import", "--differences"),
    ("import", "--differences", "--json"),
    ("db", "check"),
    ("db", "check", "--json"),
    ("db", "restore", "{text}"),
    ("db", "backup", "{text}/x"),
    ("db", "{text}"),
    ("config", "show"),
    ("config", "path"),
    ("config", "{text}"),
    ("completion", "{text}"),
    ("demo", "--no-app", "--db", "{text}/x.db"),
    ("app", "--theme", "{text}"),
    ("{text}",),
    ("--{text}",),
)
"""What is typed in a shell; `{name}` is a name of the company, `{text}` anything. A new form joins here."""


class Printed(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    output: str
    words: str


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Hostile]:
    """A database with hostile texts in every column that holds text."""
    folder = tmp_path_factory.mktemp("fuzz")
    made = hostile_company(folder / "files", SEED, 40)
    assert run(["import", str(made.folder), "--db", str(folder / "hostile.db")]) == 0
    return folder / "hostile.db", made


@pytest.fixture(scope="module")
def broken(company: tuple[Path, Hostile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files whose every row is refused, the texts being where ids, days and amounts belong."""
    folder = tmp_path_factory.mktemp("broken")
    texts = [text.replace('"', '""') for text in islice(hostile_texts(Random(1)), len(EVERY_PIECE))]
    rows = [f'"{text}","{text}","{text}","{text}","{text}","{text}"' for text in texts]
    (folder / "accounts.csv").write_text("\n".join(["id,name,sector,territory,owner,created_on", *rows, ""]), "utf-8")
    return folder


def printed(monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> Printed:
    """Run a command as a shell does, its output going out in UTF-8."""
    out, err = io.BytesIO(), io.BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
        patched.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", "backslashreplace", write_through=True))
        try:
            code = run(argv)
        except SystemExit as left:
            code = int(left.code or 0)
        return Printed(code, out.getvalue().decode(), err.getvalue().decode())


def filled(template: tuple[str, ...], words: dict[str, Iterator[str]]) -> list[str]:
    """The command with something in every gap."""
    return [word.format_map({key: next(source) for key, source in words.items()}) for word in template]


@pytest.fixture
def words(company: tuple[Path, Hostile], broken: Path) -> dict[str, Iterator[str]]:
    """What goes into the gaps."""
    path, made = company
    with open_reader(Database("sqlite", str(path))) as reader:
        names = [name for (name,) in reader.rows("SELECT name FROM person UNION SELECT team FROM seat") if name]
    half = "\udcff half a character \ud800"
    anything = (half if number % 7 == 6 else text for number, text in enumerate(hostile_texts(Random(SEED))))
    return {
        "name": (name for _ in range(10_000) for name in names),
        "text": anything,
        "files": iter(lambda: str(made.folder), ""),
        "broken": iter(lambda: str(broken), ""),
    }


@pytest.mark.parametrize("template", COMMANDS, ids=" ".join)
def test_nothing_that_is_printed_acts(
    template: tuple[str, ...],
    company: tuple[Path, Hostile],
    words: dict[str, Iterator[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    long: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SALESTUI_DB", str(company[0]))
    for _ in range(200 if long else 2):
        monkeypatch.setenv("SALESTUI_ACTOR", next(words["text"]).replace("\ud800", ""))
        done = printed(monkeypatch, filled(template, words))
        assert done.code != UNEXPECTED, done.words
        assert "Traceback" not in done.words
        assert not acting(done.output), done.output
        assert not acting(done.words), done.words
        if "--json" in template and done.output:
            json.loads(done.output)


def test_json_gives_every_name_back_as_it_is(
    company: tuple[Path, Hostile], monkeypatch: pytest.MonkeyPatch, words: dict[str, Iterator[str]]
) -> None:
    for name in islice(words["name"], 70):
        done = printed(monkeypatch, ["kpi", "bookings", "--json", "--db", str(company[0]), "--scope", name])
        assert done.code == 0, done.words
        assert json.loads(done.output)["scope"] == name
