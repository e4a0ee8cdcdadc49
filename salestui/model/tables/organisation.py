"""The organisation: seats in a tree, people, and who sits where when."""

from datetime import date

from sqlmodel import Field

from salestui.model.tables.base import PERSONAL, Dated, Sourced, reference


class Seat(Sourced, Dated, table=True):
    """A role in the line of command. Quota belongs to it; people occupy it by date; it may be vacant or planned."""

    title: str
    kind: str = "seller"
    """`seller` or `manager`."""
    team: str | None = None
    """The name of the team that this seat leads."""
    territory_id: int | None = reference("territory.id", optional=True)


class Reporting(Sourced, Dated, table=True):
    """A stretch of the line of command: `seat_id` reports to `manager_seat_id`."""

    seat_id: int = reference("seat.id")
    manager_seat_id: int = reference("seat.id")


class Person(Sourced, table=True):
    """Someone who sells or leads."""

    name: str = Field(sa_column_kwargs=PERSONAL)
    email: str | None = Field(default=None, sa_column_kwargs=PERSONAL)
    hired_on: date | None = None
    left_on: date | None = None


class Occupancy(Sourced, Dated, table=True):
    """`person_id` sits in `seat_id`."""

    person_id: int = reference("person.id")
    seat_id: int = reference("seat.id")


class Territory(Sourced, table=True):
    """A part of the market; territories form a tree."""

    name: str
    parent_id: int | None = reference("territory.id", optional=True)


class TerritoryAssignment(Sourced, Dated, table=True):
    """`seat_id` works `territory_id`."""

    __tablename__ = "territory_assignment"

    seat_id: int = reference("seat.id")
    territory_id: int = reference("territory.id")
