"""Rules for ramps, who follows one, reliefs, and pay at target. What belongs to a closed period stays as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from salestui.exchange.loading import Loading
from salestui.exchange.numbers import NumberStyle, rates
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault
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
from salestui.metrics.effective import Climb, climb
from salestui.model.tables.organisation import Occupancy
from salestui.model.tables.staffing import Ramp, Ramping, Relief, TargetPay

_DAY = timedelta(days=1)
_BETWEEN = ";"
"""What stands between the shares of a ramp."""


def ramps(loading: Loading) -> None:
    """Ramps, their shares as `0;0.25;0.5;0.75;1`."""
    followers: dict[int, list[dict[str, Any]]] = {}
    records = loading.take("ramp")
    for row in loading.table(Ramping).by_id.values() if records else ():
        followers.setdefault(row["ramp_id"], []).append(row)
    for record in records:
        shares = _shares(record)
        if isinstance(shares, Fault):
            loading.refuse(record, "shares", shares)
            continue
        old = loading.table(Ramp).by_key.get(record.values["id"])
        for row in followers.get(old["id"], ()) if old else ():
            before, after = (_climb(loading, row, each) for each in (old["shares"] if old else (), shares))
            _keep_closed(loading, record, "shares", first_difference(loading.company.calendar, before, after))
        loading.put(record, Ramp, record.values["id"], {"name": record.values["name"], "shares": shares})


def _shares(record: Record) -> list[str] | Fault:
    texts = [text.strip() for text in record.values["shares"].split(_BETWEEN)]
    found = rates([text or None for text in texts], NumberStyle(record.feed.style.decimal))
    fault = next((each for each in found if isinstance(each, Fault)), None)
    if fault is not None or None in found:
        return fault or Fault("A share is missing", "as many shares as the ramp has months, as in 0;0.25;0.5;0.75;1")
    shares = read_shares([str(each) for each in found])
    return _fault(shares) if isinstance(shares, Objection) else list(shares)


def rampings(loading: Loading) -> None:
    """Who follows a ramp in a seat, from the day on that they came into it."""
    held = _Held(loading)
    for record in loading.take("ramping"):
        values = loading.columns(record, ["starts_on"], ["person", "seat", "ramp"])
        if record.refused:
            continue
        objection = object_to_absence(held.spans(values), values["starts_on"], "starts_on")
        if objection is not None:
            _refuse(loading, record, objection)
            continue
        key = f"{record.values['person']}|{record.values['seat']}"
        table, ramp_of = loading.table(Ramping), loading.table(Ramp).by_id
        old = table.by_key.get(key)
        before = None if old is None else _climb(loading, old, ramp_of[old["ramp_id"]]["shares"])
        after = _climb(loading, values, ramp_of[values["ramp_id"]]["shares"])
        _keep_closed(loading, record, "starts_on", first_difference(loading.company.calendar, before, after))
        loading.put(record, Ramping, key, values)


def reliefs(loading: Loading) -> None:
    """Reliefs of a share or an amount; those of one person in one seat come to no more than everything."""
    records = loading.take("relief")
    held = _Held(loading)
    others: dict[tuple[int, int], list[Granted]] = {}
    told = {record.values["id"] for record in records}
    for row in loading.table(Relief).by_id.values() if records else ():
        if row["source"] != loading.mapping.source or row["source_id"] not in told:
            _note(others, row)
    for record in records:
        values = _relief(loading, record)
        if record.refused:
            continue
        span = values["valid_from"], values["valid_to"]
        old = loading.table(Relief).by_key.get(record.values["id"])
        objection = object_to_relief(span, values["share"], values["amount"], values["reason"], values["approver"])
        objection = objection or object_to_absence(held.spans(values), span[0], "valid_from")
        if objection is None and values["share"] is not None:
            beside = others.get((values["person_id"], values["seat_id"]), ())
            objection = object_to_overlap(beside, Granted(*span, values["share"]))
        if objection is not None:
            _refuse(loading, record, objection)
            continue
        _keep_closed(loading, record, "valid_from", _first_changed(old, values))
        if loading.put(record, Relief, record.values["id"], values) is not None:
            _note(others, values)


def _relief(loading: Loading, record: Record) -> dict[str, Any]:
    """A relief's columns; without a seat it is the one they hold when it begins."""
    values: dict[str, Any] = {"share": None, "amount": None}
    values |= loading.columns(record, ["share", "amount", "reason", "approver"], ["person"]) | loading.span(record)
    values["lowers_team"] = record.values.get("lowers_team") not in ("no", "false")
    if record.values.get("seat") is not None:
        values["seat_id"] = loading.refer(record, "seat")
    elif not record.refused:
        values["seat_id"] = loading.seat_of(values["person_id"], values["valid_from"])
        if values["seat_id"] is None:
            loading.refuse(record, "person", Fault("There is no seat to be relieved in", "a person who has a seat"))
    return values


