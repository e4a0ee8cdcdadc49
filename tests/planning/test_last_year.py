"""Last year's bookings beside a plan: to the day that is asked for, and no further, and it says so."""

from datetime import date

import pytest

from salestui.metrics.reader import COMPANY
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.queries.last_year import Known, known_of
from salestui.planning.quotas.queries.plan import read_plan_view
from salestui.planning.quotas.sheet import Sheet, Span
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building

CALENDAR = FiscalCalendar()
NEXT = CALENDAR.parse("FY2027", date(2026, 5, 20))


@pytest.fixture
def url(database_url: str) -> str:
    """Ana sold 100 on the first and 10 on the 25th of each of the first six months of 2026."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        lead = company.seat("Head", team="Sales")
        seat, ana = company.seat("Rep", lead), company.person("Ana")
        company.sits(ana, seat)
        for month in range(1, 7):
            company.sale(100, date(2026, month, 1), (ana, seat, "owner", 100))
            company.sale(10, date(2026, month, 25), (ana, seat, "owner", 10))
    writer.dispose()
    return database_url


@pytest.mark.parametrize(
    ("on", "whole", "fifth"),
    [("2026-05-20", 540, 100), ("2026-05-25", 550, 110), ("2026-04-30", 440, None), ("2027-01-15", 660, 110)],
)
def test_what_was_booked_later_than_the_day_is_not_counted(url: str, on: str, whole: int, fifth: int | None) -> None:
    with open_reader(parse(url)) as reader:
        view = read_plan_view(reader, CALENDAR, NEXT, COMPANY, date.fromisoformat(on), "Acme")
    sheet = Sheet(view.nodes, view.months, view.spans, view.last_year)
    may = next(number for number, span in enumerate(view.spans) if span.label == "May")
    assert sheet.value(0, 0) == Amount(whole)
    assert sheet.value(0, may) == (None if fifth is None else Amount(fifth))


def test_columns_whose_year_before_goes_on_know_to_which_day() -> None:
    known = known_of(CALENDAR, NEXT, date(2026, 5, 20))
    april, may, first, year = (Span("", "", *ends) for ends in ((3, 3), (4, 4), (0, 2), (0, 11)))
    assert known == Known(4, date(2026, 5, 20))
    assert [known.within(span) for span in (april, may, first, year)] == [None, known.until, None, known.until]
    assert known_of(CALENDAR, NEXT, date(2026, 12, 31)).within(year) is None
