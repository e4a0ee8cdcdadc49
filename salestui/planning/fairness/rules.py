"""Whether quotas are fair: each against the own sales before, the team, the pay at target and what was reached before.

Ratios have a reason where they cannot be told. A group pools its numerators and denominators; medians say over how
many people they are. Nobody is named an outlier among fewer than `FEWEST` people.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.show import money, percent, times

FEWEST = 5
_FAR = Decimal("0.25")
"""So far beyond the median of the others, either way, is named: a quarter more, or a fifth less, which undoes it."""
_MISSED, _EXCEEDED = Decimal("0.8"), Decimal("1.2")
_SEVERAL = 2
_YEARS = 2
"""In so many years in a row."""


class Band(NamedTuple):
    """Between which multiples of the earnings at target a quota is healthy; 4 to 6 is usual in software sales."""

    low: Decimal = Decimal(4)
    high: Decimal = Decimal(6)


class Asked(NamedTuple):
    """What is asked of somebody, and what is known of them."""

    quota: Amount | None
    before: Amount | None
    """Booked in the twelve months before; None where they were not there all that time."""
    why_not: str
    """Why `before` is not known."""
    earnings: Amount | None
    """A year's pay at target, base and variable."""
    attained: tuple[Decimal | None, ...]
    """What was reached of the quota in the fiscal years before, oldest first; None where there was none."""
    earlier: Amount | None = None
    """Booked in the twelve months before those."""
    begins: date | None = None
    """From when on they carry quota, where that is later in the year: it is not compared with whole years."""


class Group(NamedTuple):
    """What people are compared with: the medians of everybody in view, and how many have the figure."""

    growth: Decimal | None
    """Quota ÷ own sales before."""
    with_growth: int
    trend: Decimal | None
    """Sales of the last twelve months ÷ of those before, of everybody who was there in both, pooled."""


class Verdict(NamedTuple):
    """How fair somebody's quota is."""

    growth: Decimal | None
    """Quota ÷ own sales before."""
    to_team: Decimal | None
    """Quota ÷ the median of the team's."""
    to_earnings: Decimal | None
    """Quota ÷ pay at target."""
    likely: bool | None
    """Whether the own sales before, grown by everybody's trend, come to the quota."""
    reasons: tuple[str, ...]
    """Why it stands out, if it does."""


class Equity(NamedTuple):
    """A team's quotas together."""

    people: int
    quota: Amount | None
    before: Amount | None
    growth: Decimal | None
    """The quotas of those whose sales before are known ÷ those sales, pooled."""
    lowest: Decimal | None
    highest: Decimal | None
    """The least and the most that one of them is asked of the own sales before."""
    likely: int
    judged: int
    """Of so many it can be told whether they are likely to reach it."""
    outliers: int


def ratio(part: Amount | None, whole: Amount | None) -> Decimal | None:
    """One amount ÷ another; None where either is missing or the whole is not above zero."""
    if part is None or whole is None or whole <= ZERO:
        return None
    return part.ratio(whole)


def group_of(people: Sequence[Asked]) -> Group:
    """What everybody is compared with."""
    growths = [growth for one in people if (growth := ratio(one.quota, one.before)) is not None]
    both = [(one.before, one.earlier) for one in people if one.before is not None and one.earlier is not None]
    now, then = Amount.sum(before for before, _ in both), Amount.sum(earlier for _, earlier in both)
    return Group(median(growths) if growths else None, len(growths), ratio(now, then))


def judge(one: Asked, team: Sequence[Amount], group: Group, band: Band) -> Verdict:
    """How fair somebody's quota is; `team` are the quotas of the team, the own among them."""
    if one.begins is not None:
        return Verdict(None, None, None, None, ())
    growth = ratio(one.quota, one.before)
    to_earnings = ratio(one.quota, one.earnings)
    return Verdict(
        growth=growth,
        to_team=_to_median(one.quota, team),
        to_earnings=to_earnings,
        likely=_likely(one, group),
        reasons=tuple(_reasons(one, growth, to_earnings, group, band)),
    )


def _to_median(quota: Amount | None, team: Sequence[Amount]) -> Decimal | None:
    if quota is None or len(team) < _SEVERAL:
        return None
    usual = median(each.decimal for each in team)
    return quota.decimal / usual if usual > 0 else None


def _likely(one: Asked, group: Group) -> bool | None:
    if one.quota is None or one.before is None or group.trend is None:
        return None
    return one.before.decimal * group.trend >= one.quota.decimal


def _reasons(
    one: Asked, growth: Decimal | None, to_earnings: Decimal | None, group: Group, band: Band
) -> Iterable[str]:
    if growth is not None and group.growth is not None and group.with_growth >= FEWEST:
        if growth > group.growth * (1 + _FAR):
            yield f"asks {times(growth, 2)} of own sales, others {times(group.growth, 2)}"
        elif growth * (1 + _FAR) < group.growth:
            yield f"asks only {times(growth, 2)} of own sales, others {times(group.growth, 2)}"
    if to_earnings is not None and not band.low <= to_earnings <= band.high:
        yield f"{times(to_earnings)} of pay at target {money(one.earnings)}, healthy is {band.low}–{band.high}×"
    last = one.attained[-_YEARS:]
    known = [attained for attained in last if attained is not None]
    if len(known) == _YEARS and growth is not None:
        told = " and ".join(percent(attained) for attained in known)
        if all(attained < _MISSED for attained in known) and growth > 1:
            yield f"reached {told}, and is asked more"
        elif all(attained >= _EXCEEDED for attained in known) and growth < 1:
            yield f"reached {told}, and is asked less"


def limits(band: Band) -> tuple[str, ...]:
    """What stands out."""
    more, less = percent(_FAR), percent(_FAR / (1 + _FAR))
    return (
        f"asks {more} more of own sales than others, or {less} less; of {FEWEST} people or more",
        f"quota beyond {band.low} to {band.high} times the pay at target",
        f"reached under {percent(_MISSED)} in {_YEARS} years and asked more than was sold",
        f"reached {percent(_EXCEEDED)} or more in {_YEARS} years and asked less than was sold",
    )


def equity(people: Sequence[tuple[Asked, Verdict]]) -> Equity:
    """A team's quotas together."""
    quotas = [one.quota for one, _ in people if one.quota is not None]
    befores = [one.before for one, _ in people if one.before is not None]
    both = [(one.quota, one.before) for one, _ in people if one.quota is not None and one.before is not None]
    growths = [verdict.growth for _, verdict in people if verdict.growth is not None]
    judged = [verdict.likely for _, verdict in people if verdict.likely is not None]
    return Equity(
        people=len(people),
        quota=Amount.sum(quotas) if quotas else None,
        before=Amount.sum(befores) if befores else None,
        growth=ratio(Amount.sum(quota for quota, _ in both), Amount.sum(before for _, before in both)),
        lowest=min(growths, default=None),
        highest=max(growths, default=None),
        likely=sum(judged),
        judged=len(judged),
        outliers=sum(bool(verdict.reasons) for _, verdict in people),
    )
