"""Sales and credits: shares that sum to the sale, seats they were earned in, currencies."""

import pytest

from tests.exchange.support import SMALL, Desk, told

CREDITS = (
    "SELECT v.source_id, p.source_id, s.source_id, c.role, c.rule, c.amount, c.cost FROM credit c"
    " JOIN sale v ON v.id = c.sale_id JOIN person p ON p.id = c.person_id LEFT JOIN seat s ON s.id = c.seat_id"
    " ORDER BY 1, 4, 2"
)


def test_the_owner_earns_all_unless_the_source_shares_it(desk: Desk) -> None:
    desk.small()
    assert desk.rows(CREDITS) == [
        ("V1", "P2", "S2", "primary", "owner", 10_000_000, 4_000_000),
        ("V2", "P1", "S1", "overlay", "overlay", 100_010, None),
        ("V2", "P3", "S3", "primary", "split", 500_050, None),
        ("V2", "P2", "S2", "split", "split", 500_050, None),
    ]


def test_credits_sum_to_their_sale_to_the_last_ten_thousandth(quick_desk: Desk) -> None:
    thirds = "sale,person,share,role\nV1,P1,0.333333333,primary\nV1,P2,0.333333333,split\nV1,P3,0.333333334,split\n"
    quick_desk.small(sales=SMALL["sales.csv"].replace("1000,400", "0.0002,0.01"), credits=thirds)
    assert quick_desk.rows(
        "SELECT sum(c.amount), sum(c.cost), count(*) FROM credit c JOIN sale v ON v.id = c.sale_id"
        " WHERE v.source_id = 'V1'"
    ) == [(2, 100, 3)]


@pytest.mark.parametrize(
    ("rows", "told_so"),
    [
        ("V2,P3,0.5,primary\nV2,P2,0.4,split\n", "sum to 0.9"),
        ("V2,P3,0.5,primary\nV2,P2,0.5,primary\n", "2 primary credits"),
        ("V2,P3,1,split\n", "0 primary credits"),
        ("V2,P3,1.5,primary\nV2,P2,-0.5,split\n", "is no share"),
        ("V2,P9,1,primary\n", "There is no “P9”"),
        ("V9,P3,1,primary\n", "There is no “V9”"),
        ("V2,P3,1,owner\n", "is not known here"),
    ],
)
def test_credits_that_do_not_add_up_are_refused(quick_desk: Desk, rows: str, told_so: str) -> None:
    report = quick_desk.small(credits="sale,person,share,role\n" + rows)
    assert told_so in told(report)
    assert not report.written


def test_a_sale_whose_credits_are_refused_is_not_given_to_its_owner(quick_desk: Desk) -> None:
    for name, content in SMALL.items():
        quick_desk.write({name: content})
    quick_desk.write({"credits.csv": "sale,person,share,role\nV2,P3,0.5,primary\n"})
    report = quick_desk.load(skip_refused=True)
    assert report.written
    assert (report.counts["sale"].inserted, report.counts["sale"].refused) == (2, 1)
    assert quick_desk.one("SELECT count(*) FROM credit") == 1


def test_an_overlay_beside_a_sale_leaves_all_of_it_to_the_owner(quick_desk: Desk) -> None:
    quick_desk.small(credits="sale,person,share,role\nV1,P1,0.25,overlay\n")
    assert quick_desk.rows(CREDITS)[:2] == [
        ("V1", "P1", "S1", "overlay", "overlay", 2_500_000, 1_000_000),
        ("V1", "P2", "S2", "primary", "owner", 10_000_000, 4_000_000),
    ]


def test_a_new_owner_takes_the_credit_over(quick_desk: Desk) -> None:
    quick_desk.small()
    report = quick_desk.small(sales=SMALL["sales.csv"].replace("400,USD,P2", "400,USD,P3"))
    assert report.counts["credit"].updated == 1
    assert ("V1", "P3", "S3", "primary", "owner", 10_000_000, 4_000_000) in quick_desk.rows(CREDITS)
    assert quick_desk.one("SELECT count(*) FROM credit") == 4


