"""Seats opened, filled, left and closed in both databases: everything stays true, and what cannot be is refused."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from salestui.metrics.checking import DERIVED, check
from salestui.metrics.reader import AS_IT_WAS, Lens, Scope, read_flows
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.staffing import Ramping
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.people.seating import (
    CloseSeat,
    FillSeat,
    LeaveSeat,
    OpenSeat,
    close_seat,
    fill_seat,
    leave_seat,
    open_seat,
)
from salestui.people.seats import SeatView, named_person, named_seat, read_people, read_seats
from salestui.planning.adjustments import AssignRamp, SetRamp, assign_ramp, set_ramp
from salestui.store.company import CLOSED_THROUGH
from salestui.store.database import Database, parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.work import StaleSave
from tests.support.companies import KIM, building, id_of, the

CALENDAR = FiscalCalendar()
ON = date(2026, 3, 20)


def iso(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


class Desk:
    """Kim leads West: Ana sits in West 1, West 2 is vacant, Old is a seat of last year; 1,000 a month each."""

    def __init__(self, url: str) -> None:
        self.place: Database = parse(url)
        self.writer: Engine = engine(self.place, write=True)
        with building(self.writer) as company:
            lead = company.seat("Lead", team="West")
            company.sits(company.person("Kim"), lead)
            one, two = company.seat("West 1", lead), company.seat("West 2", lead)
            company.seat("Old", lead, days=("2025-01-01", "2025-12-31"))
            company.sits(company.person("Ana"), one)
            for month in range(1, 13):
                for seat in (one, two):
                    company.quota(seat, date(2026, month, 1), 1000)
        self.lead, self.one, self.two, self.old = (
            id_of(the(self.writer, Seat, title=title)) for title in ("Lead", "West 1", "West 2", "Old")
        )
        self.ana = id_of(the(self.writer, Person, name="Ana"))

    def close_months(self, day: str) -> None:
        """Close the months up to a day."""
        with building(self.writer) as company:
            company.setting(CLOSED_THROUGH, day)

    def open(self, title: str, start: str, **how: Any) -> int:
        """Open a seat under Kim's."""
        with work(self.writer, KIM, "open") as begun:
            return open_seat(begun, OpenSeat(title, **{"under": self.lead, "valid_from": iso(start), **how}))

    def close(self, seat: int, last: str, version: int | None = None) -> int:
        """Close a seat; answers how much quota is left after."""
        with Session(self.writer) as session:
            known = session.get_one(Seat, seat).version or 0
        with work(self.writer, KIM, "close") as begun:
            left = close_seat(begun, CloseSeat(seat, known if version is None else version, iso(last)))
        return int(left.decimal)

    def fill(self, seat: int, start: str, who: int | str, **how: Any) -> int:
        """Seat somebody known by id, or new by name."""
        person = {"person": who} if isinstance(who, int) else {"name": who}
        with work(self.writer, KIM, "fill") as begun:
            key, _ = fill_seat(begun, FillSeat(seat, iso(start), **person, **how))
        return key

    def leave(self, person: int, seat: int, last: str, *, company: bool = False) -> None:
        """Somebody leaves."""
        with work(self.writer, KIM, "leave") as begun:
            leave_seat(begun, LeaveSeat(person, seat, iso(last), company))

    def put_on_ramp(self, person: int, seat: int, joined: str, *shares: str, ramp: int = 0) -> int:
        """Somebody follows a ramp, which may be a new one."""
        with work(self.writer, KIM, "ramp") as begun:
            key = ramp or set_ramp(begun, SetRamp("New", shares))
            assign_ramp(begun, AssignRamp(person, seat, key, iso(joined)))
        return key

    def followed(self) -> list[int]:
        """Who follows a ramp."""
        with Session(self.writer) as session:
            return sorted(session.exec(select(Ramping.person_id)).all())

    def quota(self, person: int) -> int:
        """What the person carries of 2026."""
        with open_reader(self.place) as reader:
            found = read_flows(
                reader,
                Lens(CALENDAR, AS_IT_WAS, ON),
                Scope("person", person, ""),
                ("quota",),
                CALENDAR.parse("FY2026", ON),
            )
        return int(found["quota"].total) // 10_000 if found else 0

    def seats(self, on: date = ON) -> dict[str, SeatView]:
        """The seats there are, by title."""
        with open_reader(self.place) as reader:
            return {seat.title: seat for seat in read_seats(reader, on)}

    def stays(self, person: int) -> list[tuple[int, str, str]]:
        """Where somebody sat from when to when."""
        with Session(self.writer) as session:
            rows = session.exec(select(Occupancy).where(Occupancy.person_id == person)).all()
        return sorted((row.seat_id, row.valid_from.isoformat(), row.valid_to.isoformat()) for row in rows)

    def assert_true(self) -> None:
        """Everything derived is what deriving it anew gives, the line of command too."""
        assert not [found for found in check(self.place).checks if found.broken]
        assert DERIVED


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


