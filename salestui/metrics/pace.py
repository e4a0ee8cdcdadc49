"""Pace: how much of a period is booked by a day, judged by the company's own past rather than by the calendar.

Companies book most of a quarter in its last month; the calendar's share would paint every one of them red until then.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.reader import COMPANY, NOTHING, Lens, flow, level, read_windows
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
    """Up to eight periods before `period` and like it, the latest first, all since the month of the day `first`."""
    if first is None:
        return ()
    since = calendar.month_of(first).start
    found: list[Period] = []
    earlier = period
    for _ in range(MOST):
        earlier = calendar.prior(earlier) if period.kind in ("month", "quarter", "year") else calendar.year_ago(earlier)
        if earlier.start < since:
            break
        found.append(earlier)
    return tuple(found)


def first_booking(reader: Reader) -> date | None:
    """The day of the company's first sale."""
    sql = "SELECT MIN(day) FROM measure_company WHERE measure = 'bookings' AND due = :none"
    row = reader.one(sql, {"none": EARLIEST})
    return None if row is None or row[0] is None else as_date(row[0])


def read_pace(reader: Reader, lens: Lens, period: Period, likes: tuple[Period, ...], elapsed: int) -> Pace:
    """The median share that was booked after so many days of `likes`; with fewer than four, the calendar's share."""
    if elapsed >= period.days:
        return Pace(Decimal(1), len(likes))
    shares: list[Decimal] = []
    if len(likes) >= FEWEST:
        cuts = [flow(("bookings",), like.cut(elapsed)) for like in likes]
        wholes = [flow(("bookings",), like) for like in likes]
        found = [sums.get("bookings", NOTHING) for sums in read_windows(reader, lens, COMPANY, [*cuts, *wholes])]
        by_then = zip(found[: len(likes)], found[len(likes) :], strict=True)
        shares = [Decimal(part.total) / Decimal(whole.total) for part, whole in by_then if whole.total > 0]
    if len(shares) < FEWEST:
        return Pace(Decimal(elapsed) / Decimal(period.days), 0)
    return Pace(_median(shares), len(shares))


def _median(values: list[Decimal]) -> Decimal:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def read_needed_coverage(reader: Reader, lens: Lens, period: Period, likes: tuple[Period, ...]) -> Decimal | None:
    """How many times the open quota the pipeline must be: 1 over the share of such pipeline that was won by the end.

    Such pipeline: what was open on the like day of a like period and due in it, as far as is known now. Pooled over the
    last four like periods; by number of deals where lost deals carry no amount. None without such a history.
    """
    if len(likes) < FEWEST:
        return None
    likes = likes[:FEWEST]
    days = [like_day(period, like, lens.on) for like in likes]
    windows = [level(("pipeline", "pipeline_won"), day, like) for day, like in zip(days, likes, strict=True)]
    found = read_windows(reader, lens, COMPANY, windows)
    open_then = won_then = NOTHING
    for sums in found:
        open_then = open_then.plus(sums.get("pipeline", NOTHING))
        won_then = won_then.plus(sums.get("pipeline_won", NOTHING))
    by_amount = 0 < won_then.total < open_then.total
    all_of, won = (open_then.total, won_then.total) if by_amount else (open_then.number, won_then.number)
    if won <= 0 or all_of <= 0:
        return None
    return (Decimal(all_of) / Decimal(won)).quantize(Decimal("0.01"))


def like_day(period: Period, like: Period, day: date) -> date:
    """The day as far into `like` as `day` is into `period`; once that is over, the end of `like` at least."""
    found = like.start + (day - period.start)
    return max(found, like.end) if day >= period.end else found
