"""Real companies: what a right import reproduces to the last decimal (see the data's own description)."""

from pathlib import Path

import pytest

from tests.exchange.support import Desk

ADVENTURE_WORKS, MAVEN = "adventureworks", "maven-crm"
TEAM = (
    "SELECT sum({sum}), count(*) FROM {table} JOIN seat leader ON leader.source_id = '{who}'"
    " JOIN line_closure line ON line.ancestor_id = leader.id AND line.descendant_id = {seat}"
    " AND {day} BETWEEN line.valid_from AND line.valid_to WHERE {day} BETWEEN '{year}-06-01' AND '{year}-08-31'"
)
UNITS = 10_000


@pytest.fixture
def adventure_works(desk: Desk, real_data: Path) -> Desk:
    report = desk.load(ADVENTURE_WORKS, real_data / ADVENTURE_WORKS)
    assert not report.refusals
    return desk


@pytest.fixture
def maven(desk: Desk, real_data: Path) -> Desk:
    report = desk.load(MAVEN, real_data / MAVEN)
    assert not report.refusals
    return desk


def test_adventure_works_has_its_orders_and_quotas(adventure_works: Desk) -> None:
    assert adventure_works.rows("SELECT count(*), sum(reporting_amount) FROM sale") == [(31_465, 1_098_463_814_039)]
    assert adventure_works.rows("SELECT count(*), sum(amount) FROM credit") == [(3_806, 804_877_041_832)]
    assert adventure_works.one("SELECT sum(amount) FROM quota_cell") == 95_714_000 * UNITS
    assert adventure_works.one("SELECT count(*) FROM person") == 18
    assert adventure_works.rows("SELECT team FROM seat WHERE team IS NOT NULL ORDER BY source_id") == [
        ("Sales",),
        ("North America",),
        ("Pacific",),
        ("Europe",),
    ]
    booked_with_stores = "SELECT count(*) FROM sale WHERE account_id IS NOT NULL"
    assert adventure_works.one(booked_with_stores) == 3_806


