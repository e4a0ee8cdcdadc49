"""Quotas as they stand: which plan is in force, and which seats have none."""

from datetime import date
from typing import NamedTuple

from salestui.store.quick import Reader


class PlanState(NamedTuple):
    """A fiscal year's latest quota plan."""

    fiscal_year: int
    plan_version: int
    state: str


def read_plan(reader: Reader, fiscal_year: int) -> PlanState | None:
    """The latest version of the year's quota plan, or None where there is none."""
    sql = (
        "SELECT fiscal_year, plan_version, state FROM quota_plan WHERE fiscal_year = :year AND measure = 'bookings'"
        " ORDER BY plan_version DESC"
    )
    row = reader.one(sql, {"year": fiscal_year})
    return None if row is None else PlanState(*row)


def read_seats_with_quota(reader: Reader, first_month: date, last_month: date) -> frozenset[int]:
    """Seats that have a published quota in the fiscal months from the first to the last, known by their first days."""
    sql = (
        "SELECT DISTINCT q.seat_id FROM quota_cell q JOIN quota_plan p ON p.id = q.plan_id"
        " WHERE p.state = 'published' AND q.amount IS NOT NULL AND q.month BETWEEN :first AND :last"
    )
    return frozenset(seat for (seat,) in reader.rows(sql, {"first": first_month, "last": last_month}))
