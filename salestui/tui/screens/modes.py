"""The pages of the app by mode, each imported when it is first opened, and the umbrellas they are grouped under."""

from collections.abc import Callable, Mapping
from typing import Any

from salestui.tui.screens.base import BaseScreen

FIRST = "today"
"""The mode the app opens with."""
Factory = Callable[[], BaseScreen[Any]]


def _today() -> BaseScreen[Any]:
    from salestui.tui.screens.today import Today

    return Today()


def _performance() -> BaseScreen[Any]:
    from salestui.tui.screens.kpis import Kpis

    return Kpis()


def _planning() -> BaseScreen[Any]:
    from salestui.tui.screens.overview import Planning

    return Planning()


def _people() -> BaseScreen[Any]:
    from salestui.tui.screens.overview import People

    return People()


MODES: Mapping[str, Factory] = {
    "today": _today,
    "planning": _planning,
    "people": _people,
    "performance": _performance,
}

UMBRELLAS: Mapping[str, tuple[str, ...]] = {
    "planning": ("planning",),
    "people": ("people",),
    "performance": ("performance",),
}
"""The pages of each umbrella; its key opens the one that was seen last, at first the first, and from there the next."""


def page_of(umbrella: str, seen_last: Mapping[str, str], current: str) -> str:
    """The page to go to when the umbrella's key is pressed on the page `current`."""
    pages = UMBRELLAS.get(umbrella, (umbrella,))
    if current in pages:
        return pages[(pages.index(current) + 1) % len(pages)]
    return seen_last.get(umbrella, pages[0])


def umbrella_of(page: str) -> str:
    """The umbrella that the page belongs to."""
    return next((umbrella for umbrella, pages in UMBRELLAS.items() if page in pages), page)
