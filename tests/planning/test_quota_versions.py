"""Versions of a plan in both databases: what they take over, the steps they pass in order, and their story."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from salestui.metrics.reader import COMPANY
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, set_quotas
from salestui.planning.quotas.commands.locks import lock
from salestui.planning.quotas.commands.submissions import submit_figures
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.commands.versions import (
    StateMovedOn,
    approve,
    begin_version,
    discard_version,
    publish,
    return_to_draft,
    submit,
)
from salestui.planning.quotas.queries.beside import read_locks, read_submissions, read_targets
from salestui.planning.quotas.queries.comparison import Comparison, read_comparison
from salestui.planning.quotas.queries.plan import LEAVES, units_of
from salestui.planning.quotas.queries.story import read_cell_story
from salestui.planning.quotas.queries.versions import read_versions
from salestui.planning.quotas.sheet import Leaf
from salestui.planning.quotas.standing import read_plan
from salestui.store.database import Database
from salestui.store.history import recent
from salestui.store.quick import open_reader
from tests.planning.support import LEE, YEAR, put_into_force, seen, sums_hold, the_leaf, units
from tests.support.companies import KIM, id_of

BASE = Amount("100.01")
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)


def set_one(writer: Engine, plan: int, leaf: Leaf, before: Amount | None, after: Amount | None, *story: str) -> None:
    """Save one quota."""
    with work(writer, KIM, "Set 1 quota") as begun:
        set_quotas(begun, SetQuotas(plan, [Edit(leaf, after, before)], story))


def compared(place: Database, before: int, after: int, *, only: bool = False) -> Comparison:
    """Two plans, by the company's rows."""
    with open_reader(place) as reader:
        calendar, on = FiscalCalendar(), date(2026, 3, 1)
        return read_comparison(reader, calendar, before, after, YEAR, COMPANY, on, "C", only_differences=only)


def test_a_new_version_takes_over_all_that_stands_in_the_one_before(
    place: Database, writer: Engine, draft: int
) -> None:
    view = seen(place)
    leaf, other = the_leaf(view, "Ana", 1), the_leaf(view, "Di", 2)
    with work(writer, LEE, "beside") as begun:
        lock(begun, draft, [leaf], "agreed")
        submit_figures(begun, draft, other.seat, {other: Amount(90)}, "mine")
        set_target(begun, draft, None, JANUARY, DECEMBER, Amount(2000), "board")
    kept = seen(place).kept
    put_into_force(writer, draft)
    with work(writer, KIM, "begin v3") as begun:
        new = begin_version(begun, 2026)
    assert (new.plan_version, new.state, new.based_on_id) == (3, "draft", draft)
    assert new.id is not None
    with open_reader(place) as reader:
        plan = read_plan(reader, 2026)
        assert plan is not None
        assert read_locks(reader, new.id) == read_locks(reader, draft) != {}
        assert read_submissions(reader, new.id) == read_submissions(reader, draft) != {}
        targets = read_targets(reader, plan, JANUARY, DECEMBER)
    assert [(each.amount, each.who) for each in targets.values()] == [(Amount(2000), "lee")]
    assert seen(place).kept == kept
    assert sums_hold(place)
    undo_last(writer, KIM)
    plan_again = seen(place).plan
    assert plan_again is not None
    assert plan_again.id == draft
    redo_last(writer, KIM)
    assert seen(place).kept == kept
    assert sums_hold(place)


