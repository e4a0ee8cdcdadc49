"""The program behind the app's shell and screens: every question opens the database, reads, and closes it again.

Reading needs no ORM, so that the first paint does not wait for one; what the other screens read is imported when they
ask, what writes by `warm_up`, in a thread, once the first screen stands.
"""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from salestui.metrics.kpis import read_basis
from salestui.metrics.reader import AS_IT_WAS, COMPANY, TODAYS_TEAMS, Lens, Scope
from salestui.metrics.scopes import Place, find_scope, read_places
from salestui.model.values.errors import Problem
from salestui.process.today import TodayView, read_today
from salestui.store.company import Company, read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader
from salestui.tui.navigation import View
from salestui.tui.ports import CompanyInfo, Holding, ScopeChoice, Thing

if TYPE_CHECKING:
    from salestui.performance.board import BoardRow
    from salestui.performance.deals import Deal


class Opened(NamedTuple):
    """The database open for one question."""

    reader: Reader
    company: Company
    lens: Lens


class DatabaseCore:
    """A `Core` on a database; `as_of` is the day the user asked for, if any, `actor` who undoes and redoes."""

    def __init__(self, database: Database, *, as_of: date | None, actor: str) -> None:
        self._database = database
        self._as_of = as_of
        self._actor = actor
        self._ahead: tuple[View, Future[TodayView]] | None = None

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

    def read_ahead(self, view: View) -> None:
        """Begin to read the first screen's picture in a thread, while the app is still starting."""
        future: Future[TodayView] = Future()
        self._ahead = view, future

        def read() -> None:
            try:
                future.set_result(self.today(view))
            except Problem as problem:
                future.set_exception(problem)

        Thread(target=read, daemon=True).start()

    def today_at_hand(self, view: View) -> TodayView | None:
        """The picture that was read ahead, once; None where there is none for this view, or it could not be read."""
        ahead, self._ahead = self._ahead, None
        if ahead is None or ahead[0] != view or ahead[1].exception() is not None:
            return None
        return ahead[1].result()

    def today(self, view: View) -> TodayView:
        """The picture of the day."""
        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_today(at.reader, at.company, at.lens, scope, view.period)

    def board(self, view: View) -> "tuple[BoardRow, ...]":
        """The KPI board of the scope."""
        from salestui.performance.board import read_board

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            basis = read_basis(at.reader, at.lens, view.period, at.company.targets)
            places = read_places(at.reader, view.as_of, at.company.name)
            return read_board(at.reader, at.lens, scope, view.period, basis, places)

    def deals(self, view: View, kpi: str) -> "tuple[Deal, ...]":
        """The rows behind a KPI of the scope."""
        from salestui.performance.deals import read_deals

        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_deals(at.reader, at.lens, scope, view.period, kpi)

    def can_undo(self) -> bool:
        """Whether the user has a change to undo."""
        from salestui.metrics.work import find_undoable

        return find_undoable(self._database, self._actor)

    def can_redo(self) -> bool:
        """Whether the user has undone something."""
        from salestui.metrics.work import find_redoable

        return find_redoable(self._database, self._actor)

    def undo_last(self) -> str:
        """Undo the user's last change."""
        from salestui.metrics.work import undo_last
        from salestui.store.schema import open_current
        from salestui.store.work import Actor

        return f"Undone: {undo_last(open_current(self._database, write=True), Actor(self._actor))}."

    def redo_last(self) -> str:
        """Make it again."""
        from salestui.metrics.work import redo_last
        from salestui.store.schema import open_current
        from salestui.store.work import Actor

        return f"Done again: {redo_last(open_current(self._database, write=True), Actor(self._actor))}."

    def warm_up(self) -> None:
        """Import what writes."""
        import salestui.metrics.work  # noqa: F401  (imported for its time alone)

    @contextmanager
    def _opened(self, view: View | None, on: date) -> Iterator[Opened]:
        with open_reader(self._database) as reader:
            company = read_company(reader)
            way = TODAYS_TEAMS if view is not None and view.line == "today" else AS_IT_WAS
            yield Opened(reader, company, Lens(company.calendar, way, on))


def key_of(scope: Scope) -> str:
    """The scope's key in views: `company`, `team:7`, `person:12`."""
    return scope.kind if scope.kind == "company" else f"{scope.kind}:{scope.id}"


def scope_of(reader: Reader, key: str, on: date, company: str) -> Scope:
    """The scope of a key; one that is not in the organisation on that day keeps its numbers and loses its name."""
    if key == "company":
        return COMPANY._replace(name=company)
    kind, _, number = key.partition(":")
    for place in read_places(reader, on, company):
        if key_of(place.scope) == key:
            return place.scope
    return Scope("team" if kind == "team" else "person", int(number), key)


def _detail(place: Place) -> str:
    if place.scope.kind != "team":
        return ""
    return f"led by {place.leader}" if place.leader else "led by nobody at present"
