"""The versions of a year's quota plan: beginning one, and putting it into force."""

from sqlalchemy import func, select

from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.amounts import cells_of, columns_of
from salestui.planning.quotas.commands.plans import the_draft
from salestui.store import bulk
from salestui.store.trace import table_of
from salestui.store.work import Work


def begin_version(work: Work, fiscal_year: int) -> QuotaPlan:
    """A new draft of the year's plan: the latest version as it stands, or an empty one. Refused where one is begun."""
    plan = table_of(QuotaPlan).c
    latest = work.session.execute(
        select(plan.id, plan.plan_version, plan.state)
        .where(plan.fiscal_year == fiscal_year, plan.measure == "bookings")
        .order_by(plan.plan_version.desc())
    ).first()
    if latest is not None and latest.state == "draft":
        raise DataProblem(f"FY{fiscal_year} v{latest.plan_version} is a draft already", remedy="Edit that one.")
    begun = QuotaPlan(fiscal_year=fiscal_year, plan_version=1 if latest is None else latest.plan_version + 1)
    work.session.add(begun)
    work.session.flush()
    if latest is not None and begun.id is not None:
        copied = [columns_of(begun.id, leaf, amount) for leaf, (_, amount) in sorted(cells_of(work, latest.id).items())]
        bulk.insert(work, QuotaCell, copied)
    return begun


def publish(work: Work, plan_id: int) -> QuotaPlan:
    """Put a draft into force; the version that was in force is superseded. Refused where nothing is in it."""
    plan = the_draft(work, plan_id)
    cell = table_of(QuotaCell).c
    filled = select(func.count()).where(cell.plan_id == plan_id, cell.amount.is_not(None))
    if not work.session.execute(filled).scalar():
        raise DataProblem("This plan holds no quota yet", remedy="Type some, save them, then publish.")
    others = table_of(QuotaPlan).c
    in_force = select(others.id).where(
        others.fiscal_year == plan.fiscal_year, others.measure == plan.measure, others.state == "published"
    )
    for before in work.session.execute(in_force).scalars().all():
        work.session.get_one(QuotaPlan, before).state = "superseded"
    plan.state = "published"
    return plan
