"""Quotas of closed months hold while the rest of the year is planned, so that what is typed into a sum can be saved."""

from datetime import date

import pytest
from sqlalchemy import Engine

from salestui.metrics.closing import close_months
from salestui.metrics.work import work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.commands.amounts import set_units
from salestui.planning.quotas.holds import with_closed
from salestui.planning.quotas.rules.entry import entry
from salestui.planning.quotas.rules.ranges import spread_over
from salestui.planning.quotas.rules.ways import EVEN
from salestui.store.database import Database
from tests.planning.support import put_into_force, seen, sheet_of, sums_hold, units
from tests.support.companies import KIM
from tests.support.quota_sheet import FIRST_QUARTER, LEAVES, MARCH, MONTHS, YEAR, sheet, u

FEBRUARY = date(2026, 2, 28)


def test_closed_months_hold_before_anything_else_and_open_ones_do_not() -> None:
    found = sheet({leaf: u(10) for leaf in LEAVES})
    assert with_closed(found, {}, None) == with_closed(found, {}, date(2025, 12, 31)) == {}
    holds = with_closed(found, {}, FEBRUARY)
    assert {leaf.month for leaf in holds} == set(MONTHS[:2])
    assert set(holds) == {leaf for leaf in LEAVES if leaf.month in MONTHS[:2]}
    found.holds = holds
    changes = spread_over(found, [(2, FIRST_QUARTER)], Amount(100), EVEN).changes
    assert list(changes.values()) == [u(80)]
    with pytest.raises(UsageProblem, match=r"is closed, with all months up to 2026-02-28\. Expected a later month"):
        entry(found, [(2, MARCH - 1)], "5")


def test_a_year_that_goes_on_is_planned_anew_saved_and_published(place: Database, writer: Engine, draft: int) -> None:
    with work(writer, KIM, "Close") as begun:
        close_months(begun, FiscalCalendar().parse("2026-02", FEBRUARY), date(2026, 3, 5))
    view = seen(place)
    found = sheet_of(view)
    found.holds = with_closed(found, {}, FEBRUARY)
    changes = entry(found, [(0, 0)], "5000").changes
    assert changes
    with work(writer, KIM, "Set") as begun:
        set_units(begun, draft, changes, view.kept)
    put_into_force(writer, draft)
    assert sheet_of(seen(place)).units(0, YEAR) == units(5000)[0]
    assert sums_hold(place)
