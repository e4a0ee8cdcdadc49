"""What was saved of a plan, and what stands around its quotas, in both databases."""

from datetime import date

from sqlalchemy import Engine

from salestui.metrics.work import undo_last, work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.commands.amounts import set_units
from salestui.planning.quotas.commands.locks import lock, unlock
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.queries.around import Asked, read_surroundings
from salestui.planning.quotas.queries.changes import read_saved_changes
from salestui.planning.quotas.standing import read_plan
from salestui.store.database import Database
from salestui.store.quick import open_reader
from tests.planning.support import LEE, seen, the_leaf
from tests.support.companies import KIM


def test_the_changes_of_a_plan_are_told_newest_first_with_their_story_and_no_others(
    place: Database, writer: Engine, draft: int
) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    with open_reader(place) as reader:
        before = {int(leaf): seen(place).kept.get(leaf)}
        assert [saved.what for saved in read_saved_changes(reader, draft)] == ["begin"]
    with work(writer, KIM, "Set 1 quota") as begun:
        set_units(begun, draft, {int(leaf): 70_000}, before, ["Ana Jan to 7"])
    with work(writer, LEE, "Lock it\nagreed") as begun:
        lock(begun, draft, [leaf], "agreed")
    with work(writer, LEE, "Unlock it") as begun:
        unlock(begun, draft, [leaf])
    with work(writer, LEE, "Target") as begun:
        set_target(begun, draft, None, date(2026, 1, 1), date(2026, 12, 1), Amount(5), "why")
    undo_last(writer, LEE)
    with open_reader(place) as reader:
        found = read_saved_changes(reader, draft)
    assert [(saved.who, saved.what, saved.kind) for saved in found[1:]] == [
        ("lee", "Target", "edit"),
        ("lee", "Unlock it", "edit"),
        ("lee", "Lock it", "edit"),
        ("kim", "Set 1 quota", "edit"),
        ("kim", "begin", "edit"),
    ]
    assert (found[0].who, found[0].kind) == ("lee", "undo")
    assert [saved.story for saved in found[3:5]] == [("agreed",), ("Ana Jan to 7",)]
    assert all(saved.at.tzinfo is not None for saved in found)


def test_what_is_held_and_what_is_to_be_reached_stand_around_a_plan(
    place: Database, writer: Engine, draft: int
) -> None:
    view = seen(place)
    leaf = the_leaf(view, "Ana", 1)
    with work(writer, LEE, "lock") as begun:
        lock(begun, draft, [leaf], "agreed")
        set_target(begun, draft, None, view.months[0], view.months[-1], Amount(500), "")
    with open_reader(place) as reader:
        plan = read_plan(reader, 2026)
        assert plan is not None
        asked = Asked(plan, view.year, view.months, date(2026, 3, 1), whole=True)
        found = read_surroundings(reader, FiscalCalendar(), asked, lambda moment: moment)
    hold = found.holds[leaf]
    assert (hold.kind, hold.reason, hold.who) == ("lock", "agreed", "lee")
    target = found.target(view.nodes[0], view.spans[0], view.months)
    assert target is not None
    assert (target.amount, target.who, target.from_objective) == (Amount(500), "lee", False)
    assert found.target(view.nodes[0], view.spans[1], view.months) is None
    assert found.target(view.nodes[-1], view.spans[0], view.months) is None
