"""Reading sums of facts with the bare driver: of the company, a team or a person, over any period.

Whole months are read from the roll-up, the rest by days. Flows follow the line of command as it stood on each fact's
day (`AS_IT_WAS`), or the teams of one day (`TODAYS_TEAMS`): then all a person's numbers are with the team that the
person is in on that day. Stocks are always looked at through the teams of their day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import EARLIEST, LATEST, Period
from salestui.store.quick import Reader, as_date

View = Literal["as_it_was", "todays_teams"]
AS_IT_WAS: View = "as_it_was"
TODAYS_TEAMS: View = "todays_teams"


class Scope(NamedTuple):
    """Whose numbers: the company's, the team's under a seat (its leader's own included), or a person's."""

    kind: Literal["company", "team", "person"]
    id: int
    name: str


COMPANY = Scope("company", 0, "Company")


class Lens(NamedTuple):
    """How numbers are looked at: by which calendar, in which view of the past, and on which day."""

    calendar: FiscalCalendar
    view: View
    on: date


class Sum(NamedTuple):
    """A fact's total (ten-thousandths of the currency, or days), and of how many."""

    total: int
    number: int

    def plus(self, other: "Sum") -> "Sum":
        """Both together."""
        return Sum(self.total + other.total, self.number + other.number)


NOTHING = Sum(0, 0)
Sums = dict[str, Sum]
Every = Literal["team", "person"]

_DAY = timedelta(days=1)


class _Span(NamedTuple):
    """Days that are read from one table: whole months by their first days, or single days."""

    table: str
    column: str
    start: date
    end: date


def read_flows(reader: Reader, lens: Lens, scope: Scope, facts: Sequence[str], period: Period) -> Sums:
    """Sums of flows over the days of `period`."""
    found: Sums = {}
    for span in _spans(reader, lens, scope.kind, scope.id, period):
        for fact, total, count in _rows(reader, lens, scope.kind, scope.id, facts, span, ""):
            _add(found, fact, total, count)
    return found


def read_flows_of_each(
    reader: Reader, lens: Lens, kind: Every, facts: Sequence[str], period: Period
) -> dict[int, Sums]:
    """Sums of flows over the days of `period`: of every team by its leading seat, or of every person."""
    found: dict[int, Sums] = {}
    for span in _spans(reader, lens, kind, None, period):
        for who, fact, total, count in _rows(reader, lens, kind, None, facts, span, _WHO[kind]):
            _add(found.setdefault(who, {}), fact, total, count)
    return found


def read_months(reader: Reader, lens: Lens, scope: Scope, facts: Sequence[str], period: Period) -> dict[date, Sums]:
    """Sums of flows by fiscal month (its first day), over the days of `period`."""
    found: dict[date, Sums] = {}
    for span in _spans(reader, lens, scope.kind, scope.id, period):
        key = "f.month" if span.column == "month" else "d.month"
        for month, fact, total, count in _rows(reader, lens, scope.kind, scope.id, facts, span, key):
            _add(found.setdefault(as_date(month), {}), fact, total, count)
    return found


def read_stocks(
    reader: Reader, lens: Lens, scope: Scope, facts: Sequence[str], on: date, due: Period | None = None
) -> Sums:
    """Levels of stocks at the end of the day `on`; of what is due in the months of `due`, if given."""
    found: Sums = {}
    for span in _spans_until(lens, scope.kind, on):
        for fact, total, count in _rows(
            reader, lens, scope.kind, scope.id, facts, span, "", stock=True, due=_due(lens, due)
        ):
            _add(found, fact, total, count)
    return found


def read_stocks_of_each(
    reader: Reader, lens: Lens, kind: Every, facts: Sequence[str], on: date, due: Period | None = None
) -> dict[int, Sums]:
    """Levels of stocks at the end of the day `on`: of every team by its leading seat, or of every person."""
    found: dict[int, Sums] = {}
    for span in _spans_until(lens, kind, on):
        for who, fact, total, count in _rows(
            reader, lens, kind, None, facts, span, _WHO[kind], stock=True, due=_due(lens, due)
        ):
            _add(found.setdefault(who, {}), fact, total, count)
    return found


def read_company_days(reader: Reader, fact: str, start: date, end: date) -> dict[date, Sum]:
    """A flow of the whole company by day, days without any left out."""
    sql = (
        "SELECT f.day, SUM(f.total), SUM(f.count) FROM measure_company f"
        " WHERE f.measure = :fact AND f.due = :none AND f.day BETWEEN :start AND :end GROUP BY f.day"
    )
    rows = reader.rows(sql, {"fact": fact, "none": EARLIEST, "start": start, "end": end})
    return {as_date(day): Sum(int(total), int(count)) for day, total, count in rows}


_WHO: dict[Every, str] = {"team": "c.ancestor_id", "person": "f.person_id"}

_TEAMS_THEN = (
    "line_closure c JOIN {table} f ON f.seat_id = c.descendant_id AND f.{column} BETWEEN c.valid_from AND c.valid_to"
)
_TEAMS_ON_A_DAY = (
    "line_closure c JOIN person_seat p ON p.seat_id = c.descendant_id AND :on BETWEEN p.valid_from AND p.valid_to"
    " JOIN {table} f ON f.person_id = p.person_id AND :on BETWEEN c.valid_from AND c.valid_to"
)
_VACANT_ON_A_DAY = (
    "line_closure c JOIN {table} f ON f.seat_id = c.descendant_id AND f.person_id = 0"
    " AND :on BETWEEN c.valid_from AND c.valid_to"
)


def _sources(lens: Lens, kind: str, stock: bool) -> tuple[str, ...]:
    if kind != "team":
        return ("{table} f",)
    if lens.view == AS_IT_WAS and not stock:
        return (_TEAMS_THEN,)
    return (_TEAMS_ON_A_DAY,) if stock else (_TEAMS_ON_A_DAY, _VACANT_ON_A_DAY)


def _rows(
    reader: Reader,
    lens: Lens,
    kind: str,
    who: int | None,
    facts: Sequence[str],
    span: _Span,
    key: str,
    *,
    stock: bool = False,
    due: tuple[date, date] | None = None,
) -> list[tuple[Any, ...]]:
    """Sums by `key` (nothing for "") and fact; of one team or person, or with `who` None of each."""
    keys = f"{key}, f.measure" if key else "f.measure"
    conditions = [
        f"f.measure IN ({', '.join(repr(fact) for fact in facts)})",
        f"f.{span.column} BETWEEN :start AND :end",
    ]
    values: dict[str, object] = {"start": span.start, "end": span.end, "on": lens.on, "who": who}
    if due is not None or not stock:
        conditions.append("f.due BETWEEN :due_start AND :due_end")
        values |= {"due_start": due[0] if due else EARLIEST, "due_end": due[1] if due else EARLIEST}
    if kind == "person":
        conditions.append("f.person_id <> 0" if who is None else "f.person_id = :who")
    elif kind == "team" and who is not None:
        conditions.append("c.ancestor_id = :who")
    days = " JOIN fiscal_day d ON d.day = f.day" if key == "d.month" else ""
    found: list[tuple[Any, ...]] = []
    for source in _sources(lens, kind, stock):
        table = source.format(table=span.table, column=span.column)
        sums = f"SELECT {keys}, SUM(f.total), SUM(f.count) FROM {table}{days}"
        sql = f"{sums} WHERE {' AND '.join(conditions)} GROUP BY {keys}"
        found += reader.rows(sql, values)
    return found


def _spans(reader: Reader, lens: Lens, kind: str, who: int | None, period: Period) -> list[_Span]:
    """What to read for the days of `period`: months where they are whole and the team did not change inside them."""
    if not period.days:
        return []
    if kind == "company":
        return [_Span("measure_company", "day", period.start, period.end)]
    seams = _seams(reader, who, period) if kind == "team" and lens.view == AS_IT_WAS else set()
    spans: list[_Span] = []
    for month in lens.calendar.months(period):
        start, end = max(month.start, period.start), min(month.end, period.end)
        whole = (start, end) == (month.start, month.end) and not any(start < seam <= end for seam in seams)
        spans.append(
            _Span("measure_month", "month", start, start) if whole else _Span("measure_day", "day", start, end)
        )
    return _joined(spans)


def _seams(reader: Reader, who: int | None, period: Period) -> set[date]:
    """Days in the period from which somebody's line of command is another."""
    team = "" if who is None else " AND ancestor_id = :who"
    values = {"who": who, "start": period.start, "end": period.end}
    begun = f"SELECT DISTINCT valid_from FROM line_closure WHERE valid_from BETWEEN :start AND :end{team}"
    ended = f"SELECT DISTINCT valid_to FROM line_closure WHERE valid_to BETWEEN :start AND :end{team}"
    found = {as_date(day) for (day,) in reader.rows(begun, values)}
    return found | {as_date(day) + _DAY for (day,) in reader.rows(ended, values) if as_date(day) < LATEST}


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for span in spans:
        if joined and joined[-1].table == span.table:
            joined[-1] = joined[-1]._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def _spans_until(lens: Lens, kind: str, on: date) -> list[_Span]:
    if kind == "company":
        return [_Span("measure_company", "day", EARLIEST, on)]
    month = lens.calendar.month_of(on).start
    return [_Span("measure_month", "month", EARLIEST, month - _DAY), _Span("measure_day", "day", month, on)]


def _due(lens: Lens, due: Period | None) -> tuple[date, date] | None:
    if due is None:
        return None
    months = lens.calendar.months(due)
    return months[0].start, months[-1].start


def _add(found: Sums, fact: str, total: int, count: int) -> None:
    found[fact] = found.get(fact, NOTHING).plus(Sum(int(total), int(count)))
