"""What an objective may be, what its target comes to, and how it stands against what there is."""

import re
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from salestui.metrics.kpis import whole_months
from salestui.metrics.reader import Lens
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.entry import entered
from salestui.model.values.errors import UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line
from salestui.planning.sales import Measured

Kind = Literal["volume", "contribution", "growth"]
State = Literal["draft", "submitted", "approved", "superseded"]
MEASURES: dict[Kind, tuple[Measured, ...]] = {
    "volume": ("bookings",),
    "contribution": ("margin",),
    "growth": ("bookings", "margin"),
}
"""What each kind of objective can be in, the usual first."""
KINDS = tuple(MEASURES)
STEP = Amount(1)
"""A growth comes to whole currency units."""
LONGEST_REASON = 200
_WHOLE = Rate(1)
_PLAINLY_PERCENT = 100
"""A growth of less than so many is plainly one in per cent; more may be an amount."""
_EXPECTED_PERIOD = "a fiscal year, quarter or month, or a range of whole fiscal months, such as FY2026 or 2026Q1"
_LAST_YEAR = re.compile(r"=\s*ly\s*(.*)", re.IGNORECASE)
_SHOWN = 30


class Base(NamedTuple):
    """What a growth is on: the period, and what was booked in it."""

    period: Period
    amount: Amount


class Target(NamedTuple):
    """What is to be reached; of a growth objective also the growth, and the base that it, or `=ly`, goes on from."""

    amount: Amount
    growth: Rate | None = None
    base: Base | None = None


def kind_of(text: str) -> Kind:
    """The kind that a word, or the beginning of one, names; UsageProblem where it names none."""
    wanted = text.strip().casefold()
    found = [kind for kind in KINDS if wanted and kind.startswith(wanted)]
    if len(found) != 1:
        raise UsageProblem(f"“{fit(safe_line(text), _SHOWN)}” is no kind of objective", expected=", ".join(KINDS))
    return found[0]


def measure_of(kind: Kind, text: str | None = None) -> Measured:
    """The measure of an objective of this kind, the usual one where none is named."""
    if text is None:
        return MEASURES[kind][0]
    for measure in MEASURES[kind]:
        if measure == text:
            return measure
    told = f"An objective of {kind} is not in “{fit(safe_line(text), _SHOWN)}”"
    raise UsageProblem(told, expected=" or ".join(MEASURES[kind]))


def period_of(lens: Lens, text: str) -> Period:
    """The period that a text names, by the name it has in the fiscal calendar; of whole fiscal months, or refused."""
    return in_whole_months(lens, lens.calendar.parse(text, lens.on))


def in_whole_months(lens: Lens, period: Period) -> Period:
    """The period by the name it has in the fiscal calendar; UsageProblem where it is not of whole fiscal months."""
    whole = whole_months(lens, period)
    if (whole.start, whole.end) != (period.start, period.end):
        raise UsageProblem(f"{period.label} is not of whole fiscal months", expected=_EXPECTED_PERIOD)
    calendar, start = lens.calendar, period.start
    named = (calendar.year_of(start), calendar.quarter_of(start), calendar.month_of(start))
    return next((each for each in named if (each.start, each.end) == (period.start, period.end)), whole)


def growth_of(text: str) -> Rate:
    """A growth such as `12%`, `+7.5%` or `12`, which is in per cent from 1 on; UsageProblem where it is none."""
    plain = text.strip().replace("−", "-").removeprefix("+")
    try:
        number = Decimal(plain.removesuffix("%").strip())
        if not plain.endswith("%") and not 1 <= abs(number) < _PLAINLY_PERCENT:
            raise ValueError(plain)
        growth = Rate(number / 100)
    except (ValueError, InvalidOperation) as error:
        raise UsageProblem(
            f"“{fit(safe_line(text), _SHOWN)}” is no growth", expected="how much more than the base, such as 12%"
        ) from error
    if growth <= Rate(-1):
        raise UsageProblem(f"A growth of {plain} leaves nothing to reach", expected="more than -100%")
    return growth


def grown(base: Base, growth: Rate) -> Target:
    """What a growth on a base comes to, rounded once to whole currency units."""
    return Target(positive(base.amount.scaled(_WHOLE + growth, step=STEP)), growth, base)


def from_last_year(text: str) -> bool:
    """Whether a text goes on from last year's amount, as `=ly*1.12` does."""
    return _LAST_YEAR.fullmatch(text.strip()) is not None


def typed_amount(text: str, current: Amount | None, last_year: Amount | None) -> Amount:
    """The target that a text stands for: an amount, a change of the present one, or of last year's (`=ly*1.12`)."""
    by_last_year = _LAST_YEAR.fullmatch(text.strip())
    if by_last_year is not None:
        if last_year is None:
            raise UsageProblem("Last year's amount is not known", expected="an amount such as 12.5m")
        wanted = entered(by_last_year[1], last_year) if by_last_year[1] else last_year
    else:
        wanted = entered(text, current)
    if wanted is None:
        raise UsageProblem("An objective has a target", expected="an amount such as 12.5m, +5% or =ly*1.12")
    return positive(wanted)


def positive(amount: Amount) -> Amount:
    """The amount, if there is something to reach."""
    if amount <= ZERO:
        raise UsageProblem(f"A target of {amount} is nothing to reach", expected="an amount above zero")
    return amount


def reason_of(text: str) -> str:
    """The reason without blanks around it; UsageProblem where none is given, for an objective is never without."""
    reason = text.strip()
    if not reason or len(reason) > LONGEST_REASON:
        told = "There is no reason given" if not reason else f"The reason has {len(reason)} characters"
        raise UsageProblem(told, expected=f"why, in up to {LONGEST_REASON} characters")
    return reason


def gap(target: Amount, reached: Amount | None) -> Amount | None:
    """What is missing of the target; below zero what exceeds it. None where the other is not known."""
    return None if reached is None else target - reached
