"""All that is known of one number of a plan: a seat's or a team's, of a month, a quarter or the year."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from salestui.metrics.quota_breakdown import Breakdown, read_breakdown
from salestui.metrics.reader import Scope
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.beside import (
    Lock,
    Submission,
    Target,
    read_locks,
    read_submissions,
    read_targets,
    target_key,
    target_of,
)
from salestui.planning.quotas.queries.last_year import booked_by_month, row_of_line
from salestui.planning.quotas.queries.outline import Outline, read_outline
from salestui.planning.quotas.queries.plan import LEAVES, units_of
from salestui.planning.quotas.queries.story import Told, read_cell_story
from salestui.planning.quotas.sheet import Leaf, Span
from salestui.planning.quotas.standing import Plan
from salestui.planning.sales import read_ledger
from salestui.planning.year_before import YearBefore, year_before
from salestui.store.company import read_company
from salestui.store.quick import Reader, as_date

MOST_SEATS = 200
"""Of more seats than that neither what is effective nor the story is read: that is looked at team by team."""

_COMPANY_BOOKED = (
    "SELECT month, SUM(total) FROM measure_month WHERE measure = 'bookings' AND month BETWEEN :start AND :end"
    " GROUP BY month"
)


class Held(NamedTuple):
    """Somebody in the seat."""

    who: str
    start: date
    end: date


class CellView(NamedTuple):
    """What stands in the plan there, and beside it."""

    plan: Plan
    label: str
    months: tuple[Period, ...]
    is_team: bool
    seats: int
    vacant: int
    """How many of these seats nobody sits in on the day."""
    quota: Amount | None
    own: tuple[str, Amount | None] | None
    """The manager's own row of a team, and what stands in it."""
    target: Target | None
    last_year: Amount | None
    elsewhere: Amount | None
    """What was booked then besides by none of the plan's seats; for the whole company alone, and None for nothing."""
    before: str
    """In which months that was booked, where some of them stand in for others that are not over."""
    submissions: dict[Leaf, Submission]
    quota_in: Amount | None
    """The quotas that figures were handed in for."""
    locks: dict[Leaf, Lock]
    held: tuple[Held, ...]
    """Who is in the seat in these months."""
    life: tuple[date, date] | None
    """The seat's first and last day; None for a team."""
    parts: tuple[Breakdown, ...]
    """How it comes to be effective: of a seat every month, of a team what is adjusted."""
    effective: Amount | None
    """What of it somebody carries; None without a quota."""
    nobodys: Amount | None
    """What of it is of days on which nobody was there."""
    story: tuple[Told, ...]
    too_many: bool
    """Whether there are too many seats for the last three of these."""
    names: dict[int, str]
    """What the seats are called, of a team."""
    months_named: dict[date, str]
    """What the months of the year are called, by their first days."""

    def name(self, leaf: Leaf) -> str:
        """What a quota is called here: its month, and of a team also the seat."""
        month = self.months_named.get(leaf.month, f"{leaf.month}")
        return f"{month} {self.names[leaf.seat]}" if leaf.seat in self.names else month

    @property
    def submitted(self) -> Amount | None:
        """What was handed in, in all; None where nothing was."""
        figures = [each.amount for each in self.submissions.values()]
        return Amount.sum(figures) if figures else None

    def at_clock(self, local: Callable[[datetime], datetime]) -> "CellView":
        """The same with every moment by another clock."""
        return self._replace(
            target=None if self.target is None else self.target._replace(at=local(self.target.at)),
            submissions={leaf: each._replace(at=local(each.at)) for leaf, each in self.submissions.items()},
            locks={leaf: each._replace(at=local(each.at)) for leaf, each in self.locks.items()},
            story=tuple(told._replace(at=local(told.at)) for told in self.story),
        )


class At(NamedTuple):
    """Where a number stands: the row, and the months of the year from the first to the last, by number."""

    row: str
    first: int
    last: int


