"""What a ramp or a relief must be like to be taken: the same whether it is typed or imported."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from salestui.metrics.catalog import FIRST_DAY, LAST_DAY
from salestui.metrics.effective import Climb
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import LATEST, Period
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line

MOST_MONTHS = 60
"""A ramp has so many months at most."""

_DAY = timedelta(days=1)
_WHOLE = Rate(1)


class Objection(NamedTuple):
    """Why something is not taken: the field at fault, what is wrong, what was expected, what to do."""

    field: str
    what: str
    expected: str = ""
    remedy: str = ""


class Granted(NamedTuple):
    """A relief by share that somebody has in a seat, or is to have."""

    start: date
    end: date
    share: Rate


def read_shares(texts: Sequence[str]) -> tuple[str, ...] | Objection:
    """A ramp's shares as they are kept: plain decimals from 0 to 1, one for each month."""
    if not 1 <= len(texts) <= MOST_MONTHS:
        return Objection("shares", f"A ramp has {len(texts)} months", f"1 to {MOST_MONTHS}")
    found: list[str] = []
    for text in texts:
        try:
            share = Decimal(text.strip())
            kept = Rate(share) if share.is_finite() else None
        except (InvalidOperation, ValueError):
            kept = None
        if kept is None or not 0 <= kept.units <= _WHOLE.units:
            shown = fit(safe_line(text), 40)
            return Objection("shares", f"“{shown}” is no share of a quota", "decimals from 0 to 1, as in 0.25 for 25%")
        found.append(str(kept))
    return tuple(found)


def object_to_relief(
    span: tuple[date, date], share: Rate | None, amount: Amount | None, reason: str, approver: str
) -> Objection | None:
    """Why a relief cannot be one, by itself."""
    start, end = span
    if not FIRST_DAY <= start <= LAST_DAY:
        return Objection("valid_from", "A relief needs the day it begins", f"a day from {FIRST_DAY} to {LAST_DAY}")
    if end < start:
        return Objection("valid_to", f"It ends on {end}, before it begins", f"a day from {start} on")
    if (share is None) == (amount is None):
        return Objection("share", "A relief is a share of the quota, or else an amount", "one of the two")
    if share is not None and not 0 < share.units <= _WHOLE.units:
        return Objection("share", f"{share} is no share to be relieved of", "above 0, up to 1 for all of it")
    if amount is not None and amount.units <= 0:
        return Objection("amount", f"{amount} is no amount to be relieved of", "an amount above 0")
    if amount is not None and end == LATEST:
        return Objection("valid_to", "An amount is spread over the days of the relief", "the last of them")
    if not reason.strip():
        return Objection("reason", "A relief needs its reason", "such as leave, or a territory given away")
    if not approver.strip():
        return Objection("approver", "A relief needs an approver", "who approved it")
    return None


def object_to_absence(held: Iterable[tuple[date, date]], day: date, field: str) -> Objection | None:
    """Why something cannot begin on a day: the person does not hold the seat then."""
    if any(start <= day <= end for start, end in held):
        return None
    return Objection(
        field, f"They do not hold that seat on {day}", "a day on which they do", "Look at who held it when."
    )


def object_to_overlap(others: Iterable[Granted], new: Granted) -> Objection | None:
    """Why a relief is too much beside the others: on some day they would come to more than everything."""
    beside = [each for each in others if each.start <= new.end and new.start <= each.end]
    for day in sorted({new.start, *(each.start for each in beside if each.start > new.start)}):
        total = Rate.sum([new.share, *(each.share for each in beside if each.start <= day <= each.end)])
        if total.units > _WHOLE.units:
            percent = (total.decimal * 100).normalize()
            return Objection("share", f"With their other reliefs it comes to {percent:f}% on {day}", "100% at most")
    return None


def object_to_closed(calendar: FiscalCalendar, closed_through: date | None, day: date, field: str) -> Objection | None:
    """Why the quota cannot change from a day on: its period is closed."""
    if closed_through is None:
        return None
    end = calendar.month_of(closed_through).end
    if day > end:
        return None
    remedy = "What is closed stays as it is: let the change begin later."
    return Objection(field, f"The months up to {end} are closed", f"a day from {end + _DAY} on", remedy)


def first_difference(calendar: FiscalCalendar, one: Climb | None, other: Climb | None) -> date | None:
    """The first day whose quota differs between two ramps of somebody in a seat; None where all are the same."""
    ramps = [ramp for ramp in (one, other) if ramp is not None]
    if one == other or not ramps:
        return None
    first, last = min(ramp.joined for ramp in ramps), max(ramp.months[-1] for ramp in ramps)
    for month in calendar.months(Period(first, last, "", "range")):
        days = sorted({month.start, *(ramp.joined for ramp in ramps if month.start < ramp.joined <= month.end)})
        for day in days:
            shares = [1 if r is None or r.joined > day else r.share(month.start) for r in (one, other)]
            if shares[0] != shares[1]:
                return max(day, first)
    return None
