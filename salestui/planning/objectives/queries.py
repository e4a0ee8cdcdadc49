"""Reading objectives: how each stands beside last year, quotas and actuals, and how it came about."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from salestui.metrics.kpis import Level, judge_pace
from salestui.metrics.pace import Pace, like_periods, read_pace
from salestui.metrics.reader import Lens, Scope
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.planning.objectives.assigned import Assigned, read_assigned
from salestui.planning.objectives.base import Known, read_year_before, usual_base
from salestui.planning.objectives.rules import Kind, State, gap
from salestui.planning.sales import Ledger, Measured, read_booked, read_ledger
from salestui.planning.scopes import Names, PlanScope, read_scopes, under
from salestui.planning.year_before import month_before
from salestui.store.company import Company
from salestui.store.quick import Reader


class Objective(NamedTuple):
    """One version of an objective."""

    id: int
    version: int
    """Of the row, against stale saves."""
    kind: Kind
    measure: Measured
    scope: PlanScope
    period: Period
    amount: Amount
    growth: Rate | None
    base_period: str | None
    base_amount: Amount | None
    number: int
    """Which version it is among those of its measure, scope and period."""
    state: State
    reason: str

    @property
    def key(self) -> str:
        """What names its row."""
        return str(self.id)

    @property
    def label(self) -> str:
        """What it is called: `bookings of West in FY2026 v2`."""
        return f"{self.measure} of {self.scope.name} in {self.period.label} v{self.number}"


class Standing(NamedTuple):
    """An objective beside what there is. Gaps are what is missing of the target; below zero, what exceeds it."""

    objective: Objective
    last_year: Known
    assigned: Assigned
    actual: Known
    """What was booked so far."""
    pace: Pace | None
    """How much of the period is usually booked by now; None before it begins."""
    over: bool

    @property
    def reached(self) -> Decimal | None:
        """The share of the target that is booked."""
        return None if self.actual.amount is None else self.actual.amount.ratio(self.objective.amount)

    @property
    def level(self) -> Level | None:
        """How that is, judged by pace."""
        if self.reached is None or self.pace is None:
            return None
        return judge_pace(self.reached, self.pace.share)

    @property
    def to_assign(self) -> Amount | None:
        """What quotas leave of the target."""
        return gap(self.objective.amount, self.assigned.amount)

    @property
    def to_go(self) -> Amount | None:
        """What is still to book."""
        return gap(self.objective.amount, self.actual.amount)

    @property
    def over_last_year(self) -> Decimal | None:
        """The target over last year's amount, less 1; None where there is none above zero."""
        before = self.last_year.amount
        if before is None or before.units <= 0:
            return None
        return self.objective.amount.ratio(before) - 1


class ObjectivesView(NamedTuple):
    """The objectives of a fiscal year for a scope and what is under it, and of how many other years there are some."""

    year: Period
    standings: tuple[Standing, ...]
    elsewhere: tuple[str, ...]
    """Other fiscal years that have objectives of this scope."""
    scopes: tuple[PlanScope, ...]
    """Whose objectives there can be."""


class Told(NamedTuple):
    """Something that was done to an objective."""

    at: datetime
    """By the company's clock."""
    who: str
    what: str
    why: str


class MonthOf(NamedTuple):
    """A fiscal month of an objective: what was booked, where it has begun, and in the month a year before, or the one
    that stands in for it."""

    period: Period
    actual: Amount | None
    last_year: Amount | None


class ObjectivePage(NamedTuple):
    """An objective with its story, and what its months were so far."""

    standing: Standing
    story: tuple[Told, ...]
    months: tuple[MonthOf, ...]


_COLUMNS = (
    "id, version, kind, measure, scope_kind, scope_id, period, amount, growth, base_period, base_amount,"
    " objective_version, state, reason"
)


