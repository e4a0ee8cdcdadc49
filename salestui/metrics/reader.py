"""Reading sums of facts with the bare driver: of the company, a team or a person, over any period.

Whole months are read from the roll-up, the rest by days. Flows follow the line of command as it stood on each fact's
day (`AS_IT_WAS`), or the teams of one day (`TODAYS_TEAMS`): then all a person's numbers are with the team that the
person is in on that day. Stocks are always looked at through the teams of a single day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from salestui.metrics.catalog import FIRST_DAY, LAPSING, LAST_DAY, STOCKS
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
    teams: date | None = None
    """Of which day today's teams are, where that is another one than `on`."""

    def at(self, day: date) -> "Lens":
        """The same view on another day: today's teams stay today's."""
        return self._replace(on=day, teams=self.teams_on if self.view == TODAYS_TEAMS else None)

    @property
    def teams_on(self) -> date:
        """The day whose teams stocks, and in the view of today's teams flows, are looked at through."""
        return self.teams or self.on


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

_Span = tuple[str, str, date, date]
"""A table, its column of days, and from which day to which it is read: whole months go by their first days."""


Window = tuple[tuple[str, ...], Period, Period | None]
"""Facts to sum over the days of a period; if stocks, over all days to its end, and of what is due in the other one."""


def flow(facts: tuple[str, ...], period: Period) -> Window:
    """The window of flows over the days of a period."""
    return facts, period, None


def level(facts: tuple[str, ...], on: date, due: Period | None = None) -> Window:
    """The window of stocks as they stand at the end of a day; of what is due in the months of `due`, if given."""
    return facts, Period(EARLIEST, on, "", "range"), due


def read_windows(reader: Reader, lens: Lens, scope: Scope, windows: Sequence[Window]) -> list[Sums]:
    """The sums of each window, in one query."""
    found: list[Sums] = [{} for _ in windows]
    for window, fact, both in _read(reader, lens, scope.kind, scope.id, windows):
        if both is not None:
            _add(found[window], fact, *both.split())
    return found


def read_windows_of_each(reader: Reader, lens: Lens, kind: Every, windows: Sequence[Window]) -> dict[int, list[Sums]]:
    """The sums of each window: of every team by its leading seat, or of every person."""
    found: dict[int, list[Sums]] = {}
    for window, who, fact, total, count in _read(reader, lens, kind, None, windows):
        _add(found.setdefault(who, [{} for _ in windows])[window], fact, total, count)
    return found


def read_flows(reader: Reader, lens: Lens, scope: Scope, facts: Sequence[str], period: Period) -> Sums:
    """Sums of flows over the days of `period`."""
    return read_windows(reader, lens, scope, [flow(tuple(facts), period)])[0]


def read_flows_of_each(
    reader: Reader, lens: Lens, kind: Every, facts: Sequence[str], period: Period
) -> dict[int, Sums]:
    """Sums of flows over the days of `period`: of every team by its leading seat, or of every person."""
    found = read_windows_of_each(reader, lens, kind, [flow(tuple(facts), period)])
    return {who: sums for who, (sums,) in found.items()}


def read_stocks(
    reader: Reader, lens: Lens, scope: Scope, facts: Sequence[str], on: date, due: Period | None = None
) -> Sums:
    """Levels of stocks at the end of the day `on`; of what is due in the months of `due`, if given."""
    return read_windows(reader, lens, scope, [level(tuple(facts), on, due)])[0]


def read_stocks_of_each(
    reader: Reader, lens: Lens, kind: Every, facts: Sequence[str], on: date, due: Period | None = None
) -> dict[int, Sums]:
    """Levels of stocks at the end of the day `on`: of every team by its leading seat, or of every person."""
    found = read_windows_of_each(reader, lens, kind, [level(tuple(facts), on, due)])
    return {who: sums for who, (sums,) in found.items()}


