"""Rates: currency rates, commission rates, shares."""

from typing import final

from salestui.model.values.exact import Exact


@final
class Rate(Exact):
    """An exact factor of nine decimal places, kept as a 64-bit integer of billionths. `0.05` is five percent."""

    __slots__ = ()
    PLACES = 9