def read_objectives(reader: Reader, lens: Lens, company: Company, scope: Scope, period: Period) -> ObjectivesView:
    """The standing objectives of the fiscal year that the period begins in; superseded ones are left to their page."""
    year = lens.calendar.year_of(period.start)
    found = _read(reader, lens, company, "state <> 'superseded'", {})
    shown = under(reader, scope, lens.on, company.name)
    if scope.kind != "company":
        found = [each for each in found if each.scope.key in shown]
    ours = [each for each in found if _touches(each.period, year)]
    others = {lens.calendar.year_of(each.period.start).label for each in found if each not in ours}
    depths = {key: number for number, key in enumerate(shown)}
    ours.sort(key=lambda each: _order(each, depths))
    ledger = read_ledger(reader, lens.calendar, lens.on, company)
    paces = {each.period: _pace(reader, lens, ledger, each.period) for each in ours}
    standings = tuple(_standing(reader, lens, ledger, each, paces[each.period]) for each in ours)
    return ObjectivesView(year, standings, tuple(sorted(others)), read_scopes(reader, lens.on, company.name))


def read_objective(reader: Reader, lens: Lens, company: Company, key: int) -> ObjectivePage:
    """An objective's page; DataProblem where there is none of this number."""
    found = _read(reader, lens, company, "id = :id", {"id": key})
    if not found:
        raise DataProblem("This objective is no more", remedy="Go back with Esc.")
    objective = found[0]
    ledger = read_ledger(reader, lens.calendar, lens.on, company)
    standing = _standing(reader, lens, ledger, objective, _pace(reader, lens, ledger, objective.period))
    return ObjectivePage(standing, read_story(reader, company, objective), _months(reader, lens, ledger, objective))


def read_versions(
    reader: Reader, lens: Lens, company: Company, scope: PlanScope, measure: Measured, period: Period
) -> tuple[Objective, ...]:
    """All versions of the objective of a measure, scope and period, the latest first."""
    where = "measure = :measure AND scope_kind = :kind AND scope_id = :scope AND period = :period"
    values = {"measure": measure, "kind": scope.kind, "scope": scope.id, "period": period.label}
    found = _read(reader, lens, company, where, values)
    return tuple(sorted(found, key=lambda each: -each.number))


def _read(reader: Reader, lens: Lens, company: Company, where: str, values: Mapping[str, object]) -> list[Objective]:
    rows = reader.rows(f"SELECT {_COLUMNS} FROM objective WHERE {where} ORDER BY id", values)
    if not rows:
        return []
    names = Names(reader, lens.on, company.name)
    return [_objective(row, lens, names) for row in rows]


def _objective(row: Sequence[Any], lens: Lens, names: Names) -> Objective:
    key, version, kind, measure, scope_kind, scope_id, period, amount, growth, base, base_amount, *rest = row
    return Objective(
        key,
        version,
        kind,
        measure,
        names.scope(scope_kind, scope_id),
        lens.calendar.parse(period, lens.on),
        Amount.from_units(amount),
        None if growth is None else Rate.from_units(growth),
        base,
        None if base_amount is None else Amount.from_units(base_amount),
        *rest,
    )


def _touches(period: Period, year: Period) -> bool:
    return period.start <= year.end and year.start <= period.end


def _order(each: Objective, depths: Mapping[str, int]) -> tuple[int, str, int, int, int]:
    place = depths.get(each.scope.key, len(depths))
    return place, each.scope.key, each.period.start.toordinal(), -each.period.days, each.number


def _pace(reader: Reader, lens: Lens, ledger: Ledger, period: Period) -> Pace | None:
    if lens.on < period.start:
        return None
    likes = like_periods(lens.calendar, period, ledger.first)
    return read_pace(reader, lens, period, likes, period.day_number(lens.on))


def _standing(reader: Reader, lens: Lens, ledger: Ledger, objective: Objective, pace: Pace | None) -> Standing:
    scope, measure, period = objective.scope, objective.measure, objective.period
    return Standing(
        objective,
        read_year_before(reader, lens, ledger, scope, measure, period),
        read_assigned(reader, lens, scope, measure, period),
        _actual(reader, lens, ledger, objective),
        pace,
        lens.on >= period.end,
    )


