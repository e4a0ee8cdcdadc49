"""Quota plans in both databases: read as a sheet, saved as one, refused where others were quicker, put into force."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from salestui.cli.main import run
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.history import Change
from salestui.model.tables.organisation import Person, Seat
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands import amounts
from salestui.planning.quotas.commands.amounts import Edit, QuotasMovedOn, SetQuotas, set_quotas
from salestui.planning.quotas.commands.latest import latest_of, others_who
from salestui.planning.quotas.commands.step import set_step
from salestui.planning.quotas.commands.versions import begin_version, submit
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.sheet import Leaf, Sheet
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.work import StaleSave
from salestui.tui.core import DatabaseCore
from salestui.tui.navigation import View
from tests.planning.support import LEE, YEAR, put_into_force, seen, sheet_of, sums_hold, the_leaf, units
from tests.support.checkout import ROOT
from tests.support.companies import KIM, building, the


def labels(view: PlanView) -> list[str]:
    """The rows as they are indented."""
    depths: list[int] = []
    for node in view.nodes:
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
    return ["  " * depth + node.label for depth, node in zip(depths, view.nodes, strict=True)]


def test_seats_stand_in_their_line_of_command_with_lines_of_products_below(place: Database) -> None:
    assert labels(seen(place)) == [
        "Sales",
        "  Kim, own",
        "  House accounts (vacant)",
        "  East",
        "    Mo, own",
        "    Ana",
        "    Di",
        "    East 2 (vacant)",
        "  West",
        "    Lee, own",
        "    Bo and Flo",
        "      any line",
        "      Services",
        "    West 1 (vacant)",
    ]


def test_seats_stand_where_they_stood_on_the_day(place: Database) -> None:
    assert labels(seen(place, on=date(2026, 2, 1)))[3:11] == [
        "  East",
        "    Mo, own",
        "    Ana (from Feb)",
        "    East 2 (vacant)",
        "  West",
        "    Lee, own",
        "    Ana",
        "    Bo and Flo",
    ]


def test_sums_are_exact_and_no_quota_stays_none(place: Database) -> None:
    view = seen(place)
    sheet = sheet_of(view)
    rows = {node.label: row for row, node in enumerate(view.nodes)}
    titles = [span.label for span in view.spans]
    assert titles[:6] == ["FY2026", "Jan", "Feb", "Mar", "Q1", "Apr"]
    assert sheet.value(rows["Sales"], 0) == Amount("1260.12")
    assert sheet.value(rows["Sales"], titles.index("Feb")) == Amount("450.04")
    assert sheet.value(rows["Bo and Flo"], titles.index("Q1")) == Amount("350.03")
    assert sheet.value(rows["Bo and Flo"], titles.index("May")) == Amount(0)
    assert sheet.value(rows["West 1 (vacant)"], titles.index("Apr")) is None
    assert sheet.value(rows["Kim, own"], 0) is None


def test_a_team_and_a_person_see_their_own_seats(place: Database) -> None:
    everything = seen(place)
    west = next(node.key for node in everything.nodes if node.label == "West")
    assert labels(seen(place, west))[0] == "West"
    core = DatabaseCore(place, as_of=date(2026, 3, 1), actor="kim")
    ana = next(scope.key for scope in core.scopes(date(2026, 3, 1)) if scope.label == "Ana")
    assert labels(seen(place, ana)) == ["West 1 (vacant)", "Ana"]


def test_what_was_booked_a_year_before_stands_beside(place: Database) -> None:
    view = seen(place)
    assert view.last_year == {the_leaf(view, "Lee, own", 2): Amount(500).units}


def test_quotas_are_saved_as_one_and_undone_as_one(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    assert view.plan is not None
    assert view.plan[:4] == (draft, 2026, 2, "draft")
    known, new = the_leaf(view, "Ana", 1), the_leaf(view, "Kim, own", 7)
    edits = [Edit(known, Amount(250), Amount("100.01")), Edit(new, Amount(70), None)]
    with work(writer, KIM, "save") as begun:
        assert set_quotas(begun, SetQuotas(draft, edits)) == 2
    after = seen(place)
    assert [after.kept[leaf] for leaf in (known, new)] == units(250, 70)
    undo_last(writer, KIM)
    assert seen(place).kept == view.kept
    redo_last(writer, KIM)
    assert [seen(place).kept[leaf] for leaf in (known, new)] == units(250, 70)
    assert sums_hold(place)


def test_many_quotas_are_saved_alike(
    place: Database, writer: Engine, draft: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_MANY", 3)
    view = seen(place)
    leaves = [leaf for row in range(len(view.nodes)) for leaf in sheet_of(view).leaves(row, 0)]
    edits = [Edit(leaf, Amount(number), sheet_of(view).leaf(leaf)) for number, leaf in enumerate(dict.fromkeys(leaves))]
    with work(writer, KIM, "save") as begun:
        assert set_quotas(begun, SetQuotas(draft, edits)) == len(edits)
    after = seen(place)
    assert all(after.kept[edit.leaf] == (None if edit.amount is None else edit.amount.units) for edit in edits)
    assert sums_hold(place)


@pytest.mark.parametrize("many", [False, True])
def test_what_others_changed_meanwhile_is_told_and_nothing_is_saved(
    place: Database, writer: Engine, draft: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_MANY", 1 if many else 500)
    view = seen(place)
    contested, other, agreed = (the_leaf(view, "Ana", month) for month in (1, 2, 3))
    base = Amount("100.01")
    with work(writer, LEE, "theirs") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(contested, Amount(1), base), Edit(agreed, Amount(3), base)]))
        then = begun.session.get_one(Change, begun.change_id).at
    mine = [Edit(contested, Amount(9), base), Edit(other, Amount(8), base), Edit(agreed, Amount(3), base)]
    with pytest.raises(QuotasMovedOn) as refused, work(writer, KIM, "mine") as begun:
        set_quotas(begun, SetQuotas(draft, mine))
    (conflict,) = refused.value.conflicts
    assert (conflict.leaf, conflict.mine, conflict.theirs, conflict.base) == (contested, Amount(9), Amount(1), base)
    assert (conflict.who, conflict.at) == ("lee", then)
    assert seen(place).kept[other] == base.units
    with work(writer, KIM, "mine again") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(contested, Amount(9), Amount(1)), *mine[1:]]))
    assert [seen(place).kept[leaf] for leaf in (contested, other, agreed)] == units(9, 8, 3)


def quota_of_the_year(place: Database) -> Decimal | None:
    """What attainment is measured against."""
    on = date(2026, 12, 31)
    board = DatabaseCore(place, as_of=on, actor="kim").board(View("company", YEAR, on))
    return next(kpi.denominator for kpi in board[0].kpis if kpi.id == "attainment")


def test_a_version_counts_once_it_is_published_and_that_is_not_undone(
    place: Database, writer: Engine, draft: int
) -> None:
    view = seen(place)
    with work(writer, KIM, "save") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(the_leaf(view, "Ana", 1), Amount(900), Amount("100.01"))]))
    assert quota_of_the_year(place) == Decimal("1260.12")
    put_into_force(writer, draft)
    after = seen(place).plan
    assert after is not None
    assert (after.label, after.state) == ("FY2026 v2", "published")
    assert quota_of_the_year(place) == Decimal("2060.11")
    assert sums_hold(place)
    with pytest.raises(DataProblem, match="nothing of yours to undo"):
        undo_last(writer, KIM)
    with (
        pytest.raises(DataProblem, match="is published, and changes by a new version only"),
        work(writer, KIM, "late") as begun,
    ):
        set_quotas(begun, SetQuotas(draft, [Edit(the_leaf(view, "Ana", 2), Amount(1), Amount("100.01"))]))


def test_one_draft_at_a_time_and_never_an_empty_plan_in_force(place: Database, writer: Engine, draft: int) -> None:
    with pytest.raises(DataProblem, match="FY2026 v2 is a draft already"), work(writer, KIM, "again") as begun:
        begin_version(begun, 2026)
    with work(writer, KIM, "next year") as begun:
        plan = begin_version(begun, 2027)
    assert (plan.plan_version, plan.state) == (1, "draft")
    with pytest.raises(DataProblem, match="no quota yet"), work(writer, KIM, "submit") as begun:
        submit(begun, plan.id or 0)
    with pytest.raises(DataProblem, match="no more"), work(writer, KIM, "save") as begun:
        set_quotas(begun, SetQuotas(999, []))


def test_nobody_undoes_what_somebody_has_put_into_force(place: Database, writer: Engine, draft: int) -> None:
    leaf = the_leaf(seen(place), "Ana", 1)
    with work(writer, KIM, "mine") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(900), Amount("100.01"))]))
    put_into_force(writer, draft, LEE)
    with pytest.raises(DataProblem, match="in force since"):
        undo_last(writer, KIM)
    assert seen(place).kept[leaf] == Amount(900).units


def test_what_was_put_into_force_later_is_no_wall_for_other_years(place: Database, writer: Engine, draft: int) -> None:
    with work(writer, KIM, "next year") as begun:
        plan = begin_version(begun, 2027)
    leaf = Leaf(the_leaf(seen(place), "Ana", 1).seat, 0, date(2027, 1, 1))
    with work(writer, KIM, "a quota of next year") as begun:
        set_quotas(begun, SetQuotas(plan.id or 0, [Edit(leaf, Amount(5), None)]))
    put_into_force(writer, draft, LEE)
    assert undo_last(writer, KIM) == "a quota of next year"


@pytest.mark.parametrize("many", [False, True])
def test_a_quota_that_is_gone_is_a_conflict_too(
    place: Database, writer: Engine, draft: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amounts, "_MANY", 1 if many else 500)
    leaf = the_leaf(seen(place), "Kim, own", 7)
    with work(writer, LEE, "theirs") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(55), None)]))
    undo_last(writer, LEE)
    with pytest.raises(QuotasMovedOn) as refused, work(writer, KIM, "mine") as begun:
        set_quotas(begun, SetQuotas(draft, [Edit(leaf, Amount(60), Amount(55))]))
    (conflict,) = refused.value.conflicts
    assert (conflict.mine, conflict.theirs, conflict.base) == (Amount(60), None, Amount(55))


def test_months_without_the_seat_take_no_share(place: Database) -> None:
    view = seen(place)
    sheet = sheet_of(view)
    row = next(number for number, node in enumerate(view.nodes) if node.label == "East 2 (vacant)")
    assert [leaf.month.month for leaf in sheet.leaves(row, 0)] == [1, 2]


def test_a_change_at_the_top_within_the_year_loses_nobody(database_url: str) -> None:
    place = parse(database_url)
    opened = engine(place, write=True)
    with building(opened) as company:
        ana, bo = company.seat("Ana's seat", team="Ana's"), company.seat("Bo's seat", team="Bo's")
        company.reports(bo, ana, ("2026-01-01", "2026-06-30"))
        company.reports(ana, bo, ("2026-07-01", "9999-12-31"))
        company.quota(ana, "2026-03-01", 100)
    opened.dispose()
    assert labels(seen(place, on=date(2026, 3, 1)))[0] == "Ana's"
    later = seen(place, on=date(2026, 8, 1))
    assert labels(later) == ["Bo's", "  Bo's seat (vacant), own", "  Ana's", "    Ana's seat (vacant), own"]
    assert sheet_of(later).value(0, 0) == Amount(100)


def test_last_year_stands_beside_seats_with_lines_too(place: Database, writer: Engine) -> None:
    bo, seat = the(writer, Person, name="Bo"), the(writer, Seat, title="West 2")
    with building(writer) as company:
        company.sale(70, "2025-05-05", (bo, seat, "primary", 70))
    view = seen(place)
    team = next(number for number, node in enumerate(view.nodes) if node.label == "West")
    before = Sheet(view.nodes, view.months, view.spans, view.last_year)
    assert before.value(team, 0) == Amount(570)


def test_files_are_taken_again_after_a_version_made_here_is_in_force(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", str(ROOT / "sample_data"), "--db", sqlite_url]
    assert run(command) == 0
    opened = engine(parse(sqlite_url), write=True)
    with work(opened, KIM, "begin") as begun:
        plan = begin_version(begun, 2025)
    put_into_force(opened, plan.id or 0)
    opened.dispose()
    capsys.readouterr()
    assert run(command) == 0
    assert "refused" not in capsys.readouterr().out


def test_who_changed_a_quota_last_is_known_even_where_it_is_gone(place: Database, writer: Engine, draft: int) -> None:
    view = seen(place)
    known, new, untouched = the_leaf(view, "Ana", 1), the_leaf(view, "Kim, own", 7), the_leaf(view, "Ana", 2)
    with work(writer, LEE, "theirs") as begun:
        edits = [Edit(known, Amount(1), Amount("100.01")), Edit(new, Amount(2), None)]
        set_quotas(begun, SetQuotas(draft, edits))
    undo_last(writer, LEE)
    with work(writer, KIM, "look") as begun:
        found = latest_of(begun, draft, [known, new, untouched])
        assert {leaf: latest.who for leaf, latest in found.items()} == {known: "lee", new: "lee", untouched: "kim"}
        assert all(latest.at.tzinfo is not None for latest in found.values())
        assert others_who(begun, draft, [known, untouched]) == "kim and lee"


def test_a_step_that_somebody_else_has_set_meanwhile_is_not_set_over(
    place: Database, writer: Engine, draft: int
) -> None:
    with work(writer, LEE, "theirs") as begun:
        assert set_step(begun, draft, Amount(50), Amount(1))
    told = "set the step of FY2026 v2 to 50 meanwhile"
    with pytest.raises(StaleSave, match=told), work(writer, KIM, "mine") as begun:
        set_step(begun, draft, Amount(100), Amount(1))
    with work(writer, KIM, "the same") as begun:
        assert not set_step(begun, draft, Amount(50), Amount(1))
    plan = seen(place).plan
    assert plan is not None
    assert plan.step == Amount(50)
