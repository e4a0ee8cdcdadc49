"""Whatever is done to deals in whatever order, stage, outcome, ledger and measures agree."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

from salestui.metrics.work import redo_last, undo_last, work
from salestui.model.values.amount import Amount
from salestui.model.values.errors import Problem
from salestui.performance.deal import DealView
from salestui.performance.deal_changes import MoveStage, SetAmount, SetCloseDate, move_stage, set_amount, set_close_date
from salestui.store.work import Actor
from tests.performance.conftest import Place
from tests.support.pipeline_company import TODAY

KIM = Actor("kim")


def change(place: Place, deal: DealView, dice: Random) -> None:
    """Do something to the deal, or be refused."""
    today = TODAY + timedelta(days=dice.randrange(-40, 200))
    with suppress(Problem), work(place.engine, KIM, "at random") as begun:
        what = dice.randrange(5)
        if what == 0:
            amount = dice.choice([None, Amount(0), Amount(-1), Amount(dice.randrange(1, 9_999))])
            set_amount(begun, SetAmount(deal.id, deal.version, deal.amount, amount))
        elif what == 1:
            day = dice.choice([None, today, TODAY])
            set_close_date(begun, SetCloseDate(deal.id, deal.version, deal.close_on, day, today))
        else:
            stage = dice.choice(deal.stages)
            move_stage(
                begun, MoveStage(deal.id, deal.version, deal.stage.id, stage.id, today, dice.choice([None, "Price"]))
            )


def agrees(deal: DealView) -> bool:
    """Whether the deal is booked just where it is won, and as what it is worth."""
    if deal.stage.outcome != "won":
        return not deal.bookings and (deal.is_open or deal.close_on is not None)
    return [sale.amount for sale in deal.bookings] == [deal.amount] and deal.bookings[0].booked_on == deal.close_on


def test_deals_stay_true_at_random(place: Place, rounds: Callable[[int, int], range]) -> None:
    dice = Random(20260520)
    keys = [place.company.deal.id, place.company.unpriced.id, place.company.imported.id]
    for turn in rounds(15, 2_000):
        change(place, place.deal(dice.choice(keys)), dice)
        if dice.random() < 0.3:
            with suppress(Problem):
                undo_last(place.engine, KIM)
            if dice.random() < 0.5:
                with suppress(Problem):
                    redo_last(place.engine, KIM)
        assert all(agrees(place.deal(key)) for key in keys)
        if turn % 20 == 19:
            assert place.is_sound()
