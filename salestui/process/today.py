"""Today: the quarter's picture, what needs the manager, and where the cycle stands. What has no data is left out."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from salestui.metrics.kpis import (
    Basis,
    KpiValue,
    Level,
    Trend,
    judge_pace,
    read_basis,
    read_kpis,
    read_measures,
    read_trend,
    whole_months,
)
from salestui.metrics.pace import first_booking, like_periods, read_pace
from salestui.metrics.reader import NOTHING, Lens, Scope, read_flows, read_flows_of_each
from salestui.model.values import show
from salestui.model.values.amount import Amount
from salestui.model.values.period import Period, weekdays
from salestui.people.staffing import Member, Vacancy, read_members, read_seat_count, read_vacancies
from salestui.planning.objectives.standing import read_in_force
from salestui.planning.quotas.standing import Plan, read_plan, read_seats_with_quota
from salestui.store.company import Company
from salestui.store.quick import Reader

Done = Literal["done", "partly", "open"]
MOST_NEEDS = 8


class Standing(NamedTuple):
    """How a person stands against pace."""

    person: int
    name: str
    bookings: Amount
    quota: Amount
    attainment: Decimal
    level: Level


class Need(NamedTuple):
    """Something that needs the manager, and where to go about it."""

    urgent: bool
    text: str
    goal: str
    """A page of the app, and the row there that it begins with: `performance:person:12`, `team:3:0`,
    `quotas:seat:3`; `person:12` is that person's page, `pipeline:late` what of the period is past due there."""


class Step(NamedTuple):
    """Where a step of the cycle stands."""

    done: Done
    name: str
    text: str


class Progress(NamedTuple):
    """How far the approved objective of the period, or of its fiscal year, is reached."""

    period: Period
    amount: Amount
    reached: Decimal
    pace: Decimal
    level: Level


class TodayView(NamedTuple):
    """The picture of a scope and period on a day. None is what cannot be told."""

    scope: Scope
    period: Period
    as_of: date
    kpis: dict[str, KpiValue]
    trend: Trend
    basis: Basis
    gap: Amount | None
    """Quota still to book; below zero once it is met."""
    a_day: Amount | None
    """The gap by selling day (Monday to Friday) that is left."""
    past_due: tuple[int, Amount]
    """Open deals due in the period whose close date has passed."""
    next_period: Period
    next_coverage: Decimal | None
    """Open deals due in the next period over its quota."""
    margin_change: Decimal | None
    """Gross margin against the same days a year ago, as a difference of ratios."""
    standings: tuple[Standing, ...]
    """Everybody with quota, the furthest behind first."""
    needs: tuple[Need, ...]
    cycle: tuple[Step, ...]
    objective: Progress | None = None
    """None where none is approved, or its period has not begun."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show yet."""
        counted = (self.kpis[key].n for key in ("bookings", "win_rate", "open_pipeline"))
        return self.gap is None and not self.cycle and not any(counted)


def read_today(reader: Reader, company: Company, lens: Lens, scope: Scope, period: Period) -> TodayView:
    """Read the picture with the bare driver."""
    basis = read_basis(reader, lens, period, company.targets)
    kpis = {value.id: value for value in read_kpis(reader, lens, scope, period, basis)}
    measures = read_measures(reader, lens, scope, period)
    quota, bookings = measures["quota"], measures["bookings"]
    gap = None if quota is None or bookings is None else Amount(quota - bookings)
    left = weekdays(lens.on + timedelta(days=1), period.end)
    upcoming = lens.calendar.shift(period, 1)
    members = read_members(reader, scope, lens.on)
    standings = _standings(reader, lens, period, basis, members)
    past_due = (int(measures["past_due_deals"] or 0), Amount(measures["past_due_amount"] or 0))
    vacancies = read_vacancies(reader, scope, lens.on)
    quota_seats = _quota_seats(reader, lens, period)
    without = tuple(member for member in members if member.seat not in quota_seats) if quota_seats else ()
    return TodayView(
        scope=scope,
        period=period,
        as_of=lens.on,
        kpis=kpis,
        trend=read_trend(reader, lens, scope, period),
        basis=basis,
        gap=gap,
        a_day=None if gap is None or gap.units <= 0 or not left else gap.scaled(Decimal(1) / left, Amount(1)),
        past_due=past_due,
        next_period=upcoming,
        next_coverage=_next_coverage(reader, lens, scope, upcoming),
        margin_change=_margin_change(reader, lens, scope, period, basis, kpis["gross_margin"]),
        standings=standings,
        needs=_needs(standings, past_due, vacancies, without, company, lens),
        cycle=_cycle(reader, company, lens, scope, period, vacancies, without),
        objective=_progress(reader, lens, scope, period),
    )


def _progress(reader: Reader, lens: Lens, scope: Scope, period: Period) -> Progress | None:
    found = read_in_force(reader, lens.calendar, scope, period)
    if found is None or lens.on < found.period.start:
        return None
    elapsed = found.period.day_number(lens.on)
    sums = read_flows(reader, lens, scope, ("bookings",), found.period.cut(elapsed))
    reached = Amount.from_units(sums.get("bookings", NOTHING).total).ratio(found.amount)
    likes = like_periods(lens.calendar, found.period, first_booking(reader))
    pace = read_pace(reader, lens, found.period, likes, elapsed).share
    return Progress(found.period, found.amount, reached, pace, judge_pace(reached, pace))