def test_somebody_new_in_a_vacant_seat_carries_its_quota_and_undo_takes_them_back(desk: Desk) -> None:
    bo = desk.fill(desk.two, "2026-07-01", "  Bo   Quist ")
    assert the(desk.writer, Person, name="Bo Quist").hired_on == iso("2026-07-01")
    assert desk.quota(bo) == 6_000
    assert desk.seats()["West 2"].next_from == iso("2026-07-01")
    assert desk.seats(iso("2026-07-01"))["West 2"].holders == ("Bo Quist",)
    desk.assert_true()
    undo_last(desk.writer, KIM)
    assert desk.quota(bo) == 0
    desk.assert_true()
    redo_last(desk.writer, KIM)
    assert desk.quota(bo) == 6_000
    desk.assert_true()


def test_somebody_known_moves_to_another_seat(desk: Desk) -> None:
    with pytest.raises(DataProblem, match="Ana sits in West 1 from 0001-01-01 on"):
        desk.fill(desk.two, "2026-07-01", desk.ana)
    desk.fill(desk.two, "2026-07-01", desk.ana, move=True)
    assert desk.stays(desk.ana) == [
        (desk.one, "0001-01-01", "2026-06-30"),
        (desk.two, "2026-07-01", "9999-12-31"),
    ]
    assert desk.quota(desk.ana) == 12_000
    assert desk.seats(iso("2026-07-01"))["West 1"].state == "vacant"
    desk.assert_true()


def test_two_sit_in_a_seat_only_where_that_is_said(quick: Desk) -> None:
    with pytest.raises(DataProblem, match="Ana sits in West 1"):
        quick.fill(quick.one, "2026-01-01", "Bo")
    bo = quick.fill(quick.one, "2026-01-01", "Bo", beside=True)
    assert quick.quota(bo) == quick.quota(quick.ana) == 6_000
    quick.assert_true()


def test_who_leaves_a_seat_leaves_it_vacant_and_may_come_back(desk: Desk) -> None:
    desk.leave(desk.ana, desk.one, "2026-06-30", company=True)
    assert the(desk.writer, Person, name="Ana").left_on == iso("2026-06-30")
    assert desk.quota(desk.ana) == 6_000
    desk.assert_true()
    desk.fill(desk.two, "2026-10-01", desk.ana)
    assert the(desk.writer, Person, name="Ana").left_on is None
    assert desk.quota(desk.ana) == 9_000
    desk.assert_true()


def test_who_leaves_a_seat_alone_stays_with_the_company(quick: Desk) -> None:
    quick.leave(quick.ana, quick.one, "2026-06-30")
    assert the(quick.writer, Person, name="Ana").left_on is None
    with pytest.raises(DataProblem, match="leaves that seat on 2026-06-30 already"):
        quick.leave(quick.ana, quick.one, "2026-06-30")


