"""kill -9 while somebody saves and imports: what was acknowledged is there, nothing is half-written, the sums hold.

`python -m tests.campaigns.kills ROUNDS [--seed N] [--db PATH|URL]` goes through as many rounds as asked.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlmodel import select

from salestui.exchange.importing import import_files
from salestui.exchange.trouble import Pulse
from salestui.metrics.checking import check
from salestui.metrics.work import work
from salestui.model.tables.pipeline import Opportunity
from salestui.model.tables.quotas import QuotaCell
from salestui.model.values.amount import Amount
from salestui.store.database import Database, parse
from salestui.store.quick import open_reader
from salestui.store.schema import open_current
from salestui.store.work import Actor
from tests.exchange.support import SMALL
from tests.store.support import killed, started

DEALS = 30
IMPORTS_EACH = 4
"""Every so many steps is an import, the others change cells and deals by hand."""
SOON, LATE = 0.1, 8.0
"""When to kill, in times that an import takes: on a busy machine everything takes longer."""
_CHANGES_AT_FIRST = 2
_IMPORTED = """
SELECT amount FROM opportunity WHERE name = 'Imported' UNION SELECT amount FROM sale WHERE source_id LIKE 'IV%'
"""
_BY_HAND = "SELECT amount FROM quota_cell UNION SELECT amount FROM opportunity WHERE source_id = 'O1'"
_UNIT = 10_000
"""Amounts are kept in so many parts of a unit of money."""
_KIM = Actor("kim")
_TABLES = {
    "opportunities": "id,name,account,owner,product,stage,type,source,amount,currency,created_on,close_on,lost_reason",
    "sales": "id,opportunity,account,product,type,booked_on,amount,cost,currency,owner",
}


class Stand(NamedTuple):
    """How far a database has come."""

    edited: int
    """The last step by hand that is in it."""
    imported: int
    """The last import that is in it."""
    changes: int
    unacknowledged: bool = False
    """Whether the kill fell between a commit and its acknowledgement."""

    @property
    def step(self) -> int:
        """The last step that is in it."""
        return max(self.edited, self.imported)


def prepare(database: Database, folder: Path) -> float:
    """A small company, with the deals that the imports will change; answers how many seconds an import takes."""
    folder.mkdir()
    for name, content in SMALL.items():
        (folder / name).write_text(content, "utf-8")
    _load(database, folder)
    for path in folder.iterdir():
        path.unlink()
    begun = time.monotonic()
    _load(database, _write(folder, 0))
    return time.monotonic() - begun


def save_and_import(database: Database, folder: Path, acknowledged: Path) -> None:
    """Take step after step, and say so after each that it is committed."""
    step = stand(database).step
    with acknowledged.open("a", encoding="utf-8") as told:
        while True:
            step += 1
            if step % IMPORTS_EACH == 0:
                _load(database, _write(folder, step))
            else:
                _edit(database, step)
            print(step, file=told, flush=True)


def stand(database: Database) -> Stand:
    """How far the database has come; AssertionError where a step is there by half."""
    with open_reader(database) as reader:
        imported = {worth for worth, *_ in reader.rows(_IMPORTED)}
        by_hand = {worth for worth, *_ in reader.rows(_BY_HAND)}
        ((deals,),) = reader.rows("SELECT count(*) FROM opportunity WHERE name = 'Imported'")
        ((accounts,),) = reader.rows("SELECT count(*) FROM account WHERE sector = 'Imported'")
        ((changes,),) = reader.rows("SELECT count(*) FROM change")
    assert deals == DEALS
    assert len(imported) == 1, f"an import is there by half: {imported}"
    generation = imported.pop() // _UNIT
    assert accounts == generation // IMPORTS_EACH + 1
    if changes <= _CHANGES_AT_FIRST:
        return Stand(0, generation, changes)
    assert len(by_hand) == 1, f"a change is there by half: {by_hand}"
    return Stand(by_hand.pop() // _UNIT, generation, changes)


def campaign(database: Database, folder: Path, rounds: int, seed: int) -> Iterator[Stand]:
    """Kill so often, at moments of chance, and look at what remains after each; yields how far it has come."""
    chance, acknowledged = random.Random(seed), folder.parent / "acknowledged"
    usual = prepare(database, folder)
    for _ in range(rounds):
        acknowledged.write_text("")
        before = stand(database)
        killed(started(save_and_import, database, folder, acknowledged), usual * chance.uniform(SOON, LATE))
        findings = check(database)
        assert findings.sound, [each for each in findings.checks if each.broken]
        after, told = stand(database), _last(acknowledged, before.step)
        assert told <= after.step <= told + 1, f"step {told} was acknowledged, and {after.step} is there"
        assert after.changes == _CHANGES_AT_FIRST + after.step
        yield after._replace(unacknowledged=after.step > told)


def _edit(database: Database, step: int) -> None:
    with work(open_current(database, write=True), _KIM, f"step {step}") as begun:
        for cell in begun.session.exec(select(QuotaCell)):
            cell.amount = Amount(step)
        deal = begun.session.exec(select(Opportunity).where(Opportunity.source_id == "O1")).one()
        deal.amount = deal.reporting_amount = Amount(step)


def _load(database: Database, folder: Path) -> None:
    report = import_files([str(folder)], None, database, _KIM, Pulse())
    assert not report.refused, report.refusals


def _write(folder: Path, step: int) -> Path:
    """Write the files of an import in which every deal and its sale are worth as much as the step's number."""
    deals = [f"I{n},Imported,A1,P2,X1,G2,new,,{step},USD,2026-01-05,2026-02-10," for n in range(DEALS)]
    sales = [f"IV{n},I{n},A1,X1,new,2026-02-10,{step},,USD,P3" for n in range(DEALS)]
    for name, rows in (("opportunities", deals), ("sales", sales)):
        (folder / f"{name}.csv").write_text("\n".join([_TABLES[name], *rows, ""]), "utf-8")
    account = f"id,name,sector,territory,owner,created_on\nIA{step},Account {step},Imported,T2,P2,2024-02-01\n"
    (folder / "accounts.csv").write_text(account, "utf-8")
    return folder


def _last(acknowledged: Path, before: int) -> int:
    whole = acknowledged.read_text("utf-8").rpartition("\n")[0]
    return int(whole.rpartition("\n")[2] or before)


def main(arguments: list[str]) -> None:
    """Go through a campaign and tell of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.kills", description=__doc__)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", metavar="PATH|URL", help="an empty database (default: a SQLite file that is removed)")
    options = parser.parse_args(arguments)
    begun, unacknowledged = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as name:
        database = parse(options.db or f"sqlite:///{Path(name, 'kills.db')}")
        for number, after in enumerate(campaign(database, Path(name, "files"), options.rounds, options.seed), 1):
            unacknowledged += after.unacknowledged
            print(f"\rkill {number}: {after.step} changes stand", end="", flush=True)
    print(f"\nNothing lost, nothing half-written, in {time.monotonic() - begun:.0f} s.", end=" ")
    print(f"{unacknowledged} kills fell between a commit and its acknowledgement.")


if __name__ == "__main__":
    main(sys.argv[1:])
