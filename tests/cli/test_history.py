"""`salestui history`: what was changed, told safely; undo and redo from the shell."""

import json
from datetime import UTC, datetime

import pytest

from salestui.metrics.work import work
from salestui.model.tables.exchange import Setting
from salestui.model.tables.market import Account
from salestui.store import company
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.work import Actor
from tests.cli.support import Shell

EVENING = datetime(2026, 3, 5, 18, 2, tzinfo=UTC)
HOSTILE = "Ann [/Q1] \x1b]0;owned\x07 \x9b2J\u202etxt.exe\nand [@click=app.quit]more"


def add(url: str, name: str, actor: str = "kim", reason: str | None = None) -> None:
    """Add an account."""
    with work(engine(parse(url), write=True), Actor(actor), reason or f"add {name}", clock=lambda: EVENING) as begun:
        begun.session.add(Account(name=name))


def names(url: str) -> list[str]:
    """The accounts there are."""
    with open_reader(parse(url)) as reader:
        return [name for (name,) in reader.rows("SELECT name FROM account ORDER BY id")]


@pytest.fixture(autouse=True)
def kim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kim is at the keyboard."""
    monkeypatch.setenv("SALESTUI_ACTOR", "kim")


def test_undo_and_redo_say_what_they_did_and_print_nothing(shell: Shell, named: str) -> None:
    add(named, "Acme")
    add(named, "Bravo", actor="ana")
    undone = shell("history", "undo")
    assert (undone.code, undone.output, undone.words) == (0, "", "Undone: add Acme\n")
    assert names(named) == ["Bravo"]
    redone = shell("history", "redo")
    assert (redone.code, redone.output, redone.words) == (0, "", "Done again: add Acme\n")
    assert names(named) == ["Acme", "Bravo"]
    for action, told in (("redo", "nothing to redo"), ("undo", "Undone")):
        assert told in shell("history", action).words
    ended = shell("history", "undo")
    assert (ended.code, ended.output) == (3, "")
    assert "nothing of yours to undo" in ended.words


def test_an_undo_that_others_stand_in_the_way_of_is_refused(shell: Shell, place: object, sqlite_url: str) -> None:
    assert place
    add(sqlite_url, "Acme")
    with work(engine(parse(sqlite_url), write=True), Actor("ana"), "rename") as begun:
        begun.session.get_one(Account, 1).name = "Acme Ltd"
    ended = shell("history", "undo")
    assert (ended.code, ended.output) == (3, "")
    assert "ana changed the same thing later (rename)" in ended.words


def test_the_list_is_newest_first_by_the_companys_clock(shell: Shell, named: str) -> None:
    add(named, "Acme")
    with work(engine(parse(named), write=True), Actor("kim"), "move", clock=lambda: EVENING) as begun:
        begun.session.add(Setting(key=company.ZONE, value="Asia/Tokyo"))
    shell("history", "undo")
    shell("history", "redo")
    ended = shell("history", "--limit", 4)
    assert (ended.code, ended.words) == (0, "")
    header, redo, undo, move, acme = (line.split() for line in ended.output.splitlines())
    assert header == ["#", "When", "Who", "Kind", "Rows", "What"]
    assert (redo[0], redo[4:]) == ("4", ["redo", "1", "move"])
    assert (undo[0], undo[4:]) == ("3", ["undo", "1", "undone", "move"])
    assert move == ["2", "2026-03-06", "03:02", "kim", "edit", "1", "move"]
    assert acme == ["1", "2026-03-06", "03:02", "kim", "edit", "1", "add", "Acme"]
    assert len(shell("history", "--limit", 1).output.splitlines()) == 2


def test_as_json_the_list_is_complete(shell: Shell, named: str) -> None:
    assert json.loads(shell("history", "--json").output) == []
    add(named, "Acme", actor="Ana R.", reason="a reason that is longer than any line of a terminal can ever be " * 3)
    (told,) = json.loads(shell("history", "--json").output)
    assert told.pop("id")
    assert told == {
        "number": 1,
        "at": "2026-03-05T18:02:00+00:00",
        "actor": "Ana R.",
        "reason": "a reason that is longer than any line of a terminal can ever be " * 3,
        "story": [],
        "kind": "edit",
        "rows": 1,
        "stands": True,
    }


@pytest.mark.parametrize("options", [[], ["--json"], ["undo"]])
def test_nothing_in_names_and_reasons_acts_on_the_terminal(shell: Shell, named: str, options: list[str]) -> None:
    add(named, "Acme", actor="kim", reason=HOSTILE)
    add(named, "Bravo", actor=HOSTILE, reason="x")
    ended = shell("history", *options)
    assert ended.code == 0
    for text in (ended.output, ended.words):
        assert not set(text) & set("\x1b\x07\x9b\u202e")
    if options == ["--json"]:
        told = json.loads(ended.output)[1]
        assert "\n".join([told["reason"], *told["story"]]) == HOSTILE
        assert json.loads(ended.output)[0]["actor"] == HOSTILE
    if not options:
        assert len(ended.output.splitlines()) == 3
        assert "[/Q1]" in ended.output


def test_what_is_asked_wrongly_is_told(shell: Shell, place: object, tmp_path: object) -> None:
    assert place
    for argv, code, told in (
        (["--limit", "0"], 2, "--limit is 0"),
        (["--limit", "many"], 2, "invalid int"),
        (["rewrite"], 2, "invalid choice"),
        (["--db", f"{tmp_path}/missing.db"], 4, "salestui db init"),
        (["undo", "--db", f"{tmp_path}/missing.db"], 4, "salestui db init"),
    ):
        ended = shell("history", *argv)
        assert (ended.code, ended.output) == (code, ""), argv
        assert told in ended.words
