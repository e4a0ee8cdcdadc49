"""What the team's page, a person's and that of the ramps ask alike: a day, yes or no, one of several."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from salestui.model.values.day_entry import EXPECTED, entered_day
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import fit, safe_line
from salestui.tui import commands
from salestui.tui.screens.base import BaseScreen
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.staffing import StaffingSource

if TYPE_CHECKING:
    from salestui.planning.adjusted import RampView

T = TypeVar("T")
K = TypeVar("K")
USUAL_RAMP = "0 25 50 75 100"
NO_RAMP = "none"
_SHOWN = 22
_CHANGED = ("organisation", "people", "quotas")


def short(text: str) -> str:
    """A name or title as a question says it."""
    return fit(safe_line(text), _SHOWN)


class StaffingActs(BaseScreen[T]):
    """A screen on which people are seated, put on ramps, and relieved."""

    @property
    def _staffing(self) -> StaffingSource:
        return source_of(self, StaffingSource)

    def _change(self, does: Callable[[], str]) -> None:
        self.shell.change(does, *_CHANGED)

    def _ask_day(self, lead: str, usual: date, then: Callable[[date], None]) -> None:
        """Ask for a day; Enter alone takes the usual one."""

        def answered(text: str) -> None:
            day = entered_day(text.strip() or usual.isoformat(), usual, self.shell.view.as_of)
            if day is None:
                raise UsageProblem("There has to be a day", expected=EXPECTED)
            then(day)

        self.ask(f" {lead} [{usual}]: ", answered)

    def _ask_whether(self, question: str, usual: bool, then: Callable[[bool], None]) -> None:
        """Ask for yes or no; Enter alone takes the usual answer."""

        def answered(text: str) -> None:
            word = text.strip().casefold() or ("y" if usual else "n")
            if word not in ("y", "yes", "n", "no"):
                raise UsageProblem(f"“{short(text)}” is neither yes nor no", expected="y or n")
            then(word.startswith("y"))

        self.ask(f" {question} y/n [{'y' if usual else 'n'}]: ", answered)

    def _ask_which(self, lead: str, choices: Sequence[tuple[str, K]], then: Callable[[K], None]) -> None:
        """Ask for one of several by its label, or the beginning of it; a single one is not asked for."""
        if len(choices) == 1:
            then(choices[0][1])
            return
        labels = [label for label, _ in choices]

        def answered(text: str) -> None:
            wanted = text.strip() or labels[0]
            exact = [each for label, each in choices if label == wanted]
            found = exact or [each for label, each in choices if label.casefold().startswith(wanted.casefold())]
            if len(found) != 1:
                raise UsageProblem(f"“{short(text)}” names none of them, or several", remedy="Tab completes it.")
            then(found[0])

        self.ask(f" {lead} [{short(labels[0])}]: ", answered, typed=lambda text: commands.matching(text, labels))

    def _ask_ramp(self, lead: str, usual: str, ramps: "Sequence[RampView]", then: Callable[[str], None]) -> None:
        """Ask for a ramp by name, or for shares; `NO_RAMP` is handed on as nothing where it is the usual answer."""
        from salestui.planning.adjusted import is_shares, named_ramp, shares_of

        names = [ramp.name for ramp in ramps] + [NO_RAMP] * (usual == NO_RAMP)

        def answered(text: str) -> None:
            wanted = text.strip() or usual
            if usual == NO_RAMP and wanted.casefold() == NO_RAMP:
                then("")
                return
            if is_shares(wanted) and wanted not in names:
                shares_of(wanted)
            else:
                named_ramp(wanted, ramps)
            then(wanted)

        self.ask(
            f" {lead}, or shares by month [{short(usual)}]: ",
            answered,
            typed=lambda text: commands.matching(text, names),
        )

    def _ask_leaving(self, name: str, title: str, person: int, seat: int) -> None:
        """Ask when somebody leaves a seat, and whether the company too."""
        from salestui.people.seating import LeaveSeat

        def ending(last: date) -> None:
            def whether(company: bool) -> None:
                command = LeaveSeat(person, seat, last, company)
                self._change(lambda: self._staffing.leave_seat(name, title, command))

            self._ask_whether("leaves the company too?", False, whether)

        self._ask_day(f"last day of {short(name)} in {short(title)}", self.shell.view.as_of, ending)
