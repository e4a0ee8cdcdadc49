"""`salestui objective` and `salestui season`: a year planned from the shell, and what cannot be, refused with why."""

import json
from datetime import date
from pathlib import Path

import pytest

from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.support import Shell
from tests.support.companies import building

GOLDEN = ["10", "20", "5", "5", "5", "10", "5", "5", "5", "10", "10", "10"]


@pytest.fixture
def company(named: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ana sells 100 a month from January 2025 on; it is 20 March 2026."""
    monkeypatch.setenv("SALESTUI_ACTOR", "kim")
    monkeypatch.setenv("SALESTUI_AS_OF", "2026-03-20")
    writer = engine(parse(named), write=True)
    with building(writer) as built:
        seat, ana = built.seat("West 1"), built.person("Ana")
        built.sits(ana, seat)
        for number in range(15):
            day = date(2025 + number // 12, number % 12 + 1, 10)
            built.sale(100, day, (ana, seat, "primary", 100))
        built.quota(seat, date(2026, 1, 1), 90)
    writer.dispose()
    return named


def test_an_objective_goes_from_draft_to_approved(shell: Shell, company: str) -> None:
    ended = shell("objective", "set", "--kind", "growth", "--target", "10%", "--reason", "plan", "--json")
    assert ended.code == 0
    assert "v1 is a draft at 1,320" in ended.words
    told = json.loads(ended.output)
    assert (told["target"], told["growth"], told["base_period"], told["base"]) == ("1320", "0.1", "FY2025", "1200")
    again = shell("objective", "set", "--target", "=ly*1.2", "--reason", "more")
    assert "v1 is a draft at 1,440" in again.words
    assert shell("objective", "submit", "--reason", "in").code == 0
    assert "is submitted" in shell("objective", "set", "--target", "5", "--reason", "late").words
    assert shell("objective", "approve", "--reason", "signed").code == 0
    (found,) = json.loads(shell("objective", "list", "--json").output)
    assert (found["state"], found["actual"], found["assigned"], found["to_go"]) == ("approved", "300", "90", "1140")
    assert found["reason"] == "signed"
    page = shell("objective", "list").output
    assert "volume · FY2026 · v1 approved" in page
    assert "target 1.44k · so far 300 (21%" in page
    assert "nothing of yours to undo" in shell("history", "undo").words
    assert all(len(line) <= 80 for line in page.splitlines())


def test_next_year_goes_on_from_the_last_twelve_months_or_from_a_base_that_is_named(shell: Shell, company: str) -> None:
    common = ("--period", "FY2027", "--reason", "plan", "--json")
    ended = shell("objective", "set", "--target", "=ly*1.5", *common)
    assert "v1 is a draft at 1,800, on 1,200 of 2025-03..2026-02" in ended.words
    told = json.loads(ended.output)
    assert (told["base_period"], told["base"], told["growth"]) == ("2025-03..2026-02", "1200", None)
    assert (told["last_year"], told["last_year_stands_in"]) == ("1200", "2025-03..2026-02")
    for target in (("--target", "10%", "--base", "FY2025"), ("--target", "10% over FY2025")):
        told = json.loads(shell("objective", "set", "--kind", "growth", *target, *common).output)
        assert (told["target"], told["growth"], told["base_period"], told["base"]) == ("1320", "0.1", "FY2025", "1200")
    assert "Only a growth, or =ly" in shell("objective", "set", "--target", "5", "--base", "FY2025", *common).words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "--target", "5", "--scope", "Anna", "--reason", "x"), "Did you mean Ana?"),
        (("set", "--target", "5", "--period", "2026Q7", "--reason", "x"), "no quarter 7"),
        (("set", "--target", "five", "--reason", "x"), "“five” is no amount"),
        (("set", "--target", "5", "--reason", " "), "There is no reason given"),
        (("set", "--target", "0", "--reason", "x"), "nothing to reach"),
        (("set", "--target", "5", "--measure", "units", "--reason", "x"), "bookings"),
        (
            ("set", "--kind", "growth", "--target", "5%", "--period", "FY2025", "--reason", "x"),
            "FY2024 is not complete",
        ),
        (("submit", "--reason", "x"), "There is no objective of bookings of Company in FY2026"),
        (("list", "--scope", "Nobody"), "There is no team, person"),
    ],
)
def test_what_cannot_be_an_objective_is_refused_and_nothing_changes(
    shell: Shell, company: str, words: tuple[str, ...], told: str
) -> None:
    ended = shell("objective", *words)
    assert ended.code in (2, 3)
    assert told in ended.words
    assert "FY2026 has no objective yet" in shell("objective", "list").output


def test_seasons_are_measured_typed_and_listed(shell: Shell, company: str) -> None:
    assert "no seasonal profile yet" in shell("season", "list").output
    ended = shell("season", "measure", "Ana", "--scope", "Ana", "--json")
    assert "12 months only" in ended.words
    assert json.loads(ended.output)["months"] == 12
    assert shell("season", "set", "Golden", *GOLDEN).code == 0
    assert shell("season", "set", "golden", *["8"] * 11, "12").code == 0
    found = json.loads(shell("season", "list", "--json").output)
    assert [(each["name"], each["kind"], each["weights"][11]) for each in found] == [
        ("Ana", "measured", found[0]["weights"][11]),
        ("Golden", "entered", "12"),
    ]
    assert all(len(line) <= 80 for line in shell("season", "list").output.splitlines())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", "Bad", *GOLDEN[:-1], "11"), "sum to 101: 1 too much"),
        (("set", "Bad", *GOLDEN[:-1]), "These are 11 weights"),
        (("set", " ", *GOLDEN), "needs a name"),
        (("measure", "Bad", "--years", "0"), "from 1 to 10"),
        (("measure", "Bad", "--scope", "line:Pumps"), "There is no team"),
    ],
)
def test_what_cannot_be_a_season_is_refused_and_nothing_changes(
    shell: Shell, company: str, words: tuple[str, ...], told: str
) -> None:
    ended = shell("season", *words)
    assert ended.code in (2, 3)
    assert told in ended.words
    assert "no seasonal profile yet" in shell("season", "list").output


def test_a_database_that_is_not_there_is_told(shell: Shell, tmp_path: Path) -> None:
    ended = shell("objective", "list", "--db", tmp_path / "none.db")
    assert ended.code == 4
    assert "There is no database yet" in ended.words
