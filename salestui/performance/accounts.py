"""An account as its page shows it: who looks after it, and what was sold to it year by year."""

from datetime import date
from typing import NamedTuple

from salestui.metrics.reader import Lens
from salestui.model.values.amount import Amount
from salestui.model.values.errors import DataProblem
from salestui.store.quick import Reader, as_date


class Sold(NamedTuple):
    """What was booked with an account in a fiscal year, in the company's currency, and in how many sales."""

    year: str
    amount: Amount
    sales: int


class AccountView(NamedTuple):
    """An account's facts, and its sales by fiscal year, the first year first."""

    id: int
    name: str
    sector: str | None
    territory: str | None
    owner_id: int | None
    owner: str | None
    created_on: date | None
    sold: tuple[Sold, ...]


def read_account(reader: Reader, lens: Lens, account: int) -> AccountView:
    """The account of that id, with its sales up to the lens's day; DataProblem where there is none."""
    sql = (
        "SELECT a.id, a.name, a.sector, t.name, a.owner_id, p.name, a.created_on FROM account a"
        " LEFT JOIN territory t ON t.id = a.territory_id LEFT JOIN person p ON p.id = a.owner_id WHERE a.id = :account"
    )
    row = reader.one(sql, {"account": account})
    if row is None:
        raise DataProblem("This account is no longer there.", remedy="Look for it by name with Ctrl+P.")
    key, name, sector, territory, owner_id, owner, created = row
    return AccountView(
        *(int(key), name, sector, territory, owner_id, owner),
        created_on=None if created is None else as_date(created),
        sold=_read_sold(reader, lens, account),
    )


def _read_sold(reader: Reader, lens: Lens, account: int) -> tuple[Sold, ...]:
    sql = (
        "SELECT booked_on, SUM(reporting_amount), COUNT(*) FROM sale"
        " WHERE account_id = :account AND booked_on <= :on GROUP BY booked_on ORDER BY booked_on"
    )
    years: dict[str, Sold] = {}
    for day, units, number in reader.rows(sql, {"account": account, "on": lens.on}):
        year = lens.calendar.year_of(as_date(day)).label
        before = years.get(year, Sold(year, Amount(0), 0))
        years[year] = Sold(year, before.amount + Amount.from_units(int(units)), before.sales + int(number))
    return tuple(years.values())