def test_adventure_works_quarters_come_out_by_the_line_of_command(adventure_works: Desk) -> None:
    booked = {"table": "credit c JOIN sale s ON s.id = c.sale_id", "sum": "c.amount", "seat": "c.seat_id"}
    quota = {"table": "quota_cell q", "sum": "q.amount", "seat": "q.seat_id", "day": "q.month"}
    expected = {
        (2012, "275"): (11_451_491_969, 42, 1_429_000),
        (2012, "274"): (65_335_387_981, 264, 7_953_000),
        (2012, "287"): (17_551_653_272, 59, 2_584_000),
        (2012, "285"): (None, 0, None),
        (2013, "275"): (12_019_569_856, 45, 1_575_000),
        (2013, "274"): (74_188_300_379, 309, 9_443_000),
        (2013, "287"): (26_789_685_780, 119, 3_680_000),
        (2013, "285"): (4_564_011_523, 33, 610_000),
    }
    found = {}
    for year, who in expected:
        ((amount, orders),) = adventure_works.rows(TEAM.format(year=year, who=who, day="s.booked_on", **booked))
        ((target, _cells),) = adventure_works.rows(TEAM.format(year=year, who=who, **quota))
        found[year, who] = (amount, orders, None if target is None else target // UNITS)
    assert found == expected


def test_adventure_works_a_second_time_changes_nothing(adventure_works: Desk, real_data: Path) -> None:
    report = adventure_works.load(ADVENTURE_WORKS, real_data / ADVENTURE_WORKS)
    assert not report.written
    assert report.counts["sale"].unchanged == 31_465


def test_maven_has_its_deals_and_what_was_won(maven: Desk) -> None:
    assert maven.rows("SELECT outcome, count(*), sum(reporting_amount) FROM opportunity GROUP BY 1 ORDER BY 1") == [
        ("lost", 2_473, 0),
        ("open", 2_089, None),
        ("won", 4_238, 10_005_534 * UNITS),
    ]
    assert maven.rows(
        "SELECT t.name, count(*) FROM opportunity o JOIN stage t ON t.id = o.stage_id GROUP BY 1 ORDER BY 1"
    ) == [("Engaging", 1_589), ("Lost", 2_473), ("Prospecting", 500), ("Won", 4_238)]
    months = dict(maven.rows("SELECT substr(CAST(booked_on AS text), 1, 7), sum(amount) FROM sale GROUP BY 1"))
    quarters = [sum(months.get(f"2017-{month:02}", 0) for month in range(first, first + 3)) for first in (1, 4, 7, 10)]
    assert quarters == [each * UNITS for each in (1_134_672, 3_086_111, 2_982_255, 2_802_496)]
    assert maven.one("SELECT count(*) FROM person") == 41
    assert maven.one("SELECT count(*) FROM opportunity WHERE product_id IS NULL") == 0
    assert maven.one("SELECT count(*) FROM opportunity WHERE account_id IS NULL") == 1_425


@pytest.mark.parametrize(("variant", "dates"), [("mdyyyy", ""), ("ddmmyy", 'dates = ["%d-%m-%y"]\n')])
def test_maven_with_other_dates_makes_no_difference(maven: Desk, real_data: Path, variant: str, dates: str) -> None:
    import salestui.exchange.mapping_file as mappings

    folder = real_data / MAVEN
    plain = Path(mappings.__file__).with_name("mappings").joinpath(f"{MAVEN}.toml").read_text("utf-8")
    files = [folder / name for name in ("accounts.csv", "products.csv", "sales_teams.csv")]
    files.append(folder / "variants" / f"sales_pipeline_{variant}.csv")
    report = maven.load(dates + plain, *files)
    assert not report.refusals
    assert report.changes == 0
    assert report.counts["opportunity"].unchanged == 8_800


def test_maven_dates_of_two_digits_ask_for_a_format(desk: Desk, real_data: Path) -> None:
    report = desk.load(MAVEN, real_data / MAVEN / "variants" / "sales_pipeline_ddmmyy.csv")
    assert not report.written
    assert any("can be read in several ways" in each.fault.what for each in report.refusals)
    assert any('dates = ["%d/%m/%Y"]' in each.fault.remedy for each in report.refusals)


def test_maven_vandalised_is_refused_row_by_row_with_what_was_meant(desk: Desk, real_data: Path) -> None:
    folder = real_data / MAVEN
    mapping = """
source = "vandalised"
[[feed]]
entity = "person"
file = "sales_teams.csv"
fields = { id = "sales_agent", name = "sales_agent" }
[[feed]]
entity = "account"
file = "gtx_dirty_accounts.csv"
fields = { id = "account", name = "account", sector = "sector" }
[[feed]]
entity = "sale"
file = "gtx_dirty_sales_pipeline.csv"
[feed.fields]
id = "order_id"
account = "account"
owner = "sales_agent"
booked_on = "order_date"
amount = { value = 1 }
"""
    files = [folder / "sales_teams.csv"]
    files += [folder / "variants" / f"gtx_dirty_{name}.csv" for name in ("accounts", "sales_pipeline")]
    report = desk.load(mapping, *files)
    assert not report.written
    assert report.refused > 1_000
    assert any("did you mean “Cancity”?" in each.fault.what for each in report.refusals)


NORTHWIND = """
source = "northwind"
[company]
currency = "USD"
[[feed]]
entity = "person"
file = "employees.csv"
[feed.fields]
id = "employee_id"
name = { template = "{first_name} {last_name}" }
hired_on = "hire_date"
title = "title"
manager = "reports_to"
[[feed]]
entity = "account"
file = "customers.csv"
fields = { id = "customer_id", name = "company_name" }
[[feed]]
entity = "territory"
file = "region.csv"
fields = { id = { template = "region {region_id}" }, name = "region_description" }
[[feed]]
entity = "territory"
file = "territories.csv"
fields = { id = "territory_id", name = "territory_description", parent = { template = "region {region_id}" } }
[[feed]]
entity = "assignment"
file = "employee_territories.csv"
fields = { person = "employee_id", territory = "territory_id" }
[[feed]]
entity = "sale"
file = "orders.csv"
join = [{ file = "order_details.csv", on = "order_id", sum = { total = "unit_price * quantity * (1 - discount)" } }]
[feed.fields]
id = "order_id"
account = "customer_id"
owner = "employee_id"
booked_on = "order_date"
amount = "order_details.total"
"""


def test_northwind_sums_its_orders_over_their_lines(desk: Desk, real_data: Path) -> None:
    report = desk.load(NORTHWIND, real_data / "northwind")
    assert not report.refusals
    ((orders, booked),) = desk.rows("SELECT count(*), sum(amount) FROM sale")
    assert orders == 830
    assert round(booked, -2) == 12_657_930_400
    assert desk.one("SELECT count(*) FROM territory WHERE source_id = '01581'") == 1
    assert desk.one("SELECT count(*) FROM territory_assignment") == 49


def test_northwind_with_commas_that_nobody_quoted_is_refused_row_by_row(desk: Desk, real_data: Path) -> None:
    names = {"employee_id": "employeeID", "order_id": "orderID", "customer_id": "customerID", "order_date": "orderDate"}
    names |= {"company_name": "companyName", "first_name": "firstName", "last_name": "lastName"}
    names |= {
        "hire_date": "hireDate",
        "reports_to": "reportsTo",
        "unit_price": "unitPrice",
        "order_details": "order-details",
    }
    names |= {"region_description": "regionDescription", "territory_description": "territoryDescription"}
    names |= {"territory_id": "territoryID", "region_id": "regionID", "region.csv": "regions.csv"}
    names |= {"employee_territories": "employee-territories"}
    mapping = NORTHWIND
    for ours, theirs in names.items():
        mapping = mapping.replace(ours, theirs)
    mapping = 'none = ["NULL"]\n' + mapping
    report = desk.load(mapping, real_data / "northwind-broken-neo4j")
    assert not report.written
    assert report.counts["sale"].refused == 176
    assert report.counts["account"].refused == 24
    broken = [each for each in report.refusals if "fields" in each.fault.what]
    assert len(broken) == 176 + 24
    assert all("Look for a delimiter" in each.fault.remedy for each in broken)
