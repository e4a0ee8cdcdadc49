"""Reading whether quotas are fair: everybody of a scope who has a seat, by teams, in a fiscal year's latest plan."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from salestui.metrics.reader import Lens, Scope, Sum, flow, read_windows_of_each
from salestui.metrics.scopes import Place, read_places
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period, short_month
from salestui.planning.fairness.rules import Asked, Band, Equity, Verdict, equity, group_of, judge, ratio
from salestui.planning.quotas.standing import Plan, read_plan
from salestui.planning.sales import read_ledger
from salestui.planning.year_before import year_before
from salestui.store.company import Company
from salestui.store.quick import Reader, as_date

YEARS_BEFORE = 2
LOW, HIGH = "fairness.low", "fairness.high"
"""The settings of the band in which quota ÷ pay at target is healthy."""
_DAY = timedelta(days=1)
_YEAR = 12


class Row(NamedTuple):
    """Somebody's quota and how fair it is, or a team's."""

    key: str
    above: str | None
    name: str
    asked: Asked | None = None
    verdict: Verdict | None = None
    equity: Equity | None = None


class FairnessView(NamedTuple):
    """The quotas of a fiscal year beside what people sold in `before` and reached in the `years` before."""

    year: Period
    plan: Plan | None
    before: Period
    years: tuple[Period, ...]
    band: Band
    rows: tuple[Row, ...]


def read_fairness(reader: Reader, lens: Lens, scope: Scope, year: Period, company: Company) -> FairnessView:
    """Everybody of a scope as the teams stand on the lens's day (or the day of the year nearest to it)."""
    calendar = lens.calendar
    plan = read_plan(reader, year.fiscal_year)
    before = year_before(calendar, year, read_ledger(reader, calendar, lens.on, company)).period
    earlier = Period(calendar.shift(calendar.month_of(before.start), -_YEAR).start, before.start - _DAY, "", "range")
    years = tuple(calendar.shift(year, -back) for back in range(YEARS_BEFORE, 0, -1))
    complete = [each for each in years if each.end <= lens.on]
    windows = [
        flow(("bookings",), before),
        flow(("bookings",), earlier),
        *(flow(("bookings", "quota"), each) for each in complete),
    ]
    sums = read_windows_of_each(reader, lens, "person", windows)
    day = min(max(lens.on, year.start), year.end)
    places, quotas, begins = read_places(reader, day, company.name), {}, {}
    if plan is not None:
        coming = _read_coming(reader, calendar, plan, day, year, {each.scope.id for each in places if _is_person(each)})
        quotas = _read_quotas(reader, plan, day) | {one.person: one.quota for one in coming}
        begins = {one.person: one.start for one in coming}
        places = _with_coming(places, coming, calendar)
    asked = _Known(
        quotas=quotas,
        begins=begins,
        bookings={who: [_amount(found.get("bookings")) for found in of[:2]] for who, of in sums.items()},
        attained={
            who: tuple(ratio(_amount(found.get("bookings")), _amount(found.get("quota"))) for found in of[2:])
            for who, of in sums.items()
        },
        since=_read_since(reader, before.end),
        earnings=_read_earnings(reader, day),
        before=before,
        earlier=earlier,
        years=len(complete),
    )
    band = _read_band(reader)
    return FairnessView(year, plan, before, tuple(complete), band, _rows(_within(places, scope), asked, band))


class _Known(NamedTuple):
    """What was read of everybody, by person."""

    quotas: Mapping[int, Amount]
    begins: Mapping[int, date]
    bookings: Mapping[int, Sequence[Amount | None]]
    attained: Mapping[int, tuple[Decimal | None, ...]]
    since: Mapping[int, date]
    earnings: Mapping[int, Amount]
    before: Period
    earlier: Period
    years: int

    def of(self, person: int, *, leads: bool) -> Asked:
        """What is asked of somebody.

        Who leads a team is paid for its number too, so that the own quota is not set against that pay.
        """
        since = self.since.get(person)
        now, then = self.bookings.get(person, (None, None))
        whole = since is not None and since <= self.before.start
        return Asked(
            quota=self.quotas.get(person),
            before=(now or Amount(0)) if whole else None,
            why_not="" if whole else "no seat yet" if since is None else f"there since {since.isoformat()}",
            earnings=None if leads else self.earnings.get(person),
            attained=self.attained.get(person, (None,) * self.years),
            earlier=(then or Amount(0)) if since is not None and since <= self.earlier.start else None,
            begins=self.begins.get(person),
        )


