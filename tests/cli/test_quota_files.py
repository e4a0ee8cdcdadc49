"""`salestui quota import` and `export`: files of quotas, months across or in rows, in both databases."""

import csv
import json
import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.quotas import QuotaPlan
from salestui.store.company import FIRST_MONTH
from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.support import Ended, Shell
from tests.support.companies import Builder, building
from tests.support.examples import fewer
from tests.support.rich_company import CALENDARS, build_random, build_rich

CELLS = (
    "SELECT p.fiscal_year, p.plan_version, c.seat_id, COALESCE(c.line_id, 0), c.month, c.amount"
    " FROM quota_cell c JOIN quota_plan p ON p.id = c.plan_id"
)


@pytest.fixture
def writer(named: str) -> Iterator[Engine]:
    """The small company with every odd case in it, to be looked at; today is 1 March 2026."""
    opened = engine(parse(named), write=True)
    with building(opened) as company:
        build_rich(company)
    yield opened
    opened.dispose()


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is seen from the first of March."""
    monkeypatch.setenv("SALESTUI_AS_OF", "2026-03-01")


def texts(connection: Connection, sql: str) -> dict[int, str]:
    """Texts by id."""
    found: dict[int, str] = dict(connection.execute(text(sql)).tuples().all())
    return found


def cells(opened: Engine, version: int = 2) -> dict[tuple[str, str, int], int | None]:
    """The quotas of a version of FY2026 in whole units of currency × 10,000: by seat's title, line and month."""
    with opened.connect() as connection:
        titles = texts(connection, "SELECT id, title FROM seat")
        lines = {0: ""} | texts(connection, "SELECT id, name FROM product_line")
        return {
            (titles[seat], lines[line], int(str(month)[5:7])): amount
            for _, each, seat, line, month, amount in connection.execute(text(CELLS)).all()
            if each == version
        }


def took(shell: Shell, tmp_path: Path, content: str | bytes, *options: str) -> Ended:
    """Import a file with this content."""
    path = tmp_path / "sheet.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return shell("quota", "import", path, *options)


def test_months_across_are_taken_into_a_draft_as_one_change_that_undo_takes_back(
    writer: Engine, shell: Shell, tmp_path: Path
) -> None:
    before = cells(writer, 1)
    done = took(shell, tmp_path, "Rep;Jan;Feb;Mar;Apr\nAna;1,500;-;NULL;0\nDi;;2.5;;\n", "--year", "FY2026")
    assert (done.code, done.words) == (0, "")
    assert "FY2026 v2, begun" in done.output
    assert "Imported: 7 quotas" in done.output
    after = cells(writer)
    changed = {key: amount for key, amount in after.items() if before.get(key) != amount}
    assert changed == {
        ("West 1", "", 1): 1500_0000,
        ("West 1", "", 2): None,
        ("East 1", "", 3): None,
        ("East 1", "", 4): 0,
        ("Wanderer", "", 1): None,
        ("Wanderer", "", 2): 2_5000,
        ("Wanderer", "", 3): None,
    }
    assert cells(writer, 1) == before
    assert shell("history", "undo").code == 0
    assert cells(writer) == {}


def test_the_report_counts_new_changed_taken_away_and_unchanged(writer: Engine, shell: Shell, tmp_path: Path) -> None:
    sheet = "seat,line,2026-01,2026-02,2026-03\nWest 2,,100.01,7,-\nWest 2,Services,-,60,-\nVP Sales,,5,-,-\n"
    done = took(shell, tmp_path, sheet, "--json", "--dry-run")
    told = json.loads(done.output)
    (plan,) = told["plans"]
    kept = {
        key: plan[key] for key in ("fiscal_year", "version", "begun", "inserted", "updated", "cleared", "unchanged")
    }
    assert kept == {
        "fiscal_year": 2026,
        "version": 2,
        "begun": True,
        "inserted": 1,
        "updated": 2,
        "cleared": 1,
        "unchanged": 5,
    }
    assert Decimal(plan["after"]) - Decimal(plan["before"]) == 5 + 7 - Decimal("100.01") + 10 - Decimal("100.01")
    assert (told["layout"], told["dry_run"], told["written"], told["change"]) == ("wide", True, False, None)
    assert cells(writer) == {}
    assert took(shell, tmp_path, sheet).code == 0
    again = took(shell, tmp_path, sheet)
    assert (again.code, again.output.splitlines()[-1]) == (
        0,
        "Everything is in the plan already; nothing was written.",
    )


