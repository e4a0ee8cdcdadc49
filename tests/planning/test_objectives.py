"""Objectives in both databases: set, submitted, approved and superseded, beside last year, quotas and sales."""

from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from salestui.metrics.reader import COMPANY, Scope
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.organisation import Seat, Territory, TerritoryAssignment
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.planning.objectives.commands import (
    ObjectiveAt,
    approve,
    begin_version,
    drop_draft,
    send_back,
    set_objective,
    set_target,
    submit,
)
from salestui.planning.objectives.queries import read_objective, read_objectives
from salestui.planning.objectives.rules import Target, period_of
from salestui.planning.objectives.standing import read_in_force
from salestui.process.today import read_today
from salestui.store.database import Database, parse
from salestui.store.history import APPROVAL, RETURN, SUBMISSION
from salestui.store.work import StaleSave
from tests.planning.objective_support import (
    LEE,
    MORNING,
    ON,
    build,
    commanded,
    now,
    opened,
    set_up,
    standings,
    the_one,
)
from tests.support.companies import KIM, building, id_of, put_together, the


@pytest.fixture
def place(database_url: str) -> Database:
    """A database with that company."""
    return put_together(parse(database_url), build)


def test_an_objective_stands_beside_last_year_quotas_and_sales(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    found = the_one(place)
    assert found.objective.label == "bookings of Company in FY2026 v1"
    assert found.last_year.amount == Amount(1800)
    assert (found.assigned.amount, found.assigned.told) == (Amount(2160), "quotas of FY2026 v1 published")
    assert found.actual.amount == Amount(450)
    assert (found.to_assign, found.to_go) == (Amount(-160), Amount(1550))
    assert found.reached == Decimal("0.225")
    assert found.over_last_year == Decimal(2000) / Decimal(1800) - 1
    assert found.level in ("good", "watch", "bad")


@pytest.mark.parametrize(
    ("scope", "period", "last_year", "assigned", "actual"),
    [
        ("West", "FY2026", 1200, 1440, 300),
        ("Ana", "2026Q1", 300, 360, 300),
        ("Bo", "2026-02", 50, 60, 50),
        ("line:Pumps", "FY2026", 1200, 1440, 300),
        ("territory:North", "FY2026", 1200, 1440, 300),
        ("Coast", "2026-01..2026-02", 200, 240, 200),
    ],
)
def test_every_scope_has_its_own_numbers(
    place: Database, writer: Engine, scope: str, period: str, last_year: int, assigned: int, actual: int
) -> None:
    set_up(place, writer, scope=scope, period=period)
    found = the_one(place)
    assert found.last_year.amount == Amount(last_year)
    assert found.assigned.amount == Amount(assigned)
    assert found.actual.amount == Amount(actual)


def test_the_quota_of_a_seat_that_begins_within_a_month_is_its_team_s(place: Database, writer: Engine) -> None:
    with building(writer) as company:
        new = company.seat("West 2", company.named(Seat, title="West lead"), days=("2026-06-15", "9999-12-31"))
        company.quota(new, date(2026, 6, 1), 1000)
        coast = company.named(Territory, name="Coast")
        company.add(TerritoryAssignment(seat_id=id_of(new), territory_id=id_of(coast), valid_from=date(2026, 6, 15)))
    for scope in ("company", "West", "territory:North"):
        set_up(place, writer, scope=scope, period="2026-06")
    assert [each.assigned.amount for each in standings(place)] == [Amount(1180), Amount(1120), Amount(1120)]


def test_without_a_published_plan_the_latest_draft_counts_and_says_so(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    plan = the(writer, QuotaPlan, fiscal_year=2026)
    with work(writer, KIM, "begin anew") as begun:
        begun.session.get_one(QuotaPlan, id_of(plan)).state = "draft"
    assert the_one(place).assigned.told == "quotas of FY2026 v1 draft"


def test_what_has_no_data_is_none_with_its_reason(place: Database, writer: Engine) -> None:
    set_up(place, writer, period="FY2025")
    set_up(place, writer, period="FY2027")
    set_up(place, writer, "contribution", "Bo", text="9")
    set_up(place, writer, "contribution", "West", text="900")
    bo, west = standings(place)
    assert (west.last_year.amount, west.actual.amount) == (Amount(600), Amount(150))
    assert (bo.last_year.amount, bo.actual.amount) == (None, None)
    assert "no cost is known" in bo.actual.why
    assert (bo.assigned.amount, bo.assigned.told) == (None, "quotas are in bookings")
    for at in opened(place):
        view = at.view()
        assert view.elsewhere == ("FY2025", "FY2027")
        coming = read_objectives(at.reader, at.lens, at.company, COMPANY, at.lens.calendar.parse("FY2027", ON))
        (next_year,) = coming.standings
        assert (next_year.actual.amount, next_year.actual.why) == (None, "FY2027 has not begun")
        assert next_year.last_year.stands_in == "2025-03..2026-02"
        assert next_year.last_year.amount is not None
        assert next_year.assigned.told == "FY2027 has no quotas yet"
        assert next_year.level is None
        (before,) = read_objectives(
            at.reader, at.lens, at.company, COMPANY, at.lens.calendar.parse("FY2025", ON)
        ).standings
        assert before.last_year.why == "FY2024 is not complete: sales are known from 2025-01-01 on"


def test_a_range_that_is_a_year_is_called_the_year(place: Database) -> None:
    for at in opened(place):
        assert period_of(at.lens, "2026-01..2026-12").label == "FY2026"


def test_approval_supersedes_the_version_before(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    step(place, writer, submit, SUBMISSION)
    step(place, writer, approve, APPROVAL)
    first = the_one(place).objective
    assert (first.state, first.number) == ("approved", 1)
    with pytest.raises(DataProblem, match="v1 is approved, not a draft"), work(writer, KIM, "edit") as begun:
        set_target(begun, now(place), Target(Amount(5)))
    with work(writer, KIM, "begin") as begun:
        begin_version(begun, now(place), "the market turned")
    with pytest.raises(DataProblem, match="v2 is a draft already"), work(writer, KIM, "again") as begun:
        begin_version(begun, now(place, 0), "once more")
    with work(writer, KIM, "edit") as begun:
        set_target(begun, now(place), Target(Amount(2500)))
    assert [each.objective.state for each in standings(place)] == ["approved", "draft"]
    step(place, writer, submit, SUBMISSION)
    step(place, writer, approve, APPROVAL)
    found = the_one(place).objective
    assert (found.number, found.state, found.amount) == (2, "approved", Amount(2500))
    for at in opened(place):
        page = read_objective(at.reader, at.lens, at.company, found.id)
        assert [told.what for told in page.story] == [
            "v2 approved",
            "v1 superseded",
            "v2 submitted",
            "v2 2k → 2.5k",
            "v2 drafted at 2k",
            "v1 approved",
            "v1 submitted",
            "v1 drafted at 2k",
        ]
        begun_by = next(told for told in page.story if told.what == "v2 drafted at 2k")
        assert (begun_by.who, begun_by.why) == ("kim", "the market turned")
        first_told = page.story[-1]
        assert first_told.at.astimezone(UTC) == MORNING
        assert first_told.why == "plan"
        assert len(page.months) == 12
        assert (page.months[0].actual, page.months[0].last_year) == (Amount(150), Amount(150))
        assert page.months[11].actual is None


def step(place: Database, writer: Engine, does: object, kind: str) -> None:
    assert callable(does)
    with work(writer, KIM, "step", kind=kind) as begun:
        does(begun, now(place), "because")


def test_drafts_are_undone_and_a_submission_is_not(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    with work(writer, KIM, "edit") as begun:
        set_target(begun, now(place), Target(Amount(3000)))
    undo_last(writer, KIM)
    assert the_one(place).objective.amount == Amount(2000)
    redo_last(writer, KIM)
    assert the_one(place).objective.amount == Amount(3000)
    undo_last(writer, KIM)
    undo_last(writer, KIM)
    assert not standings(place)
    redo_last(writer, KIM)
    step(place, writer, submit, SUBMISSION)
    with pytest.raises(DataProblem, match="nothing of yours to undo"):
        undo_last(writer, KIM)
    step(place, writer, send_back, RETURN)
    found = the_one(place).objective
    assert (found.state, found.reason) == ("draft", "because")
    with work(writer, KIM, "drop") as begun:
        drop_draft(begun, now(place))
    assert not standings(place)
    undo_last(writer, KIM)
    assert the_one(place).objective.state == "draft"


def test_a_second_draft_is_refused_and_a_stale_one_told(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    with pytest.raises(DataProblem, match="a draft already"), work(writer, KIM, "again") as begun:
        set_objective(begun, commanded(place, "growth", "company", "FY2026", "5%"))
    seen = now(place)
    with work(writer, LEE, "theirs") as begun:
        set_target(begun, seen, Target(Amount(7)))
    with pytest.raises(StaleSave), work(writer, KIM, "mine") as begun:
        set_target(begun, seen, Target(Amount(8)))
    command = commanded(place, "volume", "company", "FY2026", "9")
    with pytest.raises(StaleSave), work(writer, KIM, "over it") as begun:
        set_objective(begun, replace(command, over=seen))
    assert the_one(place).objective.amount == Amount(7)
    with work(writer, KIM, "over it, having looked") as begun:
        set_objective(begun, replace(command, over=now(place)))
    assert the_one(place).objective.amount == Amount(9)
    with pytest.raises(DataProblem, match="is a draft, not submitted"), work(writer, KIM, "x") as begun:
        approve(begun, now(place), "x")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201])
def test_an_objective_is_never_without_a_reason(place: Database, writer: Engine, reason: str) -> None:
    with pytest.raises(UsageProblem, match="why, in up to 200"), work(writer, KIM, "set") as begun:
        set_objective(begun, commanded(place, "volume", "company", "FY2026", "2k", reason))
    assert not standings(place)


def test_a_team_sees_its_own_objectives_and_those_under_it(place: Database, writer: Engine) -> None:
    for scope in ("company", "West", "Ana", "Bo", "line:Pumps"):
        set_up(place, writer, scope=scope)
    assert [each.objective.scope.name for each in standings(place)] == ["Company", "Bo", "West", "Ana", "Pumps"]
    seat = the(writer, Seat, team="West")
    found = standings(place, Scope("team", id_of(seat), "West"))
    assert [each.objective.scope.name for each in found] == ["West", "Ana"]


def test_today_shows_the_approved_objective_of_the_period_else_of_the_year(place: Database, writer: Engine) -> None:
    set_up(place, writer)
    for at in opened(place):
        quarter = at.lens.calendar.quarter_of(ON)
        assert read_today(at.reader, at.company, at.lens, COMPANY, quarter).objective is None
    step(place, writer, submit, SUBMISSION)
    step(place, writer, approve, APPROVAL)
    for at in opened(place):
        quarter = at.lens.calendar.quarter_of(ON)
        found = read_today(at.reader, at.company, at.lens, COMPANY, quarter).objective
        assert found is not None
        assert (found.period.label, found.amount, found.reached) == ("FY2026", Amount(2000), Decimal("0.225"))
    set_up(place, writer, period="2026Q1", text="500")
    step_of = next(each for each in standings(place) if each.objective.period.label == "2026Q1").objective
    with work(writer, KIM, "step", kind=SUBMISSION) as begun:
        submit(begun, ObjectiveAt(step_of.id, step_of.version), "x")
    with work(writer, KIM, "step", kind=APPROVAL) as begun:
        approve(begun, ObjectiveAt(step_of.id, step_of.version + 1), "x")
    for at in opened(place):
        in_force = read_in_force(at.reader, at.lens.calendar, COMPANY, at.lens.calendar.quarter_of(ON))
        assert in_force is not None
        assert (in_force.period.label, in_force.amount) == ("2026Q1", Amount(500))
