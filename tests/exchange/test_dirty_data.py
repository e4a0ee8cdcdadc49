"""The same facts as other tools mangled them: each is loaded right or refused clearly, never guessed."""

from pathlib import Path

import pytest

from salestui.exchange.report import Report
from tests.exchange.support import Desk, told

MAPPING = """
source = "adventureworks"
none = ["", "NULL"]
[company]
first_month = 6
"""
PEOPLE = """
[[feed]]
entity = "person"
file = "Person.csv"
where = { PersonType = ["SP"] }
fields = { id = "BusinessEntityID", name = { template = "{FirstName} {LastName}" } }
"""
QUOTAS = """
[[feed]]
entity = "quota"
file = "quota_*"
grain = "quarter"
fields = { person = "BusinessEntityID", date = { column = "QuotaDate", shift = "+3 days" }, amount = "SalesQuota" }
"""
SALES = """
[[feed]]
entity = "sale"
file = "*"
fields = { id = "SalesOrderID", booked_on = "OrderDate", amount = "SubTotal" }
"""


@pytest.fixture
def dirty(real_data: Path) -> Path:
    return real_data / "adventureworks-dirty"


@pytest.fixture
def people(real_data: Path) -> Path:
    return real_data / "adventureworks" / "Person.csv"


def quotas(desk: Desk, people: Path, file: Path, more: str = "") -> Report:
    report = desk.load(MAPPING + PEOPLE + QUOTAS + more, people, file)
    if not report.refusals:
        assert desk.one("SELECT sum(amount) FROM quota_cell") == 957_140_000_000
        assert report.counts["quota"].inserted == 3 * 163
    return report


def test_an_operation_flag_and_tabs_do_no_harm(quick_desk: Desk, people: Path, dirty: Path) -> None:
    assert quotas(quick_desk, people, dirty / "quota_opflag.tsv").written


def test_a_file_without_a_header_is_refused_until_its_columns_are_named(
    quick_desk: Desk, people: Path, dirty: Path
) -> None:
    file = dirty / "quota_tsv_noheader.csv"
    report = quotas(quick_desk, people, file)
    assert "Its first row looks like data" in told(report)
    named = 'header = ["BusinessEntityID", "QuotaDate", "SalesQuota", "guid", "modified"]\n'
    mapping = MAPPING + PEOPLE + QUOTAS.replace("grain", named + "grain")
    assert quick_desk.load(mapping, people, file).written
    assert quick_desk.one("SELECT sum(amount) FROM quota_cell") == 957_140_000_000


def test_text_dates_ask_for_their_format_and_are_right_with_it(quick_desk: Desk, people: Path, dirty: Path) -> None:
    file = dirty / "quota_sqlserver_textdates.csv"
    assert 'dates = ["%b %d %Y %I:%M%p"]' in told(quotas(quick_desk, people, file))
    mapping = MAPPING + PEOPLE + QUOTAS.replace("grain", 'dates = ["%b %d %Y %I:%M%p"]\ngrain')
    assert quick_desk.load(mapping, people, file).written
    assert quick_desk.one("SELECT sum(amount) FROM quota_cell") == 957_140_000_000


def test_dates_a_spreadsheet_destroyed_are_refused(quick_desk: Desk, people: Path, dirty: Path) -> None:
    report = quotas(quick_desk, people, dirty / "quota_excel_destroyed_dates.csv")
    assert not report.written
    assert report.counts["quota"].refused == 163
    assert "“00:00.0” is what a spreadsheet left of a time; the date is lost" in told(report)


def test_dates_of_1900_are_refused(quick_desk: Desk, dirty: Path) -> None:
    report = quick_desk.load(MAPPING + SALES, dirty / "orders_1900_dates.csv")
    assert not report.written
    assert report.counts["sale"].refused == 1_000
    assert "column OrderDate: “00/01/1900” is not a date" in told(report)


def test_a_padded_header_is_read(quick_desk: Desk, dirty: Path) -> None:
    report = quick_desk.load(MAPPING + SALES, dirty / "SalesOrderHeader_padded_header_first500.tsv")
    assert not report.refusals
    assert report.counts["sale"].inserted == 499


def test_amounts_whose_point_became_a_comma_are_refused_not_loaded_as_millions(quick_desk: Desk, dirty: Path) -> None:
    mapping = MAPPING + SALES.replace("SalesOrderID", "SalesOrderNumber").replace("SubTotal", "SalesAmount")
    file = dirty / "fact_locale_broken_numbers_first2000.csv"
    for style in ("", 'decimal = ","\n'):
        report = quick_desk.load(
            style + 'dates = ["%Y%m%d"]\n' + mapping.replace('"OrderDate"', '"OrderDateKey"'), file
        )
        assert not report.written
        assert report.counts["sale"].refused > 500
        assert "does not mean in this column what it should" in told(report)


def test_letters_that_were_encoded_twice_are_mended_and_told(quick_desk: Desk, dirty: Path) -> None:
    mapping = MAPPING + PEOPLE.replace("Person.csv", "person_double_encoded_utf8.csv")
    report = quick_desk.load(mapping, dirty / "person_double_encoded_utf8.csv")
    assert quick_desk.one("SELECT name FROM person WHERE source_id = '282'") == "José Saraiva"
    assert any("encoded twice" in warning for warning in report.warnings)


def test_null_is_nothing_only_where_the_mapping_says_so(quick_desk: Desk, people: Path, dirty: Path) -> None:
    accounts = """
[[feed]]
entity = "account"
file = "salesperson_NULL_literals.csv"
fields = { id = "BusinessEntityID", name = { template = "Of {BusinessEntityID}" }, sector = "TerritoryID" }
"""
    quick_desk.load(MAPPING + accounts, dirty / "salesperson_NULL_literals.csv")
    assert quick_desk.one("SELECT count(*) FROM account WHERE sector IS NULL") == 3
    quick_desk.load('source = "other"\n' + accounts, dirty / "salesperson_NULL_literals.csv")
    assert quick_desk.one("SELECT count(*) FROM account WHERE sector = 'NULL'") == 3


def test_territories_with_text_dates_are_right_with_their_format(
    quick_desk: Desk, people: Path, dirty: Path, real_data: Path
) -> None:
    rest = """
[[feed]]
entity = "territory"
file = "SalesTerritory.csv"
fields = { id = "TerritoryID", name = "Name" }
[[feed]]
entity = "assignment"
file = "territoryhistory_textdates.csv"
dates = ["%b %d %Y %I:%M%p"]
fields = { person = "BusinessEntityID", territory = "TerritoryID", valid_from = "StartDate", valid_to = "EndDate" }
"""
    files = [people, real_data / "adventureworks" / "SalesTerritory.csv", dirty / "territoryhistory_textdates.csv"]
    assert not quick_desk.load(MAPPING + PEOPLE + rest, *files).refusals
    assert quick_desk.one("SELECT count(*) FROM territory_assignment WHERE valid_to = '2012-11-29'") == 2
