"""Where the user is and was: the view everything is read through, and the places to go back and forward to."""

from datetime import date
from typing import Literal, NamedTuple

from salestui.model.values.period import Period

Line = Literal["then", "today"]
"""People counted in the teams they were in at the time, or in today's."""
LINES: tuple[Line, ...] = ("then", "today")


class View(NamedTuple):
    """What everything on the screen is read through: whose numbers, of which period, as of which day."""

    scope: str
    period: Period
    as_of: date
    line: Line = "then"


class Place(NamedTuple):
    """Somewhere one can come back to: the mode, the view, and the row the cursor was on (its key, if any)."""

    mode: str
    view: View
    cursor: str = ""


class Trail:
    """The places visited, one after another, and where on this trail the user stands."""

    LENGTH = 100

    def __init__(self, start: Place) -> None:
        self._places = [start]
        self._at = 0

    @property
    def here(self) -> Place:
        """The place the user is at."""
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the user has gone back from a later place."""
        return self._at < len(self._places) - 1

    def visit(self, place: Place, cursor: str = "") -> None:
        """Go to a new place, leaving this one with its cursor at `cursor`; what lay ahead is forgotten."""
        if place[:2] == self.here[:2]:
            return
        self._leave(cursor)
        self._places = [*self._places[: self._at + 1], place][-self.LENGTH :]
        self._at = len(self._places) - 1

    def back(self, cursor: str = "") -> Place:
        """The place before; this one where there is none."""
        return self._step(-1, cursor)

    def forward(self, cursor: str = "") -> Place:
        """The place after; this one where there is none."""
        return self._step(1, cursor)

    def _step(self, step: int, cursor: str) -> Place:
        self._leave(cursor)
        self._at = min(max(self._at + step, 0), len(self._places) - 1)
        return self.here

    def _leave(self, cursor: str) -> None:
        self._places[self._at] = self.here._replace(cursor=cursor)
