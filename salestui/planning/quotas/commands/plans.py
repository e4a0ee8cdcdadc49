"""What every change of a quota plan asks first: is there the plan, in which state, and what has it leaves for."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import SQLModel

from salestui.metrics.derive import read_calendar
from salestui.model.tables.history import Change
from salestui.model.tables.market import ProductLine
from salestui.model.tables.organisation import Seat
from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.planning.quotas.sheet import period_of, places_of
from salestui.store.trace import parts, table_of
from salestui.store.work import Work


def the_plan(work: Work, plan_id: int) -> QuotaPlan:
    """The plan; DataProblem where it is no more."""
    plan = work.session.get(QuotaPlan, plan_id)
    if plan is None:
        raise DataProblem("This quota plan is no more", remedy="Read again with F5.")
    return plan


def the_draft(work: Work, plan_id: int) -> QuotaPlan:
    """The plan, which must be a draft; DataProblem where it is not."""
    plan = the_plan(work, plan_id)
    if plan.state in ("submitted", "approved"):
        raise DataProblem(
            f"{label_of(plan)} is {plan.state}, and no draft any more", remedy="Return it to draft first."
        )
    if plan.state != "draft":
        raise DataProblem(
            f"{label_of(plan)} is {plan.state}, and changes by a new version only", remedy="Begin a new version."
        )
    return plan


def label_of(plan: QuotaPlan) -> str:
    """What a plan is called: `FY2026 v2`."""
    return f"FY{plan.fiscal_year} v{plan.plan_version}"


def months_of(work: Work, plan: QuotaPlan) -> tuple[Period, ...]:
    """The fiscal months of a plan's year."""
    calendar = read_calendar(work.session.connection())
    return tuple(calendar.months(calendar.parse(f"FY{plan.fiscal_year}", date.min)))


def refuse_unknown(work: Work, plan: QuotaPlan, leaves: Collection[int]) -> None:
    """DataProblem for a leaf of a seat or a product line that there is not, or of a month of another year."""
    places = places_of(leaves)
    refuse_unknown_rows(work, Seat, {seat for seat, _ in places}, "seat")
    refuse_unknown_rows(work, ProductLine, {line for _, line in places} - {0}, "product line")
    refuse_other_months(work, plan, {date.fromordinal(month) for month in {period_of(leaf) for leaf in leaves}})


def refuse_other_months(work: Work, plan: QuotaPlan, months: Iterable[date]) -> None:
    """DataProblem for a day that is not the first of one of the plan's months."""
    known = [month.start for month in months_of(work, plan)]
    unknown = sorted(set(months).difference(known))
    if unknown:
        raise DataProblem(
            f"{unknown[0]} begins no month of {label_of(plan)}",
            expected=f"the first day of a fiscal month from {known[0]} to {known[-1]}",
        )


def refuse_unknown_rows(work: Work, model: type[SQLModel], ids: Iterable[int], name: str) -> None:
    """DataProblem for an id that no row has."""
    wanted = sorted(set(ids))
    column = table_of(model).c.id
    there = {key for part in parts(wanted) for key in work.session.scalars(select(column).where(column.in_(part)))}
    missing = [key for key in wanted if key not in there]
    if missing:
        raise DataProblem(f"There is no {name} {missing[0]}", remedy="Read again with F5.")


def tell(work: Work, lines: Sequence[str]) -> None:
    """Write below the change's summary how it came to that, or why; a line each."""
    told = [" ".join(line.split()) for line in lines]
    if any(told):
        change = work.session.get_one(Change, work.change_id)
        change.reason = "\n".join([change.reason, *filter(None, told)])


def given(reason: str, what: str) -> str:
    """A reason that must be there, on one line; DataProblem where there is none."""
    told = " ".join(reason.split())
    if not told:
        raise DataProblem(f"{what} needs a reason", expected="a few words that others will read")
    return told
