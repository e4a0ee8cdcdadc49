"""The ledger's side of a deal: what winning it books, and taking that back.

A deal that is won is booked in the same change: a sale of its amount on the day, with the owner's primary credit, so
that bookings, attainment and the win agree; what was booked from it before is not booked again. Leaving a won stage
takes back what was booked here, and is refused where the sale was imported: that one is put right where it comes from.
Where an import brings the sale later on, it takes the place of the booking made here; where several sales come to
another amount, the deal is booked twice until the booking made here is dropped.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from salestui.model.tables.derived import person_seat
from salestui.model.tables.exchange import Setting
from salestui.model.tables.ledger import Credit, PlanRate, Sale
from salestui.model.tables.pipeline import Opportunity
from salestui.model.values.errors import DataProblem
from salestui.model.values.rate import Rate
from salestui.store.company import Company, from_settings
from salestui.store.trace import table_of

_ALL = Rate(1)


def set_reporting_amount(session: Session, deal: Opportunity) -> None:
    """Put the amount into the company's currency, at the plan rate of the year it closes in."""
    if deal.amount is None:
        deal.reporting_amount = None
        return
    rate = _rate(session, deal.currency, deal.close_on or deal.created_on)
    try:
        deal.reporting_amount = deal.amount if rate == _ALL else deal.amount.scaled(rate)
    except ValueError as error:
        raise DataProblem(f"{deal.amount} {deal.currency} is too large in the company's currency.") from error


def _rate(session: Session, currency: str, day: date | None) -> Rate:
    company = _company(session)
    if currency == company.currency:
        return _ALL
    if day is None:
        raise DataProblem(
            f"An amount in {currency} without a date cannot be put into {company.currency}",
            expected="a date, which tells the rate",
        )
    year = company.calendar.year_of(day)
    plan = table_of(PlanRate).c
    kept = select(plan.rate).where(plan.currency == currency, plan.fiscal_year == year.fiscal_year)
    found: Rate | None = session.execute(kept.limit(1)).scalar_one_or_none()
    if found is None:
        raise DataProblem(
            f"There is no plan rate for {currency} in {year.label}",
            expected=f"what one {currency} is worth in {company.currency}",
            remedy=f"Import the plan rates of {year.label}.",
        )
    return found


def _company(session: Session) -> Company:
    setting = table_of(Setting).c
    return from_settings({row.key: row.value for row in session.execute(select(setting.key, setting.value))})


def sales_of(session: Session, deal: Opportunity) -> list[Sale]:
    """What was booked from a deal."""
    return list(session.scalars(select(Sale).where(table_of(Sale).c.opportunity_id == deal.id)))


def book(session: Session, deal: Opportunity, day: date) -> None:
    """Book a deal that has an amount, with the owner's primary credit in the seat of that day."""
    assert deal.amount is not None
    assert deal.reporting_amount is not None
    sale = Sale(
        opportunity_id=deal.id,
        account_id=deal.account_id,
        product_id=deal.product_id,
        line_id=deal.line_id,
        type=deal.type,
        booked_on=day,
        amount=deal.amount,
        currency=deal.currency,
        rate=_rate(session, deal.currency, day),
        reporting_amount=deal.reporting_amount,
    )
    session.add(sale)
    session.flush()
    if sale.id is not None and deal.owner_id is not None:
        seat = person_seat.c
        sits = select(seat.seat_id).where(seat.person_id == deal.owner_id, seat.valid_from <= day, seat.valid_to >= day)
        session.add(
            Credit(
                sale_id=sale.id,
                person_id=deal.owner_id,
                seat_id=session.execute(sits).scalar_one_or_none(),
                share=_ALL,
                amount=deal.reporting_amount,
            )
        )


def take_back(session: Session, deal: Opportunity) -> None:
    """Take back what was booked from a deal; DataProblem where an import booked it."""
    sales = sales_of(session, deal)
    if any(sale.source is not None for sale in sales):
        raise DataProblem(
            "The sale of this deal was imported, and would still count as booked",
            remedy="Put it right where it comes from, and import it again.",
        )
    delete(session, sales)


def delete(session: Session, sales: Sequence[Sale]) -> None:
    """Delete sales with their credits."""
    for sale in sales:
        for credit in session.scalars(select(Credit).where(table_of(Credit).c.sale_id == sale.id)):
            session.delete(credit)
    session.flush()
    for sale in sales:
        session.delete(sale)
    session.flush()
