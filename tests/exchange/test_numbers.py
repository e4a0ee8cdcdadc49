from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.exchange.numbers import NumberStyle, amounts, currency_contradicts, decimals, rates, wholes
from salestui.exchange.trouble import Fault
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate

POINT, COMMA = NumberStyle(), NumberStyle(decimal=",")


def one(text: str, style: NumberStyle = POINT) -> Amount | Fault | None:
    (found,) = amounts([text], style)
    return found


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.5"),
        ("1,234.5678", "1234.5678"),
        ("1,234,567", "1234567"),
        ("$450,000.00", "450000"),
        ("$ 450", "450"),
        ("450 €", "450"),
        ("EUR 450", "450"),
        ("-$1.50", "-1.5"),
        ("$-1.50", "-1.5"),
        ("(1,234.50)", "-1234.5"),
        ("($1,234.50)", "-1234.5"),
        ("−3", "-3"),
        ("+3", "3"),
        (".5", "0.5"),
        ("01581", "1581"),
        ("1 234 567.8", "1234567.8"),
        ("1’234.50", "1234.5"),
        ("0", "0"),
        ("20565.62060000", "20565.6206"),
    ],
)
def test_amounts_are_read_as_they_are_usually_written(text: str, amount: str) -> None:
    assert one(text) == Amount(amount)


@pytest.mark.parametrize(
    ("text", "amount"), [("12.345,67", "12345.67"), ("5,70", "5.7"), ("1 234,5", "1234.5"), ("7", "7")]
)
def test_a_decimal_comma_is_read_where_the_mapping_says_so(text: str, amount: str) -> None:
    assert one(text, COMMA) == Amount(amount)


@pytest.mark.parametrize(
    "text",
    [
        "12,34x",
        "1e5",
        "NaN",
        "--1",
        "(-1)",
        "$1€",
        "1.2.3",
        "12,34",
        "0,456",
        "1,23,456",
        "1,2345",
        "10%",
        "١٢",
        "-",
        "abc",
        "12:30",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert isinstance(one(text), Fault)


def test_more_than_four_places_are_refused_unless_the_mapping_rounds() -> None:
    fault = one("9.80001")
    assert isinstance(fault, Fault)
    assert "more than 4 decimal places" in fault.what
    assert one("9.80001", NumberStyle(places=2)) == Amount("9.8")
    assert one("0.125", NumberStyle(places=2)) == Amount("0.12")


def test_what_does_not_fit_into_64_bits_is_refused() -> None:
    assert isinstance(one("1" + "0" * 30), Fault)


def test_a_column_that_a_spreadsheet_mangled_is_refused_not_guessed() -> None:
    found = amounts(["2,024,994", "5,70", "874,794", "12"], POINT)
    assert [isinstance(value, Fault) for value in found] == [True, True, True, False]


def test_a_column_of_decimal_commas_with_two_of_them_in_one_number_is_refused() -> None:
    found = amounts(["2,024,994", "5,70", "12"], COMMA)
    assert [isinstance(value, Fault) for value in found] == [True, True, False]


def test_a_column_whose_points_may_part_thousands_asks_for_the_decimal_mark() -> None:
    told = ["1.234", "12.500", "850", None]
    found = amounts(told, POINT)
    assert [isinstance(value, Fault) for value in found] == [True, True, False, False]
    assert amounts(told, NumberStyle(".")) == [Amount("1.234"), Amount("12.5"), Amount(850), None]
    assert amounts(told, COMMA) == [Amount(1234), Amount(12500), Amount(850), None]
    assert amounts([*told, "0.5"], POINT)[0] == Amount("1.234")


def test_one_typing_error_does_not_condemn_the_column() -> None:
    found = amounts(["1,234", "12,34x"], POINT)
    assert found[0] == Amount(1234)
    assert isinstance(found[1], Fault)


def test_rates_take_percentages() -> None:
    assert rates(["25%", "0.25", "12.5 %", None], POINT) == [Rate("0.25"), Rate("0.25"), Rate("0.125"), None]


def test_whole_numbers_are_whole() -> None:
    found = wholes(["12", "3.0", None, "1.5", "x", "99999999999"])
    assert found[:3] == [12, 3, None]
    assert all(isinstance(value, Fault) for value in found[3:])


@pytest.mark.parametrize(
    ("text", "currency", "contradicts"),
    [
        ("$5", "USD", False),
        ("$5", "CAD", False),
        ("$5", "EUR", True),
        ("US$5", "CAD", True),
        ("€5", "EUR", False),
        ("5 €", "USD", True),
        ("CHF 5", "CHF", False),
        ("CHF 5", "USD", True),
        ("5", "USD", False),
    ],
)
def test_an_amount_in_another_currency_is_seen(text: str, currency: str, contradicts: bool) -> None:
    assert currency_contradicts(text, currency) is contradicts


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_every_amount_survives_being_written_and_read(value: Decimal) -> None:
    assert one(f"{value:,}") == Amount(value)
    german = f"{value:,}".translate(str.maketrans(",.", ".,"))
    assert one(german, COMMA) == Amount(value)


@given(st.lists(st.one_of(st.none(), st.text(max_size=12))), st.sampled_from([POINT, COMMA, NumberStyle(places=2)]))
def test_no_text_makes_numbers_fail(texts: Sequence[str | None], style: NumberStyle) -> None:
    for kind in (amounts, rates, decimals):
        assert len(kind(texts, style)) == len(texts)
