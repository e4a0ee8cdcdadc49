"""Adjusting quotas to people: ramps for those who are new, relief for a time. What is closed stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import select

from salestui.metrics.adjusting import (
    Granted,
    Objection,
    first_difference,
    object_to_absence,
    object_to_closed,
    object_to_overlap,
    object_to_relief,
    read_shares,
)
from salestui.metrics.closing import company_of, problem_of, refuse
from salestui.metrics.effective import Climb, Part, apportion, climb
from salestui.metrics.quota_facts import in_force_of, terms_within
from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.staffing import Ramp, Ramping, Relief
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.store.company import Company
from salestui.store.work import Work

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SetRamp:
    """A ramp by name: the share of the quota in each month in the role; `ramp` and `version` where one is changed."""

    name: str
    shares: tuple[str, ...]
    ramp: int | None = None
    version: int = 0


@dataclass(frozen=True)
class DropRamp:
    """A ramp that nobody follows is no longer offered."""

    ramp: int
    version: int


@dataclass(frozen=True)
class AssignRamp:
    """Somebody in a seat follows a ramp from the day on that they came into it; none, where `ramp` is None."""

    person: int
    seat: int
    ramp: int | None
    starts_on: date


@dataclass(frozen=True)
class GrantRelief:
    """Somebody is relieved of a share of the quota of their seat for some days, or of an amount spread over them."""

    person: int
    seat: int
    valid_from: date
    valid_to: date
    reason: str
    approver: str
    share: Rate | None = None
    amount: Amount | None = None
    lowers_team: bool = True


@dataclass(frozen=True)
class EndRelief:
    """A relief ends with the day `on`, earlier than it was granted for; before it began: it is taken back."""

    relief: int
    version: int
    on: date


def set_ramp(work: Work, command: SetRamp) -> int:
    """Keep a ramp, new or changed; answers its id. Refused where it would change the quota of a closed month."""
    name, shares = command.name.strip(), read_shares(command.shares)
    if not name:
        raise DataProblem("A ramp needs a name.")
    if isinstance(shares, Objection):
        raise problem_of(shares)
    same = work.session.exec(select(Ramp).where(Ramp.name == name)).all()
    if any(each.id != command.ramp for each in same):
        raise DataProblem(f"There is a ramp called {name} already.", remedy="Change that one, or choose another name.")
    if command.ramp is None:
        ramp = Ramp(name=name, shares=list(shares))
        work.session.add(ramp)
    else:
        ramp = work.to_edit(Ramp, command.ramp, command.version)
        company = company_of(work)
        for each in work.session.exec(select(Ramping).where(Ramping.ramp_id == ramp.id)).all():
            before, after = (_climb(company, each.person_id, each.starts_on, of) for of in (ramp.shares, shares))
            _refuse_what_is_closed(company, before, after)
        ramp.name, ramp.shares = name, list(shares)
    work.session.flush()
    return _id(ramp)


def drop_ramp(work: Work, command: DropRamp) -> None:
    """Drop a ramp. Refused where somebody follows it, or did."""
    ramp = work.to_edit(Ramp, command.ramp, command.version)
    followers = len(work.session.exec(select(Ramping).where(Ramping.ramp_id == ramp.id)).all())
    if followers:
        who = "1 person follows it, or did" if followers == 1 else f"{followers} people follow it, or did"
        raise DataProblem(f"{ramp.name} is in use: {who}.", remedy="Take them off it first.")
    work.session.delete(ramp)
    work.session.flush()


def assign_ramp(work: Work, command: AssignRamp) -> int | None:
    """Have somebody follow a ramp in a seat, in place of the one of this stay there; answers the row's id."""
    held = _held(work, command.person, command.seat)
    refuse(object_to_absence(held, command.starts_on, "starts_on"))
    stay = next((start, end) for start, end in held if start <= command.starts_on <= end)
    rampings = work.session.exec(
        select(Ramping).where(Ramping.person_id == command.person, Ramping.seat_id == command.seat)
    ).all()
    kept = next((each for each in rampings if stay[0] <= each.starts_on <= stay[1]), None)
    company = company_of(work)
    ramp = None if command.ramp is None else _ramp(work, command.ramp)
    before = after = None
    if kept is not None:
        before = _climb(company, command.person, kept.starts_on, _ramp(work, kept.ramp_id).shares)
    if ramp is not None:
        after = _climb(company, command.person, command.starts_on, ramp.shares)
    _refuse_what_is_closed(company, before, after)
    if ramp is None:
        if kept is not None:
            work.session.delete(kept)
        return None
    if kept is None:
        kept = Ramping(person_id=command.person, seat_id=command.seat, ramp_id=_id(ramp), starts_on=command.starts_on)
        work.session.add(kept)
    kept.ramp_id, kept.starts_on = _id(ramp), command.starts_on
    work.session.flush()
    return _id(kept)


