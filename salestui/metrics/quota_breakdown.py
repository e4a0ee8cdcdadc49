"""How an effective quota comes about: the base, the days held, the ramp, each relief, and what remains; by month."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from salestui.metrics.effective import Part, apportion
from salestui.metrics.quota_terms import QuotaTerms, Relieving
from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.model.values.text import safe_line
from salestui.store.quick import Reader, as_date

_CENT = Amount("0.01")
_DAY = timedelta(days=1)
_PERCENT = Decimal("0.000001")


class Breakdown(NamedTuple):
    """A seat's quota of a month and what of it is somebody's (nobody's where `person` is None).

    held = effective + ramped + what the reliefs take, exactly; the held of all is the base.
    """

    seat: int
    person: int | None
    name: str | None
    month: Period
    base: Amount
    """The seat's quota of the month, in the product lines that were asked for together."""
    days: int
    """How many of the month's days are theirs, shared ones too."""
    held: Amount
    """The base of those days."""
    ramp: Decimal
    """The share that a ramp leaves; 1 without one."""
    ramped: Amount
    reliefs: tuple[Relieving, ...]
    effective: Amount

    @property
    def adjusted(self) -> bool:
        """Whether the effective quota is another than the base."""
        return self.effective != self.base

    @property
    def relieved(self) -> Amount:
        """What all reliefs take."""
        return Amount.sum(relief.taken for relief in self.reliefs)

    @property
    def line(self) -> str:
        """All in one line, `base 10,000 · ramp 50% · 20 of 31 days · relief 25% (leave, approved by Kim) · effective
        2,419.35`; what changes nothing is left out."""
        words = [f"base {_money(self.base)}"]
        if self.ramp != 1:
            words.append(f"ramp {show.percent(self.ramp)}")
        if self.days != self.month.days:
            words.append(f"{self.days} of {self.month.days} days")
        words += [_relief_words(relief) for relief in self.reliefs]
        return " · ".join([*words, f"effective {_money(self.effective)}"])


def _relief_words(relief: Relieving) -> str:
    how = _money(relief.taken) if relief.share is None else show.percent(relief.share.decimal)
    stays = "" if relief.lowers_team else "; the team's number stays"
    reason, approver = safe_line(relief.reason), safe_line(relief.approver)
    return f"relief {how} ({reason}, approved by {approver}{stays})"


def _money(amount: Amount) -> str:
    return show.money(amount.scaled(1, _CENT), "full")


def read_breakdown(
    reader: Reader,
    calendar: FiscalCalendar,
    period: Period,
    *,
    seat: int | None = None,
    person: int | None = None,
    plan: int | None = None,
    line: int | None = None,
) -> tuple[Breakdown, ...]:
    """Quotas of the fiscal months of `period` in parts: of a seat with all who held it, of a person in all seats.

    By seat, month, and in a month nobody first. Of the quotas in force, or those of one `plan`, a draft too; in all
    product lines together, or in one `line` (0: in none).
    """
    months = {month.start: month for month in calendar.months(period)}
    if not months:
        return ()
    where = {"seat": seat, "who": person, "plan": plan, "first": min(months), "last": max(months)}
    quotas: dict[tuple[int, date], dict[int, Amount]] = {}
    for at, month, units, within in reader.rows(_CELLS.format(_chosen(seat, person), _plan(plan)), where):
        quotas.setdefault((at, as_date(month)), {})[within or 0] = Amount.from_units(units)
    terms = QuotaTerms(reader, calendar, {at for at, _ in quotas})
    found: list[Breakdown] = []
    for (at, start), lines in sorted(quotas.items()):
        month = months.get(start) or calendar.month_of(start)
        parts = dict(zip(lines, apportion([*lines.values()], (month.start, month.end), terms.of(at)), strict=True))
        wanted = [each for each in lines if line in (None, each)]
        if wanted:
            amounts = [lines[each] for each in wanted]
            found += _by_person(at, month, amounts, [parts[each] for each in wanted], terms)
    return tuple(each for each in found if person is None or each.person == person)


def read_effective(reader: Reader, calendar: FiscalCalendar, period: Period, plan: int) -> dict[tuple[int, date], int]:
    """A version's effective quotas by seat and first day of the fiscal month, all who hold a seat together, in units.

    Only ramps and reliefs take anything away, so that all other seats' quotas are summed by the database.
    """
    months = [month.start for month in calendar.months(period)]
    where = {"plan": plan, "first": min(months), "last": max(months), "start": period.start, "end": period.end}
    found = {(seat, as_date(month)): int(units) for seat, month, units in reader.rows(_SUMS, where)}
    amounts: dict[tuple[int, date], list[Amount]] = {}
    for seat, month, units, _ in reader.rows(_CELLS.format(f"c.seat_id IN ({_REDUCED})", _plan(plan)), where):
        amounts.setdefault((seat, as_date(month)), []).append(Amount.from_units(units))
    bearing = Bearing(reader, calendar, {seat for seat, _ in amounts})
    for (seat, start), each in amounts.items():
        found[seat, start] = sum(part.effective.units for part in bearing.parts(seat, start, each))
    return found


class Bearing:
    """What bears on the quotas of some seats, read once: how any amounts of theirs come to be effective."""

    def __init__(self, reader: Reader, calendar: FiscalCalendar, seats: Iterable[int]) -> None:
        self.seats = frozenset(seats)
        self._calendar = calendar
        self._terms = QuotaTerms(reader, calendar, self.seats)

    def parts(self, seat: int, start: date, amounts: Sequence[Amount]) -> list[Breakdown]:
        """A seat's quotas of the fiscal month that begins on that day, one for each product line, by person."""
        month = self._calendar.month_of(start)
        return _by_person(
            seat, month, amounts, apportion(amounts, (month.start, month.end), self._terms.of(seat)), self._terms
        )


def read_bearing(reader: Reader, calendar: FiscalCalendar, year: Period) -> Bearing:
    """What bears on the seats in which somebody ramps up, is relieved, comes or goes in the year."""
    seats = reader.rows(_ADJUSTED, {"start": year.start, "end": year.end})
    return Bearing(reader, calendar, (seat for (seat,) in seats))


_REDUCED = """
SELECT seat_id FROM ramping WHERE starts_on <= :end UNION
SELECT seat_id FROM relief WHERE valid_from <= :end AND valid_to >= :start"""
_ADJUSTED = f"""{_REDUCED} UNION
SELECT seat_id FROM occupancy
WHERE (valid_from > :start AND valid_from <= :end) OR (valid_to >= :start AND valid_to < :end)
"""
_SUMS = (
    "SELECT seat_id, month, SUM(amount) FROM quota_cell"
    " WHERE plan_id = :plan AND amount IS NOT NULL AND month BETWEEN :first AND :last GROUP BY seat_id, month"
)
_CELLS = (
    "SELECT c.seat_id, c.month, c.amount, c.line_id FROM quota_cell c JOIN quota_plan p ON p.id = c.plan_id"
    " WHERE c.amount IS NOT NULL AND c.month BETWEEN :first AND :last AND {} AND {} ORDER BY c.id"
)


def _chosen(seat: int | None, person: int | None) -> str:
    conditions = []
    if seat is not None:
        conditions.append("c.seat_id = :seat")
    if person is not None:
        conditions.append("c.seat_id IN (SELECT o.seat_id FROM occupancy o WHERE o.person_id = :who)")
    return " AND ".join(conditions) or "1 = 1"


def _plan(plan: int | None) -> str:
    return "p.state = 'published' AND p.measure = 'bookings'" if plan is None else "p.id = :plan"


def _by_person(
    seat: int, month: Period, amounts: Sequence[Amount], lines: Sequence[Sequence[Part]], terms: QuotaTerms
) -> list[Breakdown]:
    """One for each person, their lines of command and product lines together."""
    theirs: dict[int, list[Part]] = {}
    for parts in lines:
        for part in parts:
            theirs.setdefault(part.person, []).append(part)
    found: list[Breakdown] = []
    for person, parts in sorted(theirs.items()):
        of_one_line = [part for part in lines[0] if part.person == person]
        days = sum(part.days for part in of_one_line)
        ramp = sum((part.ramp * part.days for part in of_one_line), Fraction(0)) / days
        taken: dict[int, Amount] = {}
        for part in parts:
            for relief, amount in part.reliefs:
                taken[relief] = taken.get(relief, ZERO) + amount
        found.append(
            Breakdown(
                seat=seat,
                person=person or None,
                name=terms.names.get(person),
                month=month,
                base=Amount.sum(amounts),
                days=days,
                held=Amount.sum(part.base for part in parts),
                ramp=(Decimal(ramp.numerator) / Decimal(ramp.denominator)).quantize(_PERCENT),
                ramped=Amount.sum(part.ramped for part in parts),
                reliefs=tuple(terms.relieving(relief, amount) for relief, amount in taken.items()),
                effective=Amount.sum(part.effective for part in parts),
            )
        )
    return found
