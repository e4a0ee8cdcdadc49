"""`salestui seat`, `ramp`, `relief`, `close` and `reopen`: staffed from the shell; what cannot be, refused with why."""

import json
from pathlib import Path
from typing import Any

import pytest

from salestui.cli import output
from salestui.model.tables.organisation import Seat
from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.support import Shell
from tests.support.companies import building, the


@pytest.fixture
def team(named: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Kim leads West: Ana sits in West 1, West 2 is vacant; it is 20 March 2026."""
    return built(named, monkeypatch)


@pytest.fixture
def quick(place: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """It on SQLite."""
    return built(f"sqlite:///{place}", monkeypatch)


def built(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The team in a database."""
    monkeypatch.setenv("SALESTUI_ACTOR", "kim")
    monkeypatch.setenv("SALESTUI_AS_OF", "2026-03-20")
    writer = engine(parse(url), write=True)
    with building(writer) as company:
        lead = company.seat("Lead", team="West")
        company.sits(company.person("Kim"), lead)
        company.sits(company.person("Ana"), company.seat("West 1", lead))
        company.seat("West 2", lead)
    writer.dispose()
    return url


def told(shell: Shell, *words: str) -> Any:
    """What a command answers as JSON."""
    ended = shell(*words, "--json")
    assert ended.code == 0, ended.words
    return json.loads(ended.output)


def test_seats_are_listed_opened_filled_left_and_closed(shell: Shell, team: str) -> None:
    assert [seat["state"] for seat in told(shell, "seat", "list")] == ["held", "held", "vacant"]
    assert "vacant" in shell("seat", "list").output
    opened = told(shell, "seat", "open", "West 3", "--under", "West", "--from", "2026-06-01")[-1]
    assert (opened["state"], opened["under"], opened["from"]) == ("planned", 1, "2026-06-01")
    filled = shell("seat", "fill", "West 2", "Bo Quist", "--from", "2026-04-01", "--ramp", "0/50/100")
    assert "Bo Quist, new, sits in #3, West 2, from 2026-04-01 on" in filled.words
    assert told(shell, "seat", "list")[2]["filled_from"] == "2026-04-01"
    assert told(shell, "ramp", "list") == [{"name": "0 50 100", "shares": ["0", "0.5", "1"], "followers": 1}]
    assert (
        "Bo Quist sits in West 2 from 2026-04-01 on"
        in shell("seat", "fill", "#4", "Bo Quist", "--from", "2026-07-01").words
    )
    assert shell("seat", "fill", "#4", "bo quist", "--from", "2026-07-01", "--move").code == 0
    assert "#3, West 2, is vacant" not in shell("seat", "list").output
    assert (
        "#2, West 1, is vacant after that" in shell("seat", "leave", "Ana", "--last", "2026-03-31", "--company").words
    )
    assert shell("seat", "close", "#2", "--last", "2026-03-31").code == 0
    assert shell("db", "check").code == 0
    assert "Close the seat West 1" in shell("history").output
    assert shell("history", "undo").code == 0
    assert told(shell, "seat", "list")[1]["to"] is None


def test_ramps_are_kept_followed_and_dropped(shell: Shell, team: str) -> None:
    assert "There is no ramp yet" in shell("ramp", "list").output
    assert shell("ramp", "set", "New", "0", "25", "50", "75", "100").code == 0
    assert (
        "Ana follows the ramp New since 2026-02-01"
        in shell("ramp", "assign", "ana", "new", "--joined", "2026-02-01").words
    )
    assert "New is in use: 1 person follows it" in shell("ramp", "drop", "New").words
    assert "0 50 100" in shell("ramp", "set", "New", "0/50/100").words
    assert shell("ramp", "end", "Ana").words == "Ana follows no ramp any more.\n"
    assert "follows no ramp in West 1" in shell("ramp", "end", "Ana").words
    assert told(shell, "ramp", "drop", "New") == []


def test_reliefs_are_granted_and_ended(shell: Shell, team: str) -> None:
    words = ("--from", "2026-04-01", "--to", "2026-06-30", "--reason", "leave", "--approver", "Kim")
    (granted,) = told(shell, "relief", "grant", "Ana", "50%", *words)
    assert (granted["share"], granted["to"], granted["lowers_team"]) == ("0.5", "2026-06-30", True)
    assert "it comes to 110%" in shell("relief", "grant", "Ana", "60%", *words).words
    assert "50% from 2026-04-01 to 2026-06-30: leave (approved by Kim)" in shell("relief", "list", "Ana").output
    (ended,) = told(shell, "relief", "end", "Ana", "--last", "2026-04-30")
    assert ended["to"] == "2026-04-30"
    assert told(shell, "relief", "end", "Ana", "--last", "2026-03-31") == []


def test_a_relief_that_rests_when_somebody_leaves_and_applies_on_their_return_is_told(shell: Shell, team: str) -> None:
    words = ("--from", "2026-04-01", "--reason", "leave", "--approver", "Kim")
    assert shell("relief", "grant", "Ana", "50%", *words).code == 0
    left = shell("seat", "leave", "Ana", "--last", "2026-04-30").words
    assert "takes nothing after that, unless they come back: 50% from 2026-04-01 on: leave." in left
    back = shell("seat", "fill", "#2", "Ana", "--from", "2026-07-01").words
    assert "Their relief applies again: 50% from 2026-04-01 on: leave." in back
    assert "relief" not in shell("seat", "fill", "#3", "Kim", "--from", "2026-07-01", "--move").words


def test_who_approved_a_relief_reaches_no_terminal_raw(shell: Shell, quick: str) -> None:
    words = ("--from", "2026-04-01", "--to", "2026-06-30", "--reason", "a\x1b[2J", "--approver", "K\x1b]0;x\x07im")
    assert shell("relief", "grant", "Ana", "50%", *words).code == 0
    listed = shell("relief", "list", "Ana").output
    assert "approved by K␛]0;x␇im" in listed
    assert listed.rstrip("\n").isprintable()


def test_closed_months_are_opened_again_with_a_reason(shell: Shell, team: str) -> None:
    assert "Closed: the months up to 2026-02-28" in shell("close", "2026-02").words
    assert "are closed" in shell("seat", "fill", "West 2", "Bo", "--from", "2026-02-10").words
    assert "nothing of yours to undo" in shell("history", "undo").words
    assert "Open again: what is from 2026-02-01 on" in shell("reopen", "2026-02", "--reason", "late credit").words
    assert shell("seat", "fill", "West 2", "Bo", "--from", "2026-02-10").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("seat", "fill", "West 9", "Bo"), "“West 9” names no seat"),
        (("seat", "fill", "West 2", "Bo", "--from", "soon"), "“soon” is no day"),
        (("seat", "fill", "West 2", "Bo", "--from", "-"), "has to be a day"),
        (("seat", "fill", "West 2", "Bo", "--ramp", "fast"), "“fast” is no ramp"),
        (("seat", "fill", "West 2", "Bo", "--ramp", "0/250"), "“250” is no share"),
        (("seat", "fill", "West 1", "Bo"), "Ana sits in West 1"),
        (("seat", "leave", "Anna", "--last", "2026-03-31"), "Did you mean Ana?"),
        (("seat", "leave", "--last", "2026-03-31"), "usage: salestui seat leave"),
        (("seat", "leave", "Ana", "--last", "2026-03-31", "--soon", "x"), "usage: salestui seat leave"),
        (("seat", "leave", "Ana", "--seat", "West 2", "--last", "2026-03-31"), "Ana does not sit there on 2026-03-31"),
        (("seat", "close", "West 1", "--last", "2026-03-31"), "Ana sits in West 1"),
        (("seat", "open", "x", "--under", "West 9"), "names no seat"),
        (("ramp", "set", "New", "a"), "“a” is no share"),
        (("ramp", "set", " ", "0"), "needs a name"),
        (("ramp", "assign", "Ana", "New"), "is no ramp"),
        (("ramp", "drop", "New"), "is no ramp"),
        (("relief", "grant", "Ana", "150%", "--from", "2026-04-01", "--reason", "x", "--approver", "y"), "relieved of"),
        (("relief", "grant", "Ana", "20k", "--from", "2026-04-01", "--reason", "x", "--approver", "y"), "spread over"),
        (("relief", "end", "Ana", "--last", "2026-04-01"), "none"),
        (("close", "2026-03"), "is not over"),
        (("close", "never"), "never"),
        (("reopen", "2026-02", "--reason", "x"), "is not closed"),
    ],
)
def test_what_cannot_be_is_refused(shell: Shell, quick: str, words: tuple[str, ...], said: str) -> None:
    ended = shell(*words)
    assert ended.code in (2, 3)
    assert said in ended.words
    assert "salestui: " in ended.words or "usage: " in ended.words
    assert told(shell, "seat", "list")[2]["state"] == "vacant"


