"""History: what still stands, undo and redo that outlast closing, and refusals where others have built on a change."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.store import history
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.history import Standing
from salestui.store.work import Actor
from tests.store.support import ANA, KIM, account, change, content, edit, row_of, rows
from tests.store.test_work import NOON


def take_back(writer: Engine, actor: Actor, kind: str) -> str:
    """Undo or redo the actor's last, as `metrics.work` does; returns what it was."""
    find: Callable[[Session, str], UUID | None] = getattr(history, f"last_{kind}able")
    with Session(writer) as session:
        found = find(session, actor.name)
    if found is None:
        return "nothing"
    with change(writer, actor, kind, kind=kind, undoes=found) as work:
        history.undo(work, found)
    return kind


def undo(writer: Engine, actor: Actor = KIM) -> str:
    """Undo the actor's last change."""
    return take_back(writer, actor, "undo")


def redo(writer: Engine, actor: Actor = KIM) -> str:
    """Redo the actor's last undo."""
    return take_back(writer, actor, "redo")


def sector(writer: Engine, row_id: int) -> object:
    """An account's sector."""
    return row_of(writer, Account, row_id)["sector"]


def test_undo_redo_and_undo_again_across_reopening(database: Database) -> None:
    acme = account(engine(database, write=True), "Acme")
    for value in ("steel", "copper"):
        edit(engine(database, write=True), acme, sector=value)
    seen = []
    for step in (undo, undo, redo, redo, undo, redo, undo, undo, undo):
        assert step(engine(database, write=True)) != "nothing"
        there = {row["id"]: row["sector"] for row in rows(engine(database, write=False), Account)}
        seen.append(there.get(acme, "gone"))
    assert seen == ["steel", None, "steel", "copper", "steel", "copper", "steel", None, "gone"]
    assert undo(engine(database, write=True)) == "nothing"
    for _ in range(3):
        assert redo(engine(database, write=True)) == "redo"
    assert redo(engine(database, write=True)) == "nothing"
    assert sector(engine(database, write=False), acme) == "copper"


def test_after_a_new_change_there_is_nothing_to_redo(writer: Engine) -> None:
    acme = account(writer)
    edit(writer, acme, sector="steel")
    undo(writer)
    edit(writer, acme, sector="copper")
    assert redo(writer) == "nothing"


def test_everyone_undoes_their_own(writer: Engine) -> None:
    acme, bravo = account(writer, "Acme"), account(writer, "Bravo")
    edit(writer, acme, ANA, sector="steel")
    edit(writer, bravo, KIM, sector="tin")
    undo(writer, ANA)
    assert (sector(writer, acme), sector(writer, bravo)) == (None, "tin")
    assert undo(writer, Actor("bo")) == "nothing"
    assert redo(writer, KIM) == "nothing"


def test_the_last_change_is_the_one_written_last_whatever_the_clock_says(writer: Engine) -> None:
    acme = account(writer)
    for value in ("steel", "copper"):
        with change(writer, clock=lambda: NOON) as work:
            work.session.get_one(Account, acme).sector = value
    undo(writer)
    assert sector(writer, acme) == "steel"


def test_undo_is_refused_where_somebody_else_changed_the_row_since(writer: Engine) -> None:
    acme = account(writer)
    edit(writer, acme, KIM, "assign", sector="steel")
    edit(writer, acme, ANA, "rename", name="Acme Ltd")
    with pytest.raises(DataProblem, match=r"ana changed the same thing later .rename.*Change it by hand instead"):
        undo(writer, KIM)
    undo(writer, ANA)
    undo(writer, KIM)
    assert (sector(writer, acme), row_of(writer, Account, acme)["name"]) == (None, "Acme")


def test_redo_is_refused_where_somebody_else_changed_the_row_since(writer: Engine) -> None:
    acme = account(writer)
    edit(writer, acme, KIM, sector="steel")
    undo(writer, KIM)
    edit(writer, acme, ANA, sector="tin")
    with pytest.raises(DataProblem, match="changed the same thing later"):
        redo(writer, KIM)
    undo(writer, ANA)
    redo(writer, KIM)
    assert sector(writer, acme) == "steel"


def test_redo_is_refused_where_what_it_stood_on_is_undone(writer: Engine) -> None:
    acme = account(writer)
    edit(writer, acme, KIM, "first", sector="steel")
    edit(writer, acme, ANA, "second", sector="tin")
    undo(writer, ANA)
    undo(writer, KIM)
    with pytest.raises(DataProblem, match="kim changed the same thing later"):
        redo(writer, ANA)
    redo(writer, KIM)
    redo(writer, ANA)
    assert sector(writer, acme) == "tin"


def test_a_change_is_not_undone_twice(writer: Engine) -> None:
    with change(writer) as work:
        work.session.add(Setting(key="one", value=1))
    undo(writer)
    with pytest.raises(DataProblem, match="undone already"), change(writer, kind="undo") as again:
        history.undo(again, work.change_id)