def _quota_seats(reader: Reader, lens: Lens, period: Period) -> frozenset[int]:
    months = lens.calendar.months(period)
    return read_seats_with_quota(reader, months[0].start, months[-1].start) if months else frozenset()


def _standings(
    reader: Reader, lens: Lens, period: Period, basis: Basis, members: tuple[Member, ...]
) -> tuple[Standing, ...]:
    booked = read_flows_of_each(reader, lens, "person", ("bookings",), period.cut(period.day_number(lens.on)))
    quotas = read_flows_of_each(reader, lens, "person", ("quota",), whole_months(lens, period))
    found: dict[int, Standing] = {}
    for member in members:
        quota = quotas.get(member.person, {}).get("quota")
        if quota is None or quota.total <= 0:
            continue
        sold = Amount.from_units(booked.get(member.person, {}).get("bookings", NOTHING).total)
        wanted = Amount.from_units(quota.total)
        attainment = sold.ratio(wanted)
        level = judge_pace(attainment, basis.pace.share)
        found[member.person] = Standing(member.person, member.name, sold, wanted, attainment, level)
    return tuple(sorted(found.values(), key=lambda standing: (standing.attainment, standing.name.casefold())))


def _next_coverage(reader: Reader, lens: Lens, scope: Scope, upcoming: Period) -> Decimal | None:
    measures = read_measures(reader, lens, scope, upcoming)
    due, quota = measures["due_amount"], measures["quota"]
    return None if due is None or not quota else (due / quota).quantize(Decimal("0.0001"))


def _margin_change(
    reader: Reader, lens: Lens, scope: Scope, period: Period, basis: Basis, now: KpiValue
) -> Decimal | None:
    then = lens.calendar.year_ago(period, period.day_number(lens.on))
    if now.value is None or not then.days:
        return None
    (before,) = read_kpis(reader, lens.at(then.end), scope, then, basis, ("gross_margin",))
    return None if before.value is None else now.value - before.value


def _people(names: list[str], what: str) -> str:
    """`Kim and Ana off pace`, or `3 off pace: Kim, Ana, Bo`: how many come first, for a line may cut the names."""
    if len(names) > 2:
        return f"{len(names)} {what}: {', '.join(names)}"
    return f"{' and '.join(names)} {what}"


def _needs(
    standings: tuple[Standing, ...],
    past_due: tuple[int, Amount],
    vacancies: tuple[Vacancy, ...],
    without: tuple[Member, ...],
    company: Company,
    lens: Lens,
) -> tuple[Need, ...]:
    needs: list[Need] = []
    off = [standing for standing in standings if standing.level == "bad"]
    if off:
        goal = f"person:{off[0].person}" if len(off) == 1 else f"performance:person:{off[0].person}"
        needs.append(Need(True, _people([standing.name for standing in off], "off pace"), goal))
    if without:
        needs.append(
            Need(False, _people([member.name for member in without], "without quota"), f"quotas:seat:{without[0].seat}")
        )
    if vacancies:
        longest = vacancies[0]
        since = f", since {longest.since:%d %b %Y}" if longest.since else ""
        seats = (
            f"{longest.title} is vacant{since}" if len(vacancies) == 1 else f"{len(vacancies)} seats are vacant{since}"
        )
        needs.append(Need(False, seats, f"team:{longest.seat}:0"))
    late, amount = past_due
    if late:
        deals = "deal is" if late == 1 else "deals are"
        needs.append(Need(True, f"{late} {deals} past the close date, {show.money(amount)}", "pipeline:late"))
    age = _working_days_old(company, lens.on)
    if age > 1:
        needs.append(Need(False, f"The data is {age} working days old", "data"))
    return tuple(needs[:MOST_NEEDS])


def _working_days_old(company: Company, on: date) -> int:
    if company.data_as_of is None:
        return 0
    return weekdays(company.local(company.data_as_of).date() + timedelta(days=1), on)


def _cycle(
    reader: Reader,
    company: Company,
    lens: Lens,
    scope: Scope,
    period: Period,
    vacancies: tuple[Vacancy, ...],
    without: tuple[Member, ...],
) -> tuple[Step, ...]:
    steps: list[Step] = []
    year = lens.calendar.year_of(period.start)
    plan = read_plan(reader, year.fiscal_year)
    if plan is not None:
        steps.append(_quota_step(plan, year, without))
    seats = read_seat_count(reader, scope, lens.on)
    if seats:
        text = f"{len(vacancies)} of {seats} vacant" if vacancies else "every seat is held"
        steps.append(Step("partly" if vacancies else "done", "Staffing", text))
    if company.data_as_of is not None:
        fresh = _working_days_old(company, lens.on) <= 1
        steps.append(
            Step("done" if fresh else "partly", "Measure", f"data of {company.local(company.data_as_of):%a %d %b}")
        )
    return tuple(steps)


def _quota_step(plan: Plan, year: Period, without: tuple[Member, ...]) -> Step:
    text = f"{year.label} v{plan.plan_version} {plan.state}"
    if without:
        text += f", {len(without)} without"
    return Step("done" if plan.state == "published" and not without else "partly", "Quotas", text)
