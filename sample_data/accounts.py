"""Four hundred customers, some with names that no screen expects."""

from datetime import date, timedelta
from typing import NamedTuple

from company import AS_OF, SEATS, SELLING_MANAGERS, Seat, keeper, team_of
from dice import Dice

COUNT = 400
HOUSE_SHARE = 0.06


class Account(NamedTuple):
    """`seat` is the seat that works it; a house account has no owner."""

    id: str
    name: str
    sector: str
    territory: str
    seat: str
    house: bool
    created_on: date
    weight: int

    def row(self, owner: str, created_on: str) -> tuple[str, ...]:
        return (self.id, self.name, self.sector, self.territory, owner, created_on)


PLACES = (
    "Abberdale",
    "Ashcombe",
    "Bellmere",
    "Birchwater",
    "Brackenridge",
    "Calderbrook",
    "Cedarholt",
    "Clearfork",
    "Copperline",
    "Crowhurst",
    "Dunmarrow",
    "Eastvale",
    "Elderbank",
    "Fairhollow",
    "Fernleigh",
    "Foxglen",
    "Glasswater",
    "Graymoor",
    "Greenhithe",
    "Harrowgate",
    "Hawksworth",
    "Hazelmount",
    "Highcastle",
    "Ironvale",
    "Jessamere",
    "Kelderby",
    "Kingsfold",
    "Larkspur",
    "Linden",
    "Longmere",
    "Mapleford",
    "Marlstone",
    "Millrace",
    "Norbeck",
    "Oakhanger",
    "Osterby",
    "Pinecrest",
    "Quarrybank",
    "Ravenscar",
    "Redwillow",
    "Rookwood",
    "Sablefield",
    "Saltmarsh",
    "Silverbeck",
    "Stonebridge",
    "Sunridge",
    "Tallgrass",
    "Thornbury",
    "Tidewater",
    "Underhill",
    "Valeview",
    "Wexmoor",
    "Whitethorn",
    "Wildbrook",
    "Winterbourne",
    "Woodlark",
    "Yarrowby",
)

SECTORS = (
    ("Chemicals", ("Chemical", "Resins", "Coatings", "Polymers")),
    ("Food and Beverage", ("Brewing", "Foods", "Dairy", "Bottling")),
    ("Pharmaceuticals", ("Pharma", "Biologics", "Therapeutics")),
    ("Oil and Gas", ("Pipelines", "Petroleum", "Gas Storage", "Refining")),
    ("Water Utilities", ("Water District", "Waterworks", "Wastewater")),
    ("Power", ("Power", "Electric Cooperative", "Geothermal")),
    ("Pulp and Paper", ("Paper", "Pulp Mills", "Packaging")),
    ("Mining", ("Mining", "Minerals", "Aggregates")),
    ("Semiconductors", ("Semiconductor", "Wafer Works", "Photonics")),
    ("Research", ("Institute", "Laboratories", "University Stores")),
)

ODD_NAMES = (
    "O'Hanlon & Sons' Dairy",
    "Müßig & Söhne Mälzerei",
    "株式会社星霧計測",
    "Bright 🧪 Labs",
    "👩‍🔬 Women's Metrology Guild",
    "مختبرات نهر القمر",
    "מעבדות גל וחול",
    "[/Q1] Holdings",
    "[bold]Brass[/bold] Foundry",
    "=SUM(A1:A9) Metals",
    "+One Cleanrooms",
    "-Forty Cold Stores",
    "@Home Brewing",
    "Lakeshore Reagents   ",
    'Farrow, Pike and "Sons"',
    "Cre\u0300me Bru\u0302le\u0301e Foods",
    "The Consolidated Upper Lakes Agricultural Cooperative, Grain Elevators and Malting Company",
    ("Thermohydroelectrochemo" * 6)[:119] + "s",
    "100% Pure; {Pressure} \\ <Gauge>",
    "null",
)
TWINS = 4

KEY_SECTORS = {
    "T-K1": ("Power", "Oil and Gas"),
    "T-K2": ("Pharmaceuticals", "Food and Beverage"),
    "T-K3": ("Water Utilities", "Chemicals"),
}


def make_accounts(dice: Dice) -> list[Account]:
    """The customers in order of id, each with the seat that works it."""
    seats = [seat for seat in SEATS if seat.valid_from <= AS_OF.isoformat()]
    accounts: list[Account] = []
    names = _names(dice)
    for number, (name, sector) in enumerate(names, start=1):
        seat = dice.weighted([(seat, _fit(seat, sector)) for seat in seats])
        if dice.chance(0.7):
            created_on = date(2018, 1, 1) + timedelta(days=dice.below(365 * 4 + 180))
        else:
            created_on = date(2022, 7, 1) + timedelta(days=dice.below(365 * 3))
        house = dice.chance(HOUSE_SHARE)
        weight = 10 if name in ODD_NAMES else int(dice.skewed(10, 0.8)) + 1
        accounts.append(
            Account(f"A-{number:03}", name, sector, seat.territory, seat.id, house, created_on, weight),
        )
    return accounts


def account_rows(accounts: list[Account], dice: Dice) -> list[tuple[str, ...]]:
    """The rows of accounts.csv: owners as they are today, and a few dates that nobody wrote down."""
    rows = []
    for account in accounts:
        owner = "" if account.house else keeper(account.seat, AS_OF.isoformat())
        rows.append(account.row(owner, "" if dice.chance(0.02) else account.created_on.isoformat()))
    return rows


def _fit(seat: Seat, sector: str) -> int:
    """How likely it is that a customer of a sector belongs to a seat."""
    if seat.kind == "manager":
        return 2 if seat.id in SELLING_MANAGERS else 0
    if team_of(seat.id) == "K":
        return 14 if sector in KEY_SECTORS[seat.territory] else 0
    return 1 if seat.valid_to else 4


def _names(dice: Dice) -> list[tuple[str, str]]:
    plain: list[tuple[str, str]] = []
    taken: set[str] = set()
    while len(plain) < COUNT - len(ODD_NAMES) - TWINS:
        sector, trades = dice.pick(SECTORS)
        name = f"{dice.pick(PLACES)} {dice.pick(trades)}"
        if name not in taken:
            taken.add(name)
            plain.append((name, sector))
    for index in range(TWINS):
        plain.insert(90 * (index + 1), plain[20 * index + 7])
    for index, name in enumerate(ODD_NAMES):
        plain.insert(19 * index + 5, (name, dice.pick(SECTORS)[0]))
    return plain
