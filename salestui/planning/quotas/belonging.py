"""What of a team's quotas counts for another team: the sheet shows a seat's whole year in the team of a single day.

KPIs follow a seat from team to team by its days, so that a team's sum in the sheet and its quota there may differ.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from salestui.model.values.amount import Amount
from salestui.model.values.period import Period
from salestui.planning.quotas.queries.stays import Stay
from salestui.planning.quotas.sheet import Node, Sheet

_DAY = timedelta(days=1)
_NO_TEAM = ""


class Apart(NamedTuple):
    """An amount that is shown in one team and counts for another."""

    amount: Amount
    here: bool
    """Whether it counts for this team, and is shown in the other one."""
    team: str
    """The other team; empty where they were in none."""
    seats: tuple[str, ...]
    since: date
    until: date | None
    """From when to when in the year they stood otherwise than it is shown; None: to its end."""


class _Stretch(NamedTuple):
    """A seat's days that count otherwise than they are shown: what share of each month they are."""

    row: int
    here: bool
    team: str
    since: date
    until: date | None
    shares: Mapping[int, Fraction]


class Belonging:
    """For the rows of a sheet, what of their sums counts elsewhere, and what counts for them besides."""

    def __init__(self, nodes: Sequence[Node], months: Sequence[date], year: Period, stays: Sequence[Stay]) -> None:
        self._stretches: dict[int, list[_Stretch]] = {}
        if not stays:
            return
        rows = {node.key: row for row, node in enumerate(nodes)}
        self._names = {int(key.removeprefix("team:")): nodes[row].label for key, row in rows.items() if _is_team(key)}
        ends = [*(month - _DAY for month in months[1:]), year.end]
        by_seat: dict[int, list[Stay]] = {}
        for stay in stays:
            by_seat.setdefault(stay.seat, []).append(stay)
        for seat, own in by_seat.items():
            row = rows.get(f"seat:{seat}")
            if row is not None:
                self._compare(row, _teams_above(nodes, row), own, rows, list(zip(months, ends, strict=True)))

    def _compare(
        self,
        row: int,
        shown: Mapping[int, str],
        stays: Sequence[Stay],
        rows: Mapping[str, int],
        months: Sequence[tuple[date, date]],
    ) -> None:
        """Where the seat stood on its days, against where it is shown."""
        born, died = stays[0].life
        apart: dict[tuple[int, bool, str], list[tuple[int, date, date]]] = {}
        for number, (start, end) in enumerate(months):
            for first, last in _pieces(max(start, born), min(end, died), stays):
                above = [stay for stay in stays if stay.start <= first <= stay.end]
                stood = {stay.team for stay in above}
                nearest = min(above, key=lambda stay: stay.depth) if above else None
                other = _NO_TEAM if nearest is None else self._names.get(nearest.team, nearest.name)
                for team in shown.keys() - stood:
                    apart.setdefault((team, False, other), []).append((number, first, last))
                for team in stood - shown.keys():
                    now = next(iter(shown.values()), _NO_TEAM)
                    apart.setdefault((team, True, now), []).append((number, first, last))
        for (team, here, other), found in apart.items():
            if team not in self._names:
                continue
            shares: dict[int, Fraction] = {}
            for number, first, last in found:
                alive = _days(max(months[number][0], born), min(months[number][1], died))
                shares[number] = shares.get(number, Fraction(0)) + Fraction(_days(first, last), alive)
            until = found[-1][2] if found[-1][2] < min(months[-1][1], died) else None
            stretch = _Stretch(row, here, other, found[0][1], until, shares)
            self._stretches.setdefault(rows[f"team:{team}"], []).append(stretch)

    def of(self, sheet: Sheet, row: int, span: int) -> tuple[Apart, ...]:
        """What counts otherwise than it is shown in a row and a column, as the sheet stands: the largest first."""
        found: dict[tuple[bool, str, date, date | None], tuple[Fraction, list[str]]] = {}
        for stretch in self._stretches.get(row, ()):
            units = sum(
                (stretch.shares[month] * _units(sheet, stretch.row, month) for month in _months(sheet, span, stretch)),
                Fraction(0),
            )
            if units:
                place = (stretch.here, stretch.team, stretch.since, stretch.until)
                before, seats = found.get(place, (Fraction(0), []))
                label = sheet.nodes[stretch.row].label.removesuffix(", own")
                found[place] = (before + units, [*seats, label])
        parts = [
            Apart(Amount.from_units(round(units)), here, team, tuple(seats), since, until)
            for (here, team, since, until), (units, seats) in found.items()
        ]
        return tuple(sorted(parts, key=lambda part: -abs(part.amount.units)))


def _is_team(key: str) -> bool:
    return key.startswith("team:")


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _pieces(start: date, end: date, stays: Sequence[Stay]) -> list[tuple[date, date]]:
    """The days from `start` to `end` in pieces within which the seat stood where it stood."""
    if start > end:
        return []
    seams = {stay.start for stay in stays} | {stay.end + _DAY for stay in stays if stay.end < end}
    starts = [start, *sorted(seam for seam in seams if start < seam <= end)]
    return list(zip(starts, [*(each - _DAY for each in starts[1:]), end], strict=True))


def _months(sheet: Sheet, span: int, stretch: _Stretch) -> list[int]:
    return [month for month in sheet.spans[span].months if month in stretch.shares]


def _units(sheet: Sheet, row: int, month: int) -> int:
    span = next(number for number, span in enumerate(sheet.spans) if span.first == span.last == month)
    amount = sheet.value(row, span)
    return 0 if amount is None else amount.units


def _teams_above(nodes: Sequence[Node], row: int) -> dict[int, str]:
    """The teams that a row is under, by the seat that leads them, the nearest first; not the one its own seat leads."""
    found: dict[int, str] = {}
    seat, above = nodes[row].key.removeprefix("seat:"), nodes[row].parent
    while above is not None:
        kind, _, team = nodes[above].key.partition(":")
        if kind == "team" and team != seat:
            found[int(team)] = nodes[above].label
        above = nodes[above].parent
    return found
