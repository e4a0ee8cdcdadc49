"""Whose quotas of when a command means: `West FY2026`, `"Ruiz, Ana" 2026-03`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from salestui.cli.opening import database
from salestui.cli.quota.place import Looked, day_of, shown
from salestui.metrics.naming import KnownSeat, folded
from salestui.metrics.reader import COMPANY, Scope
from salestui.metrics.scopes import NobodyCalled, find_named
from salestui.model.values.amount import Amount
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.plan import PlanView, read_plan_view
from salestui.planning.quotas.queries.seats import OWN
from salestui.planning.quotas.rules.outcome import STEP
from salestui.planning.quotas.rules.sellers import managing
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
        sheet.managing = managing(sheet.nodes)
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
    found = [
        row
        for row, node in enumerate(view.nodes)
        if (node.vacant or node.label.endswith(OWN)) and folded(node.label) == folded(name)
    ] or [rows[key] for key in _keys(at, view, _named(at, name), period) if key in rows]
    if len(found) == 1:
        return found[0]
    if found:
        seats = ", ".join(f"#{view.nodes[row].key.partition(':')[2]}" for row in found)
        raise UsageProblem(f"{shown(name)} is several seats in {period.label}: {seats}", expected="one of the seats")
    raise UsageProblem(f"{shown(name)} has no seat in {period.label}", remedy="See who has with: salestui quota show")


def _named(at: Looked, name: str) -> Scope | KnownSeat:
    try:
        return find_named(at.reader, name, at.on, at.company.name)
    except NobodyCalled as problem:
        remedy = problem.remedy if problem.remedy.startswith("Did") else "For the whole company say: company"
        raise NobodyCalled(problem.what, remedy=remedy) from problem


def _keys(at: Looked, view: PlanView, scope: Scope | KnownSeat, period: Period) -> list[str]:
    if isinstance(scope, KnownSeat):
        return [f"seat:{scope.id}"]
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
