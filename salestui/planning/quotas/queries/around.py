"""What stands around the quotas of a plan, in one answer: what is held, what is to be reached, and the seasons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate
from salestui.planning.quotas.queries.beside import TargetKey, read_locks, read_submissions, read_targets
from salestui.planning.quotas.sheet import Hold, Leaf, Node, Span
from salestui.planning.quotas.standing import Plan
from salestui.planning.seasons.queries import read_profiles
from salestui.store.quick import Reader


class Season(NamedTuple):
    """A seasonal profile: its name, and a weight for each month of the fiscal year."""

    name: str
    weights: Sequence[Rate]


class Surroundings(NamedTuple):
    """What stands around the quotas of a plan."""

    holds: Mapping[Leaf, Hold] = {}
    """What is locked, or was handed in from below; a lock stands before a figure from below."""
    targets: Mapping[TargetKey, Amount] = {}
    seasons: tuple[Season, ...] = ()

    def target(self, node: Node, span: Span, months: Sequence[date]) -> Amount | None:
        """What is to be reached in a row and a column; a company of one team has the team's, or its own."""
        first, last = months[span.first], months[span.last]
        kind, _, seat = node.key.partition(":")
        if kind == "team":
            found = self.targets.get(TargetKey(int(seat), first, last))
            if found is not None or node.parent is not None:
                return found
        return self.targets.get(TargetKey(None, first, last)) if node.parent is None else None


def read_surroundings(
    reader: Reader, plan: Plan, months: Sequence[date], local: Callable[[datetime], datetime]
) -> Surroundings:
    """What stands around a plan of a year of these months; `local` tells a moment by the company's clock."""
    holds: dict[Leaf, Hold] = {
        leaf: Hold("submitted", found.note, found.who, local(found.at).date())
        for leaf, found in read_submissions(reader, plan.id).items()
    }
    holds |= {
        leaf: Hold("lock", found.reason, found.who, local(found.at).date())
        for leaf, found in read_locks(reader, plan.id).items()
    }
    targets = {key: target.amount for key, target in read_targets(reader, plan, months[0], months[-1]).items()}
    seasons = tuple(Season(profile.name, profile.weights) for profile in read_profiles(reader))
    return Surroundings(holds, targets, seasons)