SAME = "Seller,M01,M02\nJosé Núñez,1200,3400\n"


@pytest.mark.parametrize(
    "content",
    [
        SAME.encode(),
        b"\xef\xbb\xbf" + SAME.encode(),
        b"\xff\xfe" + SAME.encode("utf-16-le"),
        SAME.encode("utf-16-le"),
        SAME.encode("latin-1"),
        SAME.replace(",", ";").encode(),
        SAME.replace(",", "\t").encode("utf-16"),
        SAME.replace(",", "|").replace("\n", "\r\n").encode(),
        "Seller;Jan;Februar\nJosé Núñez;1.200,00;3.400,00\n".replace("Februar", "February").encode(),
        "Seller,Period,Quota\nJosé Núñez,M01,1.2\nJosé Núñez,M02,3.4\n".encode(),
        "Seller,Month,Target\nJosé Núñez,Jan 2026,$1.2\nJosé Núñez,2026-02,3.4\n".encode(),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16",
        "no mark",
        "latin-1",
        "semicolons",
        "tabs",
        "bars",
        "decimal comma",
        "rows",
        "dates",
    ],
)
def test_any_usual_encoding_delimiter_and_layout_says_the_same(
    place: Path, shell: Shell, tmp_path: Path, content: bytes
) -> None:
    with building(opened := engine(parse(str(place)), write=True)) as company:
        company.sits(company.person("José Núñez"), company.seat("Seat"))
    more = ["--unit", "1000"] if b"1.2\n" in content or b"$1.2" in content else []
    more += ["--decimal", ","] if b"1.200" in content else []
    assert took(shell, tmp_path, content, "--year", "2026", *more).code == 0
    assert cells(opened, 1) == {("Seat", "", 1): 1200_0000, ("Seat", "", 2): 3400_0000}
    opened.dispose()


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("seat,M01\nWest 9,1\n", "row 2, column seat: There is no “West 9”; did you mean “West 2” (#"),
        ("person,M01\nAnna,1\n", "row 2, column person: There is no “Anna”; did you mean “Ana” (E0)?"),
        ("person,M01\nAna,1\nE0,2\n", "row 3, column person: This quota is told before, in row 2"),
        ("person,M01\nAna,twelve\n", "row 2, column M01: “twelve” is not a number"),
        ("person,M01\nAna,1\nTotal,1\n", "row 3, column person: “Total” is a row of totals"),
        ("person,M01\nWest,1\n", "row 2, column person: “West” is a team, and quotas stand in seats"),
        ("person,M01\nAna,99999999999999999\n", "row 2, column M01: “99999999999999999” is too large"),
        ("person,M01\nAna,-5\n", "row 2, column M01: “-5” is below zero"),
        ("person,M01\nAna,€5\n", "row 2, column M01: “€5” is written in another currency than USD"),
        ("person,M01\nAna,1.23456\n", "row 2, column M01: “1.23456” has more than 4 decimal places"),
        ("person,M01\nAna,1.234\n", "row 2, column M01: “1.234” may mean thousands or a fraction"),
        ("person,M01\n,5\n", "row 2, column person: There is nothing here. Expected a seat or a person"),
        ("person,M01\nAna,5,6\n", "row 2: The row has 3 fields. Expected 2"),
        ("person,line,M01\nAna,Softwar,5\n", "row 2, column line: There is no “Softwar”"),
        ("person,month,amount\nAna,Smarch,5\n", "row 2, column month: “Smarch” is no month"),
        (
            "person,month,amount\nAna,2026-01-15,5\n",
            "row 2, column month: 2026-01-15 is no first day of a fiscal month",
        ),
        (
            "fiscal_year,person,2025-01\n2026,Ana,5\n",
            "row 2, column 2025-01: 2025-01-01 belongs to FY2025, not to 2026",
        ),
        ("fiscal_year,person,M01\nsoon,Ana,5\n", "row 2, column fiscal_year: “soon” is no year"),
        ("seat,M06\nEast 2,5\n", "row 2, column M06: There is no seat “East 2” in 2026-06"),
        (
            "person,M06\nCy,5\n",
            "row 2, column M06: There is no seat “East 2” in 2026-06. Expected a month from 2025-01-01 to 2026-02-20",
        ),
        ("a,b\n1,2\n", "These columns are no quotas: a, b"),
        ("M01,M02\n1,2\n", "No column tells whose quotas these are"),
        ("person,M01,Jan,Jan 2026\nAna,1,2,3\n", "row 2"),
        ("person,rep,M01\nAna,Ana,1\n", "Two columns are the person: “person” and “rep”"),
        ("person,M01,M01\nAna,1,1\n", "Two columns are the month: “m01” and “m01”"),
        ("", "The file is empty"),
        ("PK\x03\x04", "The file is a spreadsheet or an archive, not text"),
        ('person,M01\n"Ana,1\n', "The file cannot be read as a table"),
    ],
)
def test_what_cannot_be_taken_is_told_by_place_and_value_and_nothing_is_written(
    place: Path, shell: Shell, tmp_path: Path, sheet: str, told: str
) -> None:
    with building(opened := engine(parse(str(place)), write=True)) as company:
        build_rich(company)
    done = took(shell, tmp_path, sheet, "--year", "FY2026")
    assert done.code == 3
    assert told in done.output + done.words
    assert cells(opened) == {}
    opened.dispose()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--mapping", "Rep"), "does not say what a column is"),
        (("--mapping", "Rep=boss"), "does not say what a column is"),
        (("--year", "soon"), "is not a period"),
        (("--year", "2026Q1"), "is no fiscal year"),
        (("--unit", "12"), "invalid choice"),
        (("--into", "published"), "invalid choice"),
    ],
)
def test_what_is_asked_for_wrongly_is_a_matter_of_usage(
    place: Path, shell: Shell, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = took(shell, tmp_path, "Rep,M01\nAna,1\n", *options)
    assert (done.code, done.output) == (2, "")
    assert told in done.words


def test_a_column_is_what_the_mapping_says(place: Path, shell: Shell, tmp_path: Path) -> None:
    with building(opened := engine(parse(str(place)), write=True)) as company:
        build_rich(company)
    sheet = "Verkäufer,Plan Januar,Jan,Remark\nAna,12,1,=1+1\n".encode("latin-1")
    mapping = ("--mapping", "Verkäufer=person", "--mapping", "Plan Januar=M01", "--mapping", "Jan=nothing")
    done = took(shell, tmp_path, sheet, "--year", "FY2026", *mapping)
    assert done.code == 0, done
    assert "Columns left out: Jan, Remark." in done.output
    assert cells(opened)["West 1", "", 1] == 12_0000
    opened.dispose()


def test_years_that_may_be_fiscal_or_calendar_years_are_asked_about(place: Path, shell: Shell, tmp_path: Path) -> None:
    opened = engine(parse(str(place)), write=True)
    with building(opened) as company:
        company.setting(FIRST_MONTH, 7)
        company.sits(company.person("Ana"), company.seat("Seat"))
    sheet = "Year,Rep,M01,M07\n2026,Ana,1,7\n"
    asked = took(shell, tmp_path, sheet)
    assert (asked.code, "may be fiscal or calendar years" in asked.words) == (3, True)
    assert took(shell, tmp_path, sheet, "--year-is", "calendar").code == 0
    with opened.connect() as connection:
        found = {(year, str(month)): amount for year, _, _, _, month, amount in connection.execute(text(CELLS)).all()}
    assert found == {(2026, "2026-01-01"): 1_0000, (2027, "2026-07-01"): 7_0000}
    done = took(shell, tmp_path, sheet, "--year-is", "fiscal", "--year", "FY2026")
    assert (done.code, "FY2026 v1" in done.output) == (0, True)
    with opened.connect() as connection:
        found = {(year, str(month)): amount for year, _, _, _, month, amount in connection.execute(text(CELLS)).all()}
    assert found[2026, "2025-07-01"] == 1_0000
    opened.dispose()


def test_namesakes_are_told_apart_by_their_ids(place: Path, shell: Shell, tmp_path: Path) -> None:
    opened = engine(parse(str(place)), write=True)
    with building(opened) as company:
        for number in (1, 2):
            company.sits(company.person("Kim Lee", source_id=f"K{number}"), company.seat(f"Seat {number}"))
    done = took(shell, tmp_path, "person,M01\nKim Lee,1\n", "--year", "2026")
    assert (done.code, "names 2 of them. Expected one by its id: K1, K2" in done.output) == (3, True)
    assert took(shell, tmp_path, "person,M01\nk2,1\n", "--year", "2026").code == 0
    assert cells(opened, 1) == {("Seat 2", "", 1): 1_0000}
    opened.dispose()


def test_a_file_is_written_whole_for_its_owner_alone_and_over_nothing(
    place: Path, shell: Shell, tmp_path: Path
) -> None:
    with building(opened := engine(parse(str(place)), write=True)) as company:
        build_rich(company)
    opened.dispose()
    target = tmp_path / "out.csv"
    done = shell("quota", "export", target, "--year", "FY2026")
    assert (done.code, done.output) == (0, "")
    assert "FY2026 v1 (published): 15 quotas in 10 rows" in done.words
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("mine")
    refused = shell("quota", "export", target)
    assert (refused.code, "There is such a file already" in refused.words) == (3, True)
    assert target.read_text() == "mine"
    assert shell("quota", "export", target, "--force", "--dry-run").code == 0
    assert target.read_text() == "mine"
    assert shell("quota", "export", target, "--force", "--long").code == 0
    assert target.read_text().startswith("fiscal_year,seat,month,line,amount\n2026,")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
    nowhere = shell("quota", "export", tmp_path / "no" / "out.csv")
    assert (nowhere.code, "The file cannot be written" in nowhere.words) == (3, True)


def test_no_cell_of_a_file_is_a_formula(place: Path, shell: Shell) -> None:
    opened = engine(parse(str(place)), write=True)
    with building(opened) as company:
        seat = company.add(Seat(title="=HYPERLINK(1)", source="hr", source_id="@cmd"))
        company.sits(company.person("+1\x1b[31m"), seat)
        company.quota(seat, "2026-01-01", "-3.125")
    opened.dispose()
    shown = shell("quota", "export", "-", "--year", "FY2026").output
    _, row = csv.reader(shown.splitlines())
    assert row[1] == f"#{seat.id}"
    assert row[2] == "'=HYPERLINK(1)"
    assert row[3] == "'+1␛[31m"
    assert row[4] == "-3.1250"


def test_a_team_alone_and_an_earlier_version_can_be_written(place: Path, shell: Shell) -> None:
    with building(opened := engine(parse(str(place)), write=True)) as company:
        build_rich(company)
    opened.dispose()
    rows = list(
        csv.DictReader(shell("quota", "export", "-", "--scope", "East", "--version", "published").output.splitlines())
    )
    assert [row["seat"] for row in rows] == ["East lead", "East 1", "Wanderer", "East 2"]
    told = json.loads(shell("quota", "export", "-", "--scope", "East", "--json").output)
    assert (told["quotas"], told["rows"][1]["M01"]) == (6, "100.01")
    unknown = shell("quota", "export", "-", "--version", "9")
    assert (unknown.code, "FY2026 has no version “9”. Expected one of 1 (published)" in unknown.words) == (3, True)
    none = shell("quota", "export", "-", "--year", "2031")
    assert (none.code, none.output, "There are no quotas of FY2031 yet" in none.words) == (3, "", True)


@pytest.mark.parametrize("layout", ["--wide", "--long"])
@fewer(6)
@given(seed=st.integers(0, 10**6), calendar=st.sampled_from(CALENDARS))
def test_what_is_written_and_taken_again_is_the_same(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    layout: str,
    seed: int,
    calendar: dict[str, str | int],
) -> None:
    from salestui.cli.main import run

    folder = tmp_path_factory.mktemp("identity")
    target, sheet = folder / "salestui.db", folder / "sheet.csv"
    target.write_bytes(sqlite_template.read_bytes())
    opened = engine(parse(str(target)), write=True)
    with building(opened) as company:
        for key, value in calendar.items():
            company.setting(key, value)
    with building(opened) as company:
        build_random(company, Random(seed))
        company.add(QuotaPlan(fiscal_year=2031, state="draft"))
        _odd_names(company)
    with opened.begin() as connection:
        kept = connection.execute(text(CELLS)).all()
        years = {row[0] for row in kept}
    for year in years:
        where = ["--db", str(target), "--as-of", "2026-03-01", "--year", f"FY{year}"]
        assert run(["quota", "export", str(sheet), layout, "--force", *where]) == 0
        with opened.begin() as connection:
            connection.execute(text("UPDATE quota_plan SET state = 'draft'"))
        again = run(["quota", "import", str(sheet), "--below-zero", *where])
        assert again == 0
        with opened.begin() as connection:
            assert connection.execute(text(CELLS)).all() == kept
            connection.execute(text("DELETE FROM quota_cell"))
        assert run(["quota", "import", str(sheet), "--below-zero", *where]) == 0
        with opened.begin() as connection:
            written = [row for row in connection.execute(text(CELLS)).all() if row[-1] is not None]
        assert sorted(written, key=str) == sorted((row for row in kept if row[-1] is not None), key=str)
    opened.dispose()


def _odd_names(company: Builder) -> None:
    """Seats whose ids and titles are easily taken for something else."""
    for number, key in enumerate(("=1", "#1", "-", " A ", "'=1", "001", "NULL", "a,b", "A1", "a1")):
        seat = company.add(Seat(title=key, source="hr", source_id=key))
        company.quota(seat, company.calendar.month_of(date(2026, 2, 10)).start, f"{number}.125")
        company.sits(company.add(Person(name=key)), seat)


def test_the_wide_sheet_of_a_real_company_loads_as_it_is(named: str, shell: Shell, real_data: Path) -> None:
    path = real_data / "pl300-targets" / "pl300_ResellerSalesTargets.csv"
    rows = list(csv.DictReader(path.read_text("utf-16").splitlines()))
    opened = engine(parse(named), write=True)
    with building(opened) as company:
        lead = company.seat("Head", team="Resellers")
        for number in dict.fromkeys(row["EmployeeID"] for row in rows):
            company.sits(company.person(f"Seller {number}", source_id=number), company.seat(number, lead))
    done = shell("quota", "import", path, "--unit", "1000")
    assert done.code == 0, done
    wanted = {
        (int(row["Year"]), row["EmployeeID"], month): int(row[f"M{month:02}"]) * 1000
        for row in rows
        for month in range(1, 13)
        if row[f"M{month:02}"] != "-"
    }
    with opened.connect() as connection:
        titles = texts(connection, "SELECT id, title FROM seat")
        found = {
            (year, titles[seat], int(str(month)[5:7])): amount / 10_000
            for year, _, seat, _, month, amount in connection.execute(text(CELLS)).all()
            if amount is not None
        }
    assert found == wanted
    assert len({year for year, _, _ in found}) == 5
    assert shell("history", "undo").code == 0
    with opened.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM quota_cell")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM quota_plan")).scalar() == 0
    one = shell("quota", "import", path, "--unit", "1000", "--year", "FY2019", "--json")
    (plan,) = json.loads(one.output)["plans"]
    assert plan["after"] == str(sum(amount for (year, _, _), amount in wanted.items() if year == 2019))
    opened.dispose()
