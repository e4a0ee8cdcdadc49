"""An amount typed where a way to spread it is asked for: it is taken as the amount, in proportion."""

from collections.abc import Sequence

from salestui.planning.quotas.rules.ways import PROPORTION
from salestui.tui.widgets.choices import Choice

_BEGINNINGS = tuple("0123456789=+-*.(−")
_VALUE = "amount "


def typed_amount(text: str) -> Sequence[Choice]:
    """What a typed amount adds to a list of ways."""
    amount = text.strip()
    if not amount.startswith(_BEGINNINGS):
        return ()
    return (Choice(f"{_VALUE}{amount}", f"{amount} in all, {PROPORTION.name}", "to what stands there now"),)


def amount_in(value: str) -> str:
    """The amount that such a choice is of; nothing for another one."""
    return value.removeprefix(_VALUE) if value.startswith(_VALUE) else ""
