"""Quota plans, their cells, and what stands beside them: locks, submissions and targets."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from salestui.model.tables.base import Row, Sourced, reference
from salestui.model.tables.types import AmountType
from salestui.model.values.amount import Amount

_LEAF = ("plan_id", "seat_id", "month", "line_id")


class QuotaPlan(Sourced, table=True):
    """A fiscal year's quotas in one measure, in one version."""

    __tablename__ = "quota_plan"
    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = ("fiscal_year", "measure", "plan_version")

    fiscal_year: int
    measure: str = "bookings"
    plan_version: int = 1
    state: str = "draft"
    """`draft`, `submitted`, `approved`, `published` or `superseded`; only published quotas count."""
    based_on_id: int | None = reference("quota_plan.id", optional=True)
    """The version that this one was begun from."""
    step: Amount = Field(default=Amount(1), sa_type=AmountType)
    """What sums are spread in: whole currency units unless the plan says otherwise."""


class QuotaCell(Sourced, table=True):
    """A leaf: one seat's quota for one fiscal month. None is no quota, 0 a quota of nothing."""

    __tablename__ = "quota_cell"
    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = _LEAF
    LOCKED_IN: ClassVar[str | None] = "quota_lock"

    plan_id: int = reference("quota_plan.id")
    seat_id: int = reference("seat.id")
    month: date
    """The first day of the fiscal month."""
    line_id: int | None = reference("product_line.id", optional=True)
    amount: Amount | None = Field(default=None, sa_type=AmountType)


class QuotaLock(Row, table=True):
    """A leaf that no spread changes, and why; its change tells who locked it and when."""

    __tablename__ = "quota_lock"
    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = _LEAF

    plan_id: int = reference("quota_plan.id")
    seat_id: int = reference("seat.id")
    month: date
    line_id: int | None = reference("product_line.id", optional=True)
    reason: str


class QuotaSubmission(Row, table=True):
    """What a person, or the manager for them, handed in from below for a leaf: it holds while the rest is spread."""

    __tablename__ = "quota_submission"
    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = _LEAF

    plan_id: int = reference("quota_plan.id")
    seat_id: int = reference("seat.id")
    month: date
    line_id: int | None = reference("product_line.id", optional=True)
    amount: Amount = Field(sa_type=AmountType)
    note: str = ""


class QuotaTarget(Row, table=True):
    """What a team (the whole company where `seat_id` is None) is to reach in the fiscal months from the first to the
    last, beside the sum that is assigned in it."""

    __tablename__ = "quota_target"
    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = ("plan_id", "seat_id", "first_month", "last_month")

    plan_id: int = reference("quota_plan.id")
    seat_id: int | None = reference("seat.id", optional=True)
    first_month: date
    last_month: date
    amount: Amount = Field(sa_type=AmountType)
    reason: str = ""
