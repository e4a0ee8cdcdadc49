"""Reading a quota plan: the year's latest version, its seats in their line of command, and every quota in it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from salestui.metrics.reader import Scope
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period, short_month
from salestui.planning.quotas.queries.last_year import read_last_year
from salestui.planning.quotas.queries.seats import Place, named_lines, read_rows
from salestui.planning.quotas.queries.stays import Stay, read_stays
from salestui.planning.quotas.sheet import Node, Span, Units, key_of, places_of
from salestui.planning.quotas.standing import Plan, read_plan
from salestui.planning.sales import read_ledger
from salestui.planning.year_before import YearBefore, year_before
from salestui.store.company import read_company
from salestui.store.quick import Reader, as_date

LEAVES = "SELECT seat_id, line_id, month, amount FROM quota_cell WHERE plan_id = :plan"
"""Every quota of a plan, as `units_of` takes them."""


class PlanView(NamedTuple):
    """A year's quotas as they are planned; without a plan, the rows and columns there would be."""

    year: Period
    plan: Plan | None
    nodes: tuple[Node, ...]
    months: tuple[date, ...]
    spans: tuple[Span, ...]
    kept: Units
    """Every quota in it, in smallest units."""
    last_year: Units
    """What was booked by the seats there are in the months of `before`."""
    before: YearBefore
    """Which months count as last year's on the day that is asked for."""
    stays: tuple[Stay, ...] = ()
    """Under which teams the seats stood that moved within the year."""


def read_plan_view(
    reader: Reader, calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str
) -> PlanView:
    """The latest version of the plan of a fiscal year, for the seats of `scope` as they stand on a day in that year."""
    plan = read_plan(reader, year.fiscal_year)
    kept = {} if plan is None else read_quotas(reader, plan.id)
    lines: dict[int, set[int]] = {}
    for seat, line in places_of(kept):
        lines.setdefault(seat, set()).add(line)
    place = place_of(calendar, year, scope, on, company)
    nodes = read_rows(reader, place, lines.keys(), named_lines(reader, lines))
    months = tuple(month.start for month in place.months)
    before = year_before(calendar, year, read_ledger(reader, calendar, on, read_company(reader)))
    last_year = read_last_year(reader, before, months, nodes)
    return PlanView(
        year, plan, nodes, months, spans_of(calendar, year), kept, last_year, before, read_stays(reader, year)
    )


def place_of(
    calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str, seat: int | None = None
) -> Place:
    """The rows that a page asks for, as the teams stand on `on`, or on the day of the year that is nearest to it."""
    return Place(year, tuple(calendar.months(year)), min(max(on, year.start), year.end), scope, company, seat)


def read_quotas(reader: Reader, plan: int) -> Units:
    """Every quota of a version of a plan, in smallest units."""
    return units_of(reader.rows(LEAVES, {"plan": plan}))


def units_of(rows: Iterable[tuple[Any, ...]]) -> Units:
    """Rows of seat, product line, month and amount by leaf."""
    ordinals: dict[object, int] = {}
    found: Units = {}
    for seat, line, month, units in rows:
        if month not in ordinals:
            ordinals[month] = as_date(month).toordinal()
        found[key_of(seat, line or 0, ordinals[month])] = units
    return found


def spans_of(calendar: FiscalCalendar, year: Period) -> tuple[Span, ...]:
    """The columns: the year, then its months, each quarter after its own."""
    months = calendar.months(year)
    spans = [Span("year", year.label, 0, len(months) - 1)]
    for quarter in calendar.quarters(year):
        inside = [number for number, month in enumerate(months) if quarter.start <= month.start <= quarter.end]
        spans += [Span(months[number].label, short_month(months[number]), number, number) for number in inside]
        spans.append(Span(quarter.label, quarter.label[-2:], inside[0], inside[-1]))
    return tuple(spans)
