"""Changing a deal: one change with all that follows from it, checked, undone whole, and never over somebody else's."""

from datetime import date

import pytest

from salestui.metrics.kpis import read_measures
from salestui.metrics.reader import Scope
from salestui.metrics.work import undo_last, work
from salestui.model.tables.base import Row
from salestui.model.tables.pipeline import Opportunity
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem, Problem, UsageProblem
from salestui.model.values.period import Period
from salestui.performance.deal import DealView
from salestui.performance.deal_changes import (
    Contested,
    DropBooking,
    MoveStage,
    SetAmount,
    SetCloseDate,
    drop_booking,
    move_stage,
    set_amount,
    set_close_date,
)
from salestui.store.work import Actor, StaleSave
from tests.performance.conftest import Place
from tests.support.companies import building, id_of
from tests.support.pipeline_company import TODAY

KIM, LEE = Actor("kim"), Actor("Lee")
QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30), "2026Q2", "quarter")


def changed(place: Place, command: SetAmount | SetCloseDate | MoveStage, actor: Actor = KIM) -> None:
    """Make a change."""
    with work(place.engine, actor, "a change") as begun:
        if isinstance(command, SetAmount):
            set_amount(begun, command)
        elif isinstance(command, SetCloseDate):
            set_close_date(begun, command)
        else:
            move_stage(begun, command)


def amount_of(deal: DealView, amount: str | int | None) -> SetAmount:
    """The command to set an amount, as a page that has just read the deal would give it."""
    return SetAmount(deal.id, deal.version, deal.amount, None if amount is None else Amount(amount))


def into(deal: DealView, stage: Row, reason: str | None = None) -> MoveStage:
    """The command to move it into a stage today."""
    return MoveStage(deal.id, deal.version, deal.stage.id, id_of(stage), TODAY, reason)


def measures(place: Place, who: int) -> dict[str, object]:
    """The quarter's measures of a person."""
    with place.looking() as (reader, lens):
        return dict(read_measures(reader, lens, Scope("person", who, ""), QUARTER))


