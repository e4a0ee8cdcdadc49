"""Amount and Rate have the same manners: exact, of one kind, within 64 bits."""

import copy
import operator
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.exact import Exact
from salestui.model.values.rate import Rate

KINDS = pytest.mark.parametrize("kind", [Amount, Rate])
INT64 = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-(10**12), 10**12)


@KINDS
@given(units=INT64)
def test_parse_reads_back_what_str_writes(kind: type[Exact], units: int) -> None:
    value = kind.from_units(units)
    assert kind.parse(str(value)) == value
    assert kind(str(value)) == value
    assert kind(value.decimal) == value


@KINDS
@given(units=INT64)
def test_the_printed_form_is_the_shortest_plain_decimal(kind: type[Exact], units: int) -> None:
    text = str(kind.from_units(units))
    assert Fraction(text) == Fraction(units, 10**kind.PLACES)
    assert "e" not in text.lower()
    assert "," not in text
    assert text != "-0"
    if "." in text:
        assert not text.endswith(("0", "."))


@given(units=INT64)
def test_parse_takes_thousands_commas(units: int) -> None:
    amount = Amount.from_units(units)
    assert Amount.parse(f"{amount.decimal:,}") == amount


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("0", 0),
        ("-0", 0),
        ("+5", 50_000),
        (".5", 5_000),
        ("007", 70_000),
        ("-1.2345", -12_345),
        ("1.23450000", 12_345),
        (" 12 ", 120_000),
        ("−3", -30_000),
        ("1,145,149.1969", 11_451_491_969),
        ("922337203685477.5807", 2**63 - 1),
        ("-922337203685477.5808", -(2**63)),
    ],
)
def test_texts_that_are_amounts(text: str, units: int) -> None:
    assert Amount.parse(text).units == units


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", ".", "5.", "1e3", "nan", "inf", "1_000", "1.2.3", "--1", "£5", "12%", "１２", "٣", "1,23", "1,2345"],
)
def test_texts_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain decimal number"):
        Amount.parse(text)


@pytest.mark.parametrize(
    "text", [",123", "1234,567", "12,34.5", "1,234.5,6", "1,234,56", "1,,234", "1.5 2", "0x10", "1\n2", "1-"]
)
def test_misplaced_commas_and_the_like_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain decimal number"):
        Amount.parse(text)


def test_the_constructor_takes_no_commas() -> None:
    with pytest.raises(ValueError, match="not a plain decimal number"):
        Amount("1,234")


@pytest.mark.parametrize("value", ["1.23456", Decimal("1.23456"), Decimal("1E-5"), "0.00001"])
def test_a_fifth_decimal_place_is_refused(value: str | Decimal) -> None:
    with pytest.raises(ValueError, match="more than 4 decimal places"):
        Amount(value)


@pytest.mark.parametrize(
    "value",
    ["922337203685477.5808", "-922337203685477.5809", 10**15, Decimal("1E+300"), "9" * 10_000],
    ids=lambda it: str(it)[:22],
)
def test_what_does_not_fit_into_64_bits_is_refused(value: str | int | Decimal) -> None:
    with pytest.raises(ValueError, match="too large"):
        Amount(value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+999999"), Decimal("1E-999999")])
def test_a_decimal_nobody_can_count_with_is_refused_at_once(value: Decimal) -> None:
    with pytest.raises(ValueError, match="count"):
        Amount(value)
    with pytest.raises(ValueError, match="count"):
        Amount(1).scaled(value)


@pytest.mark.parametrize("value", [1.5, True, None, b"1", [1]])
def test_floats_and_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="takes text, int or Decimal"):
        Amount(value)


@KINDS
@given(a=SMALL, b=SMALL, times=st.integers(-1000, 1000))
def test_arithmetic_is_that_of_whole_units(kind: type[Exact], a: int, b: int, times: int) -> None:
    first, second = kind.from_units(a), kind.from_units(b)
    assert (first + second).units == a + b
    assert (first - second).units == a - b
    assert (-first).units == -a
    assert abs(first).units == abs(a)
    assert (first * times).units == (times * first).units == a * times
    assert bool(first) is (a != 0)
    assert (first < second, first <= second, first > second, first >= second) == (a < b, a <= b, a > b, a >= b)
    assert (first == second) is (a == b)
    assert kind.sum([first, second, first]) == first + second + first


def test_the_sum_of_nothing_is_zero() -> None:
    assert Amount.sum([]) == ZERO
    assert Amount.sum(iter([Amount(1), Amount("0.5")])) == Amount("1.5")


def test_a_sum_takes_its_own_kind_only() -> None:
    rates: Any = [Rate(1)]
    with pytest.raises(TypeError, match="cannot sum Rate as Amount"):
        Amount.sum(rates)


