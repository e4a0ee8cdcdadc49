"""What is done with quotas besides typing them: spread, locked, brought to a goal; and questions asked on the way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from salestui.model.values import show
from salestui.model.values.amount import ZERO
from salestui.model.values.entry import plain
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.model.values.text import safe_line
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.goal import Preview
from salestui.planning.quotas.rules.outcome import BelowZero
from salestui.planning.quotas.rules.ranges import behind
from salestui.planning.quotas.sheet import Leaf
from salestui.tui.screens.doubt import make_sure
from salestui.tui.screens.picker import Picker
from salestui.tui.screens.quota_amount import amount_in, typed_amount
from salestui.tui.screens.quota_saving import SavingQuotas
from salestui.tui.screens.quota_text import changes
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.messages import Refused
from salestui.tui.widgets.grid.widget import Grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from salestui.model.values.amount import Amount
    from salestui.planning.quotas.rules.outcome import Outcome
    from salestui.planning.quotas.rules.ways import Way
    from salestui.planning.quotas.sheet import Sheet
    from salestui.tui.screens.quota_editor import Place, QuotaEditor

Cells = Sequence[tuple[int, int]]
_CAPACITY = "by capacity"
AROUND = frozenset({"quota locks", "quota targets", "objectives", "seasons"})
"""What is read again without the quotas."""


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
        count = sum(len(model.sheet.keys(*place)) for place in model.places(cells))
        if count < 2:
            raise UsageProblem("There is only one quota here", remedy="Go to a sum, or mark several, then spread.")
        offered = self._ways(model)

        def chosen(value: str | None) -> None:
            if value == _CAPACITY:
                self._read_capacity(model, cells)
            elif value is not None and (amount := amount_in(value)):
                self._ask_total(model, cells, ways.PROPORTION, amount)
            elif value is not None:
                self._ask_total(model, cells, offered[int(value)])

        choices = [Choice(str(number), way.name, _MEANINGS.get(way.name, "")) for number, way in enumerate(offered)]
        choices.append(Choice(_CAPACITY, _CAPACITY, _MEANINGS[_CAPACITY]))
        title = f"Spread {model.named(cells)} over {count:,} quotas: how?"
        self.app.push_screen(Picker(title, choices, typed=typed_amount), chosen)

    def _ways(self, model: "QuotaEditor") -> "list[Way]":
        """The ways there are in this plan."""
        seasons = [
            ways.profile(model.sheet, season.weights)._replace(name=f"by season {season.name}")
            for season in model.around.seasons
            if len(season.weights) == len(model.sheet.months)
        ]
        return [ways.PROPORTION, ways.EVEN, ways.last_year(model.last_year, model.view.before), *seasons]

    @work(thread=True, exit_on_error=False, group="capacity", description="capacity")
    def _read_capacity(self, model: "QuotaEditor", cells: Cells) -> None:
        seats = {node.seat for node in model.sheet.nodes if node.seat is not None}
        shares = self._source.capacity(model.view.year, seats, self.shell.view.as_of)
        self.app.call_from_thread(self._ask_total, model, cells, ways.capacity_of_seats(model.sheet, shares))

    def _ask_total(self, model: "QuotaEditor", cells: Cells, way: "Way", known: str = "") -> None:
        """Ask what it is to be in all, unless that is `known`."""
        stands = model.total(cells)

        def answered(text: str) -> None:
            total = model.meant(cells, text, stands)
            if total is None:
                raise UsageProblem("There is no amount to spread", expected="what it is to be in all, such as 1.2m")
            make_sure(self, total, stands, lambda: self._try(model, lambda: self._spread(model, cells, total, way)))

        lead = f" spread {way.name}, in all: "
        if known:
            self.take(lead, answered, known)
        else:
            self.ask(lead, answered, text=plain(stands or ZERO))

    def _spread(self, model: "QuotaEditor", cells: Cells, total: "Amount", way: "Way") -> None:
        model.spread(cells, total, way)
        self.query_one(Grid).reload()

    def action_lock(self) -> None:
        """Lock what is marked, with a reason; where all of it is locked, unlock it. It is saved at once."""
        model, now = self._model, self._now
        if model is None or now is None:
            return
        cells = self._marked(model)
        leaves = [Leaf.of(key) for key in behind(model.sheet, model.places(cells))]
        open_ones = [leaf for leaf in leaves if not _is_locked(model, leaf)]
        if not open_ones:
            self.shell.change(lambda: self._source.unlock_quotas(now.plan, leaves), "quota locks")
            return
        to_save = not now.draft.pending.keys().isdisjoint(open_ones)

        def lock(reason: str) -> str:
            return self._source.lock_quotas(now.plan, open_ones, reason)

        def answered(reason: str) -> None:
            if not reason.strip():
                raise UsageProblem("A lock has a reason", expected="a few words, such as agreed with Ana")
            if to_save and now.draft.saving:
                raise UsageProblem("What is typed is being saved", remedy="Lock it in a moment.")
            if to_save:
                self._save(now, lambda: lock(reason))
            else:
                self.shell.change(lambda: lock(reason), "quota locks")

        count = "1 quota" if len(open_ones) == 1 else f"{len(open_ones):,} quotas"
        first = f"save {changes(len(now.draft.pending))}, then " if to_save else ""
        self.ask(f" {first}lock {count}, because: ", answered)

    @property
    def _source(self) -> QuotasSource:
        return source_of(self, QuotasSource)

    def action_goal(self) -> None:
        """Ask what the sum of what is marked is to be, and by how much each quota may change for it."""
        model = self._model
        if model is None:
            return
        cells = self._marked(model)
        place, changing = model.goal(cells)
        row, span = place
        if model.sheet.holds:
            changing = [key for key in changing if key not in model.sheet.holds]
        stands = model.sheet.value(row, span)
        if model.sheet.is_leaf(row, span):
            raise UsageProblem("A goal is for a sum", remedy="Go to a sum, or mark what may change for it.")
        if not changing:
            raise UsageProblem(
                "All quotas here are held: none may change for a goal", remedy="L unlocks what is locked."
            )
        name = f"{model.sheet.nodes[row].label} {model.sheet.spans[span].label}"

        def answered(text: str) -> None:
            wanted = model.meant(cells, text, stands)
            if wanted is None:
                raise UsageProblem("A goal is an amount", expected="what the sum is to be, such as 12m or +5%")
            self.call_next(make_sure, self, wanted, stands, lambda: self._ask_bound(model, place, changing, wanted))

        self.ask(f" goal: {name}, now {show.money(stands, 'full')}, to ", answered)

    def _ask_bound(self, model: "QuotaEditor", place: "Place", changing: "list[int]", wanted: "Amount") -> None:
        def answered(text: str) -> None:
            found = model.seek(place, changing, wanted, _share(text))
            grid = self.query_one(Grid)
            grid.end_range()
            grid.reload()
            if found is not None:
                self._show_found(found)

        count = "1 quota" if len(changing) == 1 else f"{len(changing):,} quotas"
        self.ask(f" {count} may change; each by at most (such as 10%; Enter: by any amount) ", answered)

    def _worked_out(self, model: "QuotaEditor", sheet: "Sheet", wanted: "Outcome | Preview") -> None:
        super()._worked_out(model, sheet, wanted)
        if isinstance(wanted, Preview):
            self._show_found(wanted)

    def _show_found(self, found: Preview) -> None:
        """Tell what a goal takes; it is pending like anything typed."""
        self.say(f"{found}. w saves, u drops it." if found.changes else f"{found}.", "warn")

    def action_steps(self) -> None:
        """List what is typed and what was saved."""
        from salestui.tui.screens.quota_steps import QuotaSteps

        if self._now is not None:
            self.app.push_screen(QuotaSteps(self._now.plan, self._now.draft, self._go_to_step))

    def _try(self, model: "QuotaEditor", act: "Callable[[], None]") -> None:
        """Do it, after a question where that takes quotas below zero; any other problem is the caller's."""
        try:
            act()
        except BelowZero as problem:
            self.call_next(self.confirm, str(problem), lambda: self._allow_below_zero(model, act))

    def _marked(self, model: "QuotaEditor") -> Cells:
        """The marked cells that quotas are behind, for a name its year; a Problem where nothing can be changed."""
        grid = self.query_one(Grid)
        cells = [cell for cell in grid.selected if model.editable(*cell)]
        if not cells:
            year = next(number for number, column in enumerate(model.columns) if column.key == model.view.spans[0].key)
            cells = [(row, year) for row, _ in grid.selected if model.editable(row, year)]
        if not cells:
            raise UsageProblem("Nothing can be typed here", remedy="Go to a number of a draft.")
        return cells


def _is_locked(model: "QuotaEditor", leaf: Leaf) -> bool:
    hold = model.sheet.holds.get(leaf)
    return hold is not None and hold.kind == "lock"


def _share(text: str) -> Rate | None:
    """A share such as 10%, 10 (per cent too) or 0.1; None for nothing."""
    plain_text = text.strip()
    if not plain_text:
        return None
    try:
        number = Rate.parse(plain_text.removesuffix("%").strip())
        is_percent = plain_text.endswith("%") or number >= Rate(1)
        share = Rate(number.decimal / 100) if is_percent else number
    except (ValueError, ArithmeticError) as error:
        raise UsageProblem(f"“{safe_line(plain_text)}” is no share", expected="a share such as 10%") from error
    if share <= Rate(0):
        raise UsageProblem("A share is above zero", expected="a share such as 10%")
    return share


_MEANINGS = {
    "in proportion": "to what stands there now",
    "evenly": "the same to each",
    "by last year": "to what each booked a year before",
    _CAPACITY: "to who holds each seat when, and how far along a ramp",
}