def test_an_amount_is_set_in_both_currencies_and_beside_the_imported_one(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    changed(place, amount_of(deal, "1234.5"))
    after = place.deal(deal.id)
    assert (after.amount, after.worth) == (Amount("1234.5"), Amount("1234.5"))
    assert [(each.what, each.here, each.imported) for each in after.differing] == [("Amount", "1,234.50", "1,000")]
    assert measures(place, id_of(place.company.ana))["open_amount"] == Amount("1234.5").decimal
    assert place.is_sound()


def test_where_local_and_imported_agree_again_nothing_differs(place: Place) -> None:
    for amount in (7, 1000):
        deal = place.deal(place.company.deal.id)
        changed(place, amount_of(deal, amount))
    assert place.deal(place.company.deal.id).differing == ()


def test_an_amount_in_another_currency_is_put_into_the_company_s_by_the_year_it_closes_in(place: Place) -> None:
    with work(place.engine, KIM, "in euro") as begun:
        begun.session.get_one(Opportunity, place.company.deal.id).currency = "EUR"
    deal = place.deal(place.company.deal.id)
    changed(place, amount_of(deal, 200))
    assert place.deal(deal.id).worth == Amount(220)
    later = place.deal(deal.id)
    command = SetCloseDate(later.id, later.version, later.close_on, date(2027, 1, 5), TODAY)
    with pytest.raises(DataProblem, match="no plan rate for EUR in FY2027"):
        changed(place, command)
    assert place.deal(deal.id) == later


def test_an_amount_below_nothing_is_refused(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    with pytest.raises(UsageProblem, match="no amount for a deal"):
        changed(place, amount_of(deal, -1))
    assert place.deal(deal.id) == deal


def test_a_close_date_moves_the_deal_to_another_period(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    ana = id_of(place.company.ana)
    assert measures(place, ana)["due_amount"] == 1000
    command = SetCloseDate(deal.id, deal.version, deal.close_on, date(2026, 7, 1), TODAY)
    changed(place, command)
    assert measures(place, ana)["due_amount"] == 0
    assert measures(place, ana)["open_amount"] == 1000
    assert place.is_sound()


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(2070, 1, 1)])
def test_a_close_date_out_of_range_is_refused(place: Place, day: date) -> None:
    deal = place.deal(place.company.deal.id)
    with pytest.raises(UsageProblem, match="out of range"):
        changed(place, SetCloseDate(deal.id, deal.version, deal.close_on, day, TODAY))


def test_a_move_within_the_open_stages_is_one_more_step(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    changed(place, into(deal, place.company.proposal))
    after = place.deal(deal.id)
    assert [(step.stage, step.entered_on, step.days) for step in after.steps] == [
        ("Discovery", date(2026, 4, 1), 49),
        ("Proposal", TODAY, 0),
    ]
    assert after.close_on == deal.close_on
    assert after.is_open
    assert place.is_sound()


def test_winning_books_the_sale_with_its_credit_in_the_same_change(place: Place) -> None:
    deal, ana = place.deal(place.company.deal.id), id_of(place.company.ana)
    before = measures(place, ana)
    changed(place, into(deal, place.company.won))
    after = place.deal(deal.id)
    (booked,) = after.bookings
    assert (booked.booked_on, booked.amount, booked.who, booked.imported) == (TODAY, Amount(1000), "Ana [b]", False)
    assert (after.stage.outcome, after.close_on, after.is_open) == ("won", TODAY, False)
    found = measures(place, ana)
    assert [found[name] for name in ("bookings", "won_amount", "won_deals", "open_amount")] == [1400, 1400, 2, 0]
    assert place.is_sound()
    undo_last(place.engine, KIM)
    assert measures(place, ana) == before
    assert place.deal(deal.id) == deal._replace(version=after.version + 1)
    assert place.is_sound()


def test_winning_needs_an_amount_to_book(place: Place) -> None:
    deal = place.deal(place.company.unpriced.id)
    with pytest.raises(UsageProblem, match="has no amount"):
        changed(place, into(deal, place.company.won))
    assert place.deal(deal.id) == deal


def test_losing_keeps_the_reason_and_books_nothing(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    changed(place, into(deal, place.company.lost, "Price"))
    after = place.deal(deal.id)
    assert (after.lost_reason, after.close_on, after.bookings) == ("Price", TODAY, ())
    assert measures(place, id_of(place.company.ana))["lost_deals"] == 1
    assert place.is_sound()
    changed(place, into(after, place.company.discovery))
    assert place.deal(deal.id).lost_reason is None
    assert place.is_sound()


def test_leaving_a_won_stage_takes_back_what_was_booked_here(place: Place) -> None:
    for stage in (place.company.won, place.company.lost, place.company.won, place.company.proposal):
        deal = place.deal(place.company.deal.id)
        changed(place, into(deal, stage))
        assert place.is_sound()
        after = place.deal(deal.id)
        assert len(after.bookings) == (after.stage.outcome == "won")
    assert measures(place, id_of(place.company.ana))["bookings"] == 400


def test_what_an_import_booked_is_not_taken_back(place: Place) -> None:
    deal = place.deal(place.company.imported.id)
    with pytest.raises(DataProblem, match="was imported"):
        changed(place, into(deal, place.company.proposal))
    assert place.deal(deal.id) == deal


def test_the_amount_and_date_of_a_won_deal_are_the_ledger_s(place: Place) -> None:
    deal = place.deal(place.company.imported.id)
    with pytest.raises(UsageProblem, match="its amount stands"):
        changed(place, amount_of(deal, 5))
    with pytest.raises(UsageProblem, match="its close date stands"):
        changed(place, SetCloseDate(deal.id, deal.version, deal.close_on, TODAY, TODAY))
    assert place.deal(deal.id) == deal


@pytest.mark.parametrize("day", [None, date(2026, 5, 21)])
def test_a_lost_deal_was_lost_on_a_day_that_has_come(place: Place, day: date | None) -> None:
    deal = place.deal(place.company.deal.id)
    changed(place, into(deal, place.company.lost))
    lost = place.deal(deal.id)
    with pytest.raises(UsageProblem, match="the day it was lost"):
        changed(place, SetCloseDate(lost.id, lost.version, lost.close_on, day, TODAY))


def test_what_an_import_books_as_well_is_dropped_here(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    with pytest.raises(UsageProblem, match="not booked both"), work(place.engine, KIM, "too soon") as begun:
        drop_booking(begun, DropBooking(deal.id))
    changed(place, into(deal, place.company.won))
    with building(place.engine, "imported") as company:
        sale = company.sale(1000, TODAY, (place.company.ana, None, "primary", 1000))
        sale.opportunity_id, sale.source, sale.source_id = deal.id, "crm", "V2"
    twice = place.deal(deal.id)
    assert twice.booked_twice
    assert measures(place, id_of(place.company.ana))["bookings"] == 2400
    with work(place.engine, KIM, "drop") as begun:
        drop_booking(begun, DropBooking(deal.id))
    once = place.deal(deal.id)
    assert [booking.imported for booking in once.bookings] == [True]
    assert not once.booked_twice
    assert measures(place, id_of(place.company.ana))["bookings"] == 1400
    assert place.is_sound()


def test_a_save_over_somebody_else_s_is_refused_with_all_three_values(place: Place) -> None:
    mine = place.deal(place.company.deal.id)
    changed(place, amount_of(mine, 300), LEE)
    theirs = place.deal(mine.id)
    with pytest.raises(Contested, match="Lee changed this deal") as found:
        changed(place, amount_of(mine, 450))
    assert (found.value.mine, found.value.theirs, found.value.base) == ("450", "300", "1,000")
    day = SetCloseDate(mine.id, mine.version, mine.close_on, date(2026, 7, 1), TODAY)
    with pytest.raises(Contested) as found:
        changed(place, day)
    assert (found.value.mine, found.value.theirs) == ("2026-07-01", "2026-06-30")
    with pytest.raises(Contested) as found:
        changed(place, into(mine, place.company.proposal))
    assert (found.value.mine, found.value.theirs, found.value.base) == ("Proposal", "Discovery", "Discovery")
    assert place.deal(mine.id) == theirs


def test_a_deal_that_is_gone_is_told(place: Place) -> None:
    with pytest.raises(StaleSave, match="no longer there"):
        changed(place, SetAmount(999, 1, None, Amount(1)))
    with pytest.raises(Problem, match="no longer there"):
        place.deal(999)


def test_moving_where_it_is_changes_nothing(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    changed(place, into(deal, place.company.discovery))
    assert place.deal(deal.id) == deal


def test_a_move_never_comes_before_the_last_one(place: Place) -> None:
    deal = place.deal(place.company.deal.id)
    early = into(deal, place.company.proposal)._replace(today=date(2026, 3, 15))
    changed(place, early)
    assert [step.stage for step in place.deal(deal.id).steps] == ["Discovery", "Proposal"]
