"""Where quotas can be typed, and why not elsewhere."""

from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.standing import Plan


def how_to_change(plan: Plan) -> str:
    """What lets the quotas of a plan that is no draft be changed."""
    return "g v returns it to draft" if plan.state in ("submitted", "approved") else "B begins a new version to change"


def no_draft(plan: Plan | None) -> UsageProblem | None:
    """Why nothing can be typed into this plan; None where it is a draft."""
    if plan is None:
        return UsageProblem("There is no plan for this year yet: B begins one")
    if plan.state != "draft":
        return UsageProblem(f"{plan.label} is {plan.state}: {how_to_change(plan)}")
    return None
