"""Whatever is changed through the unit of work, the measures are what deriving everything anew would give."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sqlmodel import Session, select

from salestui.metrics.checking import check
from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.organisation import Occupancy, Person, Reporting, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.work import Actor

KIM = Actor("Kim")
DAY = timedelta(days=1)


def a_deal(session: Session, dice: Random) -> None:
    """Change a deal's amount, owner, dates or stage."""
    deal = dice.choice(session.exec(select(Opportunity)).all())
    stage = dice.choice(session.exec(select(Stage)).all())
    deal.stage_id, deal.outcome = stage.id or 0, stage.outcome
    deal.amount = deal.reporting_amount = dice.choice([None, Amount(0), Amount(dice.randrange(1, 90_000))])
    deal.owner_id = dice.choice([None, dice.choice(session.exec(select(Person)).all()).id])
    deal.created_on = dice.choice([None, date(2024, 5, 1) + dice.randrange(500) * DAY])
    deal.close_on = date(2025, 1, 1) + dice.randrange(500) * DAY


def a_sale(session: Session, dice: Random) -> None:
    """Move a sale to another day, with its credits."""
    sale = dice.choice(session.exec(select(Sale)).all())
    sale.booked_on = date(2024, 1, 1) + dice.randrange(600) * DAY


def a_credit(session: Session, dice: Random) -> None:
    """Give a credit to somebody else."""
    credit = dice.choice(session.exec(select(Credit)).all())
    credit.person_id = dice.choice(session.exec(select(Person)).all()).id
    credit.seat_id = dice.choice(session.exec(select(Seat)).all()).id


def a_quota(session: Session, dice: Random) -> None:
    """Set a quota, or take it away."""
    cell = dice.choice(session.exec(select(QuotaCell)).all())
    cell.amount = dice.choice([None, Amount(0), Amount(dice.randrange(90_000))])


def a_plan(session: Session, dice: Random) -> None:
    """Withdraw a year's quotas, or publish them."""
    plan = dice.choice(session.exec(select(QuotaPlan)).all())
    plan.state = "draft" if plan.state == "published" else "published"


def a_move(session: Session, dice: Random) -> None:
    """Have somebody leave a seat earlier, in the middle of a month."""
    held = dice.choice(session.exec(select(Occupancy)).all())
    held.valid_to = max(held.valid_from, date(2025, 1, 1) + dice.randrange(300) * DAY)


def a_line(session: Session, dice: Random) -> None:
    """End a line of command in the middle of a month."""
    line = dice.choice(session.exec(select(Reporting)).all())
    line.valid_to = max(line.valid_from, date(2025, 1, 1) + dice.randrange(300) * DAY)


def a_deal_gone(session: Session, dice: Random) -> None:
    """Delete a sale's credit."""
    session.delete(dice.choice(session.exec(select(Credit)).all()))


EDITS = (a_deal, a_deal, a_deal, a_sale, a_credit, a_quota, a_plan, a_move, a_line, a_deal_gone)


def test_measures_stay_true_through_edits_undo_and_redo(demo_path: Path, rounds: Callable[[int, int], range]) -> None:
    database = Database("sqlite", str(demo_path))
    writer = engine(database, write=True)
    dice = Random(20251120)
    for turn in rounds(6, 400):
        edits = dice.sample(EDITS, dice.randrange(1, 4))
        with work(writer, KIM, ", ".join(edit.__name__ for edit in edits)) as unit:
            for edit in edits:
                edit(unit.session, dice)
        if dice.random() < 0.4:
            undo_last(writer, KIM)
            if dice.random() < 0.5:
                redo_last(writer, KIM)
        if turn % 4 == 3:
            broken = [found for found in check(database).checks if found.broken and found.name != "credits"]
            assert not broken
