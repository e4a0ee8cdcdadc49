"""The project's own layout: what a small company becomes, and how wrong files are answered."""

import pytest

from salestui.exchange.importing import import_files
from salestui.exchange.load import load
from salestui.exchange.trouble import Pulse
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.store.database import parse
from salestui.store.schema import found_version
from tests.exchange.support import ANN, SMALL, Desk, told


def test_a_small_company_arrives_whole(desk: Desk) -> None:
    report = desk.small()
    assert report.written
    assert not report.refusals
    assert {kind: each.inserted for kind, each in report.counts.items()} == {
        "setting": 4,
        "territory": 2,
        "person": 3,
        "seat": 3,
        "reporting": 2,
        "occupancy": 3,
        "product_line": 1,
        "product": 2,
        "account": 2,
        "stage": 3,
        "opportunity": 3,
        "stage_change": 2,
        "sale": 3,
        "credit": 4,
        "quota_plan": 1,
        "quota": 3,
    }


def test_deals_take_their_outcome_from_their_stage_and_their_line_from_their_product(desk: Desk) -> None:
    desk.small()
    deals = desk.rows(
        "SELECT o.source_id, o.outcome, o.amount, o.reporting_amount, l.name, o.origin FROM opportunity o"
        " LEFT JOIN product_line l ON l.id = o.line_id ORDER BY 1"
    )
    assert deals == [
        ("O1", "won", 10_000_000, 10_000_000, "Flow", "Web"),
        ("O2", "open", None, None, None, None),
        ("O3", "lost", 5_002_500, 5_002_500, "Flow", None),
    ]


def test_no_quota_and_a_quota_of_nothing_stay_two_things(desk: Desk) -> None:
    desk.small()
    cells = desk.rows(
        "SELECT s.source_id, q.amount, q.line_id IS NULL FROM quota_cell q JOIN seat s ON s.id = q.seat_id"
        " ORDER BY q.id"
    )
    assert [(seat, amount, bool(whole)) for seat, amount, whole in cells] == [
        ("S2", 5_000_000, True),
        ("S2", None, True),
        ("S3", 0, False),
    ]
    assert desk.rows("SELECT fiscal_year, measure, plan_version, state FROM quota_plan") == [
        (2026, "bookings", 1, "published")
    ]


def test_a_second_import_of_the_same_files_writes_nothing(desk: Desk) -> None:
    desk.small()
    before = desk.one("SELECT count(*) FROM event")
    report = desk.load()
    assert not report.written
    assert report.changes == 0
    assert {each.unchanged for each in report.counts.values()} >= {1, 2, 3, 4}
    assert desk.one("SELECT count(*) FROM change") == 1
    assert desk.one("SELECT count(*) FROM event") == before
    assert desk.one("SELECT count(*) FROM import_run") == 1


def test_only_what_changed_is_written(desk: Desk) -> None:
    desk.small()
    report = desk.small(accounts=SMALL["accounts.csv"].replace("Bolt", "Bolt & Sons"))
    assert {kind: each.updated for kind, each in report.counts.items() if each.updated} == {"account": 1}
    assert report.changes == 1
    assert desk.rows("SELECT name FROM account ORDER BY source_id") == [("Acme",), ("Bolt & Sons",)]


def test_newer_data_is_noted_even_where_nothing_else_changed(desk: Desk) -> None:
    without_day = SMALL["company.toml"].replace('as_of = "2026-03-31"\n', "")
    desk.small(company=without_day)
    desk.write({"accounts.csv": SMALL["accounts.csv"]}, at=1_790_000_000)
    report = desk.load()
    assert report.written
    assert report.changes == 0
    assert f"{report.data_as_of:%Y-%m-%d}" == "2026-09-21"
    assert desk.one("SELECT count(*) FROM import_run") == 2


def test_the_data_is_as_of_the_end_of_the_companys_day(quick_desk: Desk) -> None:
    assert f"{quick_desk.small().data_as_of:%Y-%m-%d %H:%M}" == "2026-04-01 04:59"


