"""A change rewrites the cells it touched, and leaves those of others alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from salestui.metrics.catalog import QUOTAS
from salestui.metrics.work import work
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell
from salestui.model.tables.staffing import Ramp, Relief
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate
from salestui.store.engines import engine
from salestui.store.work import Work
from tests.metrics.conftest import Fresh
from tests.metrics.test_kept_at_random import assert_true
from tests.support.companies import KIM, building, id_of
from tests.support.rich_company import build_adjusted

DAY = timedelta(days=1)


class Written(NamedTuple):
    """A cell that was put in or taken out."""

    person: int
    seat: int
    measure: str
    day: date


class Watched:
    """A company whose cells are watched as they are written."""

    def __init__(self, writer: Engine) -> None:
        self.writer = writer
        self.cells: set[Written] = set()
        self.lines: set[tuple[int, int]] = set()
        event.listen(writer, "connect", self._watch)

    @contextmanager
    def change(self) -> Iterator[Work]:
        """A change, after which all must add up."""
        self.cells.clear()
        self.lines.clear()
        with work(self.writer, KIM, "change") as begun:
            yield begun
        cells, lines = set(self.cells), set(self.lines)
        assert_true(self.writer, "change")
        self.cells, self.lines = cells, lines

    @property
    def measures(self) -> set[str]:
        """The measures that were written."""
        return {cell.measure for cell in self.cells}

    @property
    def people(self) -> set[int]:
        """Whose cells were written."""
        return {cell.person for cell in self.cells}

    def _watch(self, connection: Any, _record: object) -> None:
        connection.create_function("noted", 4, self._note)
        connection.create_function("noted_line", 2, self._note_line)
        for table, day in (("measure_day", "day"), ("measure_month", "month")):
            for when, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
                values = f"{row}.person_id, {row}.seat_id, {row}.measure, {row}.{day}"
                connection.execute(
                    f"CREATE TEMP TRIGGER {table}_{when} AFTER {when} ON main.{table} BEGIN SELECT noted({values}); END"
                )
        for when, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
            connection.execute(
                f"CREATE TEMP TRIGGER line_{when} AFTER {when} ON main.line_closure"
                f" BEGIN SELECT noted_line({row}.ancestor_id, {row}.descendant_id); END"
            )

    def _note(self, person: int, seat: int, measure: str, day: str) -> None:
        self.cells.add(Written(person, seat, measure, date.fromisoformat(day)))

    def _note_line(self, above: int, below: int) -> None:
        self.lines.add((above, below))


@pytest.fixture
def watched(fresh: Fresh) -> Iterator[Watched]:
    """The rich company."""
    writer = engine(fresh({}), write=True)
    with building(writer) as company:
        build_adjusted(company)
    yield Watched(writer)
    writer.dispose()


def named(begun: Work, name: str) -> Person:
    """The person of that name."""
    return begun.session.exec(select(Person).where(Person.name == name)).one()


def seat_called(begun: Work, title: str) -> Seat:
    """The seat of that title."""
    return begun.session.exec(select(Seat).where(Seat.title == title)).one()


def test_an_open_deals_amount_touches_its_owners_open_deals_on_its_days(watched: Watched) -> None:
    with watched.change() as begun:
        bo = named(begun, "Bo")
        chosen = (Opportunity.owner_id == bo.id, Opportunity.close_on == date(2026, 3, 10))
        deal = begun.session.exec(select(Opportunity).where(*chosen)).one()
        deal.reporting_amount = Amount(1)
    assert watched.people == {bo.id}
    assert watched.measures == {"pipeline", "past_due"}
    months = {date(2026, 2, 1), date(2026, 3, 1)}
    assert {cell.day for cell in watched.cells} <= {date(2026, 3, 10), date(2026, 3, 11)} | months


def test_winning_a_deal_touches_its_owner_alone(watched: Watched) -> None:
    with watched.change() as begun:
        bo = named(begun, "Bo")
        won = begun.session.exec(select(Stage).where(Stage.name == "won")).one()
        chosen = (Opportunity.owner_id == bo.id, Opportunity.close_on == date(2026, 3, 10))
        deal = begun.session.exec(select(Opportunity).where(*chosen)).one()
        deal.stage_id, deal.outcome = id_of(won), "won"
    assert watched.people == {bo.id}
    assert watched.measures == {"pipeline", "past_due", "won", "cycle"}


def test_a_sales_day_touches_those_who_have_credit_for_it(watched: Watched) -> None:
    with watched.change() as begun:
        sale = begun.session.exec(select(Sale).where(Sale.booked_on == date(2026, 2, 12))).one()
        sale.booked_on += DAY
        ana, bo = named(begun, "Ana"), named(begun, "Bo")
    assert watched.people == {ana.id, bo.id}
    assert watched.measures == {"bookings"}


def test_a_quota_touches_its_seat_alone(watched: Watched) -> None:
    with watched.change() as begun:
        seat = seat_called(begun, "West 2")
        cell = begun.session.exec(
            select(QuotaCell).where(QuotaCell.seat_id == seat.id, QuotaCell.month == date(2026, 1, 1))
        ).one()
        cell.amount = Amount(7)
    assert {(cell.seat, cell.measure) for cell in watched.cells} == {(seat.id, fact) for fact in QUOTAS}


def test_a_seat_under_another_manager_takes_its_quota_along_from_that_day_on(watched: Watched) -> None:
    with watched.change() as begun:
        seat, east = seat_called(begun, "West 2"), seat_called(begun, "East lead")
        line = begun.session.exec(select(Reporting).where(Reporting.seat_id == seat.id)).one()
        line.valid_to = date(2026, 2, 14)
        begun.session.add(Reporting(seat_id=id_of(seat), manager_seat_id=id_of(east), valid_from=date(2026, 2, 15)))
    assert {(cell.seat, cell.measure) for cell in watched.cells} == {(seat.id, fact) for fact in QUOTAS}
    assert {below for _, below in watched.lines} == {seat.id}
    assert date(2026, 2, 15) in {cell.day for cell in watched.cells}


def test_a_move_touches_what_goes_by_seat_and_the_quotas_of_those_seats(watched: Watched) -> None:
    with watched.change() as begun:
        ana, west, east = named(begun, "Ana"), seat_called(begun, "West 1"), seat_called(begun, "East 1")
        held = begun.session.exec(select(Occupancy).where(Occupancy.person_id == ana.id)).all()
        first, then = sorted(held, key=lambda each: each.valid_from)
        first.valid_to, then.valid_from = date(2026, 1, 15), date(2026, 1, 16)
    by_seat = {cell for cell in watched.cells if cell.measure not in QUOTAS}
    assert {cell.person for cell in by_seat} == {ana.id}
    assert {cell.measure for cell in by_seat} == {"won", "won_blank", "cycle"}
    assert {cell.seat for cell in watched.cells - by_seat} == {west.id, east.id}
    assert not watched.lines


def test_a_relief_touches_the_quotas_of_its_seat_alone(watched: Watched) -> None:
    with watched.change() as begun:
        seat = seat_called(begun, "West 2")
        reliefs = begun.session.exec(select(Relief).where(Relief.seat_id == seat.id)).all()
        reliefs[0].share = Rate("0.5")
    assert {(cell.seat, cell.measure) for cell in watched.cells} == {(seat.id, fact) for fact in QUOTAS}


def test_a_ramp_touches_the_quotas_of_the_seats_of_those_who_follow_it(watched: Watched) -> None:
    with watched.change() as begun:
        begun.session.exec(select(Ramp).where(Ramp.name == "Slow")).one().shares = ["0.5"]
        seat = seat_called(begun, "East 1")
    assert {(cell.seat, cell.measure) for cell in watched.cells} == {(seat.id, fact) for fact in QUOTAS}


def rename_a_person(begun: Work) -> None:
    """Measures know no names."""
    named(begun, "Ana").name = "Anna"


def rename_a_seat(begun: Work) -> None:
    """Nor titles."""
    seat_called(begun, "West 1").title = "Far west"


def rename_a_deal(begun: Work) -> None:
    """Nor what a deal is called."""
    begun.session.exec(select(Opportunity)).all()[0].name = "Another"


def add_a_stage(begun: Work) -> None:
    """Nor a stage without deals."""
    begun.session.add(Stage(name="Negotiation", position=3, category="commit", outcome="open"))


def give_an_overlay(begun: Work) -> None:
    """Nor credit that stands beside the sale."""
    credit = begun.session.exec(select(Credit).where(Credit.role == "overlay")).one()
    credit.amount = Amount(44)


@pytest.mark.parametrize("edit", [rename_a_person, rename_a_seat, add_a_stage])
def test_what_no_measure_looks_at_touches_none(watched: Watched, edit: Callable[[Work], None]) -> None:
    with watched.change() as begun:
        edit(begun)
    assert not watched.cells
    assert not watched.lines


@pytest.mark.parametrize("edit", [rename_a_deal, give_an_overlay])
def test_what_leaves_the_sums_as_they_were_keeps_them_true(watched: Watched, edit: Callable[[Work], None]) -> None:
    with watched.change() as begun:
        edit(begun)
    assert len(watched.people) <= 3
