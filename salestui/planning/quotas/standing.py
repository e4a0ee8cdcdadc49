"""Quotas as they stand: which plan is in force, and which seats have none."""

from datetime import date
from typing import Any, NamedTuple

from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.store.quick import Reader


class Plan(NamedTuple):
    """A version of a fiscal year's quota plan."""

    id: int
    fiscal_year: int
    plan_version: int
    state: str
    begun_by: str = ""
    """The change that began it, which tells it from one of another database."""
    step: Amount = Amount(1)
    """What sums are spread in: whole currency units, unless the plan says otherwise."""

    @property
    def label(self) -> str:
        """What it is called: `FY2026 v2`."""
        return f"FY{self.fiscal_year} v{self.plan_version}"


COLUMNS = "p.id, p.fiscal_year, p.plan_version, p.state, p.change_id, p.step"
"""Of a plan `p`, as `plan_of` takes them."""
_PLANS = f"SELECT {COLUMNS} FROM quota_plan p WHERE p.measure = 'bookings'"


def read_plan(reader: Reader, fiscal_year: int) -> Plan | None:
    """The latest version of the year's quota plan, or None where there is none."""
    row = reader.one(f"{_PLANS} AND fiscal_year = :year ORDER BY plan_version DESC", {"year": fiscal_year})
    return None if row is None else plan_of(row)


def read_plans(reader: Reader) -> tuple[Plan, ...]:
    """Every version of every year's quota plan, the latest first."""
    return tuple(map(plan_of, reader.rows(f"{_PLANS} ORDER BY fiscal_year DESC, plan_version DESC")))


def plan_of(row: tuple[Any, ...]) -> Plan:
    """The plan in a row of `COLUMNS`."""
    key, year, version, state, begun_by, step = row
    return Plan(key, year, version, state, str(begun_by).replace("-", ""), Amount.from_units(step))


def refuse_beside(label: str, state: str) -> None:
    """DataProblem where a plan in this state is under way, for no other is begun beside it."""
    if state == "draft":
        raise DataProblem(f"{label} is a draft already", remedy="Edit that one.")
    if state in ("submitted", "approved"):
        raise DataProblem(
            f"{label} is {state} already, and not in force yet", remedy="Publish that one, or return it to draft."
        )


def refuse_without_a_draft(latest: Plan | None, year: str, *, begin: bool) -> None:
    """DataProblem where a year's latest plan is no draft, unless one is to be begun and can be."""
    if latest is not None and latest.state == "draft":
        return
    if begin:
        if latest is not None:
            refuse_beside(latest.label, latest.state)
        return
    what = f"There are no quotas of {year} yet" if latest is None else f"{latest.label} is {latest.state}, and no draft"
    raise DataProblem(what, remedy="To begin a draft with it, say --begin.")


def read_seats_with_quota(reader: Reader, first_month: date, last_month: date) -> frozenset[int]:
    """Seats that have a published quota in the fiscal months from the first to the last, known by their first days."""
    sql = (
        "SELECT DISTINCT q.seat_id FROM quota_cell q JOIN quota_plan p ON p.id = q.plan_id"
        " WHERE p.state = 'published' AND q.amount IS NOT NULL AND q.month BETWEEN :first AND :last"
    )
    return frozenset(seat for (seat,) in reader.rows(sql, {"first": first_month, "last": last_month}))
