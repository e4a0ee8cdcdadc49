"""Reading a quota plan: the year's latest version, its seats in their line of command, and every quota in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from salestui.metrics.reader import Scope
from salestui.metrics.scopes import team_name
from salestui.model.values.amount import ZERO, Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.sheet import Leaf, Node, Span
from salestui.store.quick import Reader, as_date


class Plan(NamedTuple):
    """A version of a fiscal year's quota plan."""

    id: int
    fiscal_year: int
    plan_version: int
    state: str
    begun_by: str = ""
    """The change that began it, which tells it from one of another database."""

    @property
    def label(self) -> str:
        """What it is called: `FY2026 v2`."""
        return f"FY{self.fiscal_year} v{self.plan_version}"


class PlanView(NamedTuple):
    """A year's quotas as they are planned; without a plan, the rows and columns there would be."""

    year: Period
    plan: Plan | None
    nodes: tuple[Node, ...]
    months: tuple[date, ...]
    spans: tuple[Span, ...]
    kept: dict[Leaf, Amount | None]
    last_year: dict[Leaf, Amount]
    """What was booked a year before by the seats there are."""


class _Seat(NamedTuple):
    id: int
    title: str
    team: str | None
    manages: bool
    people: str
    start: date
    end: date


def read_plan_view(
    reader: Reader, calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str
) -> PlanView:
    """The latest version of the plan of a fiscal year, for the seats of `scope` as they stand on a day in that year."""
    number = int(year.label.removeprefix("FY"))
    plan = _read_latest(reader, number)
    months = calendar.months(year)
    kept = {} if plan is None else _read_kept(reader, plan.id)
    day = min(max(on, year.start), year.end)
    seats = _read_seats(reader, year, day, {leaf.seat for leaf in kept})
    above = _read_above(reader, year, day, seats)
    life = {seat.id: _life(seat, months) for seat in seats.values()}
    lines = _lines(reader, kept)
    nodes = tuple(
        node._replace(first=life[node.seat][0], last=life[node.seat][1]) if node.seat else node
        for node in _nodes(reader, year, scope, company, seats, above, lines)
    )
    return PlanView(
        year,
        plan,
        nodes,
        tuple(month.start for month in months),
        _spans(calendar, year),
        kept,
        _read_last_year(reader, calendar, year, nodes),
    )


def _read_latest(reader: Reader, fiscal_year: int) -> Plan | None:
    row = reader.one(
        "SELECT id, fiscal_year, plan_version, state, change_id FROM quota_plan"
        " WHERE fiscal_year = :year AND measure = 'bookings' ORDER BY plan_version DESC",
        {"year": fiscal_year},
    )
    if row is None:
        return None
    key, year, version, state, begun_by = row
    return Plan(key, year, version, state, str(begun_by).replace("-", ""))


def _read_kept(reader: Reader, plan: int) -> dict[Leaf, Amount | None]:
    sql = "SELECT seat_id, line_id, month, amount FROM quota_cell WHERE plan_id = :plan"
    return {
        Leaf(seat, line or 0, as_date(month)): None if units is None else Amount.from_units(units)
        for seat, line, month, units in reader.rows(sql, {"plan": plan})
    }


def _read_last_year(
    reader: Reader, calendar: FiscalCalendar, year: Period, nodes: Sequence[Node]
) -> dict[Leaf, Amount]:
    """What each seat booked in the months of the year before, under the months of this one and in the seat's own row.

    A product line that the seat has no row for counts in its first.
    """
    before = calendar.shift(year, -1)
    earlier = {old.start: new.start for old, new in zip(calendar.months(before), calendar.months(year), strict=False)}
    rows: dict[int, list[int]] = {}
    for node in nodes:
        if node.seat is not None:
            rows.setdefault(node.seat, []).append(node.line)
    sql = (
        "SELECT seat_id, line_id, month, SUM(total) FROM measure_month WHERE seat_id <> 0 AND measure = 'bookings'"
        " AND month BETWEEN :start AND :end GROUP BY seat_id, line_id, month"
    )
    found: dict[Leaf, Amount] = {}
    for seat, line, month, units in reader.rows(sql, {"start": before.start, "end": before.end}):
        if seat in rows and as_date(month) in earlier:
            leaf = Leaf(seat, line if line in rows[seat] else rows[seat][0], earlier[as_date(month)])
            found[leaf] = found.get(leaf, ZERO) + Amount.from_units(int(units))
    return found


