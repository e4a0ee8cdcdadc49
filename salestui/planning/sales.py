"""What a scope of planning booked in a period, and its margin: of the organisation by the measures, else by the ledger.

A territory's sales are those of it and of the territories under it; a sale without one is in its account's.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from salestui.metrics.reader import NOTHING, Lens, Scope, Sum, flow, read_windows
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import LATEST, Period
from salestui.planning.scopes import PlanScope
from salestui.store.quick import Reader, as_date

Measured = Literal["bookings", "margin"]

_TREE = (
    "WITH RECURSIVE tree(id) AS (SELECT CAST(:who AS BIGINT) UNION"
    " SELECT territory.id FROM territory JOIN tree ON territory.parent_id = tree.id) "
)
TERRITORY_TREE = _TREE
"""The territory `:who` and all under it, as the table `tree`."""


class Booked(NamedTuple):
    """An amount, and from how many sales. None is not zero: a margin is not known where no cost is."""

    amount: Amount | None
    sales: int


def read_booked(
    reader: Reader, lens: Lens, scope: PlanScope, measure: Measured, periods: Sequence[Period]
) -> tuple[Booked, ...]:
    """What the scope booked in each period, or what was left of that after the cost of what was sold."""
    facts = ("bookings",) if measure == "bookings" else ("bookings", "costed", "cost")
    seen = scope.seen_as
    sums = (
        _of_the_organisation(reader, lens, seen, facts, periods)
        if seen is not None
        else [_of_the_ledger(reader, scope, period) for period in periods]
    )
    return tuple(_booked(found, measure) for found in sums)


def _of_the_organisation(
    reader: Reader, lens: Lens, scope: Scope, facts: tuple[str, ...], periods: Sequence[Period]
) -> list[dict[str, Sum]]:
    return read_windows(reader, lens, scope, [flow(facts, period) for period in periods])


def _of_the_ledger(reader: Reader, scope: PlanScope, period: Period) -> dict[str, Sum]:
    tree, condition = _where(scope)
    sql = (
        f"{tree}SELECT SUM(s.reporting_amount), COUNT(*), SUM(CASE WHEN s.reporting_cost IS NULL THEN NULL ELSE"
        " s.reporting_amount END), COUNT(s.reporting_cost), SUM(s.reporting_cost)"
        f" FROM sale s LEFT JOIN account a ON a.id = s.account_id WHERE {condition}"
        " AND s.booked_on BETWEEN :start AND :end"
    )
    row = reader.one(sql, {"who": scope.id, "start": period.start, "end": period.end})
    total, number, costed, known, cost = (int(value or 0) for value in row or (0,) * 5)
    return {"bookings": Sum(total, number), "costed": Sum(costed, known), "cost": Sum(cost, known)}


def _where(scope: PlanScope) -> tuple[str, str]:
    if scope.kind == "line":
        return "", "s.line_id = :who"
    return _TREE, "COALESCE(s.territory_id, a.territory_id) IN (SELECT id FROM tree)"


def _booked(found: dict[str, Sum], measure: Measured) -> Booked:
    bookings = found.get("bookings", NOTHING)
    if measure == "bookings":
        return Booked(Amount.from_units(bookings.total), bookings.number)
    costed, cost = found.get("costed", NOTHING), found.get("cost", NOTHING)
    if bookings.number and not costed.number:
        return Booked(None, bookings.number)
    return Booked(Amount.from_units(costed.total - cost.total), costed.number)


def read_first_sale(reader: Reader, scope: PlanScope) -> date | None:
    """The day of the scope's first sale; None where there is none."""
    if scope.kind in ("territory", "line"):
        tree, condition = _where(scope)
        sql = f"{tree}SELECT MIN(s.booked_on) FROM sale s LEFT JOIN account a ON a.id = s.account_id WHERE {condition}"
    elif scope.kind == "company":
        sql = "SELECT MIN(day) FROM measure_company WHERE measure = 'bookings'"
    elif scope.kind == "person":
        sql = "SELECT MIN(day) FROM measure_day WHERE measure = 'bookings' AND person_id = :who"
    else:
        sql = (
            "SELECT MIN(f.day) FROM line_closure c JOIN measure_day f ON f.seat_id = c.descendant_id"
            " AND f.seat_id <> 0 AND f.measure = 'bookings' AND f.day BETWEEN c.valid_from AND c.valid_to"
            " WHERE c.ancestor_id = :who"
        )
    row = reader.one(sql, {"who": scope.id})
    return None if row is None or row[0] is None else as_date(row[0])


def complete_months(calendar: FiscalCalendar, first: date | None, until: date) -> tuple[Period, ...]:
    """The fiscal months from that of the first sale to the last that is over by the day the ledger is known to."""
    if first is None or first > until:
        return ()
    months = calendar.months(Period(first, min(until, LATEST), "", "range"))
    return tuple(month for month in months if month.end <= until)
