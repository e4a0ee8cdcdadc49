"""The unit of work: all or nothing, one history that says exactly what happened, nothing twice, nothing stale."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from salestui.model.tables.base import Row
from salestui.model.tables.everything import metadata, modules
from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Change, Event
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DatabaseProblem, DataProblem
from salestui.model.values.rate import Rate
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.trace import table_of
from salestui.store.work import AlreadyDone, StaleSave, Work, begin
from tests.store.support import KIM, account, change, count, edit, events, personal, row_of, rows

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def test_a_change_says_who_when_why_and_in_which_order(writer: Engine) -> None:
    with change(writer, reason="second thoughts", clock=lambda: NOON) as work:
        work.session.add(Account(name="Acme"))
    account(writer, "Bravo")
    (first, second) = sorted(rows(writer, Change), key=lambda row: row["number"])
    assert (first["actor"], first["at"], first["reason"], first["kind"]) == ("kim", NOON, "second thoughts", "edit")
    assert (first["number"], second["number"]) == (1, 2)
    assert row_of(writer, Account, 1)["change_id"] == first["id"] == work.change_id


def test_what_fails_leaves_nothing_behind(writer: Engine) -> None:
    def fail(session: Session) -> None:
        session.add(Account(name="Acme"))
        session.flush()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), change(writer) as work:
        fail(work.session)
    assert [rows(writer, model) for model in (Account, Change, Event)] == [[], [], []]


def test_what_fails_to_be_derived_leaves_nothing_behind(writer: Engine) -> None:
    def derive(_work: Work) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), begin(writer, KIM, "edit", derive=derive) as work:
        work.session.add(Account(name="Acme"))
    assert [rows(writer, model) for model in (Account, Change, Event)] == [[], [], []]


def test_what_is_derived_sees_everything_that_was_touched(writer: Engine) -> None:
    seen: list[tuple[str, Any, Any]] = []
    acme = account(writer, "Acme", sector="steel")
    with begin(writer, KIM, "edit", derive=lambda work: seen.extend(map(touch_of, work.touched))) as work:
        row = work.session.get_one(Account, acme)
        work.session.add(Account(name="Bravo"))
        row.sector = "copper"
    assert seen == [
        ("account", ("Acme", "steel"), ("Acme", "copper")),
        ("account", None, ("Bravo", None)),
    ]


def touch_of(touch: Any) -> tuple[str, Any, Any]:
    """A touched account by name and sector."""
    sides = [side and (side["name"], side["sector"]) for side in (touch.before, touch.after)]
    return touch.table, *sides


def test_nothing_changed_is_no_change(writer: Engine) -> None:
    acme = account(writer)
    with change(writer):
        pass
    edit(writer, acme, name="Acme")
    with change(writer) as work:
        row = work.session.get_one(Account, acme)
        row.name = "Bravo"
        row.name = "Acme"
    assert count(writer, Change) == 1
    assert row_of(writer, Account, acme)["version"] == 1


def test_a_change_repeated_under_its_id_is_already_done(writer: Engine) -> None:
    change_id = uuid4()
    with change(writer, change_id=change_id) as work:
        work.session.add(Account(name="Acme"))
    with pytest.raises(AlreadyDone), change(writer, change_id=change_id) as work:
        work.session.add(Account(name="Acme"))
    assert count(writer, Account) == count(writer, Change) == 1


def test_events_hold_exactly_the_columns_that_changed(writer: Engine) -> None:
    with change(writer) as work:
        sale = Sale(
            booked_on=date(2026, 3, 5), amount=Amount("12.5"), currency="USD", rate=Rate(1), reporting_amount=Amount(12)
        )
        work.session.add(sale)
    with change(writer) as work:
        row = work.session.get_one(Sale, sale.id)
        row.amount, row.booked_on, row.currency = Amount("13.25"), date(2026, 3, 6), "USD"
        row.cost = Amount(0)
    with change(writer) as work:
        work.session.delete(work.session.get_one(Sale, sale.id))
    (_, inserted, none, whole), (_, updated, before, after), (_, deleted, last, gone) = events(writer)
    assert (inserted, updated, deleted, none, gone) == ("insert", "update", "delete", None, None)
    assert before == {"booked_on": "2026-03-05", "amount": "12.5", "cost": None}
    assert after == {"booked_on": "2026-03-06", "amount": "13.25", "cost": "0"}
    assert set(whole) == set(last) == set(metadata.tables["sale"].columns.keys())
    assert last == whole | after | {"version": 2}


def test_personal_values_are_kept_apart(writer: Engine) -> None:
    with change(writer) as work:
        ana = Person(name="Ana", email="ana@example.com", hired_on=date(2025, 1, 1))
        work.session.add(ana)
    with change(writer) as work:
        row = work.session.get_one(Person, ana.id)
        row.email, row.left_on = None, date(2026, 1, 1)
    with change(writer) as work:
        work.session.delete(work.session.get_one(Person, ana.id))
    assert personal(writer) == [
        (None, {"name": "Ana", "email": "ana@example.com"}),
        ({"email": "ana@example.com"}, {"email": None}),
        ({"name": "Ana", "email": None}, None),
    ]
    assert "ana" not in str(events(writer)).lower()
    assert [kind for _, kind, _, _ in events(writer)] == ["insert", "update", "delete"]


def test_an_expired_row_that_is_set_unread_remembers_what_it_held(writer: Engine) -> None:
    acme = account(writer, "Acme", sector="steel")
    with change(writer) as work:
        row = work.session.get_one(Account, acme)
        work.session.expire(row)
        row.sector = "copper"
    with change(writer) as work:
        row = work.session.get_one(Account, acme)
        work.session.expire(row)
        work.session.delete(row)
    assert events(writer)[1] == ("account", "update", {"sector": "steel"}, {"sector": "copper"})
    assert events(writer)[2][2]["sector"] == "copper"


def test_every_table_that_people_change_remembers_so() -> None:
    models = {model for module in modules for model in vars(module).values() if is_table(model)}
    assert len(models) >= 15
    names = {model.__table__.name for model in models}
    assert names == {table.name for table in metadata.tables.values() if "version" in table.columns}


def is_table(model: object) -> bool:
    """Whether it is the model of a table that people change."""
    return isinstance(model, type) and issubclass(model, Row) and hasattr(model, "__table__")


def test_history_tells_the_order_in_which_rows_were_written(writer: Engine) -> None:
    with change(writer) as work:
        session = work.session
        one, two = Setting(key="one", value=1), Setting(key="two", value=2)
        session.add_all([one, two])
        session.flush()
        one.key = "three"  # frees the key that the new row takes, in the same flush
        session.add(Setting(key="one", value=3))
        session.flush()
        session.delete(two)
    told = [(kind, (after or before)["key"]) for _, kind, before, after in events(writer)]
    assert told == [
        ("insert", "one"),
        ("insert", "two"),
        ("update", "three"),
        ("insert", "one"),
        ("delete", "two"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        update(Account).values(name="x"),
        update(Account).where(col(Account.id) == 1).values(name="x"),
        insert(Account).values(name="x", version=1),
        table_of(Account).delete(),
    ],
    ids=["update", "update one", "insert", "delete"],
)
def test_a_bulk_write_past_the_history_is_refused(writer: Engine, statement: Any) -> None:
    account(writer)
    with pytest.raises(RuntimeError, match=r"store\.bulk"), change(writer) as work:
        work.session.execute(statement)
    assert [row["name"] for row in rows(writer, Account)] == ["Acme"]


def test_a_row_written_outside_a_unit_of_work_is_refused(writer: Engine) -> None:
    with Session(writer) as session:
        session.add(Account(name="Acme"))
        with pytest.raises(RuntimeError, match="unit of work"):
            session.flush()
    assert not rows(writer, Account)


def test_a_stale_save_is_refused(writer: Engine) -> None:
    acme = account(writer)
    with change(writer) as work:
        old = work.session.get_one(Account, acme)
    edit(writer, acme, sector="steel")
    old.sector = "copper"
    with pytest.raises(StaleSave, match="Somebody else"), change(writer) as work:
        work.session.merge(old)
    with pytest.raises(StaleSave, match="Somebody else"), change(writer) as work:
        work.to_edit(Account, acme, 1).sector = "copper"
    with change(writer) as work:
        work.to_edit(Account, acme, 2).sector = "copper"
    with pytest.raises(StaleSave), change(writer) as work:
        work.to_edit(Account, 999, 1)
    assert row_of(writer, Account, acme)["sector"] == "copper"


def test_a_row_changed_behind_the_sessions_back_is_a_stale_save(writer: Engine) -> None:
    acme = account(writer)

    def write(session: Session) -> None:
        row = session.get_one(Account, acme)
        session.connection().exec_driver_sql("UPDATE account SET version = 7")
        row.name = "Bravo"

    with pytest.raises(StaleSave), change(writer) as work:
        write(work.session)
    assert row_of(writer, Account, acme)["name"] == "Acme"


def test_what_breaks_a_reference_or_a_key_is_bad_data(writer: Engine) -> None:
    sale = Sale(booked_on=date(2026, 1, 1), amount=Amount(1), currency="USD", rate=Rate(1), reporting_amount=Amount(1))
    with change(writer) as work:
        work.session.add(sale)
        work.session.flush()
        work.session.add(Credit(sale_id=sale.id or 0, share=Rate(1), amount=Amount(1)))
    with pytest.raises(DataProblem, match="does not fit together") as refusal, change(writer) as work:
        work.session.delete(work.session.get_one(Sale, sale.id))
    assert "\n" not in str(refusal.value)
    with change(writer) as work:
        work.session.add(Setting(key="one", value=1))
    with pytest.raises(DataProblem, match="does not fit together"), change(writer) as work:
        work.session.add(Setting(key="one", value=2))
    assert count(writer, Sale) == count(writer, Setting) == 1


def test_text_that_a_database_cannot_keep_is_bad_data(writer: Engine) -> None:
    with pytest.raises(DataProblem, match="cannot be kept"):
        account(writer, "a\ud800b")


def test_a_nul_that_postgresql_cannot_keep_is_bad_data(postgres_url: str) -> None:
    with pytest.raises(DataProblem, match="cannot be kept"):
        account(engine(parse(postgres_url), write=True), "a\0b")


def test_ids_are_never_given_out_twice(writer: Engine) -> None:
    last = account(writer, "last")
    with change(writer) as work:
        work.session.delete(work.session.get_one(Account, last))
    assert account(writer, "next") > last


def test_a_clock_that_was_put_back_does_not_change_the_order(writer: Engine) -> None:
    for hours in (0, -5, 3):
        with change(writer, reason=str(hours), clock=lambda hours=hours: NOON + timedelta(hours=hours)) as work:
            work.session.add(Account(name=str(hours)))
    assert [row["reason"] for row in sorted(rows(writer, Change), key=lambda row: row["number"])] == ["0", "-5", "3"]


def broken(writer: Engine, monkeypatch: pytest.MonkeyPatch, *, kept: bool) -> None:
    """Let the answer to the next COMMIT be lost, which was done or was not."""
    real = writer.dialect.do_commit
    left = [1]

    def lose(connection: Any) -> None:
        if not left:
            real(connection)
            return
        left.clear()
        if kept:
            real(connection)
        raise writer.dialect.loaded_dbapi.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(writer.dialect, "do_commit", lose)


def test_a_commit_whose_answer_was_lost_is_found_in_the_history(
    writer: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(writer, monkeypatch, kept=True)
    account(writer)
    assert count(writer, Account) == 1


def test_a_commit_that_failed_says_so(writer: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(writer, monkeypatch, kept=False)
    with pytest.raises(DatabaseProblem, match="Nothing was changed"):
        account(writer)
    assert count(writer, Account) == 0


def test_a_commit_that_nobody_can_tell_of_says_that(writer: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(writer, monkeypatch, kept=True)
    real, calls = writer.connect, []

    def connect() -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise OperationalError("SELECT", {}, Exception("no route to host"))
        return real()

    monkeypatch.setattr(writer, "connect", connect)
    with pytest.raises(DatabaseProblem, match=r"not known .* Look at the history"):
        account(writer)
