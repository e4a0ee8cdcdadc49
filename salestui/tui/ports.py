"""What the app's shell needs to know, and of whom it asks it: whoever starts the app hands it a `Core`.

Every method but `company` is called in a thread; all of them answer with plain values and raise `Problem`.
"""

from datetime import date, datetime
from typing import NamedTuple, Protocol

from salestui.model.values.calendar import FiscalCalendar


class CompanyInfo(NamedTuple):
    """What stands in every header.

    `as_of` is the day everything is seen from unless the user says otherwise; it is `pinned` where the company fixed
    it, as a demonstration does. `data_as_of` is when the newest data came in, in the company's own time.
    """

    name: str
    currency: str
    calendar: FiscalCalendar
    as_of: date
    pinned: bool = False
    data_as_of: datetime | None = None


class ScopeChoice(NamedTuple):
    """Whose numbers can be seen: a key the metrics know, its name on the screen, its depth in the organisation."""

    key: str
    label: str
    detail: str = ""
    depth: int = 0


class Thing(NamedTuple):
    """Something with a name that can be opened: its kind (`person`, `team`, `account`, `deal`), key and name."""

    kind: str
    key: str
    label: str
    detail: str = ""


class Holding(NamedTuple):
    """A kind of data that an umbrella rests on: what is loaded of it, or, where nothing is, what to do about it."""

    name: str
    loaded: str
    remedy: str = ""


class Left(NamedTuple):
    """What an earlier session typed and did not save: into what (`FY2026 v2`), and how many changes."""

    label: str
    changes: int

    @property
    def year(self) -> str:
        """The fiscal year that it is of (`FY2026`)."""
        return self.label.partition(" ")[0]

    def __str__(self) -> str:
        count = "1 unsaved quota" if self.changes == 1 else f"{self.changes:,} unsaved quotas"
        return f"{count} of {self.label}"


class OpenCell(NamedTuple):
    """What is being typed into a cell of a table, whose row and column have these keys."""

    row: str
    column: str
    text: str


class Core(Protocol):
    """The part of the program behind the app's shell."""

    def company(self) -> CompanyInfo:
        """The company; asked once before the terminal is touched, so that a problem is told on a plain line."""

    def scopes(self, as_of: date) -> tuple[ScopeChoice, ...]:
        """Whose numbers can be seen as of that day, in the order of the organisation, the whole company first."""

    def find(self, text: str) -> tuple[Thing, ...]:
        """The things whose name holds the text, best first; a handful of each kind."""

    def holdings(self, umbrella: str) -> tuple[Holding, ...]:
        """What is loaded of what `planning` or `people` rest on."""

    def quotas_left(self, folder: str) -> tuple[Left, ...]:
        """What an earlier session typed into quotas and did not save, kept in that folder."""

    def can_undo(self) -> bool:
        """Whether the user has a change to undo."""

    def why_no_undo(self) -> str:
        """Why the user has no change to undo, in a sentence."""

    def can_redo(self) -> bool:
        """Whether the user has undone a change that can be made again."""

    def undo_last(self) -> str:
        """Undo the user's last change; answers what was undone, in a sentence."""

    def redo_last(self) -> str:
        """Make it again; answers what was done, in a sentence."""

    def warm_up(self) -> None:
        """Do what the first change or the next screen would otherwise wait for; called once the first screen stands."""
