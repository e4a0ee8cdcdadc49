"""Ramps and reliefs in both databases: checked, counted at once, taken back, and never into a closed period."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from salestui.metrics.checking import DERIVED, check
from salestui.metrics.reader import AS_IT_WAS, Lens, Scope, read_flows
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.staffing import Ramp, Relief
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import LATEST
from salestui.model.values.rate import Rate
from salestui.planning.adjustments import (
    AssignRamp,
    EndRelief,
    GrantRelief,
    SetRamp,
    assign_ramp,
    end_relief,
    grant_relief,
    set_ramp,
)
from salestui.store.company import CLOSED_THROUGH
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.work import StaleSave
from tests.support.companies import KIM, building, id_of, the

CALENDAR = FiscalCalendar()
YEAR = CALENDAR.parse("FY2026", date(2026, 3, 1))


class Desk:
    """Kim's team of Ana, who joined in January, and an empty seat; 1,000 a month each."""

    def __init__(self, url: str) -> None:
        self.place: Database = parse(url)
        self.writer: Engine = engine(self.place, write=True)
        with building(self.writer) as company:
            top, lead = company.seat("Lead", team="West"), company.person("Kim")
            company.sits(lead, top)
            seat, ana = company.seat("West 1", top), company.person("Ana")
            company.sits(ana, seat, ("2026-01-01", LATEST))
            for month in range(1, 13):
                company.quota(seat, date(2026, month, 1), 1000)
        self.ana, self.seat = id_of(the(self.writer, Person, name="Ana")), id_of(the(self.writer, Seat, title="West 1"))
        self.team = id_of(the(self.writer, Seat, title="Lead"))

    def close(self, day: str) -> None:
        """Close the months up to a day."""
        with building(self.writer) as company:
            company.setting(CLOSED_THROUGH, day)

    def quota(self, scope: Scope | None = None, fact: str = "quota", period: str = "FY2026") -> Decimal:
        """What is in effect of the year's quota: Ana's, or that of a scope."""
        with open_reader(self.place) as reader:
            lens = Lens(CALENDAR, AS_IT_WAS, date(2026, 3, 1))
            whose = scope or Scope("person", self.ana, "Ana")
            found = read_flows(reader, lens, whose, (fact,), CALENDAR.parse(period, date(2026, 3, 1)))
        return Decimal(found[fact].total).scaleb(-4)

    def set_ramp(self, *shares: str, name: str = "New", ramp: int | None = None, version: int = 0) -> int:
        """Keep a ramp."""
        with work(self.writer, KIM, "ramp") as begun:
            return set_ramp(begun, SetRamp(name, shares, ramp, version))

    def assign(self, ramp: int | None, on: str = "2026-01-01") -> int | None:
        """Have Ana follow a ramp."""
        with work(self.writer, KIM, "assign") as begun:
            return assign_ramp(begun, AssignRamp(self.ana, self.seat, ramp, date.fromisoformat(on)))

    def grant(self, start: str, end: str | None, **how: Any) -> int:
        """Relieve Ana."""
        given: dict[str, Any] = {"reason": "leave", "approver": "Kim", "share": Rate("0.5"), **how}
        until = LATEST if end is None else date.fromisoformat(end)
        with work(self.writer, KIM, "relieve") as begun:
            return grant_relief(begun, GrantRelief(self.ana, self.seat, date.fromisoformat(start), until, **given))

    def end(self, relief: int, on: str) -> None:
        """End a relief."""
        with Session(self.writer) as session:
            version = session.get_one(Relief, relief).version
        with work(self.writer, KIM, "end") as begun:
            end_relief(begun, EndRelief(relief, version or 0, date.fromisoformat(on)))

    def assert_true(self) -> None:
        """Everything derived is what deriving it anew gives."""
        names = {table.name for table in DERIVED}
        assert not [found for found in check(self.place).checks if found.broken and found.name in names]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    """A small team, once on SQLite and once on PostgreSQL."""
    made = Desk(database_url)
    yield made
    made.writer.dispose()


@pytest.fixture
def quick(sqlite_url: str) -> Iterator[Desk]:
    """It on SQLite, where a refusal is no matter of the database."""
    made = Desk(sqlite_url)
    yield made
    made.writer.dispose()


