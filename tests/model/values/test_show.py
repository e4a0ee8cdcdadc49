"""Numbers print short, rounded half to even from exact values, and unknown ones as a dash."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.model.values.show import count, days, exact, money, percent, sparkline, times, whole

AMOUNTS = st.integers(-(2**63), 2**63 - 1).map(Amount.from_units)
SCALE = {"": 1, "k": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("4210000", "4.21M"),
        ("64000", "64k"),
        ("64231", "64.2k"),
        ("5900000", "5.90M"),
        ("5000000", "5M"),
        ("-120000", "−120k"),
        ("12400000", "12.4M"),
        ("1325000", "1.32M"),
        ("1335000", "1.34M"),
        ("999499", "999k"),
        ("999500", "1M"),
        ("999949999", "1B"),
        ("-999999.9999", "−1M"),
        ("999.5", "1k"),
        ("950.5", "950"),
        ("64.25", "64.2"),
        ("9.5", "9.50"),
        ("0.42", "0.42"),
        ("0", "0"),
        ("-0.0001", "0"),
        ("13571431500000", "13.6T"),
        ("922337203685477", "922T"),
    ],
)
def test_money_in_short(amount: str, shown: str) -> None:
    assert money(Amount(amount)) == shown


@given(AMOUNTS)
def test_short_money_is_three_digits_of_the_truth(amount: Amount) -> None:
    shown = money(amount)
    suffix = shown[-1] if shown[-1] in SCALE else ""
    number = shown.removesuffix(suffix).removeprefix("−").replace(",", "")
    assert len(number) <= 4
    error = abs(Decimal(number) * SCALE[suffix] - abs(amount.decimal))
    assert error <= max(abs(amount.decimal) * Decimal("0.005"), Decimal("0.005"))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1145149.1969", "1,145,149.1969"),
        ("12400000", "12,400,000"),
        ("1234.5", "1,234.50"),
        ("-1234.567", "−1,234.567"),
        ("-0.05", "−0.05"),
        ("0", "0"),
    ],
)
def test_money_in_full(amount: str, shown: str) -> None:
    assert money(Amount(amount), "full") == shown


@given(AMOUNTS)
def test_money_in_full_can_be_read_back(amount: Amount) -> None:
    assert Amount.parse(money(amount, "full")) == amount


def test_money_of_a_column_keeps_one_unit() -> None:
    assert money(Amount(1_325_000), unit="k") == "1,325k"
    assert money(Amount(-500), unit="k") == "0k"
    assert money(Amount("99.5"), unit="") == "100"


@pytest.mark.parametrize(
    "shown", [money(None), money(None, "full"), percent(None), times(None), count(None), days(None)]
)
def test_what_is_not_known_is_a_dash(shown: str) -> None:
    assert shown == "–"


@pytest.mark.parametrize(
    ("ratio", "places", "shown"),
    [
        ("0.71", 0, "71%"),
        ("-0.01", 1, "−1.0%"),
        ("0.705", 0, "70%"),
        ("0.715", 0, "72%"),
        ("-0.004", 0, "0%"),
        ("12.5", 0, "1,250%"),
        ("0.0526", 2, "5.26%"),
    ],
)
def test_percent(ratio: str, places: int, shown: str) -> None:
    assert percent(Decimal(ratio), places) == shown


def test_times_count_and_days() -> None:
    assert times(Decimal("2.4")) == "2.4×"
    assert times(Decimal("2.45")) == "2.4×"
    assert times(Decimal(3), 0) == "3×"
    assert count(1234567) == "1,234,567"
    assert count(-3) == "−3"
    assert days(Decimal("45.5")) == "46 days"
    assert days(Decimal("44.25"), 1) == "44.2 days"
    assert days(1) == "1 day"
    assert days(0) == "0 days"


def test_a_sparkline_stands_on_zero_and_leaves_gaps() -> None:
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"
    assert sparkline([Amount(7), None, Amount(0)]) == "█ ▁"
    assert sparkline([Decimal("0.9"), Decimal("1.0")]) == "▇█"
    assert sparkline([-7, 0]) == "▁█"
    assert sparkline([0, 0, None]) == "▁▁ "
    assert sparkline([]) == ""


@given(st.lists(st.none() | AMOUNTS, max_size=30))
def test_a_sparkline_orders_its_bars_as_its_values(values: list[Amount | None]) -> None:
    line = sparkline(values)
    assert len(line) == len(values)
    known = sorted((value, bar) for value, bar in zip(values, line, strict=True) if value is not None)
    assert [bar for _, bar in known] == sorted(bar for _, bar in known)
    assert all((value is None) == (bar == " ") for value, bar in zip(values, line, strict=True))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("82500", "82.5k"),
        ("2038000", "2,038k"),
        ("34367500", "34,367.5k"),
        ("12345", "12,345"),
        ("900", "900"),
        ("1000", "1k"),
        ("0", "0"),
        ("-77000", "−77k"),
        ("-82550", "−82,550"),
        ("1000.5", "1,000.50"),
    ],
)
def test_an_exact_amount_is_short_where_nothing_is_lost(amount: str, shown: str) -> None:
    assert exact(Amount(amount)) == shown


def test_no_amount_is_shown_as_none() -> None:
    assert exact(None) == "–"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1145149.1969", "1,145,149"), ("-2.5", "−2"), ("0.4", "0.40"), ("-0.0001", "−0.0001"), ("0", "0"), ("7", "7")],
)
def test_whole_units_are_shown_unless_nothing_would_be_left(amount: str, shown: str) -> None:
    assert whole(Amount(amount)) == shown


def test_no_whole_units_are_a_dash() -> None:
    assert whole(None) == "–"
