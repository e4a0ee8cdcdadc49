"""A person's page: the seat of the day, the line of command, and the seats they held under whom."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestui.model.values.errors import DataProblem
from salestui.people.person import PersonView, Stretch, cut, read_person
from tests.support.looking import Looking, looking

DAYS = st.dates(date(2025, 1, 1), date(2027, 1, 1))


def person(at: Looking, name: str, on: date | None = None) -> PersonView:
    """Somebody by name."""
    row = at.reader.one("SELECT id FROM person WHERE name = :name", {"name": name})
    assert row is not None
    return read_person(at.reader, int(row[0]), on or at.lens.on)


def test_who_moved_has_each_seat_under_each_manager(rich: Looking) -> None:
    ana = person(rich, "Ana")
    assert [(stay.title, stay.team, stay.manager, stay.start, stay.end) for stay in ana.stays] == [
        ("East 1", "East", "Mo", date(2026, 2, 11), None),
        ("West 1", "West", "Lee", date(2025, 1, 1), date(2026, 2, 10)),
    ]
    assert (ana.title, ana.team, ana.leads) == ("East 1", "East", None)
    assert [(above.title, above.name) for above in ana.line] == [("East lead", "Mo"), ("VP Sales", "Kim")]


def test_a_seat_that_came_under_another_manager_is_told_apart(rich: Looking) -> None:
    assert [(stay.title, stay.manager, stay.start) for stay in person(rich, "Di").stays] == [
        ("Wanderer", "Mo", date(2026, 2, 15)),
        ("Wanderer", "Lee", date(2025, 1, 1)),
    ]


def test_the_past_is_seen_as_it_was(rich: Looking) -> None:
    ana = person(rich, "Ana", date(2026, 1, 15))
    assert (ana.title, ana.team) == ("West 1", "West")
    assert [above.name for above in ana.line] == ["Lee", "Kim"]


def test_who_has_left_has_no_seat_and_keeps_the_history(rich: Looking) -> None:
    cy = person(rich, "Cy")
    assert (cy.seat, cy.title, cy.team, cy.line) == (None, None, None, ())
    assert [stay.title for stay in cy.stays] == ["East 2"]


def test_a_leader_leads_a_team(rich: Looking) -> None:
    lee = person(rich, "Lee")
    assert (lee.team, lee.leads, lee.seat) == ("West", lee.seat, lee.leads)
    assert lee.leads is not None


def test_a_vacancy_above_is_told(demo_path: Path) -> None:
    with looking(demo_path) as at:
        rows = at.reader.rows("SELECT id FROM person")
        stays = [stay for (key,) in rows for stay in read_person(at.reader, key, at.lens.on).stays]
        assert any(stay.manager is not None and stay.manager.endswith("(vacant)") for stay in stays)


def test_somebody_who_is_not_there_is_told(rich: Looking) -> None:
    with pytest.raises(DataProblem, match="no longer there"):
        read_person(rich.reader, 999, rich.lens.on)


@given(st.tuples(DAYS, DAYS).map(sorted), st.lists(DAYS, max_size=8))
def test_a_cut_stretch_has_every_day_once(ends: list[date], days: list[date]) -> None:
    start, end = ends
    parts = cut(Stretch(1, start, end), days)
    assert parts[0][0] == start
    assert parts[-1][1] == end
    assert sum((last - first).days + 1 for first, last in parts) == (end - start).days + 1
    assert all(first <= last for first, last in parts)
