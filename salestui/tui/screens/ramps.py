"""People › Ramps: the schedules by which the quotas of new people grow."""

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.errors import UsageProblem
from salestui.planning.adjusted import RampView, shares_of
from salestui.tui.actions.action import Need
from salestui.tui.actions.staffing import RAMPS
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import RowPage
from salestui.tui.screens.staffing_acts import USUAL_RAMP, StaffingActs, short
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Moved
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span

FIELDS: tuple[Field[RampView], ...] = (
    Field("name", "Ramp", width=24, frozen=True),
    Field("followers", "Followers", kind="number", show=show.count),
    Field("months", "Months", kind="number", value=lambda ramp: len(ramp.shares), show=show.count),
    Field("percents", "Per cent of the quota by month in the role", width=42),
)


class Ramps(StaffingActs[tuple[RampView, ...]], RowPage[tuple[RampView, ...]]):
    """The ramps there are."""

    MODE = "people"
    CONTEXT = RAMPS
    HELP = "the ramps by which the quotas of new people grow; r on a person's page puts them on one."
    CSS_PATH = sheet("people")

    def __init__(self) -> None:
        super().__init__()
        self._model: ListModel[RampView] = ListModel(
            (), FIELDS, key=lambda ramp: str(ramp.id), empty="There is no ramp yet. a adds one, such as 0 25 50 75 100."
        )

    def body(self) -> ComposeResult:
        """How many there are, and the ramps."""
        yield Lines(classes="summary")
        yield Grid(self._model)

    def read(self, view: View) -> tuple[RampView, ...]:
        """All of them."""
        return self._staffing.ramps(view)

    def show(self, reading: tuple[RampView, ...]) -> None:
        """Show them."""
        count = "1 ramp" if len(reading) == 1 else f"{len(reading)} ramps"
        self.query_one(".summary", Lines).show([(Span(" People › Ramps ", "strong"), Span(f" {count}", "muted"))])
        self._model.replace(reading)
        grid = self.query_one(Grid)
        grid.reload()
        if self.focused is None:
            grid.focus()
        self.refresh_bindings()

    @on(Moved)
    def dim(self) -> None:
        """Dim what cannot be done to the ramp under the cursor."""
        self.refresh_bindings()

    @property
    def _ramp(self) -> RampView | None:
        number = self._model.row_of(self.cursor) if self.cursor else None
        return None if number is None else self._model.row(number)

    def meets(self, need: Need) -> bool:
        """Whether there is a ramp, and whether nobody follows it."""
        ramp = self._ramp
        return ramp is not None and (need.name == "a ramp" or not ramp.followers)

    def action_add(self) -> None:
        """Ask for a name and the shares."""

        def named(name: str) -> None:
            if not name.strip():
                raise UsageProblem("A ramp needs a name", expected="a name such as New account executive")

            def shared(text: str) -> None:
                shares = shares_of(text or USUAL_RAMP)
                self._change(lambda: self._staffing.keep_ramp(name.strip(), shares))

            self.ask(f" per cent by month in the role [{USUAL_RAMP}]: ", shared)

        self.ask(" what is the ramp called: ", named)

    def action_edit(self) -> None:
        """Ask for other shares."""
        ramp = self._ramp
        if ramp is None:
            return

        def shared(text: str) -> None:
            shares = shares_of(text)
            self._change(lambda: self._staffing.keep_ramp(ramp.name, shares, ramp))

        self.ask(f" per cent by month of {short(ramp.name)}: ", shared, text=ramp.percents)

    def action_rename(self) -> None:
        """Ask for another name."""
        ramp = self._ramp
        if ramp is not None:
            self.ask(
                " called: ",
                lambda name: self._change(lambda: self._staffing.keep_ramp(name, ramp.shares, ramp)),
                text=ramp.name,
            )

    def action_drop(self) -> None:
        """Drop the ramp, after a question."""
        ramp = self._ramp
        if ramp is not None:
            self.confirm(
                f"Drop the ramp {short(ramp.name)}?", lambda: self._change(lambda: self._staffing.drop_ramp(ramp))
            )
