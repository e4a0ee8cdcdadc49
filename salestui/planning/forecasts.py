"""Bookings month by month: what was, what is planned, and what a forecast makes of it in exact money."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import dropwhile
from typing import NamedTuple

from salestui.forecasting.outcome import outcome
from salestui.forecasting.series import Forecast, Series
from salestui.metrics import pace
from salestui.metrics.reader import Lens, Scope, flow, read_windows
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.period import Period
from salestui.planning.sales import known_until
from salestui.store.company import Company
from salestui.store.quick import Reader

FEWEST_MONTHS = 6
"""Fewer complete months with sales than this are no ground for a forecast."""
HORIZON = 18
_MOST_MONTHS = 120
_FEWEST_SHOWN = 6
_UNIT = 10**4


class Month(NamedTuple):
    """A fiscal month: what is booked (so far), and its quota. None is not zero: nothing booked yet, no quota set."""

    period: Period
    booked: Amount | None
    quota: Amount | None


class History(NamedTuple):
    """What a forecast of bookings begins with.

    `past` are the complete months from the first with a sale or a quota on, months without a sale at 0. `ahead` are the
    months to forecast; the first may have begun, and then has what is booked so far. `shown` of them are worth showing:
    to the end of the fiscal year or of the period that is looked at, at least six. `until` is the last day that is
    known, where that is before `as_of`.
    """

    scope: Scope
    as_of: date
    past: tuple[Month, ...]
    ahead: tuple[Month, ...]
    shown: int
    until: date | None

    @property
    def is_enough(self) -> bool:
        """Whether there is ground for a forecast."""
        return sum(bool(month.booked) for month in self.past) >= FEWEST_MONTHS

    @property
    def series(self) -> Series:
        """The bookings from the first sale on as plain numbers, in whole currency units and parts of them."""
        begun = self.ahead[0].booked
        sold = dropwhile(lambda month: not month.booked, self.past)
        values = tuple(None if month.booked is None else month.booked.units / _UNIT for month in sold)
        return Series(values, None if begun is None else begun.units / _UNIT)


class Range(NamedTuple):
    """Between which amounts something lies, with a probability of `level` percent."""

    level: int
    low: Amount
    high: Amount


class MonthAhead(NamedTuple):
    """What a month will probably be, with its intervals (80 and 95 percent)."""

    month: Month
    point: Amount
    ranges: tuple[Range, ...]


class Answer(NamedTuple):
    """What a period will probably end at (the median of the simulated sums), or ended at where it is over.

    `chance` is the share of simulated courses that reach the quota: None without one, and where it is over. `quota` is
    the sum of the months that have one, `without` the number of months that have none.
    """

    period: Period
    booked: Amount
    middle: Amount
    ranges: tuple[Range, ...]
    quota: Amount | None
    without: int
    chance: Decimal | None
    over: bool


def read_series(reader: Reader, lens: Lens, scope: Scope, period: Period, company: Company) -> History:
    """The bookings of a scope by fiscal month, as of the lens's day, and the quotas of those and the coming months."""
    calendar = lens.calendar
    until = known_until(reader, lens.on, company)
    current = calendar.month_of(until)
    if until == current.end:
        current = calendar.shift(current, 1)
    first = pace.first_booking(reader)
    before: tuple[Period, ...] = ()
    if first is not None and first < current.start:
        before = calendar.months(Period(first, calendar.shift(current, -1).end, "", "range"))[-_MOST_MONTHS:]
    months = [*before, *(calendar.shift(current, step) for step in range(HORIZON))]
    booked = [flow(("bookings",), each.cut(each.day_number(until))) for each in months[: len(before) + 1]]
    planned = [flow(("quota",), each) for each in months]
    sums = read_windows(reader, lens, scope, [*booked, *planned])
    sales, quotas = sums[: len(booked)], sums[len(booked) :]
    found = []
    for number, month in enumerate(months):
        quota = quotas[number].get("quota")
        sold: Amount | None = None
        if number < len(before) or (number == len(before) and month.start <= until):
            sale = sales[number].get("bookings")
            sold = ZERO if sale is None else Amount.from_units(sale.total)
        known_quota = None if quota is None or not quota.number else Amount.from_units(quota.total)
        found.append(Month(month, sold, known_quota))
    begun = next(
        (number for number, month in enumerate(found[: len(before)]) if month.booked or month.quota), len(before)
    )
    return History(
        scope=scope,
        as_of=lens.on,
        past=tuple(found[begun : len(before)]),
        ahead=tuple(found[len(before) :]),
        shown=_shown(calendar.year_of(current.start).end, period.end, [month.period for month in found[len(before) :]]),
        until=until if until < lens.on else None,
    )


def _shown(year_end: date, period_end: date, ahead: Sequence[Period]) -> int:
    wanted = sum(month.start <= max(year_end, period_end) for month in ahead)
    return min(max(wanted, _FEWEST_SHOWN), len(ahead))


def months_ahead(history: History, forecast: Forecast) -> tuple[MonthAhead, ...]:
    """The forecast of the months worth showing, in money."""
    return tuple(
        MonthAhead(
            month,
            _money(forecast.point[number]),
            tuple(Range(band.level, _money(band.low[number]), _money(band.high[number])) for band in forecast.bands),
        )
        for number, month in enumerate(history.ahead[: history.shown])
    )


def answer(history: History, forecast: Forecast, period: Period) -> Answer | None:
    """What the fiscal months of a period come to, and whether they reach their quota.

    None for a period that is not of whole months, and for one beyond what is forecast. By simulation: every path of the
    forecast is added to what is booked already; quantiles of the months are never added up.
    """
    known = [*history.past, *history.ahead]
    inside = [number for number, month in enumerate(known) if _overlap(month.period, period)]
    if not inside or known[inside[-1]].period.end != period.end:
        return None
    begins_before = inside[0] == 0 and period.start < known[0].period.start
    if known[inside[0]].period.start != period.start and not begins_before:
        return None
    complete = len(history.past)
    certain = Amount.sum(known[number].booked or ZERO for number in inside if number < complete)
    coming = [number - complete for number in inside if number >= complete]
    quotas = [known[number].quota for number in inside]
    set_quotas = [quota for quota in quotas if quota is not None]
    quota = Amount.sum(set_quotas) if set_quotas else None
    result = outcome(forecast, coming, certain.units / _UNIT)
    chance = None
    if coming and quota is not None and len(set_quotas) == len(quotas):
        chance = Decimal(round(result.chance(quota.units / _UNIT) * _UNIT)) / _UNIT
    return Answer(
        period=period,
        booked=Amount.sum(known[number].booked or ZERO for number in inside),
        middle=_money(result.middle) if coming else certain,
        ranges=tuple(Range(found.level, _money(found.low), _money(found.high)) for found in result.intervals),
        quota=quota,
        without=len(quotas) - len(set_quotas),
        chance=chance,
        over=not coming,
    )


def _overlap(month: Period, period: Period) -> bool:
    return month.start <= period.end and period.start <= month.end


def _money(estimate: float) -> Amount:
    """An estimate in whole currency units; the last cents of a forecast are no knowledge."""
    return Amount(round(estimate))
