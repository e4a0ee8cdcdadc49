"""A deal's page: its facts, its way through the stages, what was booked from it, and changing it."""

from collections.abc import Callable
from datetime import date

from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.day_entry import entered_day
from salestui.model.values.entry import entered
from salestui.model.values.errors import Problem, UsageProblem
from salestui.performance.deal import Booking, DealView, StageView, Step
from salestui.tui.actions.action import Need
from salestui.tui.actions.performance import DEAL
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.deal_facts import fact_lines, iso, stage_words
from salestui.tui.screens.doubt import make_sure
from salestui.tui.screens.parts import Part, Parts
from salestui.tui.screens.picker import Picker
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.pipeline import PipelineSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.lines import Lines, Row, Span

_STAGES, _BOOKINGS = range(2)

STEPS: tuple[Field[Step], ...] = (
    Field("entered_on", "Entered", kind="date", width=10),
    Field("stage", "Stage", width=24),
    Field("days", "Days there", kind="number"),
)
BOOKINGS: tuple[Field[Booking], ...] = (
    Field("booked_on", "Booked", kind="date", width=10),
    Field("amount", "Amount", kind="number", show=lambda amount: show.money(amount, "full")),
    Field("currency", "In", width=4),
    Field("type", "Type", width=10),
    Field("who", "Credit", width=22),
    Field("imported", "Made", width=8, value=lambda sale: "imported" if sale.imported else "here"),
)


