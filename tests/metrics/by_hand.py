"""The numbers as one would work them out by hand: from the rows themselves, event by event, without a database's help.

Nothing here is shared with what is tested but the vocabulary (amounts, the calendar, the splitting of a whole).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, select

from salestui.metrics.reader import AS_IT_WAS, Lens, Scope, Sum
from salestui.model.tables.base import Dated, Row
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.tables.staffing import Ramp, Ramping, Relief
from salestui.model.values.amount import ZERO, Amount, split
from salestui.model.values.period import Period
from salestui.store.company import from_settings

Kept = TypeVar("Kept", bound=Row)
_DAY = timedelta(days=1)


class Happening(NamedTuple):
    """Something that counts for a fact on a day, for a person (or nobody) in a seat (or none)."""

    fact: str
    day: date
    person: int | None
    seat: int | None
    total: int
    number: int


class Oracle:
    """What the numbers of a company have to be."""

    def __init__(self, engine: Engine) -> None:
        with Session(engine) as session:

            def rows(model: type[Kept]) -> list[Kept]:
                found = list(session.exec(select(model)).all())
                session.expunge_all()
                return found

            self.seats = {seat.id or 0: seat for seat in rows(Seat)}
            self.people = [person.id or 0 for person in rows(Person)]
            self._reporting, self._occupancies = rows(Reporting), rows(Occupancy)
            self._stages = {stage.id: stage for stage in rows(Stage)}
            self._deals, self._sales, self._credits = rows(Opportunity), rows(Sale), rows(Credit)
            self._plans, self._cells = {plan.id: plan for plan in rows(QuotaPlan)}, rows(QuotaCell)
            self._ramps, self._rampings = {ramp.id: ramp for ramp in rows(Ramp)}, rows(Ramping)
            self._reliefs = rows(Relief)
            self._lowers_team = {relief.id: relief.lowers_team for relief in self._reliefs}
            self.calendar = from_settings({each.key: each.value for each in rows(Setting)}).calendar
        self._happenings = [*self._booked(), *self._closed(), *self._quotas()]

    @property
    def turning_points(self) -> list[date]:
        """The days on which something happens, and those just before and after."""
        found = {each.day for each in self._happenings}
        found |= {day for deal in self._deals for day in (deal.created_on, deal.close_on) if day is not None}
        dated: list[Dated] = [*self._reporting, *self._occupancies, *self._reliefs]
        found |= {day for each in dated for day in (each.valid_from, each.valid_to)}
        near = {day + number * _DAY for day in found if 2000 < day.year < 2100 for number in (-1, 0, 1)}
        return sorted(near)

    def flows(self, lens: Lens, scope: Scope, facts: Sequence[str], period: Period) -> dict[str, Sum]:
        """Sums of flows, those that are nothing left out."""
        counted = (e for e in self._happenings if e.fact in facts and _within(e, period))
        return self._sum(each for each in counted if self._in_scope(lens, scope, each))

    def stocks(
        self, lens: Lens, scope: Scope, facts: Sequence[str], on: date, due: Period | None = None
    ) -> dict[str, Sum]:
        """Levels of stocks, those that are nothing left out."""
        sums = {fact: Sum(0, 0) for fact in facts}
        for deal in self._deals:
            fact = self._standing(deal, on)
            if fact is None or not self._due(deal, due) or not self._holds(lens, scope, deal.owner_id):
                continue
            worth = Sum((deal.reporting_amount or ZERO).units, 1)
            if fact in sums:
                sums[fact] = sums[fact].plus(worth)
            if fact == "pipeline" and deal.outcome == "won" and "pipeline_won" in sums:
                sums["pipeline_won"] = sums["pipeline_won"].plus(worth)
        return something(sums)

    def vacant(self, seat: int, period: Period) -> dict[str, Sum]:
        """What belongs to a seat and to nobody, in the view of today's teams."""
        return self._sum(e for e in self._happenings if e.person is None and e.seat == seat and _within(e, period))

    def nobodys(self, period: Period) -> dict[str, Sum]:
        """What belongs to nobody in no seat: the company's alone."""
        return self._sum(e for e in self._happenings if e.person is None and e.seat is None and _within(e, period))

    @staticmethod
    def _sum(happenings: Iterable[Happening]) -> dict[str, Sum]:
        sums: dict[str, Sum] = {}
        for each in happenings:
            sums[each.fact] = sums.get(each.fact, Sum(0, 0)).plus(Sum(each.total, each.number))
        return something(sums)

    def seat_of(self, person: int | None, on: date) -> int | None:
        """The one seat a person's numbers belong to on a day."""
        held = [each for each in self._occupancies if each.person_id == person]
        if not held:
            return None
        current = [each for each in held if each.valid_from <= on <= each.valid_to]
        if current:
            return max((each.valid_from, each.valid_to, each.seat_id) for each in current)[2]
        past = [each for each in held if each.valid_to < on]
        if past:
            return self.seat_of(person, max(each.valid_to for each in past))
        return min((each.valid_from, each.valid_to, each.seat_id) for each in held)[2]

    def line_above(self, seat: int | None, on: date) -> list[int]:
        """A seat and everyone it reports to, one above the other."""
        found: list[int] = []
        while seat is not None:
            found.append(seat)
            above = [e for e in self._reporting if e.seat_id == seat and e.valid_from <= on <= e.valid_to]
            seat = above[0].manager_seat_id if above else None
        return found

    def _in_scope(self, lens: Lens, scope: Scope, happening: Happening) -> bool:
        if scope.kind == "company":
            return True
        if scope.kind == "person":
            return happening.person == scope.id
        if lens.view == AS_IT_WAS:
            return scope.id in self.line_above(happening.seat, happening.day)
        if happening.person is None:
            return scope.id in self.line_above(happening.seat, lens.teams_on)
        return self._holds(lens, scope, happening.person)

    def _holds(self, lens: Lens, scope: Scope, person: int | None) -> bool:
        """Whether a person is in the scope on the day whose teams are looked at."""
        if scope.kind == "team":
            return scope.id in self.line_above(self.seat_of(person, lens.teams_on), lens.teams_on)
        return scope.kind == "company" or scope.id == person

    def _standing(self, deal: Opportunity, on: date) -> str | None:
        """Where a deal stands at the end of a day: in the pipeline, past its close date, or nowhere."""
        if deal.created_on is not None and deal.created_on > on:
            return None
        if deal.outcome == "open":
            if self._stages[deal.stage_id].category == "omitted":
                return None
            return "past_due" if deal.close_on is not None and deal.close_on < on else "pipeline"
        return "pipeline" if deal.close_on is not None and on < deal.close_on else None

    def _due(self, deal: Opportunity, due: Period | None) -> bool:
        if due is None:
            return True
        months = self.calendar.months(due)
        return deal.close_on is not None and months[0].start <= deal.close_on <= months[-1].end

    def _booked(self) -> Iterator[Happening]:
        for sale in self._sales:
            found = [each for each in self._credits if each.sale_id == sale.id and each.role != "overlay"]
            yield from self._facts_of_sale("bookings", sale, found, sale.reporting_amount, "amount")
            known = [credit for credit in found if credit.cost is not None]
            if sale.reporting_cost is not None:
                yield from self._facts_of_sale("costed", sale, known, sale.reporting_amount, "amount")
                yield from self._facts_of_sale("cost", sale, known, sale.reporting_cost, "cost")

    def _facts_of_sale(
        self, fact: str, sale: Sale, credited: Iterable[Credit], whole: Amount, column: str
    ) -> Iterator[Happening]:
        left, uncounted = whole.units, 1
        for credit in credited:
            units, number = getattr(credit, column).units, int(credit.role == "primary")
            left, uncounted = left - units, uncounted - number
            yield Happening(fact, sale.booked_on, credit.person_id, credit.seat_id, units, number)
        yield Happening(fact, sale.booked_on, None, None, left, uncounted)

    def _closed(self) -> Iterator[Happening]:
        for deal in self._deals:
            if deal.outcome == "open" or deal.close_on is None:
                continue
            seat, worth = self.seat_of(deal.owner_id, deal.close_on), (deal.reporting_amount or ZERO).units
            yield Happening(deal.outcome, deal.close_on, deal.owner_id, seat, worth, 1)
            if deal.outcome == "won" and not worth:
                yield Happening("won_blank", deal.close_on, deal.owner_id, seat, 0, 1)
            if deal.outcome == "won" and deal.created_on is not None and deal.created_on <= deal.close_on:
                days = (deal.close_on - deal.created_on).days
                yield Happening("cycle", deal.close_on, deal.owner_id, seat, days, 1)

    def _quotas(self) -> Iterator[Happening]:
        by_month: dict[tuple[int, date], list[QuotaCell]] = {}
        for cell in self._cells:
            if self._plans[cell.plan_id].state == "published" and cell.amount is not None:
                by_month.setdefault((cell.seat_id, cell.month), []).append(cell)
        for (seat, month), cells in by_month.items():
            last = self.calendar.month_of(month).end
            held = self._days_held(seat, month, last)
            weights = whole([sum(days.values()) for days in held.values()])
            daily = Fraction(sum((cell.amount or ZERO).units for cell in cells), (last - month).days + 1)
            adjusted = [self._adjusted(seat, person, month, days, daily) for (person, *_), days in held.items()]
            for cell in cells:
                bases = split(cell.amount or ZERO, weights, Amount("0.0001"))
                for (person, _, first), base, how in zip(held, bases, adjusted, strict=True):
                    yield Happening("base_quota", first, person, seat, base.units, 1)
                    effective, _, *relieved = split(base, whole(list(how.values())), Amount("0.0001"))
                    yield Happening("quota", first, person, seat, effective.units, 1)
                    ids = [key for key in how if key > 0]
                    kept = sum(a.units for key, a in zip(ids, relieved, strict=True) if not self._lowers_team[key])
                    if kept:
                        yield Happening("quota", first, None, seat, kept, 1)

    def _adjusted(
        self, seat: int, person: int | None, month: date, days: dict[date, Fraction], daily: Fraction
    ) -> dict[int, Fraction]:
        """Days of quota that a person carries (0), a ramp takes (-1), and each relief takes, by its id."""
        found = {0: Fraction(0), -1: Fraction(0)}
        for day, weight in days.items():
            left = carried = weight * self._ramped(seat, person, month, day)
            found[-1] += weight - carried
            for relief in sorted(self._reliefs, key=lambda each: (each.share is None, each.id)):
                theirs = (relief.seat_id, relief.person_id) == (seat, person)
                if not theirs or not relief.valid_from <= day <= relief.valid_to:
                    continue
                if relief.share is not None:
                    wanted = carried * Fraction(relief.share.decimal)
                else:
                    length = (relief.valid_to - relief.valid_from).days + 1
                    wanted = Fraction((relief.amount or ZERO).units, length) / daily if daily > 0 else Fraction(0)
                found[relief.id or 0] = found.get(relief.id or 0, Fraction(0)) + min(left, wanted)
                left -= min(left, wanted)
            found[0] += left
        return found

    def _ramped(self, seat: int, person: int | None, month: date, day: date) -> Fraction:
        """The share of the quota of a day that somebody carries by their ramp."""
        theirs = [
            each
            for each in self._rampings
            if (each.seat_id, each.person_id) == (seat, person) and self._stayed(seat, person, each.starts_on, day)
        ]
        if not theirs:
            return Fraction(1)
        latest = max(theirs, key=lambda each: (each.starts_on, each.id))
        joined = self.calendar.month_of(latest.starts_on)
        between = len(self.calendar.months(Period(latest.starts_on, month, "", "range"))) - 1
        number = between - int((latest.starts_on - joined.start).days >= 15)
        shares = self._ramps[latest.ramp_id].shares
        return Fraction(shares[max(number, 0)]) if number < len(shares) else Fraction(1)

    def _stayed(self, seat: int, person: int | None, first: date, last: date) -> bool:
        """Whether somebody held a seat on every day from the first to the last."""
        days = [first + _DAY * number for number in range((last - first).days + 1)]
        spans = [(e.valid_from, e.valid_to) for e in self._occupancies if (e.seat_id, e.person_id) == (seat, person)]
        return bool(days) and all(any(start <= day <= end for start, end in spans) for day in days)

    def _days_held(
        self, seat: int, first: date, last: date
    ) -> dict[tuple[int | None, int, date], dict[date, Fraction]]:
        """The days that each person held the seat under one line of command, and from when; a shared day is split."""
        found: dict[tuple[int | None, int, date], dict[date, Fraction]] = {}
        begun: dict[tuple[int | None, int], date] = {}
        turn, on = 0, first
        while on <= last:
            if on > first and self.line_above(seat, on) != self.line_above(seat, on - _DAY):
                turn += 1
            holding = {e.person_id for e in self._occupancies if e.seat_id == seat and e.valid_from <= on <= e.valid_to}
            holders: list[int | None] = [*sorted(holding)] or [None]
            for person in holders:
                key = (person, turn, begun.setdefault((person, turn), on))
                found.setdefault(key, {})[on] = Fraction(1, len(holders))
            on += _DAY
        return found


def whole(weights: Sequence[Fraction | int]) -> list[int]:
    """Weights in the same proportion, in whole numbers."""
    common = lcm(*(Fraction(weight).denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def _within(happening: Happening, period: Period) -> bool:
    return period.start <= happening.day <= period.end


def something(sums: dict[str, Sum]) -> dict[str, Sum]:
    """Those sums that are not nothing."""
    return {fact: found for fact, found in sums.items() if found != Sum(0, 0)}
