"""What is done with quotas besides typing them: spreading, and asking whether quotas below zero are meant."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salestui.model.values.amount import ZERO
from salestui.model.values.entry import entered, plain
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.outcome import BelowZero
from salestui.planning.quotas.rules.ranges import behind
from salestui.tui.screens.picker import Picker
from salestui.tui.screens.quota_saving import SavingQuotas
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.messages import Refused
from salestui.tui.widgets.grid.widget import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestui.model.values.amount import Amount
    from salestui.planning.quotas.rules.ways import Way
    from salestui.tui.screens.quota_editor import QuotaEditor

Cells = Sequence[tuple[int, int]]


class ActingOnQuotas(SavingQuotas):
    """The part of the quotas' screen that does things with what is marked."""

    def on_grid_refused(self, event: Refused) -> None:
        """Ask whether quotas below zero are meant; say why anything else is not taken."""
        model, again = self._model, event.again
        if isinstance(event.problem, BelowZero) and model is not None and again is not None:
            self.confirm(str(event.problem), lambda: self._allow_below_zero(model, again))
        else:
            super().on_grid_refused(event)

    def _allow_below_zero(self, model: "QuotaEditor", again: "Callable[[], object]") -> None:
        model.below_zero = True
        try:
            again()
        finally:
            model.below_zero = False

    def action_spread(self) -> None:
        """Ask how to spread, then how much, over what is marked."""
        model = self._model
        if model is None:
            return
        cells = self._marked(model)
        count = len(behind(model.sheet, model.places(cells)))
        if count < 2:
            raise UsageProblem("There is only one quota here", remedy="Go to a sum, or mark several, then spread.")
        offered = self._ways(model)

        def chosen(value: str | None) -> None:
            if value is not None:
                self._ask_total(model, cells, offered[int(value)])

        choices = [Choice(str(number), way.name, _MEANINGS.get(way.name, "")) for number, way in enumerate(offered)]
        title = f"Spread {model.named(cells)} over {count:,} quotas: how?"
        self.app.push_screen(Picker(title, choices), chosen)

    def _ways(self, model: "QuotaEditor") -> "list[Way]":
        """The ways there are in this plan."""
        return [ways.PROPORTION, ways.EVEN, ways.last_year(model.last_year)]

    def _ask_total(self, model: "QuotaEditor", cells: Cells, way: "Way") -> None:
        stands = model.total(cells)

        def answered(text: str) -> None:
            total = entered(text, stands)
            if total is None:
                raise UsageProblem("There is no amount to spread", expected="what it is to be in all, such as 1.2m")
            self._try(model, lambda: self._spread(model, cells, total, way))

        self.ask(f" spread {way.name}, in all: ", answered, text=plain(stands or ZERO))

    def _spread(self, model: "QuotaEditor", cells: Cells, total: "Amount", way: "Way") -> None:
        model.spread(cells, total, way)
        self.query_one(Grid).reload()

    def _try(self, model: "QuotaEditor", act: "Callable[[], None]") -> None:
        """Do it, after a question where that takes quotas below zero; any other problem is the caller's."""
        try:
            act()
        except BelowZero as problem:
            self.call_next(self.confirm, str(problem), lambda: self._allow_below_zero(model, act))

    def _marked(self, model: "QuotaEditor") -> Cells:
        """The marked cells that quotas are behind; a Problem where nothing can be changed there."""
        grid = self.query_one(Grid)
        cells = [cell for cell in grid.selected if model.editable(*cell)]
        if not cells:
            raise UsageProblem("Nothing can be typed here", remedy="Go to a number of a draft.")
        return cells


_MEANINGS = {
    "in proportion": "to what stands there now",
    "evenly": "the same to each",
    "by last year": "to what each booked a year before",
}
