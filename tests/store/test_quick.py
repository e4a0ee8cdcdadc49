"""Reading with the bare driver: the same answers from both databases, and nothing written."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from salestui.model.tables.exchange import ImportRun, Setting
from salestui.model.tables.ledger import Sale
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.model.values.rate import Rate
from salestui.store import company
from salestui.store.company import from_settings, read_company
from salestui.store.database import Database
from salestui.store.driver import connect
from salestui.store.engines import engine
from salestui.store.quick import as_date, open_reader
from tests.store.support import account, change


@pytest.fixture
def sale(writer: Engine) -> int:
    """A sale of 12.5 on the fifth of March."""
    with change(writer) as work:
        row = Sale(
            booked_on=date(2026, 3, 5), amount=Amount("12.5"), currency="USD", rate=Rate(1), reporting_amount=Amount(0)
        )
        work.session.add(row)
    assert row.id is not None
    return row.id


def test_parameters_are_named_and_dates_are_dates(database: Database, sale: int) -> None:
    with open_reader(database) as reader:
        sql = "SELECT id, booked_on, amount FROM sale WHERE booked_on >= :since AND currency LIKE :like AND '%' <> 'x'"
        rows = reader.rows(sql, {"since": date(2026, 3, 5), "like": "US%"})
        assert [(row_id, as_date(day), units) for row_id, day, units in rows] == [(sale, date(2026, 3, 5), 125_000)]
        assert reader.one("SELECT id FROM sale WHERE booked_on > :since", {"since": date(2026, 3, 5)}) is None


def test_a_quick_reader_writes_nothing(database: Database) -> None:
    with pytest.raises(DatabaseProblem), open_reader(database) as reader:
        reader.rows("DELETE FROM account RETURNING id")


def test_a_quick_reader_leaves_a_write_ahead_log_alone(file: Database) -> None:
    keeping = connect(file.place, "rw")  # as long as somebody has the file open, its log stays
    keeping.execute("PRAGMA journal_mode")
    keeping.execute("SELECT 1 FROM account")
    account(engine(file, write=True))
    log = Path(f"{file.place}-wal")
    before = log.read_bytes()
    with open_reader(file) as reader:
        assert reader.one("SELECT count(*) FROM account") == (1,)
    assert log.read_bytes() == before != b""
    keeping.close()


def test_a_mistake_in_a_query_is_told(database: Database) -> None:
    with pytest.raises(DatabaseProblem, match="nowhere"), open_reader(database) as reader:
        reader.rows("SELECT * FROM nowhere")


SETTINGS: dict[str, Any] = {
    company.NAME: "Ann [/Q1] & Co",
    company.CURRENCY: "EUR",
    company.ZONE: "Asia/Tokyo",
    company.FIRST_MONTH: 4,
    company.SCHEME: "4-4-5",
    company.ANCHOR: 6,
    company.NAMED_BY: "start",
    company.AS_OF: "2026-03-31",
    "target.win_rate": "0.25",
}


def test_the_company_is_read_as_it_was_set(database: Database, writer: Engine) -> None:
    moment = datetime(2026, 3, 1, 18, 2, tzinfo=UTC)
    with change(writer) as work:
        work.session.add_all([Setting(key=key, value=value) for key, value in SETTINGS.items()])
        work.session.add(ImportRun(source="crm", mapping="m", data_as_of=moment))
    with open_reader(database) as reader:
        found = read_company(reader)
    assert found == from_settings(SETTINGS, moment)
    assert (found.name, found.currency, found.pinned) == ("Ann [/Q1] & Co", "EUR", date(2026, 3, 31))
    assert found.targets == {"win_rate": Decimal("0.25")}
    assert found.calendar.first_month == 4
    assert found.today(moment) == date(2026, 3, 31)
    assert found._replace(pinned=None).today(moment) == date(2026, 3, 2)


def test_a_company_without_settings_has_its_defaults(database: Database) -> None:
    with open_reader(database) as reader:
        found = read_company(reader)
    assert (found.name, found.currency, found.zone, found.pinned, found.data_as_of) == (
        "Company",
        "USD",
        None,
        None,
        None,
    )
    assert found.calendar.first_month == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [(company.AS_OF, "yesterday"), (company.AS_OF, 7), ("target.win_rate", "much"), (company.FIRST_MONTH, 13)],
)
def test_a_company_setting_that_is_none_is_named(key: str, value: object) -> None:
    with pytest.raises(DataProblem, match=key.rpartition(".")[2]):
        from_settings({key: value})


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", ""])
def test_a_time_zone_that_is_none_is_named(zone: str) -> None:
    with pytest.raises(DataProblem, match=r"company\.zone"):
        from_settings({company.ZONE: zone}).local(datetime(2026, 3, 1, tzinfo=UTC))
