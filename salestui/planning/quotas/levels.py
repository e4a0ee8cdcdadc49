"""What a level's sum is set against: its target, and what its people can carry. Pure arithmetic on amounts."""

from decimal import Decimal

from salestui.model.values.amount import ZERO, Amount


def to_assign(assigned: Amount | None, target: Amount | None) -> Amount | None:
    """Target − assigned: what is yet to be given out, below zero where more is; None without a target."""
    return None if target is None else target - (ZERO if assigned is None else assigned)


def over_assignment(assigned: Amount | None, target: Amount | None) -> Decimal | None:
    """Assigned ÷ target − 1; None where there is no target above zero."""
    return _over(assigned, target)


def over_capacity(assigned: Amount | None, capacity: Amount | None) -> Decimal | None:
    """Assigned ÷ capacity − 1: another number than `over_assignment`; None where there is no capacity above zero."""
    return _over(assigned, capacity)


def gap(assigned: Amount | None, submitted: Amount | None) -> Amount | None:
    """Assigned − what was handed in from below; None where nothing was."""
    return None if submitted is None else (ZERO if assigned is None else assigned) - submitted


def _over(assigned: Amount | None, base: Amount | None) -> Decimal | None:
    if base is None or base <= ZERO:
        return None
    return (ZERO if assigned is None else assigned).ratio(base) - 1
