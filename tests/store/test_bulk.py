"""Many rows at once leave the same trace as single saves, and can be taken back whole."""

from typing import Any

import pytest
from sqlalchemy import Engine

from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Change
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person, Territory
from salestui.store import bulk, history, reversing
from salestui.store.trace import Trace
from salestui.store.work import StaleSave, Work
from tests.store.support import account, change, content, count, events, personal, row_of, rows


def undone(writer: Engine, work: Work) -> Work:
    """The change that takes another back."""
    with change(writer, kind="undo", undoes=work.change_id) as undoing:
        history.undo(undoing, work.change_id)
    return undoing


def test_inserted_rows_carry_their_change_and_have_an_event_each(writer: Engine) -> None:
    account(writer, "there before")
    with change(writer) as work:
        bulk.insert(work, Account, [{"name": f"a{n}", "sector": "steel"} for n in range(50)])
    there = [row for row in rows(writer, Account) if row["change_id"] == work.change_id]
    assert [row["name"] for row in there] == [f"a{n}" for n in range(50)]
    assert {row["version"] for row in there} == {1}
    assert events(writer)[1:] == [("account", "insert", None, None)] * 50
    assert work.rewritten == {"account"}


def test_columns_that_only_some_rows_have_are_not_lost(writer: Engine) -> None:
    with change(writer) as work:
        bulk.insert(work, Account, [{"name": "a"}, {"name": "b", "sector": "steel"}])
    assert [row["sector"] for row in rows(writer, Account)] == [None, "steel"]


def test_nothing_to_write_is_no_change(writer: Engine) -> None:
    acme = account(writer, "Acme", sector="steel")
    with change(writer) as work:
        bulk.insert(work, Account, [])
        bulk.update(work, Account, [])
        bulk.update(work, Account, [Trace(acme, "update", {"sector": "steel"}, {"sector": "steel"})])
        bulk.delete(work, Account, [])
    assert count(writer, Change) == 1


def test_updates_set_what_differs_and_say_what_was(writer: Engine) -> None:
    acme, bravo = account(writer, "Acme", sector="steel"), account(writer, "Bravo", sector="tin")
    with change(writer) as work:
        traces = [
            Trace(acme, "update", {"name": "Acme", "sector": "steel"}, {"name": "Acme", "sector": "copper"}),
            Trace(bravo, "update", {"name": "Bravo"}, {"name": "Bravo Ltd"}),
        ]
        bulk.update(work, Account, traces)
    assert events(writer)[2:] == [
        ("account", "update", {"sector": "steel"}, {"sector": "copper"}),
        ("account", "update", {"name": "Bravo"}, {"name": "Bravo Ltd"}),
    ]
    assert [(row["name"], row["sector"], row["version"]) for row in rows(writer, Account)] == [
        ("Acme", "copper", 2),
        ("Bravo Ltd", "tin", 2),
    ]


def test_rows_that_are_gone_are_a_stale_save(writer: Engine) -> None:
    acme = account(writer)
    row = row_of(writer, Account, acme)
    with pytest.raises(StaleSave), change(writer) as work:
        bulk.update(work, Account, [Trace(n, "update", {"name": "x"}, {"name": "y"}) for n in (acme, 999)])
    with pytest.raises(StaleSave), change(writer) as work:
        bulk.delete(work, Account, [row, row | {"id": 999}])
    assert row_of(writer, Account, acme) == row


def test_personal_values_of_many_rows_are_kept_apart(writer: Engine) -> None:
    people: list[dict[str, Any]] = [{"name": f"Ana {n}", "email": None} for n in range(5)]
    with change(writer) as work:
        bulk.insert(work, Person, people)
    renamed = [Trace(row["id"], "update", {"name": row["name"]}, {"name": "Bo"}) for row in rows(writer, Person)]
    with change(writer) as work:
        bulk.update(work, Person, renamed)
    there = rows(writer, Person)
    with change(writer) as work:
        bulk.delete(work, Person, there)
    assert "Ana" not in str(events(writer))
    assert "Bo" not in str(events(writer))
    assert personal(writer)[:5] == [({"name": f"Ana {n}"}, {"name": "Bo"}) for n in range(5)]
    assert personal(writer)[5:] == [({"name": "Bo", "email": None}, None)] * 5


@pytest.mark.parametrize("from_rows_on", [1, 1000])
def test_an_import_is_undone_and_redone_whole(
    writer: Engine, from_rows_on: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By one statement for all rows of a kind, and by the program itself."""
    monkeypatch.setattr(reversing, "_MANY", from_rows_on)
    acme = account(writer, "Acme", sector="steel")
    old = row_of(writer, Account, account(writer, "Old"))
    with change(writer, kind="import") as work:
        bulk.insert(work, Account, [{"name": f"a{n}"} for n in range(1200)])
        bulk.update(work, Account, [Trace(acme, "update", {"sector": "steel"}, {"sector": "copper"})])
        bulk.delete(work, Account, [old])
        bulk.update(
            work, Account, [Trace(acme, "update", {"sector": "copper", "name": "Acme"}, {"sector": "tin", "name": "A"})]
        )
        work.session.add(Setting(key="one", value=1))
    after = content(writer, Account)
    undoing = undone(writer, work)
    assert [(row["id"], row["name"], row["sector"]) for row in rows(writer, Account)] == [
        (acme, "Acme", "steel"),
        (old["id"], "Old", None),
    ]
    assert not rows(writer, Setting)
    assert "account" in undoing.rewritten
    undone(writer, undoing)
    assert content(writer, Account) == after
    assert len(rows(writer, Setting)) == 1


def test_rows_that_refer_to_one_another_are_taken_back_in_the_order_that_allows_it(writer: Engine) -> None:
    with change(writer) as work:
        bulk.insert(work, Territory, [{"name": "World"}])
        (world,) = [row["id"] for row in rows_within(work)]
        bulk.insert(work, Territory, [{"name": f"R{n}", "parent_id": world} for n in range(5500)])
    undoing = undone(writer, work)
    assert not rows(writer, Territory)
    redoing = undone(writer, undoing)
    assert count(writer, Territory) == 5501
    undone(writer, redoing)
    assert not rows(writer, Territory)


def rows_within(work: Work) -> list[dict[str, Any]]:
    """The territories as the transaction sees them."""
    found = work.session.connection().exec_driver_sql("SELECT id FROM territory")
    return [dict(row) for row in found.mappings()]
