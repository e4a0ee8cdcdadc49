"""`salestui quota`: showing, changing and comparing quotas from the shell, in both databases."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from salestui.cli.quota import editing
from salestui.metrics.work import work
from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.planning import Objective, SeasonProfile
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.amount import Amount
from salestui.planning.quotas.commands.locks import lock
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.sheet import Leaf
from tests.cli.quota_support import cells, took
from tests.cli.support import Ended, Shell
from tests.support.companies import KIM, building, day, id_of, the

pytestmark = pytest.mark.usefixtures("the_day")


def begin(shell: Shell) -> None:
    assert shell("quota", "set", "Ana", "2026-06", "60", "--begin").code == 0


def plan_of(opened: Engine, version: int = 2) -> int:
    return id_of(the(opened, QuotaPlan, fiscal_year=2026, plan_version=version))


def told(done: Ended) -> dict[str, Any]:
    assert done.code == 0, done
    found: dict[str, Any] = json.loads(done.output)
    return found


def test_a_year_is_shown_by_team_and_seat_with_its_sums(writer: Engine, shell: Shell) -> None:
    done = shell("quota", "show")
    assert (done.code, done.words) == (0, "")
    lines = done.output.splitlines()
    assert lines[0] == "Company · FY2026 v1 · published"
    assert lines[3].split() == ["Q1", "Q2", "Q3", "Q4", "FY2026"]
    assert lines[4].split() == ["Sales", "1,260.12", "0", "–", "–", "1,260.12"]
    assert "  East" in lines[7]
    rows = list(csv.DictReader(shell("quota", "show", "--csv", "--by", "month", "--scope", "West").output.splitlines()))
    assert [row["path"] for row in rows][:2] == ["West", "West / Lee, own"]
    assert rows[0]["2026-02"] == "250.02"
    assert rows[1]["2026-02"] == ""
    shown = json.loads(shell("quota", "show", "--by", "year", "--json").output)
    assert shown["rows"][0]["quotas"] == {"year": "1260.12"}
    assert Decimal(shown["rows"][0]["effective"]["year"]) <= Decimal("1260.12")


def test_an_amount_typed_into_a_sum_is_spread_in_a_draft_and_undone_as_one(writer: Engine, shell: Shell) -> None:
    before = cells(writer, 1)
    refused = shell("quota", "set", "West", "2026Q1", "1200")
    assert (refused.code, "To begin a draft with it, say --begin." in refused.words) == (3, True)
    assert cells(writer) == {}
    done = told(shell("quota", "set", "West", "2026Q1", "1200", "--begin", "--json"))
    assert (done["where"], done["before"], done["after"]) == ("West 2026Q1", "650.06", "1200")
    assert (done["version"], done["begun"], done["written"]) == (2, True, True)
    after = cells(writer)
    assert sum(amount or 0 for key, amount in after.items() if key[0].startswith("West")) == 1200_0000
    assert {key: amount for key, amount in after.items() if not key[0].startswith("West")} == {
        key: amount for key, amount in before.items() if not key[0].startswith("West")
    }
    assert shell("history", "undo").code == 0
    assert cells(writer) == {}


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (("set", "Ana", "2026-06", "-5"), "55"),
        (("set", "E0", "2026-06", "+50%"), "90"),
        (("set", "person:Ana", "2026-06", "*0.5"), "30"),
        (("set", "East 1", "2026-06", "1.2k"), "1200"),
        (("set", "Ana", "2026-06", "-"), None),
        (("set", "Lee", "2026-02", "=ly*1.12"), "560"),
        (("scale", "Ana", "2026-06", "-10%"), "54"),
        (("scale", "company", "FY2026", "5"), "1386"),
        (("spread", "East", "2026Q2", "90", "--by", "even"), "90"),
        (("spread", "West", "2026Q1", "500", "--by", "last-year"), "500"),
        (("spread", "West", "2026Q1", "500", "--by", "capacity"), "500"),
        (("spread", "East", "FY2026", "1000", "--by", "profile:Late"), "1000"),
    ],
)
def test_every_way_to_change_a_quota_answers_with_what_stands_there_then(
    quick_writer: Engine, shell: Shell, words: tuple[str, ...], after: str | None
) -> None:
    with building(quick_writer) as company:
        company.add(SeasonProfile(name="Late", weights=[*["0"] * 11, "100"]))
    begin(shell)
    stood = cells(quick_writer)
    dry = told(shell("quota", *words, "--dry-run", "--json"))
    assert (dry["after"], dry["written"]) == (after, False)
    assert cells(quick_writer) == stood
    assert told(shell("quota", *words, "--json"))["after"] == after
    assert cells(quick_writer) != stood


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("set", "Anna", "2026-06", "5"), 2, "There is no team, person or seat called “Anna”. Did you mean Ana?"),
        (("set", "Zzz", "2026-06", "5"), 2, "For the whole company say: company."),
        (
            ("set", "Ana", "2026-06", ""),
            2,
            "There is no amount. Expected such as 120k; for no quota at all say -",
        ),
        (("set", "Ana", "2026-06", "5%"), 2, "“5%” may be so much more, or only that part of it. Expected +5%"),
        (("spread", "West", "2026Q1", "50%"), 2, "Expected +50% for more, or *0.5"),
        (("set", "Ana", "2026-06", "1.005"), 2, "“1.005” is finer than the plan's step of 1"),
        (("show", "--year", "20267"), 2, "“20267” is no fiscal year. Expected a year such as FY2026"),
        (("set", "Ana", "2026-06", "much"), 2, "Ana 2026-06: “much” is no amount"),
        (("set", "Ana", "2026-06-05", "5"), 2, "is not made of whole fiscal months"),
        (("set", "Ana", "2026-06", "=1/0"), 2, "Ana 2026-06"),
        (("set", "Ana", "2026-06", "(5)"), 2, "If it is meant, say --below-zero."),
        (("set", "Ana", "2026Q1", "5"), 2, "“Ana” is several seats in 2026Q1"),
        (("set", "Ana", "2031-01", "5", "--dry-run"), 3, "There are no quotas of FY2031 yet"),
        (("scale", "Ana", "2026-06", "lots"), 2, "“lots” is no share"),
        (("scale", "Ana", "2026-07", "5"), 2, "There is no quota here yet"),
        (("spread", "East", "2026Q2", "9", "--by", "mood"), 2, "“mood” is no way to spread an amount"),
        (("spread", "East", "2026Q2", "9", "--by", "profile:None"), 2, "There is no seasonal profile “None”"),
        (("spread", "East", "2026Q2", "-"), 2, "There is no amount to spread"),
        (("diff", "1", "7"), 3, "FY2026 has no version “7”. Expected one of 2 (draft), 1 (published)"),
        (("show", "--year", "2026Q1"), 2, "“2026Q1” is no fiscal year"),
        (("show", "--scope", "Nowhere"), 2, "There is no team, person or seat called “Nowhere”"),
        (("versions", "--db", "/nowhere/at/all.db"), 4, "There is no database yet"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    quick_writer: Engine, shell: Shell, words: tuple[str, ...], code: int, what: str
) -> None:
    begin(shell)
    stood = cells(quick_writer)
    done = shell("quota", *words)
    assert (done.code, done.output) == (code, "")
    assert what in done.words
    assert cells(quick_writer) == stood


def test_of_two_who_add_the_same_at_once_the_second_is_told(
    writer: Engine, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(shell)

    def write_after_another(*given: Any) -> object:
        monkeypatch.setattr(editing, "_write", write)
        write(*given)
        return write(*given)

    write = editing._write
    monkeypatch.setattr(editing, "_write", write_after_another)
    done = shell("quota", "set", "Ana", "2026-06", "+5")
    assert (done.code, done.output) == (3, "")
    assert "Ana 2026-06: Somebody else changed this in the meantime. Try again." in done.words
    assert told(shell("quota", "set", "Ana", "2026-06", "+5", "--json"))["after"] == "70"


def test_locked_quotas_keep_theirs_and_what_leaves_them_no_room_is_refused_by_how_much(
    writer: Engine, shell: Shell
) -> None:
    begin(shell)
    seat = id_of(the(writer, Seat, title="East 1"))
    plan = plan_of(writer)
    with work(writer, KIM, "lock") as begun:
        lock(begun, plan, [Leaf(seat, 0, day("2026-01-01"))], "agreed")
    done = told(shell("quota", "set", "East 1", "2026Q1", "400", "--json"))
    assert "1 held kept theirs" in str(done["notes"])
    assert cells(writer)["East 1", "", 1] == 100_0100
    assert "*" in next(line for line in shell("quota", "show").output.splitlines() if "Ana" in line)
    short = shell("quota", "set", "East 1", "2026Q1", "40")
    assert (short.code, "60.01 more than the 40 wanted" in short.words) == (2, True)
    locked = shell("quota", "set", "East 1", "2026-01", "40")
    assert (locked.code, "is locked by kim" in locked.words) == (2, True)


def test_a_file_that_changes_what_is_locked_is_refused(writer: Engine, shell: Shell, tmp_path: Path) -> None:
    begin(shell)
    seat = id_of(the(writer, Seat, title="East 1"))
    plan = plan_of(writer)
    with work(writer, KIM, "lock") as begun:
        lock(begun, plan, [Leaf(seat, 0, day("2026-01-01"))], "agreed")
    for amount, code, what in (
        ("100.01", 0, "Imported: 1 quota written"),
        ("5", 3, "2026-01: This quota is locked by kim: agreed"),
    ):
        done = took(shell, tmp_path, f"seat,2026-01,2026-02\nEast 1,{amount},7\n")
        assert (done.code, what in done.output) == (code, True), done


def test_targets_stand_beside_what_is_assigned(writer: Engine, shell: Shell) -> None:
    begin(shell)
    plan = plan_of(writer)
    with work(writer, KIM, "target") as begun:
        set_target(begun, plan, None, day("2026-01-01"), day("2026-12-01"), Amount(1200))
    first = json.loads(shell("quota", "show", "--json").output)["rows"][0]
    assert (first["target"], first["to_assign"]) == ("1200", "-120.12")
    assert first["over_assignment"].startswith("0.1001")
    assert "To assign" in shell("quota", "show").output


def test_the_company_s_own_target_stands_before_the_objective_of_the_team_that_is_all_of_it(
    writer: Engine, shell: Shell
) -> None:
    begin(shell)
    seat, plan = id_of(the(writer, Seat, title="VP Sales")), plan_of(writer)
    with building(writer) as company:
        company.add(
            Objective(
                kind="volume",
                measure="bookings",
                scope_kind="team",
                period="FY2026",
                scope_id=seat,
                amount=Amount(900),
                state="approved",
            )
        )
        set_target(company.work, plan, None, day("2026-01-01"), day("2026-12-01"), Amount(1200))
    shown = json.loads(shell("quota", "show", "--json").output)["rows"][0]
    computed = json.loads(shell("quota", "set", "company", "FY2026", "=target", "--dry-run", "--json").output)
    assert (shown["target"], computed["after"]) == ("1200", "1200")
    alone = json.loads(shell("quota", "show", "--scope", "Sales", "--json").output)["rows"][0]
    assert alone["target"] == "900"


def test_versions_are_listed_and_compared(writer: Engine, shell: Shell) -> None:
    begin(shell)
    first, second = json.loads(shell("quota", "versions", "--json").output)
    assert (first["version"], first["state"], first["total"], first["based_on"]) == (2, "draft", "1320.12", 1)
    assert (second["version"], second["total"]) == (1, "1260.12")
    assert "FY2026 v2" in shell("quota", "versions").output
    assert "no quotas of FY2031 yet" in shell("quota", "versions", "--year", "2031").words
    compared = json.loads(shell("quota", "diff", "published", "draft", "--by", "month", "--json").output)
    assert [(row["name"], row["period"], row["before"], row["after"]) for row in compared["rows"]][-2:] == [
        ("Ana", "2026-06", None, "60"),
        ("Ana", "FY2026", "300.03", "360.03"),
    ]
    assert [shell("quota", "diff", "1", other, "--check").code for other in ("2", "1")] == [1, 0]
    same = shell("quota", "diff", "1", "2", "--scope", "West")
    assert (same.code, same.output, "are the same here" in same.words) == (0, "", True)
    assert len(shell("quota", "diff", "1", "2", "--scope", "West", "--all").output.splitlines()) > 3


def test_what_is_sold_later_than_the_day_is_nowhere_in_next_year_s_plan(writer: Engine, shell: Shell) -> None:
    assert shell("quota", "set", "Lee", "2027-01", "10", "--begin").code == 0
    asked = [
        ("quota", "show", "--year", "FY2027", "--json"),
        ("quota", "set", "Lee", "FY2027", "=ly", "--dry-run"),
        ("quota", "set", "company", "2027Q1", "=ly", "--dry-run", "--json"),
        ("quota", "spread", "West", "2027Q1", "500", "--by", "last-year", "--dry-run", "--json"),
    ]
    stood = [shell(*words) for words in asked]
    lee, lead = the(writer, Person, name="Lee"), the(writer, Seat, title="West lead")
    with building(writer) as company:
        for on in ("2026-03-02", "2026-03-31", "2026-11-05"):
            company.sale(1000, on, (lee, lead, "owner", 1000))
    assert [shell(*words) for words in asked] == stood
    assert [shell(*words, "--as-of", "2026-03-02") for words in asked] != stood


def test_effective_quotas_are_shown_in_whole_units_of_currency_and_are_exact_as_json(
    writer: Engine, shell: Shell
) -> None:
    begin(shell)
    assert shell("quota", "step", "0.0001").code == 0
    assert shell("quota", "set", "Ana", "2026-03", "34368.3196").code == 0
    away = ("--from", "2026-03-01", "--to", "2026-03-31", "--reason", "leave", "--approver", "Kim")
    assert shell("relief", "grant", "Ana", "50%", *away).code == 0
    page = shell("quota", "show").output
    ana = next(line.split() for line in page.splitlines() if line.split()[:1] == ["Ana"])
    rows = json.loads(shell("quota", "show", "--json").output)["rows"]
    exact = next(row["effective"]["year"] for row in rows if row["name"] == "Ana")
    assert (ana[-1], exact, "Effective" in page) == ("17,444", "17444.1798", True)


def test_the_quota_of_a_person_is_theirs_and_the_rest_is_told(writer: Engine, shell: Shell) -> None:
    with building(writer) as company:
        seat = company.seat("North 1")
        company.sits(company.person("Nora Quill"), seat, ("2026-03-16", "2026-03-31"))
        company.sits(company.person("Otto"), seat, ("2026-04-01", "2026-12-31"))
        for month in ("2026-02-01", "2026-03-01", "2026-04-01"):
            company.quota(seat, month, 310)
    shown = told(shell("quota", "show", "--scope", "Nora Quill", "--by", "month", "--json"))
    row = shown["rows"][0]
    assert (row["quotas"]["year"], row["effective"]["year"]) == ("930", "160")
    assert (shown["effective_of"], shown["nobodys"], shown["others"]) == ("person", "460", "310")
    kpis = told(shell("kpi", "attainment", "--scope", "Nora Quill", "--period", "FY2026", "--json"))["kpis"]
    assert kpis[0]["denominator"] == row["effective"]["year"]
    page = shell("quota", "show", "--scope", "Nora Quill").output
    assert "160 of it is that of Nora Quill.\n460 is nobody's" in page
    assert "310 is of others" in page
    whole = told(shell("quota", "show", "--scope", f"#{seat.id}", "--json"))
    assert (whole["effective_of"], whole["rows"][0]["effective"]["year"]) == ("seats", "930")


def test_what_is_finer_than_the_step_is_told_when_it_is_rounded(writer: Engine, shell: Shell) -> None:
    begin(shell)
    done = shell("quota", "set", "Di", "2026-01", "+0%", "--dry-run")
    assert "Rounded to the plan's step of 1." in done.words
    assert "Rounded" not in shell("quota", "set", "Ana", "2026-06", "+0%").words