def test_who_leaves_the_company_does_not_begin_elsewhere(quick: Desk) -> None:
    quick.leave(quick.ana, quick.one, "2026-06-30")
    quick.fill(quick.two, "2026-08-01", quick.ana)
    quick.leave(quick.ana, quick.one, "2026-06-30", company=True)
    assert quick.stays(quick.ana) == [(quick.one, "0001-01-01", "2026-06-30")]
    quick.assert_true()


def test_a_planned_seat_is_opened_reports_and_is_closed_or_taken_back(desk: Desk) -> None:
    new = desk.open("West 3", "2026-09-01")
    assert desk.seats()["West 3"].state == "planned"
    assert desk.seats()["West 3"].under_title == "Lead"
    desk.assert_true()
    assert desk.close(new, "2026-12-31") == 0
    assert desk.seats()["West 3"].valid_to == iso("2026-12-31")
    assert the(desk.writer, Reporting, seat_id=new).valid_to == iso("2026-12-31")
    desk.assert_true()
    desk.close(new, "2026-08-31")
    assert "West 3" not in desk.seats()
    desk.assert_true()
    undo_last(desk.writer, KIM)
    assert desk.seats()["West 3"].valid_to == iso("2026-12-31")
    desk.assert_true()


def test_a_manager_s_seat_leads_a_team_of_that_name(quick: Desk) -> None:
    quick.open("Lead North", "2026-04-01", kind="manager", team=" North  Sea ")
    assert the(quick.writer, Seat, title="Lead North").team == "North Sea"
    quick.assert_true()


def test_closing_a_vacant_seat_says_how_much_quota_is_left_after_it(quick: Desk) -> None:
    assert quick.close(quick.two, "2026-09-30") == 3_000
    assert quick.seats(iso("2026-10-01")).keys() == {"Lead", "West 1"}
    with pytest.raises(DataProblem, match="closed after 2026-09-30 already"):
        quick.close(quick.two, "2026-10-15")


def test_who_begins_in_a_seat_that_ends_sits_there_until_then(quick: Desk) -> None:
    quick.close(quick.two, "2026-09-30")
    bo = quick.fill(quick.two, "2026-04-01", "Bo")
    assert quick.stays(bo) == [(quick.two, "2026-04-01", "2026-09-30")]


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (lambda desk: desk.open(" ", "2026-04-01"), "needs a title"),
        (lambda desk: desk.open("x" * 200, "2026-04-01"), "is too long"),
        (lambda desk: desk.open("West 3", "2026-04-01", kind="boss"), "no kind of seat"),
        (lambda desk: desk.open("West 3", "2026-04-01", team="North"), "Only a manager's seat"),
        (lambda desk: desk.open("West 3", "0001-01-01"), "no day to plan by"),
        (lambda desk: desk.open("West 3", "2026-04-01", under=desk.old), "Old is not there on 2026-04-01"),
        (lambda desk: desk.open("West 3", "2026-04-01", under=99), "no longer there"),
        (lambda desk: desk.fill(desk.old, "2026-04-01", "Bo"), "Old is not there on 2026-04-01"),
        (lambda desk: desk.fill(desk.two, "2026-04-01", ""), "needs a name"),
        (lambda desk: desk.fill(desk.two, "2026-04-01", 99), "no longer there"),
        (lambda desk: desk.fill(desk.one, "2026-04-01", desk.ana), "already"),
        (lambda desk: desk.leave(desk.ana, desk.two, "2026-04-01"), "does not sit in West 2"),
        (lambda desk: desk.close(desk.one, "2026-04-01"), "Ana sits in West 1 after 2026-04-01"),
        (lambda desk: desk.close(desk.lead, "2026-04-01"), "Kim sits in Lead"),
        (lambda desk: desk.close(desk.two, "0001-01-01"), "no day to plan by"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    quick: Desk, refused: Callable[[Desk], object], told: str
) -> None:
    before = quick.seats()
    with pytest.raises(DataProblem, match=told):
        refused(quick)
    assert quick.seats() == before
    with open_reader(quick.place) as reader:
        assert [each.name for each in read_people(reader)] == ["Ana", "Kim"]


