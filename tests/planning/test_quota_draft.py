"""Whatever is typed, undone, done again and saved, every quota is as the steps say."""

import json

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from salestui.planning.quotas.draft import Draft, draft_of
from salestui.planning.quotas.marks import Marks
from salestui.planning.quotas.sheet import Hold, Leaf, Node, Sheet, Units, key_of
from tests.support.quota_sheet import LEAVES, MONTHS, NODES, QUOTAS, SPANS, every_sum_holds, sheet, u


class Typing(RuleBasedStateMachine):
    """Random typing, undo, redo, saving, another's changes and restarts end in exactly the expected amounts."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: Units = {LEAVES[3]: u(500), LEAVES[20]: u(0)}
        self.sheet, self.draft = sheet(self.plan), Draft()
        self.marks = Marks(self.sheet, self.draft)
        self.typed: list[Units] = []
        self.undone: list[Units] = []
        self.amounts: Units = {}
        self.saving, self.frozen = False, 0

    @rule(leaf=st.sampled_from(LEAVES), units=QUOTAS)
    def type_a_quota(self, leaf: Leaf, units: int | None) -> None:
        if self.shown()[leaf] != units:
            self.typed.append({leaf: units})
            self.undone = []
            self.marks.touch(self.draft.take("Set", {leaf: units}, self.sheet).after)

    @rule()
    def undo(self) -> None:
        step = self.draft.undo(self.sheet)
        assert (step is None) == (len(self.typed) == self.frozen)
        self.marks.touch(step.after if step else ())
        if len(self.typed) > self.frozen:
            self.undone.append(self.typed.pop())

    @rule()
    def redo(self) -> None:
        step = self.draft.redo(self.sheet)
        assert (step is None) == (not self.undone)
        self.marks.touch(step.after if step else ())
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
            self.marks.renew()
        self.saving, self.frozen = False, 0

    @rule(leaf=st.sampled_from(LEAVES), units=QUOTAS)
    def somebody_else_saves_and_it_is_read_again(self, leaf: Leaf, units: int | None) -> None:
        self.plan[leaf] = units
        self.read_again()

    @precondition(lambda self: not self.saving)
    @rule()
    def restart(self) -> None:
        self.draft = draft_of(self.draft.to_plain())
        self.read_again()

    def read_again(self) -> None:
        self.sheet = sheet(self.plan)
        self.draft.lay_on(self.sheet, self.plan)
        self.marks = Marks(self.sheet, self.draft)

    def shown(self) -> Units:
        """What the sheet should show: the plan with what is typed over it."""
        found: Units = {leaf: self.plan.get(leaf) for leaf in LEAVES}
        for step in self.typed:
            found |= step
        return found

    @invariant()
    def amounts_are_as_expected(self) -> None:
        shown = self.shown()
        assert {leaf: self.sheet.at(leaf) for leaf in LEAVES} == shown
        changed = {leaf for step in self.typed for leaf in step if shown[leaf] != self.plan.get(leaf)}
        assert self.draft.pending.keys() == changed
        assert every_sum_holds(self.sheet)
        marked = {place for leaf in changed for place in self.sheet.shown_in(leaf)}
        saved = sheet(self.plan)
        for row in range(len(NODES)):
            for span in range(len(SPANS)):
                assert self.marks.at(row, span) == ((row, span) in marked)
                assert self.marks.before(row, span) == saved.value(row, span)


test_typing_undoing_saving_and_restarting = Typing.TestCase


def test_a_draft_with_nothing_left_to_save_or_to_do_again_forgets_what_it_was_typed_over() -> None:
    first, second = LEAVES[3], LEAVES[4]
    shown, draft = sheet({first: u(500)}), Draft()
    draft.take("A", {first: u(600)}, shown)
    draft.take("B", {second: u(1)}, shown)
    draft.undo(shown)
    draft.saved(draft.begin_saving())
    assert (draft.base[first], draft.base[second]) == (u(600), None)
    draft.redo(shown)
    draft.saved(draft.begin_saving())
    assert (draft.steps, draft.base, draft.stands, draft.pending) == ([], {}, {}, {})
    draft.take("C", {first: u(700)}, shown)
    assert (draft.base, draft.pending) == ({first: u(600)}, {first: u(700)})


def test_what_is_taken_along_to_another_version_still_knows_what_it_was_typed_over() -> None:
    leaf, other = LEAVES[3], LEAVES[4]
    before = sheet({leaf: u(500)})
    old, new = Draft(), Draft()
    old.take("A", {leaf: u(600)}, before)
    old.take("B", {other: u(1)}, before)
    kept: Units = {leaf: u(700)}
    new.adopt(old, kept)
    new.lay_on(sheet(kept), kept)
    assert new.pending == {leaf: u(600), other: u(1)}
    assert {key: new.base[key] for key in new.pending} == {leaf: u(500), other: None}
    assert (new.stands[leaf], new.stands[other]) == (u(700), None)


def test_another_s_amount_is_taken_or_overruled() -> None:
    leaf = LEAVES[0]
    for keep, pending, shown in ((True, {leaf: u(7)}, u(9)), (False, {}, u(9))):
        found, draft = sheet({leaf: u(5)}), Draft()
        draft.take("Set", {leaf: u(7)}, found)
        draft.rebase(leaf, u(9), keep=keep)
        assert draft.pending == pending
        again = sheet({leaf: u(9)})
        draft.lay_on(again, {leaf: u(9)})
        assert draft.can_undo == keep
        draft.undo(again)
        assert again.at(leaf) == shown


@pytest.mark.parametrize("plain", [{}, {"done": 2, "base": [], "steps": []}, {"done": 0, "base": [[1]], "steps": []}])
def test_what_is_no_draft_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        draft_of(plain)


def many(step: int) -> Units:
    """Quotas of a great many leaves, a few of them none."""
    return {
        key_of(seat, 0, month.toordinal()): None if seat % 7 == step else u(seat + step)
        for seat in range(1, 121)
        for month in MONTHS
    }


def company() -> Sheet:
    """A team of as many seats."""
    seats = [Node(f"seat:{seat}", f"Seat {seat}", 0, seat) for seat in range(1, 121)]
    return Sheet([Node("team", "Team", None, team=True), *seats], MONTHS, SPANS, many(0))


def test_a_great_many_quotas_are_undone_done_again_and_kept_as_few_are() -> None:
    found, draft = company(), Draft()
    marks = Marks(found, draft)
    stands = [found.copy()]
    for number in (1, 2):
        marks.touch(draft.take(f"Step {number}", many(number), found).keys)
        stands.append(found.copy())
    marks.touch(draft.take("One", {key_of(1, 0, MONTHS[0].toordinal()): 5}, found).keys)
    draft = draft_of(json.loads(json.dumps(draft.to_plain())))
    assert len(draft.typed) == 1440
    assert found.quotas(0, 0) == draft.typed
    marks = Marks(found, draft)
    draft.undo(found)
    for before in (stands[2], stands[1], stands[0]):
        assert found.quotas(0, 0) == before.quotas(0, 0)
        assert found.value(0, 0) == before.value(0, 0)
        step = draft.undo(found)
        marks.touch(step.keys if step else ())
        assert marks.at(0, 0) == bool(draft.pending)
        assert marks.before(0, 0) == stands[0].value(0, 0)
    assert not draft.typed
    while draft.redo(found):
        pass
    assert found.at(key_of(1, 0, MONTHS[0].toordinal())) == 5
    assert [str(told) for told in draft.story] == ["Step 1 (1,440 quotas)", "Step 2 (1,440 quotas)", "One"]


def test_a_draft_file_of_long_ago_is_read() -> None:
    draft = draft_of(
        {
            "done": 1,
            "base": [[1, 0, "2026-01-01", "5"], [1, 0, "2026-02-01", None]],
            "steps": [
                {"what": "Kim Q1 to 9", "after": [[1, 0, "2026-01-01", "4.5"], [1, 0, "2026-02-01", "4.5"]]},
                {"what": "Kim Jan to –", "after": [[1, 0, "2026-01-01", None]]},
            ],
        }
    )
    assert draft.pending == {LEAVES[0]: 45_000, LEAVES[1]: 45_000}
    assert draft.stands == {LEAVES[0]: u(5), LEAVES[1]: None}
    assert draft.story == [("Kim Q1 to 9", True, 2), ("Kim Jan to –", False, 1)]


def test_the_story_of_what_is_saved_is_told_by_line() -> None:
    found, draft = sheet(), Draft()
    draft.take("Kim Q1 to 9", {LEAVES[0]: u(4), LEAVES[1]: u(5)}, found)
    draft.begin_saving()
    draft.take("Kim Jan to 1", {LEAVES[0]: u(1)}, found)
    assert draft.saved_story == ["Kim Q1 to 9 (2 quotas)"]


@pytest.mark.parametrize("key", ["keys", "units", "none"])
@pytest.mark.parametrize("broken", ["", "AAAA", "%%%", None, 5])
def test_a_packed_draft_that_is_broken_is_refused(key: str, broken: object) -> None:
    found, draft = company(), Draft()
    draft.take("All", many(1), found)
    plain = draft.to_plain()
    plain["steps"][0]["after"][key] = broken
    with pytest.raises((KeyError, TypeError, ValueError)):
        draft_of(plain)


def test_a_draft_knows_over_which_figures_from_below_it_was_typed() -> None:
    found = sheet({LEAVES[0]: u(1), LEAVES[1]: u(1), LEAVES[2]: u(1)})
    draft = Draft()
    draft.take("Before", {LEAVES[1]: u(5), LEAVES[2]: u(5)}, found)
    hold = Hold("submitted", "", "ana", MONTHS[0])
    found.holds = {LEAVES[0]: hold, LEAVES[1]: hold, LEAVES[3]: Hold("lock", "", "kim", MONTHS[0])}
    draft.take("Knowing", {LEAVES[0]: u(4), LEAVES[3]: u(4)}, found)
    assert draft.over == {LEAVES[0]}
    again = draft_of(json.loads(json.dumps(draft.snapshot().to_plain())))
    assert again.over == draft.over
    again.rebase_many({LEAVES[1]: u(1), LEAVES[2]: u(1)}, [LEAVES[1]])
    assert again.over == {LEAVES[0], LEAVES[1]}
    again.begin_saving()
    again.saved(again.pending)
    assert not again.over
