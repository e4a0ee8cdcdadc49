"""Quotas: seat by month, a season in them, and the gaps that real plans have; ramps, a relief, and pay at target."""

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
RAMPED_SINCE = "2025-01-01"
RAMP = ("R-NEW", "New account executive", "0;0;0.5;0.5")
RELIEFS = (("E-1", "P31", "S-N4", "2025-11-03", "2025-11-28", "0.25", "", "Part-time leave", "Aoife O'Dwyer", "no"),)
"""Id, person, seat, from, to, share, amount, reason, approver, whether the team's number falls too."""
PAY = {
    "Vice President, Sales": (260_000, 190_000),
    "Director, Key Accounts": (185_000, 135_000),
    "Key Account Manager": (150_000, 140_000),
    "Senior Account Executive": (150_000, 150_000),
    "Account Executive": (130_000, 130_000),
}
"""Base and variable at target a year, by title."""
MANAGERS_PAY = (175_000, 125_000)


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
    """What percentage of its quota a seat carries: none while vacant or in a newcomer's first two months, then half.

    Since there are ramps, a newcomer's seat carries all of it, and the ramp takes away what they do not carry yet.
    """
    person = occupant(seat, f"{month[:8]}28")
    if not person:
        return 100 if seat in KEPT_WHILE_VACANT else 0
    begin = next(begin for who, held, begin, _ in OCCUPANCIES if (who, held) == (person, seat))
    if begin >= RAMPED_SINCE or not _is_newcomer(person, begin):
        return 100
    months = (int(month[:4]) - int(begin[:4])) * 12 + int(month[5:7]) - int(begin[5:7])
    return 0 if months < 2 else 50 if months < 4 else 100


def _is_newcomer(person: str, begin: str) -> bool:
    """Whether somebody who took a seat on a day was hired for it."""
    return begin == next(each.hired_on for each in PEOPLE if each.id == person)


def make_rampings() -> list[tuple[str, ...]]:
    """Person, seat, ramp and first day of everyone who was hired since there are ramps."""
    return [
        (person, seat, RAMP[0], begin)
        for person, seat, begin, _ in OCCUPANCIES
        if begin >= RAMPED_SINCE and _is_newcomer(person, begin)
    ]


def make_pay() -> list[tuple[str, ...]]:
    """Pay at target of everyone, as long as they sat where they sat."""
    titles = {seat.id: seat.title for seat in SEATS}
    found: list[tuple[str, ...]] = []
    for number, (person, seat, begin, end) in enumerate(OCCUPANCIES, 1):
        base, variable = PAY.get(titles[seat], MANAGERS_PAY)
        found.append((f"Y-{number:02}", person, str(base), str(variable), begin, end))
    return found
