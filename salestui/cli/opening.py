"""What every command that shows numbers begins with: the company, the day, the lens, the scope and the period."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple

from salestui.metrics.reader import AS_IT_WAS, COMPANY, TODAYS_TEAMS, Lens, Scope
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.store.company import Company, read_company
from salestui.store.database import Database, parse
from salestui.store.quick import Reader, open_reader
from salestui.store.settings import Settings


class Opened(NamedTuple):
    """A database open for reading, and what is looked at in it."""

    reader: Reader
    company: Company
    lens: Lens
    scope: Scope
    period: Period


def database(settings: Settings) -> Database:
    """The database that the settings name."""
    place = settings.values["db"]
    return parse(place.value or "", from_option=place.origin == "option")


def day(text: str) -> date:
    """The date that `text` names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageProblem(f"{text!r} is not a date.", expected="year, month and day such as 2026-03-31") from error


@contextmanager
def opened(options: Namespace, settings: Settings) -> Iterator[Opened]:
    """Open the database and settle scope, period and day from the options and settings."""
    given = settings.get("as_of")
    as_of = None if given is None else day(given)
    with open_reader(database(settings)) as reader:
        company = read_company(reader)
        on = as_of or company.today(datetime.now(UTC))
        lens = Lens(company.calendar, TODAYS_TEAMS if options.line == "today" else AS_IT_WAS, on)
        scope = _scope(reader, settings.get("scope"), on, company.name)
        period = company.calendar.parse(settings.get("period") or "this", on)
        yield Opened(reader, company, lens, scope, period)


def _scope(reader: Reader, named: str | None, on: date, company: str) -> Scope:
    if named is None:
        return COMPANY._replace(name=company)
    from salestui.metrics.scopes import find_scope

    return find_scope(reader, named, on, company)
