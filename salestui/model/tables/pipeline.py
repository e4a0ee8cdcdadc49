"""The pipeline: stages, opportunities, and the way each took through the stages."""

from datetime import date

from sqlmodel import Field

from salestui.model.tables.base import Sourced, reference
from salestui.model.tables.types import AmountType, RateType
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


class Stage(Sourced, table=True):
    """A step of the sales process with its default probability and forecast category."""

    name: str
    position: int
    probability: Rate | None = Field(default=None, sa_type=RateType)
    category: str
    """`omitted`, `pipeline`, `best_case`, `most_likely`, `commit` or `closed`."""
    outcome: str
    """`open`, `won` or `lost`."""


class Opportunity(Sourced, table=True):
    """A deal. `close_on` is when it is expected to close, and for a closed one when it did."""

    name: str
    account_id: int | None = reference("account.id", optional=True)
    owner_id: int | None = reference("person.id", optional=True)
    product_id: int | None = reference("product.id", optional=True)
    line_id: int | None = reference("product_line.id", optional=True)
    stage_id: int = reference("stage.id")
    outcome: str
    """The stage's outcome: `open`, `won` or `lost`."""
    type: str | None = None
    """`new`, `expansion` or `renewal`."""
    origin: str | None = None
    """Where the lead came from."""
    amount: Amount | None = Field(default=None, sa_type=AmountType)
    currency: str
    reporting_amount: Amount | None = Field(default=None, sa_type=AmountType)
    """The amount in the company's currency, at the fiscal year's plan rate."""
    created_on: date | None = Field(default=None, index=True)
    close_on: date | None = Field(default=None, index=True)
    lost_reason: str | None = None


class StageChange(Sourced, table=True):
    """The day an opportunity entered a stage."""

    __tablename__ = "stage_change"

    opportunity_id: int = reference("opportunity.id")
    stage_id: int = reference("stage.id")
    entered_on: date
