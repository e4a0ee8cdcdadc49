"""What every quota command begins with: the database, the fiscal year, the scope and the version."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple

from salestui.cli.opening import database, day
from salestui.metrics.naming import KnownSeat
from salestui.metrics.reader import COMPANY, Scope
from salestui.metrics.scopes import find_named
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.text import fit, safe_line
from salestui.planning.quotas.queries.plan import place_of
from salestui.planning.quotas.queries.seats import Place
from salestui.planning.quotas.standing import Plan, read_plans
from salestui.store.company import Company, read_company
from salestui.store.quick import Reader, open_reader
from salestui.store.settings import Settings


class Looked(NamedTuple):
    """A database open for reading, and what is looked at in it."""

    reader: Reader
    company: Company
    on: date
    year: Period
    scope: Scope
    seat: int | None = None
    """The seat where one is looked at by itself; the scope has its name then."""

    @property
    def place(self) -> Place:
        """The rows that are looked at."""
        return place_of(self.company.calendar, self.year, self.scope, self.on, self.company.name, self.seat)


def add_year(parser: ArgumentParser) -> None:
    """Declare `--year`."""
    parser.add_argument("--year", metavar="FY2026", help="the fiscal year (the one we are in)")


def add_scope(parser: ArgumentParser) -> None:
    """Declare `--scope`."""
    parser.add_argument("--scope", metavar="NAME", help="a team, a person or a seat such as #12 (the whole company)")


def add_version(parser: ArgumentParser) -> None:
    """Declare `--version`."""
    parser.add_argument(
        "--version", dest="version", metavar="N", help="a version by number, draft or published (the latest)"
    )


@contextmanager
def looking(settings: Settings, year: str | None, scope: str | None) -> Iterator[Looked]:
    """Open the database and settle day, year and scope."""
    with open_reader(database(settings)) as reader:
        company = read_company(reader)
        on = day_of(settings, company)
        period = fiscal_year(company, on, year)
        found = COMPANY if scope is None else find_named(reader, scope, on, company.name)
        if isinstance(found, KnownSeat):
            yield Looked(reader, company, on, period, Scope("team", found.id, found.label), found.id)
        else:
            yield Looked(reader, company, on, period, found if scope else COMPANY._replace(name=company.name))


def day_of(settings: Settings, company: Company) -> date:
    """The day everything is seen from."""
    given = settings.get("as_of")
    return company.today(datetime.now(UTC)) if given is None else day(given)


def fiscal_year(company: Company, on: date, text: str | None) -> Period:
    """The fiscal year that a text names (`FY2026`, `26`, `this`, `last`); the one we are in where nothing is said."""
    if text is None:
        return company.calendar.year_of(on)
    plain = text.strip().casefold()
    named = {"this": "this-year", "last": "last-year", "next": "this-year+1"}.get(plain, plain)
    digits = named.removeprefix("fy").strip()
    if digits.isascii() and digits.isdecimal():
        named = f"fy20{digits}" if len(digits) == 2 else f"fy{digits}"
    try:
        found = company.calendar.parse(named, on)
    except UsageProblem as problem:
        raise UsageProblem(f"{shown(text)} is no fiscal year", expected="a year such as FY2026") from problem
    if found.kind != "year":
        raise UsageProblem(f"{shown(text)} is no fiscal year", expected="a year such as FY2026")
    return found


def the_plan(at: Looked, version: str | None) -> Plan:
    """The version that is meant; DataProblem where there is none."""
    plans = [plan for plan in read_plans(at.reader) if plan.fiscal_year == at.year.fiscal_year]
    if not plans:
        raise DataProblem(
            f"There are no quotas of {at.year.label} yet",
            remedy="Take them from a file with: salestui quota import FILE --begin",
        )
    found = [plan for plan in plans if _is_meant(plan, version)]
    if not found:
        known = ", ".join(f"{plan.plan_version} ({plan.state})" for plan in plans)
        raise DataProblem(f"{at.year.label} has no version {shown(version or '')}", expected=f"one of {known}")
    return found[0]


def _is_meant(plan: Plan, version: str | None) -> bool:
    if version is None:
        return True
    plain = version.strip().casefold().removeprefix("v")
    return plain in (plan.state, str(plan.plan_version))


def shown(text: str) -> str:
    """What was typed, as messages show it."""
    return f"“{fit(safe_line(text), 40)}”"