_WHOM: dict[str, str] = {
    "company": "",
    "person": "f.person_id = :who",
    "every person": "f.person_id = e.id",
    "team then": "f.seat_id = c.descendant_id AND f.seat_id <> 0",
    "team of a day": "p.seat_id = c.descendant_id AND :teams_on BETWEEN p.valid_from AND p.valid_to"
    " AND f.person_id = p.person_id AND :teams_on BETWEEN c.valid_from AND c.valid_to",
    "vacant on a day": "f.seat_id = c.descendant_id AND f.seat_id <> 0 AND f.person_id = 0"
    " AND :teams_on BETWEEN c.valid_from AND c.valid_to",
}
"""How a measure is known to belong to whom it is asked for."""

_DAYS = "BETWEEN w.column2 AND w.column3"
_DAYS_IN_LINE = (
    "BETWEEN CASE WHEN c.valid_from > w.column2 THEN c.valid_from ELSE w.column2 END"
    " AND CASE WHEN c.valid_to < w.column3 THEN c.valid_to ELSE w.column3 END"
)
"""The days wanted on which the line was as it is told; as one range, so that an index reads no other row."""

_FROM = {
    "every person": "person e CROSS JOIN ",
    "team then": "line_closure c CROSS JOIN ",
    "team of a day": "line_closure c CROSS JOIN person_seat p CROSS JOIN ",
    "vacant on a day": "line_closure c CROSS JOIN ",
}


def _read(reader: Reader, lens: Lens, kind: str, who: int | None, windows: Sequence[Window]) -> list[tuple[Any, ...]]:
    """(window, fact, `total count`), or where everybody is asked for (window, who, fact, total, count)."""
    seams = _seams(reader, lens, who, windows) if kind == "team" and lens.view == AS_IT_WAS else frozenset()
    query = _Query(lens, kind, who)
    for number, (wanted, period, due) in enumerate(windows):
        if not period.days:
            continue
        if wanted[0] in STOCKS:
            for facts, due_from, due_to in _dues(lens, wanted, period.end, due):
                for span in _spans_until(lens, kind, period.end):
                    query.add(number, facts, span, (due_from, due_to))
        else:
            for span in _spans(lens, kind, period, seams):
                query.add(number, wanted, span, None)
    return reader.rows(query.sql, query.values) if query.sql else []


class _Query:
    """A query in the making: for each table, facts and the windows (`w`) that are wanted of each of them (`k`).

    For a single scope the sums are looked up window by window, which spares the database to sort every row into groups;
    such a look-up has one value, so that total and count come in one text.
    """

    def __init__(self, lens: Lens, kind: str, who: int | None) -> None:
        self.values: dict[str, object] = {"teams_on": lens.teams_on, "who": who, "none": EARLIEST}
        self._view = lens.view
        self._kind = kind
        self._each = who is None and kind != "company"
        self._names: dict[date, str] = {}
        self._wanted: dict[tuple[str, str, bool, tuple[str, ...]], list[str]] = {}

    def add(self, number: int, facts: tuple[str, ...], span: _Span, due: tuple[date, date] | None) -> None:
        table, day, start, end = span
        days = ", ".join(map(self._bound, (start, end, *(due or ()))))
        self._wanted.setdefault((table, day, due is not None, facts), []).append(f"({number}, {days})")

    @property
    def sql(self) -> str:
        """The whole query; databases name the columns of a list by their numbers."""
        selects: list[str] = []
        for (table, day, stock, facts), windows in self._wanted.items():
            named = ", ".join(f"('{fact}')" for fact in facts)
            lists = f"(VALUES {', '.join(windows)}) w CROSS JOIN (VALUES {named}) k"
            due = "BETWEEN w.column4 AND w.column5" if stock else "= :none"
            for way in self._ways(stock):
                conditions = [
                    _WHOM[way],
                    "c.ancestor_id = :who" if self._kind == "team" and not self._each else "",
                    f"f.measure = k.column1 AND f.due {due}",
                    f"f.{day} {_DAYS_IN_LINE if way == 'team then' else _DAYS}",
                ]
                where = " AND ".join(filter(None, conditions))
                selects.append((self._of_each if self._each else self._of_one)(lists, _FROM.get(way, ""), table, where))
        return " UNION ALL ".join(selects)

    def _of_one(self, lists: str, whom: str, table: str, where: str) -> str:
        both = f"SELECT SUM(f.total) || ' ' || SUM(f.count) FROM {whom}{table} f WHERE {where}"
        return f"SELECT w.column1, k.column1, ({both}) FROM {lists}"

    def _of_each(self, lists: str, whom: str, table: str, where: str) -> str:
        who = "c.ancestor_id" if self._kind == "team" else "f.person_id"
        sums = f"SELECT w.column1, {who}, f.measure, SUM(f.total), SUM(f.count)"
        return f"{sums} FROM {whom}{lists} CROSS JOIN {table} f WHERE {where} GROUP BY 1, 2, 3"

    def _ways(self, stock: bool) -> tuple[str, ...]:
        if self._kind == "company":
            return ("company",)
        if self._kind == "person":
            return ("every person",) if self._each else ("person",)
        if self._view == AS_IT_WAS and not stock:
            return ("team then",)
        return ("team of a day",) if stock else ("team of a day", "vacant on a day")

    def _bound(self, day: date) -> str:
        name = self._names.setdefault(day, f"day{len(self._names)}")
        self.values[name] = day
        return f":{name}"


