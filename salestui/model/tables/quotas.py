"""Quota plans and their cells."""

from datetime import date

from sqlmodel import Field

from salestui.model.tables.base import Sourced, reference
from salestui.model.tables.types import AmountType
from salestui.model.values.amount import Amount


class QuotaPlan(Sourced, table=True):
    """A fiscal year's quotas in one measure, in one version."""

    __tablename__ = "quota_plan"

    fiscal_year: int
    measure: str = "bookings"
    plan_version: int = 1
    state: str = "draft"
    """`draft`, `submitted`, `approved`, `published` or `superseded`; only published quotas count."""


class QuotaCell(Sourced, table=True):
    """A leaf: one seat's quota for one fiscal month. None is no quota, 0 a quota of nothing."""

    __tablename__ = "quota_cell"

    plan_id: int = reference("quota_plan.id")
    seat_id: int = reference("seat.id")
    month: date
    """The first day of the fiscal month."""
    line_id: int | None = reference("product_line.id", optional=True)
    amount: Amount | None = Field(default=None, sa_type=AmountType)