def grant_relief(work: Work, command: GrantRelief) -> int:
    """Relieve somebody of quota for a time; answers the relief's id."""
    span = command.valid_from, command.valid_to
    refuse(object_to_relief(span, command.share, command.amount, command.reason, command.approver))
    refuse(object_to_absence(_held(work, command.person, command.seat), command.valid_from, "valid_from"))
    company = company_of(work)
    refuse(object_to_closed(company.calendar, company.closed_through, command.valid_from, "valid_from"))
    if command.share is not None:
        others = work.session.exec(
            select(Relief).where(Relief.person_id == command.person, Relief.seat_id == command.seat)
        ).all()
        granted = [Granted(each.valid_from, each.valid_to, each.share) for each in others if each.share is not None]
        refuse(object_to_overlap(granted, Granted(*span, command.share)))
    relief = Relief(
        person_id=command.person,
        seat_id=command.seat,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        share=command.share,
        amount=command.amount,
        reason=command.reason.strip(),
        approver=command.approver.strip(),
        lowers_team=command.lowers_team,
    )
    work.session.add(relief)
    work.session.flush()
    return _id(relief)


def end_relief(work: Work, command: EndRelief) -> None:
    """End a relief early. Of an amount the days that stay keep their part, to the unit that leaves what is closed.

    DataProblem where it ends so late or so soon already, or no amount leaves all closed months as they are.
    """
    relief = work.to_edit(Relief, command.relief, command.version)
    if command.on >= relief.valid_to:
        raise DataProblem(f"This relief ends on {relief.valid_to} already.", expected="an earlier day")
    company = company_of(work)
    begun = command.on >= relief.valid_from
    changed = command.on + _DAY if begun else relief.valid_from
    refuse(object_to_closed(company.calendar, company.closed_through, changed, "valid_to"))
    if not begun:
        work.session.delete(relief)
        return
    if relief.amount is not None:
        relief.amount = _amount_kept(work, company, relief, relief.amount, command.on)
    relief.valid_to = command.on


def _amount_kept(work: Work, company: Company, relief: Relief, granted: Amount, on: date) -> Amount:
    """What of a relief's amount is kept for its days up to `on`: rounded down, or up where a closed month needs that.

    An amount is spread evenly and each month rounded once, so that a part of it that is no whole number of units may
    bring a closed month out by one.
    """
    days, of = (on - relief.valid_from).days + 1, (relief.valid_to - relief.valid_from).days + 1
    whole, rest = divmod(granted.units * days, of)
    if not rest:
        return Amount.from_units(whole)
    amounts = [Amount.from_units(whole), Amount.from_units(whole + 1)]
    closed, calendar, connection = company.closed_through, company.calendar, work.session.connection()
    if closed is None or calendar.month_of(closed).end < relief.valid_from:
        return amounts[0]
    first, last = calendar.month_of(relief.valid_from), calendar.month_of(closed)
    quotas = in_force_of(connection, relief.seat_id, (first.start, last.start))
    terms = terms_within(connection, calendar, {relief.seat_id}).of(relief.seat_id)

    def shared(amount: Amount | None, end: date) -> list[list[list[Part]]]:
        reliefs = [each._replace(amount=amount, end=end) if each.id == relief.id else each for each in terms.reliefs]
        of_it = terms._replace(reliefs=reliefs)
        return [apportion(each, (month, calendar.month_of(month).end), of_it) for month, each in quotas.items()]

    stands = shared(granted, relief.valid_to)
    kept = next((amount for amount in amounts if shared(amount, on) == stands), None)
    if kept is None:
        raise DataProblem(
            f"Ended on {on}, this relief would not leave the closed months as they are, to the last unit.",
            remedy="End it a day earlier or later.",
        )
    return kept


def _refuse_what_is_closed(company: Company, before: Climb | None, after: Climb | None) -> None:
    changed = first_difference(company.calendar, before, after)
    if changed is not None:
        refuse(object_to_closed(company.calendar, company.closed_through, changed, "starts_on"))


def _held(work: Work, person: int, seat: int) -> list[tuple[date, date]]:
    held = select(Occupancy).where(Occupancy.person_id == person, Occupancy.seat_id == seat)
    return [(each.valid_from, each.valid_to) for each in work.session.exec(held).all()]


def _ramp(work: Work, key: int) -> Ramp:
    found = work.session.get(Ramp, key)
    if found is None:
        raise DataProblem("This ramp is no longer there.", remedy="Choose another one.")
    return found


def _climb(company: Company, person: int, joined: date, shares: Iterable[str]) -> Climb:
    return climb(company.calendar, person, joined, [Fraction(share) for share in shares])


def _id(row: Ramp | Ramping | Relief) -> int:
    assert row.id is not None
    return row.id