def test_a_ramp_lowers_the_quota_of_who_follows_it_and_is_taken_back_and_made_again(desk: Desk) -> None:
    desk.assign(desk.set_ramp("0", "0.25", "0.5", "0.75"))
    assert desk.quota() == desk.quota(Scope("team", desk.team, "")) == 9_500
    assert desk.quota(fact="base_quota") == 12_000
    desk.assert_true()
    undo_last(desk.writer, KIM)
    assert desk.quota() == 12_000
    redo_last(desk.writer, KIM)
    assert desk.quota() == 9_500
    desk.assert_true()


def test_a_changed_ramp_holds_for_all_who_follow_it(desk: Desk) -> None:
    ramp = desk.set_ramp("0.5")
    desk.assign(ramp)
    desk.set_ramp("0", name="Slower", ramp=ramp, version=the(desk.writer, Ramp, id=ramp).version or 0)
    assert desk.quota() == 11_000
    desk.assert_true()


def test_another_ramp_takes_the_place_of_the_first_and_none_takes_it_away(quick: Desk) -> None:
    assert quick.assign(quick.set_ramp("0")) == quick.assign(quick.set_ramp("0.5", name="Other"))
    assert quick.quota() == 11_500
    assert quick.assign(None) is None
    assert quick.quota() == 12_000


def test_a_relief_lowers_the_persons_quota_and_the_teams_or_leaves_that(desk: Desk) -> None:
    desk.grant("2026-03-01", "2026-03-31")
    assert desk.quota() == desk.quota(Scope("team", desk.team, "")) == 11_500
    desk.grant("2026-04-01", "2026-04-30", lowers_team=False)
    assert [desk.quota(), desk.quota(Scope("team", desk.team, ""))] == [Decimal(11_000), Decimal(11_500)]
    desk.assert_true()
    undo_last(desk.writer, KIM)
    assert desk.quota() == desk.quota(Scope("team", desk.team, "")) == 11_500


def test_a_relief_ended_early_keeps_what_its_days_had(desk: Desk) -> None:
    by_share, by_amount = (
        desk.grant("2026-03-01", None),
        desk.grant("2026-06-01", "2026-07-30", share=None, amount=Amount(600)),
    )
    desk.end(by_share, "2026-05-31")
    desk.end(by_amount, "2026-06-30")
    assert desk.quota(period="2026-01..2026-05") == 3_500
    assert desk.quota(period="2026-06") == 700
    assert desk.quota(period="2026-07..2026-12") == 6_000
    desk.assert_true()


@pytest.mark.parametrize(("on", "kept"), [("2026-03-05", "220.0542"), ("2026-07-28", "770.1897")])
def test_a_relief_of_an_amount_ended_early_leaves_closed_months_to_the_last_unit(
    desk: Desk, on: str, kept: str
) -> None:
    relief = desk.grant("2026-01-07", "2026-07-30", share=None, amount=Amount("777.7777"))
    desk.close("2026-02-28")
    before = [desk.quota(period=month) for month in ("2026-01", "2026-02")]
    desk.end(relief, on)
    assert [desk.quota(period=month) for month in ("2026-01", "2026-02")] == before
    with Session(desk.writer) as session:
        assert session.get_one(Relief, relief).amount == Amount(kept)
    desk.assert_true()


def test_a_relief_is_not_ended_where_that_would_shift_a_closed_month_by_a_unit(quick: Desk) -> None:
    relief = quick.grant("2026-01-07", "2026-07-30", share=None, amount=Amount("777.7777"))
    quick.close("2026-02-28")
    before = quick.quota()
    with pytest.raises(DataProblem, match="would not leave the closed months as they are, to the last unit"):
        quick.end(relief, "2026-03-04")
    assert quick.quota() == before
    quick.end(relief, "2026-03-05")


def test_a_relief_that_is_taken_back_before_it_begins_is_gone(quick: Desk) -> None:
    relief = quick.grant("2026-03-01", "2026-03-31")
    quick.end(relief, "2026-02-28")
    assert quick.quota() == 12_000
    with Session(quick.writer) as session:
        assert session.get(Relief, relief) is None


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((), "has 0 months"),
        (("0",) * 61, "has 61 months"),
        (("1.01",), "“1.01” is no share"),
        (("-0.1",), "is no share"),
        (("half",), "“half” is no share"),
        (("NaN",), "is no share"),
        (("1e-99",), "is no share"),
    ],
)
def test_a_ramp_that_cannot_be_one_is_refused(quick: Desk, shares: tuple[str, ...], told: str) -> None:
    with pytest.raises(DataProblem, match=told):
        quick.set_ramp(*shares)


