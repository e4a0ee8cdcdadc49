"""The deals and sales behind a KPI: the very rows whose amounts and counts make it up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from salestui.metrics.reader import AS_IT_WAS, Lens, Scope
from salestui.model.values.amount import Amount
from salestui.model.values.period import Period
from salestui.store.quick import Reader, as_date

Behind = Literal["sales", "closed", "won", "open", "due"]

BEHIND: Mapping[str, Behind] = {
    "bookings": "sales",
    "attainment": "sales",
    "growth": "sales",
    "gross_margin": "sales",
    "win_rate": "closed",
    "average_deal": "won",
    "sales_cycle": "won",
    "open_pipeline": "open",
    "coverage": "due",
}
"""Which rows are behind which KPI."""


class Deal(NamedTuple):
    """A row behind a number. Amounts are in the company's currency; None is not known."""

    id: int
    day: date | None
    """When it was booked, or closed, or is to close."""
    account: str | None
    name: str | None
    owner: str | None
    state: str
    """The kind of sale, or the deal's stage."""
    amount: Amount | None
    """What of it counts for the scope: a person's or team's credit, or the whole."""
    age: int | None
    """Days from creation to close; for an open deal to the day it is looked at."""
    late: bool
    """An open deal whose close date has passed."""
    deal: int | None
    """The deal that the row is, or that a sale was booked from."""


def read_deals(reader: Reader, lens: Lens, scope: Scope, period: Period, kpi: str) -> tuple[Deal, ...]:
    """The rows behind `kpi`, as seen on the lens's day, the largest first."""
    cut = period.cut(period.day_number(lens.on))
    values: dict[str, object] = {"start": cut.start, "end": cut.end, "on": lens.on, "who": scope.id}
    behind = BEHIND[kpi]
    if behind == "sales":
        rows = reader.rows(_sales(lens, scope), values) if cut.days else []
    elif behind in ("closed", "won"):
        rows = reader.rows(_closed(lens, scope, won_only=behind == "won"), values) if cut.days else []
    else:
        months = lens.calendar.months(period)
        values |= {"due_start": months[0].start, "due_end": months[-1].end}
        rows = reader.rows(_open(scope, due=behind == "due"), values)
    deals = [_deal(row, lens.on) for row in rows]
    return tuple(
        sorted(deals, key=lambda deal: (-(deal.amount.units if deal.amount else 0), deal.day or lens.on, deal.id))
    )


def _deal(row: tuple[object, ...], on: date) -> Deal:
    key, day, account, name, owner, state, amount, created, outcome, deal = row
    ended = None if day is None else as_date(day)
    begun = None if created is None else as_date(created)
    still_open = outcome == "open"
    until = on if still_open else ended
    return Deal(
        id=int(str(key)),
        day=ended,
        account=None if account is None else str(account),
        name=None if name is None else str(name),
        owner=None if owner is None else str(owner),
        state=str(state or ""),
        amount=None if amount is None else Amount.from_units(int(Decimal(str(amount)))),
        age=None if begun is None or until is None else (until - begun).days,
        late=still_open and ended is not None and ended < on,
        deal=None if deal is None else int(str(deal)),
    )


def _members(person: str) -> str:
    """Whoever is in the team on the day it is looked at."""
    return (
        f"{person} IN (SELECT p.person_id FROM line_closure c JOIN person_seat p ON p.seat_id = c.descendant_id"
        " AND :on BETWEEN p.valid_from AND p.valid_to WHERE c.ancestor_id = :who"
        " AND :on BETWEEN c.valid_from AND c.valid_to)"
    )


def _within(lens: Lens, scope: Scope, person: str, seat: str, day: str) -> str:
    if scope.kind == "company":
        return "1 = 1"
    if scope.kind == "person":
        return f"{person} = :who"
    if lens.view == AS_IT_WAS:
        return (
            f"EXISTS (SELECT 1 FROM line_closure c WHERE c.ancestor_id = :who AND c.descendant_id = {seat}"
            f" AND {day} BETWEEN c.valid_from AND c.valid_to)"
        )
    return _members(person)


def _sales(lens: Lens, scope: Scope) -> str:
    if scope.kind == "company":
        credited, amount = "k.sale_id = s.id AND k.role = 'primary'", "s.reporting_amount"
    else:
        credited, amount = "k.sale_id = s.id AND k.role <> 'overlay'", "k.amount"
    return (
        f"SELECT s.id, s.booked_on, a.name, COALESCE(o.name, d.name), p.name, s.type, {amount}, o.created_on,"
        " 'booked', o.id"
        f" FROM sale s LEFT JOIN credit k ON {credited}"
        " LEFT JOIN person p ON p.id = k.person_id LEFT JOIN account a ON a.id = s.account_id"
        " LEFT JOIN opportunity o ON o.id = s.opportunity_id LEFT JOIN product d ON d.id = s.product_id"
        " WHERE s.booked_on BETWEEN :start AND :end"
        f" AND {_within(lens, scope, 'k.person_id', 'k.seat_id', 's.booked_on')}"
    )


_DEALS = (
    "SELECT o.id, o.close_on, a.name, o.name, p.name, g.name, o.reporting_amount, o.created_on, o.outcome, o.id"
    " FROM opportunity o JOIN stage g ON g.id = o.stage_id LEFT JOIN person p ON p.id = o.owner_id"
    " LEFT JOIN account a ON a.id = o.account_id"
)


def _closed(lens: Lens, scope: Scope, *, won_only: bool) -> str:
    outcomes = "o.outcome = 'won'" if won_only else "o.outcome <> 'open'"
    return (
        f"{_DEALS} LEFT JOIN person_seat ps ON ps.person_id = o.owner_id"
        " AND o.close_on BETWEEN ps.valid_from AND ps.valid_to"
        f" WHERE {outcomes} AND o.close_on BETWEEN :start AND :end"
        f" AND {_within(lens, scope, 'o.owner_id', 'ps.seat_id', 'o.close_on')}"
    )


def _open(scope: Scope, *, due: bool) -> str:
    """Open on the day it is looked at, as known now: created by then, and not closed by then."""
    members = (
        "1 = 1"
        if scope.kind == "company"
        else "o.owner_id = :who"
        if scope.kind == "person"
        else _members("o.owner_id")
    )
    window = " AND o.close_on BETWEEN :due_start AND :due_end" if due else ""
    return (
        f"{_DEALS} WHERE NOT (o.outcome = 'open' AND g.category = 'omitted')"
        " AND (o.created_on IS NULL OR o.created_on <= :on)"
        f" AND (o.outcome = 'open' OR o.close_on > :on){window} AND {members}"
    )
