"""What a text means as a target, and an amount as figures of a seat."""

from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.entry import entered
from salestui.model.values.errors import UsageProblem
from salestui.planning.quotas.rules.entry import Meaning
from salestui.planning.quotas.rules.expression import Around
from salestui.planning.quotas.rules.outcome import STEP
from salestui.planning.quotas.rules.ranges import spread_over
from salestui.planning.quotas.rules.ways import PROPORTION, Way
from salestui.planning.quotas.sheet import Leaf, Sheet


def target_entered(
    sheet: Sheet, row: int, span: int, text: str, current: Amount | None, around: Around, step: Amount = STEP
) -> Amount | None:
    """The target that a text stands for in a row and a column; None for an empty one, which takes the target away.

    `+5%` goes on from the `current` target, or else from what is assigned; an expression reads what is around it.
    UsageProblem where the text stands for nothing, or for less than zero.
    """
    if text.strip().startswith("="):
        units = Meaning(sheet, text, around, step).at(row, span)
        amount = None if units is None else Amount.from_units(units)
    else:
        amount = entered(text, sheet.value(row, span) if current is None else current, step)
    if amount is not None and amount < ZERO:
        raise UsageProblem("A target is not below zero", expected="an amount such as 12m, or nothing for no target")
    return amount


def figures(
    sheet: Sheet, row: int, span: int, total: Amount | None, way: Way = PROPORTION, *, step: Amount = STEP
) -> dict[Leaf, Amount]:
    """The figures of a seat's row in a column: as they stand there, or a total spread by a way.

    What is locked keeps its value; what was handed in before does not, for this takes its place. UsageProblem where
    there is nothing to hand in, a figure would be below zero, or the locks leave no room.
    """
    planned = sheet.copy()
    planned.holds = {leaf: hold for leaf, hold in sheet.holds.items() if hold.kind != "submitted"}
    if total is not None:
        planned.put_many(spread_over(planned, [(row, span)], total, way, step=step).changes)
    found = {
        Leaf.of(key): Amount.from_units(units) for key, units in planned.quotas(row, span).items() if units is not None
    }
    if not found:
        raise UsageProblem("There is no quota here to hand in", remedy="Type it first, or hand in an amount.")
    return found
