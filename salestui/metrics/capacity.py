"""Capacity as a share of a full one: who holds a seat in a month, how far along a ramp, and on how many of its days."""

from collections.abc import Iterable
from datetime import date

from salestui.metrics.effective import Holder, Terms, apportion
from salestui.metrics.quota_terms import QuotaTerms
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.store.quick import Reader, as_date

_FULL = Amount(1)
_SOMEBODY = -1
"""Who is not known yet."""


def read_capacity(
    reader: Reader, calendar: FiscalCalendar, period: Period, seats: Iterable[int], on: date
) -> dict[tuple[int, date], Amount]:
    """Of each seat in each fiscal month of `period` (by its first day) the share of a full, ramped person in it.

    0 while it is vacant; half where somebody holds it for half of the month's days, or is half along a ramp. Leave
    counts where it was granted as a share. A seat that begins after the day `on`, and that nobody was put in yet, is a
    planned hire's: it counts in full from its start, for who comes follows no ramp yet.
    """
    wanted, months = sorted(set(seats)), calendar.months(period)
    planned = _read_planned(reader, on)
    every = QuotaTerms(reader, calendar, wanted)
    found: dict[tuple[int, date], Amount] = {}
    for seat in wanted:
        terms = every.of(seat)
        terms = terms._replace(reliefs=[relief for relief in terms.reliefs if relief.share is not None])
        if seat in planned and not terms.holders:
            terms = terms._replace(holders=[planned[seat]])
        for month in months:
            found[seat, month.start] = _FULL if _is_whole(month, terms) else _share(month, terms)
    return found


def _read_planned(reader: Reader, on: date) -> dict[int, Holder]:
    """Somebody for each seat that begins after a day."""
    rows = reader.rows("SELECT id, valid_from, valid_to FROM seat WHERE valid_from > :on", {"on": on})
    return {seat: Holder(_SOMEBODY, as_date(start), as_date(end)) for seat, start, end in rows}


def _is_whole(month: Period, terms: Terms) -> bool:
    """Whether somebody who is on no ramp and no leave holds the seat all month, as most do: so there is nothing to
    work out."""
    held = any(holder.start <= month.start and month.end <= holder.end for holder in terms.holders)
    return held and not terms.climbs and not terms.reliefs


def _share(month: Period, terms: Terms) -> Amount:
    (parts,) = apportion([_FULL], (month.start, month.end), terms)
    return Amount.sum(part.effective for part in parts if part.person)
