"""Who has handed figures in from below, and who has not: beside the quotas, and the gap between the two."""

from datetime import date, datetime
from typing import NamedTuple

from salestui.metrics.reader import Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas import levels
from salestui.planning.quotas.queries.beside import Submission, read_submissions, read_targets, target_key, target_of
from salestui.planning.quotas.queries.outline import Outline, read_outline
from salestui.planning.quotas.sheet import Leaf
from salestui.planning.quotas.standing import Plan
from salestui.store.quick import Reader


class HandedIn(NamedTuple):
    """A seat's year, or that of a team as the sum of its seats."""

    key: str
    label: str
    above: str | None
    is_team: bool
    vacant: bool
    quota: Amount | None
    target: Amount | None
    submitted: Amount | None
    """None where nothing was handed in."""
    months: int
    """How many months figures were handed in for; of a team, how many seats have handed in."""
    of: int
    """How many months have a quota, or seats; a seat without any is asked for nothing, and so is a vacant one."""
    quota_in: Amount | None
    """The quotas of the months that figures were handed in for."""
    note: str
    who: str
    at: datetime | None

    @property
    def is_asked(self) -> bool:
        """Of a seat, whether it has handed in, or could: somebody holds it, and it has a quota."""
        return self.submitted is not None or (self.of > 0 and not self.vacant)

    @property
    def gap(self) -> Amount | None:
        """Those quotas − what was handed in; None where nothing was."""
        return levels.gap(self.quota_in, self.submitted)


class HandedInView(NamedTuple):
    """A plan's figures from below; without a plan there are no rows."""

    year: Period
    plan: Plan | None
    rows: tuple[HandedIn, ...]


def read_handed_in(
    reader: Reader, calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str
) -> HandedInView:
    """The figures of the latest version of a fiscal year's plan, for the seats of a scope as they stand on a day."""
    outline = read_outline(reader, calendar, year, scope, on, company)
    if outline.plan is None:
        return HandedInView(year, None, ())
    figures: dict[int, dict[Leaf, Submission]] = {}
    for leaf, found in read_submissions(reader, outline.plan.id).items():
        figures.setdefault(leaf.seat, {})[leaf] = found
    first, last = outline.months[0], outline.months[-1]
    targets = read_targets(reader, outline.plan, first, last)
    rows: list[HandedIn] = []
    for number in range(len(outline.nodes) - 1, -1, -1):
        node = outline.nodes[number]
        if node.seat is not None:
            rows.append(_of_seat(outline, number, figures.get(node.seat, {})))
            continue
        below = [row for row in rows if row.above == node.key]
        target = target_of(targets, target_key(node.key, first, last), whole=scope.kind == "company" and not number)
        rows.append(_of_team(outline, number, below, None if target is None else target.amount))
    return HandedInView(year, outline.plan, tuple(reversed(rows)))


def _of_seat(outline: Outline, number: int, figures: dict[Leaf, Submission]) -> HandedIn:
    node = outline.nodes[number]
    latest = max(figures.values(), key=lambda each: each.at, default=None)
    months = {outline.months.index(leaf.month) for leaf in figures}
    quotas = [units for month in months if (units := outline.sums[number][month]) is not None]
    return HandedIn(
        node.key,
        node.label,
        None if node.parent is None else outline.nodes[node.parent].key,
        False,
        node.vacant,
        outline.value(number, 0),
        None,
        Amount.sum(each.amount for each in figures.values()) if figures else None,
        len(months),
        sum(units is not None for units in outline.sums[number]),
        Amount.from_units(sum(quotas)) if quotas else None,
        "" if latest is None else latest.note,
        "" if latest is None else latest.who,
        None if latest is None else latest.at,
    )


def _of_team(outline: Outline, number: int, below: list[HandedIn], target: Amount | None) -> HandedIn:
    node = outline.nodes[number]
    known = [row.submitted for row in below if row.submitted is not None]
    quotas = [row.quota_in for row in below if row.quota_in is not None]
    return HandedIn(
        node.key,
        node.label,
        None if node.parent is None else outline.nodes[node.parent].key,
        True,
        False,
        outline.value(number, 0),
        target,
        Amount.sum(known) if known else None,
        sum(row.months if row.is_team else row.submitted is not None for row in below),
        sum(row.of if row.is_team else row.is_asked for row in below),
        Amount.sum(quotas) if quotas else None,
        "",
        "",
        max((row.at for row in below if row.at is not None), default=None),
    )
