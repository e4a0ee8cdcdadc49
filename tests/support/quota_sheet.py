"""A small quota sheet: a team in a team, a manager who sells, a vacant seat with two product lines."""

from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.planning.quotas.sheet import Hold, Leaf, Node, Sheet, Span

MONTHS = [date(2026, month, 1) for month in range(1, 13)]
SPANS = (
    Span("year", "FY2026", 0, 11),
    *(
        span
        for quarter in range(4)
        for span in (
            *(Span(f"m{month}", f"{month + 1}", month, month) for month in range(quarter * 3, quarter * 3 + 3)),
            Span(f"q{quarter}", f"Q{quarter + 1}", quarter * 3, quarter * 3 + 2),
        )
    ),
)
NODES = (
    Node("team:1", "West", None, team=True),
    Node("seat:1", "Kim, own", 0, 1),
    Node("seat:2", "Ruiz, Ana", 0, 2),
    Node("team:3", "North", 0, team=True),
    Node("seat:3", "Chen, Bo", 3, 3),
    Node("seat:4", "Sales executive (vacant)", 3, None, vacant=True),
    Node("seat:4:7", "Software", 5, 4, 7),
    Node("seat:4:8", "Service", 5, 4, 8),
)
LEAVES = [Leaf(seat, line, month) for seat, line in ((1, 0), (2, 0), (3, 0), (4, 7), (4, 8)) for month in MONTHS]
YEAR, MARCH, FIRST_QUARTER = 0, 3, 4


def u(amount: int) -> int:
    """Whole currency units in smallest units."""
    return Amount(amount).units


QUOTAS = st.none() | st.integers(-(10**9), 10**9).map(u)
"""Quotas in whole currency units."""


def sheet(amounts: Mapping[int, int | None] | None = None, holds: Mapping[Leaf, Hold] | None = None) -> Sheet:
    """The sheet with these quotas."""
    return Sheet(NODES, MONTHS, SPANS, amounts or {}, holds)


def plain_sum(of: Sheet, row: int, span: int) -> Amount | None:
    """What the leaves behind a cell add up to."""
    known = [amount for leaf in of.leaves(row, span) if (amount := of.leaf(leaf)) is not None]
    return Amount.sum(known) if known else None


def every_sum_holds(of: Sheet) -> bool:
    """Whether every number is the sum of its leaves."""
    cells = [(row, span) for row in range(len(NODES)) for span in range(len(SPANS))]
    return all(of.value(row, span) == plain_sum(of, row, span) for row, span in cells)