def _dues(lens: Lens, wanted: Sequence[str], on: date, due: Period | None) -> list[tuple[tuple[str, ...], date, date]]:
    """Facts with the months due that have to be read: what lapses with its month is nothing once that is over."""
    first, last = EARLIEST, LATEST
    if due is not None:
        months = lens.calendar.months(due)
        first, last = months[0].start, months[-1].start
    lapsing = tuple(fact for fact in wanted if fact in LAPSING)
    lasting = tuple(fact for fact in wanted if fact not in LAPSING)
    found = [(lapsing, max(first, lens.calendar.month_of(on).start), last), (lasting, first, last)]
    return [(facts, due_from, due_to) for facts, due_from, due_to in found if facts and due_from <= due_to]


def _spans_until(lens: Lens, kind: str, on: date) -> list[_Span]:
    if kind == "company":
        return [("measure_company", "day", EARLIEST, on)]
    month = lens.calendar.month_of(on).start
    return [("measure_month", "month", EARLIEST, month - _DAY), ("measure_day", "day", month, on)]


def _spans(lens: Lens, kind: str, period: Period, seams: frozenset[date]) -> list[_Span]:
    """What to read for the days of `period`: months where they are whole and no team changed inside them."""
    if kind == "company":
        return [("measure_company", "day", period.start, period.end)]
    spans: list[_Span] = []
    for month in lens.calendar.months(period):
        start, end = max(month.start, period.start), min(month.end, period.end)
        whole = (start, end) == (month.start, month.end) and start >= FIRST_DAY and end <= LAST_DAY
        by_month = whole and not any(start < seam <= end for seam in seams)
        table, day = ("measure_month", "month") if by_month else ("measure_day", "day")
        until = start if by_month else end
        if spans and spans[-1][0] == table:
            spans[-1] = (table, day, spans[-1][2], until)
        else:
            spans.append((table, day, start, until))
    return spans


def _seams(reader: Reader, lens: Lens, who: int | None, windows: Sequence[Window]) -> frozenset[date]:
    """Days from which somebody's line of command is another, as far as the windows reach."""
    periods = [period for facts, period, _ in windows if period.days and facts[0] not in STOCKS]
    if not periods:
        return frozenset()
    team = "" if who is None else " AND ancestor_id = :who"
    values = {"who": who, "start": min(p.start for p in periods), "end": max(p.end for p in periods)}
    begun = f"SELECT DISTINCT valid_from FROM line_closure WHERE valid_from BETWEEN :start AND :end{team}"
    ended = f"SELECT DISTINCT valid_to FROM line_closure WHERE valid_to BETWEEN :start AND :end{team}"
    found = {as_date(day) for (day,) in reader.rows(begun, values)}
    return frozenset(found | {as_date(day) + _DAY for (day,) in reader.rows(ended, values)})


def _add(found: Sums, fact: str, total: int, count: int) -> None:
    found[fact] = found.get(fact, NOTHING).plus(Sum(int(total), int(count)))
