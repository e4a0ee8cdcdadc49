"""What is sold, and to whom: product lines, products, accounts."""

from datetime import date

from sqlmodel import Field

from salestui.model.tables.base import Sourced, reference
from salestui.model.tables.types import AmountType
from salestui.model.values.amount import Amount


class ProductLine(Sourced, table=True):
    """A family of products that numbers are cut by."""

    __tablename__ = "product_line"

    name: str


class Product(Sourced, table=True):
    """Something on the price list; prices in the company's currency."""

    name: str
    line_id: int | None = reference("product_line.id", optional=True)
    list_price: Amount | None = Field(default=None, sa_type=AmountType)
    unit_cost: Amount | None = Field(default=None, sa_type=AmountType)


class Account(Sourced, table=True):
    """A customer, or one to be won."""

    name: str
    sector: str | None = None
    territory_id: int | None = reference("territory.id", optional=True)
    owner_id: int | None = reference("person.id", optional=True)
    created_on: date | None = None
