"""What the pages of deals and accounts show, and how deals are changed."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from salestui.model.values.amount import Amount
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.performance.accounts import AccountView
    from salestui.performance.closed import ClosedDeal
    from salestui.performance.deal import DealView, StageView
    from salestui.performance.pipeline import OpenDeal


class AccountReading(NamedTuple):
    """An account with its deals."""

    account: "AccountView"
    open: "tuple[OpenDeal, ...]"
    closed: "tuple[ClosedDeal, ...]"


class PipelineSource(Source):
    """The pipeline, deals and accounts."""

    def pipeline(self, view: View) -> "tuple[OpenDeal, ...]":
        """Every open deal of the scope."""
        from salestui.performance.pipeline import read_pipeline

        with self._opened(view, view.as_of) as at:
            return read_pipeline(at.reader, at.lens, scope_of(at.reader, view.scope, view.as_of, at.company.name))

    def deal(self, view: View, deal: int) -> "DealView":
        """A deal's page."""
        from salestui.performance.deal import read_deal

        with self._opened(view, view.as_of) as at:
            return read_deal(at.reader, deal, view.as_of)

    def account(self, view: View, account: int) -> AccountReading:
        """An account's page."""
        from salestui.performance.accounts import read_account
        from salestui.performance.closed import read_closed_with
        from salestui.performance.pipeline import read_pipeline_of_account

        with self._opened(view, view.as_of) as at:
            return AccountReading(
                read_account(at.reader, at.lens, account),
                read_pipeline_of_account(at.reader, account, view.as_of),
                read_closed_with(at.reader, at.lens, account),
            )

    def set_deal_amount(self, deal: "DealView", amount: Amount | None) -> str:
        """Set the deal's amount; answers what was done."""
        from salestui.performance.deal_changes import SetAmount, set_amount

        with self._changing(f"amount of {deal.name}") as work:
            set_amount(work, SetAmount(deal.id, deal.version, deal.amount, amount))
        return "The amount is saved."

    def set_deal_close_date(self, deal: "DealView", day: date | None, today: date) -> str:
        """Set the day the deal is to close; answers what was done."""
        from salestui.performance.deal_changes import SetCloseDate, set_close_date

        with self._changing(f"close date of {deal.name}") as work:
            set_close_date(work, SetCloseDate(deal.id, deal.version, deal.close_on, day, today))
        return "The close date is saved."

    def drop_deal_booking(self, deal: "DealView") -> str:
        """Take back what was booked here from a deal that an import booked too; answers what was done."""
        from salestui.performance.deal_changes import DropBooking, drop_booking

        with self._changing(f"second booking of {deal.name}") as work:
            drop_booking(work, DropBooking(deal.id))
        return "The booking made here is gone; the imported one stays."

    def move_deal(self, deal: "DealView", stage: "StageView", today: date, lost_reason: str | None) -> str:
        """Move the deal into a stage; answers what was done."""
        from salestui.performance.deal_changes import MoveStage, move_stage

        with self._changing(f"stage of {deal.name}") as work:
            booked = move_stage(work, MoveStage(deal.id, deal.version, deal.stage.id, stage.id, today, lost_reason))
        return f"The deal is in {stage.name} now{', and booked' if booked else ''}."
