"""The pipeline: every open deal of a scope as of a day, what of it needs a look, and what it is worth."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from salestui.metrics.reader import Lens, Scope
from salestui.model.values.amount import Amount
from salestui.model.values.exact import half_even
from salestui.model.values.period import LATEST, Period
from salestui.model.values.rate import Rate
from salestui.store.quick import Reader, as_date

IDLE_DAYS = 14
"""A deal that moved to no other stage for so many days, and was not created within them, is idle."""


class OpenDeal(NamedTuple):
    """A deal that is open on the day it is looked at, as known now. Amounts are in the company's currency."""

    id: int
    name: str
    account: str | None
    owner: str | None
    stage: str | None
    """The stage it was in on that day; None where a deal that is closed by now has no history of that time."""
    amount: Amount | None
    probability: Rate | None
    close_on: date | None
    age: int | None
    """Days since it was created."""
    changed_on: date | None
    """When it entered its stage, where that is known."""
    in_stage: int | None
    """Days since then."""
    late: bool
    """Its close date has passed."""
    idle: bool
    """See `IDLE_DAYS`."""
    omitted: bool
    """Its stage is left out of the forecast, and so of the KPIs."""


class Worth(NamedTuple):
    """What deals come to: how many, their amounts, and Σ amount × probability, rounded once."""

    deals: int
    total: Amount
    weighted: Amount
    late: int
    idle: int


class Filters(NamedTuple):
    """Which open deals to show; None and False leave all in."""

    stage: str | None = None
    owner: str | None = None
    due_in: Period | None = None
    """Only those whose close date is in this period."""
    larger_than: Amount | None = None
    late: bool = False
    idle: bool = False
    with_omitted: bool = False
    """Show also those that are left out of the forecast."""

    def let_in(self, deal: OpenDeal) -> bool:
        """Whether a deal is shown."""
        return (
            (self.with_omitted or not deal.omitted or deal.stage == self.stage)
            and self.stage in (None, deal.stage)
            and self.owner in (None, deal.owner or NOBODY)
            and (self.due_in is None or _within(deal.close_on, self.due_in))
            and (self.larger_than is None or (deal.amount is not None and deal.amount > self.larger_than))
            and (deal.late or not self.late)
            and (deal.idle or not self.idle)
        )


ALL_IN = Filters()
"""Every deal that counts in the forecast."""
NOBODY = "nobody"
"""The owner of a deal that has none."""


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period.start <= day <= period.end


def worth(deals: Iterable[OpenDeal]) -> Worth:
    """What these deals come to. A deal without an amount counts as a deal, one without a probability weighs nothing."""
    number = total = weighted = late = idle = 0
    for deal in deals:
        number += 1
        late += deal.late
        idle += deal.idle
        if deal.amount is not None:
            total += deal.amount.units
            weighted += deal.amount.units * (0 if deal.probability is None else deal.probability.units)
    whole = Amount.from_units(half_even(weighted, 10**Rate.PLACES))
    return Worth(number, Amount.from_units(total), whole, late, idle)


_COLUMNS = (
    "SELECT o.id, o.name, a.name, p.name, o.reporting_amount, o.created_on, o.close_on, o.outcome,"
    " g.name, g.probability, g.category, h.name, h.probability, h.outcome, c.entered_on,"
    " EXISTS (SELECT 1 FROM stage_change l WHERE l.opportunity_id = o.id AND l.entered_on > :on)"
    " FROM opportunity o JOIN stage g ON g.id = o.stage_id LEFT JOIN person p ON p.id = o.owner_id"
    " LEFT JOIN account a ON a.id = o.account_id"
    " LEFT JOIN stage_change c ON c.id = (SELECT b.id FROM stage_change b WHERE b.opportunity_id = o.id"
    " AND b.entered_on <= :on ORDER BY b.entered_on DESC, b.id DESC LIMIT 1)"
    " LEFT JOIN stage h ON h.id = c.stage_id"
    " WHERE (o.created_on IS NULL OR o.created_on <= :on) AND (o.outcome = 'open' OR o.close_on > :on)"
)
_OF: dict[str, str] = {
    "company": "",
    "person": " AND o.owner_id = :who",
    "team": " AND o.owner_id IN (SELECT s.person_id FROM line_closure l JOIN person_seat s ON s.seat_id ="
    " l.descendant_id AND :on BETWEEN s.valid_from AND s.valid_to WHERE l.ancestor_id = :who"
    " AND :on BETWEEN l.valid_from AND l.valid_to)",
    "account": " AND o.account_id = :who",
}


def read_pipeline(reader: Reader, lens: Lens, scope: Scope) -> tuple[OpenDeal, ...]:
    """The open deals of a scope on the lens's day, those to close first at the top, the largest of a day before."""
    return _read(reader, lens.on, scope.kind, scope.id)


def read_pipeline_of_account(reader: Reader, account: int, on: date) -> tuple[OpenDeal, ...]:
    """The open deals with an account, in the same order."""
    return _read(reader, on, "account", account)


def _read(reader: Reader, on: date, whose: str, who: int) -> tuple[OpenDeal, ...]:
    rows = reader.rows(_COLUMNS + _OF[whose], {"on": on, "who": who})
    return tuple(sorted((_open_deal(row, on) for row in rows), key=_order))


def _order(deal: OpenDeal) -> tuple[date, int, int]:
    return deal.close_on or LATEST, -(deal.amount.units if deal.amount else 0), deal.id


def _open_deal(row: tuple[Any, ...], on: date) -> OpenDeal:
    key, name, account, owner, amount, created, close, outcome, *stages, entered, moved_later = row
    stage, probability, category, then, then_probability, then_outcome = stages
    if outcome != "open" or (moved_later and then is not None):
        stage, probability = (then, then_probability) if then_outcome == "open" else (None, None)
    created_on, close_on, changed_on = (None if day is None else as_date(day) for day in (created, close, entered))
    last_moved = max((day for day in (created_on, changed_on) if day is not None), default=None)
    return OpenDeal(
        id=int(key),
        name=name,
        account=account,
        owner=owner,
        stage=stage,
        amount=None if amount is None else Amount.from_units(int(amount)),
        probability=None if probability is None else Rate.from_units(int(probability)),
        close_on=close_on,
        age=None if created_on is None else (on - created_on).days,
        changed_on=changed_on,
        in_stage=None if changed_on is None else (on - changed_on).days,
        late=close_on is not None and close_on < on,
        idle=last_moved is not None and (on - last_moved).days >= IDLE_DAYS,
        omitted=outcome == "open" and category == "omitted",
    )
