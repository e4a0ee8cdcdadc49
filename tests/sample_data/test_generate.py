"""The sample company holds together, tells its story, and comes out of its generator the same every time."""

import subprocess
import sys
import unicodedata
from collections import defaultdict
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.checkout import ROOT

Rows = dict[str, list[dict[str, str]]]

SAMPLE = ROOT / "sample_data"
MOST_BYTES = 3_000_000
AS_OF = "2025-11-20"

REFERENCES = (
    ("territories", "parent", "territories"),
    ("seats", "territory", "territories"),
    ("reporting", "seat", "seats"),
    ("reporting", "manager_seat", "seats"),
    ("occupancies", "person", "people"),
    ("occupancies", "seat", "seats"),
    ("products", "line", "lines"),
    ("accounts", "territory", "territories"),
    ("accounts", "owner", "people"),
    ("opportunities", "account", "accounts"),
    ("opportunities", "owner", "people"),
    ("opportunities", "product", "products"),
    ("opportunities", "stage", "stages"),
    ("stage_changes", "opportunity", "opportunities"),
    ("stage_changes", "stage", "stages"),
    ("sales", "opportunity", "opportunities"),
    ("sales", "account", "accounts"),
    ("sales", "product", "products"),
    ("sales", "owner", "people"),
    ("credits", "sale", "sales"),
    ("credits", "person", "people"),
    ("quotas", "seat", "seats"),
    ("rampings", "person", "people"),
    ("rampings", "seat", "seats"),
    ("rampings", "ramp", "ramps"),
    ("reliefs", "person", "people"),
    ("reliefs", "seat", "seats"),
    ("pay", "person", "people"),
)


def _module(name: str) -> ModuleType:
    spec = spec_from_file_location(name, SAMPLE / f"{name}.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _generate(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-B", str(SAMPLE / "generate.py"), *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def _data_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".toml")}


@pytest.fixture(scope="module")
def summary() -> ModuleType:
    return _module("summary")


@pytest.fixture(scope="module")
def folder(summary: ModuleType) -> Any:
    return summary.Folder(SAMPLE)


@pytest.fixture(scope="module")
def rows(folder: Any) -> Rows:
    found: Rows = folder.rows
    return found


def test_generating_again_writes_the_committed_bytes(tmp_path: Path) -> None:
    _generate("--out", str(tmp_path))
    assert _data_files(tmp_path) == _data_files(SAMPLE)


def test_the_summary_says_what_was_written(tmp_path: Path) -> None:
    printed = _generate("--out", str(tmp_path), "--summary")
    assert printed.startswith(f"As of {AS_OF}, day 51 of 92\n")
    assert f"{sum(len(data) for data in _data_files(tmp_path).values()):,} bytes" in printed


def test_the_data_stay_small() -> None:
    assert sum(len(data) for data in _data_files(SAMPLE).values()) <= MOST_BYTES


@pytest.mark.parametrize(
    "name", ["territories", "seats", "people", "lines", "products", "accounts", "stages", "opportunities", "sales"]
)
def test_ids_are_there_and_unique(rows: Rows, name: str) -> None:
    ids = [row["id"] for row in rows[name]]
    assert all(ids)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("name", "column", "target"), REFERENCES)
def test_every_reference_finds_its_row(rows: Rows, name: str, column: str, target: str) -> None:
    assert {row[column] for row in rows[name] if row[column]} <= {row["id"] for row in rows[target]}


def test_nobody_sits_in_two_seats_and_no_seat_holds_two(rows: Rows) -> None:
    for column in ("person", "seat"):
        stretches = defaultdict(list)
        for row in rows["occupancies"]:
            stretches[row[column]].append((row["valid_from"], row["valid_to"] or "9999-12-31"))
        for held in stretches.values():
            held.sort()
            assert all(before[1] < after[0] for before, after in pairwise(held))


def test_people_sit_only_while_employed_and_seats_are_held_only_while_they_exist(
    rows: Rows,
) -> None:
    people = {row["id"]: row for row in rows["people"]}
    seats = {row["id"]: row for row in rows["seats"]}
    for row in rows["occupancies"]:
        person, seat = people[row["person"]], seats[row["seat"]]
        assert max(person["hired_on"], seat["valid_from"]) <= row["valid_from"]
        assert (row["valid_to"] or "9999") <= min(person["left_on"] or "9999-12-31", seat["valid_to"] or "9999-12-31")


