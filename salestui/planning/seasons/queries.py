"""Reading seasonal profiles, and measuring the season of past sales."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.errors import DataProblem, UsageProblem
from salestui.model.values.period import Period
from salestui.model.values.rate import Rate
from salestui.model.values.text import fit, safe_line
from salestui.planning.sales import complete_months, known_until, read_booked, read_first_sale
from salestui.planning.scopes import PlanScope
from salestui.planning.seasons.rules import FEWEST_MONTHS, MONTHS, Shape, Weights, place_in_year, weights_of_sums
from salestui.store.company import Company
from salestui.store.quick import Reader

MOST_YEARS = 10
USUAL_YEARS = 3
_SHOWN = 40


class Profile(NamedTuple):
    """A seasonal profile; a measured one tells on how many years and months of sales it rests."""

    id: int
    version: int
    name: str
    kind: str
    weights: Weights
    """By fiscal month; they sum to 100, and `Amount.split` takes them as they are."""
    years: int | None
    months: int | None
    first_month: str | None
    last_month: str | None

    @property
    def rests_on(self) -> str:
        """Where the weights come from, in words."""
        if self.kind != "measured" or self.months is None:
            return "typed"
        years = "" if not self.years else "1 year, " if self.years == 1 else f"{self.years} years, "
        return f"{years}{self.months} months, {self.first_month} to {self.last_month}"


def read_profiles(reader: Reader) -> tuple[Profile, ...]:
    """All profiles by name."""
    rows = reader.rows(
        "SELECT id, version, name, kind, CAST(weights AS TEXT), years, months, first_month, last_month"
        " FROM season_profile"
    )
    profiles = [
        Profile(key, version, name, kind, tuple(Rate(each) for each in json.loads(plain)), *rest)
        for key, version, name, kind, plain, *rest in rows
    ]
    return tuple(sorted(profiles, key=lambda profile: profile.name.casefold()))


def find_profile(profiles: Sequence[Profile], name: str) -> Profile:
    """The profile of that name, whatever its case; UsageProblem names what is near."""
    wanted = name.strip().casefold()
    found = [profile for profile in profiles if profile.name.casefold() == wanted]
    if found:
        return found[0]
    import difflib

    names = {profile.name.casefold(): profile.name for profile in profiles}
    near = difflib.get_close_matches(wanted, list(names), 1, 0.5)
    remedy = f"Did you mean {safe_line(names[near[0]])}?" if near else "See those there are with: salestui season list"
    raise UsageProblem(f"There is no seasonal profile “{fit(safe_line(name), _SHOWN)}”", remedy=remedy)


def measure_season(reader: Reader, lens: Lens, company: Company, scope: PlanScope, years: int = USUAL_YEARS) -> Shape:
    """The season of a scope's bookings in its last complete fiscal years, as many as there are up to `years`.

    Months since the first sale in which nothing was sold count as 0. Where there is no complete fiscal year but twelve
    complete months, these are taken. DataProblem with fewer, UsageProblem for a number of years that is none.
    """
    if not 1 <= years <= MOST_YEARS:
        raise UsageProblem(f"{years} years cannot be measured", expected=f"a number from 1 to {MOST_YEARS}")
    calendar = lens.calendar
    known = complete_months(calendar, read_first_sale(reader, scope), known_until(reader, lens.on, company))
    if len(known) < FEWEST_MONTHS:
        has = f"{len(known)} complete month{'' if len(known) == 1 else 's'}"
        raise DataProblem(
            f"A season needs {FEWEST_MONTHS} complete months of sales, and {safe_line(scope.name)} has {has}",
            remedy="Measure a larger scope, or type the weights.",
        )
    months, whole = _taken(known, [place_in_year(calendar, month) for month in known], years)
    sums = [ZERO] * MONTHS
    for month, booked in zip(months, read_booked(reader, lens, scope, "bookings", months), strict=True):
        sums[place_in_year(calendar, month)] += booked.amount or Amount(0)
    return Shape(weights_of_sums(sums), whole, len(months), months[0].label, months[-1].label)


def _taken(known: Sequence[Period], places: Sequence[int], years: int) -> tuple[Sequence[Period], int]:
    """The months of the last whole fiscal years, and how many years; else the last twelve months, of no whole year."""
    first = next((number for number, place in enumerate(places) if place == 0), len(places))
    whole = (len(known) - first) // MONTHS
    if not whole:
        return known[-MONTHS:], 0
    end = first + whole * MONTHS
    taken = min(whole, years)
    return known[end - taken * MONTHS : end], taken
