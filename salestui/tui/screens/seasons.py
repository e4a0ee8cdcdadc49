"""Planning › Seasons: the shapes of a year, measured or typed, with a bar chart of the one under the cursor."""

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult

from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.planning.scopes import PlanScope, named_scope
from salestui.planning.seasons.queries import MOST_YEARS, USUAL_YEARS, Profile
from salestui.planning.seasons.rules import checked, parse_weights, profile_name
from salestui.tui import commands
from salestui.tui.actions.action import Need
from salestui.tui.actions.objectives import SEASONS
from salestui.tui.navigation import View
from salestui.tui.screens.on_a_table import CellPage
from salestui.tui.screens.season_model import Pending, SeasonModel, bar_rows, pending_of
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.seasons import SeasonsReading, SeasonsSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.widget import Grid
from salestui.tui.widgets.lines import Lines, Span

_SUBJECT = "seasons"
_PLACES = tuple(f"P{number:02}" for number in range(1, 13))


class Reading(NamedTuple):
    """The profiles, and what was typed and not saved last time."""

    seasons: SeasonsReading
    kept: Pending | None


class Seasons(CellPage[Reading]):
    """The seasonal profiles."""

    MODE = "planning"
    CONTEXT = SEASONS
    HELP = "the shapes of a year that spread it over its months: twelve weights that sum to 100."
    READS = frozenset({_SUBJECT})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._shown: SeasonsReading | None = None
        self._model = SeasonModel(_PLACES, self._edited)
        self._kept_was_read = self._is_kept = False
        self._saving = False

    def body(self) -> ComposeResult:
        """How many there are, the profiles, and the bars of one."""
        yield Lines(classes="title")
        yield Grid(self._model, cursor="cell", status=True)
        yield Lines(classes="bars")

    def read(self, view: View) -> Reading:
        """All profiles, and at first what was typed before the app was left."""
        source = source_of(self, SeasonsSource)
        kept = None if self._kept_was_read else source.kept_weights(self.shell.state_folder, pending_of)
        return Reading(source.seasons(view), kept)

    def show(self, reading: Reading) -> None:
        """Show them, with what is typed laid over them."""
        self._shown = seasons = reading.seasons
        grid = self.query_one(Grid)
        if self._model.months != seasons.months:
            model = SeasonModel(seasons.months, self._edited)
            model.pending = self._model.pending
            model.show(seasons.profiles)
            self._model = model
            grid.model = model
        if not self._kept_was_read and reading.kept is not None:
            self._model.pending |= reading.kept
            self._is_kept = True
            self.say("Weights typed last time and not saved: here again, marked •.", "warn")
        self._kept_was_read = True
        self._model.show(seasons.profiles)
        grid.reload()
        if self.focused is None:
            grid.focus()
        self._tell()

    def _edited(self) -> None:
        self._tell()

    def _tell(self) -> None:
        count = len(self._shown.profiles) if self._shown else 0
        what = "1 seasonal profile" if count == 1 else f"{count} seasonal profiles"
        self.query_one(".title", Lines).show([(Span(" Planning › Seasons ", "strong"), Span(f" {what}", "muted"))])
        self.shell.tell_unsaved("g s", len(self._model.pending))
        self._draw_bars()
        self.refresh_bindings()

    @on(Grid.Moved)
    def _draw_bars(self) -> None:
        profile = self._profile
        rows = [] if profile is None else bar_rows(self._model.weights(profile), self._model.months, self.size.width)
        self.query_one(".bars", Lines).show(rows)

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw_bars()

    @property
    def _profile(self) -> Profile | None:
        """The profile under the cursor."""
        number = self._model.row_of(self.row_key) if self.cursor else None
        return None if number is None else self._model.row(number)

    def meets(self, need: Need) -> bool:
        """Whether something is typed, and there is a profile."""
        if need.name == "pending":
            return bool(self._model.pending) and not self._saving
        return self._profile is not None

    @property
    def can_undo(self) -> bool:
        """Whether something typed can be taken back."""
        return self._model.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something taken back can be made again."""
        return self._model.can_redo

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saving

    def undo(self) -> str:
        """Take back what was typed last."""
        told = self._model.undo()
        self.query_one(Grid).reload()
        return told

    def redo(self) -> str:
        """Make it again."""
        told = self._model.redo()
        self.query_one(Grid).reload()
        return told

    def save_draft(self) -> None:
        """Keep what is typed: the app is about to go."""
        plain = self._model.to_plain()
        if plain is not None or self._is_kept:
            source_of(self, SeasonsSource).keep_weights(self.shell.state_folder, plain)
            self._is_kept = plain is not None

    def on_unmount(self) -> None:
        """The app is closing."""
        source_of(self, SeasonsSource).release_weights()

    def action_save(self) -> None:
        """Save all weights that were typed as one change; each profile must sum to exactly 100."""
        if self._shown is None:
            return
        typed = [
            (profile, self._model.weights(profile))
            for profile in self._shown.profiles
            if profile.id in self._model.pending
        ]
        for profile, weights in typed:
            try:
                checked(weights)
            except UsageProblem as problem:
                raise UsageProblem(
                    problem.what, where=safe_line(profile.name), expected=problem.expected, remedy="b spreads the rest."
                ) from problem
        source, folder = source_of(self, SeasonsSource), self.shell.state_folder
        self._saving = True

        def save() -> str:
            saved = False
            try:
                told = source.save_weights(typed)
                if self._is_kept:
                    source.keep_weights(folder, None)
                saved = True
            finally:
                self.app.call_from_thread(self._settle, saved)
            return told

        self.shell.change(save, _SUBJECT)

    def _settle(self, saved: bool) -> None:
        """A save is over."""
        self._saving = False
        if saved:
            self._is_kept = False
            self._model.forget()
        self.refresh_bindings()

    def action_balance(self) -> None:
        """Have the weights that were not typed sum to 100 with those that were."""
        profile = self._profile
        if profile is None or profile.id not in self._model.pending:
            raise UsageProblem("Nothing is typed into this profile", remedy="Go to the one that you typed into.")
        self._model.balance(profile)
        self.query_one(Grid).reload()

    def action_add(self) -> None:
        """Ask for a name and twelve weights."""

        def named(typed: str) -> None:
            name = profile_name(typed)

            def weighed(text: str) -> None:
                weights = parse_weights(text)
                self.shell.change(lambda: source_of(self, SeasonsSource).add_profile(name, weights), _SUBJECT)

            self.ask(" its twelve weights, which sum to 100: ", weighed)

        self.ask(" what is the profile called: ", named)

    def action_measure(self) -> None:
        """Ask whose season, and over how many years."""
        if self._shown is None:
            return
        scopes, usual = self._shown.scopes, self.shell.scope_label()
        names = list(dict.fromkeys(scope.name for scope in scopes))

        def answered(text: str) -> None:
            self._ask_years(named_scope(text or usual, scopes))

        self.ask(f" the season of whose sales [{usual}]: ", answered, typed=lambda text: commands.matching(text, names))

    def _ask_years(self, scope: PlanScope) -> None:
        def answered(text: str) -> None:
            self._ask_name(scope, _years(text))

        self.ask(f" over how many fiscal years at most [{USUAL_YEARS}]: ", answered)

    def _ask_name(self, scope: PlanScope, years: int) -> None:
        view = self.shell.view

        def answered(text: str) -> None:
            name = profile_name(text.strip() or scope.name)
            source = source_of(self, SeasonsSource)
            self.shell.change(lambda: source.measure_profile(view, scope, years, name), _SUBJECT)

        self.ask(f" called [{scope.name}]: ", answered)

    def action_rename(self) -> None:
        """Ask for another name."""
        profile = self._profile
        if profile is None:
            return

        def answered(text: str) -> None:
            name = profile_name(text)
            self.shell.change(lambda: source_of(self, SeasonsSource).rename_profile(profile, name), _SUBJECT)

        self.ask(" called: ", answered, text=profile.name)

    def action_drop(self) -> None:
        """Drop the profile, after a question."""
        profile = self._profile
        if profile is not None:
            self.confirm(f"Drop {profile.name}?", lambda: self._drop(profile))

    def _drop(self, profile: Profile) -> None:
        self.shell.change(lambda: source_of(self, SeasonsSource).drop_profile(profile), _SUBJECT)


def _years(text: str) -> int:
    plain = text.strip() or str(USUAL_YEARS)
    if not plain.isdecimal() or not 1 <= int(plain) <= MOST_YEARS:
        raise UsageProblem(f"“{safe_line(plain)}” is no number of years", expected=f"a number from 1 to {MOST_YEARS}")
    return int(plain)
