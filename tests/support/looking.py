"""Looking into a database as the app does."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from salestui.metrics.kpis import Basis, read_basis
from salestui.metrics.reader import AS_IT_WAS, Lens, View
from salestui.metrics.scopes import Place, read_places
from salestui.model.values.period import Period
from salestui.store.company import Company, read_company
from salestui.store.database import Database
from salestui.store.quick import Reader, open_reader


class Looking(NamedTuple):
    """A database open for reading, and what it is looked at through."""

    reader: Reader
    company: Company
    lens: Lens
    period: Period
    basis: Basis
    places: tuple[Place, ...]


@contextmanager
def looking(path: Path, period: str = "this", *, on: date | None = None, view: View = AS_IT_WAS) -> Iterator[Looking]:
    """Open the database at `path`, by default as of the day it is pinned to."""
    with open_reader(Database("sqlite", str(path))) as reader:
        company = read_company(reader)
        day = on or company.today(datetime.now(UTC))
        lens = Lens(company.calendar, view, day)
        seen = company.calendar.parse(period, day)
        basis = read_basis(reader, lens, seen, company.targets)
        yield Looking(reader, company, lens, seen, basis, read_places(reader, day, company.name))
