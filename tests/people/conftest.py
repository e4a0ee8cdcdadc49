"""A company whose people moved about, in both databases."""

from collections.abc import Iterator
from datetime import date

import pytest

from salestui.metrics.kpis import read_basis
from salestui.metrics.reader import AS_IT_WAS, Lens
from salestui.store.company import read_company
from salestui.store.database import parse
from salestui.store.quick import open_reader
from tests.support.companies import put_together
from tests.support.looking import Looking
from tests.support.rich_company import build_rich

ON = date(2026, 3, 12)


@pytest.fixture
def rich(database_url: str) -> Iterator[Looking]:
    """The rich company as of 12 March 2026, once on SQLite and once on PostgreSQL."""
    with open_reader(put_together(parse(database_url), build_rich)) as reader:
        company_read = read_company(reader)
        lens = Lens(company_read.calendar, AS_IT_WAS, ON)
        period = company_read.calendar.parse("this", ON)
        basis = read_basis(reader, lens, period, {})
        yield Looking(reader, company_read, lens, period, basis, ())