def _rows(places: Sequence[Place], known: _Known, band: Band) -> tuple[Row, ...]:
    rows = _placed(places, known)
    people = [(row.above, row.asked) for row in rows if row.asked is not None and row.asked.quota is not None]
    group = group_of([asked for _, asked in people])
    teams: dict[str | None, list[Amount]] = {}
    for above, asked in people:
        teams.setdefault(above, []).extend([asked.quota or Amount(0)] if asked.begins is None else [])
    judged = [
        row._replace(verdict=judge(row.asked, teams[row.above], group, band))
        if row.asked is not None and row.asked.quota is not None
        else row
        for row in rows
    ]
    return tuple(row if row.asked else row._replace(equity=equity(_under(row.key, judged))) for row in judged)


def _placed(places: Sequence[Place], known: _Known) -> list[Row]:
    """The teams, and the people of whom there is something to tell, each under its team."""
    leading = {place.seat for place in places if place.scope.kind == "team"}
    teams: list[tuple[int, str]] = []
    rows: list[Row] = []
    for place in places:
        teams = [(depth, key) for depth, key in teams if depth < place.depth]
        above = teams[-1][1] if teams else None
        key = f"{place.scope.kind}:{place.scope.id}:{place.seat}"
        if place.scope.kind != "person":
            teams.append((place.depth, key))
            rows.append(Row(key, above, place.scope.name))
            continue
        asked = known.of(place.scope.id, leads=place.seat in leading)
        if asked.quota is not None or asked.before:
            rows.append(Row(key, above, place.scope.name, asked))
    return rows


def _under(team: str, rows: Sequence[Row]) -> list[tuple[Asked, Verdict]]:
    """Everybody with a quota in a team and in the teams under it."""
    within = {team}
    found: list[tuple[Asked, Verdict]] = []
    for row in rows:
        if row.above in within and row.asked is None:
            within.add(row.key)
        elif row.above in within and row.asked is not None and row.verdict is not None:
            found.append((row.asked, row.verdict))
    return found


def _within(places: Sequence[Place], scope: Scope) -> list[Place]:
    """The places of a scope; the company has no row of its own where one team is all of it."""
    if scope.kind == "company":
        tops = [place for place in places if place.depth == 1]
        return list(places[1:] if len(tops) == 1 else places)
    found: list[Place] = []
    for place in places:
        if (place.scope.kind, place.scope.id) == (scope.kind, scope.id):
            found = [place]
        elif found and place.depth > found[0].depth:
            found.append(place)
        elif found:
            break
    return found


def _read_quotas(reader: Reader, plan: Plan, on: date) -> dict[int, Amount]:
    """The quotas of everybody's seats on a day, by person; none of those who share one of theirs with somebody."""
    sql = "SELECT seat_id, SUM(amount) FROM quota_cell WHERE plan_id = :plan AND amount IS NOT NULL GROUP BY seat_id"
    quotas = {seat: Amount.from_units(int(units)) for seat, units in reader.rows(sql, {"plan": plan.id})}
    held = "SELECT DISTINCT seat_id, person_id FROM occupancy WHERE :on BETWEEN valid_from AND valid_to"
    sitting = [(seat, person) for seat, person in reader.rows(held, {"on": on}) if seat in quotas]
    holders = Counter(seat for seat, _ in sitting)
    sharing = {person for seat, person in sitting if holders[seat] > 1}
    found: dict[int, Amount] = {}
    for seat, person in sitting:
        if person not in sharing:
            found[person] = found.get(person, ZERO) + quotas[seat]
    return found


