"""How much of a full, ramped person holds each seat in each month."""

from datetime import date

import pytest

from salestui.metrics.capacity import read_capacity
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building, id_of

CALENDAR = FiscalCalendar()
QUARTER = CALENDAR.parse("2026Q2", date(2026, 4, 1))


@pytest.fixture
def seats(database_url: str) -> list[int]:
    """Full; half a ramp from April; joining on 16 April; on leave for a quarter in May; vacant."""
    writer = engine(parse(database_url), write=True)
    with building(writer) as company:
        made = [company.seat(f"Rep {number}") for number in range(5)]
        people = [company.person(name) for name in ("Ana", "Bo", "Cy", "Di")]
        for person, seat in zip(people, made, strict=False):
            start = {"Bo": "2026-04-01", "Cy": "2026-04-16"}.get(person.name, "2024-01-01")
            company.sits(person, seat, (start, "9999-12-31"))
        company.ramps(people[1], made[1], company.ramp("Quick", "0.5", "0.75"), "2026-04-01")
        company.relief(people[3], made[3], ("2026-05-01", "2026-05-31"), share="0.25")
        company.relief(people[3], made[3], ("2026-06-01", "2026-06-30"), amount=1_000)
    writer.dispose()
    return [id_of(seat) for seat in made]


def test_capacity_is_ramp_times_days_held_less_leave(database_url: str, seats: list[int]) -> None:
    with open_reader(parse(database_url)) as reader:
        found = read_capacity(reader, CALENDAR, QUARTER, seats, date(2026, 4, 20))
    months = [month.start for month in CALENDAR.months(QUARTER)]
    assert [[str(found[seat, month]) for month in months] for seat in seats] == [
        ["1", "1", "1"],
        ["0.5", "0.75", "1"],
        ["0.5", "1", "1"],
        ["1", "0.75", "1"],
        ["0", "0", "0"],
    ]
    assert Amount.sum(found.values()) == Amount("10.5")