def test_states_are_passed_in_order_and_the_story_tells_who_when_and_why(
    place: Database, writer: Engine, draft: int
) -> None:
    for act in (approve, publish):
        with pytest.raises(StateMovedOn, match="FY2026 v2 is draft"), work(writer, KIM, "early") as begun:
            act(begun, draft)
    with work(writer, KIM, "Submit") as begun:
        submit(begun, draft, "ready")
    with pytest.raises(DataProblem, match="Returning a plan needs a reason"), work(writer, LEE, "Return") as begun:
        return_to_draft(begun, draft, "  ")
    with work(writer, LEE, "Return") as begun:
        return_to_draft(begun, draft, "West is\ntoo low")
    with work(writer, KIM, "Submit") as begun:
        submit(begun, draft)
    with work(writer, LEE, "Approve") as begun:
        approve(begun, draft)
    under_way = "v2 is approved already, and not in force yet"
    with pytest.raises(DataProblem, match=under_way), work(writer, KIM, "v3") as begun:
        begin_version(begun, 2026)
    with work(writer, LEE, "Publish") as begun:
        publish(begun, draft, "as agreed on Monday")
    with open_reader(place) as reader:
        new, old = read_versions(reader, 2026)
    assert (new.plan.label, new.plan.state, new.based_on, new.total) == ("FY2026 v2", "published", 1, Amount("1260.12"))
    assert [(each.what, each.who, each.why) for each in new.story] == [
        ("begun", "kim", ""),
        ("submitted", "kim", "ready"),
        ("returned", "lee", "West is too low"),
        ("submitted", "kim", ""),
        ("approved", "lee", ""),
        ("published", "lee", "as agreed on Monday"),
    ]
    assert sorted(each.at for each in new.story) == [each.at for each in new.story]
    assert (old.plan.state, old.based_on) == ("superseded", None)
    assert [each.what for each in old.story] == ["begun", "superseded"]
    assert [change.kind for change in recent(place, limit=3)] == ["publication", "approval", "submission"]


