"""What people type for an amount means what a spreadsheet user expects, and is told off where it means nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered, plain
from salestui.model.values.errors import UsageProblem

AMOUNTS = st.integers(-(2**40), 2**40).map(Amount.from_units)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2m", "1200000"),
        ("450k", "450000"),
        ("450K", "450000"),
        ("2b", "2000000000"),
        (".5k", "500"),
        ("12,345.60", "12345.6"),
        ("(500)", "-500"),
        (" 120000 ", "120000"),
        ("0", "0"),
        ("+5%", "105000"),
        ("-5%", "95000"),
        ("50%", "50000"),
        ("+10k", "110000"),
        ("-10k", "90000"),
        ("−10k", "90000"),
        ("*1.03", "103000"),
        ("*0.333333", "33333"),
    ],
)
def test_an_entry_is_an_amount_or_a_change_of_what_stands_there(text: str, expected: str) -> None:
    assert entered(text, Amount(100000)) == Amount(expected)


@pytest.mark.parametrize("text", ["", "  ", "-", "–"])
def test_no_amount_is_not_zero(text: str) -> None:
    assert entered(text, Amount(5)) is None


@pytest.mark.parametrize("text", ["120.000", "1.500", "130.250.000", "+120.000", "(120.000)"])
def test_what_may_be_thousands_with_points_between_them_is_asked_about(text: str) -> None:
    with pytest.raises(UsageProblem, match="one between thousands"):
        entered(text, Amount(5))


@pytest.mark.parametrize("text", ["120.125", "0.500", "12.50", "1200.500", "120.0"])
def test_other_decimals_are_decimals(text: str) -> None:
    assert entered(text, None) == Amount(text.rstrip("0").rstrip("."))


@pytest.mark.parametrize(("text", "expected"), [("+10k", "10000"), ("-10k", "-10000")])
def test_more_than_nothing_is_an_amount(text: str, expected: str) -> None:
    assert entered(text, None) == Amount(expected)


@pytest.mark.parametrize("text", ["+5%", "*1.03", "5%"])
def test_nothing_has_no_share(text: str) -> None:
    with pytest.raises(UsageProblem, match="no amount yet"):
        entered(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1e5",
        "abc",
        "+",
        "*",
        "%",
        "--5",
        "--5%",
        "+5%%",
        "5%-%",
        "1.2.3",
        "1.23456",
        "9" * 20,
        "12k5",
        "(5",
        "\x1b[31m5",
        "١٢",
    ],
)
def test_what_is_no_amount_is_told_with_what_would_be(text: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        entered(text, Amount(1))
    assert "120k" in str(refused.value)
    assert "\x1b" not in str(refused.value)


@given(AMOUNTS, st.none() | AMOUNTS)
def test_what_is_shown_for_editing_is_read_back(amount: Amount, current: Amount | None) -> None:
    assert entered(plain(amount), current) == amount


@given(AMOUNTS, st.integers(0, 500))
def test_a_percentage_is_rounded_once_to_whole_steps(current: Amount, percent: int) -> None:
    changed = entered(f"+{percent}%", current)
    assert changed is not None
    assert changed.units % 10_000 == 0
    assert abs(changed.units * 100 - current.units * (100 + percent)) <= 50 * 10_000
