"""A company with objectives to set: two sellers since January 2025, with quotas in 2026."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from salestui.metrics.reader import AS_IT_WAS, COMPANY, Lens, Scope
from salestui.metrics.work import work
from salestui.model.tables.organisation import Territory, TerritoryAssignment
from salestui.planning.objectives.asked import Asked, asked, read_target
from salestui.planning.objectives.commands import (
    ObjectiveAt,
    SetObjective,
    set_objective,
)
from salestui.planning.objectives.queries import ObjectivesView, Standing, read_objectives
from salestui.planning.objectives.rules import Target
from salestui.planning.scopes import read_scopes
from salestui.store.company import Company, read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader
from salestui.store.work import Actor
from tests.support.companies import KIM, Builder, id_of

ON = date(2026, 3, 20)
LEE = Actor("lee")
MORNING = datetime(2026, 3, 20, 8, 30, tzinfo=UTC)


def build(company: Builder) -> None:
    """West under Kim sells 100 a month at half the cost from January 2025 on, East 50 without known cost."""
    pumps = company.line("Pumps")
    north = company.add(Territory(name="North"))
    coast = company.add(Territory(name="Coast", parent_id=id_of(north)))
    top = company.seat("VP", team="Sales")
    west = company.seat("West lead", top, team="West")
    w1, e1 = company.seat("West 1", west), company.seat("East 1", top)
    company.add(TerritoryAssignment(seat_id=id_of(w1), territory_id=id_of(coast)))
    ana, bo = company.person("Ana"), company.person("Bo")
    company.sits(ana, w1)
    company.sits(bo, e1)
    for number in range(15):
        day = date(2025 + number // 12, number % 12 + 1, 10)
        sale = company.sale(100, day, (ana, w1, "primary", 100), cost=50, line=pumps)
        sale.territory_id = coast.id
        company.sale(50, day, (bo, e1, "primary", 50))
    for month in range(1, 13):
        company.quota(w1, date(2026, month, 1), 120, pumps)
        company.quota(e1, date(2026, month, 1), 60)


class Opened:
    """The database open for reading, seen from a day."""

    def __init__(self, reader: Reader, on: date) -> None:
        self.reader = reader
        self.company: Company = read_company(reader)
        self.lens = Lens(self.company.calendar, AS_IT_WAS, on)

    def asked(self, kind: str, scope: str, period: str) -> Asked:
        return asked(self.lens, read_scopes(self.reader, self.lens.on, "Acme"), kind, None, scope, period)

    def target(self, what: Asked, text: str) -> Target:
        return read_target(self.reader, self.lens, self.company, what, text)

    def view(self, scope: Scope = COMPANY) -> ObjectivesView:
        year = self.lens.calendar.year_of(self.lens.on)
        return read_objectives(self.reader, self.lens, self.company, scope, year)


def opened(place: Database, on: date = ON) -> "Iterator[Opened]":
    with open_reader(place) as reader:
        yield Opened(reader, on)


def commanded(place: Database, kind: str, scope: str, period: str, text: str, reason: str = "plan") -> SetObjective:
    for at in opened(place):
        what = at.asked(kind, scope, period)
        return SetObjective(*what, at.target(what, text), reason)
    raise AssertionError


def set_up(
    place: Database,
    writer: Engine,
    kind: str = "volume",
    scope: str = "company",
    period: str = "FY2026",
    text: str = "2k",
) -> ObjectiveAt:
    with work(writer, KIM, "set", clock=lambda: MORNING) as begun:
        return at_of(set_objective(begun, commanded(place, kind, scope, period, text)))


def at_of(row: object) -> ObjectiveAt:
    key, version = getattr(row, "id", None), getattr(row, "version", None)
    assert key is not None
    return ObjectiveAt(key, version or 1)


def standings(place: Database, scope: Scope = COMPANY) -> tuple[Standing, ...]:
    for at in opened(place):
        return at.view(scope).standings
    raise AssertionError


def the_one(place: Database) -> Standing:
    (found,) = standings(place)
    return found


def now(place: Database, number: int = -1) -> ObjectiveAt:
    found = standings(place)[number].objective
    return ObjectiveAt(found.id, found.version)
