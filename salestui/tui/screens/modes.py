"""The pages of the app by mode, each imported when it is first opened, and the umbrellas they are grouped under."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from salestui.tui.ports import Thing
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


def _quotas() -> BaseScreen[Any]:
    from salestui.tui.screens.quotas import Quotas

    return Quotas()


def _forecast() -> BaseScreen[Any]:
    from salestui.tui.screens.forecast import ForecastPage

    return ForecastPage()


def _versions() -> BaseScreen[Any]:
    from salestui.tui.screens.quota_versions import QuotaVersions

    return QuotaVersions()


def _fairness() -> BaseScreen[Any]:
    from salestui.tui.screens.fairness import Fairness

    return Fairness()


def _objectives() -> BaseScreen[Any]:
    from salestui.tui.screens.objectives import Objectives

    return Objectives()


def _seasons() -> BaseScreen[Any]:
    from salestui.tui.screens.seasons import Seasons

    return Seasons()


def _people() -> BaseScreen[Any]:
    from salestui.tui.screens.overview import People

    return People()


def _team() -> BaseScreen[Any]:
    from salestui.tui.screens.team import Team

    return Team()


def _ramps() -> BaseScreen[Any]:
    from salestui.tui.screens.ramps import Ramps

    return Ramps()


def _pipeline() -> BaseScreen[Any]:
    from salestui.tui.screens.pipeline import Pipeline

    return Pipeline()


MODES: Mapping[str, Factory] = {
    "today": _today,
    "quotas": _quotas,
    "forecast": _forecast,
    "versions": _versions,
    "fairness": _fairness,
    "objectives": _objectives,
    "seasons": _seasons,
    "planning": _planning,
    "team": _team,
    "ramps": _ramps,
    "people": _people,
    "performance": _performance,
    "pipeline": _pipeline,
}

UMBRELLAS: Mapping[str, tuple[str, ...]] = {
    "planning": (
        "quotas",
        "versions",
        "fairness",
        "forecast",
        "objectives",
        "seasons",
        "planning",
    ),
    "people": ("team", "ramps", "people"),
    "performance": ("performance", "pipeline"),
}
"""The pages of each umbrella; its key opens the one that was seen last, at first the first, and from there the next."""


def page_of(umbrella: str, seen_last: Mapping[str, str], current: str, known: Collection[str]) -> str:
    """The page among those `known` to go to when the umbrella's key is pressed on the page `current`."""
    pages = [page for page in UMBRELLAS.get(umbrella, ()) if page in known] or [umbrella]
    if current in pages:
        return pages[(pages.index(current) + 1) % len(pages)]
    return seen_last.get(umbrella, pages[0])


def page_about(thing: Thing) -> BaseScreen[Any] | None:
    """The page about a thing; None for what has none, as a team has not."""
    number = thing.key.rpartition(":")[2]
    if not number.isdecimal():
        return None
    if thing.kind == "deal":
        from salestui.tui.screens.deal import DealPage

        return DealPage(int(number))
    if thing.kind == "account":
        from salestui.tui.screens.account import AccountPage

        return AccountPage(int(number))
    if thing.kind == "person":
        from salestui.tui.screens.person import PersonPage

        return PersonPage(int(number))
    return None


def umbrella_of(page: str) -> str:
    """The umbrella that the page belongs to."""
    return next((umbrella for umbrella, pages in UMBRELLAS.items() if page in pages), page)
