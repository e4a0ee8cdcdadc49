"""Planning › Quotas: seats by months. What is typed moves every sum, and is a draft until it is saved as one change."""

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult

from salestui.model.values.errors import Problem, UsageProblem
from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.standing import Plan
from salestui.tui.actions.action import Need
from salestui.tui.actions.planning import QUOTAS
from salestui.tui.messages import Changed, ViewChanged
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import CellPage
from salestui.tui.screens.quota_acts import AROUND
from salestui.tui.screens.quota_beginning import begin_version
from salestui.tui.screens.quota_drafts import Opened, Reading
from salestui.tui.screens.quota_editor import LARGE, QuotaEditor
from salestui.tui.screens.quota_levels import BESIDE
from salestui.tui.screens.quota_outline import MANY_ROWS, OutlineModel
from salestui.tui.screens.quota_text import changes, standing, title
from salestui.tui.screens.quota_typing import no_draft
from salestui.tui.screens.quota_watch import WatchingQuotas
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.model import GridModel
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines

_AGAIN_SECONDS = 0.1


class Quotas(WatchingQuotas, CellPage[Reading]):
    """The quota sheet of a fiscal year."""

    MODE = "planning"
    CONTEXT = QUOTAS
    HELP = "quotas by seat and month. Type into a draft; every sum follows, and what you type on a sum is spread."
    WORDS = (
        ("≠", "the sum holds quotas that count for another team by now, or lacks some that count here: i tells whose"),
        ("•", "typed and not saved yet"),
        ("⚿ ↥ ▪", "locked with L; handed in with H; of a closed month: they hold while sums are spread"),
        ("▼ ▲", "below its target, above it; i tells by how much"),
        ("⇄", "you and somebody else have changed it"),
    )
    READS = frozenset({"quotas", "organisation"}) | AROUND
    CSS_PATH = sheet("planning")
    _begin_once_read = False

    def body(self) -> ComposeResult:
        """Which plan this is, and the sheet."""
        yield Lines(classes="title")
        grid = Grid(ListModel((), (Field("name", "Seat"),), key=str, empty=""), cursor="cell", status=True)
        grid.hide(BESIDE)
        yield grid

    def read(self, view: View) -> Reading:
        """The year's latest plan; a draft of it that is not in memory from its file."""
        source = source_of(self, QuotasSource)
        whole = self._to_read_whole or self._read_through != view or self._model is None
        known = None if whole or self._model is None else self._model.view
        if known is not None and known.plan is not None:
            return Reading(None, None, source.surroundings(view, known))
        self.note_latest()
        if self._read_through != view:
            outline = source.quota_outline(view, MANY_ROWS)
            if outline is not None:
                self.app.call_from_thread(self._show_outline, view, OutlineModel(outline))
        self._read_through = view
        found = source.quotas(view)
        around = source.surroundings(view, found)
        model = QuotaEditor(found, around, self._edited, self._work_out, self.shell.company.currency)
        if found.plan is None or found.plan.id in self._opened:
            return Reading(model, None, around)
        folder = self.shell.state_folder
        draft = source.kept_draft(folder, found.plan)
        return Reading(model, draft, around, source.kept_cell(folder, found.plan))

    def _show_outline(self, view: View, model: OutlineModel) -> None:
        """Show the sums of seats until the quotas are there."""
        if view == self.shell.view:
            self.stand_in()
            self._model, self._outline = None, model
            grid = self.query_one(Grid)
            grid.model = model
            grid.focus()
            if model.plan is not None:
                self.query_one(".title", Lines).show([standing(model.plan)])

    def on_view_changed(self, event: ViewChanged) -> None:
        """Read through the new view."""
        self._to_read_whole = True
        super().on_view_changed(event)

    def on_changed(self, event: Changed) -> None:
        """Read again what matters here: all of it, unless only what stands around the quotas has changed."""
        self._to_read_whole = self._to_read_whole or not event.subjects or not event.subjects <= AROUND
        super().on_changed(event)

    def show(self, reading: Reading) -> None:
        """Show it, with what is typed laid over it."""
        grid, model = self.query_one(Grid), reading.model
        if model is None:
            if self._model is not None:
                self._model.surround(reading.around)
                grid.reload()
                self.tell()
            return
        if self.is_working:
            self.set_timer(_AGAIN_SECONDS, lambda: self.show(reading))
            return
        view = model.view
        self._now, self._to_read_whole = None, False
        if view.plan is not None:
            self._now = self._opened.setdefault(view.plan.id, Opened(view.plan, reading.draft or Draft()))
            self._now.plan = view.plan
        told = self._carry_over(view)
        if self._now is not None and len(self._now.draft.base) >= LARGE:
            self._follow_apart(model, self._now.draft, lambda: self._turn_to(reading, model, told))
            return
        if self._now is not None:
            model.follow(self._now.draft)
        self._turn_to(reading, model, told)

    def _turn_to(self, reading: Reading, model: QuotaEditor, told: str) -> None:
        """Show the sheet that was read, and say what there is to say of it."""
        grid, view, before = self.query_one(Grid), model.view, self._outline or self._model
        self._model = model
        if before is not None and _keys(before) == _keys(model):
            model.arrange_like(before)
            grid.exchange(model)
        else:
            grid.model = model
        outline, self._outline = self._outline, None
        told = (self._take_waiting(model, outline) if outline else "") or told
        if self.focused is None:
            self.set_focus(grid, scroll_visible=False)
        self.tell()
        if self._begin_once_read:
            self._begin_once_read = False
            self.call_later(self.action_begin)
        if view.plan is not None and (reading.draft is not None or reading.cell is not None):
            self.shell.take_left(view.plan.label)
        if reading.draft is not None and reading.draft.pending:
            told = f"{changes(len(reading.draft.pending))} not saved last time: here again, marked •."
        if reading.cell is not None:
            told = " ".join(filter(None, (told, self._type_on(reading.cell))))
        elsewhere = [left for left in self.shell.lefts if left.year != view.year.label]
        if not told and elsewhere:
            told = f"{elsewhere[0]}: :period {elsewhere[0].year} goes there."
        if told:
            self.say(told, "warn")
        self.tell_of_others()

    def _take_waiting(self, model: QuotaEditor, outline: OutlineModel) -> str:
        """Type what was typed before the quotas were there; answers what could not be."""
        refused: list[str] = []
        for entry in outline.waiting:
            keys = [column.key for column in model.columns]
            cells = [(row, keys.index(column)) for key, column in entry.cells if (row := model.row_of(key)) is not None]
            try:
                model.enter([cell for cell in cells if model.editable(*cell)], entry.text)
            except Problem as problem:
                refused.append(f"“{entry.text}” was not taken. {problem}")
        if outline.waiting:
            self.query_one(Grid).reload()
        return " ".join(refused)

    def tell(self) -> None:
        """Say how the plan stands, and what is not saved."""
        if self._model is None:
            return
        self.query_one(".title", Lines).show([title(self._model, self.unsaved, self._unsaved_in, self.size.width)])
        self.shell.tell_unsaved("g q", sum(len(opened.draft.pending) for opened in self._opened.values()))
        self.refresh_bindings()

    @property
    def _unsaved_in(self) -> str:
        """The other version of this year that all of it was typed into, if so."""
        behind = [] if self._model is None else self._behind(self._model.view)
        return behind[0].plan.label if len(behind) == 1 and len(behind[0].draft.pending) == self.unsaved else ""

    def refusal(self, method: str) -> str:
        """As ever; where something is typed into another version, what becomes of it."""
        reason = super().refusal(method)
        if reason and method == "save" and self._model is not None:
            return self._told_behind(self._model.view) or reason
        return reason

    @property
    def unsaved(self) -> int:
        """How many quotas are typed and not saved, in every plan that was opened."""
        return sum(len(opened.draft.pending) for opened in self._opened.values())

    def on_resize(self) -> None:
        """Use the width there is."""
        self.tell()

    def meets(self, need: Need) -> bool:
        """Whether there is something to save, a draft to publish, or a version to begin."""
        pending = self._now is not None and bool(self._now.draft.pending) and not self._now.draft.saving
        pending = pending and not self.is_working
        conditions = {
            "pending": pending,
            "typed": bool(self.unsaved) and not self.is_saving,
            "draft": self.is_draft,
            "no draft": not self.is_draft,
            "plan": self._now is not None,
        }
        return conditions[need.name]

    @on(Chosen)
    def tell_how_to_edit(self) -> None:
        """Say why nothing can be typed here."""
        why = None if self._model is None else no_draft(self._model.view.plan)
        if why is not None:
            self.say(str(why), "warn")

    def _edited(self, notes: Sequence[str]) -> None:
        if self._now is not None:
            self._keep_later(self._now)
        self.tell()
        if notes:
            told = "; ".join(notes)
            self.say(f"{told[:1].upper()}{told[1:]}.", "muted")

    async def action_begin(self) -> None:
        """Begin a new version of this year's plan; while it is being read, once it is there."""
        if self._model is None:
            self._begin_once_read = True
            return
        view = self._model.view
        await begin_version(self, view.year.fiscal_year, is_first=view.plan is None)

    def action_publish(self) -> None:
        """Put the draft into force, by all steps there are, once it is said why."""
        opened = self._now
        if opened is None:
            return
        if opened.draft.pending:
            self.say(f"{changes(len(opened.draft.pending))} not saved yet: save first, with w.", "warn")
            return

        def answered(why: str) -> None:
            if not why.strip():
                raise UsageProblem("All steps at once need a why", expected="a few words for others to read")
            self._publish(opened.plan, why.strip())

        self.ask(f" Submit, approve and publish {opened.plan.label}; undo ends there. Why: ", answered)

    def _publish(self, plan: Plan, why: str) -> None:
        def refused(problem: Problem) -> None:
            """It may have come some of the way."""
            self.shell.changed("quotas")
            self.shell.say(str(problem), "bad")

        self.shell.change(lambda: source_of(self, QuotasSource).publish_quotas(plan, why), "quotas", failed=refused)

    def action_discard(self) -> None:
        """Drop everything typed into this year and not saved, after a question."""
        if self._model is None:
            return
        here = [self._now] if self._now is not None and self._now.draft.pending else []
        dropped = {opened.plan.id: opened for opened in (*here, *self._behind(self._model.view))}
        if dropped:
            count = changes(sum(len(opened.draft.pending) for opened in dropped.values()))
            self.confirm(f"Drop {count} not saved?", lambda: self._discard(dropped.values()))
        else:
            self.say(f"Nothing is typed into {self._model.view.year.label} that is not saved.", "warn")

    def _discard(self, dropped: Iterable[Opened]) -> None:
        for opened in dropped:
            opened.draft = Draft()
            self._keep_later(opened)
        self.tell()
        self.read_whole_again()


def _keys(model: GridModel) -> list[str]:
    """The columns of a sheet, without those beside the year."""
    return [column.key for column in model.columns if column.key not in BESIDE]
