"""What sums are spread in: a property of a plan's version, which the next one takes over."""

from salestui.model.values import show
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.plans import label_of, the_draft
from salestui.store.work import StaleSave, Work


def set_step(work: Work, plan_id: int, step: Amount, before: Amount) -> bool:
    """Spread the sums of a draft in steps of an amount from now on; answers whether that is another than before.

    What stands there already stays. DataProblem where the step is not above zero, StaleSave where the step is not any
    more what it was `before`.
    """
    plan = the_draft(work, plan_id)
    if step <= ZERO:
        raise DataProblem("A step is above zero", expected="an amount such as 1, 100 or 0.01")
    if plan.step == step:
        return False
    if plan.step != before:
        raise StaleSave(
            f"Somebody else has set the step of {label_of(plan)} to {show.money(plan.step, 'full')} meanwhile",
            remedy="Look at it, then set it again.",
        )
    plan.step = step
    work.session.flush()
    return True
