"""A deal as its page shows it: its facts, its way through the stages, what was booked from it, what differs from
what was imported."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.store.quick import Reader, as_date


class StageView(NamedTuple):
    """A stage of the sales process; `outcome` is `open`, `won` or `lost`."""

    id: int
    name: str
    probability: Rate | None
    category: str
    outcome: str


class Step(NamedTuple):
    """A stage that a deal was in, and for how many days (None for a closed one, and where it lies ahead)."""

    number: int
    stage: str
    entered_on: date
    days: int | None


class Booking(NamedTuple):
    """A sale that was booked from a deal, in its own currency; `who` has the primary credit."""

    id: int
    booked_on: date
    amount: Amount
    currency: str
    type: str | None
    who: str | None
    imported: bool


class Differing(NamedTuple):
    """A value that was changed here, beside the imported one it stands over."""

    what: str
    here: str
    imported: str


class DealView(NamedTuple):
    """A deal in the version that was read. `worth` is its amount in the company's currency."""

    id: int
    version: int
    name: str
    account_id: int | None
    account: str | None
    owner_id: int | None
    owner: str | None
    product: str | None
    line: str | None
    stage: StageView
    type: str | None
    origin: str | None
    lost_reason: str | None
    amount: Amount | None
    currency: str
    worth: Amount | None
    created_on: date | None
    close_on: date | None
    steps: tuple[Step, ...]
    bookings: tuple[Booking, ...]
    differing: tuple[Differing, ...]
    stages: tuple[StageView, ...]
    """All stages to choose from, in the order of the sales process."""

    @property
    def is_open(self) -> bool:
        """Whether it is neither won nor lost."""
        return self.stage.outcome == "open"

    @property
    def booked_twice(self) -> bool:
        """Whether its sale was booked here, and brought by an import as well."""
        return {booking.imported for booking in self.bookings} == {False, True}


_DEAL = (
    "SELECT o.id, o.version, o.name, o.account_id, a.name, o.owner_id, p.name, d.name, l.name, o.stage_id, o.type,"
    " o.origin, o.lost_reason, o.amount, o.currency, o.reporting_amount, o.created_on, o.close_on FROM opportunity o"
    " LEFT JOIN account a ON a.id = o.account_id LEFT JOIN person p ON p.id = o.owner_id"
    " LEFT JOIN product d ON d.id = o.product_id LEFT JOIN product_line l ON l.id = o.line_id WHERE o.id = :deal"
)
_STAGES = "SELECT id, name, probability, category, outcome FROM stage ORDER BY position, id"
_STEPS = (
    "SELECT g.name, c.entered_on, g.outcome FROM stage_change c JOIN stage g ON g.id = c.stage_id"
    " WHERE c.opportunity_id = :deal ORDER BY c.entered_on, c.id"
)
_BOOKINGS = (
    "SELECT s.id, s.booked_on, s.amount, s.currency, s.type, p.name, s.source FROM sale s"
    " LEFT JOIN credit k ON k.sale_id = s.id AND k.role = 'primary' LEFT JOIN person p ON p.id = k.person_id"
    " WHERE s.opportunity_id = :deal ORDER BY s.booked_on, s.id"
)
_OVERLAYS = (
    "SELECT column_name, CAST(imported AS TEXT) FROM overlay"
    " WHERE table_name = 'opportunity' AND row_id = :deal ORDER BY column_name"
)


def read_deal(reader: Reader, deal: int, on: date) -> DealView:
    """The deal of that id, its days counted up to `on`; DataProblem where there is none."""
    row = reader.one(_DEAL, {"deal": deal})
    if row is None:
        raise DataProblem("This deal is no longer there.", remedy="Look for it by name with Ctrl+P.")
    stages = tuple(
        StageView(key, name, None if probability is None else Rate.from_units(int(probability)), category, outcome)
        for key, name, probability, category, outcome in reader.rows(_STAGES)
    )
    key, version, name, account_id, account, owner_id, owner, product, line, stage_id, *rest = row
    kind, origin, lost_reason, amount, currency, worth, created, close = rest
    view = DealView(
        id=int(key),
        version=int(version),
        name=name,
        account_id=account_id,
        account=account,
        owner_id=owner_id,
        owner=owner,
        product=product,
        line=line,
        stage=next(stage for stage in stages if stage.id == stage_id),
        type=kind,
        origin=origin,
        lost_reason=lost_reason,
        amount=_amount(amount),
        currency=currency,
        worth=_amount(worth),
        created_on=None if created is None else as_date(created),
        close_on=None if close is None else as_date(close),
        steps=steps(
            [(stage, as_date(day), outcome) for stage, day, outcome in reader.rows(_STEPS, {"deal": deal})], on
        ),
        bookings=tuple(
            Booking(sale, as_date(day), Amount.from_units(int(sold)), money, of, who, source is not None)
            for sale, day, sold, money, of, who, source in reader.rows(_BOOKINGS, {"deal": deal})
        ),
        differing=(),
        stages=stages,
    )
    overlays = {column: json.loads(imported) for column, imported in reader.rows(_OVERLAYS, {"deal": deal})}
    return view._replace(differing=tuple(_differing(view, overlays)))


def steps(changes: Sequence[tuple[str, date, str]], on: date) -> tuple[Step, ...]:
    """The way through the stages, given each with the day it was entered and its outcome, in order."""
    found: list[Step] = []
    ends = [*(entered_on for _, entered_on, _ in changes[1:]), on]
    for number, ((stage, entered_on, outcome), end) in enumerate(zip(changes, ends, strict=bool(changes)), 1):
        goes_on = number < len(changes) or outcome == "open"
        found.append(
            Step(number, stage, entered_on, (end - entered_on).days if goes_on and end >= entered_on else None)
        )
    return tuple(found)


def _amount(units: Any) -> Amount | None:
    return None if units is None else Amount.from_units(int(units))


_FOLLOWING = frozenset({"outcome", "reporting_amount"})
"""Columns that follow from others, and need no mention of their own."""
_NAMES: Mapping[str, str] = {
    "close_on": "Close date",
    "created_on": "Created",
    "lost_reason": "Reason",
    "origin": "Source",
    "owner_id": "Owner",
    "account_id": "Account",
    "product_id": "Product",
    "line_id": "Line",
}


def _differing(deal: DealView, overlays: Mapping[str, Any]) -> list[Differing]:
    here: Mapping[str, Any] = {
        "stage_id": deal.stage.name,
        "amount": show.money(deal.amount, "full"),
        "owner_id": deal.owner,
        "account_id": deal.account,
        "product_id": deal.product,
        "line_id": deal.line,
    }
    stages = {stage.id: stage.name for stage in deal.stages}
    found: list[Differing] = []
    for column, imported in overlays.items():
        if column in _FOLLOWING:
            continue
        told: Any = imported
        if column == "amount":
            told = show.money(None if imported is None else Amount(imported), "full")
        elif column == "stage_id":
            told = stages.get(imported)
        elif column.endswith("_id"):
            told = "another" if imported is not None else None
        local = here[column] if column in here else getattr(deal, column, None)
        name = _NAMES.get(column, column.removesuffix("_id").capitalize())
        found.append(Differing(name, _text(local), _text(told)))
    return found


def _text(value: Any) -> str:
    return show.NOTHING if value is None else str(value)
