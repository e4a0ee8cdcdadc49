"""What stands around the quotas of a plan, in one answer: what is held, what is to be reached, and the seasons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from salestui.metrics.quota_breakdown import Bearing, read_bearing
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.planning.quotas.queries.beside import (
    Submission,
    Target,
    TargetKey,
    read_holds,
    read_submissions,
    read_targets,
    target_key,
    target_of,
)
from salestui.planning.quotas.sheet import Hold, Leaf, Node, Span
from salestui.planning.quotas.standing import Plan
from salestui.planning.seasons.queries import read_profiles
from salestui.store.quick import Reader, as_date


class Season(NamedTuple):
    """A seasonal profile: its name, and a weight for each month of the fiscal year."""

    name: str
    weights: Sequence[Rate]


class Surroundings(NamedTuple):
    """What stands around the quotas of a plan."""

    holds: Mapping[Leaf, Hold] = {}
    """What is locked, or was handed in from below; a lock stands before a figure from below."""
    targets: Mapping[TargetKey, Target] = {}
    seasons: tuple[Season, ...] = ()
    submissions: Mapping[Leaf, Submission] = {}
    starts: Mapping[int, date] = {}
    """The first days of seats that are only planned: there is none of them yet on the day."""
    bearing: Bearing | None = None
    """What makes quotas effective in another amount than they were set."""
    whole: bool = False
    """Whether the first row is all of the company, whatever it is called."""
    closed_through: date | None = None
    """The last day that is closed: quotas of months up to there stay as they are."""

    def target(self, node: Node, span: Span, months: Sequence[date]) -> Target | None:
        """What is to be reached in a row and a column; a company of one team has its own, or the team's."""
        if not node.team:
            return None
        key = target_key(node.key, months[span.first], months[span.last])
        return target_of(self.targets, key, whole=self.whole and node.parent is None)


class Asked(NamedTuple):
    """What surroundings are read for: a plan of a year of these months, as seats stand on a day."""

    plan: Plan
    year: Period
    months: Sequence[date]
    on: date
    whole: bool


def read_surroundings(
    reader: Reader, calendar: FiscalCalendar, asked: Asked, local: Callable[[datetime], datetime]
) -> Surroundings:
    """What stands around a plan; `local` tells a moment by the company's clock."""
    plan, months = asked.plan, asked.months
    submissions = {
        leaf: found._replace(at=local(found.at)) for leaf, found in read_submissions(reader, plan.id).items()
    }
    holds = read_holds(reader, plan.id, local)
    targets = read_targets(reader, plan, months[0], months[-1])
    seasons = tuple(Season(profile.name, profile.weights) for profile in read_profiles(reader))
    starts = _read_starts(reader, asked.year, asked.on)
    bearing = read_bearing(reader, calendar, asked.year)
    return Surroundings(holds, targets, seasons, submissions, starts, bearing, asked.whole)


def _read_starts(reader: Reader, year: Period, on: date) -> dict[int, date]:
    sql = "SELECT id, valid_from FROM seat WHERE valid_from > :day AND valid_from BETWEEN :start AND :end"
    within = {"day": min(max(on, year.start), year.end), "start": year.start, "end": year.end}
    return {seat: as_date(start) for seat, start in reader.rows(sql, within)}
