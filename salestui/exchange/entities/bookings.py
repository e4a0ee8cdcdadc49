"""Sales of deals that were booked here when they were won: the imported sale takes that booking's place.

Where both say the same amount, the booking made here goes. Where they differ, it becomes the imported sale and keeps
its own amount, listed as a difference; only where a deal has several imported sales that do not come to its amount does
it stay beside them, and a warning says that the deal counts twice.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from salestui.exchange.loading import Loading
from salestui.exchange.shape import Record
from salestui.exchange.trouble import named
from salestui.model.tables.ledger import Credit, Sale
from salestui.model.tables.pipeline import Opportunity
from salestui.model.values.amount import Amount

_MONEY = ("amount", "currency", "rate", "reporting_amount")

Row = dict[str, Any]


class BookedHere:
    """The bookings made here, by deal, while sales are taken in."""

    def __init__(self, loading: Loading, records: Sequence[Record]) -> None:
        self._loading = loading
        self._sales = loading.table(Sale)
        self._made: dict[int, list[Row]] = {}
        for row in self._sales.by_id.values():
            if row["source"] is None and row["opportunity_id"] is not None:
                self._made.setdefault(row["opportunity_id"], []).append(row)
        self._imported = {row["opportunity_id"] for row in self._sales.by_key.values()}
        self._coming = Counter(record.values.get("opportunity") for record in records if not record.refused)
        self._differing: list[str] = []

    def put(self, record: Record, values: Mapping[str, Any]) -> int | None:
        """Take a sale in, unless its record is refused; where it is another amount than the booking made here, as it.

        Answers the sale's id.
        """
        key, deal = record.values["id"], values.get("opportunity_id")
        made = self._made.get(deal or 0, ())
        is_new = not record.refused and key not in self._sales.by_key
        alone = self._coming[record.values.get("opportunity")] == 1 and deal not in self._imported
        if not (is_new and alone and len(made) == 1) or _agree(made, [values]):
            return self._loading.put(record, Sale, key, values)
        (booking,) = made
        del self._made[booking["opportunity_id"]]
        theirs = {column: values[column] for column in _MONEY if values[column] != booking[column]}
        self._sales.adopt(booking, key, values, theirs)
        self._drop_credits(booking["id"])
        self._differing.append(f"{self._name(booking['opportunity_id'])} ({_told(made)} here, {_told([values])} there)")
        return int(booking["id"])

    def owner_of(self, deal: int | None) -> int | None:
        """Who has the credit for the booking made here."""
        made = {row["id"] for row in self._made.get(deal or 0, ())}
        return next(
            (row["person_id"] for row in self._loading.table(Credit).by_id.values() if row["sale_id"] in made), None
        )

    def settle(self) -> None:
        """Drop the bookings that imported sales say as well, and tell of all that was met."""
        imported: dict[int, list[Row]] = {deal: [] for deal in self._made}
        for row in self._sales.by_key.values():
            if row["opportunity_id"] in imported:
                imported[row["opportunity_id"]].append(row)
        replaced: list[str] = []
        twice: list[str] = []
        for deal, theirs in imported.items():
            made = self._made[deal]
            if theirs and _agree(made, theirs):
                for booking in made:
                    self._drop_credits(booking["id"])
                    self._sales.delete_local(booking)
                replaced.append(self._name(deal))
            elif any(row["source_id"] in self._sales.seen for row in theirs):
                twice.append(f"{self._name(deal)} ({_told(made)} here, {_told(theirs)} there)")
        warn = self._loading.trouble.warn
        if replaced:
            warn(f"Imported sales take the place of what was booked here: {named(replaced)}.")
        if self._differing:
            warn(
                f"What was booked here stands over other imported amounts: {named(self._differing)};"
                " salestui import --differences lists them."
            )
        if twice:
            warn(f"Booked here and imported with another amount, these deals count twice: {named(twice)}.")

    def _drop_credits(self, sale: int) -> None:
        table = self._loading.table(Credit)
        for credit in [row for row in table.by_id.values() if row["sale_id"] == sale and row["source"] is None]:
            table.delete_local(credit)

    def _name(self, deal: int) -> str:
        return str(self._loading.table(Opportunity).by_id[deal]["name"])


def _agree(made: Sequence[Mapping[str, Any]], imported: Sequence[Mapping[str, Any]]) -> bool:
    currencies = {row["currency"] for row in (*made, *imported)}
    return len(currencies) == 1 and _sum(made) == _sum(imported)


def _sum(sales: Sequence[Mapping[str, Any]]) -> Amount:
    return Amount.sum(sale["amount"] for sale in sales)


def _told(sales: Sequence[Mapping[str, Any]]) -> str:
    currencies = sorted({sale["currency"] for sale in sales})
    return " and ".join(f"{_sum([sale for sale in sales if sale['currency'] == each])} {each}" for each in currencies)
