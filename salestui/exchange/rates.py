"""What one unit of a currency is worth in the company's: the fiscal year's plan rate."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from salestui.exchange.trouble import Fault
from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.rate import Rate
from salestui.store.company import Company

ONE = Rate(1)


class PlanRates:
    """The plan rates of a company, and the fiscal years they belong to."""

    def __init__(self, company: Company, rows: Iterable[Mapping[str, Any]]) -> None:
        self.currency = company.currency
        self._calendar = company.calendar
        self._rates: dict[tuple[int, str], Rate] = {(row["fiscal_year"], row["currency"]): row["rate"] for row in rows}
        self._years: dict[date, int] = {}

    def year_of(self, day: date) -> int:
        """The fiscal year of a day, by its name."""
        month = day.replace(day=1) if self._calendar.scheme == "months" else day
        if month not in self._years:
            self._years[month] = fiscal_year(self._calendar, month)
        return self._years[month]

    def rate(self, currency: str, day: date | None) -> Rate | Fault:
        """The rate of a currency in the fiscal year of a day."""
        if currency == self.currency:
            return ONE
        if day is None:
            return Fault(
                f"An amount in {currency} without a date cannot be put into {self.currency}",
                "a date, which tells the rate",
            )
        year = self.year_of(day)
        found = self._rates.get((year, currency))
        if found is None:
            return Fault(
                f"There is no plan rate for {currency} in FY{year}",
                f"what one {currency} is worth in {self.currency}",
                f"Give the rate for {year} and {currency} with the plan rates.",
            )
        return found


def fiscal_year(calendar: FiscalCalendar, day: date) -> int:
    """The fiscal year of a day, by its name."""
    return calendar.year_of(day).fiscal_year
