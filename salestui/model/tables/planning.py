"""Objectives and the season's shape: what a year is planned from."""

from typing import ClassVar

from sqlalchemy import JSON
from sqlmodel import Field

from salestui.model.tables.base import Row, reference
from salestui.model.tables.types import AmountType, RateType, RowId
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


class Objective(Row, table=True):
    """What is to be reached: sales volume, contribution to profit, or growth, in one version."""

    ONLY_ONE_BY: ClassVar[tuple[str, ...]] = ("measure", "scope_kind", "scope_id", "period", "objective_version")

    kind: str
    """`volume`, `contribution` or `growth`."""
    measure: str
    """What the amount is in, such as `bookings` or `margin`."""
    scope_kind: str
    """`company`, `team`, `person`, `territory` or `line`."""
    scope_id: int = Field(default=0, sa_type=RowId)
    """The row that the scope is: a team's seat, a person, a territory, a product line; 0 for the company."""
    period: str
    """The fiscal period's label, such as `FY2026` or `2026Q1`."""
    amount: Amount = Field(sa_type=AmountType)
    """A growth objective's is what its growth came to when it was set."""
    growth: Rate | None = Field(default=None, sa_type=RateType)
    """How much more than the base, for a growth objective."""
    base_period: str | None = None
    base_amount: Amount | None = Field(default=None, sa_type=AmountType)
    objective_version: int = 1
    state: str = "draft"
    """`draft`, `submitted`, `approved` or `superseded`."""
    replaces_id: int | None = reference("objective.id", optional=True)
    reason: str = ""


class SeasonProfile(Row, table=True):
    """The shape of a year: a weight for each fiscal month, entered, or measured from past sales."""

    __tablename__ = "season_profile"

    name: str = Field(unique=True)
    kind: str = "entered"
    """`entered` or `measured`."""
    weights: list[str] = Field(sa_type=JSON)
    """Twelve decimals as text, which sum to 100."""
    years: int | None = None
    months: int | None = None
    """How many years and months of sales a measured profile rests on."""
    first_month: str | None = None
    last_month: str | None = None
    """The first and the last of those months."""
