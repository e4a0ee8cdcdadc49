"""What was a year before: what a growth rests on, and what stands beside every target."""

from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.model.values.text import safe_line
from salestui.planning.objectives.rules import Base, in_whole_months
from salestui.planning.sales import Ledger, Measured, read_booked, read_ledger
from salestui.planning.scopes import PlanScope
from salestui.planning.year_before import base_before
from salestui.store.company import Company
from salestui.store.quick import Reader


class Known(NamedTuple):
    """An amount, or why there is none."""

    amount: Amount | None
    why: str = ""
    period: str = ""
    """Of which period it is."""
    stands_in: str = ""
    """The same, where it stands in for a year before that is not over."""


def read_whole(
    reader: Reader, lens: Lens, ledger: Ledger, scope: PlanScope, measure: Measured, period: Period
) -> Known:
    """What was booked in a whole period, or why that is not known."""
    lacking = ledger.lacks(period)
    if lacking:
        return Known(None, f"{period.label} is not complete: {lacking}")
    (found,) = read_booked(reader, lens, scope, measure, [period])
    return Known(found.amount, "" if found.amount is not None else f"no cost is known of the sales of {period.label}")


def usual_base(lens: Lens, ledger: Ledger, period: Period) -> Period:
    """What is usually grown from: the same period a year before, or what stands in for it while it is not over."""
    return in_whole_months(lens, base_before(lens.calendar, period, ledger))


def read_year_before(
    reader: Reader, lens: Lens, ledger: Ledger, scope: PlanScope, measure: Measured, period: Period
) -> Known:
    """What was booked in that."""
    base = usual_base(lens, ledger, period)
    found = read_whole(reader, lens, ledger, scope, measure, base)
    is_usual = base.start == lens.calendar.year_ago(period).start
    return found._replace(period=base.label, stands_in="" if is_usual else base.label)


def read_base(
    reader: Reader, lens: Lens, company: Company, scope: PlanScope, measure: Measured, period: Period
) -> Base:
    """What a growth on that period rests on; DataProblem, with the reason, where it is not complete or is nothing."""
    ledger = read_ledger(reader, lens.calendar, lens.on, company)
    known = read_whole(reader, lens, ledger, scope, measure, period)
    if known.amount is None:
        raise DataProblem(f"There is nothing to go on from: {known.why}", remedy="Name another base, or set a volume.")
    if known.amount <= ZERO:
        raise DataProblem(
            f"There is nothing to grow from: {safe_line(scope.name)} has {measure} of {known.amount} in {period.label}",
            remedy="Name another base, or set a volume.",
        )
    return Base(period, known.amount)
