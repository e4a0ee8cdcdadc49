"""The shape of a year: twelve weights, one for each fiscal month, that sum to exactly 100."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from salestui.model.values.amount import ZERO, Amount, split
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line

MONTHS = 12
HUNDRED = Rate(100)
STEP = Amount(1)
"""A year is spread in whole currency units."""
FEWEST_MONTHS = 12
FEW_MONTHS = 24
"""A season measured from fewer complete months is a guess, and says so."""
LONGEST_NAME = 60
_HUNDREDTH = Amount("0.01")
_EXPECTED = "twelve weights that sum to 100, such as 6 7 10 7 8 9 6 5 10 8 9 15"
_SHOWN = 30

Weights = tuple[Rate, ...]


def profile_name(text: str) -> str:
    """What a profile is called, without blanks around it; UsageProblem where that is nothing, or too long."""
    name = text.strip()
    if not name or len(name) > LONGEST_NAME:
        raise UsageProblem(
            "A profile needs a name" if not name else "This name is too long",
            expected=f"up to {LONGEST_NAME} characters",
        )
    return name


class Shape(NamedTuple):
    """Weights measured from sales, and what they rest on: complete months, the first and the last of them."""

    weights: Weights
    years: int
    months: int
    first: str
    last: str

    @property
    def warning(self) -> str:
        """What to bear in mind; nothing where it rests on enough."""
        if self.months >= FEW_MONTHS:
            return ""
        return f"It rests on {self.months} months only: what was one year's chance looks like a season."


def parse_weights(text: str) -> Weights:
    """Twelve weights between blanks, commas or semicolons; UsageProblem where they are none, or do not sum to 100."""
    words = [word for word in re.split(r"[\s,;]+", text.strip()) if word]
    weights = tuple(parse_weight(word) for word in words)
    if len(weights) != MONTHS:
        raise UsageProblem(f"These are {len(weights)} weights", expected=_EXPECTED)
    return checked(weights)


def parse_weight(text: str) -> Rate:
    """One weight, with or without a percent sign; UsageProblem where it is none."""
    try:
        weight = Rate.parse(text.strip().removesuffix("%"))
    except ValueError as error:
        raise UsageProblem(
            f"“{fit(safe_line(text), _SHOWN)}” is no weight", expected="a number from 0 to 100, such as 8.5"
        ) from error
    if weight < Rate(0) or weight > HUNDRED:
        raise UsageProblem(f"A weight of {weight} is beyond what there is", expected="a number from 0 to 100")
    return weight


def off_by(weights: Sequence[Rate]) -> Rate:
    """By how much the weights exceed 100; below zero by how much they lack."""
    return Rate.sum(weights) - HUNDRED


def checked(weights: Sequence[Rate]) -> Weights:
    """The weights, if there are twelve, none below zero, and they sum to exactly 100; else UsageProblem."""
    if len(weights) != MONTHS:
        raise UsageProblem(f"These are {len(weights)} weights", expected=_EXPECTED)
    below = next((weight for weight in weights if weight < Rate(0)), None)
    if below is not None:
        raise UsageProblem(f"A weight of {below} is below zero", expected=_EXPECTED)
    off = off_by(weights)
    if off:
        how = "too much" if off > Rate(0) else "missing"
        raise UsageProblem(f"The weights sum to {Rate.sum(weights)}: {abs(off)} {how}", expected="exactly 100")
    return tuple(weights)


def balanced(weights: Sequence[Rate], kept: Collection[int]) -> Weights:
    """The weights with those not `kept` (by place) made more or less in proportion, so that they sum to exactly 100.

    In hundredths, by largest remainder; evenly where they are all 0. UsageProblem where those that are kept leave
    nothing to spread, or nothing to spread it over.
    """
    rest = [place for place in range(len(weights)) if place not in kept]
    left = HUNDRED - Rate.sum(weights[place] for place in kept)
    if left < Rate(0) or not rest:
        told = f"exceed 100 by {-left}" if left < Rate(0) else "are all typed"
        raise UsageProblem(f"The weights you typed {told}: there is nothing to spread", remedy="Type smaller ones.")
    try:
        parts = split(Amount(left.decimal), [weights[place] for place in rest], _HUNDREDTH)
    except ValueError as error:
        raise UsageProblem(f"What is left is {left}", expected="weights of four decimal places at most") from error
    found = list(weights)
    for place, part in zip(rest, parts, strict=True):
        found[place] = Rate(part.decimal)
    return tuple(found)


def weights_of_sums(sums: Sequence[Amount]) -> Weights:
    """Weights in hundredths in proportion to what the months came to; DataProblem where that cannot be."""
    below = next((number for number, each in enumerate(sums, 1) if each < ZERO), None)
    if below is not None:
        raise DataProblem(
            f"In the fiscal month {below} more was given back than sold, and a weight is never below zero",
            remedy="Measure more years, or type the weights.",
        )
    if not any(sums):
        raise DataProblem("Nothing was sold in these months", remedy="Measure a larger scope, or type the weights.")
    return tuple(Rate(part.decimal) for part in split(Amount(100), list(sums), _HUNDREDTH))


def spread(total: Amount, weights: Sequence[Rate], step: Amount = STEP) -> tuple[Amount, ...]:
    """A total over months by their weights: by largest remainder, ties to the earliest; the parts sum to the total."""
    return split(total, list(weights), step)


def weights_within(calendar: FiscalCalendar, period: Period, weights: Weights) -> Weights:
    """The weights of the fiscal months of a period, in order."""
    return tuple(weights[place_in_year(calendar, month)] for month in calendar.months(period))


def place_in_year(calendar: FiscalCalendar, month: Period) -> int:
    """Which fiscal month of its year it is, from 0."""
    year = calendar.year_of(month.start)
    return [each.start for each in calendar.months(year)].index(month.start)