def _note(others: dict[tuple[int, int], list[Granted]], row: Mapping[str, Any]) -> None:
    if row["share"] is not None:
        granted = Granted(row["valid_from"], row["valid_to"], row["share"])
        others.setdefault((row["person_id"], row["seat_id"]), []).append(granted)


def _first_changed(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> date | None:
    """The first day on which a relief takes something else than before."""
    start: date = new["valid_from"]
    if old is None:
        return start
    began: date = old["valid_from"]
    what = ("person_id", "seat_id", "share", "amount", "lowers_team", "valid_from")
    longer = old["valid_to"] != new["valid_to"]
    if any(old[name] != new[name] for name in what) or (longer and new["amount"] is not None):
        return min(start, began)
    end: date = min(old["valid_to"], new["valid_to"])
    return end + _DAY if longer else None


def pay(loading: Loading) -> None:
    """Pay at target: one base and variable a year for each day."""
    records = loading.take("target_pay")
    paid: dict[int, list[tuple[date, date, str]]] = {}
    for record in records:
        values = loading.columns(record, ["base", "variable"], ["person"]) | loading.span(record)
        for name in ("base", "variable"):
            if values.get(name) is not None and values[name].units < 0:
                loading.refuse(record, name, Fault(f"{values[name]} is no pay", "an amount of 0 or more"))
        start, end = values["valid_from"], values["valid_to"]
        theirs = paid.setdefault(values["person_id"] or 0, [])
        twice = next((where for first, last, where in theirs if first <= end and start <= last), None)
        if twice is not None and not record.refused:
            fault = Fault(f"Their pay of these days is told before, in {twice}", "one pay at a time")
            loading.refuse(record, "valid_from", fault)
        if not record.refused:
            theirs.append((start, end, record.where))
        loading.put(record, TargetPay, record.values["id"], values)


@dataclass
class _Held:
    """Who held which seat from when to when, read once it is asked for."""

    loading: Loading
    _spans: dict[tuple[int, int], list[tuple[date, date]]] | None = field(default=None)

    def spans(self, values: Mapping[str, Any]) -> Iterable[tuple[date, date]]:
        """The days on which a person holds a seat."""
        if self._spans is None:
            self._spans = {}
            for row in self.loading.table(Occupancy).by_id.values():
                key = row["person_id"], row["seat_id"]
                self._spans.setdefault(key, []).append((row["valid_from"], row["valid_to"]))
        return self._spans.get((values["person_id"], values["seat_id"]), ())


def _climb(loading: Loading, ramping: Mapping[str, Any], shares: Iterable[str]) -> Climb:
    exact = [Fraction(share) for share in shares]
    return climb(loading.company.calendar, ramping["person_id"], ramping["starts_on"], exact)


def _keep_closed(loading: Loading, record: Record, name: str, changed: date | None) -> None:
    """Refuse a record that would change the quota of a closed month."""
    company = loading.company
    objection = None if changed is None else object_to_closed(company.calendar, company.closed_through, changed, name)
    if objection is not None:
        _refuse(loading, record, objection)


def _refuse(loading: Loading, record: Record, objection: Objection) -> None:
    loading.refuse(record, objection.field, _fault(objection))


def _fault(objection: Objection) -> Fault:
    return Fault(objection.what, objection.expected, objection.remedy)
