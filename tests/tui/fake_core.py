"""A company to open the app on, without a database. `python -m tests.tui.fake_core FOLDER` runs the app on it."""

import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.tui.actions.registry import REGISTRY, Registry
from salestui.tui.navigation import View
from salestui.tui.ports import CompanyInfo, Holding, Left, ScopeChoice, Thing
from salestui.tui.screens.modes import Factory
from salestui.tui.screens.overview import Overview
from salestui.tui.shell import Shell

BUSY = os.environ.get("SALESTUI_TEST_BUSY", "").split()
"""Umbrellas that take a minute to read."""
AS_OF = date(2026, 11, 23)
CALENDAR = FiscalCalendar()
COMPANY = CompanyInfo("Acme", "USD", CALENDAR, AS_OF, pinned=True, data_as_of=datetime(2026, 11, 20, 18, 2, tzinfo=UTC))
VIEW = View("West", CALENDAR.parse("this", AS_OF), AS_OF)
TRICKY = "[@click=app.quit]Team [/] of \x1b[31mred"
LONG = "w" * 200
SCOPES = (
    ScopeChoice("company", "Acme", "the whole company"),
    ScopeChoice("West", "West", "led by Kim Park", 1),
    ScopeChoice("p1", "Ruiz, Ana", "Account executive", 2),
    ScopeChoice("p2", "Chen, Bo", "Account executive", 2),
    ScopeChoice("tricky", TRICKY, LONG, 1),
    ScopeChoice(LONG, LONG, "", 1),
)
THINGS = (
    Thing("person", "p1", "Ruiz, Ana", "West"),
    Thing("account", "a1", "Ruizco GmbH", "Manufacturing"),
    Thing("deal", "d1", "[red]Ruiz renewal[/]", "120k"),
)


class FakeCore:
    """Answers what the test set; keeps what it was asked."""

    def __init__(self) -> None:
        self.changes, self.undone = ["the quota of Ruiz, Ana"], list[str]()
        self.loaded: tuple[Holding, ...] = (
            Holding("Quotas", "96 months"),
            Holding("Products", "", "add products.csv to the folder"),
        )
        self.fault: Exception | None = None
        self.asked: list[str] = []
        self.left: tuple[Left, ...] = ()

    def company(self) -> CompanyInfo:
        return COMPANY

    def scopes(self, as_of: date) -> tuple[ScopeChoice, ...]:
        return SCOPES

    def find(self, text: str) -> tuple[Thing, ...]:
        return tuple(thing for thing in THINGS if text.casefold() in thing.label.casefold())

    def holdings(self, umbrella: str) -> tuple[Holding, ...]:
        self.asked.append(umbrella)
        if umbrella in BUSY:
            time.sleep(60)
        if self.fault:
            raise self.fault
        return self.loaded

    def quotas_left(self, folder: str) -> tuple[Left, ...]:
        return self.left

    def can_undo(self) -> bool:
        return bool(self.changes)

    def why_no_undo(self) -> str:
        return "There is nothing to undo."

    def can_redo(self) -> bool:
        return bool(self.undone)

    def undo_last(self) -> str:
        if not self.changes:
            raise DataProblem("There is nothing to undo")
        self.undone.append(self.changes.pop())
        return f"Undone: {self.undone[-1]}."

    def redo_last(self) -> str:
        self.changes.append(self.undone.pop())
        return f"Done again: {self.changes[-1]}."

    def warm_up(self) -> None:
        self.asked.append("warm up")


class Today(Overview):
    """A first screen with numbered lines."""

    MODE = CONTEXT = "today"
    HELP = "what the tests look at."
    PURPOSE = "Today."

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []

    def action_need(self, number: int) -> None:
        """Keep the number."""
        self.opened.append(number)


class Planning(Overview):
    """Another screen."""

    MODE = "planning"
    PURPOSE = "Planning."


class People(Overview):
    """Another screen."""

    MODE = "people"
    PURPOSE = "People."


class Performance(Overview):
    """Another screen."""

    MODE = "performance"
    PURPOSE = "Performance."


MODES: Mapping[str, Factory] = {
    "today": Today,
    "planning": Planning,
    "people": People,
    "performance": Performance,
}


def shell(core: FakeCore | None = None, **options: Any) -> Shell:
    """The app on the fake company."""
    given: dict[str, Any] = {"modes": MODES, "registry": REGISTRY, "theme": "quiet", "state_folder": "", **options}
    return Shell(core or FakeCore(), COMPANY, VIEW, **given)


def rebound(**keys: tuple[str, ...]) -> Registry:
    """The registry with other keys; `general__quit` is `general.quit`."""
    return REGISTRY.with_keys({name.replace("__", "."): strokes for name, strokes in keys.items()})


if __name__ == "__main__":
    from salestui.tui.app import run

    sys.exit(
        run(FakeCore(), COMPANY, VIEW, config_folder=sys.argv[1], state_folder=sys.argv[1], theme="quiet", modes=MODES)
    )