def read_cell(
    reader: Reader, calendar: FiscalCalendar, year: Period, scope: Scope, on: date, company: str, at: At
) -> CellView | None:
    """What is known there, as seats stand on a day; None where the plan has no such row (any more)."""
    outline = read_outline(reader, calendar, year, scope, on, company)
    key, _, of_line = _seat_and_line(at.row)
    row = next((number for number, node in enumerate(outline.nodes) if node.key == key), None)
    if row is None or outline.plan is None:
        return None
    node, span = outline.nodes[row], Span("", "", at.first, at.last)
    seats = [node.seat] if node.seat is not None else _seats_under(outline, row)
    months = outline.months[at.first : at.last + 1]
    wanted = [
        Leaf(seat, line, month)
        for seat in seats
        for line, _ in outline.lines.get(seat, [(0, "")])
        if of_line is None or line == of_line
        for month in months
    ]
    leaves = set(wanted)
    few = len(seats) <= MOST_SEATS
    parts = _read_parts(reader, calendar, outline.plan, year, seats, months, of_line) if few else []
    quota = outline.value(row, outline.spans.index(_same(outline, span)))
    if of_line is not None:
        quota = Amount.sum(part.held for part in parts) if parts else None
    adjusted = [part for part in parts if part.adjusted]
    handed_in = read_submissions(reader, outline.plan.id)
    submissions = {leaf: each for leaf, each in handed_in.items() if leaf in leaves}
    before = year_before(calendar, year, read_ledger(reader, calendar, on, read_company(reader)))
    last_year = _read_last_year(reader, before, at, seats, _in_line(outline, seats, of_line))
    return CellView(
        plan=outline.plan,
        label=node.label,
        months=tuple(map(calendar.month_of, months)),
        is_team=node.seat is None,
        seats=len(seats),
        vacant=sum(1 for each in outline.nodes if each.seat in set(seats) and each.vacant),
        quota=quota,
        own=_own(outline, row, span),
        target=_target(reader, outline, row, months, whole=scope.kind == "company"),
        last_year=last_year,
        elsewhere=_read_elsewhere(reader, before, at, last_year) if scope.kind == "company" and not row else None,
        before=before.named(range(at.first, at.last + 1)),
        submissions=submissions,
        quota_in=_read_quota_in(reader, outline.plan, submissions),
        locks={leaf: each for leaf, each in read_locks(reader, outline.plan.id).items() if leaf in leaves},
        held=() if node.seat is None else _read_held(reader, node.seat, months[0], calendar.month_of(months[-1]).end),
        life=None if node.seat is None else _read_life(reader, node.seat),
        parts=tuple(parts if node.seat is not None else adjusted),
        effective=_sum(part for part in parts if part.person is not None) if few and quota is not None else None,
        nobodys=_sum(part for part in parts if part.person is None) if few and quota is not None else None,
        story=read_cell_story(reader, outline.plan.id, wanted) if few else (),
        too_many=not few,
        names=_names(outline, seats) if node.seat is None else {},
        months_named={outline.months[each.first]: each.label for each in outline.spans if each.is_month},
    )


def _sum(parts: Iterable[Breakdown]) -> Amount:
    return Amount.sum(part.effective for part in parts)


def _seat_and_line(row: str) -> tuple[str, str, int | None]:
    """The row of the seat, and the product line where the row is one of it."""
    kind, _, rest = row.partition(":")
    seat, _, line = rest.partition(":")
    return (f"{kind}:{seat}" if rest else kind), seat, int(line) if line else None


def _same(outline: Outline, span: Span) -> Span:
    return next(each for each in outline.spans if (each.first, each.last) == (span.first, span.last))


def _seats_under(outline: Outline, row: int) -> list[int]:
    under = {row}
    found: list[int] = []
    for number in range(row + 1, len(outline.nodes)):
        node = outline.nodes[number]
        if node.parent not in under:
            break
        under.add(number)
        if node.seat is not None:
            found.append(node.seat)
    return found


def _names(outline: Outline, seats: list[int]) -> dict[int, str]:
    wanted = set(seats)
    return {each.seat: each.label for each in outline.nodes if each.seat is not None and each.seat in wanted}


