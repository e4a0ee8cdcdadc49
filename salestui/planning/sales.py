"""What a scope of planning booked in a period, and its margin: of the organisation by the measures, else by the ledger.

A territory's sales are those of it and of the territories under it; a sale without one is in its account's.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from salestui.metrics import pace
from salestui.metrics.reader import NOTHING, Lens, Scope, Sum, flow, read_windows
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST, Period
from salestui.planning.scopes import PlanScope
from salestui.store.company import Company
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


class Ledger(NamedTuple):
    """From which fiscal month on, by its first day, and to which day sales are known; no `first` without any."""

    first: date | None
    until: date

    def lacks(self, period: Period) -> str:
        """Why what is known of a period is not all of it; nothing where it is."""
        if self.first is None:
            return "no sales are known yet"
        if period.start < self.first:
            return f"sales are known from {self.first.isoformat()} on"
        if period.end > self.until:
            return f"sales are known to {self.until.isoformat()}"
        return ""


def read_ledger(reader: Reader, calendar: FiscalCalendar, on: date, company: Company) -> Ledger:
    """How far the ledger reaches, as seen on a day."""
    first = pace.first_booking(reader)
    return Ledger(None if first is None else calendar.month_of(first).start, known_until(reader, on, company))


def known_until(reader: Reader, as_of: date, company: Company) -> date:
    """The day to which the ledger was live: that of the newest load, or of the newest sale if that is later."""
    if company.data_as_of is None:
        return as_of
    sql = "SELECT MAX(day) FROM measure_company WHERE measure = 'bookings' AND due = :none AND day <= :as_of"
    row = reader.one(sql, {"none": EARLIEST, "as_of": as_of})
    newest = as_of if row is None or row[0] is None else as_date(row[0])
    return min(as_of, max(newest, company.local(company.data_as_of).date()))
