"""The sales ledger: what was booked, and who earned which share of it."""

from datetime import date

from sqlmodel import Field

from salestui.model.tables.base import Sourced, reference
from salestui.model.tables.types import AmountType, RateType
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


class PlanRate(Sourced, table=True):
    """What one unit of `currency` is worth in the company's currency in a fiscal year's reports."""

    __tablename__ = "plan_rate"

    fiscal_year: int
    currency: str
    rate: Rate = Field(sa_type=RateType)


class Sale(Sourced, table=True):
    """A booking, in its own currency and in the company's at `rate`. A refund is a sale below zero."""

    opportunity_id: int | None = reference("opportunity.id", optional=True)
    account_id: int | None = reference("account.id", optional=True)
    product_id: int | None = reference("product.id", optional=True)
    line_id: int | None = reference("product_line.id", optional=True)
    territory_id: int | None = reference("territory.id", optional=True)
    type: str | None = None
    """`new`, `expansion` or `renewal`."""
    booked_on: date = Field(index=True)
    amount: Amount = Field(sa_type=AmountType)
    cost: Amount | None = Field(default=None, sa_type=AmountType)
    currency: str
    rate: Rate = Field(sa_type=RateType)
    reporting_amount: Amount = Field(sa_type=AmountType)
    reporting_cost: Amount | None = Field(default=None, sa_type=AmountType)


class Credit(Sourced, table=True):
    """A share of a sale, in the company's currency. Credits sum to the sale; an overlay is beside it."""

    sale_id: int = reference("sale.id")
    person_id: int | None = reference("person.id", optional=True)
    seat_id: int | None = reference("seat.id", optional=True)
    """The seat it was earned in: where the person sat on the booking date."""
    role: str = "primary"
    """`primary` (whose win it is), `split` or `overlay`."""
    share: Rate = Field(sa_type=RateType)
    amount: Amount = Field(sa_type=AmountType)
    cost: Amount | None = Field(default=None, sa_type=AmountType)
    """The same share of the sale's cost, where that is known."""
    rule: str = "owner"
    """The crediting rule that gave it."""
