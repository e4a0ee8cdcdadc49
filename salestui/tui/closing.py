"""Closing months and opening them again: asked for, and done as acts of their own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from salestui.tui.shell import Shell
    from salestui.tui.sources.staffing import StaffingSource


def close(shell: "Shell", text: str) -> None:
    """Close the months up to the one named, or one that is asked for, after a question."""
    source, today = cast("StaffingSource", shell.core), shell.company.as_of

    def named(screen: BaseScreen[object], month: Period) -> None:
        def yes() -> None:
            shell.change(lambda: source.close_months(month.label, today))

        screen.confirm(f"Close all months up to {month.label}? Undo does not cross it.", yes)

    _with_month(shell, text, "close the months up to", named)


def reopen(shell: "Shell", text: str) -> None:
    """Open the month named and those after it again, or one that is asked for, with a reason."""
    source, today = cast("StaffingSource", shell.core), shell.company.as_of

    def named(screen: BaseScreen[object], month: Period) -> None:
        def because(reason: str) -> None:
            if not reason.strip():
                raise UsageProblem("Opening a closed month needs a reason", expected="a few words for others to read")
            shell.change(lambda: source.reopen_months(month.label, today, reason))

        screen.ask(f" open {month.label} and what is after it again, why: ", because)

    _with_month(shell, text, "open the months again from", named)


def _with_month(shell: "Shell", text: str, question: str, then: Callable[[BaseScreen[object], Period], None]) -> None:
    """Do something about the month named, else about one that is asked for: the last that is over, for Enter alone."""
    screen, calendar, today = _screen(shell), shell.company.calendar, shell.company.as_of
    usual = calendar.shift(calendar.month_of(today), -1).label

    def answered(label: str) -> None:
        then(screen, calendar.parse(label.strip() or usual, today))

    if text:
        answered(text)
    else:
        screen.ask(f" {question} [{usual}]: ", answered)


def _screen(shell: "Shell") -> BaseScreen[object]:
    if not isinstance(shell.screen, BaseScreen):
        raise UsageProblem("There is a dialog open", remedy="Leave it with Esc first.")
    return shell.screen
