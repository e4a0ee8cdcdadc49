"""What the screens of People show."""

from typing import TYPE_CHECKING, NamedTuple

from salestui.metrics.catalog import KPIS
from salestui.metrics.kpis import KpiValue, evaluate, read_basis, read_measures, whole_months
from salestui.metrics.reader import Scope
from salestui.model.values.amount import Amount
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of

if TYPE_CHECKING:
    from salestui.metrics.quota_breakdown import Breakdown
    from salestui.people.person import PersonView
    from salestui.people.roster import RosterRow
    from salestui.performance.closed import ClosedDeal
    from salestui.performance.pipeline import OpenDeal
    from salestui.planning.adjusted import Adjusted


class PersonReading(NamedTuple):
    """A person, the KPIs of the period (the team's, for who leads one), their deals."""

    person: "PersonView"
    measured: Scope
    """Whose the KPIs are."""
    quota: Amount | None
    base_quota: Amount | None
    """Before ramps and reliefs."""
    kpis: tuple[KpiValue, ...]
    open: "tuple[OpenDeal, ...]"
    closed: "tuple[ClosedDeal, ...]"
    quotas: "tuple[Breakdown, ...]"
    """Their own quota by month, with what it is adjusted by."""
    adjusted: "Adjusted"
    """Their stays in seats from the day on, and their ramps and reliefs."""


class PeopleSource(Source):
    """The roster, and people one by one."""

    def roster(self, view: View) -> "tuple[RosterRow, ...]":
        """Every seat of the scope."""
        from salestui.people.roster import read_roster

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            basis = read_basis(at.reader, at.lens, view.period, at.company.targets)
            return read_roster(at.reader, at.lens, scope, view.period, basis)

    def person(self, view: View, person: int) -> PersonReading:
        """Someone's page."""
        from salestui.metrics.quota_breakdown import read_breakdown
        from salestui.people.person import read_person
        from salestui.performance.closed import read_closed_by
        from salestui.performance.pipeline import read_pipeline
        from salestui.planning.adjusted import read_adjusted

        with self._opened(view, view.as_of) as at:
            found = read_person(at.reader, person, view.as_of)
            own = Scope("person", person, found.name)
            measured = own if found.leads is None else Scope("team", found.leads, found.team or found.name)
            basis = read_basis(at.reader, at.lens, view.period, at.company.targets)
            measures = read_measures(at.reader, at.lens, measured, view.period)
            quota, base = measures["quota"], measures["base_quota"]
            return PersonReading(
                person=found,
                measured=measured,
                quota=None if quota is None else Amount(quota),
                base_quota=None if base is None else Amount(base),
                kpis=evaluate(KPIS.values(), measures, basis),
                open=read_pipeline(at.reader, at.lens, own),
                closed=read_closed_by(at.reader, at.lens, person, view.period),
                quotas=read_breakdown(at.reader, at.lens.calendar, whole_months(at.lens, view.period), person=person),
                adjusted=read_adjusted(at.reader, person, view.as_of),
            )
