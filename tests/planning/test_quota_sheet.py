"""The quota sheet: every sum is that of its leaves, to the last unit, and no quota is not a quota of nothing."""

from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.amount import Amount
from salestui.planning.quotas.sheet import Units
from tests.support.quota_sheet import FIRST_QUARTER, LEAVES, MARCH, QUOTAS, YEAR, every_sum_holds, sheet, u


def test_a_leaf_moves_every_sum_above_it() -> None:
    found = sheet({LEAVES[14]: u(100)})
    assert [found.value(row, MARCH) for row in range(4)] == [Amount(100), None, Amount(100), None]
    assert found.value(0, YEAR) == found.value(0, FIRST_QUARTER) == Amount(100)
    found.put(LEAVES[14], u(130))
    assert found.value(0, YEAR) == Amount(130)


def test_no_quota_is_not_a_quota_of_nothing() -> None:
    found = sheet({LEAVES[0]: 0})
    assert found.value(0, YEAR) == Amount(0)
    found.put(LEAVES[0], None)
    assert found.value(0, YEAR) is None


@given(st.dictionaries(st.sampled_from(LEAVES), QUOTAS))
def test_sums_are_those_of_their_leaves(amounts: Units) -> None:
    assert every_sum_holds(sheet(amounts))
