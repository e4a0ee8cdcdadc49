"""`salestui quota import`: what is refused, what must be said, and how columns and people are told apart."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from salestui.planning.quotas.commands.versions import begin_version, submit
from salestui.store.company import CLOSED_THROUGH, FIRST_MONTH
from salestui.store.database import parse
from salestui.store.engines import engine
from tests.cli.quota_support import CELLS, cells, took
from tests.cli.support import Shell
from tests.support.companies import building

pytestmark = pytest.mark.usefixtures("the_day")


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("seat,M01\nWest 9,1\n", "row 2, column seat: There is no “West 9”; did you mean “West 2” (#"),
        ("person,M01\nAnna,1\n", "row 2, column person: There is no “Anna”; did you mean “Ana” (E0)?"),
        ("person,M01\nAna,1\nE0,2\n", "row 3, column person: This quota is told before, in row 2"),
        ("person,M01\nAna,twelve\n", "row 2, column M01: “twelve” is not a number. Expected one such as 1234.56"),
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
    quick_writer: Engine, shell: Shell, tmp_path: Path, sheet: str, told: str
) -> None:
    done = took(shell, tmp_path, sheet, "--year", "FY2026")
    assert done.code == 3
    assert told in done.output + done.words
    assert cells(quick_writer) == {}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--column", "Rep"), "does not say what a column is"),
        (("--column", "Rep=boss"), "does not say what a column is"),
        (("--year", "soon"), "“soon” is no fiscal year"),
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


def test_a_column_is_what_the_mapping_says(quick_writer: Engine, shell: Shell, tmp_path: Path) -> None:
    sheet = "Verkäufer,Plan Januar,Jan,Remark\nAna,12,1,=1+1\n".encode("latin-1")
    mapping = ("--column", "Verkäufer=person", "--column", "Plan Januar=M01", "--column", "Jan=nothing")
    done = took(shell, tmp_path, sheet, "--year", "FY2026", *mapping)
    assert done.code == 0, done
    assert "Columns left out: Jan, Remark." in done.output
    assert cells(quick_writer)["West 1", "", 1] == 12_0000


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


def test_a_dry_run_refuses_what_is_closed_as_the_import_itself_does(
    writer: Engine, shell: Shell, tmp_path: Path
) -> None:
    with building(writer) as company:
        company.setting(CLOSED_THROUGH, "2026-02-28")
    sheet = "person,M02,M03\nDi,5,6\n"
    for options in (("--dry-run",), ()):
        done = took(shell, tmp_path, sheet, "--year", "FY2026", *options)
        assert done.code == 3
        assert "row 2, column M02: The months up to 2026-02-28 are closed" in done.output
    assert cells(writer) == {}
    assert took(shell, tmp_path, "person,M02,M03\nDi,100.01,6\n", "--year", "FY2026").code == 0
    assert cells(writer)["Wanderer", "", 3] == 60_000


@pytest.mark.parametrize("options", [("--dry-run",), ()])
def test_nothing_is_begun_beside_a_plan_that_is_handed_in(
    quick_writer: Engine, shell: Shell, tmp_path: Path, options: tuple[str, ...]
) -> None:
    with building(quick_writer) as company:
        submit(company.work, begin_version(company.work, 2026).id or 0)
    told = "FY2026 v2 is submitted already, and not in force yet"
    for done in (
        took(shell, tmp_path, "person,M01\nDi,5\n", "--year", "FY2026", *options),
        shell("quota", "set", "Di", "2026-01", "5", "--begin", *options),
    ):
        assert (done.code, told in done.words) == (3, True)
    same = took(shell, tmp_path, "person,M01\nDi,100.01\n", "--year", "FY2026", *options)
    assert same.code == 0


def test_a_month_that_is_closed_is_not_planned_for_the_first_time_either(quick_writer: Engine, shell: Shell) -> None:
    with building(quick_writer) as company:
        company.setting(CLOSED_THROUGH, "2026-02-28")
    for options in (("--dry-run",), ()):
        done = shell("quota", "set", "Di", "2025-03", "5", "--begin", *options)
        assert (done.code, "is closed" in done.words) == (2, True)


def test_a_row_of_totals_is_left_out_as_a_column_of_them_is(quick_writer: Engine, shell: Shell, tmp_path: Path) -> None:
    sheet = "person,M01,M02,Total\nAna,1,2,3\nGrand Total,1,2,3\n"
    done = took(shell, tmp_path, sheet, "--year", "FY2026")
    assert done.code == 0, done
    assert "Columns left out: Total." in done.output
    assert "Rows of totals left out: row 3, “Grand Total”." in done.output
    assert "Imported: 2 quotas written" in done.output
    assert (cells(quick_writer)["West 1", "", 1], cells(quick_writer)["West 1", "", 2]) == (1_0000, 2_0000)


def test_refusals_stand_in_the_order_of_the_rows(quick_writer: Engine, shell: Shell, tmp_path: Path) -> None:
    sheet = "person,M01,M02\nNobody,5,5\nAna,much,1\nSome,1,1\nAna,1,2,3\nBo,x,1\n"
    done = took(shell, tmp_path, sheet, "--year", "FY2026", "--json")
    told = json.loads(done.output)
    assert (done.code, [each["row"] for each in told["refusals"]]) == (3, [2, 3, 4, 5, 6])
    assert told["warnings"] == []


def test_no_draft_is_begun_unasked(writer: Engine, shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("person,M01\nDi,5\n")
    for options in (("--dry-run",), ()):
        done = shell("quota", "import", path, "--year", "FY2026", *options)
        assert (done.code, done.output) == (3, "")
        assert "FY2026 v1 is published, and no draft. To begin a draft with it, say --begin." in done.words
    assert cells(writer) == {}
    assert shell("quota", "import", path, "--year", "26", "--begin", "--reason", "from the plan round").code == 0
    (draft, _) = json.loads(shell("quota", "versions", "--json").output)
    assert draft["story"][0]["why"] == "from the plan round"


def test_letters_that_cannot_be_told_come_with_a_hint_that_this_command_can_follow(
    quick_writer: Engine, shell: Shell, tmp_path: Path
) -> None:
    done = took(shell, tmp_path, b"person,M01\n\x81\x8d\x8f\x90\x9d\xff\xfe,5\n", "--year", "FY2026")
    assert (done.code, "Save it as CSV in UTF-8." in done.words) == (3, True)
    assert "mapping" not in done.words
