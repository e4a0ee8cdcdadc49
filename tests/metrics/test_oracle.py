"""KPIs equal a plain count over the rows themselves: no SQL sums, no roll-ups, no closure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from salestui.metrics.kpis import read_kpis
from salestui.metrics.reader import AS_IT_WAS, TODAYS_TEAMS, Scope, View
from salestui.model.values.amount import Amount
from salestui.store.quick import Reader, as_date
from tests.support.looking import looking


class Booked(NamedTuple):
    """A credit: whose, in which seat, when, how much."""

    person: int
    seat: int
    day: date
    amount: Amount


class Company:
    """The rows of a company, asked one by one."""

    def __init__(self, reader: Reader) -> None:
        self.lines = [
            (seat, above, as_date(start), as_date(end))
            for seat, above, start, end in reader.rows(
                "SELECT seat_id, manager_seat_id, valid_from, valid_to FROM reporting"
            )
        ]
        self.held = sorted(
            (as_date(start), as_date(end), person, seat)
            for person, seat, start, end in reader.rows(
                "SELECT person_id, seat_id, valid_from, valid_to FROM occupancy"
            )
        )
        self.credits = [
            Booked(person, seat, as_date(day), Amount.from_units(units))
            for person, seat, day, units in reader.rows(
                "SELECT k.person_id, k.seat_id, s.booked_on, k.amount FROM credit k JOIN sale s ON s.id = k.sale_id"
                " WHERE k.role <> 'overlay'"
            )
        ]

    def above(self, seat: int, day: date) -> Iterator[int]:
        """The seat and all above it on that day."""
        current: int | None = seat
        while current is not None:
            yield current
            current = next((up for low, up, start, end in self.lines if low == current and start <= day <= end), None)

    def seat_of(self, person: int, day: date) -> int:
        """Where the person's numbers belong on that day: the last seat taken by then, else the first ever."""
        taken: list[int] = [seat for start, _, who, seat in self.held if who == person and start <= day]
        return taken[-1] if taken else next(int(seat) for _, _, who, seat in self.held if who == person)

    def booked(self, scope: Scope, view: View, start: date, end: date, on: date) -> Decimal:
        """What the scope booked from `start` to `end`."""
        total = Amount(0)
        for credit in self.credits:
            if not start <= credit.day <= end:
                continue
            day, seat = (credit.day, credit.seat) if view == AS_IT_WAS else (on, self.seat_of(credit.person, on))
            if credit.person == scope.id if scope.kind == "person" else scope.id in self.above(seat, day):
                total += credit.amount
        return total.decimal


@pytest.mark.parametrize("view", [AS_IT_WAS, TODAYS_TEAMS])
@pytest.mark.parametrize(
    ("period", "on"),
    [
        ("this", None),
        ("2025Q2", None),
        ("FY2024", None),
        ("2024-02-10..2025-03-17", None),
        ("2025-07", date(2025, 7, 16)),
        ("FY2025", date(2025, 5, 5)),
    ],
)
def test_bookings_of_every_team_and_person_are_the_sum_of_their_credits(
    demo_path: Path, view: View, period: str, on: date | None
) -> None:
    with looking(demo_path, period, on=on, view=view) as at:
        rows = Company(at.reader)
        end = min(at.period.end, at.lens.on)
        for place in at.places[1:]:
            (kpi,) = read_kpis(at.reader, at.lens, place.scope, at.period, at.basis, ("bookings",))
            assert kpi.value == rows.booked(place.scope, view, at.period.start, end, at.lens.on), place.scope


def test_teams_foot(demo_path: Path) -> None:
    """A team is its leader and everyone under it; the company is its top team and what nobody has credit for."""
    with looking(demo_path, "FY2025", view=TODAYS_TEAMS) as at:

        def booked(scope: Scope) -> Decimal:
            return read_kpis(at.reader, at.lens, scope, at.period, at.basis, ("bookings",))[0].value or Decimal(0)

        company, top = at.places[0], at.places[1]
        (house,) = at.reader.rows(
            "SELECT SUM(s.reporting_amount) FROM sale s WHERE s.booked_on BETWEEN :a AND :b"
            " AND NOT EXISTS (SELECT 1 FROM credit k WHERE k.sale_id = s.id AND k.role <> 'overlay')",
            {"a": at.period.start, "b": at.lens.on},
        )
        assert booked(company.scope) == booked(top.scope) + Amount.from_units(house[0]).decimal
