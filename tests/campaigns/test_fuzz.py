"""Hostile texts in every field, on every screen, in every place where something is typed: see `fuzz`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from salestui.cli.main import run
from salestui.store.database import Database
from salestui.store.quick import open_reader
from tests.campaigns import fuzz
from tests.campaigns.hostile import EVERY_PIECE, Hostile, hostile_company, hostile_texts
from tests.campaigns.spots import SPOTS, type_into_spots
from tests.terminal.pty_driver import Terminal
from tests.terminal.test_screen_bytes import SCREENS

SEED = 2026
SHORT, LONG = 60, 10_000
"""How many deals the company has at most."""
EVERY_TEXT = """
SELECT name FROM territory UNION SELECT title FROM seat UNION SELECT team FROM seat UNION SELECT name FROM person
UNION SELECT email FROM person UNION SELECT name FROM product_line UNION SELECT name FROM product
UNION SELECT name FROM account UNION SELECT sector FROM account UNION SELECT name FROM stage
UNION SELECT name FROM opportunity UNION SELECT origin FROM opportunity UNION SELECT lost_reason FROM opportunity
UNION SELECT name FROM ramp UNION SELECT reason FROM relief UNION SELECT approver FROM relief
"""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory, long: bool) -> tuple[Path, Hostile]:
    """A database with hostile texts in every column that holds text, imported by the command, and the texts."""
    folder = tmp_path_factory.mktemp("fuzz")
    made = hostile_company(folder / "files", SEED, LONG if long else SHORT)
    place = ("--db", str(folder / "hostile.db"))
    assert run(["import", str(made.folder), *place]) == 0
    why, name = made.texts[:2]
    assert run(["objective", "set", "--target", "30m", "--reason", why, *place]) == 0
    assert run(["season", "set", name, *["8", "8", "9"] * 4, *place]) == 0
    return folder / "hostile.db", made


@pytest.fixture
def terminal(company: tuple[Path, Hostile]) -> Iterator[Terminal]:
    """The app on it."""
    with fuzz.opened(company[0]) as opened:
        yield opened


def test_every_text_is_kept_as_it_came(company: tuple[Path, Hostile], long: bool) -> None:
    with open_reader(Database("sqlite", str(company[0]))) as reader:
        kept = {text for (text,) in reader.rows(EVERY_TEXT)}
    assert kept >= {*company[1].texts}
    assert len(company[1].texts) >= (10_000 if long else len(EVERY_PIECE))


def test_no_text_acts_on_any_screen(terminal: Terminal, company: tuple[Path, Hostile], isolated_settings: Path) -> None:
    seen = fuzz.look_at_everything(terminal)
    assert len(seen) >= 2 * len(SCREENS)
    assert not fuzz.faults_told(isolated_settings)


def test_no_text_acts_where_it_is_typed(
    terminal: Terminal, isolated_settings: Path, rounds: Callable[[int, int], range]
) -> None:
    texts, chance = hostile_texts(Random(SEED)), Random(SEED)
    each = len(rounds(1, 4))
    for _ in rounds(1, 10):
        assert fuzz.type_everywhere(terminal, texts, chance, each) == each * len(SCREENS)
    assert not fuzz.faults_told(isolated_settings)


@pytest.mark.parametrize("page", SPOTS)
def test_no_text_acts_and_each_is_kept_where_one_screen_asks_for_it(
    page: str,
    company: tuple[Path, Hostile],
    tmp_path: Path,
    isolated_settings: Path,
    rounds: Callable[[int, int], range],
) -> None:
    chance = Random(f"{SEED} {page}")
    texts, taken = hostile_texts(chance), 0
    for number in rounds(1, 6):
        path = Path(shutil.copyfile(company[0], tmp_path / f"{number}.db"))

        def kept(query: str, path: Path = path) -> set[str]:
            with open_reader(Database("sqlite", str(path))) as reader:
                return {line for (text,) in reader.rows(query) if text is not None for line in text.split("\n")}

        with fuzz.opened(path) as terminal:
            taken += type_into_spots(terminal, SPOTS[page], texts, chance, kept)
    print(f"{taken} texts kept")
    assert taken > 0
    assert not fuzz.faults_told(isolated_settings)


@pytest.mark.long
def test_no_text_acts_in_the_longest_lists(company: tuple[Path, Hostile], isolated_settings: Path) -> None:
    with fuzz.opened(company[0], (200, 60)) as terminal:
        seen = fuzz.read_through(terminal, (*":period 2023-07..2025-11", "enter", "4", "right", "right", "enter"))
        for _ in range(6):
            seen |= fuzz.read_through(terminal, ("escape", "right", "enter"))
    print(f"{len(company[1].texts)} hostile texts in the database, {len(seen)} of them seen on the screen")
    assert len(seen) >= 5_000
    assert not fuzz.faults_told(isolated_settings)
