"""What is done beside quotas: targets, figures from below, and the pages about a number and about the figures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered, plain
from salestui.model.values.errors import Problem, UsageProblem
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.handing_in import figures, target_entered
from salestui.planning.quotas.sheet import Leaf
from salestui.tui.screens.doubt import make_sure
from salestui.tui.screens.picker import Picker
from salestui.tui.screens.quota_acts import ActingOnQuotas
from salestui.tui.screens.quota_amount import amount_in, typed_amount
from salestui.tui.screens.quota_drafts import Opened
from salestui.tui.screens.quota_levels import BESIDE
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_beside import QuotaBesideSource
from salestui.tui.widgets.choices import Choice
from salestui.tui.widgets.grid.messages import EntryAsked
from salestui.tui.widgets.grid.widget import Grid

if TYPE_CHECKING:
    from salestui.planning.quotas.rules.ways import Way
    from salestui.tui.screens.quota_editor import QuotaEditor

_AS_IT_STANDS = "as it stands"


class BesideQuotas(ActingOnQuotas):
    """The part of the quotas' screen that does what is done beside them."""

    def action_details(self) -> None:
        """Open the page about the number under the cursor."""
        from salestui.planning.quotas.queries.cell import At
        from salestui.tui.screens.quota_cell import QuotaCell

        model, row, span = self._here()
        node, column = model.sheet.nodes[row], model.sheet.spans[span]
        self.app.push_screen(QuotaCell(At(node.key, column.first, column.last), node.label, column.label))

    def action_submissions(self) -> None:
        """Open the list of what was handed in."""
        from salestui.tui.screens.quota_submissions import QuotaSubmissions

        self.app.push_screen(QuotaSubmissions())

    def action_beside(self) -> None:
        """Show the columns beside the year, or put them away."""
        grid = self.query_one(Grid)
        grid.hide(grid.hidden - BESIDE if grid.hidden >= BESIDE else grid.hidden | BESIDE)

    def action_target(self) -> None:
        """Ask for the target of the team under the cursor."""
        self._ask_target("")

    def on_grid_entry_asked(self, event: EntryAsked) -> None:
        """Go on with a target that is typed in its column."""
        try:
            self._ask_target(event.text)
        except Problem as problem:
            self.say(str(problem), "warn")

    def _ask_target(self, begun: str) -> None:
        model, row, span = self._here()
        key = model.levels.key(row, span)
        if key is None:
            raise UsageProblem("A target stands beside a team's sum", remedy="Go to a team's row; a seat has quotas.")
        opened, current, told = self._opened_now(), model.levels.target(row, span), self._told(model, row, span)
        amount = None if current is None else current.amount
        kept = model.around.targets.get(key)
        stood = None if kept is None or kept.from_objective else kept.amount

        def answered(text: str) -> None:
            wanted = target_entered(model.sheet, row, span, text, amount, model.around_it(), model.step)
            make_sure(self, wanted, model.sheet.value(row, span) if amount is None else amount, lambda: set_it(wanted))

        def set_it(wanted: Amount | None) -> None:
            self.shell.change(
                lambda: self._beside.set_quota_target(opened.plan, key, wanted, stood, told), "quota targets"
            )

        own = current is not None and not current.from_objective
        self.ask(f" Target of {told}: ", answered, text=plain(amount) if own and not begun else "", begun=begun)

    def action_hand_in(self) -> None:
        """Ask how to hand figures in, for the seat under the cursor: as they stand, or an amount spread over them."""
        model, row, span = self._here()
        self._seat(model, row)
        by_last_year = ways.last_year(model.last_year, model.view.before)
        offered: list[Way | None] = [None, ways.PROPORTION, by_last_year, ways.EVEN]
        stands = model.sheet.value(row, span)
        if model.sheet.is_leaf(row, span):
            self._ask_figure(row, span, ways.EVEN)
            return

        def chosen(value: str | None) -> None:
            if value is None:
                return
            if amount := amount_in(value):
                self._ask_figure(row, span, ways.PROPORTION, amount)
                return
            way = offered[int(value)]
            if way is None:
                self._ask_note(row, span, figures(model.sheet, row, span, None))
            else:
                self._ask_figure(row, span, way)

        first = Choice("0", f"{_AS_IT_STANDS}, {show.money(stands, 'full')}", "what is in the row now")
        others = [Choice(str(n), f"an amount {way.name}", _MEANINGS[way.name]) for n, way in enumerate(offered) if way]
        title = f"Hand in for {self._told(model, row, span)}: what?"
        self.app.push_screen(
            Picker(title, [first, *others] if stands is not None else others, typed=typed_amount), chosen
        )

    def action_withdraw(self) -> None:
        """Take back what was handed in under the cursor."""
        model, row, span = self._here()
        seat, opened, told = self._seat(model, row), self._opened_now(), self._told(model, row, span)
        leaves = [Leaf.of(key) for key in model.sheet.keys(row, span) if key in model.around.submissions]
        if not leaves:
            raise UsageProblem(f"Nothing is handed in for {told}")
        self.shell.change(lambda: self._beside.withdraw_quotas(opened.plan, seat, leaves, told), "quota locks")

    def _ask_figure(self, row: int, span: int, way: "Way", known: str = "") -> None:
        model = self._editor()
        stands = model.sheet.value(row, span)

        def answered(text: str) -> None:
            total = entered(text, stands, model.step)
            if total is None:
                raise UsageProblem("There is no figure to hand in", expected="an amount, such as 1.2m")
            found = figures(model.sheet, row, span, total, way, step=model.step)
            self.call_next(make_sure, self, total, stands, lambda: self._ask_note(row, span, found))

        lead = f" {self._told(model, row, span)}, handed in: "
        if known:
            self.take(lead, answered, known)
        else:
            self.ask(lead, answered, text=plain(stands))

    def _ask_note(self, row: int, span: int, found: Mapping[Leaf, Amount]) -> None:
        model, opened = self._editor(), self._opened_now()
        seat, told, draft = self._seat(model, row), self._told(model, row, span), opened.draft
        base = {leaf: _amount(draft.stands.get(leaf, model.sheet.at(leaf))) for leaf in found}

        def hand_in(note: str) -> str:
            done = self._beside.hand_in_quotas(opened.plan, seat, found, base, note, told)
            self.app.call_from_thread(self._handed_in, opened, found)
            return done

        def answered(note: str) -> None:
            self.shell.change(lambda: hand_in(note), "quotas", failed=self._not_handed_in)

        total = show.money(Amount.sum(found.values()), "full")
        self.ask(f" {told}, {total}; note (Enter: none): ", answered)

    def _handed_in(self, opened: Opened, found: Mapping[Leaf, Amount]) -> None:
        """These stand in the plan now, whatever was typed there before."""
        opened.draft.rebase_many({leaf: amount.units for leaf, amount in found.items()}, ())
        self._keep_later(opened)
        self.tell()

    def _not_handed_in(self, problem: Problem) -> None:
        self.shell.say(str(problem), "bad")
        self._to_read_whole = True
        self.read_again()

    def _here(self) -> "tuple[QuotaEditor, int, int]":
        """The sheet, and the row and the column of it under the cursor: for a name, the year."""
        model, grid = self._editor(), self.query_one(Grid)
        cursor = grid.cursor
        if cursor is None:
            raise UsageProblem("There is nobody here yet", remedy="Load seats with: salestui import FOLDER")
        column = next(number for number, each in enumerate(model.columns) if each.key == cursor[1])
        return model, model.row(grid.row), model.span_of(column)

    def _editor(self) -> "QuotaEditor":
        if self._model is None:
            raise UsageProblem("The quotas are still being read")
        return self._model

    def _opened_now(self) -> Opened:
        if self._now is None:
            raise UsageProblem("There is no plan for this year yet", remedy="B begins one.")
        return self._now

    @property
    def _beside(self) -> QuotaBesideSource:
        return source_of(self, QuotaBesideSource)

    def _seat(self, model: "QuotaEditor", row: int) -> int:
        node = model.sheet.nodes[row]
        kind, _, rest = node.key.partition(":")
        if kind != "seat":
            raise UsageProblem("Figures are handed in for a seat", remedy="Go to a seat's row, not a team's.")
        return int(rest.partition(":")[0])

    def _told(self, model: "QuotaEditor", row: int, span: int) -> str:
        return f"{model.sheet.nodes[row].label} {model.sheet.spans[span].label}"


def _amount(units: int | None) -> Amount | None:
    return None if units is None else Amount.from_units(units)


_MEANINGS = {
    "in proportion": "to what stands there now",
    "evenly": "the same to each month",
    "by last year": "to what was booked a year before",
}
