"""What Planning › Objectives shows and changes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from salestui.metrics.reader import AS_IT_WAS, Lens
from salestui.model.values import show
from salestui.tui.navigation import View
from salestui.tui.sources.forecasts import ForecastsSource
from salestui.tui.sources.opening import scope_of

if TYPE_CHECKING:
    from salestui.model.values.calendar import FiscalCalendar
    from salestui.planning.forecasts import History
    from salestui.planning.objectives.asked import Asked
    from salestui.planning.objectives.base import Known
    from salestui.planning.objectives.commands import ObjectiveAt
    from salestui.planning.objectives.queries import Objective, ObjectivePage, ObjectivesView
    from salestui.planning.objectives.rules import Base, Target
    from salestui.planning.seasons.queries import Profile


class ObjectivesReading(NamedTuple):
    """The objectives of a year, and the bookings by month of those whose forecast can stand beside, by their key."""

    view: "ObjectivesView"
    histories: "Mapping[str, History]"


class ObjectiveReading(NamedTuple):
    """An objective's page, and the profiles its target can be spread by."""

    page: "ObjectivePage"
    profiles: "tuple[Profile, ...]"


class ObjectivesSource(ForecastsSource):
    """Objectives by fiscal year."""

    def objectives(self, view: View) -> ObjectivesReading:
        """The objectives of the fiscal year that the period begins in, for the scope and what is under it."""
        from salestui.planning.forecasts import read_series
        from salestui.planning.objectives.queries import read_objectives

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            found = read_objectives(at.reader, at.lens, at.company, scope, view.period)
            wanted = {each.objective.scope for each in found.standings if each.objective.measure == "bookings"}
            histories = {
                each.key: read_series(at.reader, at.lens, seen, view.period, at.company)
                for each in wanted
                if (seen := each.seen_as) is not None
            }
        return ObjectivesReading(found, histories)

    def objective(self, view: View, key: int) -> ObjectiveReading:
        """An objective's page."""
        from salestui.planning.objectives.queries import read_objective
        from salestui.planning.seasons.queries import read_profiles

        with self._opened(view, view.as_of) as at:
            page = read_objective(at.reader, at.lens, at.company, key)
            return ObjectiveReading(page, read_profiles(at.reader))

    def last_year(self, view: View, what: "Asked") -> "Known":
        """What was booked a year before, or in what stands in for that."""
        from salestui.planning.objectives.asked import read_last_year

        with self._opened(view, view.as_of) as at:
            return read_last_year(at.reader, at.lens, at.company, what)

    def base(self, view: View, what: "Asked", text: str) -> "Base":
        """The base that a text names to grow from, the usual one where it names none."""
        from salestui.planning.objectives.asked import base_of
        from salestui.planning.objectives.base import read_base

        with self._opened(view, view.as_of) as at:
            period = base_of(at.reader, at.lens, at.company, what, text)
            return read_base(at.reader, at.lens, at.company, what.scope, what.measure, period)

    def target(self, view: View, what: "Asked", text: str, base: str | None = None) -> "Target":
        """The target that a text stands for, where it goes on from a base from that one."""
        from salestui.planning.objectives.asked import read_target

        with self._opened(view, view.as_of) as at:
            return read_target(at.reader, at.lens, at.company, what, text, base)

    def add_objective(self, what: "Asked", target: "Target", reason: str) -> str:
        """Add an objective as a draft, or a new version of an approved one."""
        from salestui.planning.objectives.commands import SetObjective, set_objective
        from salestui.planning.objectives.rules import reason_of

        told = f"{what.measure} of {what.scope.name} in {what.period.label}"
        command = SetObjective(*what, target, reason_of(reason))
        with self._changing(f"Set the objective {told} to {show.money(target.amount, 'full')}") as begun:
            number = set_objective(begun, command).objective_version
        return f"{told}: v{number} is a draft at {show.money(target.amount, 'full')}."

    def aim_objective(self, objective: "Objective", target: "Target") -> str:
        """Give a draft another target."""
        from salestui.planning.objectives.commands import set_target

        told = f"{objective.label} to {show.money(target.amount, 'full')}"
        with self._changing(f"Set the objective {told}") as begun:
            set_target(begun, _at(objective), target)
        return f"Set: {told}."

    def begin_objective(self, objective: "Objective", reason: str) -> str:
        """Begin a new version of what is approved."""
        from salestui.planning.objectives.commands import begin_version

        with self._changing(f"Begin a new version of {objective.label}") as begun:
            number = begin_version(begun, _at(objective), reason).objective_version
        return f"v{number} is a draft now: it counts once it is approved."

    def submit_objective(self, objective: "Objective", reason: str) -> str:
        """Hand a draft in."""
        from salestui.planning.objectives.commands import submit
        from salestui.store.history import SUBMISSION

        with self._changing(f"Submit the objective {objective.label}", SUBMISSION) as begun:
            submit(begun, _at(objective), reason)
        return f"Submitted: {objective.label}."

    def approve_objective(self, objective: "Objective", reason: str) -> str:
        """Put what was handed in into force."""
        from salestui.planning.objectives.commands import approve
        from salestui.store.history import APPROVAL

        with self._changing(f"Approve the objective {objective.label}", APPROVAL) as begun:
            approve(begun, _at(objective), reason)
        return f"Approved: {objective.label}."

    def return_objective(self, objective: "Objective", reason: str) -> str:
        """Return what was handed in."""
        from salestui.planning.objectives.commands import send_back
        from salestui.store.history import RETURN

        with self._changing(f"Return the objective {objective.label}", RETURN) as begun:
            send_back(begun, _at(objective), reason)
        return f"Returned: {objective.label} is a draft again."

    def drop_objective(self, objective: "Objective") -> str:
        """Drop a draft."""
        from salestui.planning.objectives.commands import drop_draft

        with self._changing(f"Drop the draft {objective.label}") as begun:
            drop_draft(begun, _at(objective))
        return f"Dropped: {objective.label}. u brings it back."


def lens_of(view: View, calendar: "FiscalCalendar") -> Lens:
    """How the view looks at numbers, for what can be told without the database."""
    return Lens(calendar, AS_IT_WAS, view.as_of)


def _at(objective: "Objective") -> "ObjectiveAt":
    from salestui.planning.objectives.commands import ObjectiveAt

    return ObjectiveAt(objective.id, objective.version)
