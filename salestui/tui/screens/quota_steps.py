"""The story of a quota plan: the steps that are typed and not saved, then its saved changes, the newest first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from salestui.planning.quotas.draft import Draft
from salestui.planning.quotas.queries.changes import Saved
from salestui.planning.quotas.standing import Plan
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.quota_formula import formula_first
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.footer import Hint
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span

_OPEN = "open"
_FINAL = {"submission": "submitted", "approval": "approved", "publication": "published", "return": "returned"}
_KINDS = {"edit": "saved", "import": "imported", "undo": "undone", "redo": "redone", **_FINAL}


class Line(NamedTuple):
    """A line of the story."""

    key: str
    state: str
    what: str
    who: str = ""
    at: datetime | None = None
    step: int | None = None
    """So many steps are done once one has gone back to this one; None for what is saved."""
    inner: bool = False


def _tone(line: Line) -> Tone:
    return "muted" if line.state == "undone" or line.inner else "normal"


LINES: tuple[Field[Line], ...] = (
    Field("state", "", width=9, tone=_tone),
    Field("at", "When", width=12, value=lambda line: line.at or "", show=lambda at: f"{at:%d %b %H:%M}" if at else ""),
    Field("who", "Who", width=10),
    Field("what", "What", tone=_tone),
)


class QuotaSteps(BaseScreen[Sequence[Saved]]):
    """A page over the quotas; Esc leaves it."""

    MODE = "planning"
    HELP = "what was done to this plan, the newest first. Enter on a step that is not saved goes back to it."
    READS = frozenset({"quotas", "quota locks", "quota targets"})
    CSS_PATH = sheet("planning")

    def __init__(self, plan: Plan, draft: Draft, go_to_step: Callable[[int], None]) -> None:
        """`go_to_step` is told how many steps are to be done."""
        super().__init__()
        self._plan, self._draft, self._go_to_step = plan, draft, go_to_step
        self._model: ListModel[Line] = ListModel(
            (), LINES, key=lambda line: line.key, empty="Nothing was changed in this plan yet."
        )

    def body(self) -> ComposeResult:
        """Whose story this is, and the story."""
        yield Lines(classes="title")
        yield Grid(self._model)

    def read(self, view: View) -> Sequence[Saved]:
        """What was saved."""
        return source_of(self, QuotasSource).saved_changes(self._plan)

    def show(self, reading: Sequence[Saved]) -> None:
        """Show it below what is typed."""
        self._model.replace([*_typed(self._draft), *_saved(reading)])
        where, pending = Span(f" {self._plan.label} ", "strong"), len(self._draft.pending)
        told = f" {pending:,} unsaved" if self._draft.steps else " all saved"
        self.query_one(".title", Lines).show([(where, Span("· what was done, the newest first ·"), Span(told))])
        grid = self.query_one(Grid)
        grid.reload()
        grid.focus()

    def _hints(self) -> list[Hint]:
        """What Enter does here comes first."""
        hints = super()._hints()
        enter = [hint._replace(word="go back to the step") for hint in hints if hint.word == _OPEN]
        return [*enter, *(hint for hint in hints if hint.word != _OPEN)] if self._draft.steps else hints

    @on(Chosen)
    def go_back_to(self, event: Chosen) -> None:
        """Go back to a typed step, or forward to one that was undone."""
        line = self._model.row(self.query_one(Grid).row)
        if line.step is None:
            self.say("This is saved: u undoes your last change, where nothing is typed.", "warn")
            return
        self._go_to_step(line.step)
        self.app.call_later(self.shell.action_leave)


def _typed(draft: Draft) -> list[Line]:
    """The steps, the last first, and where they began."""
    steps = [
        Line(f"step {number}", "unsaved" if told.done else "undone", formula_first(str(told)), step=number)
        for number, told in enumerate(draft.story, 1)
    ]
    beginning = (
        [Line("step 0", "", "as it is saved, before these steps", step=draft.saving, inner=True)] if steps else []
    )
    return [*steps[::-1], *beginning]


def _saved(changes: Sequence[Saved]) -> list[Line]:
    """The changes, each with the steps that it was made of below it."""
    lines: list[Line] = []
    for change in changes:
        state = _KINDS.get(change.kind, change.kind)
        lines.append(Line(f"change {change.number}", state, change.what, change.who, change.at))
        lines += [
            Line(f"change {change.number}.{number}", "", f"  {formula_first(told)}", inner=True)
            for number, told in enumerate(change.story, 1)
        ]
    return lines
