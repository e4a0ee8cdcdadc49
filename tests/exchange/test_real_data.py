"""Real companies: what a right import reproduces to the last decimal (see the data's own description)."""

from pathlib import Path

from salestui.exchange import mapping_file
from tests.exchange.support import Desk

ADVENTURE_WORKS, MAVEN = "adventureworks", "maven-crm"
TEAM = (
    "SELECT sum({sum}), count(*) FROM {table} JOIN seat leader ON leader.source_id = '{who}'"
    " JOIN line_closure line ON line.ancestor_id = leader.id AND line.descendant_id = {seat}"
    " AND {day} BETWEEN line.valid_from AND line.valid_to WHERE {day} BETWEEN '{year}-06-01' AND '{year}-08-31'"
)
UNITS = 10_000


QUARTERS = {
    (2012, "275"): (11_451_491_969, 42, 1_429_000),
    (2012, "274"): (65_335_387_981, 264, 7_953_000),
    (2012, "287"): (17_551_653_272, 59, 2_584_000),
    (2012, "285"): (None, 0, None),
    (2013, "275"): (12_019_569_856, 45, 1_575_000),
    (2013, "274"): (74_188_300_379, 309, 9_443_000),
    (2013, "287"): (26_789_685_780, 119, 3_680_000),
    (2013, "285"): (4_564_011_523, 33, 610_000),
}
"""Bookings, orders and quota of June to August, by year and seat; no quota is not a quota of 0."""


def test_adventure_works_comes_out_to_the_last_decimal(desk: Desk, real_data: Path) -> None:
    assert not desk.load(ADVENTURE_WORKS, real_data / ADVENTURE_WORKS).refusals
    assert desk.rows("SELECT count(*), sum(reporting_amount) FROM sale") == [(31_465, 1_098_463_814_039)]
    assert desk.rows("SELECT count(*), sum(amount) FROM credit") == [(3_806, 804_877_041_832)]
    assert desk.one("SELECT count(*) FROM sale WHERE account_id IS NOT NULL") == 3_806
    assert desk.one("SELECT sum(amount) FROM quota_cell") == 95_714_000 * UNITS
    assert desk.one("SELECT count(*) FROM person") == 18
    teams = desk.rows("SELECT team FROM seat WHERE team IS NOT NULL ORDER BY source_id")
    assert teams == [("Sales",), ("North America",), ("Pacific",), ("Europe",)]
    assert {key: quarter(desk, *key) for key in QUARTERS} == QUARTERS
    again = desk.load(ADVENTURE_WORKS, real_data / ADVENTURE_WORKS)
    assert not again.written
    assert again.counts["sale"].unchanged == 31_465


def quarter(desk: Desk, year: int, who: str) -> tuple[int | None, int, int | None]:
    """Bookings, orders and quota of June to August, by the line of command."""
    booked = {"table": "credit c JOIN sale s ON s.id = c.sale_id", "sum": "c.amount", "seat": "c.seat_id"}
    quota = {"table": "quota_cell q", "sum": "q.amount", "seat": "q.seat_id", "day": "q.month"}
    ((amount, orders),) = desk.rows(TEAM.format(year=year, who=who, day="s.booked_on", **booked))
    ((target, _cells),) = desk.rows(TEAM.format(year=year, who=who, **quota))
    return amount, orders, None if target is None else target // UNITS


def test_maven_comes_out_with_any_dates(desk: Desk, real_data: Path) -> None:
    assert not desk.load(MAVEN, real_data / MAVEN).refusals
    assert desk.rows("SELECT outcome, count(*), sum(reporting_amount) FROM opportunity GROUP BY 1 ORDER BY 1") == [
        ("lost", 2_473, 0),
        ("open", 2_089, None),
        ("won", 4_238, 10_005_534 * UNITS),
    ]
    stages = "SELECT t.name, count(*) FROM opportunity o JOIN stage t ON t.id = o.stage_id GROUP BY 1 ORDER BY 1"
    assert desk.rows(stages) == [("Engaging", 1_589), ("Lost", 2_473), ("Prospecting", 500), ("Won", 4_238)]
    months = dict(desk.rows("SELECT substr(CAST(booked_on AS text), 1, 7), sum(amount) FROM sale GROUP BY 1"))
    quarters = [sum(months.get(f"2017-{month:02}", 0) for month in range(first, first + 3)) for first in (1, 4, 7, 10)]
    assert quarters == [each * UNITS for each in (1_134_672, 3_086_111, 2_982_255, 2_802_496)]
    assert desk.one("SELECT count(*) FROM person") == 41
    assert desk.one("SELECT count(*) FROM opportunity WHERE product_id IS NULL") == 0
    assert desk.one("SELECT count(*) FROM opportunity WHERE account_id IS NULL") == 1_425
    plain = Path(mapping_file.__file__).with_name("mappings").joinpath(f"{MAVEN}.toml").read_text("utf-8")
    folder = real_data / MAVEN
    for variant, dates in (("mdyyyy", ""), ("ddmmyy", 'dates = ["%d-%m-%y"]\n')):
        files = [folder / name for name in ("accounts.csv", "products.csv", "sales_teams.csv")]
        report = desk.load(dates + plain, *files, folder / "variants" / f"sales_pipeline_{variant}.csv")
        assert not report.refusals
        assert report.changes == 0
        assert report.counts["opportunity"].unchanged == 8_800


def test_maven_dates_of_two_digits_ask_for_a_format(quick_desk: Desk, real_data: Path) -> None:
    report = quick_desk.load(MAVEN, real_data / MAVEN / "variants" / "sales_pipeline_ddmmyy.csv")
    assert not report.written
    assert any("can be read in several ways" in each.fault.what for each in report.refusals)
    assert any('dates = ["%d-%m-%y"]' in each.fault.remedy for each in report.refusals)


def test_maven_vandalised_is_refused_row_by_row_with_what_was_meant(quick_desk: Desk, real_data: Path) -> None:
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
    report = quick_desk.load(mapping, *files)
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


def test_northwind_with_commas_that_nobody_quoted_is_refused_row_by_row(quick_desk: Desk, real_data: Path) -> None:
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
    report = quick_desk.load(mapping, real_data / "northwind-broken-neo4j")
    assert not report.written
    assert report.counts["sale"].refused == 176
    assert report.counts["account"].refused == 24
    broken = [each for each in report.refusals if "fields" in each.fault.what]
    assert len(broken) == 176 + 24
    assert all("Look for a delimiter" in each.fault.remedy for each in broken)
