"""Pace: how much of a period is booked by a day, judged by the company's own past rather than by the calendar.

Companies book most of a quarter in its last month; the calendar's share would paint every one of them red until then.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.reader import NOTHING, Lens, Sum, read_company_days
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, Period
from salestui.store.quick import Reader, as_date

FEWEST = 4
MOST = 8
"""So many like periods at least and at most does pace rest on."""

FLAT_COVERAGE = Decimal(3)
"""The coverage that is asked for where there is no history to tell."""


class Pace(NamedTuple):
    """The share of a period that is usually booked by now, and from how many like periods (0: the calendar's share)."""

    share: Decimal
    periods: int


def like_periods(calendar: FiscalCalendar, period: Period, first: date | None) -> tuple[Period, ...]:
    """Up to eight periods before `period` and like it, the latest first, none that begins before the day `first`."""
    found: list[Period] = []
    earlier = period
    for _ in range(MOST):
        earlier = calendar.prior(earlier) if period.kind in ("month", "quarter", "year") else calendar.year_ago(earlier)
        if first is None or earlier.start < first:
            break
        found.append(earlier)
    return tuple(found)


def first_booking(reader: Reader) -> date | None:
    """The day of the company's first sale."""
    sql = "SELECT MIN(day) FROM measure_company WHERE measure = 'bookings' AND due = :none"
    row = reader.one(sql, {"none": EARLIEST})
    return None if row is None or row[0] is None else as_date(row[0])


def read_pace(reader: Reader, lens: Lens, period: Period, likes: tuple[Period, ...]) -> Pace:
    """The median share that was booked by this day in `likes`; with fewer than four, the calendar's share."""
    elapsed = period.day_number(lens.on)
    if elapsed >= period.days:
        return Pace(Decimal(1), len(likes))
    shares: list[Decimal] = []
    if len(likes) >= FEWEST:
        days = read_company_days(reader, "bookings", likes[-1].start, likes[0].end)
        for like in likes:
            whole = sum(day.total for on, day in days.items() if like.start <= on <= like.end)
            cut = like.cut(elapsed)
            part = sum(day.total for on, day in days.items() if cut.start <= on <= cut.end)
            if whole > 0:
                shares.append(Decimal(part) / Decimal(whole))
    if len(shares) < FEWEST:
        return Pace(Decimal(elapsed) / Decimal(period.days), 0)
    return Pace(_median(shares), len(shares))


def _median(values: list[Decimal]) -> Decimal:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def read_needed_coverage(reader: Reader, lens: Lens, period: Period, likes: tuple[Period, ...]) -> Decimal:
    """How many times the open quota the pipeline must be: 1 over the share of such pipeline that was won by the end.

    Such pipeline: what was open on the same day of a like period and due in it. Pooled over the like periods; by number
    of deals where lost deals carry no amount. Three times without history.
    """
    if len(likes) < FEWEST:
        return FLAT_COVERAGE
    elapsed = period.day_number(lens.on)
    open_then, won_then = NOTHING, NOTHING
    for like in likes:
        months = lens.calendar.months(like)
        values = {"first": months[0].start, "last": months[-1].start, "on": like.cut(elapsed).end}
        sql = (
            "SELECT measure, SUM(total), SUM(count) FROM measure_company WHERE measure IN ('pipeline', 'pipeline_won')"
            " AND due BETWEEN :first AND :last AND day <= :on GROUP BY measure"
        )
        for measure, total, number in reader.rows(sql, values):
            if measure == "pipeline":
                open_then = open_then.plus(Sum(int(total), int(number)))
            else:
                won_then = won_then.plus(Sum(int(total), int(number)))
    by_amount = 0 < won_then.total < open_then.total
    all_of, won = (open_then.total, won_then.total) if by_amount else (open_then.number, won_then.number)
    if won <= 0 or all_of <= 0:
        return FLAT_COVERAGE
    return (Decimal(all_of) / Decimal(won)).quantize(Decimal("0.01"))
