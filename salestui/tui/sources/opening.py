"""What every source of a screen rests on: the database is opened for one question, and closed again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from salestui.metrics.reader import AS_IT_WAS, COMPANY, TODAYS_TEAMS, Lens, Scope
from salestui.metrics.scopes import read_places
from salestui.store.company import Company, read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader
from salestui.tui.navigation import View

if TYPE_CHECKING:
    from salestui.planning.quotas.standing import Plan
    from salestui.store.work import Actor, Work
    from salestui.tui.screens.base import BaseScreen

S = TypeVar("S")


class Opened(NamedTuple):
    """The database open for one question."""

    reader: Reader
    company: Company
    lens: Lens


class Source:
    """The database behind the screens; `as_of` is the day the user asked for, if any, `actor` who changes things."""

    def __init__(self, database: Database, *, as_of: date | None, actor: str) -> None:
        self._database = database
        self._as_of = as_of
        self._actor = actor
        self.own_changes: set[str] = set()
        """The ids of the changes that were made here, in hexadecimal digits, to tell them from what others do."""

    @contextmanager
    def _opened(self, view: View | None, on: date) -> Iterator[Opened]:
        with open_reader(self._database) as reader:
            company = read_company(reader)
            way = TODAYS_TEAMS if view is not None and view.line == "today" else AS_IT_WAS
            yield Opened(reader, company, Lens(company.calendar, way, on))

    def _told_to_assign(self, plan: "Plan") -> str:
        """What a plan has yet to assign, or is over."""
        from salestui.planning.quotas.queries.assigning import told_to_assign

        with open_reader(self._database) as reader:
            return told_to_assign(reader, read_company(reader).calendar, plan)

    @contextmanager
    def _changing(self, reason: str, kind: str = "edit") -> Iterator["Work"]:
        """One change by the user: rows, history and measures together, or none of them."""
        from salestui.metrics.work import work

        with self._writing() as (engine, actor), work(engine, actor, reason, kind=kind) as begun:
            self.own_changes.add(begun.change_id.hex)
            yield begun

    @contextmanager
    def _writing(self) -> Iterator["tuple[Any, Actor]"]:
        """The database open for writing, and the user as who does it."""
        from salestui.store.schema import open_current
        from salestui.store.work import Actor

        engine = open_current(self._database, write=True)
        try:
            yield engine, Actor(self._actor)
        finally:
            engine.dispose()


def source_of(screen: "BaseScreen[Any]", kind: type[S]) -> S:
    """The part of the program that this screen reads from and writes to."""
    return cast("S", screen.shell.core)


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
