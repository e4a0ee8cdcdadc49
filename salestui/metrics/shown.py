"""How a KPI's value is shown, by its unit."""

from decimal import Decimal

from salestui.metrics.catalog import Unit
from salestui.model.values import show
from salestui.model.values.amount import Amount


def shown(value: Decimal | None, unit: Unit) -> str:
    """The value as people read it: `4.21M`, `71%`, `2.4×`, `45 days`, `1,234`; `–` where there is none."""
    if value is None:
        return show.NOTHING
    if unit == "amount":
        return show.money(Amount(value))
    if unit == "ratio":
        return show.percent(value)
    if unit == "times":
        return show.times(value)
    if unit == "days":
        return show.days(value)
    return show.count(int(value))
