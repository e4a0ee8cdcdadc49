"""What was a year ago: what a growth rests on, and what stands beside every target."""

from datetime import date
from typing import NamedTuple

from salestui.metrics import pace
from salestui.metrics.reader import Lens
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.model.values.text import safe_line
from salestui.planning.forecasts import known_until
from salestui.planning.objectives.rules import Base
from salestui.planning.sales import Measured, read_booked
from salestui.planning.scopes import PlanScope
from salestui.store.company import Company
from salestui.store.quick import Reader


class Ledger(NamedTuple):
    """From which fiscal month on, by its first day, and to which day sales are known; no `first` without any."""

    first: date | None
    until: date

    def lacks(self, period: Period) -> str:
        """Why what is known of a period is not all of it; nothing where it is."""
        if self.first is None:
            return "no sales are known yet"
        if period.start < self.first:
            return f"sales are known from {self.first.isoformat()} on"
        if period.end > self.until:
            return f"sales are known to {self.until.isoformat()}"
        return ""


class Known(NamedTuple):
    """An amount, or why there is none."""

    amount: Amount | None
    why: str = ""


def read_ledger(reader: Reader, lens: Lens, company: Company) -> Ledger:
    """How far the ledger reaches, as seen on the lens's day."""
    first = pace.first_booking(reader)
    start = None if first is None else lens.calendar.month_of(first).start
    return Ledger(start, known_until(reader, lens.on, company))


def read_whole(
    reader: Reader, lens: Lens, ledger: Ledger, scope: PlanScope, measure: Measured, period: Period
) -> Known:
    """What was booked in a whole period, or why that is not known."""
    lacking = ledger.lacks(period)
    if lacking:
        return Known(None, f"{period.label} is not complete: {lacking}")
    (found,) = read_booked(reader, lens, scope, measure, [period])
    return Known(found.amount, "" if found.amount is not None else f"no cost is known of the sales of {period.label}")


def read_base(
    reader: Reader, lens: Lens, company: Company, scope: PlanScope, measure: Measured, period: Period
) -> Base:
    """What a growth on that period rests on; DataProblem, with the reason, where it is not complete or is nothing."""
    known = read_whole(reader, lens, read_ledger(reader, lens, company), scope, measure, period)
    if known.amount is None:
        raise DataProblem(f"A growth cannot be set: {known.why}", remedy="Name another base, or set a volume.")
    if known.amount <= ZERO:
        raise DataProblem(
            f"There is nothing to grow from: {safe_line(scope.name)} has {measure} of {known.amount} in {period.label}",
            remedy="Name another base, or set a volume.",
        )
    return Base(period, known.amount)