def test_what_a_relief_takes_is_told_before_and_after(shell: Shell, team: str) -> None:
    writer = engine(parse(team), write=True)
    seat = the(writer, Seat, title="West 1")
    with building(writer) as company:
        company.quota(seat, "2026-04-01", 300)
    writer.dispose()
    words = ("--from", "2026-04-01", "--to", "2026-04-30", "--reason", "leave", "--approver", "Kim")
    dry = shell("relief", "grant", "Ana", "50%", *words, "--dry-run").words
    assert "A dry run: nothing is written." in dry
    assert "Effective quota of 2026-04 now: 300." in dry
    assert told(shell, "relief", "list") == []
    assert "Effective quota of 2026-04: 300 before, 150 after." in shell("relief", "grant", "#2", "50%", *words).words
    more = shell("relief", "grant", "Ana", "999m", *words).words
    assert "That is more than the 150 of 2026-04: nothing is left." in more
    assert "150 before, 0 after" in more
    assert "No quota of theirs is in force" in shell("relief", "grant", "Kim", "50%", *words).words
    assert [each["person"] for each in told(shell, "relief", "list")] == ["Ana", "Ana", "Kim"]
    assert "  Kim: 50% from 2026-04-01" in shell("relief", "list").output


@pytest.mark.parametrize(
    "words",
    [
        ("seat", "open", "West 3", "--under", "West"),
        ("seat", "close", "#3", "--last", "2026-03-31"),
        ("seat", "fill", "#3", "Bo", "--ramp", "0/50/100"),
        ("seat", "leave", "Ana", "--last", "2026-03-31"),
        ("ramp", "set", "New", "0/50"),
        ("season", "set", "Even", *["8"] * 8, *["9"] * 4),
        ("close", "2026-02"),
    ],
)
def test_a_dry_run_writes_nothing(shell: Shell, team: str, words: tuple[str, ...]) -> None:
    looks = (("seat", "list"), ("ramp", "list"), ("season", "list"), ("history",))
    before = [shell(*look).output for look in looks]
    done = shell(*words, "--dry-run")
    assert (done.code, "A dry run: nothing is written." in done.words) == (0, True)
    assert [shell(*look).output for look in looks] == before


def test_closing_answers_as_json_too(shell: Shell, team: str) -> None:
    assert told(shell, "close", "2026-02") == {"closed_through": "2026-02-28", "written": True}
    assert told(shell, "reopen", "2026-02", "--reason", "x", "--dry-run") == {
        "open_from": "2026-02-01",
        "written": False,
    }


def test_a_table_is_cut_for_a_terminal_alone(shell: Shell, quick: str, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Somebody with a very long title indeed, who sells a great many things to everybody everywhere"
    assert shell("seat", "open", title, "--from", "2026-04-01").code == 0
    assert shell("seat", "open", "Under it", "--under", title, "--from", "2026-05-01").code == 0
    assert title in shell("seat", "list").output.splitlines()[-1]
    monkeypatch.setattr(output, "room", lambda: 110)
    assert f"{title[:20]}" in shell("history").output
    assert all(len(line) <= 110 for line in shell("history").output.splitlines())
