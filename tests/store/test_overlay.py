"""Local edits of imported rows: the imported value is kept beside until the two agree."""

from typing import Any

import pytest
from sqlalchemy import Engine

from salestui.model.tables.exchange import Overlay
from salestui.model.tables.ledger import PlanRate
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person
from salestui.model.values.rate import Rate
from salestui.store import bulk, history
from salestui.store.trace import Trace
from tests.store.support import account, change, edit, events, personal, row_of, rows


@pytest.fixture
def acme(writer: Engine) -> int:
    """An account that was imported."""
    return account(writer, "Acme", sector="steel", source="crm", source_id="a1")


def overlays(writer: Engine) -> dict[tuple[str, int, str], Any]:
    """The imported values that local ones stand over."""
    return {(o["table_name"], o["row_id"], o["column_name"]): o["imported"] for o in rows(writer, Overlay)}


def test_an_import_lays_nothing_over(writer: Engine, acme: int) -> None:
    with change(writer, kind="import") as work:
        work.session.get_one(Account, acme).sector = "copper"
    assert not overlays(writer)


def test_a_local_edit_keeps_the_imported_value(writer: Engine, acme: int) -> None:
    edit(writer, acme, sector="copper")
    assert overlays(writer) == {("account", acme, "sector"): "steel"}
    edit(writer, acme, sector="tin", name="Acme Ltd")
    assert overlays(writer) == {("account", acme, "sector"): "steel", ("account", acme, "name"): "Acme"}


def test_an_edit_of_a_row_made_here_lays_nothing_over(writer: Engine) -> None:
    edit(writer, account(writer, "Bravo"), sector="copper")
    assert not overlays(writer)


def test_agreeing_again_removes_the_overlay(writer: Engine, acme: int) -> None:
    edit(writer, acme, sector="copper", name="Acme Ltd")
    edit(writer, acme, sector="steel")
    assert overlays(writer) == {("account", acme, "name"): "Acme"}


def test_nothing_imported_is_an_imported_value_too(writer: Engine) -> None:
    blank = account(writer, "Blank", source="crm", source_id="b1")
    edit(writer, blank, sector="copper")
    assert overlays(writer) == {("account", blank, "sector"): None}
    edit(writer, blank, sector=None)
    assert not overlays(writer)


def test_a_value_of_its_own_type_is_recognised_when_it_agrees_again(writer: Engine) -> None:
    with change(writer, kind="import") as work:
        rate = PlanRate(fiscal_year=2026, currency="EUR", rate=Rate("1.10"), source="crm", source_id="r")
        work.session.add(rate)
    for value in ("1.2", "1.1"):
        with change(writer) as work:
            work.session.get_one(PlanRate, rate.id).rate = Rate(value)
        assert bool(overlays(writer)) == (value == "1.2")


def test_linking_a_row_to_its_source_is_no_local_value(writer: Engine) -> None:
    bravo = account(writer, "Bravo")
    edit(writer, bravo, source="crm", source_id="b")
    assert not overlays(writer)


def test_undo_and_redo_restore_both_values(writer: Engine, acme: int) -> None:
    with change(writer) as work:
        work.session.get_one(Account, acme).sector = "copper"
    edited = work.change_id
    with change(writer, kind="undo", undoes=edited) as work:
        history.undo(work, edited)
    undone = work.change_id
    assert (row_of(writer, Account, acme)["sector"], overlays(writer)) == ("steel", {})
    with change(writer, kind="redo", undoes=undone) as work:
        history.undo(work, undone)
    assert row_of(writer, Account, acme)["sector"] == "copper"
    assert overlays(writer) == {("account", acme, "sector"): "steel"}


def test_undoing_an_agreement_brings_the_overlay_back(writer: Engine, acme: int) -> None:
    edit(writer, acme, sector="copper")
    with change(writer) as work:
        work.session.get_one(Account, acme).sector = "steel"
    agreed = work.change_id
    with change(writer, kind="undo", undoes=agreed) as work:
        history.undo(work, agreed)
    assert row_of(writer, Account, acme)["sector"] == "copper"
    assert overlays(writer) == {("account", acme, "sector"): "steel"}


def test_a_spread_over_many_rows_keeps_the_imported_values_too(writer: Engine, acme: int) -> None:
    bravo = account(writer, "Bravo", sector="steel")
    edit(writer, acme, name="Acme Ltd")
    for wanted, kept in (("copper", {("account", acme, "sector"): "steel"}), ("steel", {})):
        before = row_of(writer, Account, acme)["sector"]
        with change(writer) as work:
            traces = [Trace(row, "update", {"sector": before}, {"sector": wanted}) for row in (acme, bravo)]
            bulk.update(work, Account, traces)
        assert overlays(writer) == {("account", acme, "name"): "Acme"} | kept
    assert row_of(writer, Account, acme)["sector"] == "steel"


def test_an_imported_name_under_a_local_one_is_a_personal_value(writer: Engine) -> None:
    with change(writer, kind="import") as work:
        ana = Person(name="Ana Ruiz", source="hr", source_id="7")
        work.session.add(ana)
    with change(writer) as work:
        work.session.get_one(Person, ana.id).name = "Ana R."
    with change(writer) as work:
        work.session.get_one(Person, ana.id).name = "Ana Ruiz"
    assert "Ana" not in str(events(writer))
    assert [kept for kept in personal(writer) if "imported" in {**(kept[0] or {}), **(kept[1] or {})}] == [
        (None, {"imported": "Ana Ruiz"}),
        ({"imported": "Ana Ruiz"}, None),
    ]
