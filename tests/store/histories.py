"""Two people at work on one database at random, beside a plain model that knows what must come of it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from salestui.metrics.checking import check
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.base import Row
from salestui.model.tables.exchange import Overlay
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.store import bulk
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.history import read_changes
from salestui.store.trace import Trace, table_of
from salestui.store.work import Actor, Work
from tests.store.plain_model import Change, PlainModel, Refused
from tests.store.support import rows
from tests.support.companies import id_of

MODELS: Mapping[str, type[Row]] = {
    str(table_of(model).name): model
    for model in (Account, Credit, Occupancy, Opportunity, Person, QuotaCell, QuotaPlan, Reporting, Sale, Seat, Stage)
}
JANUARY = date(2026, 1, 1)

actors = st.sampled_from(["kim", "ana"])
days = st.integers(0, 200).map(lambda n: JANUARY + timedelta(days=n))
amounts = st.sampled_from([Amount(0), Amount(10), Amount("12.5"), Amount("-3"), Amount("0.0001")])
picks = st.integers(0, 99)
words = st.sampled_from(["steel", "tin", "ü"])


class Histories(RuleBasedStateMachine):
    """Two people at work on one database."""

    def __init__(self, database: Database, opened: ExitStack) -> None:
        super().__init__()
        self._database = database
        self._opened = opened
        self._writer = engine(database, write=True)
        self._model = PlainModel()
        setup = self._model.begin("setup")
        for name, model in MODELS.items():
            for row in rows(self._writer, model):
                setup.insert(name, row["id"], {key: row[key] for key in row if key not in ("id", "version")})
        setup.finish()
        self._known = 0

    def ids(self, table: str) -> list[int]:
        """The ids of a table's rows."""
        return sorted(key[1] for key in self._model.rows if key[0] == table)

    def one_of(self, table: str, pick: int) -> int:
        """One of a table's few oldest rows, so that people meet."""
        ids = self.ids(table)[:3]
        return ids[pick % len(ids)]

    def change(self, actor: str, does: Callable[[Work, Change], None], kind: str = "edit") -> None:
        """Make a change in the database and in the model; both refuse, or neither."""
        change = self._model.begin(actor, kind)
        try:
            with work(self._writer, Actor(actor), "edit", kind=kind) as begun:
                does(begun, change)
        except Refused:
            change.give_up()
        else:
            change.finish()

    def insert(self, begun: Work, change: Change, table: str, columns: Mapping[str, Any]) -> int:
        """Insert a row into both."""
        row = MODELS[table](**columns)
        begun.session.add(row)
        begun.session.flush()
        row_id = id_of(row)
        there = row.model_dump(exclude={"id", "version"})
        change.insert(table, row_id, there)
        return row_id

    def add(self, actor: str, table: str, columns: Mapping[str, Any], kind: str = "edit") -> None:
        """A change that inserts one row."""

        def does(begun: Work, change: Change) -> None:
            self.insert(begun, change, table, columns)

        self.change(actor, does, kind)

    def update(self, begun: Work, change: Change, table: str, row_id: int, columns: Mapping[str, Any]) -> None:
        """Set columns in both."""
        row = begun.session.get_one(MODELS[table], row_id)
        for name, value in columns.items():
            setattr(row, name, value)
        begun.session.flush()
        change.update(table, row_id, columns)

    def delete(self, begun: Work, change: Change, table: str, row_id: int) -> None:
        """Delete a row from both, or have both refuse."""
        begun.session.delete(begun.session.get_one(MODELS[table], row_id))
        try:
            change.delete(table, row_id)
        except Refused:
            with pytest.raises(IntegrityError):
                begun.session.flush()
            raise
        begun.session.flush()

    @rule(actor=actors, sector=words, imported=st.booleans())
    def add_account(self, actor: str, sector: str, imported: bool) -> None:
        """A new account, by hand or by an import."""
        source = {"source": "crm", "source_id": f"a{len(self._model.changes)}"} if imported else {}
        columns = {"name": "Acme", "sector": sector, **source}
        self.add(actor, "account", columns, "import" if imported else "edit")

    @rule(actor=actors, pick=picks, sector=words, name=words, imported=st.booleans())
    def edit_account(self, actor: str, pick: int, sector: str, name: str, imported: bool) -> None:
        """Other names and sectors, of imported accounts too, by hand or by another import."""
        row_id, columns = self.one_of("account", pick), {"sector": sector, "name": name}
        kind = "import" if imported else "edit"
        self.change(actor, lambda w, c: self.update(w, c, "account", row_id, columns), kind)

    @rule(actor=actors, account=picks, owner=picks, stage=picks, amount=amounts, created=days, close=days)
    def add_deal(
        self, actor: str, account: int, owner: int, stage: int, amount: Amount, created: date, close: date
    ) -> None:
        """A new opportunity."""
        columns = {
            "name": "Deal",
            "account_id": self.one_of("account", account),
            "currency": "USD",
            "created_on": created,
            **self._deal(owner, stage, amount, close),
        }
        self.add(actor, "opportunity", columns)

    @rule(actor=actors, pick=picks, account=picks, owner=picks, stage=picks, amount=amounts, close=days)
    def edit_deal(
        self, actor: str, pick: int, account: int, owner: int, stage: int, amount: Amount, close: date
    ) -> None:
        """Another owner, stage, amount and day, and maybe another account."""
        row_id = self.one_of("opportunity", pick)
        columns = {"account_id": self.one_of("account", account), **self._deal(owner, stage, amount, close)}
        self.change(actor, lambda w, c: self.update(w, c, "opportunity", row_id, columns))

    def _deal(self, owner: int, stage: int, amount: Amount, close: date) -> dict[str, Any]:
        stage_id = self.one_of("stage", stage)
        return {
            "owner_id": self.one_of("person", owner),
            "stage_id": stage_id,
            "outcome": self._model.rows["stage", stage_id].content["outcome"],
            "amount": amount,
            "reporting_amount": amount,
            "close_on": close,
        }

    @rule(actor=actors, person=picks, seat=picks, amount=amounts, day=days)
    def sell(self, actor: str, person: int, seat: int, amount: Amount, day: date) -> None:
        """A sale with its credit, in one change."""

        def does(begun: Work, change: Change) -> None:
            money = {"amount": amount, "reporting_amount": amount, "currency": "USD", "rate": Rate(1)}
            sale = self.insert(begun, change, "sale", {"booked_on": day, **money})
            whose = {"person_id": self.one_of("person", person), "seat_id": self.one_of("seat", seat)}
            self.insert(begun, change, "credit", {"sale_id": sale, "share": Rate(1), "amount": amount, **whose})

        self.change(actor, does)

    @rule(actor=actors, pick=picks, amount=amounts, day=days)
    def correct_sale(self, actor: str, pick: int, amount: Amount, day: date) -> None:
        """Another day and amount of a sale, and of its credits with it."""
        if not self.ids("sale"):
            return
        sale = self.one_of("sale", pick)

        def does(begun: Work, change: Change) -> None:
            money = {"amount": amount, "reporting_amount": amount}
            self.update(begun, change, "sale", sale, {"booked_on": day, **money})
            for credit in self._credits(sale):
                self.update(begun, change, "credit", credit, {"amount": amount})

        self.change(actor, does)

    @rule(actor=actors, pick=picks)
    def cancel_sale(self, actor: str, pick: int) -> None:
        """Delete a sale with its credits."""
        if not self.ids("sale"):
            return
        sale = self.one_of("sale", pick)

        def does(begun: Work, change: Change) -> None:
            for credit in self._credits(sale):
                self.delete(begun, change, "credit", credit)
            self.delete(begun, change, "sale", sale)

        self.change(actor, does)

    def _credits(self, sale: int) -> list[int]:
        return [n for n in self.ids("credit") if self._model.rows["credit", n].content["sale_id"] == sale]

    @rule(actor=actors, table=st.sampled_from(["account", "opportunity", "sale", "quota_cell"]), pick=picks)
    def delete_one(self, actor: str, table: str, pick: int) -> None:
        """Delete a row, which is refused where another refers to it."""
        if len(self.ids(table)) > 1:
            row_id = self.one_of(table, pick)
            self.change(actor, lambda w, c: self.delete(w, c, table, row_id))

    @rule(actor=actors, pick=picks, amount=st.none() | amounts, month=st.integers(1, 6))
    def set_quota(self, actor: str, pick: int, amount: Amount | None, month: int) -> None:
        """A seat's quota for a month."""
        seat, first = self.one_of("seat", pick), date(2026, month, 1)
        columns = {"plan_id": 1, "seat_id": seat, "month": first, "amount": amount}
        found = [n for n in self.ids("quota_cell") if self._is_cell(n, seat, first)]
        if found:
            self.change(actor, lambda w, c: self.update(w, c, "quota_cell", found[0], {"amount": amount}))
        else:
            self.add(actor, "quota_cell", columns)

    def _is_cell(self, row_id: int, seat: int, month: date) -> bool:
        content = self._model.rows["quota_cell", row_id].content
        return (content["seat_id"], content["month"]) == (seat, month)

    @rule(actor=actors, pick=picks, day=days)
    def move_person(self, actor: str, pick: int, day: date) -> None:
        """Somebody came to the seat on another day."""
        row_id = self.one_of("occupancy", pick)
        self.change(actor, lambda w, c: self.update(w, c, "occupancy", row_id, {"valid_from": day}))

    @rule(actor=actors, amount=amounts, sector=words)
    def spread(self, actor: str, amount: Amount, sector: str) -> None:
        """All deals and all accounts at once, as spreads and imports write them."""

        def does(begun: Work, change: Change) -> None:
            for table, columns in (("opportunity", {"reporting_amount": amount}), ("account", {"sector": sector})):
                traces = [self._trace(table, row_id, columns) for row_id in self.ids(table)]
                bulk.update(begun, MODELS[table], traces)
                for row_id in self.ids(table):
                    change.update(table, row_id, columns)

        self.change(actor, does)

    def _trace(self, table: str, row_id: int, columns: Mapping[str, Any]) -> Trace:
        before = self._model.rows[table, row_id].content
        return Trace(row_id, "update", {column: before[column] for column in columns}, columns)

    @rule(actor=actors, number=st.integers(1, 4))
    def load_accounts(self, actor: str, number: int) -> None:
        """Several accounts at once."""

        def does(begun: Work, change: Change) -> None:
            new = [{"name": f"n{n}", "sector": None} for n in range(number)]
            bulk.insert(begun, Account, new)
            table = table_of(Account)
            found = begun.session.connection().execute(select(table).where(table.c.change_id == begun.change_id))
            for row in found.mappings():
                change.insert("account", row["id"], {key: row[key] for key in row if key not in ("id", "version")})

        self.change(actor, does, "import")

    @rule(steps=st.lists(st.tuples(actors, st.sampled_from(["undo", "undo", "redo"])), min_size=1, max_size=6))
    def go_back_and_forth(self, steps: list[tuple[str, str]]) -> None:
        """Take last changes back and do them again, where the model says that it can be."""
        for actor, kind in steps:
            self._take_back(actor, kind)

    @rule(steps=st.lists(st.tuples(actors, st.sampled_from(["undo", "redo"])), min_size=1, max_size=3))
    def think_again(self, steps: list[tuple[str, str]]) -> None:
        """The same once more, so that it happens often."""
        self.go_back_and_forth(steps)

    def _take_back(self, actor: str, kind: str) -> None:
        step: Callable[[Engine, Actor], str] = undo_last if kind == "undo" else redo_last
        found = self._model.undoable(actor) if kind == "undo" else self._model.redoable(actor)
        try:
            if found is None:
                raise Refused
            self._model.take_back(found, actor, kind)
        except Refused:
            with pytest.raises(DataProblem):
                step(self._writer, Actor(actor))
        else:
            step(self._writer, Actor(actor))

    @rule()
    def reopen(self) -> None:
        """Close the database, and see that everything is there when it is opened again."""
        self._writer.dispose()
        self._writer = engine(self._database, write=True)
        self.compare()

    @invariant()
    def no_change_is_missing(self) -> None:
        """The history grows by what was done, and by nothing that was refused."""
        with Session(self._writer) as session:
            (*_,) = latest = read_changes(session, limit=1)
        assert (latest[0].number if latest else 0) == len(self._model.changes)

    def compare(self) -> None:
        """See that the rows, the overlays and what stands are as the model says."""
        for name, model in MODELS.items():
            found = {row.pop("id"): row for row in rows(self._writer, model) if row.pop("version")}
            assert found == {key[1]: row.content for key, row in self._model.rows.items() if key[0] == name}
        overlays = {
            (row["table_name"], row["row_id"], row["column_name"]): row["imported"]
            for row in rows(self._writer, Overlay)
        }
        kept = {key[1:]: row.content["imported"] for key, row in self._model.rows.items() if key[0] == "overlay"}
        assert overlays == kept
        with Session(self._writer) as session:
            told = [(view.actor, view.kind, view.stands) for view in read_changes(session, limit=10_000)]
        assert told[::-1][1:] == [(made.actor, made.kind, made.stands) for made in self._model.changes][1:]

    def teardown(self) -> None:
        """See that everything holds in the end, the numbers included."""
        try:
            self.compare()
            found = check(self._database)
            assert [each for each in found.checks if each.broken and each.name != "credits"] == []
        finally:
            self._writer.dispose()
            self._opened.close()
