"""Deals that are closed: with an account, or by a person in a period."""

from datetime import date
from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.amount import Amount
from salestui.model.values.period import EARLIEST, Period
from salestui.store.quick import Reader, as_date


class ClosedDeal(NamedTuple):
    """A deal that was won or lost; its amount is in the company's currency."""

    id: int
    close_on: date
    name: str
    account: str | None
    owner: str | None
    stage: str
    outcome: str
    amount: Amount | None


_CLOSED = (
    "SELECT o.id, o.close_on, o.name, a.name, p.name, g.name, o.outcome, o.reporting_amount FROM opportunity o"
    " JOIN stage g ON g.id = o.stage_id LEFT JOIN account a ON a.id = o.account_id"
    " LEFT JOIN person p ON p.id = o.owner_id"
    " WHERE o.outcome <> 'open' AND o.close_on BETWEEN :start AND :end"
)


def read_closed_by(reader: Reader, lens: Lens, person: int, period: Period) -> tuple[ClosedDeal, ...]:
    """What a person closed in a period up to the lens's day, the latest first."""
    end = min(period.end, lens.on)
    return _read(reader, " AND o.owner_id = :who", person, period.start, end)


def read_closed_with(reader: Reader, lens: Lens, account: int) -> tuple[ClosedDeal, ...]:
    """What was ever closed with an account up to the lens's day, the latest first."""
    return _read(reader, " AND o.account_id = :who", account, EARLIEST, lens.on)


def _read(reader: Reader, whose: str, who: int, start: date, end: date) -> tuple[ClosedDeal, ...]:
    rows = reader.rows(_CLOSED + whose, {"who": who, "start": start, "end": end})
    deals = [
        ClosedDeal(
            *(key, as_date(day), name, account, owner, stage, outcome),
            amount=None if units is None else Amount.from_units(int(units)),
        )
        for key, day, name, account, owner, stage, outcome, units in rows
    ]
    return tuple(sorted(deals, key=lambda deal: (deal.close_on, deal.id), reverse=True))
