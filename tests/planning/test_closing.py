"""Months closed and opened again in both databases: what is closed keeps its quotas, and undo does not cross it."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from salestui.metrics.closing import close_months, reopen_months
from salestui.metrics.work import find_undoable, undo_last, work
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.planning.adjusted import read_ramps
from salestui.planning.adjustments import DropRamp, SetRamp, drop_ramp, set_ramp
from salestui.planning.quotas.commands.amounts import put_quotas
from salestui.planning.quotas.commands.versions import approve, begin_version, publish, submit
from salestui.planning.quotas.sheet import Leaf
from salestui.store.company import read_company
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.history import read_changes
from salestui.store.quick import open_reader
from salestui.store.work import Actor
from tests.support.companies import KIM, building, id_of, the

CALENDAR = FiscalCalendar()
TODAY = date(2026, 5, 10)


@pytest.fixture
def writer(database_url: str) -> Engine:
    """A seat with 1,000 a month in force."""
    return _opened(database_url)


@pytest.fixture
def quick_writer(sqlite_url: str) -> Engine:
    """It on SQLite."""
    return _opened(sqlite_url)


def _opened(url: str) -> Engine:
    opened = engine(parse(url), write=True)
    with building(opened) as company:
        seat = company.seat("West 1")
        for month in range(1, 13):
            company.quota(seat, date(2026, month, 1), 1000)
    return opened


def close(writer: Engine, month: str, actor: Actor = KIM) -> date:
    """Close the months up to that one."""
    with work(writer, actor, f"Close {month}") as begun:
        return close_months(begun, CALENDAR.parse(month, TODAY), TODAY)


def reopen(writer: Engine, month: str, reason: str) -> date:
    """Open that month and those after it again."""
    with work(writer, KIM, f"Open {month}") as begun:
        return reopen_months(begun, CALENDAR.parse(month, TODAY), reason)


def put(writer: Engine, plan: int, month: int, amount: int) -> int:
    """Type a quota into a draft."""
    leaf = Leaf(id_of(the(writer, Seat, title="West 1")), 0, date(2026, month, 1))
    with work(writer, KIM, "type") as begun:
        return put_quotas(begun, plan, [(leaf, Amount(amount))])


def test_months_are_closed_by_an_act_that_all_see_and_undo_does_not_cross(writer: Engine) -> None:
    with work(writer, KIM, "Keep a ramp") as begun:
        set_ramp(begun, SetRamp("New", ("0",)))
    assert close(writer, "2026-03") == date(2026, 3, 31)
    assert close(writer, "2026-04") == date(2026, 4, 30)
    with Session(writer) as session:
        (latest, *_) = read_changes(session)
    assert (latest.kind, latest.actor) == ("close", KIM.name)
    with pytest.raises(DataProblem, match="nothing of yours to undo"):
        undo_last(writer, KIM)
    assert reopen(writer, "2026-04", "  late\ncredit ") == date(2026, 4, 1)
    with Session(writer) as session:
        (latest, *_) = read_changes(session)
    assert (latest.kind, latest.story) == ("reopening", ("late credit",))
    with pytest.raises(DataProblem, match="nothing of yours to undo"):
        undo_last(writer, KIM)


def test_undo_of_somebody_else_does_not_cross_a_close_either(quick_writer: Engine) -> None:
    with work(quick_writer, KIM, "Keep a ramp") as begun:
        set_ramp(begun, SetRamp("New", ("0",)))
    close(quick_writer, "2026-03", Actor("lee"))
    with pytest.raises(DataProblem, match="“Close 2026-03” came after it"):
        undo_last(quick_writer, KIM)
    with work(quick_writer, KIM, "Keep another") as begun:
        set_ramp(begun, SetRamp("Other", ("0",)))
    undo_last(quick_writer, KIM)


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2026-05", "2026-05 is not over"),
        ("2027-05", "is not over"),
        ("2026-03-15", "does not end with a fiscal month"),
        ("2026-02", "closed already"),
        ("2026-03", "closed already"),
    ],
)
def test_a_month_that_cannot_be_closed_is_refused(quick_writer: Engine, month: str, told: str) -> None:
    close(quick_writer, "2026-03")
    with pytest.raises(DataProblem, match=told):
        close(quick_writer, month)


@pytest.mark.parametrize(
    ("month", "reason", "told"),
    [
        ("2026-04", "x", "is not closed"),
        ("2026-03", " ", "needs a reason"),
        ("2026-03-15", "x", "does not begin with a fiscal month"),
    ],
)
def test_a_month_that_cannot_be_opened_is_refused(quick_writer: Engine, month: str, reason: str, told: str) -> None:
    close(quick_writer, "2026-03")
    with pytest.raises(DataProblem, match=told):
        reopen(quick_writer, month, reason)


def test_a_draft_cannot_change_closed_months_and_can_change_the_others(writer: Engine) -> None:
    close(writer, "2026-03")
    with work(writer, KIM, "begin") as begun:
        plan = begin_version(begun, 2026).id or 0
    with pytest.raises(DataProblem, match="months up to 2026-03-31 are closed"):
        put(writer, plan, 3, 2000)
    assert put(writer, plan, 3, 1000) == 0
    assert put(writer, plan, 4, 2000) == 1
    reopen(writer, "2026-03", "late credit")
    assert put(writer, plan, 3, 2000) == 1


def test_a_plan_that_would_change_closed_months_is_not_published(writer: Engine) -> None:
    with work(writer, KIM, "begin") as begun:
        plan = begin_version(begun, 2026).id or 0
    put(writer, plan, 3, 2000)
    for step in (submit, approve):
        with work(writer, KIM, "step") as begun:
            step(begun, plan)
    close(writer, "2026-03")
    with pytest.raises(DataProblem, match="months up to 2026-03-31 are closed"), work(writer, KIM, "p") as begun:
        publish(begun, plan)
    with Session(writer) as session:
        states = {row.plan_version: row.state for row in session.exec(select(QuotaPlan)).all()}
    assert states == {1: "published", 2: "approved"}
    reopen(writer, "2026-03", "late credit")
    with work(writer, KIM, "p") as begun:
        publish(begun, plan)


def test_a_plan_that_leaves_closed_months_alone_is_published(quick_writer: Engine) -> None:
    close(quick_writer, "2026-03")
    with work(quick_writer, KIM, "begin") as begun:
        plan = begin_version(begun, 2026).id or 0
    put(quick_writer, plan, 12, 2000)
    for step in (submit, approve, publish):
        with work(quick_writer, KIM, "step") as begun:
            step(begun, plan)
    assert the(quick_writer, QuotaPlan, id=plan).state == "published"


def test_the_company_knows_through_when_it_is_closed(sqlite_url: str) -> None:
    writer = _opened(sqlite_url)
    close(writer, "2026Q1")
    with open_reader(parse(sqlite_url)) as reader:
        assert read_company(reader).closed_through == date(2026, 3, 31)
    assert not find_undoable(parse(sqlite_url), KIM.name)


def test_a_ramp_is_dropped_where_nobody_follows_it(sqlite_url: str) -> None:
    writer = _opened(sqlite_url)
    with work(writer, KIM, "ramp") as begun:
        key = set_ramp(begun, SetRamp("New", ("0", "0.25")))
    with open_reader(parse(sqlite_url)) as reader:
        (ramp,) = read_ramps(reader)
    assert (ramp.name, ramp.percents, ramp.followers) == ("New", "0 25", 0)
    with work(writer, KIM, "drop") as begun:
        drop_ramp(begun, DropRamp(key, ramp.version))
    with open_reader(parse(sqlite_url)) as reader:
        assert read_ramps(reader) == ()