class _Coming(NamedTuple):
    """Somebody who comes to a seat with quotas later in the year."""

    person: int
    name: str
    seat: int
    manager: int | None
    start: date
    quota: Amount


def _read_coming(
    reader: Reader, calendar: FiscalCalendar, plan: Plan, day: date, year: Period, here: Collection[int]
) -> list[_Coming]:
    """Who is not there on a day and first comes to a seat after it, with its quotas from that month on."""
    sql = (
        "SELECT o.person_id, p.name, o.seat_id, r.manager_seat_id, o.valid_from FROM occupancy o"
        " JOIN person p ON p.id = o.person_id"
        " LEFT JOIN reporting r ON r.seat_id = o.seat_id AND o.valid_from BETWEEN r.valid_from AND r.valid_to"
        " WHERE o.valid_from > :day AND o.valid_from <= :end ORDER BY o.valid_from, o.id"
    )
    asks = "SELECT SUM(amount) FROM quota_cell WHERE plan_id = :plan AND seat_id = :seat AND month >= :month"
    found: dict[int, _Coming] = {}
    for person, name, seat, manager, first in reader.rows(sql, {"day": day, "end": year.end}):
        start = as_date(first)
        within = {"plan": plan.id, "seat": seat, "month": calendar.month_of(start).start}
        (units,) = reader.one(asks, within) or (None,)
        if units is not None and person not in here and person not in found:
            found[person] = _Coming(person, name, seat, manager, start, Amount.from_units(int(units)))
    return list(found.values())


def _with_coming(places: Sequence[Place], coming: Sequence[_Coming], calendar: FiscalCalendar) -> tuple[Place, ...]:
    """The places, and those who come at the end of who is right under their team's head."""
    found = list(places)
    for one in coming:
        at = next((n for n, place in enumerate(found) if _is_team(place) and place.seat == one.manager), 0)
        depth = found[at].depth + 1
        while at + 1 < len(found) and _is_person(found[at + 1]) and found[at + 1].depth == depth:
            at += 1
        name = f"{one.name} (from {short_month(calendar.month_of(one.start))})"
        found.insert(at + 1, Place(Scope("person", one.person, name), depth, one.seat, None))
    return tuple(found)


def _is_person(place: Place) -> bool:
    return place.scope.kind == "person"


def _is_team(place: Place) -> bool:
    return place.scope.kind == "team"


def _read_since(reader: Reader, on: date) -> dict[int, date]:
    """Since when everybody sits in seats without a gap, as of a day, or else as they first came later."""
    rows = reader.rows("SELECT person_id, valid_from, valid_to FROM occupancy ORDER BY person_id, valid_from")
    found: dict[int, tuple[date, date]] = {}
    for person, first, last in rows:
        start, end = as_date(first), as_date(last)
        since, until = found.get(person, (start, start))
        if until >= on or start <= until or start - _DAY == until:
            found[person] = since, max(until, end)
        else:
            found[person] = start, end
    return {person: since for person, (since, _) in found.items()}


def _read_earnings(reader: Reader, on: date) -> dict[int, Amount]:
    sql = "SELECT person_id, base + variable FROM target_pay WHERE :on BETWEEN valid_from AND valid_to ORDER BY id"
    return {person: Amount.from_units(int(units)) for person, units in reader.rows(sql, {"on": on})}


def _read_band(reader: Reader) -> Band:
    sql = "SELECT key, CAST(value AS TEXT) FROM setting WHERE key IN (:low, :high)"
    told = {key: Decimal(str(json.loads(value))) for key, value in reader.rows(sql, {"low": LOW, "high": HIGH})}
    usual = Band()
    return Band(told.get(LOW, usual.low), told.get(HIGH, usual.high))


def _amount(found: Sum | None) -> Amount | None:
    return None if found is None else Amount.from_units(found.total)