class DealPage(BaseScreen[DealView]):
    """A page over another; Esc goes back."""

    MODE = "performance"
    CONTEXT = DEAL
    HELP = "a deal: t moves it to another stage, a changes the amount, c the close date, u takes it back."
    CSS_PATH = sheet("performance")

    def __init__(self, deal: int) -> None:
        super().__init__()
        self._key = deal
        self._deal: DealView | None = None
        self._again: Callable[[], None] | None = None
        self._steps: ListModel[Step] = ListModel(
            (), STEPS, key=lambda step: str(step.number), empty="When it entered its stages is not known."
        )
        self._sales: ListModel[Booking] = ListModel(
            (), BOOKINGS, key=lambda sale: str(sale.id), empty="Nothing is booked from this deal."
        )

    def body(self) -> ComposeResult:
        """Facts, what was refused, and the tables."""
        yield Lines(classes="facts")
        yield Lines(classes="conflict")
        yield Parts((Part("Stages", self._steps), Part("Sales booked", self._sales)))

    def read(self, view: View) -> DealView:
        """The deal as it is now, its days counted up to the day everything is seen from."""
        return source_of(self, PipelineSource).deal(view, self._key)

    def show(self, reading: DealView) -> None:
        """Show it."""
        self._deal = reading
        self._steps.replace(reading.steps)
        self._sales.replace(reading.bookings)
        parts = self.query_one(Parts)
        parts.reload()
        parts.tell(_STAGES, f"{reading.stage.name} now" if reading.steps else "")
        parts.tell(_BOOKINGS, show.count(len(reading.bookings)) if reading.bookings else "none")
        self._lay_out()
        again, self._again = self._again, None
        if again is not None:
            again()
        else:
            self._contest([])

    def on_resize(self) -> None:
        """Use the width there is."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._deal is not None and self.size.width:
            self.query_one(".facts", Lines).fill(fact_lines(self._deal, self.shell.view.as_of, self.size.width))

    def _contest(self, rows: list[Row]) -> None:
        self.query_one(".conflict", Lines).fill(rows)

    def meets(self, need: Need) -> bool:
        """Whether there is a deal, an account, an owner."""
        deal = self._deal
        known = {
            "account": deal is not None and deal.account_id is not None,
            "owner": deal is not None and deal.owner_id is not None,
            "twice": deal is not None and deal.booked_twice,
            "deal": deal is not None,
        }
        return known[need.name]

    def action_account(self) -> None:
        """Open the account's page."""
        from salestui.tui.screens.account import AccountPage

        if self._deal is not None and self._deal.account_id is not None:
            self.app.push_screen(AccountPage(self._deal.account_id))

    def action_owner(self) -> None:
        """Open the owner's page."""
        from salestui.tui.screens.person import PersonPage

        if self._deal is not None and self._deal.owner_id is not None:
            self.app.push_screen(PersonPage(self._deal.owner_id))

    def action_drop_booking(self) -> None:
        """Take back what was booked here, where an import booked it too."""
        if (deal := self._deal) is not None:
            source = source_of(self, PipelineSource)
            self.shell.change(lambda: source.drop_deal_booking(deal))

    def action_edit(self) -> None:
        """Choose what to change."""
        if (deal := self._deal) is None:
            return
        does = {"stage": self.action_stage, "amount": self.action_amount, "close": self.action_close_date}
        choices = [
            Choice("stage", "Stage", deal.stage.name),
            Choice("amount", "Amount", f"{show.money(deal.amount, 'full')} {deal.currency}"),
            Choice("close", "Close date", iso(deal.close_on)),
        ]

        def answered(value: str | None) -> None:
            if value is not None:
                does[value]()

        self.app.push_screen(Picker("Change what", choices), answered)

    def action_stage(self) -> None:
        """Choose another stage."""
        if (deal := self._deal) is None:
            return
        choices = [Choice(str(stage.id), stage.name, stage_words(stage)) for stage in deal.stages]

        def answered(value: str | None) -> None:
            chosen = next((stage for stage in deal.stages if str(stage.id) == value), None)
            if chosen is not None:
                self._move(chosen)

        self.app.push_screen(Picker("Into which stage", choices, mark=str(deal.stage.id)), answered)

    def _move(self, stage: StageView, reason: str = "") -> None:
        deal = self._deal
        if deal is None or stage.id == deal.stage.id:
            return
        if stage.outcome != "lost":
            self._save_stage(deal, stage, None)
            return

        def answered(text: str) -> None:
            self._save_stage(deal, stage, text.strip() or None)

        self.ask(" why was it lost (nothing: not known): ", answered, begun=reason)

    def _save_stage(self, deal: DealView, stage: StageView, reason: str | None) -> None:
        source, today = source_of(self, PipelineSource), self.shell.company.as_of
        seen = self._latest(deal, "stage")
        self._save(
            lambda: source.move_deal(seen, stage, today, reason),
            lambda: self._move(stage, reason) if reason else self.action_stage(),
        )

    def action_amount(self, text: str = "") -> None:
        """Ask for the amount."""
        if (deal := self._deal) is None:
            return
        source = source_of(self, PipelineSource)

        def answered(typed: str) -> None:
            if typed.strip():
                amount = entered(typed, deal.amount)
                make_sure(self, amount, deal.amount, lambda: save(amount, typed))

        def save(amount: Amount | None, typed: str) -> None:
            seen = self._latest(deal, "amount")
            self._save(lambda: source.set_deal_amount(seen, amount), lambda: self.action_amount(typed))

        self.ask(f" amount ({show.money(deal.amount, 'full')} {deal.currency}): ", answered, begun=text)

    def action_close_date(self, text: str = "") -> None:
        """Ask for the close date."""
        if (deal := self._deal) is None:
            return
        source, today = source_of(self, PipelineSource), self.shell.company.as_of
        base, back = deal.close_on or today, deal.stage.outcome == "lost"

        def answered(typed: str) -> None:
            if typed.strip():
                day = entered_day(typed, base, today, back=back)
                seen = self._latest(deal, "close_on")
                self._save(lambda: source.set_deal_close_date(seen, day, today), lambda: self.action_close_date(typed))

        def completed(typed: str) -> tuple[str, ...]:
            return _meant(typed, base, today, back)

        self.ask(f" close date ({iso(deal.close_on)}): ", answered, begun=text, typed=completed)

    def _latest(self, seen: DealView, field: str) -> DealView:
        """The deal as it was read last, unless what is being changed is another by now: that is somebody else's."""
        latest = self._deal
        return latest if latest is not None and getattr(latest, field) == getattr(seen, field) else seen

    def _save(self, does: Callable[[], str], again: Callable[[], None]) -> None:
        self.shell.change(does, failed=lambda problem: self._refused(problem, again))

    def _refused(self, problem: Problem, again: Callable[[], None]) -> None:
        """Say why, and ask again with what was typed; where somebody else was faster, beside the new values."""
        from salestui.performance.deal_changes import Contested

        def ask_again() -> None:
            again()
            self.say(str(problem), "bad")

        if isinstance(problem, Contested):
            told = (("mine", problem.mine), ("theirs", problem.theirs), ("before", problem.base))
            first: Row = (Span(f" {problem.what}.", "bad"),)
            self._contest([first, *((Span(f"   {whose:<7} ", "muted"), Span(value)) for whose, value in told)])
            self._again = ask_again
            self.read_again()
        else:
            ask_again()


def _meant(typed: str, base: date, today: date, back: bool) -> tuple[str, ...]:
    """The day that a change such as +14d comes to, or a name such as fri stands for."""
    try:
        day = entered_day(typed, base, today, back=back)
    except UsageProblem:
        return ()
    return () if day is None or day.isoformat() == typed.strip() else (day.isoformat(),)
