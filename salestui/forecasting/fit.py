"""What a fitted model says. It passes through processes that have no library of numbers."""

from typing import NamedTuple


class Fit(NamedTuple):
    """What a model says of a level, from every month on (the last row is the forecast), one column a step ahead.

    Plain tuples, so that whoever passes it on needs no numpy. `alpha` is the share of a surprise that stays.
    """

    name: str
    past: tuple[tuple[float, ...], ...]
    alpha: float