def _actual(reader: Reader, lens: Lens, ledger: Ledger, objective: Objective) -> Known:
    period = objective.period
    if lens.on < period.start:
        return Known(None, f"{period.label} has not begun")
    if ledger.first is None:
        return Known(None, "no sales are known yet")
    so_far = period.cut(period.day_number(lens.on))
    (found,) = read_booked(reader, lens, objective.scope, objective.measure, [so_far])
    return Known(found.amount, "" if found.amount is not None else "no cost is known of these sales")


def _months(reader: Reader, lens: Lens, ledger: Ledger, objective: Objective) -> tuple[MonthOf, ...]:
    months = lens.calendar.months(objective.period)
    begun = [month for month in months if month.start <= lens.on]
    base = usual_base(lens, ledger, objective.period)
    before = [month_before(lens.calendar, month, base.end) for month in months]
    known = [month for month in before if not ledger.lacks(month)]
    cuts = [month.cut(month.day_number(lens.on)) for month in begun]
    found = read_booked(reader, lens, objective.scope, objective.measure, [*cuts, *known])
    actual = {month: each.amount for month, each in zip(begun, found, strict=False)}
    last = {month: each.amount for month, each in zip(known, found[len(begun) :], strict=True)}
    return tuple(
        MonthOf(month, actual.get(month), last.get(earlier)) for month, earlier in zip(months, before, strict=True)
    )


def read_story(reader: Reader, company: Company, objective: Objective) -> tuple[Told, ...]:
    """Who did what to this objective and its other versions, when and why; the latest first."""
    rows = reader.rows(
        "SELECT c.at, c.actor, c.kind, c.reason, e.kind, CAST(e.before AS TEXT), CAST(e.after AS TEXT), e.row_id"
        " FROM event e JOIN change c ON c.id = e.change_id WHERE e.table_name = 'objective' AND e.row_id IN"
        " (SELECT o.id FROM objective o WHERE o.measure = :measure AND o.scope_kind = :kind"
        " AND o.scope_id = :scope AND o.period = :period) ORDER BY c.number DESC, e.id DESC",
        {
            "measure": objective.measure,
            "kind": objective.scope.kind,
            "scope": objective.scope.id,
            "period": objective.period.label,
        },
    )
    numbers = dict(reader.rows("SELECT id, objective_version FROM objective"))
    story = []
    for at, who, how, told, kind, before, after, row in rows:
        what = _what(kind, json.loads(before or "null") or {}, json.loads(after or "null") or {})
        reason = (json.loads(after or "null") or {}).get("reason") or ("" if how != "undo" else f"undone: {told}")
        if what:
            story.append(Told(company.local(_moment(at)), who, f"v{numbers.get(row, '?')} {what}", reason))
    return tuple(story)


def _what(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if kind == "insert":
        return f"drafted at {_shown(after['amount'])}"
    if kind == "delete":
        return "dropped"
    parts = []
    if "state" in after:
        parts.append("returned" if (before.get("state"), after["state"]) == ("submitted", "draft") else after["state"])
    if "amount" in after:
        parts.append(f"{_shown(before['amount'])} → {_shown(after['amount'])}")
    return ", ".join(parts)


def _shown(plain: str) -> str:
    return show.exact(Amount(plain))


def _moment(value: Any) -> datetime:
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def the_objective(versions: Sequence[Objective], state: State | None, told: str) -> Objective:
    """The latest of these versions, or the latest in that state; UsageProblem where there is none."""
    found = [each for each in versions if state is None or each.state == state]
    if found:
        return found[0]
    if versions:
        latest = versions[0]
        raise UsageProblem(f"The objective {latest.label} is {latest.state}", expected=f"one that is a {state}")
    raise UsageProblem(f"There is no objective of {told}", remedy="See those there are with: salestui objective list")
