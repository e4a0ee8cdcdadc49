"""What undo and redo of plans never do, in both databases: cross a step of a plan, or make two where there is one."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.quotas import QuotaCell, QuotaLock, QuotaSubmission, QuotaTarget
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.objectives.commands import ObjectiveAt, SetObjective, drop_draft, set_objective
from salestui.planning.objectives.rules import Target
from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, put_quotas, set_quotas
from salestui.planning.quotas.commands.locks import QuotasLocked, lock, unlock
from salestui.planning.quotas.commands.submissions import submit_figures, withdraw_figures
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.commands.versions import begin_version, discard_version, submit
from salestui.planning.quotas.sheet import Leaf
from salestui.planning.scopes import PlanScope
from salestui.store.database import Database
from salestui.store.trace import table_of
from salestui.store.work import Actor, Work
from tests.planning.support import LEE, YEAR, seen, sums_hold, the_leaf
from tests.support.companies import KIM

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)

Act = Callable[[Work, int, Leaf], object]


def act(writer: Engine, actor: Actor, told: str, *acts: Act, plan: int, leaf: Leaf) -> None:
    """Do things in one change."""
    with work(writer, actor, told) as begun:
        for each in acts:
            each(begun, plan, leaf)


def lock_it(begun: Work, plan: int, leaf: Leaf) -> object:
    return lock(begun, plan, [leaf], "agreed")


def unlock_it(begun: Work, plan: int, leaf: Leaf) -> object:
    return unlock(begun, plan, [leaf])


def hand_in(begun: Work, plan: int, leaf: Leaf) -> object:
    return submit_figures(begun, plan, leaf.seat, {leaf: Amount(90)})


def withdraw(begun: Work, plan: int, leaf: Leaf) -> object:
    return withdraw_figures(begun, plan, leaf.seat)


def aim(begun: Work, plan: int, leaf: Leaf) -> object:
    return set_target(begun, plan, None, JANUARY, DECEMBER, Amount(2000))


def aim_at_nothing(begun: Work, plan: int, leaf: Leaf) -> object:
    return set_target(begun, plan, None, JANUARY, DECEMBER, None)


@pytest.mark.parametrize(("made", "unmade"), [(lock_it, unlock_it), (hand_in, withdraw), (aim, aim_at_nothing)])
def test_what_was_taken_away_does_not_come_back_into_a_plan_that_was_handed_in(
    place: Database, writer: Engine, draft: int, made: Act, unmade: Act
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    act(writer, KIM, "made", made, plan=draft, leaf=leaf)
    act(writer, KIM, "unmade", unmade, plan=draft, leaf=leaf)
    with work(writer, LEE, "Submit") as begun:
        submit(begun, draft)
    with pytest.raises(DataProblem, match="“Submit” came after it"):
        undo_last(writer, KIM)


@pytest.mark.parametrize(
    ("made", "unmade", "model"),
    [(lock_it, unlock_it, QuotaLock), (hand_in, withdraw, QuotaSubmission), (aim, aim_at_nothing, QuotaTarget)],
)
def test_what_was_taken_away_does_not_come_back_beside_what_others_put_there(
    place: Database, writer: Engine, draft: int, made: Act, unmade: Act, model: type[QuotaLock]
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    act(writer, KIM, "made", made, plan=draft, leaf=leaf)
    act(writer, KIM, "unmade", unmade, plan=draft, leaf=leaf)
    act(writer, LEE, "made again", made, plan=draft, leaf=leaf)
    with pytest.raises(DataProblem, match=r"cannot be undone: lee .*made again"):
        undo_last(writer, KIM)
    with writer.connect() as connection:
        assert connection.execute(select(func.count()).select_from(table_of(model))).scalar_one() == 1


def test_a_quota_is_not_there_twice_after_redo(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Di", 9)
    assert leaf not in seen(place).kept

    def put(begun: Work, plan: int, leaf: Leaf) -> object:
        return set_quotas(begun, SetQuotas(plan, [Edit(leaf, Amount(7), None)]))

    act(writer, KIM, "put", put, plan=draft, leaf=leaf)
    undo_last(writer, KIM)
    act(writer, LEE, "put too", put, plan=draft, leaf=leaf)
    with pytest.raises(DataProblem, match=r"cannot be undone: lee put another in its place later \(put too\)"):
        redo_last(writer, KIM)
    cell = table_of(QuotaCell).c
    of_leaf = (cell.plan_id == draft, cell.seat_id == leaf.seat, cell.month == leaf.month)
    with writer.connect() as connection:
        assert connection.execute(select(func.count()).where(*of_leaf)).scalar_one() == 1
    assert sums_hold(place)
    undo_last(writer, LEE)
    redo_last(writer, KIM)
    assert seen(place).kept[leaf] == Amount(7).units


def put_five(begun: Work, plan: int, leaf: Leaf) -> object:
    return put_quotas(begun, plan, [(leaf, Amount(5))])


def put_five_hundred_everywhere(begun: Work, plan: int, leaf: Leaf) -> object:
    leaves = [Leaf(seat, 0, date(2026, month, 1)) for seat in range(1, 9) for month in range(1, 13)]
    return put_quotas(begun, plan, [(each, Amount(500)) for each in leaves])


@pytest.mark.parametrize("put", [put_five, put_five_hundred_everywhere])
@pytest.mark.parametrize("label", ["Ana", "Di"])
def test_what_somebody_has_locked_since_is_neither_undone_nor_done_again(
    place: Database, writer: Engine, draft: int, put: Act, label: str
) -> None:
    leaf = the_leaf(seen(place), label, 9 if label == "Di" else 1)
    before = seen(place).kept.get(leaf)
    act(writer, KIM, "put", put, plan=draft, leaf=leaf)
    after = seen(place).kept[leaf]
    act(writer, LEE, "Lock it", lock_it, plan=draft, leaf=leaf)
    with pytest.raises(DataProblem, match=r"cannot be undone: lee locked what it changed \(Lock it\)"):
        undo_last(writer, KIM)
    assert seen(place).kept[leaf] == after
    act(writer, LEE, "Unlock it", unlock_it, plan=draft, leaf=leaf)
    undo_last(writer, KIM)
    assert seen(place).kept.get(leaf) == before
    act(writer, LEE, "Lock it again", lock_it, plan=draft, leaf=leaf)
    with pytest.raises(DataProblem, match=r"lee locked what it changed \(Lock it again\)"):
        redo_last(writer, KIM)
    assert seen(place).kept.get(leaf) == before
    assert sums_hold(place)


def test_a_version_is_discarded_and_comes_back_with_its_locks(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    act(writer, LEE, "Lock it", lock_it, plan=draft, leaf=leaf)
    kept = seen(place).kept
    with work(writer, KIM, "Discard") as begun:
        discard_version(begun, draft)
    undo_last(writer, KIM)
    assert seen(place).kept == kept
    with pytest.raises(QuotasLocked):
        act(writer, KIM, "put", put_five, plan=draft, leaf=leaf)


def test_a_version_is_not_there_twice(place: Database, writer: Engine, draft: int) -> None:
    with work(writer, KIM, "Discard") as begun:
        discard_version(begun, draft)
    with work(writer, LEE, "Begin") as begun:
        begin_version(begun, 2026)
    with pytest.raises(DataProblem, match=r"cannot be undone: lee put another in its place later \(Begin\)"):
        undo_last(writer, KIM)


def test_an_objective_s_draft_is_not_there_twice(place: Database, writer: Engine) -> None:
    aims = [
        SetObjective("volume", "bookings", PlanScope("company", 0, "Acme"), YEAR, Target(Amount(n)), "why")
        for n in (1, 2)
    ]
    with work(writer, KIM, "Set") as begun:
        first = set_objective(begun, aims[0])
        assert first.id is not None
        assert first.version is not None
    with work(writer, KIM, "Drop") as begun:
        drop_draft(begun, ObjectiveAt(first.id, first.version))
    with work(writer, LEE, "Set too") as begun:
        set_objective(begun, aims[1])
    with pytest.raises(DataProblem, match=r"cannot be undone: lee put another in its place later \(Set too\)"):
        undo_last(writer, KIM)
