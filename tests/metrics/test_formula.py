"""Formulas compute what they say, and nothing else can be made to run."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.metrics.formula import MAX_LENGTH, parse
from salestui.model.values.errors import UsageProblem

KNOWN = {"won", "lost", "quota", "bookings"}
MEASURES = {"won": Decimal(45), "lost": Decimal(135), "quota": None, "bookings": Decimal("1.5")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("won / (won + lost)", Decimal("0.25")),
        ("won - lost * 2", Decimal(-225)),
        ("-won", Decimal(-45)),
        ("0.1 + 0.2", Decimal("0.3")),
        ("won if won > lost else lost", Decimal(135)),
        ("min(won, lost) + max(won, lost)", Decimal(180)),
        ("abs(won - lost)", Decimal(90)),
        ("won > 1 and lost > 1", Decimal(1)),
        ("not won", Decimal(0)),
        ("won / quota", None),
        ("won / 0", None),
        ("quota > 1 or won > 1", None),
        ("default(quota, won)", Decimal(45)),
    ],
)
def test_a_formula_is_exact_and_what_is_missing_stays_missing(text: str, value: Decimal | None) -> None:
    assert parse(text, KNOWN).value(MEASURES) == value


@pytest.mark.parametrize(
    "text",
    [
        "won ** 2",
        "won.real",
        "won[0]",
        "__import__('os')",
        "open('x')",
        "(lambda: won)()",
        "[won for won in (1,)]",
        "f'{won}'",
        "'won'",
        "True",
        "1j",
        "1e999999",
        "0x10",
        "1if won else 2",
        "1.if won else 2",
        "won := 3",
        "won @ lost",
        "won // lost",
        "won % lost",
        "won << 2",
        "min(*won)",
        "min(won, key=abs)",
        "abs()",
        "1 < won < 3",
        "won;lost",
        "",
        "ẃon",
        "(" * 300 + "won" + ")" * 300,
        "-" * 60 + "won",
        "+".join(["won"] * 200),
        "w" * (MAX_LENGTH + 1),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse(text, KNOWN)


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match="bookings"):
        parse("bokings / quota", KNOWN)


@given(st.text(max_size=80))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        formula = parse(text, KNOWN)
    except UsageProblem:
        return
    assert formula.names <= KNOWN
    value = formula.value(MEASURES)
    assert value is None or isinstance(value, Decimal)


PIECES = st.sampled_from(
    [*"+-*/()<>=,.", " ", "**", "won", "lost", "if", "else", "and", "not", "9", "1e9", "min(", "[", "]"]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_row_of_pieces_is_a_formula_or_is_refused(text: str) -> None:
    try:
        value = parse(text, KNOWN).value(MEASURES)
    except UsageProblem:
        return
    assert value is None or isinstance(value, Decimal)
