"""Versions of a year's plan as sheets of the same rows and columns, and which columns are printed."""

from typing import NamedTuple

from salestui.cli.quota.place import Looked
from salestui.planning.quotas.queries.plan import read_quotas, spans_of
from salestui.planning.quotas.queries.seats import named_lines, read_rows
from salestui.planning.quotas.sheet import Node, Sheet, Span, places_of
from salestui.planning.quotas.standing import Plan

GRAINS = ("month", "quarter", "year")


class Sheets(NamedTuple):
    """Sheets of the same rows and columns, one for each version."""

    sheets: tuple[Sheet, ...]
    columns: tuple[int, ...]
    """The spans that are printed, by number: parts of the year, then the year."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The rows."""
        return self.sheets[0].nodes

    @property
    def spans(self) -> tuple[Span, ...]:
        """All columns there are."""
        return self.sheets[0].spans

    def path(self, row: int) -> str:
        """A row by its teams from the top: `Sales / West / Ana`."""
        at: int | None = row
        names: list[str] = []
        while at is not None:
            names.append(self.nodes[at].label)
            at = self.nodes[at].parent
        return " / ".join(reversed(names))

    def depth(self, row: int) -> int:
        """Under how many others a row is."""
        above = self.nodes[row].parent
        return 0 if above is None else self.depth(above) + 1


def read_sheets(at: Looked, plans: tuple[Plan, ...], grain: str) -> Sheets:
    """These versions for the scope, with the columns of a grain (`month`, `quarter` or `year`)."""
    kept = [read_quotas(at.reader, plan.id) for plan in plans]
    lines: dict[int, set[int]] = {}
    for seat, line in {place for units in kept for place in places_of(units)}:
        lines.setdefault(seat, set()).add(line)
    place = at.place
    nodes = read_rows(at.reader, place, lines.keys(), named_lines(at.reader, lines))
    spans = spans_of(at.company.calendar, at.year)
    first = Sheet(nodes, [month.start for month in place.months], spans, kept[0])
    return Sheets((first, *(first.like(units) for units in kept[1:])), _columns(spans, grain))


def _columns(spans: tuple[Span, ...], grain: str) -> tuple[int, ...]:
    year = max(range(len(spans)), key=lambda number: len(spans[number].months))
    if grain == "year":
        return (year,)
    wanted = [number for number, span in enumerate(spans) if number != year and span.is_month == (grain == "month")]
    return (*wanted, year)
