"""What quotas assign of an objective: those of the published plan, else of the latest draft, said which."""

from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.period import Period
from salestui.planning.sales import TERRITORY_TREE, Measured
from salestui.planning.scopes import PlanScope, ScopeKind
from salestui.store.quick import Reader


class Assigned(NamedTuple):
    """The quotas of a period, and of which plan they are; or why there are none."""

    amount: Amount | None
    told: str


_FIRST_DAY = (
    "(SELECT CASE WHEN s.valid_from > q.month THEN s.valid_from ELSE q.month END FROM seat s WHERE s.id = q.seat_id)"
)
_WHOSE: dict[ScopeKind, tuple[str, str]] = {
    "company": ("", ""),
    "team": (
        "",
        f" AND q.seat_id IN (SELECT c.descendant_id FROM line_closure c WHERE c.ancestor_id = :who AND {_FIRST_DAY}"
        " BETWEEN c.valid_from AND c.valid_to)",
    ),
    "person": (
        "",
        " AND q.seat_id IN (SELECT s.seat_id FROM person_seat s WHERE s.person_id = :who"
        " AND q.month BETWEEN s.valid_from AND s.valid_to)",
    ),
    "territory": (
        TERRITORY_TREE,
        " AND q.seat_id IN (SELECT t.seat_id FROM territory_assignment t WHERE t.territory_id IN (SELECT id FROM tree)"
        f" AND {_FIRST_DAY} BETWEEN t.valid_from AND t.valid_to)",
    ),
    "line": ("", " AND q.line_id = :who"),
}
"""Whose quotas: as the organisation stood on the first day of each month, or on that of a seat that begins later."""


def read_assigned(reader: Reader, lens: Lens, scope: PlanScope, measure: Measured, period: Period) -> Assigned:
    """The quotas of the scope in the period, whose fiscal years have a plan each."""
    if measure != "bookings":
        return Assigned(None, "quotas are in bookings")
    months = lens.calendar.months(period)
    years = dict.fromkeys(lens.calendar.year_of(month.start) for month in months)
    amount, plans = ZERO, []
    for year in years:
        plan = _plan(reader, year.fiscal_year)
        if plan is None:
            return Assigned(None, f"{year.label} has no quotas yet")
        key, told = plan
        inside = [month.start for month in months if year.start <= month.start <= year.end]
        tree, whose = _WHOSE[scope.kind]
        row = reader.one(
            f"{tree}SELECT SUM(q.amount), COUNT(q.amount) FROM quota_cell q WHERE q.plan_id = :plan"
            f" AND q.month BETWEEN :first AND :last{whose}",
            {"plan": key, "first": inside[0], "last": inside[-1], "who": scope.id},
        )
        if row is None or not row[1]:
            return Assigned(None, f"{told} has no quotas for {scope.kind} {scope.name}")
        amount += Amount.from_units(int(row[0]))
        plans.append(told)
    return Assigned(amount, "quotas of " + " and ".join(plans))


def _plan(reader: Reader, fiscal_year: int) -> tuple[int, str] | None:
    """The plan in force, else the latest version, and how it is told."""
    row = reader.one(
        "SELECT id, plan_version, state FROM quota_plan WHERE fiscal_year = :year AND measure = 'bookings'"
        " ORDER BY CASE WHEN state = 'published' THEN 0 ELSE 1 END, plan_version DESC",
        {"year": fiscal_year},
    )
    return None if row is None else (int(row[0]), f"FY{fiscal_year} v{row[1]} {row[2]}")
