"""Typing into the quota sheet: entries, fills, pastes and spreads, each a step of the draft."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.entry import entered, is_change
from salestui.model.values.errors import UsageProblem
from salestui.model.values.rate import Rate
from salestui.planning.quotas.queries.around import Surroundings
from salestui.planning.quotas.queries.plan import PlanView
from salestui.planning.quotas.rules import ways
from salestui.planning.quotas.rules.entry import Meaning, entry
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.rules.goal import Preview, seek
from salestui.planning.quotas.rules.outcome import STEP, Outcome
from salestui.planning.quotas.rules.ranges import behind, fill, pasted, spread_over
from salestui.planning.quotas.rules.ways import Way
from salestui.planning.quotas.sheet import Sheet
from salestui.tui.screens.quota_levels import LevelledQuotas
from salestui.tui.screens.quota_pasting import as_typed, figures_of, without

Place = tuple[int, int]
"""A row and a column of the sheet."""
Edited = Callable[[Sequence[str]], None]
"""Told after every change, with what there is to say of it."""
Changing = Callable[[Sheet], Collection[int]]
"""Takes back or makes again steps of the draft on a sheet; answers the leaves that they set."""
Worked = Callable[[], Outcome | Preview]
"""Works out what is to be changed, from the sheet alone."""
LARGE = 20_000
"""So many quotas are worked out in a thread."""
_LARGE_TABLE = 5_000
"""A table of so many texts is read in a thread too."""
_NAMES = "ly left above target submitted before avg(row) sum(col) right below max(children) round(x,1k)"


def told_of(wanted: Outcome | Preview) -> Sequence[str]:
    """What there is to say of what was worked out: also that it is what stands there already."""
    return wanted.notes or (() if wanted.changes else ("nothing changed: this stands there already",))


class QuotaEditor(LevelledQuotas):
    """The sheet, to be typed into while the plan is a draft.

    Every number is spread over what it is the sum of. Where a range holds sums and their parts, the parts are meant.
    """

    def __init__(
        self,
        view: PlanView,
        around: Surroundings,
        edited: Edited,
        work_out: Callable[[str, Worked], None],
        currency: str = "",
    ) -> None:
        """`work_out` is told what takes a while, and does it in a thread; amounts are in `currency`."""
        super().__init__(view, around)
        self._work_out, self._currency = work_out, currency
        self.working = ""
        """What is being worked out, if anything is: nothing else is taken until then."""
        self._edited = edited
        self.below_zero = False
        """Whether quotas below zero are meant; else they are asked about."""

    @property
    def step(self) -> Amount:
        """What sums are spread in."""
        return STEP if self.view.plan is None else self.view.plan.step

    @property
    def expression_names(self) -> str:
        """What an expression may read."""
        return _NAMES

    def enter(self, cells: Sequence[tuple[int, int]], text: str) -> None:
        """Type into cells; a sum is spread over what it is the sum of."""
        around = self.around_it() if text.lstrip().startswith("=") else None
        if around is None and not is_change(text):
            text = as_typed([[text]], self._currency)[0][0]
        places = self.places(cells)
        self._act(
            f"{self.named(cells)} to {text.strip() or show.NOTHING}",
            places,
            lambda: entry(self.sheet, places, text, around=around, step=self.step, below_zero=self.below_zero),
        )

    def clear(self, cells: Sequence[tuple[int, int]]) -> None:
        """No quota there, which is not a quota of nothing."""
        self.enter(cells, "")

    def fill(self, rows: Sequence[int], columns: Sequence[int], direction: Literal["down", "right"]) -> None:
        """Fill cells with the first of them downwards, or to the right; sums of others among them follow."""
        places = self.places([(row, column) for row in rows for column in columns])
        lines = list(dict.fromkeys(row for row, _ in places))
        spans = list(dict.fromkeys(span for _, span in places))
        self._act(
            f"{self.named([(rows[0], columns[0])])} filled {direction}",
            places,
            lambda: fill(self.sheet, lines, spans, direction, step=self.step, below_zero=self.below_zero),
        )

    def paste(self, row: int, columns: Sequence[int], table: Sequence[Sequence[str]]) -> None:
        """Type a table of texts, its first into this cell, or beside their names and under their titles."""
        self.check_draft()
        if self.is_beside(columns[0]):
            raise self.why_not(row, columns[0])
        rows = [self.row(below) for below in range(row, self.row_count)]
        found = figures_of(table, [self.sheet.nodes[node].label for node in rows], columns, self.columns)
        found = without(found, [column for column in found.columns if self.is_beside(column)])
        spans = [column - 1 for column in found.columns]

        def work_out() -> Outcome:
            texts = as_typed(found.table, self._currency)
            return pasted(self.sheet, rows, spans, texts, found.origin, step=self.step, below_zero=self.below_zero)

        few = found.table if sum(map(len, found.table)) < _LARGE_TABLE else ()
        self._act(
            f"{self.named([(row, found.columns[0])])}: a table pasted",
            [(below, span) for below, line in zip(rows, few, strict=False) for span in spans[: len(line)]],
            work_out,
            apart=not few,
        )

    def spread(self, cells: Sequence[tuple[int, int]], total: Amount, way: Way) -> None:
        """Make everything behind the cells sum to a total, spread by a way."""
        places = self.places(cells)
        self._act(
            f"{self.named(cells)}: {show.money(total, 'full')} spread {way.name}",
            places,
            lambda: spread_over(self.sheet, places, total, way, step=self.step, below_zero=self.below_zero),
        )

    def total(self, cells: Sequence[tuple[int, int]]) -> Amount | None:
        """What stands behind the cells together; None where there is no quota."""
        known = [amount for place in self.places(cells) if (amount := self.sheet.value(*place)) is not None]
        return Amount.sum(known) if known else None

    def meant(self, cells: Sequence[tuple[int, int]], text: str, stands: Amount | None) -> Amount | None:
        """What a text stands for in place of what `stands` there; for one cell it may be an expression."""
        places = self.places(cells)
        if len(places) != 1 or not text.lstrip().startswith("="):
            return entered(text, stands, self.step)
        units = Meaning(self.sheet, text, self.around_it(), self.step).at(*places[0])
        return None if units is None else Amount.from_units(units)

    def _act(self, what: str, places: Collection[Place], work_out: Worked, *, apart: bool = False) -> None:
        """Make a step of what is worked out: at once, or where it is very much, or `apart`, in a thread."""
        self.check_idle()
        self.check_draft()
        if apart or sum(self.sheet.count(*place) for place in places) >= LARGE:
            self._work_out(what, work_out)
        else:
            self.take(what, work_out())

    def check_idle(self) -> None:
        """UsageProblem while something is being worked out."""
        if self.working:
            raise UsageProblem(f"Still working out: {self.working}", remedy="Wait a moment, then do it again.")

    def status_at(self, row: int, column: int, *, marked: bool) -> str:
        """What is being worked out; else as before."""
        return f"working out {self.working} …" if self.working else super().status_at(row, column, marked=marked)

    def change_apart(self, changing: Changing) -> Sheet:
        """Make a change on a copy of the sheet, which is shown once it is handed to `lay`; not on the event loop."""
        sheet = self.sheet.copy()
        self.marks.touch(changing(sheet))
        return sheet

    def turn_to(self, sheet: Sheet) -> None:
        """Show another sheet, and beside it what goes with its numbers."""
        self.sheet = sheet
        self.levels.lie_on(sheet)

    def lay(self, sheet: Sheet, notes: Sequence[str]) -> None:
        """Show a sheet that was changed apart."""
        self.turn_to(sheet)
        self.working = ""
        self.marks.lie_on(sheet)
        self._edited(notes)

    def take(self, what: str, wanted: Outcome | Preview) -> None:
        """Make a step of what was worked out."""
        self.check_idle()
        if wanted.changes:
            self.draft.take(what, wanted.changes, self.sheet)
            self.marks.touch(wanted.changes)
        self._edited(told_of(wanted))

    def draft_changed(self, leaves: Collection[int]) -> None:
        """Steps were taken back, or made again: mark what is pending now of these leaves."""
        self.marks.touch(leaves)
        self._edited(())

    def around_it(self) -> Around:
        """What an expression reads besides the sheet."""
        order = [self.row(row) for row in range(self.row_count)]
        return Around(
            self.last_year.value,
            self.target,
            self.levels.submitted,
            self.marks.before,
            order,
            self.view.before,
            ways.last_year(self.last_year, self.view.before),
        )

    def goal(self, cells: Sequence[tuple[int, int]]) -> tuple[Place, list[int]]:
        """The sum that these cells are to bring to a goal, and the quotas behind them, which may change for it.

        Of one cell its own sum; of several the lowest row and the shortest column that hold them all.
        """
        places = self.places(cells)
        if len(places) == 1:
            return places[0], self.sheet.keys(*places[0])
        changing = list(behind(self.sheet, places))
        row = self._common({row for row, _ in places})
        first = min(self.sheet.spans[span].first for _, span in places)
        last = max(self.sheet.spans[span].last for _, span in places)
        around = [n for n, span in enumerate(self.sheet.spans) if span.first <= first and last <= span.last]
        return (row, min(around, key=lambda number: len(self.sheet.spans[number].months))), changing

    def _common(self, rows: Collection[int]) -> int:
        """The lowest row that all these are under, or are."""
        lines = [self._line(row) for row in rows]
        shared = set(lines[0]).intersection(*lines)
        if not shared:
            raise UsageProblem("What is marked has no sum in common", remedy="Mark rows of one team.")
        return max(shared)

    def _line(self, row: int) -> list[int]:
        found = [row]
        while (above := self.sheet.nodes[found[-1]].parent) is not None:
            found.append(above)
        return found

    def seek(self, place: Place, changing: Collection[int], wanted: Amount, most: Rate | None) -> Preview | None:
        """Bring a sum to a goal by changing these quotas alone; None where that takes a while, in a thread."""
        row, span = place
        bound = "" if most is None else f", none by more than {show.percent(most.decimal, 1)}"
        what = f"{self.sheet.nodes[row].label} {self.sheet.spans[span].label} to {show.money(wanted, 'full')}{bound}"

        def work_out() -> Preview:
            return seek(self.sheet, place, wanted, changing, most, step=self.step)

        self.check_idle()
        if len(changing) >= LARGE:
            self._work_out(what, work_out)
            return None
        found = work_out()
        self.take(what, found)
        return found
