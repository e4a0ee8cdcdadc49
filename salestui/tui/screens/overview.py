"""An umbrella's first page: what is loaded of what it rests on, and what to do where nothing is."""

from typing import ClassVar

from textual.app import ComposeResult

from salestui.tui.navigation import View
from salestui.tui.ports import Holding
from salestui.tui.screens.base import BaseScreen
from salestui.tui.text import width_of
from salestui.tui.widgets.empty import BEGIN, Empty
from salestui.tui.widgets.lines import Lines, Row, Span


class Overview(BaseScreen[tuple[Holding, ...]]):
    """Lists what is loaded."""

    PURPOSE: ClassVar[str] = ""

    def body(self) -> ComposeResult:
        """The purpose, and the list."""
        yield Empty(self.PURPOSE)
        yield Lines()

    def read(self, view: View) -> tuple[Holding, ...]:
        """What is loaded."""
        return self.shell.core.holdings(self.MODE)

    def show(self, reading: tuple[Holding, ...]) -> None:
        """Show it."""
        loaded = any(holding.loaded for holding in reading)
        self.query_one("#body Empty", Empty).say(self.PURPOSE, *(() if loaded else BEGIN))
        lines = self.query_one("#body Lines", Lines)
        rows = holding_rows(reading) if loaded else []
        lines.styles.height = len(rows) or 1
        lines.show(rows)


class Planning(Overview):
    """The first page of Planning."""

    MODE = "planning"
    HELP = "What planning rests on: the quotas, products and territories that are loaded."
    PURPOSE = "Planning rests on quotas, products and territories, on the pipeline and on what was sold before."


class People(Overview):
    """The first page of People."""

    MODE = "people"
    HELP = "What the organisation rests on: the seats, people and reporting lines that are loaded."
    PURPOSE = "People rests on seats and who reports to whom, and on the people who sit on them and when."


def holding_rows(holdings: tuple[Holding, ...]) -> list[Row]:
    """One line for each kind of data: a mark, its name, and what is loaded or what to do."""
    widest = max((width_of(holding.name) for holding in holdings), default=0)
    rows: list[Row] = []
    for holding in holdings:
        name = holding.name + " " * (widest - width_of(holding.name))
        if holding.loaded:
            rows.append((Span("  ✓ ", "good"), Span(f"{name}  {holding.loaded}")))
        else:
            rows.append((Span("  ○ ", "warn"), Span(f"{name}  "), Span(f"none: {holding.remedy}", "muted")))
    return rows
