"""Two versions of a plan side by side, by the rows and columns of the sheet."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.reader import Scope
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.outline import Sums, read_year, sums_of, total
from salestui.planning.quotas.queries.plan import place_of, spans_of
from salestui.planning.quotas.queries.seats import read_rows
from salestui.planning.quotas.sheet import Node, Span
from salestui.store.quick import Reader


class Compared(NamedTuple):
    """A number in both versions."""

    before: Amount | None
    after: Amount | None

    @property
    def difference(self) -> Amount | None:
        """After − before, where no quota counts as nothing; None where there is none in either."""
        if self.before is None and self.after is None:
            return None
        return (self.after or ZERO) - (self.before or ZERO)

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of what was before; None where that is not above zero."""
        if self.difference is None or self.before is None or self.before <= ZERO:
            return None
        return self.difference.ratio(self.before)


class Comparison(NamedTuple):
    """Two versions by rows of teams and seats, a seat's product lines together."""

    nodes: tuple[Node, ...]
    spans: tuple[Span, ...]
    before: Sequence[Sums]
    after: Sequence[Sums]

    def cell(self, row: int, span: int) -> Compared:
        """What stands in a row and a column of both."""
        columns = self.spans[span]
        return Compared(total(self.before[row], columns), total(self.after[row], columns))


def read_comparison(
    reader: Reader,
    calendar: FiscalCalendar,
    before: int,
    after: int,
    year: Period,
    scope: Scope,
    on: date,
    company: str,
    *,
    only_differences: bool = False,
) -> Comparison:
    """Two plans of a fiscal year side by side, for the seats of `scope` as they stand on a day in that year.

    With `only_differences`, only seats that differ in a month, and the teams they are in.
    """
    kept: list[dict[int, Sums]] = [
        {seat: tuple(sums) for seat, _, *sums in read_year(reader, plan)} for plan in (before, after)
    ]
    nodes = read_rows(reader, place_of(calendar, year, scope, on, company), {**kept[0], **kept[1]}.keys(), {})
    sums = [sums_of(nodes, each) for each in kept]
    spans = spans_of(calendar, year)
    if not only_differences:
        return Comparison(nodes, spans, *sums)
    differing = _differing(nodes, *kept)
    numbers = {row: number for number, row in enumerate(differing)}
    left = [
        node._replace(parent=None if node.parent is None else numbers[node.parent])
        for node in (nodes[row] for row in differing)
    ]
    return Comparison(tuple(left), spans, *([each[row] for row in differing] for each in sums))


def _differing(nodes: Sequence[Node], before: dict[int, Sums], after: dict[int, Sums]) -> list[int]:
    """The rows of seats that differ, and those they are under."""
    nothing: Sums = (None,) * 12
    found: set[int] = set()
    for row, node in enumerate(nodes):
        if node.seat is not None and before.get(node.seat, nothing) != after.get(node.seat, nothing):
            at: int | None = row
            while at is not None and at not in found:
                found.add(at)
                at = nodes[at].parent
    return sorted(found)
