"""Closing months and opening them again: asked for, and done as acts of their own."""

from typing import TYPE_CHECKING, cast

from salestui.model.values.errors import UsageProblem
from salestui.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from salestui.tui.shell import Shell
    from salestui.tui.sources.staffing import StaffingSource


def close(shell: "Shell", text: str) -> None:
    """Close the months up to the one named, or one that is asked for, after a question."""
    calendar, today = shell.company.calendar, shell.company.as_of

    def answered(label: str) -> None:
        month = calendar.parse(label.strip() or usual, today)

        def yes() -> None:
            shell.change(lambda: source.close_months(month.label, today))

        screen.confirm(f"Close all months up to {month.label}? Undo does not cross it.", yes)

    screen, source = _screen(shell), cast("StaffingSource", shell.core)
    usual = calendar.shift(calendar.month_of(today), -1).label
    if text:
        answered(text)
    else:
        screen.ask(f" close the months up to [{usual}]: ", answered)


def reopen(shell: "Shell", text: str) -> None:
    """Open the month named and those after it again, or one that is asked for, with a reason."""
    calendar, today = shell.company.calendar, shell.company.as_of

    def answered(label: str) -> None:
        month = calendar.parse(label.strip() or usual, today)

        def because(reason: str) -> None:
            if not reason.strip():
                raise UsageProblem("Opening a closed month needs a reason", expected="a few words for others to read")
            shell.change(lambda: source.reopen_months(month.label, today, reason))

        screen.ask(f" open {month.label} and what is after it again, why: ", because)

    screen, source = _screen(shell), cast("StaffingSource", shell.core)
    usual = calendar.shift(calendar.month_of(today), -1).label
    if text:
        answered(text)
    else:
        screen.ask(f" open the months again from [{usual}]: ", answered)


def _screen(shell: "Shell") -> BaseScreen[object]:
    if not isinstance(shell.screen, BaseScreen):
        raise UsageProblem("There is a dialog open", remedy="Leave it with Esc first.")
    return shell.screen
