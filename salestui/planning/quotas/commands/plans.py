"""What every change of a quota plan asks first: whether there is the plan, and in which state."""

from salestui.model.tables.quotas import QuotaPlan
from salestui.model.values.errors import DataProblem
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
    if plan.state != "draft":
        raise DataProblem(
            f"{label_of(plan)} is {plan.state}, and changes by a new version only", remedy="Begin a new version."
        )
    return plan


def label_of(plan: QuotaPlan) -> str:
    """What a plan is called: `FY2026 v2`."""
    return f"FY{plan.fiscal_year} v{plan.plan_version}"
