"""Rules for territories, people, seats, the line of command, and who sits and works where."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from salestui.exchange.entities.closed import REPORTING, SITTING, Kind, Wanted, first_open, refuse_closed
from salestui.exchange.loading import Loading
from salestui.exchange.shape import Record
from salestui.exchange.trouble import Fault
from salestui.model.tables.organisation import Person, Reporting, Seat, Territory, TerritoryAssignment
from salestui.model.values.period import EARLIEST, LATEST

_DAY = timedelta(days=1)


def territories(loading: Loading) -> None:
    """Territories, each after the one it is part of."""
    for record in loading.in_order(loading.take("territory"), "parent"):
        values = loading.columns(record, ["name"], ["parent"])
        loading.put(record, Territory, record.values["id"], values)


def people(loading: Loading) -> None:
    """People; where the mapping knows no seats, each with a seat of their own and its line of command."""
    records = loading.take("person")
    own_seats = loading.mapping.seats_from_people
    for record in loading.in_order(records, "manager") if own_seats else records:
        hired, left = record.values.get("hired_on"), record.values.get("left_on")
        if hired and left and left < hired:
            loading.refuse(record, "left_on", Fault(f"They left on {left}, before they came", f"a day from {hired} on"))
        if own_seats:
            loading.refer(record, "manager")
            loading.refer(record, "territory")
        loading.put(
            record, Person, record.values["id"], loading.columns(record, ["name", "email", "hired_on", "left_on"])
        )
    if own_seats:
        _seats_of_people(loading, [record for record in records if not record.refused])


def seats(loading: Loading) -> None:
    """Seats that the source itself knows."""
    for record in loading.take("seat"):
        values = loading.columns(record, ["title", "team"], ["territory"]) | loading.span(record)
        if "kind" in record.values:
            values["kind"] = record.values["kind"] or "seller"
        elif loading.table(Seat).id_of(record.values["id"]) is None:
            values["kind"] = "seller"
        loading.put(record, Seat, record.values["id"], values)


def reporting(loading: Loading) -> None:
    """The line of command between seats."""
    records = loading.take("reporting")
    _refuse_two_managers(loading, records)
    _refuse_circles(loading, [record for record in records if not record.refused])
    wanted = []
    for record in records:
        if not record.refused:
            values = loading.columns(record, [], ["seat", "manager_seat"]) | loading.span(record)
            wanted.append(Wanted(record, f"{record.values['seat']}|{_since(record)}", values))
    _replace(loading, REPORTING, wanted)


def occupancies(loading: Loading) -> None:
    """Who sits in which seat."""
    wanted = []
    for record in loading.take("occupancy"):
        values = loading.columns(record, [], ["person", "seat"]) | loading.span(record)
        key = f"{record.values['person']}|{record.values['seat']}|{_since(record)}"
        wanted.append(Wanted(record, key, values))
    _replace(loading, SITTING, wanted)


def _replace(loading: Loading, kind: Kind, wanted: Iterable[Wanted]) -> None:
    """Take rows in, in place of all that the source had told of the same owners."""
    found = [each for each in wanted if not each.record.refused]
    refuse_closed(loading, kind, found)
    touched = set()
    for each in found:
        if loading.put(each.record, kind.model, each.key, each.values) is not None:
            touched.add(each.values[kind.owner])
    loading.table(kind.model).drop_stale(kind.owner, touched)


def assignments(loading: Loading) -> None:
    """Who works which territory, by seat, or by person, who is then taken for the seat."""
    touched = set()
    for record in loading.take("assignment"):
        values = loading.columns(record, [], ["territory"]) | loading.span(record)
        who = "seat" if record.values.get("seat") is not None else "person"
        seat = loading.refer(record, who)
        if who == "person" and seat is not None:
            seat = loading.seat_of(seat, values["valid_from"])
        if seat is None and not record.refused:
            loading.refuse(record, who, Fault("There is no seat to assign the territory to", "a person who has a seat"))
        key = f"{record.values.get(who)}|{record.values['territory']}|{_since(record)}"
        if loading.put(record, TerritoryAssignment, key, values | {"seat_id": seat}) is not None:
            touched.add(seat)
    loading.table(TerritoryAssignment).drop_stale("seat_id", (seat for seat in touched if seat is not None))


def _since(record: Record) -> str:
    start = record.values.get("valid_from")
    return "" if start is None else start.isoformat()


def _seats_of_people(loading: Loading, records: list[Record]) -> None:
    above = {record.values.get("manager") for record in records} | _leading_others(loading, records)
    sittings = []
    for record in records:
        key = record.values["id"]
        values = loading.columns(record, ["team"], ["territory"])
        named = record.values.get("title") or record.values["name"]
        seat = loading.table(Seat).put(
            key,
            values
            | {"title": named, "kind": record.values.get("kind") or ("manager" if key in above else "seller")}
            | {"valid_from": EARLIEST, "valid_to": LATEST},
        )
        person = loading.table(Person).by_key[key]
        sitting = {
            "person_id": person["id"],
            "seat_id": seat,
            "valid_from": person["hired_on"] or EARLIEST,
            "valid_to": person["left_on"] or LATEST,
        }
        sittings.append(Wanted(record, key, sitting))
        if values.get("territory_id") is not None and not loading.has("assignment"):
            assignment = {"seat_id": seat, "territory_id": values["territory_id"]}
            loading.table(TerritoryAssignment).put(key, assignment | {"valid_from": EARLIEST, "valid_to": LATEST})
    _add(loading, SITTING, sittings)
    led = [record for record in records if "manager" in record.values and not record.refused]
    _add(loading, REPORTING, [each for record in led for each in _lines_of(loading, record)])


def _add(loading: Loading, kind: Kind, wanted: Sequence[Wanted]) -> None:
    """Take rows in beside those there are."""
    refuse_closed(loading, kind, wanted, replacing=False)
    for each in wanted:
        loading.put(each.record, kind.model, each.key, each.values)


def _leading_others(loading: Loading, records: list[Record]) -> set[str]:
    """Those who lead somebody that this import does not name."""
    seats = loading.table(Seat)
    named = {seats.id_of(record.values["id"]) for record in records}
    leading = {
        row["manager_seat_id"]
        for row in loading.table(Reporting).by_id.values()
        if row["valid_to"] == LATEST and row["seat_id"] not in named
    }
    return {key for key, row in seats.by_key.items() if row["id"] in leading}


def _lines_of(loading: Loading, record: Record) -> list[Wanted]:
    """What lets a person's seat report to their manager's.

    A line without a stated start holds from the beginning, of a seat that was there without one while months were
    closed from the first day that is open. Where a later import brings another manager, the old line
    ends the day before: the day the new one starts, if that is stated, else the day of the source's data.
    """
    table, seats = loading.table(Reporting), loading.table(Seat)
    seat, above = seats.by_key[record.values["id"]]["id"], record.values.get("manager")
    manager = None if above is None else seats.id_of(above)
    start = record.values.get("start")
    lines = {key: row for key, row in table.by_key.items() if row["seat_id"] == seat}
    key = max(lines, key=lambda each: lines[each]["valid_from"], default=None)
    table.seen |= lines.keys()
    if key is None:
        if manager is not None:
            begins = start or (first_open(loading) if seat > 0 else None) or EARLIEST
            line = {"seat_id": seat, "manager_seat_id": manager, "valid_from": begins, "valid_to": LATEST}
            return [Wanted(record, record.values["id"], line)]
        return []
    last = lines[key]
    begins = last["valid_from"] if last["manager_seat_id"] == manager else start or loading.as_of
    found = []
    if table.is_local(last) and manager is not None:
        found.append(Wanted(record, key, {"manager_seat_id": manager}))
    elif last["manager_seat_id"] == manager:
        found.append(Wanted(record, key, {"valid_from": start or last["valid_from"], "valid_to": LATEST}))
    elif begins <= last["valid_from"] and manager is not None:
        found.append(Wanted(record, key, {"manager_seat_id": manager, "valid_to": LATEST}))
    elif not table.is_local(last):
        if last["valid_to"] >= begins:
            found.append(Wanted(record, key, {"valid_to": max(begins - _DAY, last["valid_from"])}))
        if manager is not None:
            line = {"seat_id": seat, "manager_seat_id": manager, "valid_from": begins, "valid_to": LATEST}
            found.append(Wanted(record, f"{record.values['id']}|{begins}", line))
    return found


def _refuse_two_managers(loading: Loading, records: Iterable[Record]) -> None:
    by_seat: dict[str, list[Record]] = {}
    for record in records:
        by_seat.setdefault(record.values["seat"], []).append(record)
    for lines in by_seat.values():
        lines.sort(key=lambda each: each.values.get("valid_from") or EARLIEST)
        for earlier, later in pairwise(lines):
            if (later.values.get("valid_from") or EARLIEST) <= (earlier.values.get("valid_to") or LATEST):
                fault = Fault(
                    f"This seat reports to another manager at the same time, by row {earlier.row}",
                    remedy="End one line of command before the other begins.",
                )
                loading.refuse(later, "seat", fault)


def _refuse_circles(loading: Loading, records: Iterable[Record]) -> None:
    above: dict[str, list[tuple[date, date, Record]]] = {}
    for record in records:
        start, end = record.values.get("valid_from") or EARLIEST, record.values.get("valid_to") or LATEST
        above.setdefault(record.values["seat"], []).append((start, end, record))
    for lines in above.values():
        for start, _, record in lines:
            seat, passed = record.values["manager_seat"], {record.values["seat"]}
            while seat not in passed:
                passed.add(seat)
                line = next((each for begin, end, each in above.get(seat, ()) if begin <= start <= end), None)
                if line is None:
                    break
                seat = line.values["manager_seat"]
            if seat == record.values["seat"]:
                fault = Fault("The line of command runs in a circle", "a manager who is not under this seat")
                loading.refuse(record, "manager_seat", fault)