def _life(seat: "_Seat", months: Sequence[Period]) -> tuple[int, int]:
    """The numbers of the first and the last month in which there is the seat; one that is not in the year has none."""
    inside = [number for number, month in enumerate(months) if seat.start <= month.end and seat.end >= month.start]
    return (inside[0], inside[-1]) if inside else (0, -1)


def _spans(calendar: FiscalCalendar, year: Period) -> tuple[Span, ...]:
    """The year, then its months, each quarter after its own."""
    months = calendar.months(year)
    spans = [Span("year", year.label, 0, len(months) - 1)]
    for quarter in calendar.quarters(year):
        inside = [number for number, month in enumerate(months) if quarter.start <= month.start <= quarter.end]
        spans += [Span(months[number].label, _short(months[number]), number, number) for number in inside]
        spans.append(Span(quarter.label, quarter.label[-2:], inside[0], inside[-1]))
    return tuple(spans)


def _short(month: Period) -> str:
    """`Mar`, or in a 4-4-5 year `P03`."""
    return month.label[-3:] if "-P" in month.label else f"{month.start:%b}"


def _lines(reader: Reader, kept: Iterable[Leaf]) -> dict[int, list[tuple[int, str]]]:
    """The product lines that each seat has quotas in; without any where it has none by line."""
    found: dict[int, set[int]] = {}
    for leaf in kept:
        found.setdefault(leaf.seat, set()).add(leaf.line)
    if not any(lines != {0} for lines in found.values()):
        return {}
    names = dict(reader.rows("SELECT id, name FROM product_line"))
    return {
        seat: [(line, names[line] if line else "any line") for line in sorted(lines)]
        for seat, lines in found.items()
        if lines != {0}
    }


def _nodes(
    reader: Reader,
    year: Period,
    scope: Scope,
    company: str,
    seats: Mapping[int, _Seat],
    above: Mapping[int, int],
    lines: Mapping[int, Sequence[tuple[int, str]]],
) -> tuple[Node, ...]:
    under: dict[int | None, list[_Seat]] = {}
    for seat in seats.values():
        under.setdefault(above.get(seat.id), []).append(seat)
    nodes: list[Node] = []
    roots = _roots(reader, scope, year, seats, under)
    top = None
    if scope.kind == "company" and len(roots) > 1:
        nodes.append(Node("company", company, None, team=True))
        top = 0
    for root in roots:
        nodes += _below(root, len(nodes), top, under, lines)
    return tuple(nodes)


def _roots(
    reader: Reader, scope: Scope, year: Period, seats: Mapping[int, _Seat], under: Mapping[int | None, list[_Seat]]
) -> list[_Seat]:
    if scope.kind == "team":
        return [seats[scope.id]] if scope.id in seats else []
    if scope.kind == "person":
        sql = (
            "SELECT DISTINCT seat_id FROM occupancy WHERE person_id = :who"
            " AND valid_from <= :end AND valid_to >= :start ORDER BY seat_id"
        )
        held = reader.rows(sql, {"who": scope.id, "start": year.start, "end": year.end})
        return [seats[seat]._replace(manages=False) for (seat,) in held if seat in seats]
    return _in_order(under.get(None, []), under)


