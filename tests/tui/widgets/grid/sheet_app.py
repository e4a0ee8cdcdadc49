"""The app with a sheet to type into as its first screen, on the fake company."""

from textual.app import ComposeResult

from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.fake_core import MODES, shell
from tests.tui.widgets.grid.sheet import Sheet


class SheetScreen(BaseScreen[int]):
    """A sheet of so many people."""

    MODE = CONTEXT = "today"
    HELP = "quotas that can be typed into."

    def __init__(self, people: int) -> None:
        super().__init__()
        self._people = people

    def body(self) -> ComposeResult:
        """Just the grid."""
        yield Grid(Sheet(self._people), cursor="cell", status=True)

    def read(self, view: View) -> int:
        """Nothing: the sheet is at hand."""
        return 0

    def action_need(self, number: int) -> None:
        """What the digits after `g` do on this screen."""


def sheet_shell(people: int) -> Shell:
    """The app, ready to run."""
    return shell(modes={**MODES, "today": lambda: SheetScreen(people)})
