"""Any calendar a company may have, and any period in it."""

from datetime import date, timedelta

from hypothesis import strategies as st

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period, of_days

DAYS = st.dates(date(1980, 1, 1), date(2110, 12, 31))
MONTH_CALENDARS = st.builds(FiscalCalendar, st.integers(1, 12), named_by=st.sampled_from(["end", "start"]))
WEEK_CALENDARS = st.builds(
    FiscalCalendar, st.integers(1, 12), st.just("4-4-5"), st.integers(0, 6), st.sampled_from(["end", "start"])
)
CALENDARS = MONTH_CALENDARS | WEEK_CALENDARS


@st.composite
def periods(draw: st.DrawFn, calendar: FiscalCalendar) -> Period:
    """A day, month, quarter, year, or a range of months, of calendar months or of days."""
    day = draw(DAYS)
    later = day + timedelta(days=draw(st.integers(0, 700)))
    common = f"{day:%Y-%m}"
    return draw(
        st.sampled_from(
            [
                of_days(day, day),
                calendar.month_of(day),
                calendar.quarter_of(day),
                calendar.year_of(day),
                of_days(day, later),
                calendar.parse(common, day),
                calendar.parse(f"{common}..{later:%Y-%m}", day),
                calendar.parse(f"{calendar.month_of(day).label}..{calendar.quarter_of(later).label}", day),
                calendar.parse(f"{common}..{calendar.year_of(later).label}", day),
            ]
        )
    )


@st.composite
def calendars_with_periods(draw: st.DrawFn) -> tuple[FiscalCalendar, Period]:
    """A calendar and a period in it."""
    calendar = draw(CALENDARS)
    return calendar, draw(periods(calendar))
