"""What goes into a forecast and what comes out: plain numbers, frozen. Every engine answers in these.

Floats are fine here, for a forecast is an estimate; whoever shows money makes exact amounts of them again.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

LEVELS = (80, 95)
"""The intervals of a forecast, in percent."""


class Series(NamedTuple):
    """Months one after another, the oldest first, up to the last complete one.

    None is a month nothing is known of. `floor` is what the first month to forecast has already: it will not have
    less. `season` is how many steps make a year.
    """

    values: tuple[float | None, ...]
    floor: float | None = None
    season: int = 12


class Band(NamedTuple):
    """Between which bounds each month lies with a probability of `level` percent."""

    level: int
    low: tuple[float, ...]
    high: tuple[float, ...]


class Forecast(NamedTuple):
    """The months to come: what each will probably be, its intervals (80 and 95), and courses they may take together.

    `paths` has one tuple a month, with that month's value on each simulated path: path 7 is every month's item 7, so
    that sums over months keep what ties them together. `notes` say what was done to the data, in sentences.
    """

    point: tuple[float, ...]
    bands: tuple[Band, ...]
    paths: tuple[tuple[float, ...], ...]
    model: str
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """Something that forecasts. Its parts can be computed anywhere, in any order, and say how far it has come."""

    def parts(self, series: Series, horizon: int) -> tuple[Callable[[], object], ...]:
        """The pieces of work, which can be pickled and do not depend on one another."""

    def combine(self, series: Series, horizon: int, results: tuple[object, ...]) -> Forecast:
        """The forecast from what the parts answered, in their order. ValueError without a month or a horizon."""

    def forecast(self, series: Series, horizon: int) -> Forecast:
        """All of it at once. ValueError without a month or a horizon."""
