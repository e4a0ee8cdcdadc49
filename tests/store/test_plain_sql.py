"""What the database writes into history by itself is what the program would write, and it reads that back."""

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, literal, select

from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Event
from salestui.model.tables.ledger import Credit
from salestui.model.tables.organisation import Person
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate
from salestui.store.plain import to_plain
from salestui.store.plain_sql import has_personal, is_plain, object_of, value_in
from salestui.store.trace import table_of
from tests.store.support import change

_UNITS = st.integers(-(2**63), 2**63 - 1) | st.integers(-100_001, 100_001)
_CELL, _CREDIT = table_of(QuotaCell), table_of(Credit)
_COLUMNS: dict[Any, st.SearchStrategy[Any]] = {
    _CELL.c.amount: st.none() | _UNITS.map(Amount.from_units),
    _CREDIT.c.share: _UNITS.map(Rate.from_units),
    _CELL.c.month: st.dates(),
    _CELL.c.seat_id: st.integers(1, 2**62),
    _CELL.c.line_id: st.none() | st.integers(1, 2**62),
    _CELL.c.source_id: st.none() | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    _CELL.c.change_id: st.none() | st.uuids(),
}


def test_values_are_written_into_history_as_the_program_writes_them_and_read_back(writer: Engine) -> None:
    @given(st.tuples(*_COLUMNS.values()))
    def holds(values: tuple[Any, ...]) -> None:
        columns = dict(zip(_COLUMNS, values, strict=True))
        with change(writer) as work:
            connection = work.session.connection()
            held = [literal(value, column.type).label(f"v{n}") for n, (column, value) in enumerate(columns.items())]
            kept = select(*held).subquery()
            before = object_of(connection, dict(zip(columns, kept.c, strict=True)))
            event = table_of(Event)
            change_id = literal(work.change_id, event.c.change_id.type)
            row = select(change_id, literal("t"), literal(1), literal("x"), before)
            names = ["change_id", "table_name", "row_id", "kind", "before"]
            connection.execute(insert(event).from_select(names, row))
            mine = event.c.change_id == work.change_id
            written = connection.execute(select(event.c.before).where(mine)).scalar_one()
            assert written == {column.key: to_plain(value) for column, value in columns.items()}
            back = [value_in(connection, column, event.c.before).label(f"v{n}") for n, column in enumerate(columns)]
            found = connection.execute(select(*back).where(mine)).one()
            assert [*map(plainly, found)] == [*map(plainly, connection.execute(select(*held)).one())]

    holds()


def plainly(value: Any) -> Any:
    """A value as the driver gives it, whatever its column's type makes of it."""
    if isinstance(value, Amount | Rate):
        return value.units
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def test_personal_columns_and_free_json_are_left_to_the_program() -> None:
    assert is_plain(_CELL.columns)
    assert not has_personal(_CELL)
    assert has_personal(table_of(Person))
    assert not is_plain(table_of(Setting).columns)
