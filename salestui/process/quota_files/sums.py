"""What the quotas of a version of a plan come to, before and after a file is taken into it."""

from collections.abc import Iterable, Mapping

from salestui.model.values.amount import Amount

LARGEST = Amount.from_units(2**63 - 1)
"""What all quotas of a plan together may come to."""


def total(quotas: Mapping[int, int | None]) -> Amount:
    """What quotas in smallest units come to."""
    return Amount.from_units(sum(_known(quotas.values())))


def weight(quotas: Mapping[int, int | None]) -> int:
    """What they come to without their signs, in smallest units."""
    return sum(map(abs, _known(quotas.values())))


def _known(values: Iterable[int | None]) -> Iterable[int]:
    return (units for units in values if units is not None)