def test_two_ramps_of_one_name_are_refused(quick: Desk) -> None:
    quick.set_ramp("1", "0.5", "0.2")
    with pytest.raises(DataProblem, match="called New already"):
        quick.set_ramp("1")
    with pytest.raises(DataProblem, match="needs a name"):
        quick.set_ramp("1", name=" ")


@pytest.mark.parametrize(
    ("days", "how", "told"),
    [
        (("2026-03-31", "2026-03-01"), {}, "before it begins"),
        (("0001-01-01", "2026-03-01"), {}, "the day it begins"),
        (("2025-12-31", "2026-03-01"), {}, "do not hold that seat on 2025-12-31"),
        (("2026-03-01", None), {"reason": " "}, "needs its reason"),
        (("2026-03-01", None), {"approver": ""}, "needs an approver"),
        (("2026-03-01", None), {"share": Rate("1.1")}, "no share"),
        (("2026-03-01", None), {"share": Rate(0)}, "no share"),
        (("2026-03-01", None), {"share": None}, "or else an amount"),
        (("2026-03-01", None), {"amount": Amount(5)}, "or else an amount"),
        (("2026-03-01", "2026-03-05"), {"share": None, "amount": Amount(-5)}, "no amount"),
        (("2026-03-01", None), {"share": None, "amount": Amount(5)}, "spread over the days"),
    ],
)
def test_a_relief_that_cannot_be_one_is_refused_and_changes_nothing(
    quick: Desk, days: tuple[str, str | None], how: dict[str, Any], told: str
) -> None:
    with pytest.raises(DataProblem, match=told):
        quick.grant(*days, **how)
    assert quick.quota() == 12_000


def test_reliefs_that_overlap_to_more_than_everything_are_refused(quick: Desk) -> None:
    quick.grant("2026-03-01", "2026-03-31", share=Rate("0.6"))
    quick.grant("2026-03-15", "2026-04-30", share=Rate("0.4"))
    with pytest.raises(DataProblem, match="comes to 110% on 2026-03-15"):
        quick.grant("2026-03-10", "2026-03-20", share=Rate("0.1"))
    quick.grant("2026-04-01", "2026-04-30", share=Rate("0.6"))
    assert quick.quota(period="2026-04") == 0


def test_a_ramp_begins_on_a_day_on_which_they_hold_the_seat(quick: Desk) -> None:
    with pytest.raises(DataProblem, match="do not hold that seat on 2025-12-31"):
        quick.assign(quick.set_ramp("1"), "2025-12-31")


def test_what_is_closed_stays_as_it_is(quick: Desk) -> None:
    relief, ramp = quick.grant("2026-02-01", None), quick.set_ramp("0.5", "0.6", "0.7", "0.8")
    quick.assign(ramp)
    before = quick.quota(period="2026Q1")
    quick.close("2026-03-31")
    version = the(quick.writer, Ramp, id=ramp).version or 0
    refusals: tuple[Callable[[], object], ...] = (
        lambda: quick.grant("2026-03-31", "2026-04-30", share=Rate("0.1")),
        lambda: quick.end(relief, "2026-03-30"),
        lambda: quick.end(relief, "2026-01-01"),
        lambda: quick.assign(None),
        lambda: quick.assign(ramp, "2026-03-31"),
        lambda: quick.set_ramp("0.5", "0.6", "0.8", ramp=ramp, version=version),
    )
    for refused in refusals:
        with pytest.raises(DataProblem, match="months up to 2026-03-31 are closed"):
            refused()
    assert quick.quota(period="2026Q1") == before
    quick.set_ramp("0.5", "0.6", "0.7", "0.9", ramp=ramp, version=version)
    quick.end(relief, "2026-03-31")
    quick.grant("2026-04-01", "2026-04-30", share=Rate("0.1"))
    assert quick.quota(period="2026Q1") == before
    assert quick.quota(period="2026-04") == 810


def test_a_month_that_is_partly_closed_is_closed(quick: Desk) -> None:
    quick.close("2026-03-10")
    with pytest.raises(DataProblem, match="months up to 2026-03-31 are closed"):
        quick.grant("2026-03-20", None)


def test_a_relief_that_moved_on_meanwhile_is_not_ended(quick: Desk) -> None:
    relief = quick.grant("2026-03-01", None)
    with pytest.raises(StaleSave), work(quick.writer, KIM, "end") as begun:
        end_relief(begun, EndRelief(relief, 7, date(2026, 3, 10)))
