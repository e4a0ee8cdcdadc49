"""Changing a deal: its amount, its close date, its stage. Each is one change, checked against the version it is of.

What winning books, and what becomes of that, is in `deal_booking`. While a deal is won its amount and date are the
ledger's, so they are not changed here.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session

from salestui.metrics.catalog import FIRST_DAY, LAST_DAY
from salestui.model.tables.history import Change, Event
from salestui.model.tables.pipeline import Opportunity, Stage, StageChange
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.performance.deal_booking import book, delete, sales_of, set_reporting_amount, take_back
from salestui.store.trace import table_of
from salestui.store.work import StaleSave, Work


class SetAmount(NamedTuple):
    """Set a deal's amount, in its own currency; `seen` is the one that stood there when it was read as `version`."""

    deal: int
    version: int
    seen: Amount | None
    amount: Amount | None


class SetCloseDate(NamedTuple):
    """Set the day a deal is to close, or of a lost one the day it was lost, which is `today` at the latest."""

    deal: int
    version: int
    seen: date | None
    close_on: date | None
    today: date


class MoveStage(NamedTuple):
    """Move a deal into a stage on the day `today`; closing it makes that its close date."""

    deal: int
    version: int
    seen: int
    stage: int
    today: date
    lost_reason: str | None = None


class DropBooking(NamedTuple):
    """Take back what was booked here from a deal whose sale an import brought as well."""

    deal: int


class Contested(StaleSave):
    """Somebody else changed the deal between reading and saving: what was to be saved, what stands there, and what
    was seen, as text."""

    def __init__(self, who: str | None, mine: str, theirs: str, base: str) -> None:
        super().__init__(
            f"Not saved: {who or 'somebody else'} changed this deal in the meantime",
            remedy="Look at the new values, then save again.",
        )
        self.mine, self.theirs, self.base = mine, theirs, base


def set_amount(work: Work, command: SetAmount) -> None:
    """Set a deal's amount; refused for one that is won, whose sale the ledger has."""
    mine = show.money(command.amount, "full")
    deal = _deal_to_edit(work, command.deal)
    if deal.version != command.version:
        raise _contested(work, deal, mine, show.money(deal.amount, "full"), show.money(command.seen, "full"))
    _refuse_won(deal, "amount")
    if command.amount is not None and command.amount < Amount(0):
        raise UsageProblem(f"{mine} is no amount for a deal", expected="an amount from 0 on")
    deal.amount = command.amount
    set_reporting_amount(work.session, deal)


def set_close_date(work: Work, command: SetCloseDate) -> None:
    """Set a deal's close date; refused for one that is won. None for an open deal: not known."""
    deal = _deal_to_edit(work, command.deal)
    if deal.version != command.version:
        raise _contested(work, deal, _day(command.close_on), _day(deal.close_on), _day(command.seen))
    _refuse_won(deal, "close date")
    day = command.close_on
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise UsageProblem(f"{day} is out of range", expected=f"a day from {FIRST_DAY} to {LAST_DAY}")
    if deal.outcome == "lost" and (day is None or day > command.today):
        raise UsageProblem("A lost deal has the day it was lost", expected=f"a day up to {command.today}")
    deal.close_on = day
    set_reporting_amount(work.session, deal)


def move_stage(work: Work, command: MoveStage) -> bool:
    """Move a deal into a stage, with all that follows from that; answers whether a sale was booked.

    Nothing is done where it is in that stage already.
    """
    session = work.session
    deal = _deal_to_edit(work, command.deal)
    if deal.version != command.version:
        raise _contested(
            work, deal, *(_stage(session, key).name for key in (command.stage, deal.stage_id, command.seen))
        )
    stage = _stage(session, command.stage)
    if deal.stage_id == command.stage:
        return False
    before = deal.outcome
    if before == "won" and stage.outcome != "won":
        take_back(session, deal)
    if stage.outcome == "won" and deal.amount is None:
        raise UsageProblem("A deal that is won is booked, and this one has no amount", remedy="Set its amount first.")
    deal.stage_id, deal.outcome = command.stage, stage.outcome
    deal.lost_reason = command.lost_reason if stage.outcome == "lost" else None
    if stage.outcome not in ("open", before):
        deal.close_on = command.today
        set_reporting_amount(session, deal)
    session.add(StageChange(opportunity_id=command.deal, stage_id=command.stage, entered_on=_entered(session, command)))
    session.flush()
    if stage.outcome == "won" and before != "won" and not sales_of(session, deal):
        book(session, deal, command.today)
        return True
    return False


def drop_booking(work: Work, command: DropBooking) -> None:
    """Take back the booking made here; refused unless an import booked the deal too."""
    sales = sales_of(work.session, _deal_to_edit(work, command.deal))
    made_here = [sale for sale in sales if sale.source is None]
    if not made_here or len(made_here) == len(sales):
        raise UsageProblem("This deal is not booked both here and by an import", remedy="Move it to another stage.")
    delete(work.session, made_here)


def _deal_to_edit(work: Work, deal: int) -> Opportunity:
    found = work.session.get(Opportunity, deal)
    if found is None:
        raise StaleSave("This deal is no longer there.", remedy="Look for it by name with Ctrl+P.")
    return found


def _contested(work: Work, deal: Opportunity, mine: str, theirs: str, base: str) -> Contested:
    event, change = table_of(Event).c, table_of(Change).c
    latest = (
        select(change.actor)
        .join_from(table_of(Event), table_of(Change), change.id == event.change_id)
        .where(event.table_name == "opportunity", event.row_id == deal.id)
        .order_by(event.id.desc())
        .limit(1)
    )
    return Contested(work.session.execute(latest).scalar_one_or_none(), mine, theirs, base)


def _stage(session: Session, key: int) -> Stage:
    found = session.get(Stage, key)
    if found is None:
        raise DataProblem("This stage is no longer there.", remedy="Choose another one.")
    return found


def _day(day: date | None) -> str:
    return show.NOTHING if day is None else day.isoformat()


def _refuse_won(deal: Opportunity, what: str) -> None:
    if deal.outcome == "won":
        raise UsageProblem(
            f"The deal is won and booked, so that its {what} stands", remedy="Move it back to an open stage first."
        )


def _entered(session: Session, command: MoveStage) -> date:
    """The day of the move; not before the one that was entered last, or the order of the stages would turn."""
    change = table_of(StageChange).c
    last = select(change.entered_on).where(change.opportunity_id == command.deal).order_by(change.entered_on.desc())
    entered = session.execute(last.limit(1)).scalar_one_or_none()
    return command.today if entered is None else max(entered, command.today)
