"""Opportunities and the way each took through the stages.

The days on which deals close are drawn first, from the season and the end of the quarter; how long each took then says
when it began. Deals that close after the company's last day are today's open pipeline, cut off at what is known so far.
"""

from datetime import date, timedelta
from typing import NamedTuple

from accounts import Account
from company import (
    AS_OF,
    CRM_START,
    FIRST_DAY,
    LEADERS,
    OCCUPANCIES,
    PEOPLE,
    PRODUCTS,
    SEATS,
    keeper,
    occupant,
    team_of,
)
from dice import Dice, EvenLuck

DEALS_A_DAY = 0.422
SEASON = (0.86, 0.97, 0.93, 1.24)
MONTH_IN_QUARTER = (0.80, 0.88, 1.24)
QUARTER_END_RUSH = 1.8
WEEKEND_WORK = 0.015
MORE_DEALS_A_YEAR = 0.065
LARGER_DEALS_A_YEAR = 0.045
KEY_ACCOUNTS = {"deals": 0.62, "size": 2.0, "cycle": 1.2}

QUARTER_START = date(2025, 10, 1)
FORM = {"W": 1.53, "C": 1.2, "E": 1.27, "N": 1.2, "K": 1.24}
SLUMP = {"S-W4": 0.5, "S-C4": 0.5, "S-E2": 0.4, "S-E5": 0.45, "S-N4": 0.6, "S-K1": 0.3, "S-K5": 0.35}

RAMP = (0.1, 0.28, 0.48, 0.68, 0.84, 0.95)
SETTLING = (0.6, 0.8)

TYPES = (("new", 56), ("expansion", 29), ("renewal", 15))
ODDS = {"new": 0.198, "expansion": 0.27, "renewal": 0.45}
CYCLE = {"new": 80, "expansion": 66, "renewal": 50}
TYPE_SIZE = {"new": 1.0, "expansion": 0.85, "renewal": 0.9}
LINE_MIX = {
    "new": (("L-FLOW", 38), ("L-PRES", 26), ("L-GAS", 26), ("L-CAL", 10)),
    "expansion": (("L-FLOW", 36), ("L-PRES", 28), ("L-GAS", 22), ("L-CAL", 14)),
    "renewal": (("L-FLOW", 22), ("L-PRES", 18), ("L-GAS", 12), ("L-CAL", 48)),
}
LINE_ODDS = {"L-FLOW": 1.05, "L-PRES": 1.1, "L-GAS": 0.84, "L-CAL": 1.08}
LINE_SIZE = {"L-FLOW": 32_500, "L-PRES": 15_800, "L-GAS": 55_000, "L-CAL": 12_000}
LINE_CYCLE = {"L-FLOW": 1.0, "L-PRES": 0.9, "L-GAS": 1.2, "L-CAL": 0.8}
PRODUCT_IDS = {line: tuple(product for product, _, of, _, _ in PRODUCTS if of == line) for line in LINE_SIZE}
PRODUCT_NAMES = {product: name for product, name, _, _, _ in PRODUCTS}

SOURCES = (("Referral", 18), ("Web", 22), ("Trade show", 14), ("Partner", 12), ("Outbound", 34))
LOSS_REASONS = (
    ("Price", 26),
    ("Competitor", 24),
    ("No decision", 22),
    ("No budget", 14),
    ("Timing", 9),
    ("Missing feature", 5),
    ("", 2),
)
LOST_AT = (("ST1", 10), ("ST2", 26), ("ST3", 28), ("ST4", 23), ("ST5", 13))
PROJECTS = (
    "boiler house retrofit",
    "line 2",
    "line 3 upgrade",
    "tank farm",
    "pilot plant",
    "clean room",
    "spares",
    "new site",
    "emissions audit",
    "custody transfer",
    "cooling loop",
    "dosing skid",
    "replacement",
    "plant standard",
)
VISITS = ("yearly visit", "two years", "three years", "summer shutdown", "audit preparation", "after commissioning")
ODD_DEALS = {
    311: "[/Q1] flow meters",
    1207: "[bold red]URGENT[/] spares",
    2222: '=HYPERLINK("x") analysers',
    3105: "Gas skid 🚀🚀",
    4040: "محلل غاز للمصفاة",
    4711: "圧力計 二号棟",
    5002: "  padded on both sides  ",
    5550: "Overhaul_" + "of_the_old_measuring_house" * 5,
    6363: "Señor Ñuñez's “curly” quotes",
    7001: "50% now, 50% later",
    7777: "$bold `code` *stars*",
    8808: "[@click=app.quit]Magflow[/]",
}

CLOSED = {seat.id: seat.valid_to for seat in SEATS if seat.valid_to}
STEPS = ("ST1", "ST2", "ST3", "ST4", "ST5")
WON, LOST = "ST6", "ST7"
DAY = timedelta(days=1)


