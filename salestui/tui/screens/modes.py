"""The first screen of each mode, imported when the mode is first opened."""

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


MODES: Mapping[str, Factory] = {"today": _today, "planning": _planning, "people": _people, "performance": _performance}