def test_nothing_happened_after_the_last_day(rows: Rows) -> None:
    assert max(row["booked_on"] for row in rows["sales"]) <= AS_OF
    assert max(row["created_on"] for row in rows["opportunities"]) <= AS_OF
    assert max(row["entered_on"] for row in rows["stage_changes"]) <= AS_OF
    assert max(row["close_on"] for row in rows["opportunities"]) > AS_OF


def test_deals_pass_their_stages_in_order_of_time(folder: Any, rows: Rows) -> None:
    changes = defaultdict(list)
    for row in rows["stage_changes"]:
        changes[row["opportunity"]].append((row["entered_on"], row["stage"]))
    for deal in rows["opportunities"]:
        days = [day for day, _ in changes[deal["id"]]]
        assert days == sorted(set(days))
        assert (deal["created_on"] or days[0]) == days[0]
        assert changes[deal["id"]][-1][1] == deal["stage"]
        assert days[-1] <= deal["close_on"]
        if folder.outcome[deal["stage"]] != "open":
            assert days[-1] == deal["close_on"]


def test_deals_won_sales_and_credits_belong_to_people_who_were_there(
    summary: ModuleType, folder: Any, rows: Rows
) -> None:
    people = {row["id"]: row for row in rows["people"]}
    booked_on = {row["id"]: row["booked_on"] for row in rows["sales"]}
    owned = [(row["owner"], row["booked_on"]) for row in rows["sales"] if row["owner"]]
    owned += [(row["owner"], row["close_on"]) for row in summary.won(folder)]
    owned += [(row["person"], booked_on[row["sale"]]) for row in rows["credits"]]
    for person, day in owned:
        assert people[person]["hired_on"] <= day <= (people[person]["left_on"] or "9999")


def test_every_deal_won_is_booked_once_for_its_amount_on_the_day(summary: ModuleType, folder: Any, rows: Rows) -> None:
    kept = ("account", "product", "type", "amount", "currency", "owner")
    won = [(row["id"], row["close_on"], *(row[key] for key in kept)) for row in summary.won(folder)]
    booked = [
        (row["opportunity"], row["booked_on"], *(row[key] for key in kept))
        for row in rows["sales"]
        if row["opportunity"]
    ]
    assert sorted(booked) == sorted(won)
    assert len(booked) < len(rows["sales"])


def test_credits_share_out_a_sale_wholly_with_overlays_beside_it(rows: Rows) -> None:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    primary = defaultdict(list)
    for row in rows["credits"]:
        if row["role"] != "overlay":
            shares[row["sale"]] += Decimal(row["share"])
        if row["role"] == "primary":
            primary[row["sale"]].append(row["person"])
    owners = {row["id"]: row["owner"] for row in rows["sales"]}
    assert set(shares.values()) == {Decimal(1)}
    assert all(people == [owners[sale]] for sale, people in primary.items())
    assert {row["role"] for row in rows["credits"]} == {"primary", "split", "overlay"}


def test_margins_and_gaps_are_those_of_real_ledgers(summary: ModuleType, folder: Any, rows: Rows) -> None:
    assert all(0.35 <= summary.margin(folder, row["id"]) <= 0.6 for row in rows["lines"])
    sales = rows["sales"]
    assert any(not row["cost"] for row in sales)
    assert any(not row["owner"] for row in sales)
    assert any(row["amount"] == "0" for row in sales)
    assert any(not row["account"] for row in sales)
    assert any(not row["created_on"] for row in rows["opportunities"])
    assert any(not row["created_on"] for row in rows["accounts"])
    assert any(not row["amount"] for row in rows["quotas"])
    assert all(row["amount"] for row in summary.closed(folder))


def test_names_are_as_unfriendly_as_they_may_be(rows: Rows) -> None:
    names = [row["name"] for name in ("people", "accounts", "opportunities") for row in rows[name]]
    everything = "".join(names)
    assert all(sign in everything for sign in ("O'", "ü", "🧪", "株", "[/Q1]", "[bold]", "\u0301"))
    assert any(unicodedata.bidirectional(sign) == "AL" for sign in everything)
    assert any(name.startswith("=") for name in names)
    assert any(name.endswith(" ") for name in names)
    assert any(len(name) == 120 and name.isalpha() for name in names)
    accounts = [row["name"] for row in rows["accounts"]]
    assert any(len(name) == 90 for name in accounts)
    assert len(set(accounts)) < len(accounts)


