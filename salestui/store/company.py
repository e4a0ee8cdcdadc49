"""The company as its settings tell: name, currency, fiscal calendar, time zone, a pinned day, KPI targets."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from salestui.model.values.calendar import FiscalCalendar
from salestui.model.values.errors import DataProblem
from salestui.store.quick import Reader

NAME = "company.name"
CURRENCY = "company.currency"
ZONE = "company.zone"
AS_OF = "company.as_of"
CLOSED_THROUGH = "company.closed_through"
"""The last day of the months whose numbers are final, an ISO date."""
FIRST_MONTH = "calendar.first_month"
SCHEME = "calendar.scheme"
ANCHOR = "calendar.anchor"
NAMED_BY = "calendar.named_by"
TARGET = "target."
"""Before the id of a KPI: its target, a decimal as text."""

CALENDAR_KEYS = frozenset({FIRST_MONTH, SCHEME, ANCHOR, NAMED_BY})


class Company(NamedTuple):
    """The company, and as of when its data was true (None before the first load)."""

    name: str
    currency: str
    zone: str | None
    calendar: FiscalCalendar
    pinned: date | None
    """The day that everything is seen from, where the company's data ends on purpose (a demo)."""
    targets: Mapping[str, Decimal]
    data_as_of: datetime | None
    closed_through: date | None = None
    """Up to which day the numbers are final; None where no period was closed yet."""

    def today(self, now: datetime) -> date:
        """The day to see everything from: the pinned one, else the date of `now` in the company's time zone."""
        return self.local(now).date() if self.pinned is None else self.pinned

    def local(self, moment: datetime) -> datetime:
        """`moment` by the clock of the company's time zone, or where none is set by this machine's."""
        if self.zone is None:
            return moment.astimezone()
        from zoneinfo import ZoneInfo

        return moment.astimezone(_understood({ZONE: self.zone}, ZONE, ZoneInfo, None))


def from_settings(settings: Mapping[str, Any], data_as_of: datetime | None = None) -> Company:
    """The company from its settings by key; what is not set has its default. DataProblem for a setting that is none."""
    targets = [key for key in settings if key.startswith(TARGET)]
    return Company(
        name=settings.get(NAME, "Company"),
        currency=settings.get(CURRENCY, "USD"),
        zone=settings.get(ZONE),
        calendar=calendar_from(settings),
        pinned=_understood(settings, AS_OF, date.fromisoformat, None),
        targets={key[len(TARGET) :]: _understood(settings, key, Decimal, None) for key in targets},
        data_as_of=data_as_of,
        closed_through=_understood(settings, CLOSED_THROUGH, date.fromisoformat, None),
    )


def _understood(settings: Mapping[str, Any], key: str, read: Callable[[Any], Any], default: Any) -> Any:
    value = settings.get(key)
    if value is None:
        return default
    try:
        return read(value)
    except (ValueError, TypeError, ArithmeticError, LookupError, OSError) as error:
        raise DataProblem(
            f"The company's setting {key} cannot be understood: {value!r}.",
            remedy="Put it right in company.toml, and import that again.",
        ) from error


def calendar_from(settings: Mapping[str, Any]) -> FiscalCalendar:
    """The fiscal calendar from the company's settings."""
    return FiscalCalendar(
        first_month=settings.get(FIRST_MONTH, 1),
        scheme=settings.get(SCHEME, "months"),
        anchor=settings.get(ANCHOR, 0),
        named_by=settings.get(NAMED_BY, "end"),
    )


def read_company(reader: Reader) -> Company:
    """The company, read with the bare driver."""
    rows = reader.rows("SELECT key, CAST(value AS TEXT) FROM setting")
    settings = {key: json.loads(value) for key, value in rows}
    row = reader.one("SELECT max(data_as_of) FROM import_run")
    return from_settings(settings, None if row is None or row[0] is None else _moment(row[0]))


def _moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)
