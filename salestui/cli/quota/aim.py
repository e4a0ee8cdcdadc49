"""Whose quotas of when a command means: `West FY2026`, `"Ruiz, Ana" 2026-03`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from salestui.cli.opening import database
from salestui.cli.quota.place import Looked, day_of, shown
from salestui.metrics.reader import COMPANY, Scope
from salestui.metrics.scopes import find_scope
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.plan import PlanView, read_plan_view
from salestui.planning.quotas.rules.outcome import STEP
from salestui.planning.quotas.sheet import Sheet, Span
from salestui.store.company import read_company
from salestui.store.quick import open_reader
from salestui.store.settings import Settings


class Aim(NamedTuple):
    """The sheet of the year's latest version, and the cell in it that is meant."""

    at: Looked
    view: PlanView
    sheet: Sheet
    row: int
    span: int

    @property
    def label(self) -> str:
        """What the cell is called: `West 2026Q2`."""
        return f"{self.sheet.nodes[self.row].label} {self.sheet.spans[self.span].label}"

    @property
    def step(self) -> Amount:
        """What sums are spread in."""
        return STEP if self.view.plan is None else self.view.plan.step


@contextmanager
def aimed(settings: Settings, name: str, when: str) -> Iterator[Aim]:
    """Open the database and find the cell; UsageProblem where there is none such, or several."""
    with open_reader(database(settings)) as reader:
        company = read_company(reader)
        on = day_of(settings, company)
        period = company.calendar.parse(when, on)
        year = company.calendar.year_of(period.start)
        at = Looked(reader, company, on, year, COMPANY._replace(name=company.name))
        view = read_plan_view(reader, company.calendar, year, at.scope, on, company.name)
        span = _span(at, view, period, when)
        sheet = Sheet(view.nodes, view.months, [*view.spans, span], view.kept)
        yield Aim(at, view, sheet, _row(at, view, name, period), len(view.spans))


def _span(at: Looked, view: PlanView, period: Period, when: str) -> Span:
    months = at.company.calendar.months(period)
    if months[0].start != period.start or months[-1].end != period.end or months[-1].end > view.year.end:
        raise UsageProblem(
            f"{shown(when)} is not made of whole fiscal months of one fiscal year",
            expected="a month, a quarter or a year such as 2026-03, 2026Q1 or FY2026",
        )
    first = view.months.index(months[0].start)
    return Span(period.label, period.label, first, first + len(months) - 1)


def _row(at: Looked, view: PlanView, name: str, period: Period) -> int:
    rows = {node.key: row for row, node in enumerate(view.nodes)}
    try:
        scope = find_scope(at.reader, name, at.on, at.company.name)
    except UsageProblem as problem:
        seat = _seat_called(at, name)
        if seat is None:
            remedy = problem.remedy if problem.remedy.startswith("Did") else "For the whole company say: company"
            raise UsageProblem(problem.what, expected=problem.expected, remedy=remedy) from problem
        keys = [f"seat:{seat}"]
    else:
        keys = _keys(at, view, scope, period)
    found = [rows[key] for key in keys if key in rows]
    if len(found) == 1:
        return found[0]
    if found:
        seats = ", ".join(view.nodes[row].label for row in found)
        raise UsageProblem(f"{shown(name)} holds several seats in {period.label}: {seats}", expected="one of the seats")
    raise UsageProblem(f"{shown(name)} has no seat in {period.label}", remedy="See who has with: salestui quota show")


def _keys(at: Looked, view: PlanView, scope: Scope, period: Period) -> list[str]:
    if scope.kind == "company":
        return [view.nodes[0].key] if view.nodes else []
    if scope.kind == "team":
        return [f"team:{scope.id}"]
    held = (
        "SELECT DISTINCT seat_id FROM person_seat WHERE person_id = :who"
        " AND valid_from <= :end AND valid_to >= :start ORDER BY seat_id"
    )
    within = {"who": scope.id, "start": period.start, "end": period.end}
    return [f"seat:{seat}" for (seat,) in at.reader.rows(held, within)]


def _seat_called(at: Looked, name: str) -> int | None:
    """The one seat with this title or id."""
    wanted = " ".join(name.split()).casefold()
    known = at.reader.rows("SELECT id, title, source_id FROM seat")
    for index in (2, 1):
        found = [row[0] for row in known if row[index] is not None and row[index].casefold() == wanted]
        if len(found) == 1:
            return int(found[0])
    return next((int(row[0]) for row in known if f"#{row[0]}" == wanted), None)
