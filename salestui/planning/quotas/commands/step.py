"""What sums are spread in: a property of a plan's version, which the next one takes over."""

from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem
from salestui.planning.quotas.commands.plans import the_draft
from salestui.store.work import Work


def set_step(work: Work, plan_id: int, step: Amount) -> bool:
    """Spread the sums of a draft in steps of an amount from now on; answers whether that is another than before.

    What stands there already stays. DataProblem where the step is not above zero.
    """
    plan = the_draft(work, plan_id)
    if step <= ZERO:
        raise DataProblem("A step is above zero", expected="an amount such as 1, 100 or 0.01")
    if plan.step == step:
        return False
    plan.step = step
    work.session.flush()
    return True