def test_arithmetic_beyond_64_bits_is_refused() -> None:
    lowest, highest = Amount.from_units(-(2**63)), Amount.from_units(2**63 - 1)
    with pytest.raises(ValueError, match="too large"):
        operator.neg(lowest)
    with pytest.raises(ValueError, match="too large"):
        highest + Amount("0.0001")
    with pytest.raises(ValueError, match="too large"):
        Amount.sum([highest, highest])
    assert Amount.sum([highest, highest, -highest]) == highest


@KINDS
@pytest.mark.parametrize("other", [1, Decimal(1), "1", None, 1.0, (10_000,)])
def test_another_kind_is_never_equal(kind: type[Exact], other: object) -> None:
    assert (kind(1) == other, kind(1) != other) == (False, True)


@pytest.mark.parametrize("other", [1, 1.0, Decimal(1), Rate(1)])
@pytest.mark.parametrize("do", [operator.lt, operator.le, operator.gt, operator.ge, operator.add, operator.sub])
def test_another_kind_is_neither_ordered_nor_added(do: Callable[[object, object], object], other: object) -> None:
    with pytest.raises(TypeError):
        do(Amount(1), other)
    with pytest.raises(TypeError):
        do(other, Amount(1))


@pytest.mark.parametrize("other", [1.5, Decimal(2), Amount(2)])
def test_only_whole_numbers_multiply(other: object) -> None:
    with pytest.raises(TypeError):
        operator.mul(Amount(1), other)


def test_amount_and_rate_of_the_same_units_differ() -> None:
    assert Amount.from_units(5) != Rate.from_units(5)


@KINDS
@given(units=INT64)
def test_equal_values_have_one_hash_and_survive_copying(kind: type[Exact], units: int) -> None:
    value = kind.from_units(units)
    for twin in (kind.from_units(units), copy.copy(value), copy.deepcopy(value)):
        assert twin == value
        assert hash(twin) == hash(value)


def test_values_cannot_be_changed() -> None:
    amount: Any = Amount(1)
    with pytest.raises(AttributeError):
        amount.units = 5
    with pytest.raises(AttributeError):
        amount.note = "other"


def test_repr_can_be_typed_in_again() -> None:
    assert repr(Amount("-1.50")) == "Amount('-1.5')"
    assert repr(Rate("0.05")) == "Rate('0.05')"


FACTORS = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False)


@given(units=SMALL, factor=FACTORS, step=st.sampled_from(["0.0001", "0.01", "1", "5", "1000"]))
def test_scaling_rounds_once_half_to_even(units: int, factor: Decimal, step: str) -> None:
    size = Fraction(step)
    exact = Fraction(units, 10_000) * Fraction(factor)
    scaled = Amount.from_units(units).scaled(factor, step=Amount(step))
    assert Fraction(scaled.decimal) == round(exact / size) * size


@pytest.mark.parametrize(
    ("amount", "factor", "step", "result"),
    [
        ("0.0001", Decimal("0.5"), "0.0001", "0"),
        ("0.0003", Decimal("0.5"), "0.0001", "0.0002"),
        ("-0.0003", Decimal("0.5"), "0.0001", "-0.0002"),
        ("100000", Rate("0.05"), "0.01", "5000"),
        ("2.5", 1, "1", "2"),
        ("3.5", 1, "1", "4"),
        ("20000", Decimal(1) / Decimal(3), "0.01", "6666.67"),
    ],
)
def test_scaling_examples(amount: str, factor: Decimal | Rate | int, step: str, result: str) -> None:
    assert Amount(amount).scaled(factor, step=Amount(step)) == Amount(result)


def test_scaling_does_not_depend_on_the_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        assert Amount("123456.7891").scaled(Decimal("1.000001")) == Amount("123456.9126")


@pytest.mark.parametrize("step", ["0", "-1"])
def test_a_step_must_be_above_zero(step: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        Amount(1).scaled(1, step=Amount(step))


def test_a_float_factor_is_refused() -> None:
    half: Any = 0.5
    with pytest.raises(TypeError, match="takes int, Decimal, Amount or Rate"):
        Amount(1).scaled(half)


def test_a_ratio_is_a_decimal() -> None:
    assert Amount(7875).ratio(Amount(2625)) == 3
    assert Amount(1).ratio(Amount(3)) == Decimal(1) / Decimal(3)


@pytest.mark.parametrize("part", [0, 1])
def test_a_ratio_to_zero_is_not_a_number(part: int) -> None:
    with pytest.raises(ZeroDivisionError):
        Amount(part).ratio(ZERO)


def test_a_ratio_is_between_values_of_one_kind() -> None:
    rate: Any = Rate(1)
    with pytest.raises(TypeError, match="no ratio of Amount to Rate"):
        Amount(1).ratio(rate)