def test_a_seat_that_others_report_to_is_not_closed(quick: Desk) -> None:
    quick.leave(id_of(the(quick.writer, Person, name="Kim")), quick.lead, "2026-04-01")
    with pytest.raises(DataProblem, match="West 1 reports to Lead after 2026-04-01"):
        quick.close(quick.lead, "2026-04-01")


def test_who_comes_back_follows_no_ramp_of_an_earlier_stay(desk: Desk) -> None:
    bo = desk.fill(desk.two, "2026-01-01", "Bo")
    ramp = desk.put_on_ramp(bo, desk.two, "2026-01-01", *["0.5"] * 12)
    assert desk.quota(bo) == 6000
    desk.leave(bo, desk.two, "2026-02-28")
    desk.fill(desk.two, "2026-07-01", bo)
    assert desk.quota(bo) == 500 + 500 + 6000
    desk.put_on_ramp(bo, desk.two, "2026-07-01", ramp=ramp)
    assert desk.quota(bo) == 500 + 500 + 3000
    desk.assert_true()


def test_a_ramp_ends_with_the_stay_that_it_was_to_begin_in(desk: Desk) -> None:
    ramp = desk.put_on_ramp(desk.ana, desk.one, "2026-06-01", "0.5")
    bo = desk.fill(desk.two, "2026-01-01", "Bo")
    desk.put_on_ramp(bo, desk.two, "2026-01-01", ramp=ramp)
    desk.leave(desk.ana, desk.one, "2026-05-31", company=True)
    desk.leave(bo, desk.two, "2026-05-31", company=True)
    assert desk.followed() == [bo]
    for _ in range(2):
        undo_last(desk.writer, KIM)
    assert desk.followed() == sorted([desk.ana, bo])
    seat = desk.open("West 3", "2026-01-01")
    desk.fill(seat, "2026-05-01", desk.ana, move=True)
    assert desk.followed() == [bo]
    desk.put_on_ramp(desk.ana, seat, "2026-05-01", ramp=ramp)
    desk.assert_true()


def test_a_seat_that_moved_on_meanwhile_is_not_closed(quick: Desk) -> None:
    with pytest.raises(StaleSave):
        quick.close(quick.two, "2026-04-01", version=7)


def test_a_planned_seat_with_quotas_is_not_taken_back(quick: Desk) -> None:
    new = quick.open("West 3", "2026-09-01")
    with building(quick.writer) as company:
        company.quota(company.named(Seat, title="West 3"), date(2026, 9, 1), 500)
    with pytest.raises(DataProblem, match="West 3 has quotas"):
        quick.close(new, "2026-08-31")


def test_closed_months_keep_their_seats_and_people(quick: Desk) -> None:
    quick.close_months("2026-03-31")
    for refused in (
        lambda: quick.open("West 3", "2026-03-31"),
        lambda: quick.fill(quick.two, "2026-03-15", "Bo"),
        lambda: quick.leave(quick.ana, quick.one, "2026-03-30"),
        lambda: quick.close(quick.two, "2026-03-30"),
    ):
        with pytest.raises(DataProblem, match="months up to 2026-03-31 are closed"):
            refused()
    quick.leave(quick.ana, quick.one, "2026-03-31")
    quick.fill(quick.two, "2026-04-01", "Bo")
    quick.assert_true()


def test_a_seat_is_found_by_its_number_its_holder_its_team_and_its_title(quick: Desk) -> None:
    quick.open("West 2", "2026-09-01")
    with open_reader(quick.place) as reader:
        seats = read_seats(reader, ON)
        people = read_people(reader)
    assert {named_seat(text, seats).id for text in ("#1", "1", "lead", "WEST", "kim")} == {quick.lead}
    assert named_seat(seats[1].label, seats).id == seats[1].id
    for text, told in (("West 2", "several seats: #3, #5"), ("nobody", "names no seat"), ("", "names no seat")):
        with pytest.raises(UsageProblem, match=told):
            named_seat(text, seats)
    assert named_person(" ANA ", people) == people[0]
    assert named_person("An", people) is None