def test_rows_the_source_no_longer_has_stay_and_are_counted(quick_desk: Desk) -> None:
    quick_desk.small()
    report = quick_desk.small(sales="\n".join(SMALL["sales.csv"].splitlines()[:-1]) + "\n")
    assert report.counts["sale"].no_longer == 1
    assert not report.written
    assert quick_desk.one("SELECT count(*) FROM sale") == 3


def test_a_dry_run_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    planned = None
    for name, content in SMALL.items():
        desk.write({name: content})
    planned = desk.load(dry_run=True)
    assert planned.changes > 30
    assert not planned.written
    assert desk.one("SELECT count(*) FROM person") == 0
    assert desk.load().counts == planned.counts


def test_part_of_the_files_refers_to_what_is_there_already(desk: Desk) -> None:
    desk.small()
    sale = "id,account,booked_on,amount,owner\nV4,A1,2026-03-02,75,P2\n"
    report = desk.load(None, desk.write({"sales.csv": sale}) / "sales.csv")
    assert report.counts["sale"].inserted == 1
    assert desk.one("SELECT s.source_id FROM credit c JOIN seat s ON s.id = c.seat_id WHERE c.amount = 750000") == "S2"


def test_columns_that_a_file_lacks_leave_what_was_there(quick_desk: Desk) -> None:
    quick_desk.small()
    quick_desk.load(None, quick_desk.write({"accounts.csv": "name,id\nAcme Foods,A1\n"}) / "accounts.csv")
    assert quick_desk.rows("SELECT name, sector FROM account WHERE source_id = 'A1'") == [("Acme Foods", "Food")]


def test_headers_are_matched_whatever_their_case_spaces_and_asterisks(quick_desk: Desk) -> None:
    quick_desk.small(accounts=" ID ;Name*; SECTOR;  owner \nA1;Acme;Food;P2\nA2;Bolt;;\n")
    assert quick_desk.one("SELECT count(*) FROM account") == 2


def test_columns_nobody_asked_for_are_left_out_and_told(quick_desk: Desk) -> None:
    report = quick_desk.small(accounts="id,name,Shoe size,owner\nA1,Acme,44,P2\nA2,Bolt,45,\n")
    assert next(each.left_out for each in report.files if each.name == "accounts.csv") == ("Shoe size",)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("id,name,secter,ownr", {"secter": "sector", "ownr": "owner"}),
        ("id,name,Created On,sector", {"Created On": "created_on"}),
        ("id,name,sector,sectors", {}),
        ("id,name,Shoe size,zip", {}),
    ],
)
def test_a_column_left_out_is_asked_about_where_one_like_it_is_missing(
    quick_desk: Desk, header: str, meant: dict[str, str]
) -> None:
    report = quick_desk.small(accounts=f"{header}\nA1,Acme,,\nA2,Bolt,,\n")
    assert next(each.meant for each in report.files if each.name == "accounts.csv") == meant


@pytest.mark.parametrize(
    ("files", "warned"),
    [
        ({}, None),
        ({"accounts": "id,name\nA1,Acme\nA2,Bolt\n"}, None),
        ({"quotas": "fiscal_year,seat,month\n2026,S2,2026-01-01\n"}, "quotas.csv has no column amount: its quotas"),
        ({"products": "id,name\nX1,Meter\nX2,Service\n"}, "products.csv has no columns list_price, unit_cost: its"),
    ],
)
def test_a_column_of_money_that_is_not_there_is_warned_of(
    quick_desk: Desk, files: dict[str, str], warned: str | None
) -> None:
    report = quick_desk.small(**files)
    assert report.written
    found = [warning for warning in report.warnings if "has no column" in warning]
    assert [warning.startswith(warned or "") for warning in found] == ([] if warned is None else [True])


