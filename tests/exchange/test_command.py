"""`salestui import` as it is typed: what it prints, and with which exit code it ends."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from salestui.cli.main import run
from salestui.exchange.prepare import prepare
from salestui.metrics.work import work
from salestui.model.tables.market import Account
from tests.exchange.support import ANN, SMALL, Desk


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "new" / "sales.db"


def test_a_first_import_makes_the_database_and_tells_what_came(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = quick_desk.write(SMALL)
    assert run(["import", str(folder), "--db", str(place)]) == 0
    shown = capsys.readouterr()
    assert "sales" in shown.out
    assert "rows written in one change" in shown.out
    assert shown.err == ""
    assert place.stat().st_mode & 0o777 == 0o600
    assert run(["import", str(folder), "--db", str(place)]) == 0
    assert "nothing was written" in capsys.readouterr().out


def test_refused_rows_end_with_3_and_leave_no_database(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = "id,name,created_on\n" + "".join(f"{number},Acme,day {number}\n" for number in range(30))
    folder = quick_desk.write({**SMALL, "accounts.csv": accounts, "opportunities.csv": "id,name,stage\n"})
    quick_desk.write({"sales.csv": "id,booked_on,amount\n", "stage_changes.csv": "opportunity,stage,entered_on\n"})
    quick_desk.write({"credits.csv": "sale,person,share\n"})
    assert run(["import", str(folder), "--db", str(place)]) == 3
    shown = capsys.readouterr().out
    assert "Refused: 30" in shown
    assert "accounts.csv, row 21, column created_on: “day 19” is not a date" in shown
    assert "row 22" not in shown
    assert "and 10 more" in shown
    assert not place.exists()
    assert run(["import", str(folder), "--db", str(place), "--json"]) == 3
    assert len(json.loads(capsys.readouterr().out)["refusals"]) == 30
    assert run(["import", str(folder), "--db", str(place), "--skip-refused"]) == 0
    assert place.exists()


def test_what_is_wrong_with_a_whole_column_is_told_once(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = "id,name,created_on\n" + "".join(f"{number},Acme,never\n" for number in range(30))
    file = quick_desk.write({"accounts.csv": accounts}) / "accounts.csv"
    assert run(["import", str(file), "--db", str(place)]) == 3
    shown = capsys.readouterr().out
    assert shown.count("“never” is not a date") == 1
    assert "The same holds for 29 more of its rows." in shown


def test_a_dry_run_makes_no_database(place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(quick_desk.write(SMALL)), "--db", str(place), "--dry-run", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["dry_run"]
    assert not report["written"]
    assert report["counts"]["sale"] == {
        "inserted": 3,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
        "refused": 0,
        "kept_local": 0,
        "no_longer": 0,
    }
    assert not place.exists()


def test_text_from_files_cannot_steer_the_terminal(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = "id,name,owner,\x1b[2Jcolumn\nA1,Acme,\x1b]0;x\x07P2,\nA2,Bolt,,\n"
    run(["import", str(quick_desk.write({**SMALL, "accounts.csv": accounts})), "--db", str(place)])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "␛[2Jcolumn" in shown


def test_a_misspelt_column_is_asked_about(place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    deals = SMALL["opportunities.csv"].replace(",amount,", ",Amnt,").replace(",lost_reason", "," + "x" * 200)
    assert run(["import", str(quick_desk.write({**SMALL, "opportunities.csv": deals})), "--db", str(place)]) == 0
    shown = capsys.readouterr().out
    assert "opportunities.csv: columns left out: Amnt (did you mean amount?), xxx" in shown
    assert "x" * 41 not in shown
    assert "opportunities.csv has no column amount: its opportunities bring none." in shown
    assert "lost_reason" not in shown


def test_a_word_however_long_is_shown_cut(place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    word = "w" * 200
    sales = SMALL["sales.csv"].replace(",50,", f",{word},").replace("2026-02-11", word)
    assert run(["import", str(quick_desk.write({**SMALL, "sales.csv": sales})), "--db", str(place)]) == 3
    shown = capsys.readouterr().out
    assert "sales.csv, row 4, column amount: “www" in shown
    assert "sales.csv, row 3, column booked_on: “www" in shown
    assert "w" * 61 not in shown


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "nothing to load"),
        (["nowhere.csv"], 2, "no file or folder"),
        (["FOLDER", "--mapping", "mavn-crm"], 2, "did you mean “maven-crm”?"),
        (["FOLDER", "--mapping", "maven-crm"], 3, "finds none of its files"),
        (["FOLDER", "--differences"], 2, "takes no files"),
        (["--differences"], 4, "holds nothing of salestui yet"),
    ],
)
def test_what_cannot_be_understood_is_answered(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    folder = quick_desk.write({"people.csv": SMALL["people.csv"]})
    given = [str(folder) if each == "FOLDER" else each for each in arguments]
    assert run(["import", *given, "--db", str(place)]) == code
    assert told in capsys.readouterr().err


def test_an_interrupt_ends_with_130_and_nothing_written(
    place: Path, quick_desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return prepare(*arguments)

    monkeypatch.setattr("salestui.exchange.importing.prepare", interrupted)
    before = signal.getsignal(signal.SIGINT)
    assert run(["import", str(quick_desk.write(SMALL)), "--db", str(place)]) == 130
    assert "stopped; nothing was written" in capsys.readouterr().err
    assert not place.exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_differences_are_a_list_to_work_through(quick_desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    quick_desk.small()
    assert run(["import", "--differences", "--db", quick_desk.url]) == 0
    assert "Nothing that came from elsewhere was changed here." in capsys.readouterr().out
    with work(quick_desk.engine, ANN, "Correct") as unit:
        unit.session.get_one(Account, 1).sector = "Drinks"
    assert run(["import", "--differences", "--db", quick_desk.url]) == 0
    (header, line) = capsys.readouterr().out.splitlines()
    assert header.split()[:2] == ["Record", "Id"]
    assert line.split()[:6] == ["account", "Acme", "A1", "sector", "Food", "Drinks"]
    assert run(["import", "--differences", "--json", "--db", quick_desk.url]) == 0
    (difference,) = json.loads(capsys.readouterr().out)
    assert difference["theirs"] == "Food"
    assert difference["by"] == "Ann"