def _below(
    seat: _Seat,
    number: int,
    parent: int | None,
    under: Mapping[int | None, list[_Seat]],
    lines: Mapping[int, Sequence[tuple[int, str]]],
) -> Iterator[Node]:
    """The rows of a seat and of all under it; the first of them has this number."""
    if not seat.manages:
        yield from _own(seat, number, parent, _label(seat), lines)
        return
    rows = [Node(f"team:{seat.id}", team_name(seat.team, seat.people or None, seat.title), parent, team=True)]
    rows += _own(seat, number + 1, number, f"{_label(seat)}, own", lines)
    for below in _in_order(under.get(seat.id, []), under):
        rows += _below(below, number + len(rows), number, under, lines)
    yield from rows


def _own(
    seat: _Seat, number: int, parent: int | None, label: str, lines: Mapping[int, Sequence[tuple[int, str]]]
) -> Iterator[Node]:
    vacant = not seat.people
    if seat.id not in lines:
        yield Node(f"seat:{seat.id}", label, parent, seat.id, vacant=vacant)
        return
    yield Node(f"seat:{seat.id}", label, parent, vacant=vacant)
    for line, name in lines[seat.id]:
        yield Node(f"seat:{seat.id}:{line}", name, number, seat.id, line)


def _label(seat: _Seat) -> str:
    return seat.people or f"{seat.title} (vacant)"


def _in_order(seats: Iterable[_Seat], under: Mapping[int | None, list[_Seat]]) -> list[_Seat]:
    def key(seat: _Seat) -> tuple[bool, str, int]:
        return seat.manages, (seat.team if seat.manages and seat.team else _label(seat)).casefold(), seat.id

    return sorted(seats, key=key)


def _read_seats(reader: Reader, year: Period, day: date, planned: Collection[int]) -> dict[int, _Seat]:
    """The seats there are in the year, and those that quotas are planned for, with who sits in them on the day."""
    within = {"start": year.start, "end": year.end}
    sitting: dict[int, list[str]] = {}
    held = (
        "SELECT o.seat_id, p.name FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE :day BETWEEN o.valid_from AND o.valid_to ORDER BY o.valid_from, o.id"
    )
    for seat, name in reader.rows(held, {"day": day}):
        if name not in sitting.setdefault(seat, []):
            sitting[seat].append(name)
    managing = {
        seat
        for (seat,) in reader.rows(
            "SELECT DISTINCT manager_seat_id FROM reporting WHERE valid_from <= :end AND valid_to >= :start", within
        )
    }
    found = {}
    for key, title, team, kind, start, end in reader.rows(
        "SELECT id, title, team, kind, valid_from, valid_to FROM seat ORDER BY id"
    ):
        seat = _Seat(
            key,
            title,
            team,
            kind == "manager" or key in managing,
            " and ".join(sitting.get(key, ())),
            as_date(start),
            as_date(end),
        )
        if key in planned or (seat.start <= year.end and seat.end >= year.start):
            found[key] = seat
    return found


def _read_above(reader: Reader, year: Period, day: date, seats: Mapping[int, _Seat]) -> dict[int, int]:
    """Whom each seat reports to on the day; a seat that is not there then, last before it, or else first after it."""
    sql = "SELECT seat_id, manager_seat_id, valid_from, valid_to FROM reporting ORDER BY valid_from DESC, id DESC"
    found: dict[int, int] = {}
    settled: set[int] = set()
    for seat, manager, start, end in reader.rows(sql):
        if seat not in seats or manager not in seats or seat in settled:
            continue
        here = seats[seat].start <= day <= seats[seat].end
        if as_date(start) <= day <= as_date(end) or not here:
            found[seat] = manager
            if as_date(start) <= day:
                settled.add(seat)
    return {seat: manager for seat, manager in found.items() if not _in_a_ring(seat, found)}


def _in_a_ring(seat: int, above: Mapping[int, int]) -> bool:
    """Whether the line of command comes back to the seat, as two days of it taken together may."""
    at, passed = above.get(seat), {seat}
    while at is not None and at not in passed:
        passed.add(at)
        at = above.get(at)
    return at == seat
