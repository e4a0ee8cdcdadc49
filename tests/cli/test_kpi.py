"""`salestui kpi`: every form says the same, fits where it is printed, and answers what it cannot do with a sentence."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from salestui.cli import output
from salestui.metrics.catalog import KPIS
from salestui.model.values.text import cells
from salestui.store.database import parse
from tests.cli.support import Ended, Shell
from tests.support.companies import Builder, put_together
from tests.support.rich_company import build_adjusted, build_rich

ON = ("--as-of", "2026-03-20")
LONG = "株式会社" + "x" * 200
HOSTILE = "Ann [/Q1] \x1b]0;owned\x07 \x9b2J\u202etxt.exe\r\n\t[@click=app.quit]=1+1"

Kpi = Callable[..., Ended]


@pytest.fixture
def kpi(shell: Shell, named: str) -> Kpi:
    """Asks for KPIs of the rich company on 20 March 2026; once on SQLite and once on PostgreSQL."""
    put_together(parse(named), build_rich)
    return lambda *words: shell("kpi", *ON, *words)


def values(ended: Ended) -> dict[str, dict[str, Any]]:
    """What JSON says, by KPI."""
    assert ended.code == 0, ended.words
    return {each["id"]: each for each in json.loads(ended.output)["kpis"]}


def test_json_has_its_fields_and_decimals_as_text(kpi: Kpi) -> None:
    found = json.loads(kpi("--json").output)
    assert {key: found[key] for key in ("scope", "period", "as_of", "currency")} == {
        "scope": "Company",
        "period": "2026Q1",
        "as_of": "2026-03-20",
        "currency": "USD",
    }
    assert [each["id"] for each in found["kpis"]] == list(KPIS)
    for each in found["kpis"]:
        fields = {"id", "value", "unit", "numerator", "denominator", "n", "target", "expected", "status", "remark"}
        assert set(each) == fields | {"base_value", "base_quota"}
        assert isinstance(each["n"], int)
        for field in ("value", "numerator", "denominator", "target", "expected"):
            assert each[field] is None or str(Decimal(each[field])) == each[field]


def test_the_values_are_what_the_rows_say(kpi: Kpi) -> None:
    found = values(kpi("--json"))
    assert found["bookings"]["value"] == "455.0001"
    assert found["attainment"]["denominator"] == found["attainment"]["base_quota"] == "1260.12"
    assert found["attainment"]["remark"] == ""
    assert (found["win_rate"]["value"], found["win_rate"]["n"]) == ("0.666667", 9)
    assert found["win_rate"]["status"] == "too few to judge"
    assert (found["average_deal"]["numerator"], found["average_deal"]["denominator"]) == ("360.1234", "5")
    assert (found["sales_cycle"]["numerator"], found["sales_cycle"]["denominator"]) == ("190", "4")
    assert found["open_pipeline"]["value"] == "932"
    assert found["open_pipeline"]["remark"] == "8 deals past the close date (932) of it"
    assert (found["coverage"]["value"], found["coverage"]["status"]) == ("0", "too little")
    assert found["coverage"]["remark"] == "8 deals past the close date (932) left out"
    assert found["growth"]["denominator"] == "500"
    assert found["gross_margin"]["denominator"] == "325"


def test_attainment_on_the_base_quota_stands_beside_that_on_the_effective_one(shell: Shell, named: str) -> None:
    put_together(parse(named), build_adjusted)
    found = values(shell("kpi", *ON, "--json"))["attainment"]
    assert (found["base_quota"], found["base_value"]) == ("1260.12", "0.361077")
    assert Decimal(found["denominator"]) < Decimal("1260.12")
    assert found["remark"].startswith("36% of the base quota, ")
    assert f"Quota attainment: {found['remark']}." in shell("kpi", *ON).output


def test_csv_says_the_same_as_json(kpi: Kpi) -> None:
    rows = list(csv.DictReader(io.StringIO(kpi("--csv", "--compare", "prior").output)))
    told = json.loads(kpi("--json", "--compare", "prior").output)
    for row, each in zip(rows, told["kpis"], strict=True):
        assert row["scope"] == told["scope"]
        assert row["compared_with"] == told["compared_with"]
        for field, value in each.items():
            assert row[field] == ("" if value is None else str(value))


@pytest.mark.parametrize("compare", [(), ("--compare", "prior"), ("--compare", "year-ago")])
@pytest.mark.parametrize("scope", [(), ("--scope", "West"), ("--scope", "Ana"), ("--scope", LONG)])
@pytest.mark.parametrize("period", ["this", "2025-12-30..2026-03-19"])
def test_the_table_fits_a_terminal_of_80_columns(
    shell: Shell,
    place: object,
    sqlite_url: str,
    compare: tuple[str, ...],
    scope: tuple[str, ...],
    period: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def long_name(company: Builder) -> None:
        company.sits(company.person(LONG), company.seat("Far out"))

    assert place
    put_together(parse(sqlite_url), build_rich, long_name)
    monkeypatch.setattr(output, "room", lambda: 80)
    ended = shell("kpi", *ON, *scope, *compare, "--period", period)
    assert ended.code == 0
    lines = ended.output.splitlines()
    assert max(cells(line) for line in lines) <= 80
    assert all(any(line.startswith(each.title) for line in lines) for each in KPIS.values())


def test_one_line_is_one_line(kpi: Kpi) -> None:
    parts = ["Company 2026Q1", "bookings 455▼", "quota attainment 36%▼", "pipeline coverage 0.0×▼", "win rate 67%"]
    assert kpi("--oneline").output == " · ".join(parts) + "\n"
    assert kpi("growth", "--oneline", "--scope", "West").output.count("\n") == 1


def test_a_check_ends_with_1_where_something_is_off(kpi: Kpi) -> None:
    assert kpi("--check").code == 1
    assert kpi("win_rate", "--check").code == 0
    assert kpi("--check", "--json").code == 1


def test_chosen_kpis_come_once_and_in_their_order(kpi: Kpi) -> None:
    assert list(values(kpi("growth", "bookings", "growth", "--json"))) == ["growth", "bookings"]


def test_comparing_looks_as_far_into_the_other_period(kpi: Kpi) -> None:
    told = json.loads(kpi("--compare", "year-ago", "--json").output)
    assert (told["compared_with"], told["compared_as_of"]) == ("2025Q1", "2025-03-20")
    compared = {each["id"]: each["compared"] for each in told["kpis"]}
    assert compared["bookings"] == "500"
    assert (
        compared["open_pipeline"]
        == values(kpi("open_pipeline", "--json", "--as-of", "2025-03-20"))["open_pipeline"]["value"]
    )
    over = json.loads(kpi("--period", "2025Q4", "--compare", "prior", "--json").output)
    assert (over["compared_with"], over["compared_as_of"]) == ("2025Q3", "2025-12-18")


def test_todays_teams_stay_todays_where_another_period_stands_beside(kpi: Kpi) -> None:
    west, east = ("--scope", "West"), ("--scope", "East")
    earlier = ("--period", "2026-01", "--json", "bookings")
    then = {team[1]: values(kpi(*team, *earlier))["bookings"]["value"] for team in (west, east)}
    assert then == {"West": "100", "East": "0"}
    today = {team[1]: values(kpi(*team, *earlier, "--line", "today"))["bookings"]["value"] for team in (west, east)}
    assert today == {"West": "0", "East": "100"}
    beside = ("--period", "2026-02", "--compare", "prior", "--line", "today", "--json", "bookings")
    assert values(kpi(*east, *beside))["bookings"]["compared"] == "100"


def test_a_leaver_can_be_asked_for(kpi: Kpi) -> None:
    assert values(kpi("--scope", "Cy", "--json"))["bookings"]["value"] == "60"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bokings",), "Did you mean bookings?"),
        (("x\x1b[2J",), "There is no KPI"),
        (("--scope", "Anna"), "Did you mean Ana?"),
        (("--scope", "team:Ana"), "There is no team called “Ana”"),
        (("--scope", "\x1b[2J" * 100), "There is no team, person or seat"),
        (("--scope", ""), "There is no team, person or seat"),
        (("--period", "2026Q7"), "there is no quarter 7"),
        (("--period", "\u202e"), "is not a period"),
        (("--as-of", "yesterday"), "is not a date"),
        (("--as-of", "0001-01-01"), "beyond the calendar"),
        (("--as-of", "9999-12-31"), "beyond the calendar"),
        (("--compare", "never"), "invalid choice"),
        (("--json", "--csv"), "not allowed with"),
        (("--wrong\x1b[2J",), "unrecognized arguments"),
    ],
)
def test_what_cannot_be_answered_is_told(kpi: Kpi, words: tuple[str, ...], told: str) -> None:
    ended = kpi(*words)
    assert (ended.code, ended.output) == (2, "")
    assert told in ended.words
    assert not set(ended.words) & set("\x1b\u202e")
    assert "Traceback" not in ended.words


def test_namesakes_can_be_told_apart(shell: Shell, named: str) -> None:
    def namesakes(company: Builder) -> None:
        for number in (1, 2):
            ana = company.person("Ana Ruiz", source_id=f"N{number}")
            seat = company.seat(f"Seat of N{number}")
            company.sits(ana, seat)
            company.sale(number * 100, "2026-03-01", (ana, seat, "primary", number * 100))
        company.sits(company.person("Ana Ruiz"), company.seat("Local"))
        company.seat("Lead", team="Ana Ruiz")

    put_together(parse(named), build_rich, namesakes)
    ask = ("kpi", *ON, "bookings", "--json", "--scope")
    ended = shell(*ask, "ana ruiz")
    assert ended.code == 2
    assert "names 4 of them" in ended.words
    assert "person:N1 (Seat of N1)" in ended.words
    keys = [word for word in ended.words.split() if word.startswith(("person:", "team:"))]
    assert len(keys) == 4
    for key in keys:
        assert shell(*ask, key).code == 0
    assert values(shell(*ask, "person:n2"))["bookings"]["value"] == "200"
    assert json.loads(shell(*ask, "team:Ana Ruiz").output)["scope"] == "Ana Ruiz"


@pytest.mark.parametrize("form", ["", "--json", "--csv", "--oneline"])
def test_hostile_names_are_made_visible_and_nothing_acts(shell: Shell, named: str, form: str) -> None:
    def hostile(company: Builder) -> None:
        company.setting("company.name", HOSTILE)
        company.sits(company.person("=cmd|' /C calc'!A0", source_id="E1"), company.seat(HOSTILE, team=HOSTILE))

    put_together(parse(named), hostile)
    for scope in ((), ("--scope", f"team:{HOSTILE}"), ("--scope", "person:E1")):
        ended = shell("kpi", *ON, *scope, *([form] if form else []))
        assert ended.code == 0, ended.words
        shown = ended.output.replace("\n", "")
        assert shown.isprintable() or all(char == "\u200b" or char.isprintable() for char in shown)
        if form == "--json" and scope != ("--scope", "person:E1"):
            assert json.loads(ended.output)["scope"] == HOSTILE
        if form == "--csv":
            assert not any(row and row[0].startswith("=") for row in csv.reader(io.StringIO(ended.output)))


def test_settings_say_where_to_begin(kpi: Kpi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESTUI_SCOPE", "West")
    monkeypatch.setenv("SALESTUI_PERIOD", "2026-02")
    told = json.loads(kpi("--json").output)
    assert (told["scope"], told["period"]) == ("West", "2026-02")
    assert json.loads(kpi("--json", "--scope", "company").output)["scope"] == "Company"


def test_a_company_without_anything_has_no_numbers_and_no_trouble(shell: Shell, named: str) -> None:
    put_together(parse(named), lambda company: company.setting("company.name", "New Co"))
    found = values(shell("kpi", *ON, "--json"))
    assert {key: each["value"] for key, each in found.items() if each["value"] is not None} == {
        "bookings": "0",
        "open_pipeline": "0",
    }
    assert all(each["status"] for key, each in found.items() if each["value"] is None)
    assert shell("kpi", *ON).code == 0
