"""Closing months: their numbers are final from then on, until they are opened again with a reason."""

from datetime import date, timedelta

from sqlmodel import select

from salestui.metrics.adjusting import Objection, object_to_closed
from salestui.model.tables.exchange import Setting
from salestui.model.tables.history import Change
from salestui.model.values.errors import DataProblem
from salestui.model.values.period import Period
from salestui.store.company import CLOSED_THROUGH, Company, from_settings
from salestui.store.history import CLOSE, REOPENING
from salestui.store.work import Work

_DAY = timedelta(days=1)


def company_of(work: Work) -> Company:
    """The company, as it is within the change."""
    return from_settings({each.key: each.value for each in work.session.exec(select(Setting)).all()})


def problem_of(objection: Objection) -> DataProblem:
    """The problem that an objection is."""
    return DataProblem(f"{objection.what}.", expected=objection.expected, remedy=objection.remedy)


def refuse(objection: Objection | None) -> None:
    """DataProblem where there is an objection."""
    if objection is not None:
        raise problem_of(objection)


def refuse_closed(work: Work, day: date) -> None:
    """DataProblem where something changes from a day on that lies in a closed month."""
    company = company_of(work)
    refuse(object_to_closed(company.calendar, company.closed_through, day, ""))


def close_months(work: Work, month: Period, today: date) -> date:
    """Close the months up to the end of `month`; answers the last day that is closed then. Undo does not cross it.

    DataProblem where it does not end with a fiscal month, is not over by `today`, or is closed already.
    """
    company = company_of(work)
    fiscal = company.calendar.month_of(month.end)
    if fiscal.end != month.end:
        raise DataProblem(
            f"{month.label} does not end with a fiscal month.", expected=f"such as {fiscal.label}, up to {fiscal.end}"
        )
    if month.end >= today:
        raise DataProblem(f"{month.label} is not over: it ends on {month.end}.", expected="a month that is over")
    closed = company.closed_through
    if closed is not None and month.end <= company.calendar.month_of(closed).end:
        raise DataProblem(f"{month.label} is closed already, with all months up to {closed}.")
    _set(work, month.end)
    work.session.get_one(Change, work.change_id).kind = CLOSE
    return month.end


def reopen_months(work: Work, month: Period, reason: str) -> date:
    """Open `month` and all after it again; answers the first day that is open then. Undo does not cross it.

    DataProblem where it is open, does not begin with a fiscal month, or there is no reason.
    """
    told = " ".join(reason.split())
    if not told:
        raise DataProblem("Opening a closed month needs a reason.", expected="a few words that others will read")
    company = company_of(work)
    closed, fiscal = company.closed_through, company.calendar.month_of(month.start)
    if closed is None or month.start > company.calendar.month_of(closed).end:
        raise DataProblem(f"{month.label} is not closed.", expected="a closed month")
    if fiscal.start != month.start:
        raise DataProblem(
            f"{month.label} does not begin with a fiscal month.",
            expected=f"such as {fiscal.label}, from {fiscal.start} on",
        )
    _set(work, month.start - _DAY)
    change = work.session.get_one(Change, work.change_id)
    change.kind, change.reason = REOPENING, f"{change.reason}\n{told}"
    return month.start


def _set(work: Work, through: date) -> None:
    setting = work.session.exec(select(Setting).where(Setting.key == CLOSED_THROUGH)).first()
    if setting is None:
        setting = Setting(key=CLOSED_THROUGH, value=through.isoformat())
        work.session.add(setting)
    setting.value = through.isoformat()
    work.session.flush()
