"""Quotas: seat by month, a season in them, and the gaps that real plans have."""

from datetime import date
from typing import NamedTuple

from company import FISCAL_YEARS, OCCUPANCIES, PEOPLE, SEATS, SELLING_MANAGERS, Seat, occupant, team_of

MONTHS = (57, 61, 91, 65, 68, 104, 62, 66, 101, 84, 92, 149)
STEP = 500
YEARLY = {"W": 1_130_000, "C": 1_050_000, "E": 1_040_000, "N": 1_110_000, "K": 1_290_000}
LEVEL = {2023: 100, 2024: 115, 2025: 129}
TEAM_LEVEL = {"W": 100, "C": 100, "E": 100, "N": 100, "K": 100}
SEAT_LEVEL = {
    "S-W0": 42,
    "S-N0": 40,
    "S-W1": 118,
    "S-C3": 108,
    "S-E1": 106,
    "S-N1": 115,
    "S-E5": 85,
    "S-C6": 80,
    "S-K5": 90,
}
KEPT_WHILE_VACANT = ("S-E3", "S-C2")


class Quota(NamedTuple):
    """`amount` in whole dollars; None is no quota."""

    fiscal_year: int
    seat: str
    month: date
    amount: int | None


def make_quotas() -> list[Quota]:
    """All cells in order of year, seat and month. A manager who does not sell has none, not even an empty one."""
    return [
        Quota(year, seat.id, date(year, month, 1), _amount(seat, year, month))
        for year in FISCAL_YEARS
        for seat in SEATS
        if seat.kind == "seller" or seat.id in SELLING_MANAGERS
        for month in range(1, 13)
        if _exists(seat, date(year, month, 1).isoformat())
    ]


def _exists(seat: Seat, month: str) -> bool:
    return seat.valid_from <= month and (not seat.valid_to or month <= seat.valid_to)


def _amount(seat: Seat, year: int, month: int) -> int | None:
    first = date(year, month, 1).isoformat()
    share = _staffed(seat.id, first)
    if not share:
        return None
    team = team_of(seat.id)
    level = LEVEL[year] * TEAM_LEVEL[team] * SEAT_LEVEL.get(seat.id, 100) * MONTHS[month - 1] * share
    return YEARLY[team] * level // (100**4 * 1000 * STEP) * STEP


def _staffed(seat: str, month: str) -> int:
    """What percentage of its quota a seat carries: none while vacant or in a newcomer's first two months, then half."""
    person = occupant(seat, f"{month[:8]}28")
    if not person:
        return 100 if seat in KEPT_WHILE_VACANT else 0
    begin = next(begin for who, held, begin, _ in OCCUPANCIES if (who, held) == (person, seat))
    if begin != next(each.hired_on for each in PEOPLE if each.id == person):
        return 100
    months = (int(month[:4]) - int(begin[:4])) * 12 + int(month[5:7]) - int(begin[5:7])
    return 0 if months < 2 else 50 if months < 4 else 100
