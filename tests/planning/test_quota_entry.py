"""What is typed into quotas and into sums of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.sheet import Leaf
from tests.support.quota_sheet import (
    FIRST_QUARTER,
    LEAVES,
    MARCH,
    MONTHS,
    NODES,
    SPANS,
    sheet,
    u,
)


def test_typing_into_a_sum_changes_what_it_is_the_sum_of() -> None:
    found = sheet({Leaf(2, 0, MONTHS[0]): u(100), Leaf(2, 0, MONTHS[1]): u(300)})
    assert entry(found, [(2, FIRST_QUARTER)], "800").changes == {
        Leaf(2, 0, MONTHS[0]): u(200),
        Leaf(2, 0, MONTHS[1]): u(600),
    }
    assert entry(found, [(2, FIRST_QUARTER)], "+10%").changes[Leaf(2, 0, MONTHS[1])] == u(330)
    assert entry(found, [(2, FIRST_QUARTER)], "").changes == {Leaf(2, 0, MONTHS[0]): None, Leaf(2, 0, MONTHS[1]): None}


def test_a_sum_and_its_part_are_not_typed_into_at_once() -> None:
    with pytest.raises(UsageProblem, match="a sum and parts of it"):
        entry(sheet(), [(2, FIRST_QUARTER), (2, MARCH)], "5")


@given(st.lists(st.tuples(st.integers(0, len(NODES) - 1), st.integers(0, len(SPANS) - 1)), unique=True, max_size=6))
def test_an_entry_is_what_stands_there_afterwards_or_is_refused(cells: list[tuple[int, int]]) -> None:
    found = sheet({leaf: u(number) for number, leaf in enumerate(LEAVES)})
    try:
        changes = entry(found, cells, "1.2k").changes
    except UsageProblem:
        assert any(
            set(found.leaves(*one)) & set(found.leaves(*other)) for one in cells for other in cells if one != other
        )
        return
    for leaf, amount in changes.items():
        found.put(leaf, amount)
    assert all(found.value(*cell) == Amount(1200) for cell in cells)
