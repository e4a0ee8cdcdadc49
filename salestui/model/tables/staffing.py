"""What a person's quota is adjusted by, and set against: ramps, reliefs and pay at target."""

from datetime import date

from sqlalchemy import JSON
from sqlmodel import Field

from salestui.model.tables.base import PERSONAL, Dated, Sourced, reference
from salestui.model.tables.types import AmountType, RateType
from salestui.model.values.amount import Amount
from salestui.model.values.rate import Rate


class Ramp(Sourced, table=True):
    """A schedule by which the quota of somebody new grows: its share by month in the role; beyond the last, all."""

    name: str
    shares: list[str] = Field(sa_type=JSON)
    """Decimals as text, from the first month in the role on, such as 0, 0.25, 0.5, 0.75, 1."""


class Ramping(Sourced, table=True):
    """Somebody's quota in a seat follows a ramp from the day on that they came into it."""

    person_id: int = reference("person.id")
    seat_id: int = reference("seat.id")
    ramp_id: int = reference("ramp.id")
    starts_on: date
    """The day of joining: by the 15th its month is the first of the ramp, else the next."""


class Relief(Sourced, Dated, table=True):
    """Quota that somebody is relieved of for a time: leave, or a territory given away."""

    person_id: int = reference("person.id")
    seat_id: int = reference("seat.id")
    share: Rate | None = Field(default=None, sa_type=RateType)
    """So much of the quota of these days; else `amount`, spread over them."""
    amount: Amount | None = Field(default=None, sa_type=AmountType)
    reason: str = Field(sa_column_kwargs=PERSONAL)
    approver: str = Field(sa_column_kwargs=PERSONAL)
    lowers_team: bool = True
    """Whether the manager's own number falls too."""


class TargetPay(Sourced, Dated, table=True):
    """What somebody is to earn a year when all goes as planned: the base, and the variable at target."""

    __tablename__ = "target_pay"

    person_id: int = reference("person.id")
    base: Amount = Field(sa_type=AmountType, sa_column_kwargs=PERSONAL)
    variable: Amount = Field(sa_type=AmountType, sa_column_kwargs=PERSONAL)
