"""Column values as JSON can hold them, and back: history, overlays and differences keep them so."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Uuid

from salestui.model.tables.types import AmountType, Instant, RateType
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


def to_plain(value: Any) -> Any:
    """`value` as JSON: amounts, rates, dates and ids as text."""
    if isinstance(value, Amount | Rate | UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def from_plain(column: Column[Any], value: Any) -> Any:
    """What `to_plain` made of a value of `column`, as the column holds it."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, AmountType):
        return Amount(value)
    if isinstance(kind, RateType):
        return Rate(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Uuid):
        return UUID(value)
    return value
