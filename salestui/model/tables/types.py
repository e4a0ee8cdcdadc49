"""Column types that keep what the vocabulary promises: exact amounts and rates, instants in UTC, text in one order."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate

RowId: TypeEngine[int] = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit id; SQLite numbers rows by itself only where the column is a plain INTEGER."""


class AmountType(TypeDecorator[Amount]):
    """An `Amount` as a 64-bit count of ten-thousandths. In SQL it is summed, counted and compared, nothing else."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Amount | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Amount):
            raise TypeError(f"an Amount is wanted here, not {type(value).__name__}")
        return value.units

    def process_result_value(self, value: Any, dialect: Dialect) -> Amount | None:
        return None if value is None else Amount.from_units(int(value))


class RateType(TypeDecorator[Rate]):
    """A `Rate` as a 64-bit count of billionths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if not isinstance(value, Rate):
            raise TypeError(f"a Rate is wanted here, not {type(value).__name__}")
        return value.units

    def process_result_value(self, value: Any, dialect: Dialect) -> Rate | None:
        return None if value is None else Rate.from_units(int(value))


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; a datetime without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