def test_undo_is_refused_where_other_rows_refer_to_what_it_would_delete(writer: Engine) -> None:
    with change(writer, KIM) as work:
        ana = Person(name="Ana")
        work.session.add(ana)
    edit(writer, account(writer, "Acme", created_on=None), ANA, owner_id=ana.id)
    with Session(writer) as session:
        assert history.last_undoable(session, "kim") != work.change_id
    with pytest.raises(DataProblem, match="something else builds on it"), change(writer, kind="undo") as undoing:
        history.undo(undoing, work.change_id)
    assert len(rows(writer, Person)) == 1


def test_rows_that_refer_to_one_another_come_and_go_in_the_right_order(writer: Engine) -> None:
    with change(writer) as work:
        sale = Sale(booked_on=NOON.date(), amount=Amount(9), currency="USD", rate=Rate(1), reporting_amount=Amount(9))
        work.session.add(sale)
        work.session.flush()
        credit = Credit(sale_id=sale.id or 0, share=Rate(1), amount=Amount(9))
        work.session.add(credit)
        work.session.flush()
        credit.role = "split"
    there = (content(writer, Sale), content(writer, Credit))
    with change(writer) as work:
        work.session.delete(work.session.get_one(Credit, credit.id))
        work.session.flush()
        work.session.delete(work.session.get_one(Sale, sale.id))
    undo(writer)
    assert (content(writer, Sale), content(writer, Credit)) == there
    undo(writer)
    assert not rows(writer, Sale)
    redo(writer)
    assert (content(writer, Sale), content(writer, Credit)) == there
    redo(writer)
    assert not rows(writer, Sale)


def test_a_row_that_was_set_twice_in_one_change_goes_back_to_what_it_was_first(writer: Engine) -> None:
    acme = account(writer, "Acme", sector="steel")
    with change(writer) as work:
        row = work.session.get_one(Account, acme)
        for value in ("tin", "copper"):
            row.sector = value
            work.session.flush()
        row.name = "Acme Ltd"
    undo(writer)
    assert (sector(writer, acme), row_of(writer, Account, acme)["name"]) == ("steel", "Acme")
    redo(writer)
    assert (sector(writer, acme), row_of(writer, Account, acme)["name"]) == ("copper", "Acme Ltd")


def test_a_key_that_changed_hands_goes_back(writer: Engine) -> None:
    with change(writer) as work:
        work.session.add(Setting(key="one", value=1))
    with change(writer) as work:
        old = work.session.get_one(Setting, 1)
        work.session.add(Setting(key="one", value=2))
        old.key = "two"
    undo(writer)
    assert [(row["key"], row["value"]) for row in rows(writer, Setting)] == [("one", 1)]
    redo(writer)
    assert [(row["key"], row["value"]) for row in rows(writer, Setting)] == [("two", 1), ("one", 2)]


def test_values_of_every_kind_come_back_as_they_were(writer: Engine) -> None:
    with change(writer) as work:
        sale = Sale(
            booked_on=NOON.date(),
            amount=Amount("-0.0001"),
            cost=Amount(0),
            currency="EUR",
            rate=Rate("1.123456789"),
            reporting_amount=Amount(9),
            source="crm",
            source_id="s1",
        )
        work.session.add_all([sale, Setting(key="k", value={"list": [1, None, "ü"]})])
    there = rows(writer, Sale), rows(writer, Setting)
    undo(writer)
    redo(writer)
    assert (rows(writer, Sale), rows(writer, Setting)) == there


def test_personal_values_come_back_too(writer: Engine) -> None:
    with change(writer) as work:
        ana = Person(name="Ana", email="ana@example.com")
        work.session.add(ana)
    with change(writer) as work:
        work.session.get_one(Person, ana.id).email = None
    undo(writer)
    undo(writer)
    redo(writer)
    assert [(row["name"], row["email"]) for row in rows(writer, Person)] == [("Ana", "ana@example.com")]


def test_the_list_tells_what_stands_newest_first(writer: Engine) -> None:
    acme = account(writer)
    edit(writer, acme, ANA, "assign", sector="steel", name="Acme Ltd")
    undo(writer, ANA)
    with Session(writer) as session:
        told = history.read_changes(session)
        assert history.read_changes(session, limit=1) == told[:1]
    assert [(view.number, view.actor, view.reason, view.kind, view.rows, view.stands) for view in told] == [
        (3, "ana", "undo", "undo", 1, True),
        (2, "ana", "assign", "edit", 1, False),
        (1, "kim", "add Acme", "edit", 1, True),
    ]


def test_what_stands_follows_from_what_undoes_what() -> None:
    a, undo_a, redo_a, again = (UUID(int=n) for n in range(4))
    assert a in Standing([])
    assert a not in Standing([(undo_a, a)])
    redone = Standing([(undo_a, a), (redo_a, undo_a)])
    assert (a in redone, undo_a in redone, redo_a in redone) == (True, False, True)
    assert a not in Standing([(undo_a, a), (redo_a, undo_a), (again, a)])