class Deal(NamedTuple):
    """`cents` is None where nobody wrote an amount down; `changes` are the stages and the days they were entered."""

    name: str
    account: str
    seat: str
    owner: str
    product: str
    line: str
    type: str
    source: str
    cents: int | None
    created_on: date
    close_on: date
    lost_reason: str
    changes: tuple[tuple[str, date], ...]

    @property
    def stage(self) -> str:
        return self.changes[-1][0]


class Worker(NamedTuple):
    """Who works a seat's deals, with what share of the usual drive, since when."""

    person: str
    drive: float
    since: date


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def workday_before(day: date) -> date:
    """`day`, or the Friday before it when it falls on a weekend."""
    return day - DAY * max(0, day.weekday() - 4)


def quarter_end(day: date) -> date:
    month = (day.month + 2) // 3 * 3
    return date(day.year + month // 12, month % 12 + 1, 1) - DAY


def years_in(day: date) -> float:
    return (day - FIRST_DAY).days / 365


def season(day: date) -> float:
    """How many deals close on a working day, with 1 for a usual one of the first year."""
    quarter, month = divmod(day.month - 1, 3)
    weight = SEASON[quarter] * MONTH_IN_QUARTER[month] * (1 + MORE_DEALS_A_YEAR * years_in(day))
    if (quarter_end(day) - day).days < 7:
        weight *= QUARTER_END_RUSH
    return weight


class Pipeline:
    """Makes the deals of all seats, from one source of chance for the past and one for the present quarter."""

    def __init__(self, accounts: list[Account], past: Dice, present: Dice) -> None:
        self._dice = past
        self._present = present
        self._luck = {(seat.id, kind): EvenLuck() for seat in SEATS for kind in ("deals", "wins")}
        self._people = {person.id: person for person in PEOPLE}
        self._accounts = {
            seat.id: [account for account in accounts if account.seat == seat.id and not account.house]
            for seat in SEATS
        }

    def deals(self) -> list[Deal]:
        """All deals that were created up to the company's last day, by that day."""
        deals: list[Deal] = []
        for number in range((AS_OF - FIRST_DAY).days + 480):
            day = FIRST_DAY + DAY * number
            if day == QUARTER_START:
                self._dice = self._present
            for seat in SEATS:
                deals += self._closing(seat.id, day)
        return sorted(deals, key=lambda deal: (deal.created_on, deal.seat, deal.close_on))

    def _closing(self, seat: str, day: date) -> list[Deal]:
        worker = self._worker(seat, day)
        if not worker or not (is_workday(day) or self._dice.chance(WEEKEND_WORK)):
            return []
        drive = worker.drive * DEALS_A_DAY * season(day)
        team = team_of(seat)
        if team == "K":
            drive *= KEY_ACCOUNTS["deals"]
        if QUARTER_START <= day <= AS_OF:
            drive *= FORM[team] * SLUMP.get(seat, 1)
        made = [self._deal(seat, worker, day) for _ in range(self._luck[seat, "deals"].count(drive, self._dice))]
        return [deal for deal in made if deal]

    def _worker(self, seat: str, day: date) -> Worker | None:
        """Who closes a seat's deals on a day: its occupant, or while it is vacant the manager, with less drive."""
        if not self._accounts[seat] or (seat in CLOSED and day.isoformat() > CLOSED[seat]):
            return None
        person = occupant(seat, day.isoformat())
        if person:
            return self._ramped(person, seat, day)
        if day > AS_OF:
            return Worker(keeper(seat, AS_OF.isoformat()), 0.6, FIRST_DAY)
        manager = occupant(LEADERS[team_of(seat)], day.isoformat())
        return Worker(manager, 0.3, FIRST_DAY) if manager and keeper(seat, day.isoformat()) else None

    def _ramped(self, person: str, seat: str, day: date) -> Worker:
        begin = next(begin for who, held, begin, _ in OCCUPANCIES if (who, held) == (person, seat))
        since = date.fromisoformat(begin)
        steps = RAMP if self._people[person].hired_on == begin else SETTLING
        month = (day - since).days // 30
        return Worker(person, self._people[person].drive / 100 * (steps[month] if month < len(steps) else 1), since)

    def _deal(self, seat: str, worker: Worker, closed_on: date) -> Deal | None:
        """A deal that closes on a day; None when by the company's last day nothing is known of it."""
        dice, team = self._dice, team_of(seat)
        owner, _, since = worker
        kind = dice.weighted(TYPES)
        line = dice.weighted(LINE_MIX[kind])
        odds = min(0.85, ODDS[kind] * LINE_ODDS[line] * self._people[owner].skill / 100)
        won = self._luck[seat, "wins"].count(odds, dice) > 0
        cycle = CYCLE[kind] * LINE_CYCLE[line] * (KEY_ACCOUNTS["cycle"] if team == "K" else 1) * (1 if won else 1.06)
        created_on = self._begun(cycle, since, closed_on)
        if created_on > AS_OF or created_on + DAY * 2 > closed_on:
            return None
        account = self._account(seat, created_on)
        cents: int | None = self._cents(line, kind, team, won, closed_on)
        product = dice.pick(PRODUCT_IDS[line])
        changes = self._schedule(self._path(won, kind, (closed_on - created_on).days), created_on, closed_on)
        known = tuple(change for change in changes if change[1] <= AS_OF)
        reason, close_on = "", known[-1][1]
        if known[-1][0] == LOST:
            reason = dice.weighted(LOSS_REASONS)
        elif known[-1][0] != WON:
            close_on = max(known[-1][1], self._expected(closed_on, won))
            if dice.chance({"ST1": 0.45, "ST2": 0.15}.get(known[-1][0], 0.0)):
                cents = None
            owner = self._present_owner(seat, owner, created_on)
            if not owner:
                return None
        name = f"{PRODUCT_NAMES[product]}, {dice.pick(VISITS if line == 'L-CAL' else PROJECTS)}"
        source = "Existing customer" if kind != "new" else dice.weighted(SOURCES)
        return Deal(name, account, seat, owner, product, line, kind, source, cents, created_on, close_on, reason, known)

    def _begun(self, cycle: float, since: date, closed_on: date) -> date:
        """When a deal began: newcomers take over some of their predecessor's, the rest are their own."""
        dice = self._dice
        day = closed_on - DAY * min(470, max(4, int(dice.skewed(cycle, 0.62))))
        if day < CRM_START:
            day = CRM_START + DAY * dice.below(60)
        if day < since and dice.chance(0.7):
            day = since + DAY * dice.below(max(1, (closed_on - since).days - 3))
        return workday_before(day)

    def _present_owner(self, seat: str, owner: str, created_on: date) -> str:
        """Open deals of those who left are partly still theirs, partly their manager's."""
        left_on = self._people[owner].left_on
        if not left_on:
            return owner
        if created_on.isoformat() > left_on:
            return ""
        return owner if self._dice.chance(0.55) else occupant(LEADERS[team_of(seat)], AS_OF.isoformat())

    def _account(self, seat: str, created_on: date) -> str:
        known = [account for account in self._accounts[seat] if account.created_on <= created_on]
        if not known or self._dice.chance(0.008):
            return ""
        return self._dice.weighted([(account.id, account.weight) for account in known])

    def _cents(self, line: str, kind: str, team: str, won: bool, day: date) -> int:
        if self._dice.chance(0.004):
            return 0
        median = LINE_SIZE[line] * TYPE_SIZE[kind] * (1 + LARGER_DEALS_A_YEAR * years_in(day)) * (1 if won else 1.12)
        if team == "K":
            median *= KEY_ACCOUNTS["size"]
        size = self._dice.skewed(median, 0.63)
        return int(size * 100) if self._dice.chance(0.1) else max(1, int(size / 10)) * 1000

    def _path(self, won: bool, kind: str, days: int) -> list[str]:
        """The stages a deal passes, the closing one last."""
        dice = self._dice
        first = dice.weighted([(0, 78), (1, 15), (2, 7)] if kind != "renewal" else [(0, 15), (2, 45), (3, 40)])
        last = 4 if won else max(first, STEPS.index(dice.weighted(LOST_AT)))
        path = [STEPS[first]]
        for step in STEPS[first + 1 : last + 1]:
            if not dice.chance(0.12):
                path.append(step)
        if days > 45 and dice.chance(0.03):
            path += [LOST, dice.pick(("ST3", "ST4"))]
        elif len(path) > 2 and dice.chance(0.02):
            path.append(path[-2])
        return [*path, WON if won else LOST]

    def _schedule(self, path: list[str], created_on: date, closed_on: date) -> tuple[tuple[str, date], ...]:
        """One day for each stage, no two on the same; the shortest deals skip what they have no day for."""
        between = [
            day
            for day in (created_on + DAY * number for number in range(1, (closed_on - created_on).days))
            if is_workday(day)
        ]
        middle = path[1:-1][: len(between)]
        days = self._dice.sample(between, len(middle))
        return ((path[0], created_on), *zip(middle, days, strict=True), (path[-1], closed_on))

    def _expected(self, closed_on: date, won: bool) -> date:
        """When the owner of an open deal expects it to close: some never update it, some hope for a quarter's end."""
        dice = self._dice
        if dice.chance(0.07):
            return workday_before(AS_OF - DAY * dice.between(1, 50))
        day = closed_on if won or dice.chance(0.7) else closed_on + DAY * dice.between(10, 80)
        if dice.chance(0.3):
            day = quarter_end(day)
        return max(workday_before(day), AS_OF)