def test_the_last_day_finds_two_vacant_seats_and_a_planned_one(folder: Any, rows: Rows) -> None:
    seats = [row for row in rows["seats"] if not row["valid_to"]]
    vacant = [row["id"] for row in seats if row["valid_from"] <= AS_OF and not folder.occupant(row["id"], AS_OF)]
    with_quota = {row["seat"] for row in rows["quotas"] if row["month"] == "2025-11-01" and row["amount"]}
    assert len(vacant) == 2
    assert len(with_quota & set(vacant)) == 1
    assert len([row for row in seats if row["valid_from"] > AS_OF]) == 1


def test_newcomers_of_the_year_ramp_up_one_person_is_relieved_and_everyone_has_pay_at_target(
    folder: Any, rows: Rows
) -> None:
    hired = {row["id"] for row in rows["people"] if row["hired_on"] >= "2025-01-01"}
    assert {row["person"] for row in rows["rampings"]} == hired
    for row in rows["rampings"]:
        assert folder.occupant(row["seat"], row["starts_on"]) == row["person"]
    (relief,) = rows["reliefs"]
    assert folder.occupant(relief["seat"], relief["valid_from"]) == relief["person"]
    assert {row["person"] for row in rows["pay"]} == {row["id"] for row in rows["people"]}


def test_people_and_seats_have_moved_between_teams(folder: Any, rows: Rows) -> None:
    held = defaultdict(list)
    for row in rows["occupancies"]:
        held[row["person"]].append((row["valid_from"], folder.team_of(row["seat"], row["valid_from"])))
    moved_on = [after[0] for stays in held.values() for before, after in pairwise(stays) if before[1] != after[1]]
    assert len(moved_on) >= 3
    assert any(not day.endswith("-01") for day in moved_on)
    leaders = defaultdict(list)
    for row in rows["reporting"]:
        leaders[row["seat"]].append(row)
    assert [row["valid_from"] for stretches in leaders.values() for row in stretches[1:]] == ["2025-02-10"]


def test_deals_close_as_they_do_in_a_real_company(summary: ModuleType, folder: Any, rows: Rows) -> None:
    assert 8_700 <= len(rows["opportunities"]) <= 9_300
    assert len(rows["accounts"]) == 400
    assert 0.24 <= summary.win_rate(folder) <= 0.28
    assert 60 <= summary.cycle(folder) <= 75
    assert 0.06 <= summary.growth(folder, 2024) <= 0.15
    assert 0.06 <= summary.growth(folder, 2025) <= 0.16


def test_past_years_came_out_near_their_plan_with_people_far_apart(summary: ModuleType, folder: Any) -> None:
    for year in (2023, 2024):
        first, last = date(year, 1, 1), date(year, 12, 31)
        assert 0.94 <= summary.booked(folder, first, last) / summary.quota(folder, first, last) <= 1.06
        people = summary.standings(folder, first, last, last, teams=False)
        attained = sorted(person.attainment for person in people if person.quota > 700_000)
        assert 0.5 <= attained[0] <= 0.65
        assert 1.35 <= attained[-1] <= 1.7


def test_quarters_are_booked_late(summary: ModuleType, folder: Any) -> None:
    assert 0.42 <= summary.pace(folder) <= 0.47
    assert all(0.35 <= quarter.share <= 0.54 for quarter in summary.past_quarters(folder))


def test_the_present_quarter_tells_the_story(summary: ModuleType, folder: Any) -> None:
    start, end, pace = folder.quarter_start, summary.quarter_end(folder.as_of), summary.pace(folder)
    booked, quota = summary.booked(folder, start, folder.as_of), summary.quota(folder, start, end)
    assert 1.01 <= booked / quota / pace <= 1.09
    assert 2.2 <= summary.coverage(folder) <= 2.9
    teams = summary.standings(folder, start, end, folder.as_of, teams=True)
    against_pace = {team.name: team.attainment / pace for team in teams}
    assert sorted(name for name, ratio in against_pace.items() if ratio < 0.96) == ["East", "Key Accounts"]
    assert [name for name, ratio in against_pace.items() if ratio >= 1.25] == ["West"]
    assert all(against_pace[name] >= 1 for name in ("Central", "North"))
    people = summary.standings(folder, start, end, folder.as_of, teams=False)
    assert 0.48 <= sum(person.attainment >= pace for person in people) / len(people) <= 0.65
