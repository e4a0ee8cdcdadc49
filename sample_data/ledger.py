"""The sales ledger: what the won deals booked, what customers reordered without one, and who shares the credit."""

from datetime import date
from typing import NamedTuple

from accounts import Account
from company import AS_OF, FIRST_DAY, OCCUPANCIES, PRODUCTS, SEATS, occupant, team_of
from deals import DAY, WON, Deal, season, years_in
from dice import Dice

REORDERS_A_DAY = 0.95
REORDER_LINES = (("L-CAL", 42), ("L-PRES", 36), ("L-FLOW", 18), ("L-GAS", 4))
REORDER_SIZE = {"L-CAL": 5_200, "L-PRES": 4_100, "L-FLOW": 9_000, "L-GAS": 15_000}
MARGIN = {"L-FLOW": 44, "L-PRES": 37, "L-GAS": 51, "L-CAL": 59}
LINE_OF = {product: line for product, _, line, _, _ in PRODUCTS}
SPECIALISTS = ("S-K1", "S-K3", "S-N1")


class Sale(NamedTuple):
    """`deal` is the index of the won deal among all deals; None for a reorder. Amounts in cents."""

    deal: int | None
    account: str
    product: str
    type: str
    booked_on: date
    cents: int
    cost: int | None
    owner: str


class Credit(NamedTuple):
    sale: int
    person: str
    share: str
    role: str


def make_sales(deals: list[Deal], accounts: list[Account], costs: Dice, reorders: Dice) -> list[Sale]:
    """The ledger in the order of booking."""
    sales = [
        Sale(
            index,
            deal.account,
            deal.product,
            deal.type,
            deal.close_on,
            deal.cents or 0,
            _cost(deal.product, deal.cents or 0, costs),
            deal.owner,
        )
        for index, deal in enumerate(deals)
        if deal.stage == WON
    ]
    for number in range((AS_OF - FIRST_DAY).days + 1):
        day = FIRST_DAY + DAY * number
        mean = REORDERS_A_DAY * (1 + season(day)) / 2 if day.weekday() < 5 else 0.03
        sales += [_reorder(day, accounts, reorders) for _ in range(reorders.count(mean))]
    return sorted(sales, key=lambda sale: (sale.booked_on, -1 if sale.deal is None else sale.deal, sale.account))


def make_credits(sales: list[Sale], dice: Dice) -> list[Credit]:
    """Splits with a colleague, a few three ways, and overlays for those who helped with what they know best."""
    found: list[Credit] = []
    for index, sale in enumerate(sales):
        if not sale.owner or not sale.cents:
            continue
        near, far = _colleagues(sale.owner, sale.booked_on)
        if dice.chance(0.05):
            share = dice.pick((50, 60, 70, 75, 80))
            found.append(Credit(index, sale.owner, _decimal(share), "primary"))
            colleague = dice.pick(near if dice.chance(0.6) else far)
            found.append(Credit(index, colleague, _decimal(100 - share), "split"))
        elif dice.chance(0.006):
            found.append(Credit(index, sale.owner, "0.3334", "primary"))
            found += [Credit(index, person, "0.3333", "split") for person in dice.sample(near, 2)]
        elif dice.chance(0.035):
            experts = [occupant(seat, sale.booked_on.isoformat()) for seat in SPECIALISTS]
            found.append(Credit(index, sale.owner, "1", "primary"))
            expert = dice.pick([person for person in experts if person != sale.owner])
            found.append(Credit(index, expert, _decimal(dice.pick((20, 25, 50))), "overlay"))
    return found


def _reorder(day: date, accounts: list[Account], dice: Dice) -> Sale:
    known = [(account, account.weight * 4 if account.house else account.weight) for account in accounts]
    account = dice.weighted([(account, weight) for account, weight in known if account.created_on < day])
    line = dice.weighted(REORDER_LINES)
    product = dice.pick([product for product, of in LINE_OF.items() if of == line])
    cents = int(dice.skewed(REORDER_SIZE[line] * (1 + 0.1 * years_in(day)), 0.6) * 20) * 5
    kind = "renewal" if line == "L-CAL" else "expansion"
    owner = "" if account.house else occupant(account.seat, day.isoformat())
    return Sale(None, account.id, product, kind, day, cents, _cost(product, cents, dice), owner)


def _cost(product: str, cents: int, dice: Dice) -> int | None:
    """What the sale cost, about the line's margin below it; None for the few that nobody has costed."""
    share = 100 - MARGIN[LINE_OF[product]] + int(dice.bell() * 4)
    if dice.chance(0.006):
        return None
    return cents * share // 100 if cents else 24_000


def _colleagues(owner: str, day: date) -> tuple[list[str], list[str]]:
    """Everyone else who sells on a day: those of the owner's own team, then those of the others."""
    iso = day.isoformat()
    own = next(seat for person, seat, begin, end in OCCUPANCIES if person == owner and begin <= iso <= (end or iso))
    near: list[str] = []
    far: list[str] = []
    for seat in SEATS:
        person = occupant(seat.id, iso) if seat.kind == "seller" else ""
        if person and person != owner:
            (near if team_of(seat.id) == team_of(own) else far).append(person)
    return near, far


def _decimal(percent: int) -> str:
    return f"0.{percent:02}".rstrip("0")
