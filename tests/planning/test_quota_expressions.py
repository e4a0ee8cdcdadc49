"""What is typed behind `=` is computed once from the numbers around a cell, and never silently no quota."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules.entry import Meaning, entry
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.sheet import Leaf
from tests.support.quota_sheet import FIRST_QUARTER, LEAVES, MARCH, MONTHS, SPANS, YEAR, sheet, u

BEFORE = sheet({Leaf(2, 0, MONTHS[2]): u(1000), Leaf(3, 0, MONTHS[2]): u(-30)})
FOUND = sheet(
    {
        Leaf(1, 0, MONTHS[2]): u(60),
        Leaf(2, 0, MONTHS[0]): u(100),
        Leaf(2, 0, MONTHS[1]): u(200),
        Leaf(2, 0, MONTHS[2]): u(7),
        Leaf(2, 0, MONTHS[3]): u(900),
        Leaf(3, 0, MONTHS[2]): u(40),
        Leaf(4, 7, MONTHS[2]): u(5),
    }
)
AROUND = Around(
    BEFORE.value,
    target=lambda row, span: Amount(8888) if (row, span) == (2, MARCH) else None,
    submitted=lambda row, span: None,
    before=lambda row, span: Amount(70),
)
APRIL, SECOND_QUARTER = 5, 8


def typed(text: str, row: int = 2, span: int = MARCH) -> int | None:
    """What it comes to in a cell."""
    return Meaning(FOUND, text, AROUND).at(row, span)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("=ly*1.12", 1120),
        ("=LY * 112%", 1120),
        ("= ly + 10k", 11_000),
        ("=left*1.02", 204),
        ("=right", 900),
        ("=above", 60),
        ("=below", 40),
        ("=avg(row)", 400),
        ("=sum(row)", 1200),
        ("=min(row)", 100),
        ("=max(row)", 900),
        ("=median(row)", 200),
        ("=sum(col)", 105),
        ("=avg( col )", 52),
        ("=target/2", 4444),
        ("=before+1", 71),
        ("=round(target, 1k)", 9000),
        ("=round(ly/7,10)", 140),
        ("=1.2m/12", 100_000),
        ("=(450k-50k)*25%", 100_000),
        ("=.5b", 500_000_000),
        ("=-(ly)", -1000),
        ("=10/4", 2),
        ("=min(ly, left)", 200),
        ("=default(submitted, 5)", 5),
    ],
)
def test_an_expression_is_computed_exactly_and_rounded_once(text: str, amount: int) -> None:
    assert typed(text) == u(amount)


def test_what_is_beside_is_of_the_same_kind() -> None:
    assert typed("=left", 2, APRIL) == u(7)
    assert typed("=left", 2, SECOND_QUARTER) == u(307)
    assert typed("=sum(children)", 0, MARCH) == u(112)
    assert typed("=max(children)", 3, FIRST_QUARTER) == u(40)
    assert typed("=sum(row)", 2, FIRST_QUARTER) == u(900)
    assert Meaning(FOUND, "=above", Around(order=(4, 0, 2, 1))).at(2, MARCH) == u(40)


@pytest.mark.parametrize(
    ("text", "row", "span", "reason"),
    [
        ("=ly", 1, MARCH, "Kim, own 3: “=ly” comes to nothing: there is no last year here"),
        ("=left", 2, 1, "there is no quota in the column to the left here"),
        ("=left", 2, YEAR, "there is no quota in the column to the left here"),
        ("=above", 1, MARCH, "there is no quota above here"),
        ("=avg(children)", 2, MARCH, "there is no quota under this row here"),
        ("=sum(col)", 0, MARCH, "there is no other row beside this one here"),
        ("=submitted", 2, MARCH, "there is no submitted quota here"),
        ("=target", 1, MARCH, "there is no target here"),
        ("=5/0", 2, MARCH, "it divides by zero"),
        ("=ly/(left-left)", 2, MARCH, "it divides by zero"),
        ("=round(5, 0)", 2, MARCH, "it divides by zero"),
    ],
)
def test_what_comes_to_nothing_is_refused_with_the_reason(text: str, row: int, span: int, reason: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        typed(text, row, span)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=lye*2", "Did you mean “ly”?"),
        ("=lye*2", "There is no name “lye”."),
        ("=averge(row)", "avg(row)"),
        ("=row*2", "avg(row)"),
        ("=(ly", "such as =ly*1.12"),
        ("=ly*(1.12", "a bracket is not closed"),
        ("=ly)*(1.12", "a bracket is closed that was not opened"),
        ("=ly *", "nothing follows the last “*”"),
        ("=", "such as =ly*1.12"),
        ("=ly ly", "such as =ly*1.12"),
        ("=12abc", "such as =ly*1.12"),
        ("=10%3", "such as =ly*1.12"),
        ("=__import__('os')", "such as =ly*1.12"),
        ("=ly**9", "such as =ly*1.12"),
        ("=\x1b[31m", "such as =ly*1.12"),
        ("=900000b*9", "more than can be kept"),
        ("1.2x", "no amount"),
        ("12 000 000k0", "no amount"),
        ("99999999999999999999", "more than can be kept"),
        ("+900000b", "more than can be kept"),
    ],
)
def test_what_is_no_expression_is_told_with_what_would_be(text: str, told: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        entry(sheet({LEAVES[0]: u(900_000_000_000_000)}), [(1, 1)], text, around=AROUND)
    assert told in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_one_cell_that_comes_to_nothing_refuses_all() -> None:
    with pytest.raises(UsageProblem, match="no last year"):
        entry(FOUND, [(2, MARCH), (2, APRIL)], "=ly", around=AROUND)


def test_every_cell_has_its_own_neighbours() -> None:
    months = [number for number, span in enumerate(SPANS) if span.is_month][1:4]
    assert entry(FOUND, [(2, month) for month in months], "=left*2").changes == {
        Leaf(2, 0, MONTHS[2]): u(400),
        Leaf(2, 0, MONTHS[3]): u(14),
    }


def test_an_expression_in_a_sum_is_spread() -> None:
    changes = entry(FOUND, [(2, FIRST_QUARTER)], "=before*614/70*1", around=AROUND).changes
    assert changes == {Leaf(2, 0, MONTHS[0]): u(200), Leaf(2, 0, MONTHS[1]): u(400), Leaf(2, 0, MONTHS[2]): u(14)}


PIECES = st.sampled_from([*"+-*/()%.,k1 ", "ly", "left", "avg(row)", "max(", "round(", "row", "5%", "1.2m", "if", "=="])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_row_of_pieces_is_an_amount_or_is_refused(text: str) -> None:
    try:
        units = typed("=" + text)
    except UsageProblem:
        return
    assert isinstance(units, int)