def test_undo_crosses_no_step_of_a_plan(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    set_one(writer, draft, leaf, BASE, Amount(7))
    with work(writer, LEE, "Submit the quotas") as begun:
        submit(begun, draft)
    with pytest.raises(DataProblem, match="“Submit the quotas” came after it"):
        undo_last(writer, KIM)
    with work(writer, LEE, "Return") as begun:
        return_to_draft(begun, draft, "more work")
    with pytest.raises(DataProblem, match="came after it"):
        undo_last(writer, KIM)
    with pytest.raises(DataProblem, match="nothing of yours to undo"):
        undo_last(writer, LEE)
    set_one(writer, draft, leaf, Amount(7), Amount(8))
    undo_last(writer, KIM)
    assert seen(place).kept[leaf] == Amount(7).units


def test_a_state_that_moved_on_is_refused_with_who_did_it(place: Database, writer: Engine, draft: int) -> None:
    with work(writer, LEE, "Submit") as begun:
        submit(begun, draft)
    told = "FY2026 v2 is submitted, by lee on 20"
    with pytest.raises(StateMovedOn, match=told), work(writer, KIM, "Submit") as begun:
        submit(begun, draft)
    with pytest.raises(DataProblem, match="no more"), work(writer, KIM, "Approve") as begun:
        approve(begun, 999)


def test_a_draft_is_thrown_away_and_brought_back_whole_with_its_story(place: Database, writer: Engine) -> None:
    with work(writer, LEE, "Begin") as begun:
        draft = id_of(begin_version(begun, 2026))
    with work(writer, KIM, "Submit") as begun:
        submit(begun, draft)
    with work(writer, KIM, "Return") as begun:
        return_to_draft(begun, draft, "too low")
    leaf = the_leaf(seen(place), "Ana", 1)
    with work(writer, LEE, "lock") as begun:
        lock(begun, draft, [leaf], "agreed")
    before = seen(place)
    with work(writer, KIM, "Discard") as begun:
        assert discard_version(begun, draft) == "FY2026 v2"
    with open_reader(place) as reader:
        assert [version.plan.plan_version for version in read_versions(reader, 2026)] == [1]
    assert sums_hold(place)
    undo_last(writer, KIM)
    assert seen(place) == before
    with open_reader(place) as reader:
        assert [found.reason for found in read_locks(reader, draft).values()] == ["agreed"]
        story = read_versions(reader, 2026)[0].story
    assert [(each.what, each.who) for each in story] == [
        ("begun", "lee"),
        ("submitted", "kim"),
        ("returned", "kim"),
        ("discarded", "kim"),
        ("brought back", "kim"),
    ]
    assert sums_hold(place)
    put_into_force(writer, draft)
    with pytest.raises(DataProblem, match="is published"), work(writer, KIM, "Discard") as begun:
        discard_version(begun, draft)


def test_versions_are_compared_by_rows_and_columns(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    set_one(writer, draft, the_leaf(view, "Ana", 1), BASE, Amount("150.01"))
    set_one(writer, draft, the_leaf(view, "Kim, own", 7), None, Amount(70))
    with open_reader(place) as reader:
        old = read_versions(reader, 2026)[1].plan.id
    whole, differing = compared(place, old, draft), compared(place, old, draft, only=True)
    assert [node.label for node in differing.nodes] == ["Sales", "Kim, own", "East", "Ana"]
    assert len(whole.nodes) == len([node for node in view.nodes if node.label not in ("any line", "Services")])
    year = whole.cell(0, 0)
    assert (year.before, year.after, year.difference) == (Amount("1260.12"), Amount("1380.12"), Amount(120))
    assert year.share == Amount(120).ratio(Amount("1260.12"))
    own = differing.cell(1, 0)
    assert (own.before, own.difference, own.share) == (None, Amount(70), None)
    quarter = next(number for number, span in enumerate(whole.spans) if span.label == "Q2")
    assert differing.cell(3, quarter).difference is None
    assert differing.cell(3, 1).share == Decimal(50) / BASE.decimal


def test_a_quota_tells_its_story_through_all_versions(place: Database, writer: Engine, draft: int) -> None:
    leaf, new = the_leaf(seen(place), "Ana", 1), the_leaf(seen(place), "Kim, own", 7)
    set_one(writer, draft, leaf, BASE, Amount(7), "Ana Jan: 7", "Ana\nFeb: 8")
    set_one(writer, draft, new, None, Amount(5))
    put_into_force(writer, draft)
    with work(writer, LEE, "begin v3") as begun:
        third = begin_version(begun, 2026).id
    assert third is not None
    set_one(writer, third, leaf, Amount(7), None)
    undo_last(writer, KIM)
    with open_reader(place) as reader:
        story = read_cell_story(reader, third, [leaf, new])
    assert [(t.leaf, t.plan_version, t.before, t.after, t.who, t.what, t.why, t.kind) for t in story] == [
        (leaf, 3, None, Amount(7), "kim", "Set 1 quota", "", "undo"),
        (leaf, 3, Amount(7), None, "kim", "Set 1 quota", "", "edit"),
        (new, 2, None, Amount(5), "kim", "Set 1 quota", "", "edit"),
        (leaf, 2, BASE, Amount(7), "kim", "Set 1 quota", "Ana Jan: 7 · Ana Feb: 8", "edit"),
        (leaf, 1, None, BASE, "kim", "set up", "", "edit"),
    ]
    assert units(7) == [seen(place).kept[leaf]]


def test_lists_of_changes_show_the_summary_alone(place: Database, writer: Engine, draft: int) -> None:
    set_one(writer, draft, the_leaf(seen(place), "Ana", 1), BASE, Amount(7), "Ana Jan: 7", " ", "again")
    (latest,) = recent(place, limit=1)
    assert (latest.reason, latest.story) == ("Set 1 quota", ("Ana Jan: 7", "again"))
    assert undo_last(writer, KIM) == "Set 1 quota"
    assert recent(place, limit=1)[0].reason == "Set 1 quota"


def test_a_plan_that_an_import_began_was_loaded(place: Database, writer: Engine) -> None:
    with work(writer, LEE, "Import: quotas.csv", kind="import") as begun:
        begun.session.add(QuotaPlan(fiscal_year=2031, state="published"))
    with open_reader(place) as reader:
        (loaded,) = read_versions(reader, 2031)
    assert [(each.what, each.who) for each in loaded.story] == [("loaded", "lee")]
    assert loaded.plan.state == "published"


def test_a_year_s_first_version_may_begin_with_the_quotas_of_another_year_for_the_seats_there_are(
    place: Database, writer: Engine, draft: int
) -> None:
    kept = dict(seen(place).kept)
    gone = the_leaf(seen(place), "Ana", 1).seat
    with work(writer, KIM, "a seat closes") as begun:
        begun.session.get_one(Seat, gone).valid_to = date(2027, 1, 31)
    with work(writer, KIM, "begin") as begun:
        new = begin_version(begun, 2027, draft)
        assert (new.plan_version, new.based_on_id) == (1, None)
    with open_reader(place) as reader:
        plan = read_plan(reader, 2027)
        assert plan is not None
        found = units_of(reader.rows(LEAVES, {"plan": plan.id}))
    of_next_year = {
        Leaf(leaf.seat, leaf.line, leaf.month.replace(year=2027)): units
        for leaf, units in ((Leaf.of(key), units) for key, units in kept.items())
        if units is not None and (leaf.seat != gone or leaf.month.month == 1)
    }
    assert found == of_next_year
    assert {Leaf.of(key).month for key in found if Leaf.of(key).seat == gone} == {date(2027, 1, 1)}
    assert sums_hold(place)
