"""What the screens ask for, beyond what the shell does: the numbers of each, read through a view."""

from typing import TYPE_CHECKING, Any, Protocol, cast

from salestui.tui.navigation import View
from salestui.tui.ports import Core
from salestui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from salestui.performance.board import BoardRow
    from salestui.performance.deals import Deal
    from salestui.process.today import TodayView


class Readings(Core, Protocol):
    """The part of the program behind the screens."""

    def today_at_hand(self, view: View) -> "TodayView | None":
        """The picture of the day, where it was read while the app was starting."""

    def today(self, view: View) -> "TodayView":
        """The picture of the day."""

    def board(self, view: View) -> "tuple[BoardRow, ...]":
        """The KPI board of the scope."""

    def deals(self, view: View, kpi: str) -> "tuple[Deal, ...]":
        """The rows behind a KPI of the scope."""


def readings(screen: BaseScreen[Any]) -> Readings:
    """What this screen reads from."""
    return cast("Readings", screen.shell.core)
