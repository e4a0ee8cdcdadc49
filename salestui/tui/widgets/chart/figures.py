"""What a chart shows: places one after another along the bottom, each with a few numbers above it."""

from collections.abc import Callable
from typing import Literal, NamedTuple

Form = Literal["bars", "line"]
"""How the values that were are drawn; intervals look the same either way."""


class Slot(NamedTuple):
    """One place along the bottom. Numbers are whole, in units of the caller's choice; None is not drawn.

    `value` is what was (a bar from zero, or a point of the line), `point` what is expected, `inner` and `outer` its
    narrower and its wider interval, `mark` a target. `label` stands below; places without one have none.
    """

    label: str = ""
    value: int | None = None
    point: int | None = None
    inner: tuple[int, int] | None = None
    outer: tuple[int, int] | None = None
    mark: int | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Everything that has to fit."""
        found = (self.value, self.point, self.mark, *(self.inner or ()), *(self.outer or ()))
        return tuple(number for number in found if number is not None)


class Names(NamedTuple):
    """What the legend calls the numbers. Only what is drawn is in the legend."""

    value: str = ""
    point: str = ""
    inner: str = ""
    outer: str = ""
    mark: str = ""


class Figure(NamedTuple):
    """A chart: its places, how the scale prints a number, what the legend says, and how the past is drawn."""

    slots: tuple[Slot, ...]
    show: Callable[[int], str] = str
    names: Names = Names()
    form: Form = "bars"