def test_credits_that_are_shared_anew_replace_the_old_ones(desk: Desk) -> None:
    desk.small()
    report = desk.small(credits="sale,person,share,role\nV2,P1,1,primary\n")
    assert (report.counts["credit"].removed, report.counts["credit"].inserted) == (3, 1)
    assert (
        desk.one("SELECT sum(c.amount) FROM credit c JOIN sale v ON v.id = c.sale_id WHERE v.source_id = 'V2'")
        == 1_000_100
    )


def test_sales_alone_leave_earlier_shares_as_they_are(desk: Desk) -> None:
    desk.small()
    more = SMALL["sales.csv"].replace("100.01", "200.02")
    report = desk.load(None, desk.write({"sales.csv": more}) / "sales.csv")
    assert report.counts["credit"].updated == 3
    assert ("V2", "P2", "S2", "split", "split", 1_000_100, None) in desk.rows(CREDITS)


def test_credit_is_earned_in_the_seat_of_the_booking_day(quick_desk: Desk) -> None:
    moved = (
        "person,seat,valid_from,valid_to\nP1,S1,2020-01-01,\n"
        "P2,S2,2020-01-01,2026-02-09\nP2,S3,2026-02-11,\nP3,S3,2021-05-01,2026-02-10\n"
    )
    sales = (
        SMALL["sales.csv"]
        + "V4,,A1,,,2026-02-11,7,,USD,P2\nV5,,A1,,,2019-01-01,8,,USD,P2\nV6,,A1,,,2026-03-09,9,,USD,P3\n"
    )
    quick_desk.small(occupancies=moved, sales=sales, credits=None)
    seats = {row[0]: row[2] for row in quick_desk.rows(CREDITS)}
    assert seats == {"V1": "S2", "V2": "S3", "V4": "S3", "V5": "S2", "V6": "S3"}


def test_amounts_in_other_currencies_are_reported_at_the_years_plan_rate(desk: Desk) -> None:
    sales = SMALL["sales.csv"].replace("1000,400,USD", "1000,400,EUR")
    deals = SMALL["opportunities.csv"].replace("500.25,USD", "500.25,EUR")
    desk.small(rates="fiscal_year,currency,rate\n2026,EUR,1.123456789\n", sales=sales, opportunities=deals)
    assert desk.rows("SELECT amount, reporting_amount, reporting_cost, rate FROM sale WHERE source_id = 'V1'") == [
        (10_000_000, 11_234_568, 4_493_827, 1_123_456_789)
    ]
    assert desk.one("SELECT reporting_amount FROM opportunity WHERE source_id = 'O3'") == 5_620_093
    assert desk.one("SELECT amount FROM credit WHERE rule = 'owner'") == 11_234_568


def test_a_missing_plan_rate_refuses_and_says_which(quick_desk: Desk) -> None:
    report = quick_desk.small(sales=SMALL["sales.csv"].replace("1000,400,USD", "1000,400,EUR"))
    assert "sales.csv, row 2, column currency: There is no plan rate for EUR in FY2026" in told(report)
    assert not report.written


def test_a_sign_of_another_currency_is_refused(quick_desk: Desk) -> None:
    report = quick_desk.small(sales=SMALL["sales.csv"].replace("1000,400", "€1000,400"))
    assert "written in another currency than USD" in told(report)


def test_the_companys_currency_does_not_change_under_its_amounts(quick_desk: Desk) -> None:
    quick_desk.small()
    from salestui.model.values.errors import DataProblem

    with pytest.raises(DataProblem, match="kept in USD"):
        quick_desk.small(company=SMALL["company.toml"].replace("USD", "EUR"))


@pytest.mark.parametrize("outcome", ["G2", "G3"])
def test_a_closed_deal_needs_the_day_it_closed(quick_desk: Desk, outcome: str) -> None:
    deals = f"id,name,stage\nO1,First,{outcome}\nO2,Second,G1\nO3,Third,G1\n"
    report = quick_desk.small(opportunities=deals)
    assert "deal needs the day it closed" in told(report)


def test_refunds_are_sales_below_zero(quick_desk: Desk) -> None:
    quick_desk.small(sales=SMALL["sales.csv"].replace("100.01", "(100.01)"))
    assert quick_desk.one("SELECT sum(c.amount) FROM credit c WHERE c.role <> 'overlay'") == 10_000_000 - 1_000_100