def test_a_byte_order_mark_belongs_to_no_column(desk: Desk) -> None:
    desk.small(sales="\ufeff" + SMALL["sales.csv"], quotas="\ufeff" + SMALL["quotas.csv"])
    assert desk.one("SELECT count(*) FROM sale") == 3
    assert not desk.small(sales="\ufeff" + SMALL["sales.csv"]).written


def test_an_amount_with_a_letter_in_it_is_refused_by_row_and_column(quick_desk: Desk) -> None:
    report = quick_desk.small(sales=SMALL["sales.csv"].replace("100.01", '"12,34x"'))
    assert not report.written
    assert "sales.csv, row 3, column amount: “12,34x” is not a number" in told(report)
    assert quick_desk.one("SELECT count(*) FROM sale") == 0


def test_a_name_of_200_letters_is_kept_whole(quick_desk: Desk) -> None:
    quick_desk.small(accounts=f"id,name\nA1,{'n' * 200}\nA2,Bolt\n")
    assert quick_desk.one("SELECT name FROM account WHERE source_id = 'A1'") == "n" * 200


def test_every_refused_row_is_told_with_file_row_column_and_value(quick_desk: Desk) -> None:
    report = quick_desk.small(
        accounts="id,name,owner,created_on\nA1,Acme,P9,2024-02-01\nA2,,P2,never\nA3\n",
        stages=SMALL["stages.csv"].replace("best", "x").replace(",open", ",opne"),
    )
    assert not report.written
    assert quick_desk.one("SELECT count(*) FROM person") == 0
    text = told(report)
    assert "accounts.csv, row 2, column owner: There is no “P9”" in text
    assert "accounts.csv, row 3, column name: There is nothing here" in text
    assert "accounts.csv, row 3, column created_on: “never” is not a date" in text
    assert "accounts.csv, row 4: The row has 1 fields. Expected 4, as the header has" in text
    assert "stages.csv, row 2, column outcome: “opne” is not known here; did you mean “open”?" in text
    assert report.counts["account"].refused == 3


def test_the_rest_is_loaded_where_refused_rows_may_be_skipped(quick_desk: Desk) -> None:
    quick_desk.small()
    files = {"accounts.csv": "id,name,owner\nA3,Crown,P9\nA4,Dell,P2\n"}
    report = quick_desk.load(None, quick_desk.write(files) / "accounts.csv", skip_refused=True)
    assert report.written
    assert (report.counts["account"].inserted, report.counts["account"].refused) == (1, 1)


def test_an_unknown_reference_suggests_the_nearest_one(quick_desk: Desk) -> None:
    people = "id,name\nDarcel Schlecht,Darcel Schlecht\n"
    accounts = "id,name,owner\nA1,Acme,Darcel  Schlect\nA2,Bolt,Nobody at all\n"
    files = quick_desk.write({"people.csv": people, "accounts.csv": accounts})
    text = told(quick_desk.load(None, files))
    assert "did you mean “Darcel Schlecht”?" in text
    assert "There is no “Nobody at all”." in text


def test_a_name_where_an_id_belongs_is_seen_through(quick_desk: Desk) -> None:
    assert "“Ana Ruiz” has the id “P2”" in told(quick_desk.small(accounts="id,name,owner\nA1,Acme,ana ruiz\nA2,B,\n"))


def test_the_same_id_twice_is_refused_where_the_rows_differ_and_told_where_they_do_not(quick_desk: Desk) -> None:
    twice = "id,name\nA1,Acme\nA2,Bolt\nA2,Bolt\nA1,Acme Inc\n"
    report = quick_desk.small(accounts=twice)
    text = told(report)
    assert "accounts.csv, row 2, column id: “A1” stands in accounts.csv, row 5 too, with another name" in text
    assert "accounts.csv, row 5, column id: “A1” stands in accounts.csv, row 2 too, with another name" in text
    assert any("1 accounts stand there twice" in warning for warning in report.warnings)


