"""What the commands of planning begin with: the database open for reading, and one change by whoever sits there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from salestui.cli.opening import database, day
from salestui.cli.words import say
from salestui.metrics.reader import AS_IT_WAS, Lens
from salestui.model.values.period import Period
from salestui.planning.scopes import PlanScope, named_scope, read_scopes
from salestui.store.company import Company, read_company
from salestui.store.quick import Reader, open_reader
from salestui.store.settings import Settings, actor_name

if TYPE_CHECKING:
    from salestui.store.work import Work


class Planned(NamedTuple):
    """The database open for reading, and whose plans there can be."""

    reader: Reader
    company: Company
    lens: Lens
    scopes: tuple[PlanScope, ...]

    def scope(self, named: str | None) -> PlanScope:
        """The scope of that name, or the company; by a seat or an id too, as everywhere."""
        from salestui.metrics.scopes import NobodyCalled, find_scope

        try:
            return named_scope(named or "company", self.scopes)
        except NobodyCalled as unknown:
            try:
                return PlanScope(*find_scope(self.reader, named or "", self.lens.on, self.company.name))
            except NobodyCalled:
                raise unknown from None

    def period(self, named: str | None) -> Period:
        """The period of that name, or this fiscal year."""
        return self.lens.calendar.parse(named or "this-year", self.lens.on)


@contextmanager
def planned(settings: Settings) -> Iterator[Planned]:
    """Open the database, seen from the day that the options and settings name."""
    given = settings.get("as_of")
    with open_reader(database(settings)) as reader:
        company = read_company(reader)
        on = day(given) if given is not None else company.today(datetime.now(UTC))
        lens = Lens(company.calendar, AS_IT_WAS, on)
        yield Planned(reader, company, lens, read_scopes(reader, on, company.name))


class _NotMeant(Exception):
    """Takes a dry run back."""


@contextmanager
def changing(settings: Settings, reason: str, kind: str = "edit", *, dry_run: bool = False) -> "Iterator[Work]":
    """One change by the user: rows, history and measures together, or none of them; of a dry run none."""
    from salestui.metrics.work import work
    from salestui.store.schema import open_current
    from salestui.store.work import Actor

    engine = open_current(database(settings), write=True)
    try:
        with work(engine, Actor(actor_name(settings)), reason, kind=kind) as begun:
            yield begun
            if dry_run:
                raise _NotMeant
    except _NotMeant:
        say("A dry run: nothing is written. What it would say:")
    finally:
        engine.dispose()
