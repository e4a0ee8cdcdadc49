"""Column values as history keeps them, made and read by the database itself: what `plain` does, for very many rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Numeric,
    String,
    Table,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator

from salestui.model.tables.types import AmountType, RateType
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


def is_plain(columns: Iterable[Column[Any]]) -> bool:
    """Whether the database can turn all of these columns into what history keeps, and back."""
    return all(_places(column) is not None or _is_simple(column) for column in columns)


def has_personal(table: Table) -> bool:
    """Whether the table has columns of which history keeps the values apart."""
    return any(column.info.get("personal") for column in table.columns)


def object_of(connection: Connection, columns: Mapping[Column[Any], ColumnElement[Any]]) -> ColumnElement[Any]:
    """A JSON object of columns with these values."""
    build = func.json_build_object if connection.dialect.name == "postgresql" else func.json_object
    pairs = [each for column, value in columns.items() for each in (literal(column.key), _plain(column, value))]
    return build(*pairs)


def value_in(connection: Connection, column: Column[Any], kept: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column's value in a JSON object that history keeps."""
    text = kept[column.key].as_string()
    places = _places(column)
    if places is not None:
        return _units(connection, text, places)
    kind = column.type
    if isinstance(kind, Integer):
        return cast(text, BigInteger)
    if connection.dialect.name == "postgresql" and isinstance(kind, Date | Uuid):
        return cast(text, kind)
    return func.replace(text, "-", "") if isinstance(kind, Uuid) else text


def holds_only(connection: Connection, kept: Column[Any], columns: Iterable[Column[Any]]) -> ColumnElement[bool]:
    """Whether a JSON object has these columns, and no other."""
    names = [column.key for column in columns]
    on_postgresql = connection.dialect.name == "postgresql"
    each = func.json_object_keys(kept) if on_postgresql else func.json_each(kept)
    has = [
        kept.op("->", return_type=JSON())(literal(name, String())).is_not(None)
        if on_postgresql
        else func.json_type(kept, f"$.{name}").is_not(None)
        for name in names
    ]
    keys = select(func.count()).select_from(each.table_valued("key")).scalar_subquery()
    return and_(*has, keys == len(names))


def _places(column: Column[Any]) -> int | None:
    if isinstance(column.type, AmountType):
        return Amount.PLACES
    return Rate.PLACES if isinstance(column.type, RateType) else None


def _is_simple(column: Column[Any]) -> bool:
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return isinstance(kind.impl_instance, String)
    return isinstance(kind, Integer | String | Date | Uuid)


def _plain(column: Column[Any], value: ColumnElement[Any]) -> ColumnElement[Any]:
    places = _places(column)
    if places is not None:
        return _decimal(value, places)
    kind = column.type
    if isinstance(kind, Date):
        return cast(value, String)
    return _dashed(cast(value, String)) if isinstance(kind, Uuid) else value


def _decimal(value: ColumnElement[Any], places: int) -> ColumnElement[Any]:
    """What `str` writes of an exact decimal of so many units."""
    units, whole = type_coerce(value, BigInteger), 10**places
    part = func.abs(units % whole)
    digits = func.rtrim(func.substr(cast(part + whole, String), 2), "0")
    sign = case((units < 0, "-"), else_="")
    after = case((part == 0, ""), else_=literal(".").concat(digits))
    return case((units.is_(None), None), else_=sign.concat(cast(func.abs(units // whole), String)).concat(after))


def _units(connection: Connection, text: ColumnElement[Any], places: int) -> ColumnElement[Any]:
    """How many units a decimal is that `_decimal` wrote."""
    if connection.dialect.name == "postgresql":
        return cast(cast(text, Numeric) * 10**places, BigInteger)
    point = func.instr(text, ".")
    padded = func.substr(text, 1, point - 1).concat(
        func.substr(func.substr(text, point + 1).concat("0" * places), 1, places)
    )
    return case((point == 0, cast(text, BigInteger) * 10**places), else_=cast(padded, BigInteger))


def _dashed(text: ColumnElement[Any]) -> ColumnElement[Any]:
    """A UUID as `str` writes it, however the database does."""
    plain = func.replace(text, "-", "")
    starts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    parts = [func.substr(plain, start, length) for start, length in starts]
    joined: ColumnElement[Any] = parts[0]
    for part in parts[1:]:
        joined = joined.concat("-").concat(part)
    return joined
