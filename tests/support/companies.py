"""Companies for tests, built through the unit of work as everything else is: from one line a thing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, select

from salestui.metrics.work import work
from salestui.model.tables.base import Row
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import ProductLine
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramp, Ramping, Relief
from salestui.model.values.amount import Amount, split
from salestui.model.values.period import EARLIEST, LATEST
from salestui.model.values.rate import Rate
from salestui.store.company import from_settings
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.work import Actor, Work

KIM = Actor("kim")

Kept = TypeVar("Kept", bound=Row)
Days = tuple[date | str, date | str]
ALWAYS: Days = (EARLIEST, LATEST)


def day(value: date | str) -> date:
    """A date, or what ISO writes for one."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def id_of(row: Row) -> int:
    """The id of a row that was kept."""
    assert row.id is not None
    return row.id


class Builder:
    """Puts a company together inside one unit of work. What refers to something takes the row itself."""

    def __init__(self, begun: Work) -> None:
        self.work = begun
        self._session = begun.session
        self._stages: dict[str, Stage] = {}
        self._plans: dict[int, QuotaPlan] = {}
        self.calendar = from_settings(
            {setting.key: setting.value for setting in self._session.exec(select(Setting)).all()}
        ).calendar

    def add(self, row: Kept) -> Kept:
        """Keep a row, and know its id."""
        self._session.add(row)
        self._session.flush()
        return row

    def named(self, model: type[Kept], **columns: Any) -> Kept:
        """The one row with these values."""
        return self._session.exec(select(model).filter_by(**columns)).one()

    def setting(self, key: str, value: Any) -> None:
        """Set a setting of the company."""
        self.add(Setting(key=key, value=value))

    def seat(self, title: str, under: Seat | None = None, *, team: str | None = None, days: Days = ALWAYS) -> Seat:
        """A seat; one that has a team leads it."""
        start, end = map(day, days)
        kind = "manager" if team else "seller"
        seat = self.add(Seat(title=title, kind=kind, team=team, valid_from=start, valid_to=end))
        if under is not None:
            self.reports(seat, under, days)
        return seat

    def reports(self, seat: Seat, to: Seat, days: Days = ALWAYS) -> Reporting:
        """A stretch of the line of command."""
        start, end = map(day, days)
        return self.add(Reporting(seat_id=id_of(seat), manager_seat_id=id_of(to), valid_from=start, valid_to=end))

    def person(self, name: str, *, source_id: str | None = None) -> Person:
        """Someone without a seat."""
        return self.add(Person(name=name, source="hr" if source_id else None, source_id=source_id))

    def sits(self, person: Person, seat: Seat, days: Days = ALWAYS) -> Occupancy:
        """A stretch in a seat."""
        start, end = map(day, days)
        return self.add(Occupancy(person_id=id_of(person), seat_id=id_of(seat), valid_from=start, valid_to=end))

    def line(self, name: str) -> ProductLine:
        """A product line."""
        return self.add(ProductLine(name=name))

    def stage(self, name: str) -> Stage:
        """One of the stages `open`, `parked` (open, and omitted from the forecast), `won`, `lost`."""
        if name not in self._stages:
            category = {"open": "pipeline", "parked": "omitted"}.get(name, "closed")
            outcome = "open" if name == "parked" else name
            self._stages[name] = self.add(Stage(name=name, position=1, category=category, outcome=outcome))
        return self._stages[name]

    def deal(
        self,
        stage: str,
        owner: Person | None,
        amount: str | int | None,
        *,
        created: date | str | None,
        close: date | str | None,
        line: ProductLine | None = None,
        name: str = "Deal",
    ) -> Opportunity:
        """An opportunity in a stage."""
        kept = self.stage(stage)
        worth = None if amount is None else Amount(amount)
        return self.add(
            Opportunity(
                name=name,
                owner_id=id_of(owner) if owner else None,
                line_id=id_of(line) if line else None,
                stage_id=id_of(kept),
                outcome=kept.outcome,
                amount=worth,
                currency="USD",
                reporting_amount=worth,
                created_on=None if created is None else day(created),
                close_on=None if close is None else day(close),
            )
        )

    def sale(
        self,
        amount: str | int,
        on: date | str,
        *credited: tuple[Person, Seat | None, str, str | int],
        cost: str | int | None = None,
        line: ProductLine | None = None,
    ) -> Sale:
        """A booking, with whoever has credit: person, seat, role and amount."""
        whole, spent = Amount(amount), None if cost is None else Amount(cost)
        sale = self.add(
            Sale(
                line_id=id_of(line) if line else None,
                booked_on=day(on),
                amount=whole,
                cost=spent,
                currency="USD",
                rate=Rate(1),
                reporting_amount=whole,
                reporting_cost=spent,
            )
        )
        shares = [abs(Amount(share)) for *_, role, share in credited if role != "overlay"]
        costs = list(split(spent, shares, Amount("0.0001"))) if spent is not None and shares else []
        for person, seat, role, share in credited:
            self.credit(sale, person, seat, role, Amount(share), costs.pop(0) if costs and role != "overlay" else None)
        return sale

    def credit(
        self, sale: Sale, person: Person, seat: Seat | None, role: str, amount: Amount, cost: Amount | None = None
    ) -> Credit:
        """A share of a sale."""
        return self.add(
            Credit(
                sale_id=id_of(sale),
                person_id=id_of(person),
                seat_id=id_of(seat) if seat else None,
                role=role,
                share=Rate(1),
                amount=amount,
                cost=cost,
            )
        )

    def quota(
        self, seat: Seat, month: date | str, amount: str | int | None, line: ProductLine | None = None
    ) -> QuotaCell:
        """A month's quota of a seat, in the year's published plan."""
        cell_month = day(month)
        return self.add(
            QuotaCell(
                plan_id=id_of(self.plan(cell_month)),
                seat_id=id_of(seat),
                month=cell_month,
                line_id=id_of(line) if line else None,
                amount=None if amount is None else Amount(amount),
            )
        )

    def plan(self, month: date, state: str = "published") -> QuotaPlan:
        """The plan of the year that a month is in."""
        year = int(self.calendar.year_of(month).label.removeprefix("FY"))
        if year not in self._plans:
            kept = self._session.exec(select(QuotaPlan).where(QuotaPlan.fiscal_year == year)).first()
            self._plans[year] = kept or self.add(QuotaPlan(fiscal_year=year, state=state))
        return self._plans[year]

    def ramp(self, name: str, *shares: str) -> Ramp:
        """A schedule by month in the role."""
        return self.add(Ramp(name=name, shares=list(shares)))

    def ramps(self, person: Person, seat: Seat, ramp: Ramp, on: date | str) -> Ramping:
        """Somebody new in a seat, whose quota grows from a day on."""
        return self.add(Ramping(person_id=id_of(person), seat_id=id_of(seat), ramp_id=id_of(ramp), starts_on=day(on)))

    def relief(
        self,
        person: Person,
        seat: Seat,
        days: Days,
        *,
        share: str | None = None,
        amount: str | int | None = None,
        lowers_team: bool = True,
    ) -> Relief:
        """Quota that somebody is relieved of."""
        start, end = map(day, days)
        return self.add(
            Relief(
                person_id=id_of(person),
                seat_id=id_of(seat),
                valid_from=start,
                valid_to=end,
                share=None if share is None else Rate(share),
                amount=None if amount is None else Amount(amount),
                reason="leave",
                approver="Kim",
                lowers_team=lowers_team,
            )
        )


@contextmanager
def building(writer: Engine, reason: str = "set up") -> Iterator[Builder]:
    """A change in which a company is put together."""
    with work(writer, KIM, reason) as begun:
        yield Builder(begun)


def put_together(database: Database, *parts: Callable[[Builder], object]) -> Database:
    """The database, with a company put together in it."""
    writer = engine(database, write=True)
    with building(writer) as company:
        for part in parts:
            part(company)
    writer.dispose()
    return database


def the(writer: Engine, model: type[Kept], **columns: Any) -> Kept:
    """The one row with these values."""
    with Session(writer, expire_on_commit=False) as session:
        return session.exec(select(model).filter_by(**columns)).one()
