"""Rules for quotas: each a seat's for a fiscal month, in a published plan of the fiscal year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from salestui.exchange.loading import Loading
from salestui.exchange.rates import fiscal_year
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault, quoted
from salestui.metrics.adjusting import object_to_closed
from salestui.model.tables.quotas import QuotaCell, QuotaPlan
from salestui.model.values.amount import Amount, split
from salestui.model.values.period import Period

MEASURES = ("bookings", "revenue", "margin", "units")
_STEP = Amount(1)


@dataclass(frozen=True)
class _Place:
    """Where a quota stands: one cell of a plan."""

    measure: str
    seat: int
    month: Period
    line: int | None


def quotas(loading: Loading) -> None:
    """Quotas; what covers a quarter or a year is spread evenly over its months and sums to the same."""
    taken: dict[_Place, Record] = {}
    for record in loading.take("quota"):
        period = _period(loading, record)
        places = [] if period is None else _places(loading, record, loading.company.calendar.months(period))
        twice = next((place for place in places if place in taken), None)
        if twice is not None and not record.refused:
            fault = Fault(
                f"The quota of {twice.month.label} is told before, in row {taken[twice].row}", "one row for each month"
            )
            loading.refuse(record, _dated_by(record), fault)
        if record.refused:
            continue
        amount: Amount | None = record.values.get("amount")
        parts = [None] * len(places) if amount is None else split(amount, [1] * len(places), _STEP)
        for place, part in zip(places, parts, strict=True):
            if not record.refused:
                taken[place] = record
                _put(loading, record, place, part)
    if taken:
        _tell_of_published(loading)


def _period(loading: Loading, record: Record) -> Period | None:
    """The fiscal months that a row covers."""
    calendar, month, name = loading.company.calendar, record.values.get("month"), _dated_by(record)
    day = record.values.get(name)
    if day is None:
        loading.refuse(record, name, Fault("There is nothing here", "the month of the quota"))
        return None
    period = calendar.month_of(day)
    if month is not None and period.start != month:
        fault = Fault(f"{month} is no first day of a fiscal month", f"{period.start}, where that month is meant")
        loading.refuse(record, "month", fault)
    stated, year = record.values.get("fiscal_year"), fiscal_year(calendar, day)
    if stated is not None and stated != year:
        loading.refuse(record, "fiscal_year", Fault(f"{day} belongs to FY{year}, not FY{stated}", f"{year}"))
    if record.feed.grain == "quarter":
        return calendar.quarter_of(day)
    return calendar.year_of(day) if record.feed.grain == "year" else period


def _dated_by(record: Record) -> str:
    """The field that tells the month."""
    return "date" if record.values.get("month") is None else "month"


def _places(loading: Loading, record: Record, months: tuple[Period, ...]) -> list[_Place]:
    """The cells that a row covers; a person's are those of the seat they hold when the month begins."""
    measure = record.values.get("measure") or "bookings"
    if measure not in MEASURES:
        fault = Fault(f"{quoted(measure)} is no measure of quotas", "one of " + ", ".join(MEASURES))
        loading.refuse(record, "measure", fault)
    line = loading.refer(record, "line")
    who = "seat" if record.values.get("seat") is not None else "person"
    found = loading.refer(record, who)
    if found is None and not record.refused:
        loading.refuse(record, who, Fault("There is nothing here", "whose quota it is"))
    places = []
    for month in months:
        seat = found if who == "seat" or found is None else loading.seat_of(found, month.start)
        if seat is not None:
            places.append(_Place(measure, seat, month, line))
    if not places and not record.refused:
        loading.refuse(record, who, Fault("There is no seat for this quota", "a person who has a seat"))
    if not record.refused and _published_elsewhere(
        loading, measure, fiscal_year(loading.company.calendar, months[0].start)
    ):
        fault = Fault(
            f"There is a published plan of {measure} for that year already, not from this source",
            remedy="Leave these quotas out, or supersede that plan first; both together would count twice.",
        )
        loading.refuse(record, who, fault)
    return places


def _published_elsewhere(loading: Loading, measure: str, year: int) -> bool:
    """Whether another's plan is in force; where the source's own was superseded here, its quotas still go there."""
    table = loading.table(QuotaPlan)
    if _plan_key(year, measure) in table.by_key:
        return False
    return any(
        (row["fiscal_year"], row["measure"], row["state"]) == (year, measure, "published")
        for row in table.by_id.values()
    )


def _plan_key(year: int, measure: str) -> str:
    return f"{year}|{measure}"


def _put(loading: Loading, record: Record, place: _Place, amount: Amount | None) -> None:
    year = fiscal_year(loading.company.calendar, place.month.start)
    plan = _plan_key(year, place.measure)
    plans = loading.table(QuotaPlan)
    if plan not in plans.seen:
        stands = {"plan_version": 1, "state": "published", "step": _STEP}
        plans.put(plan, {"fiscal_year": year, "measure": place.measure, **stands})
    who = f"person {record.values['person']}" if record.values.get("seat") is None else record.values["seat"]
    key = f"{plan}|{who}|{place.month.start}|{record.values.get('line') or ''}"
    values = {"seat_id": place.seat, "month": place.month.start, "line_id": place.line, "amount": amount}
    _keep_closed(loading, record, place, plans.by_key[plan], key, values)
    loading.put(record, QuotaCell, key, {"plan_id": plans.id_of(plan), **values})


def _tell_of_published(loading: Loading) -> None:
    """Warn of quotas that change within a plan that is in force: the source's own follows it in place."""
    cells, plans = loading.table(QuotaCell), loading.table(QuotaPlan).by_id
    changed = Counter(cells.by_key[key]["plan_id"] for key in (*cells.updates, *cells.inserts))
    for key, count in sorted(changed.items()):
        plan = plans[key]
        if key > 0 and plan["state"] == "published":
            what = "1 of its quotas changes" if count == 1 else f"{count:,} of its quotas change"
            label = f"The plan of {plan['measure']} of FY{plan['fiscal_year']}"
            loading.trouble.warn(f"{label} is in force and the source's own: {what} in place, and attainment with it.")


def _keep_closed(
    loading: Loading, record: Record, place: _Place, plan: Mapping[str, Any], key: str, values: Mapping[str, Any]
) -> None:
    """Refuse a record that would change a quota of a closed month; in a plan that was superseded it changes nothing."""
    company, old = loading.company, loading.table(QuotaCell).by_key.get(key)
    same = values["amount"] is None if old is None else all(old[name] == value for name, value in values.items())
    if same or plan["state"] != "published":
        return
    name = _dated_by(record)
    objection = object_to_closed(company.calendar, company.closed_through, place.month.start, name)
    if objection is not None:
        loading.refuse(record, name, Fault(objection.what, "the quota that stands there", objection.remedy))
