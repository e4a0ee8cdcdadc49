"""`salestui quota import` and `export`: files of quotas, months across or in rows, in both databases."""

import csv
import json
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.quotas import QuotaPlan
from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.quota_support import CELLS, cells, texts, took
from tests.cli.support import Shell
from tests.support.companies import Builder, building
from tests.support.examples import fewer
from tests.support.rich_company import CALENDARS, build_random

pytestmark = pytest.mark.usefixtures("the_day")


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


@pytest.mark.usefixtures("quick_writer")
def test_a_file_is_written_whole_for_its_owner_alone_and_over_nothing(shell: Shell, tmp_path: Path) -> None:
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


@pytest.mark.usefixtures("quick_writer")
def test_a_team_alone_and_an_earlier_version_can_be_written(shell: Shell) -> None:
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
    done = shell("quota", "import", path, "--begin", "--unit", "1000")
    assert done.code == 0, done
    wanted = {
        (int(row["Year"]), row["EmployeeID"], month): int(row[f"M{month:02}"]) * 1000
        for row in rows
        for month in range(1, 13)
        if row[f"M{month:02}"] != "-"
    }
    with opened.connect() as connection:
        titles = texts(connection, "SELECT id, title AS text FROM seat")
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
    one = shell("quota", "import", path, "--begin", "--unit", "1000", "--year", "FY2019", "--json")
    (plan,) = json.loads(one.output)["plans"]
    assert plan["after"] == str(sum(amount for (year, _, _), amount in wanted.items() if year == 2019))
    opened.dispose()
