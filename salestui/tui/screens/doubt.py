"""A question before an amount is taken that was hardly meant: one digit too many, or the old number before the new."""

from collections.abc import Callable

from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.tui.screens.asking import AskingScreen

_TIMES = 1000


def make_sure(screen: AskingScreen, amount: Amount | None, stands: Amount | None, act: Callable[[], None]) -> None:
    """Act, where the amount is a thousand times what stands there, or more, after a question."""
    times = 0 if not amount or not stands else abs(amount.units) // abs(stands.units)
    if times < _TIMES:
        act()
    else:
        told = show.money(amount, "full")
        screen.confirm(f"{told} is {times:,} times what stands there. Take it?", act)
