"""What `#3`, `3`, an id or a title names: the seat that `seat list` shows, in every command, and nobody's row."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from salestui.model.tables.organisation import Seat
from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.support import Shell
from tests.support.companies import building


@pytest.fixture
def west(named: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Kim leads West, Ana and Bo sell; one seat is vacant twice; no row of a person is that of their seat."""
    return built(named, monkeypatch)


@pytest.fixture
def quick(place: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """It on SQLite."""
    return built(f"sqlite:///{place}", monkeypatch)


def built(url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The team in a database; it is 20 March 2026."""
    monkeypatch.setenv("SALESTUI_ACTOR", "kim")
    monkeypatch.setenv("SALESTUI_AS_OF", "2026-03-20")
    opened = engine(parse(url), write=True)
    with building(opened) as company:
        bo, ana, kim = company.person("Bo Quist"), company.person("Ana Ruiz"), company.person("Kim Lee")
        lead = company.add(Seat(title="Lead", team="West", kind="manager", source="hr", source_id="S-L"))
        company.sits(kim, lead)
        for who in (ana, bo, None, None):
            seat = company.seat("Seller", lead)
            if who is not None:
                company.sits(who, seat)
            company.quota(seat, "2026-03-01", 100 * (seat.id or 0))
    return opened


def quota(shell: Shell, name: str) -> object:
    """Where `quota set` finds this."""
    done = shell("quota", "set", name, "2026-03", "+1", "--begin", "--dry-run", "--json")
    assert done.code == 0, done.words
    told = json.loads(done.output)
    return told["where"], told["before"]


def test_a_number_of_the_list_of_seats_is_that_seat_in_every_command(shell: Shell, west: Engine) -> None:
    listed = {f"#{seat['seat']}": seat for seat in json.loads(shell("seat", "list", "--json").output)}
    assert [(number, seat["people"]) for number, seat in listed.items()] == [
        ("#1", ["Kim Lee"]),
        ("#2", ["Ana Ruiz"]),
        ("#3", ["Bo Quist"]),
        ("#4", []),
        ("#5", []),
    ]
    for name in ("#3", "3", "seat:3", "seat:#3", "Bo Quist", "person:#1"):
        assert quota(shell, name) == ("Bo Quist 2026-03", "300")
        assert json.loads(shell("kpi", "bookings", "--scope", name, "--json").output)["scope"] == "Bo Quist"
        assert shell("objective", "list", "--scope", name).code == 0
    for name in ("#3", "Bo Quist", "person:#1"):
        shown = json.loads(shell("quota", "show", "--scope", name, "--json").output)
        assert [(row["key"], row["name"]) for row in shown["rows"]] == [("seat:3", "Bo Quist")]
        assert shell("relief", "list", name).output == "No relief was granted to them.\n"
    away = ("--from", "2026-04-01", "--to", "2026-04-30", "--reason", "leave", "--approver", "Kim")
    assert "Bo Quist of 50%" in shell("relief", "grant", "#3", "50%", *away).words
    assert "Bo Quist leaves" in shell("seat", "leave", "#3", "--last", "2026-04-30").words


def test_a_vacant_seat_is_named_as_it_is_listed(shell: Shell, west: Engine) -> None:
    for name in ("#4", "4", "seat:4"):
        assert quota(shell, name) == ("Seller (vacant) 2026-03", "400")
    with west.begin() as connection:
        connection.execute(text("UPDATE seat SET title = 'Hunter', source = 'hr', source_id = 'S-H' WHERE id = 4"))
    for name in ("Hunter (vacant)", "Hunter", "S-H", "s-h"):
        assert quota(shell, name) == ("Hunter (vacant) 2026-03", "400")
    assert quota(shell, "Kim Lee, own") == ("Kim Lee, own 2026-03", None)
    assert quota(shell, "S-L") == quota(shell, "#1") == ("Kim Lee, own 2026-03", None)
    assert [line.split()[:3] for line in shell("seat", "list").output.splitlines()][:2] == [
        ["Seat", "Id", "Who"],
        ["#1", "S-L", "Kim"],
    ]
    (row,) = json.loads(shell("quota", "show", "--scope", "#4", "--json").output)["rows"]
    assert (row["key"], row["quotas"]["year"]) == ("seat:4", "400")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("quota", "set", "Seller (vacant)", "2026-03", "5"), "“Seller (vacant)” is several seats in 2026-03: #4, #5"),
        (("quota", "set", "#14", "2026-03", "5"), "There is no seat “#14”"),
        (("kpi", "--scope", "#4"), "Nobody sits in seat #4 Seller on 2026-03-20"),
        (("relief", "list", "#4"), "Nobody sits in seat #4 Seller on 2026-03-20"),
        (("relief", "list", "Bo"), "There is no person called “Bo”. Did you mean Bo Quist?"),
        (("seat", "fill", "#4", "#5"), "Nobody sits in seat #5"),
        (("kpi", "--scope", "person:#9"), "There is no person called “#9”"),
    ],
)
def test_what_names_nothing_or_several_is_told(shell: Shell, quick: Engine, words: tuple[str, ...], told: str) -> None:
    done = shell(*words)
    assert (done.code, done.output) == (2, "")
    assert told in done.words


def test_two_people_of_one_name_are_told_apart_by_what_says_that_it_is_a_person(shell: Shell, quick: Engine) -> None:
    with building(quick) as company:
        company.person("Ana Ruiz")
    done = shell("relief", "list", "Ana Ruiz")
    assert "names 2 of them. Expected person:#2 (Seller) or person:#4 (not there on that day)" in done.words
    assert quota(shell, "person:#2") == ("Ana Ruiz 2026-03", "200")
    with quick.begin() as connection:
        connection.execute(text("UPDATE person SET source = 'hr', source_id = '3' WHERE id = 4"))
    asked = shell("kpi", "--scope", "3")
    assert (asked.code, "“3” names somebody and a seat: person:#4, #3" in asked.words) == (2, True)


def test_who_comes_and_who_leaves_stands_in_the_list_of_seats(shell: Shell, west: Engine) -> None:
    assert shell("seat", "leave", "Ana Ruiz", "--last", "2026-12-15").code == 0
    assert shell("seat", "open", "Farmer", "--under", "West", "--from", "2027-01-01").code == 0
    assert shell("seat", "fill", "#6", "Nora Quill", "--from", "2027-03-01").code == 0
    page = shell("seat", "list").output
    assert "Ana Ruiz until 2026-12-15" in page
    assert "planned 2027-01-01, Nora Quill from 2027-03-01" in page
    told = json.loads(shell("seat", "list", "--json").output)
    assert (told[1]["leaving"], told[5]["coming"]) == ("2026-12-15", [{"person": "Nora Quill", "from": "2027-03-01"}])