def _own(outline: Outline, row: int, span: Span) -> tuple[str, Amount | None] | None:
    """The row of a team's own leader is the first under it, of the same seat."""
    kind, _, seat = outline.nodes[row].key.partition(":")
    if kind != "team" or row + 1 >= len(outline.nodes) or outline.nodes[row + 1].seat != int(seat):
        return None
    return outline.nodes[row + 1].label, outline.value(row + 1, outline.spans.index(_same(outline, span)))


def _target(reader: Reader, outline: Outline, row: int, months: Sequence[date], *, whole: bool) -> Target | None:
    plan, node = outline.plan, outline.nodes[row]
    if plan is None or not node.team:
        return None
    targets = read_targets(reader, plan, outline.months[0], outline.months[-1])
    return target_of(targets, target_key(node.key, months[0], months[-1]), whole=whole and not row)


def _read_parts(
    reader: Reader,
    calendar: FiscalCalendar,
    plan: Plan,
    year: Period,
    seats: list[int],
    months: Sequence[date],
    line: int | None,
) -> list[Breakdown]:
    wanted = set(months)
    return [
        part
        for seat in seats
        for part in read_breakdown(reader, calendar, year, seat=seat, plan=plan.id, line=line)
        if part.month.start in wanted
    ]


def _in_line(outline: Outline, seats: Sequence[int], line: int | None) -> Callable[[int], bool]:
    """Whether what was booked in a product line counts: all, or of one seat what counts in the row of a line."""
    if line is None:
        return lambda _: True
    rows = [number for number, _ in outline.lines.get(seats[0], [(0, "")])]
    return lambda booked: row_of_line(booked, rows) == line


def _read_last_year(
    reader: Reader, before: YearBefore, at: At, seats: Sequence[int], counts: Callable[[int], bool]
) -> Amount | None:
    among, months = set(seats), range(at.first, at.last + 1)
    booked = booked_by_month(reader, before)
    found = [units for seat, line, month, units in booked if seat in among and month in months and counts(line)]
    return Amount.from_units(sum(found)) if found else None


def _read_elsewhere(reader: Reader, before: YearBefore, at: At, known: Amount | None) -> Amount | None:
    """What the company booked in these months of the year before beyond what is known of its seats."""
    months = [month.start for month in before.months[at.first : at.last + 1]]
    booked = reader.rows(_COMPANY_BOOKED, {"start": min(months), "end": max(months)})
    units = sum(int(total) for month, total in booked if as_date(month) in months) - (known.units if known else 0)
    return Amount.from_units(units) if units else None


def _read_quota_in(reader: Reader, plan: Plan, submissions: Collection[Leaf]) -> Amount | None:
    """The quotas of leaves that figures were handed in for."""
    handed_in = "seat_id IN (SELECT seat_id FROM quota_submission WHERE plan_id = :plan)"
    quotas = units_of(reader.rows(f"{LEAVES} AND {handed_in}", {"plan": plan.id})) if submissions else {}
    known = [units for leaf in submissions if (units := quotas.get(leaf)) is not None]
    return Amount.from_units(sum(known)) if known else None


def _read_held(reader: Reader, seat: int, start: date, end: date) -> tuple[Held, ...]:
    sql = (
        "SELECT p.name, o.valid_from, o.valid_to FROM occupancy o JOIN person p ON p.id = o.person_id"
        " WHERE o.seat_id = :seat AND o.valid_from <= :end AND o.valid_to >= :start ORDER BY o.valid_from, o.id"
    )
    rows = reader.rows(sql, {"seat": seat, "start": start, "end": end})
    return tuple(Held(who, as_date(first), as_date(last)) for who, first, last in rows)


def _read_life(reader: Reader, seat: int) -> tuple[date, date] | None:
    row = reader.one("SELECT valid_from, valid_to FROM seat WHERE id = :seat", {"seat": seat})
    return None if row is None else (as_date(row[0]), as_date(row[1]))
