"""The rows of every CSV file in the project's layout."""

from collections.abc import Sequence
from datetime import date

from accounts import account_rows, make_accounts
from company import (
    LINES,
    MOVED_LINE,
    OCCUPANCIES,
    PEOPLE,
    PRODUCTS,
    SEATS,
    STAGES,
    TERRITORIES,
    Person,
    Seat,
    leader_of,
)
from deals import DAY, ODD_DEALS, Deal, Pipeline
from dice import Dice
from ledger import Credit, Sale, make_credits, make_sales
from plan import RAMP, RELIEFS, Quota, make_pay, make_quotas, make_rampings

CURRENCY = "USD"
Row = tuple[str, ...]
Table = tuple[list[str], Sequence[Row]]


def make_tables(past: int, present: int) -> dict[str, Table]:
    """The columns and rows of each file, by its name, from a seed for the past and one for the present quarter."""
    accounts = make_accounts(Dice(past))
    deals = Pipeline(accounts, Dice(past + 1), Dice(present)).deals()
    sales = make_sales(deals, accounts, costs=Dice(past + 2), reorders=Dice(past + 3))
    shares = make_credits(sales, Dice(past + 4))
    gaps = Dice(past + 5)
    return {
        "territories": _table("id name parent", TERRITORIES),
        "seats": _table("id title kind team territory valid_from valid_to", SEATS),
        "reporting": _table(
            "seat manager_seat valid_from valid_to", [row for seat in SEATS for row in _reporting_rows(seat)]
        ),
        "people": _table("id name email hired_on left_on", [_person_row(person) for person in PEOPLE]),
        "occupancies": _table("person seat valid_from valid_to", OCCUPANCIES),
        "lines": _table("id name", LINES),
        "products": _table("id name line list_price unit_cost", PRODUCTS),
        "accounts": _table("id name sector territory owner created_on", account_rows(accounts, gaps)),
        "stages": _table("id name position probability category outcome", STAGES),
        "opportunities": _table(
            "id name account owner product stage type source amount currency created_on close_on lost_reason",
            [_deal_row(index, deal, gaps) for index, deal in enumerate(deals)],
        ),
        "stage_changes": _table(
            "opportunity stage entered_on",
            [
                (_deal_id(index), stage, day.isoformat())
                for index, deal in enumerate(deals)
                for stage, day in deal.changes
            ],
        ),
        "sales": _table(
            "id opportunity account product type booked_on amount cost currency owner",
            [_sale_row(index, sale) for index, sale in enumerate(sales)],
        ),
        "credits": _table("sale person share role", [_credit_row(share) for share in shares]),
        "quotas": _table("fiscal_year seat month line amount", [_quota_row(quota) for quota in make_quotas()]),
        "ramps": _table("id name shares", [RAMP]),
        "rampings": _table("person seat ramp starts_on", make_rampings()),
        "reliefs": _table("id person seat valid_from valid_to share amount reason approver lowers_team", RELIEFS),
        "pay": _table("id person base variable valid_from valid_to", make_pay()),
    }


def _table(columns: str, rows: Sequence[Row]) -> Table:
    return columns.split(), rows


def _reporting_rows(seat: Seat) -> list[Row]:
    first = leader_of(seat.id, seat.valid_from)
    if not first:
        return []
    if seat.id not in MOVED_LINE:
        return [(seat.id, first, seat.valid_from, seat.valid_to)]
    begin, leader = MOVED_LINE[seat.id]
    end = (date.fromisoformat(begin) - DAY).isoformat()
    return [(seat.id, first, seat.valid_from, end), (seat.id, leader, begin, seat.valid_to)]


def _person_row(person: Person) -> Row:
    return (person.id, person.name, f"{person.email}@tarnwick.example", person.hired_on, person.left_on)


def _deal_id(index: int) -> str:
    return f"O-{index + 1:04}"


def _sale_id(index: int) -> str:
    return f"V-{index + 1:04}"


def _deal_row(index: int, deal: Deal, gaps: Dice) -> Row:
    return (
        _deal_id(index),
        ODD_DEALS.get(index, deal.name),
        deal.account,
        deal.owner,
        deal.product,
        deal.stage,
        deal.type,
        deal.source,
        _money(deal.cents),
        CURRENCY,
        "" if gaps.chance(0.001) else deal.created_on.isoformat(),
        deal.close_on.isoformat(),
        deal.lost_reason,
    )


def _sale_row(index: int, sale: Sale) -> Row:
    return (
        _sale_id(index),
        "" if sale.deal is None else _deal_id(sale.deal),
        sale.account,
        sale.product,
        sale.type,
        sale.booked_on.isoformat(),
        _money(sale.cents),
        _money(sale.cost),
        CURRENCY,
        sale.owner,
    )


def _credit_row(credit: Credit) -> Row:
    return (_sale_id(credit.sale), credit.person, credit.share, credit.role)


def _quota_row(quota: Quota) -> Row:
    amount = "" if quota.amount is None else str(quota.amount)
    return (str(quota.fiscal_year), quota.seat, quota.month.isoformat(), "", amount)


def _money(cents: int | None) -> str:
    if cents is None:
        return ""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)
