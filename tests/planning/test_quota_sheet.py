"""The quota sheet: whatever is typed, undone and done again, every sum is that of its leaves, to the last unit."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.draft import Draft, draft_of
from salestui.planning.quotas.rules import entry, pasted, spread
from salestui.planning.quotas.sheet import Leaf, Node, Sheet, Span

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
AMOUNTS = st.none() | st.integers(-(10**9), 10**9).map(Amount)


def sheet(amounts: dict[Leaf, Amount | None] | None = None) -> Sheet:
    return Sheet(NODES, MONTHS, SPANS, amounts or {})


def plain_sum(of: Sheet, row: int, span: int) -> Amount | None:
    known = [amount for leaf in of.leaves(row, span) if (amount := of.leaf(leaf)) is not None]
    return Amount.sum(known) if known else None


def every_sum_holds(of: Sheet) -> bool:
    cells = [(row, span) for row in range(len(NODES)) for span in range(len(SPANS))]
    return all(of.value(row, span) == plain_sum(of, row, span) for row, span in cells)


def test_a_leaf_moves_every_sum_above_it() -> None:
    found = sheet({LEAVES[14]: Amount(100)})
    assert [found.value(row, MARCH) for row in range(4)] == [Amount(100), None, Amount(100), None]
    assert found.value(0, YEAR) == found.value(0, FIRST_QUARTER) == Amount(100)
    found.put(LEAVES[14], Amount(130))
    assert found.value(0, YEAR) == Amount(130)


def test_no_quota_is_not_a_quota_of_nothing() -> None:
    found = sheet({LEAVES[0]: Amount(0)})
    assert found.value(0, YEAR) == Amount(0)
    found.put(LEAVES[0], None)
    assert found.value(0, YEAR) is None


@given(st.dictionaries(st.sampled_from(LEAVES), AMOUNTS))
def test_sums_are_those_of_their_leaves(amounts: dict[Leaf, Amount | None]) -> None:
    assert every_sum_holds(sheet(amounts))


@given(st.integers(-(10**12), 10**12).map(Amount), st.lists(AMOUNTS, min_size=1, max_size=40))
def test_what_is_spread_sums_to_the_whole(total: Amount, amounts: list[Amount | None]) -> None:
    try:
        parts = spread(total, amounts)
    except UsageProblem:
        assert not any(amount and amount > Amount(0) for amount in amounts)
        assert any(amount and amount < Amount(0) for amount in amounts)
        return
    assert Amount.sum(part for part in parts if part is not None) == total
    if any(amount and amount > Amount(0) for amount in amounts):
        for amount, part in zip(amounts, parts, strict=True):
            assert (part is None) == (amount is None)
            assert amount is None or amount >= Amount(0) or part == amount


def test_a_sum_is_spread_in_proportion_and_evenly_where_there_is_nothing() -> None:
    assert spread(Amount(400), [Amount(100), Amount(300), None]) == (Amount(100), Amount(300), None)
    assert spread(Amount(88), [Amount(100), Amount(-20)]) == (Amount(108), Amount(-20))
    assert spread(Amount(10), [None, Amount(0), None]) == (Amount(4), Amount(3), Amount(3))


def test_typing_into_a_sum_changes_what_it_is_the_sum_of() -> None:
    found = sheet({Leaf(2, 0, MONTHS[0]): Amount(100), Leaf(2, 0, MONTHS[1]): Amount(300)})
    assert entry(found, [(2, FIRST_QUARTER)], "800") == {
        Leaf(2, 0, MONTHS[0]): Amount(200),
        Leaf(2, 0, MONTHS[1]): Amount(600),
    }
    assert entry(found, [(2, FIRST_QUARTER)], "+10%")[Leaf(2, 0, MONTHS[1])] == Amount(330)
    assert entry(found, [(2, FIRST_QUARTER)], "") == {Leaf(2, 0, MONTHS[0]): None, Leaf(2, 0, MONTHS[1]): None}


def test_a_sum_and_its_part_are_not_typed_into_at_once() -> None:
    with pytest.raises(UsageProblem, match="a sum and parts of it"):
        entry(sheet(), [(2, FIRST_QUARTER), (2, MARCH)], "5")


@given(st.lists(st.tuples(st.integers(0, len(NODES) - 1), st.integers(0, len(SPANS) - 1)), unique=True, max_size=6))
def test_an_entry_is_what_stands_there_afterwards_or_is_refused(cells: list[tuple[int, int]]) -> None:
    found = sheet({leaf: Amount(number) for number, leaf in enumerate(LEAVES)})
    try:
        changes = entry(found, cells, "1.2k")
    except UsageProblem:
        assert any(
            set(found.leaves(*one)) & set(found.leaves(*other)) for one in cells for other in cells if one != other
        )
        return
    for leaf, amount in changes.items():
        found.put(leaf, amount)
    assert all(found.value(*cell) == Amount(1200) for cell in cells)


def test_a_pasted_table_fits_or_changes_nothing() -> None:
    found = sheet()
    assert pasted(found, [1, 2], [1, 2], [["10", "20k"], ["", "5"]]) == {
        Leaf(1, 0, MONTHS[0]): Amount(10),
        Leaf(1, 0, MONTHS[1]): Amount(20000),
        Leaf(2, 0, MONTHS[1]): Amount(5),
    }
    for table, told in (([["1", "2", "3"]], "3 columns"), ([["1"], ["2"], ["3"]], "3 rows"), ([["x"]], "no amount")):
        with pytest.raises(UsageProblem, match=told):
            pasted(found, [1, 2], [1, 2], table)


def of_year(amounts: Sequence[int], seat: int = 2) -> dict[Leaf, Amount | None]:
    return {Leaf(seat, 0, MONTHS[month]): Amount(amount) for month, amount in enumerate(amounts)}


A_YEAR = [10, 20, 31, 40, 50, 60, 70, 80, 90, 100, 110, 120]
WITH_SUMS = [10, 20, 31, 61, 40, 50, 60, 150, 70, 80, 90, 240, 100, 110, 120, 330]


def spans_from(key: str) -> range:
    return range(next(number for number, span in enumerate(SPANS) if span.key == key), len(SPANS))


@pytest.mark.parametrize(
    ("table", "begins"),
    [
        (A_YEAR, "m0"),
        (WITH_SUMS, "m0"),
        ([781, *WITH_SUMS], "year"),
        (A_YEAR[:5], "m0"),
        ([*WITH_SUMS[:5], 50], "m0"),
        (WITH_SUMS[:4], "m0"),
    ],
)
def test_months_are_pasted_with_and_without_the_sums_between_them(table: list[int], begins: str) -> None:
    line = [str(amount) for amount in table]
    months = A_YEAR[: len([amount for amount in table if amount not in (61, 150, 240, 330, 781)])]
    assert pasted(sheet(), [1], spans_from(begins), [line]) == of_year(months, 1)


def test_months_from_the_middle_of_a_quarter_are_pasted_to_the_end_of_the_year() -> None:
    found = sheet(of_year(A_YEAR))
    line = [str(amount * 10) for amount in A_YEAR[1:]]
    assert pasted(found, [1], spans_from("m1"), [line]) == {
        Leaf(1, 0, MONTHS[month]): Amount(A_YEAR[month] * 10) for month in range(1, 12)
    }
    agreeing = ["21", "31", "62"]
    assert pasted(found, [2], spans_from("m1"), [agreeing]) == {Leaf(2, 0, MONTHS[1]): Amount(21)}


def test_every_row_of_a_pasted_year_goes_to_its_own_seat() -> None:
    table = [[str(amount) for amount in A_YEAR], [""] * 12]
    assert pasted(sheet(of_year(A_YEAR)), [1, 2], spans_from("m0"), table) == {
        **of_year(A_YEAR, 1),
        **dict.fromkeys(of_year(A_YEAR)),
    }


@pytest.mark.parametrize("line", [["100", "200", "300", "601", "5"], ["100", "200", "300", "600", "", "9", "", "1"]])
def test_sums_that_do_not_quite_agree_are_not_taken_for_months(line: list[str]) -> None:
    with pytest.raises(UsageProblem, match=r"its months do not add up to them.*C hides"):
        pasted(sheet(), [1], spans_from("m0"), [line])


def test_a_table_wider_than_the_columns_that_are_left_is_refused() -> None:
    with pytest.raises(UsageProblem, match="13 columns, and from here there are 12"):
        pasted(sheet(), [1], spans_from("m3"), [["1"] * 13])


def test_months_alone_are_pasted_where_the_sums_are_hidden_and_never_over_a_hidden_month() -> None:
    months = [number for number in spans_from("m0") if SPANS[number].is_month]
    assert pasted(sheet(), [1], months, [[str(amount) for amount in A_YEAR]]) == of_year(A_YEAR, 1)
    without_may = [number for number in spans_from("m0") if SPANS[number].key != "m4"]
    with pytest.raises(UsageProblem, match="hidden month"):
        pasted(sheet(), [1], without_may, [[str(amount) for amount in A_YEAR[:11]]])


class Typing(RuleBasedStateMachine):
    """Random typing, undo, redo, saving, another's changes and restarts end in exactly the expected amounts."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: dict[Leaf, Amount | None] = {LEAVES[3]: Amount(500), LEAVES[20]: Amount(0)}
        self.sheet, self.draft = sheet(self.plan), Draft()
        self.typed: list[dict[Leaf, Amount | None]] = []
        self.undone: list[dict[Leaf, Amount | None]] = []
        self.amounts: dict[Leaf, Amount | None] = {}
        self.saving, self.frozen = False, 0

    @rule(leaf=st.sampled_from(LEAVES), amount=AMOUNTS)
    def type_a_quota(self, leaf: Leaf, amount: Amount | None) -> None:
        if self.shown()[leaf] != amount:
            self.typed.append({leaf: amount})
            self.undone = []
            self.draft.take("Set", {leaf: amount}, self.sheet)

    @rule()
    def undo(self) -> None:
        assert (self.draft.undo(self.sheet) is None) == (len(self.typed) == self.frozen)
        if len(self.typed) > self.frozen:
            self.undone.append(self.typed.pop())

    @rule()
    def redo(self) -> None:
        assert (self.draft.redo(self.sheet) is None) == (not self.undone)
        if self.undone:
            self.typed.append(self.undone.pop())

    @precondition(lambda self: not self.saving)
    @rule()
    def begin_to_save(self) -> None:
        self.saving = True
        self.frozen = len(self.typed)
        self.amounts = self.draft.begin_saving()

    @precondition(lambda self: self.saving)
    @rule(refused=st.booleans())
    def end_saving(self, refused: bool) -> None:
        if refused:
            self.draft.not_saved()
        else:
            self.plan |= self.amounts
            self.draft.saved(self.amounts)
            del self.typed[: self.frozen]
        self.saving, self.frozen = False, 0

    @rule(leaf=st.sampled_from(LEAVES), amount=AMOUNTS)
    def somebody_else_saves_and_it_is_read_again(self, leaf: Leaf, amount: Amount | None) -> None:
        self.plan[leaf] = amount
        self.read_again()

    @precondition(lambda self: not self.saving)
    @rule()
    def restart(self) -> None:
        self.draft = draft_of(self.draft.to_plain())
        self.read_again()

    def read_again(self) -> None:
        self.sheet = sheet(self.plan)
        self.draft.lay_on(self.sheet, self.plan)

    def shown(self) -> dict[Leaf, Amount | None]:
        """What the sheet should show: the plan with what is typed over it."""
        found = {leaf: self.plan.get(leaf) for leaf in LEAVES}
        for step in self.typed:
            found |= step
        return found

    @invariant()
    def amounts_are_as_expected(self) -> None:
        shown = self.shown()
        assert {leaf: self.sheet.leaf(leaf) for leaf in LEAVES} == shown
        changed = {leaf for step in self.typed for leaf in step if shown[leaf] != self.plan.get(leaf)}
        assert self.draft.pending.keys() == changed
        assert every_sum_holds(self.sheet)


test_typing_undoing_saving_and_restarting = Typing.TestCase


def test_another_s_amount_is_taken_or_overruled() -> None:
    leaf = LEAVES[0]
    for keep, pending, shown in ((True, {leaf: Amount(7)}, Amount(9)), (False, {}, Amount(9))):
        found, draft = sheet({leaf: Amount(5)}), Draft()
        draft.take("Set", {leaf: Amount(7)}, found)
        draft.rebase(leaf, Amount(9), keep=keep)
        assert draft.pending == pending
        again = sheet({leaf: Amount(9)})
        draft.lay_on(again, {leaf: Amount(9)})
        assert draft.can_undo == keep
        draft.undo(again)
        assert again.leaf(leaf) == shown


@pytest.mark.parametrize("plain", [{}, {"done": 2, "base": [], "steps": []}, {"done": 0, "base": [[1]], "steps": []}])
def test_what_is_no_draft_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        draft_of(plain)
