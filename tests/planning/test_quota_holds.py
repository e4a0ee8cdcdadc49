"""Locks, figures from below and targets, in both databases: who set them, what they hold, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.history import Change
from salestui.model.tables.planning import Objective
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas import levels
from salestui.planning.quotas.commands import amounts
from salestui.planning.quotas.commands.amounts import Conflict, Edit, QuotasMovedOn, SetQuotas, set_quotas
from salestui.planning.quotas.commands.locks import QuotasLocked, lock, unlock
from salestui.planning.quotas.commands.submissions import submit_figures, withdraw_figures
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.queries.beside import TargetKey, read_locks, read_submissions, read_targets
from salestui.planning.quotas.sheet import Leaf
from salestui.planning.quotas.standing import read_plan
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.store.work import StaleSave
from salestui.tui.core import DatabaseCore
from tests.planning.support import LEE, put_into_force, seen, sums_hold, the_leaf, units
from tests.support.companies import KIM

BASE = Amount("100.01")
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)


def test_a_lock_tells_who_when_and_why_until_it_is_opened(place: Database, writer: Engine, draft: int) -> None:
    leaves = [the_leaf(seen(place), "Ana", month) for month in (1, 2, 9)]
    with work(writer, LEE, "lock") as begun:
        assert lock(begun, draft, leaves[:1], "agreed with Ana") == 1
    with work(writer, KIM, "lock more") as begun:
        assert lock(begun, draft, leaves, "final") == 2
    with open_reader(place) as reader:
        locks = read_locks(reader, draft)
    assert {leaf: (found.who, found.reason) for leaf, found in locks.items()} == {
        leaves[0]: ("lee", "agreed with Ana"),
        leaves[1]: ("kim", "final"),
        leaves[2]: ("kim", "final"),
    }
    assert all(found.at.tzinfo is not None for found in locks.values())
    with work(writer, KIM, "unlock") as begun:
        assert unlock(begun, draft, leaves[:2]) == 2
    undo_last(writer, KIM)
    with open_reader(place) as reader:
        assert read_locks(reader, draft) == locks
    redo_last(writer, KIM)
    undo_last(writer, KIM)
    undo_last(writer, KIM)
    with open_reader(place) as reader:
        assert list(read_locks(reader, draft)) == leaves[:1]


@pytest.mark.parametrize("many", [False, True])
def test_a_lock_that_came_between_holds_its_quota(
    place: Database, writer: Engine, draft: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_MANY", 1 if many else 500)
    held, free = the_leaf(seen(place), "Ana", 1), the_leaf(seen(place), "Ana", 2)
    with work(writer, LEE, "lock") as begun:
        lock(begun, draft, [held], "agreed")
    edits = [Edit(held, Amount(1), BASE), Edit(free, Amount(2), BASE)]
    with (
        pytest.raises(QuotasLocked, match="1 quota is locked, by lee: agreed") as refused,
        work(writer, KIM, "save") as b,
    ):
        set_quotas(b, SetQuotas(draft, edits))
    assert [found.leaf for found in refused.value.held] == [held]
    assert seen(place).kept[free] == BASE.units
    with work(writer, KIM, "save what it holds") as begun:
        assert set_quotas(begun, SetQuotas(draft, [Edit(held, BASE, BASE), edits[1]])) == 1


@pytest.mark.parametrize("many", [False, True])
def test_a_figure_handed_in_as_it_stood_is_not_saved_over_unseen(
    place: Database, writer: Engine, draft: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_MANY", 1 if many else 500)
    held, free = the_leaf(seen(place), "Ana", 1), the_leaf(seen(place), "Ana", 2)
    with work(writer, LEE, "hand in") as begun:
        assert submit_figures(begun, draft, held.seat, {held: BASE}, "as it stands") == 1
        then = begun.session.get_one(Change, begun.change_id).at
    edits = [Edit(held, Amount(120), BASE), Edit(free, Amount(2), BASE)]
    told = "1 quota was handed in by somebody else"
    with pytest.raises(QuotasMovedOn, match=told) as refused, work(writer, KIM, "save") as begun:
        set_quotas(begun, SetQuotas(draft, edits))
    assert refused.value.conflicts == (Conflict(held, Amount(120), BASE, BASE, "lee", then, handed_in=True),)
    assert [seen(place).kept[leaf] for leaf in (held, free)] == [BASE.units, BASE.units]
    with work(writer, KIM, "save what it holds") as begun:
        assert set_quotas(begun, SetQuotas(draft, [Edit(held, BASE, BASE), edits[1]])) == 1
    with work(writer, KIM, "save over it, knowing") as begun:
        assert set_quotas(begun, SetQuotas(draft, edits[:1], over={held})) == 1
    assert seen(place).kept[held] == Amount(120).units


def test_figures_from_below_set_the_quotas_and_are_taken_back_without_them(
    place: Database, writer: Engine, draft: int
) -> None:
    view = seen(place)
    leaves = [the_leaf(view, "Ana", month) for month in (1, 2, 7)]
    figures = {leaf: Amount(70 + number) for number, leaf in enumerate(leaves)}
    seat = leaves[0].seat
    with work(writer, LEE, "hand in") as begun:
        assert submit_figures(begun, draft, seat, figures, "what  I can\ndo") == 3
    with work(writer, KIM, "again") as begun:
        assert submit_figures(begun, draft, seat, {leaves[0]: Amount(75)}, "what I can do") == 1
    with open_reader(place) as reader:
        found = read_submissions(reader, draft)
    assert {leaf: (each.amount, each.note, each.who) for leaf, each in found.items()} == {
        leaves[0]: (Amount(75), "what I can do", "kim"),
        leaves[1]: (Amount(71), "what I can do", "lee"),
        leaves[2]: (Amount(72), "what I can do", "lee"),
    }
    assert [seen(place).kept[leaf] for leaf in leaves] == units(75, 71, 72)
    with work(writer, KIM, "withdraw") as begun:
        assert withdraw_figures(begun, draft, seat) == 3
    with open_reader(place) as reader:
        assert read_submissions(reader, draft) == {}
    assert seen(place).kept[leaves[1]] == Amount(71).units
    for _ in range(2):
        undo_last(writer, KIM)
    undo_last(writer, LEE)
    assert seen(place).kept == view.kept
    assert sums_hold(place)


def test_figures_are_not_handed_in_over_what_others_set_or_hold(place: Database, writer: Engine, draft: int) -> None:
    leaf, other = the_leaf(seen(place), "Ana", 1), the_leaf(seen(place), "Di", 1)
    with work(writer, LEE, "theirs") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(1), BASE)]))
    with pytest.raises(QuotasMovedOn), work(writer, KIM, "hand in") as begun:
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(2)}, base={leaf: BASE})
    with work(writer, LEE, "lock") as begun:
        lock(begun, draft, [leaf], "agreed")
    with pytest.raises(QuotasLocked), work(writer, KIM, "hand in") as begun:
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(2)})
    with pytest.raises(DataProblem, match="cannot be handed in for seat"), work(writer, KIM, "hand in") as begun:
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(2), other: Amount(2)})
    with open_reader(place) as reader:
        assert read_submissions(reader, draft) == {}


def test_a_target_stands_beside_a_span_of_months(place: Database, writer: Engine, draft: int) -> None:
    seat = the_leaf(seen(place), "Lee, own", 1).seat
    march, keys = date(2026, 3, 1), []
    with work(writer, LEE, "targets") as begun:
        assert set_target(begun, draft, None, JANUARY, DECEMBER, Amount(5000), "the board's")
        assert set_target(begun, draft, seat, JANUARY, march, Amount(900))
    with work(writer, KIM, "more") as begun:
        assert set_target(begun, draft, seat, JANUARY, march, Amount(950), "as agreed")
    with open_reader(place) as reader:
        plan = read_plan(reader, 2026)
        assert plan is not None
        found = read_targets(reader, plan, JANUARY, DECEMBER)
    keys = [TargetKey(None, JANUARY, DECEMBER), TargetKey(seat, JANUARY, march)]
    told = {key: (each.amount, each.reason, each.who, each.from_objective) for key, each in found.items()}
    assert told == {
        keys[0]: (Amount(5000), "the board's", "lee", False),
        keys[1]: (Amount(950), "as agreed", "kim", False),
    }
    with work(writer, KIM, "none") as begun:
        assert set_target(begun, draft, seat, JANUARY, march, None)
        assert not set_target(begun, draft, seat, march, march, None)
    with open_reader(place) as reader:
        assert list(read_targets(reader, plan, JANUARY, DECEMBER)) == keys[:1]
    undo_last(writer, KIM)
    with open_reader(place) as reader:
        assert read_targets(reader, plan, JANUARY, DECEMBER) == found


def test_a_target_that_somebody_else_has_set_meanwhile_is_not_written_over(place: Database, draft: int) -> None:
    plan, key = seen(place).plan, TargetKey(None, JANUARY, DECEMBER)
    assert plan is not None
    kim, lee = (DatabaseCore(place, as_of=None, actor=name) for name in ("kim", "lee"))
    lee.set_quota_target(plan, key, Amount(5000), None, "all")
    with pytest.raises(StaleSave, match="lee has set this target to 5,000 meanwhile"):
        kim.set_quota_target(plan, key, Amount(6000), None, "all")
    assert "stays as it is" in kim.set_quota_target(plan, key, Amount(5000), None, "all")
    kim.set_quota_target(plan, key, Amount(6000), Amount(5000), "all")
    lee.set_quota_target(plan, key, None, Amount(6000), "all")
    with pytest.raises(StaleSave, match="Somebody has taken this target away meanwhile"):
        kim.set_quota_target(plan, key, Amount(7000), Amount(6000), "all")
    with open_reader(place) as reader:
        assert read_targets(reader, plan, JANUARY, DECEMBER) == {}


def test_an_approved_objective_stands_in_for_a_target(place: Database, writer: Engine, draft: int) -> None:
    seat = the_leaf(seen(place), "Lee, own", 1).seat
    with work(writer, LEE, "objectives") as begun:
        for scope, scope_id, state, amount in (
            ("company", 0, "approved", 4000),
            ("team", seat, "approved", 1500),
            ("team", seat + 1, "draft", 7),
        ):
            begun.session.add(
                Objective(
                    kind="volume",
                    measure="bookings",
                    scope_kind=scope,
                    scope_id=scope_id,
                    period="FY2026",
                    amount=Amount(amount),
                    state=state,
                    reason="growth",
                )
            )
    with open_reader(place) as reader:
        plan = read_plan(reader, 2026)
        assert plan is not None
        found = read_targets(reader, plan, JANUARY, DECEMBER)
    assert {key.seat: (each.amount, each.from_objective) for key, each in found.items()} == {
        None: (Amount(4000), True),
        seat: (Amount(1500), True),
    }
    with work(writer, KIM, "own") as begun:
        set_target(begun, draft, None, JANUARY, DECEMBER, Amount(4200))
    with open_reader(place) as reader:
        own = read_targets(reader, plan, JANUARY, DECEMBER)[TargetKey(None, JANUARY, DECEMBER)]
    assert (own.amount, own.from_objective) == (Amount(4200), False)


def test_over_assignment_and_over_capacity_are_two_numbers() -> None:
    assigned = Amount(12_280_000)
    assert levels.to_assign(assigned, Amount(12_400_000)) == Amount(120_000)
    assert levels.over_assignment(Amount(11), Amount(10)) == Decimal("0.1")
    assert levels.over_capacity(Amount(9), Amount(10)) == Decimal("-0.1")
    assert levels.gap(Amount(9), Amount(10)) == Amount(-1)
    assert levels.to_assign(None, Amount(10)) == Amount(10)
    assert levels.over_assignment(None, Amount(10)) == -1
    nothing = (levels.to_assign(assigned, None), levels.over_assignment(assigned, None), levels.gap(assigned, None))
    assert nothing == (None, None, None)
    assert levels.over_assignment(assigned, Amount(0)) is None


def test_what_there_is_not_is_refused_and_changes_nothing(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    strangers = (
        (Leaf(999, 0, JANUARY), "no seat 999"),
        (Leaf(leaf.seat, 99, JANUARY), "no product line 99"),
        (Leaf(leaf.seat, 0, date(2027, 1, 1)), "2027-01-01 begins no month of FY2026 v2"),
        (Leaf(leaf.seat, 0, date(2026, 1, 2)), "2026-01-02 begins no month"),
    )
    for stranger, told in strangers:
        with pytest.raises(DataProblem, match=told), work(writer, KIM, "lock") as begun:
            lock(begun, draft, [leaf, stranger], "why")
        with pytest.raises(DataProblem, match=told), work(writer, KIM, "save") as begun:
            set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(1), BASE), Edit(stranger, Amount(1), None)]))
    with pytest.raises(DataProblem, match="A lock needs a reason"), work(writer, KIM, "lock") as begun:
        lock(begun, draft, [leaf], " \n ")
    with pytest.raises(DataProblem, match="ends before it begins"), work(writer, KIM, "target") as begun:
        set_target(begun, draft, None, DECEMBER, JANUARY, Amount(1))
    with pytest.raises(DataProblem, match="no seat 999"), work(writer, KIM, "target") as begun:
        set_target(begun, draft, 999, JANUARY, DECEMBER, Amount(1))
    with pytest.raises(DataProblem, match="no more"), work(writer, KIM, "lock") as begun:
        lock(begun, 999, [leaf], "why")
    with open_reader(place) as reader:
        assert not read_locks(reader, draft)
    assert seen(place).kept[leaf] == BASE.units


def test_a_plan_that_is_handed_in_takes_no_locks_figures_or_targets(
    place: Database, writer: Engine, draft: int
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    put_into_force(writer, draft)
    told = "is published, and changes by a new version only"
    with pytest.raises(DataProblem, match=told), work(writer, KIM, "lock") as begun:
        lock(begun, draft, [leaf], "why")
    with pytest.raises(DataProblem, match=told), work(writer, KIM, "unlock") as begun:
        unlock(begun, draft, [leaf])
    with pytest.raises(DataProblem, match=told), work(writer, KIM, "hand in") as begun:
        submit_figures(begun, draft, leaf.seat, {leaf: Amount(1)})
    with pytest.raises(DataProblem, match=told), work(writer, KIM, "withdraw") as begun:
        withdraw_figures(begun, draft, leaf.seat)
    with pytest.raises(DataProblem, match=told), work(writer, KIM, "target") as begun:
        set_target(begun, draft, None, JANUARY, DECEMBER, Amount(1))