def test_a_file_with_the_wrong_columns_stops_everything(quick_desk: Desk) -> None:
    report = quick_desk.small(accounts="ident,nmae\n1,Acme\n")
    assert report.stopped
    assert "There is no column “name”; did you mean “nmae”?" in told(report)
    skipping = quick_desk.load(skip_refused=True)
    assert not skipping.written


def test_a_file_that_is_no_table_stops_everything(quick_desk: Desk) -> None:
    quick_desk.small()
    report = quick_desk.load(None, quick_desk.write({"accounts.csv": b"PK\x03\x04"}) / "accounts.csv")
    assert "accounts.csv: The file is a spreadsheet or an archive, not text" in told(report)
    assert not report.written


def test_files_without_rows_are_told(quick_desk: Desk) -> None:
    report = quick_desk.small(credits="sale,person,share,role\n")
    assert "credits.csv holds no rows." in report.warnings
    only = quick_desk.write({"accounts.csv": "id,name\n"}) / "accounts.csv"
    with pytest.raises(DataProblem, match="hold no rows"):
        quick_desk.load(None, only)


def test_files_of_another_layout_are_recognised(quick_desk: Desk) -> None:
    quick_desk.write({"contacts.csv": "a,b\n1,2\n"})
    with pytest.raises(UsageProblem, match="not in salestui's own layout"):
        quick_desk.load()
    quick_desk.write({"sales_teams.csv": "sales_agent,manager,regional_office\nA,B,C\n"})
    with pytest.raises(UsageProblem, match="--mapping maven-crm"):
        quick_desk.load()


def test_a_path_that_leads_nowhere_is_refused(quick_desk: Desk) -> None:
    with pytest.raises(UsageProblem, match="no file or folder"):
        quick_desk.load(None, quick_desk.folder / "nothing.csv")
    with pytest.raises(DataProblem, match="does not read a file of this name"):
        quick_desk.load("layout", quick_desk.write({"other.csv": "id\n1\n"}) / "other.csv")


def test_targets_are_kept_and_unknown_ones_told(quick_desk: Desk) -> None:
    targets = SMALL["company.toml"] + '[targets]\nwin_rate = "0.3"\nwin_rat = 0.25\n'
    report = quick_desk.small(company=targets)
    assert quick_desk.one("SELECT count(*) FROM setting WHERE key LIKE 'target.%'") == 2
    assert any("“win_rat”, which is no KPI; did you mean “win_rate”?" in each for each in report.warnings)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("currency = 'dollars'", "three capital letters"),
        ("zone = 'Mars'", "a time zone"),
        ("first_month = 13", "from 1 to 12"),
        ("scheme = '5-4-4'", "scheme"),
        ("as_of = 'soon'", "as_of"),
        ("colour = 'red'", "There is no “colour” here"),
        ("name = 1", "is not a text"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_wrong_company_file_is_refused(quick_desk: Desk, line: str, told: str) -> None:
    with pytest.raises(DataProblem, match=told):
        quick_desk.small(company=f"[company]\n{line}\n")


def test_a_database_is_made_only_when_there_is_something_to_write(blank_database_url: str, quick_desk: Desk) -> None:
    database = parse(blank_database_url)
    paths = [str(quick_desk.write(SMALL))]
    broken = quick_desk.folder / "accounts.csv"
    broken.write_text("id,name,owner\nA1,Acme,P9\n", encoding="utf-8")
    assert import_files(paths, None, database, ANN, Pulse()).refused
    assert found_version(database) is None
    quick_desk.write(SMALL)
    planned = import_files(paths, None, database, ANN, Pulse(), dry_run=True)
    assert found_version(database) is None
    done = import_files(paths, None, database, ANN, Pulse())
    assert done.written
    assert done.counts == planned.counts
    assert not import_files(paths, None, database, ANN, Pulse()).written


def test_without_a_database_everything_is_new(quick_desk: Desk) -> None:
    paths = [str(quick_desk.write(SMALL))]
    report = load(paths, None, None, ANN, dry_run=True)
    assert report.counts["sale"].inserted == 3
