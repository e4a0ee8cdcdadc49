"""What no import may change within closed months: who sits in which seat, and which seat reports to which."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from salestui.exchange.loading import Loading
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault
from salestui.metrics.adjusting import object_to_closed
from salestui.model.tables.base import Sourced
from salestui.model.tables.organisation import Occupancy, Reporting
from salestui.model.tables.quotas import QuotaCell, QuotaPlan

_REMEDY = "Let it begin later, or open the months again with: salestui reopen MONTH --reason TEXT"
_DAY = timedelta(days=1)
_Days = list[tuple[date, date]]


class Wanted(NamedTuple):
    """A row that a record is to be taken in as, by its key."""

    record: Record
    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A table of which each row says what is beside a seat from when to when."""

    model: type[Sourced]
    owner: str
    """Whose rows an import replaces as a whole."""
    other: str
    """What is beside the seat."""
    told: str


SITTING = Kind(Occupancy, "person_id", "person_id", "who sits where")
REPORTING = Kind(Reporting, "seat_id", "manager_seat_id", "who reports to whom")


def first_open(loading: Loading) -> date | None:
    """The first day that is not closed; None where none is closed."""
    closed = loading.company.closed_through
    return None if closed is None else loading.company.calendar.month_of(closed).end + _DAY


def refuse_closed(loading: Loading, kind: Kind, wanted: Sequence[Wanted], *, replacing: bool = True) -> None:
    """Refuse records whose rows would say something else of closed days than what stands there.

    With `replacing`, rows of the source go that are of the same owner and no record tells. Seats that are new have
    nothing in closed months, nor has who sat nowhere in them in a seat without quotas: since when is then no matter.
    """
    opens = first_open(loading)
    if opens is None or not wanted:
        return
    table = loading.table(kind.model)
    told = {each.key for each in wanted}
    before: dict[int, list[Mapping[str, Any]]] = {}
    after: dict[int, list[Mapping[str, Any]]] = {}
    keys = {row["id"]: key for key, row in table.by_key.items()}
    for row in table.by_id.values():
        before.setdefault(row[kind.owner], []).append(row)
        key = keys.get(row["id"])
        if key not in told and (key is None or not replacing or table.is_local(row)):
            after.setdefault(row[kind.owner], []).append(row)
    records: dict[int, list[Record]] = {}
    for each in wanted:
        row = table.stands(each.key, each.values)
        after.setdefault(row[kind.owner], []).append(row)
        records.setdefault(row[kind.owner], []).append(each.record)
    planned: frozenset[int] | None = None
    for owner, theirs in records.items():
        was, becomes = (_days(kind, rows.get(owner, ()), opens - _DAY) for rows in (before, after))
        changed = {pair for pair in was.keys() | becomes.keys() if was.get(pair) != becomes.get(pair)}
        if changed and kind is SITTING and not was:
            planned = _planned(loading, opens) if planned is None else planned
            changed = {(seat, person) for seat, person in changed if seat in planned}
        if changed:
            for record in theirs:
                _refuse(loading, record, kind, opens)


def _days(kind: Kind, rows: Iterable[Mapping[str, Any]], last: date) -> dict[tuple[int, int], _Days]:
    """The days up to the last on which each seat that is not new has which other beside it, in whole stretches."""
    found: dict[tuple[int, int], _Days] = {}
    for row in sorted(rows, key=lambda row: row["valid_from"]):
        if row["seat_id"] < 0 or row["valid_from"] > last:
            continue
        start, end = row["valid_from"], min(row["valid_to"], last)
        days = found.setdefault((row["seat_id"], row[kind.other]), [])
        if days and start <= days[-1][1] + _DAY:
            start, end = days[-1][0], max(end, days.pop()[1])
        days.append((start, end))
    return found


def _planned(loading: Loading, opens: date) -> frozenset[int]:
    """The seats that have a quota in force in a closed month."""
    plans = loading.table(QuotaPlan).by_id
    return frozenset(
        row["seat_id"]
        for row in loading.table(QuotaCell).by_id.values()
        if row["month"] < opens and row["amount"] is not None and plans[row["plan_id"]]["state"] == "published"
    )


def _refuse(loading: Loading, record: Record, kind: Kind, opens: date) -> None:
    name = "valid_from" if "valid_from" in record.values else "id" if "id" in record.values else kind.owner
    closed = loading.company.closed_through
    objection = object_to_closed(loading.company.calendar, closed, opens - _DAY, name)
    if objection is not None and not record.refused:
        what = f"{objection.what}, and this would change {kind.told} in them"
        loading.refuse(record, name, Fault(what, f"a change from {opens} on", _REMEDY))
