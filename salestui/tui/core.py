"""The program behind the app's shell and screens: every question opens the database, reads, and closes it again.

Reading needs no ORM, so that the first paint does not wait for one; what the other screens read is imported when they
ask, what writes by `warm_up`, in a thread, once the first screen stands. What the screens of an umbrella show and
change is in `sources`.
"""

from datetime import UTC, date, datetime

from salestui.metrics.scopes import Place, find_scope, read_places
from salestui.store.company import read_company
from salestui.store.quick import open_reader
from salestui.tui.navigation import View
from salestui.tui.ports import CompanyInfo, Holding, ScopeChoice, Thing
from salestui.tui.sources.fairness import FairnessSource
from salestui.tui.sources.objectives import ObjectivesSource
from salestui.tui.sources.opening import key_of
from salestui.tui.sources.people import PeopleSource
from salestui.tui.sources.performance import PerformanceSource
from salestui.tui.sources.pipeline import PipelineSource
from salestui.tui.sources.quota_beside import QuotaBesideSource
from salestui.tui.sources.quota_versions import QuotaVersionsSource
from salestui.tui.sources.quotas import QuotasSource
from salestui.tui.sources.seasons import SeasonsSource
from salestui.tui.sources.staffing import StaffingSource
from salestui.tui.sources.today import TodaySource


class DatabaseCore(
    TodaySource,
    QuotasSource,
    QuotaVersionsSource,
    QuotaBesideSource,
    FairnessSource,
    ObjectivesSource,
    SeasonsSource,
    PerformanceSource,
    PeopleSource,
    StaffingSource,
    PipelineSource,
):
    """A `Core` on a database."""

    def company(self) -> CompanyInfo:
        """The company."""
        with open_reader(self._database) as reader:
            company = read_company(reader)
        pinned = company.pinned is not None and self._as_of is None
        as_of = self._as_of or company.today(datetime.now(UTC))
        data_as_of = None if company.data_as_of is None else company.local(company.data_as_of)
        return CompanyInfo(company.name, company.currency, company.calendar, as_of, pinned, data_as_of)

    def first_view(self, scope: str | None, period: str | None) -> tuple[CompanyInfo, ScopeChoice, View]:
        """The company, and what the app begins with: whose numbers, of which period, by the names people use."""
        company = self.company()
        seen = company.calendar.parse(period or "this", company.as_of)
        choice = ScopeChoice("company", company.name)
        if scope is not None:
            with open_reader(self._database) as reader:
                found = find_scope(reader, scope, company.as_of, company.name)
            choice = ScopeChoice(key_of(found), found.name)
        return company, choice, View(choice.key, seen, company.as_of)

    def scopes(self, as_of: date) -> tuple[ScopeChoice, ...]:
        """The organisation as of that day."""
        with self._opened(None, as_of) as at:
            places = read_places(at.reader, as_of, at.company.name)
        return tuple(
            ScopeChoice(key_of(place.scope), place.scope.name, _detail(place), place.depth) for place in places
        )

    def find(self, text: str) -> tuple[Thing, ...]:
        """People, teams, accounts and deals whose name holds the text."""
        from salestui.process.finding import read_found

        with open_reader(self._database) as reader:
            company = read_company(reader)
            on = self._as_of or company.today(datetime.now(UTC))
            return tuple(Thing(*found) for found in read_found(reader, text, on, company.name))

    def holdings(self, umbrella: str) -> tuple[Holding, ...]:
        """What is loaded of what the umbrella rests on."""
        from salestui.process.holdings import read_holdings

        with open_reader(self._database) as reader:
            return tuple(Holding(*holding) for holding in read_holdings(reader, umbrella))

    def can_undo(self) -> bool:
        """Whether the user has a change to undo."""
        from salestui.metrics.work import find_undoable

        return find_undoable(self._database, self._actor)

    def why_no_undo(self) -> str:
        """Why the user has no change to undo."""
        from salestui.metrics.work import why_no_undo

        return why_no_undo(self._database, self._actor)

    def can_redo(self) -> bool:
        """Whether the user has undone something."""
        from salestui.metrics.work import find_redoable

        return find_redoable(self._database, self._actor)

    def undo_last(self) -> str:
        """Undo the user's last change."""
        from salestui.metrics.work import undo_last

        with self._writing() as (engine, actor):
            return f"Undone: {undo_last(engine, actor)}."

    def redo_last(self) -> str:
        """Make it again."""
        from salestui.metrics.work import redo_last

        with self._writing() as (engine, actor):
            return f"Done again: {redo_last(engine, actor)}."

    def warm_up(self) -> None:
        """Import what writes."""
        import salestui.metrics.work  # noqa: F401  (imported for its time alone)


def _detail(place: Place) -> str:
    if place.scope.kind != "team":
        return ""
    return f"led by {place.leader}" if place.leader else "led by nobody at present"
