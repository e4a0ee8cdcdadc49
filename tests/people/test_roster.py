"""The roster: every seat of the day once for each who sits in it, in the order of the organisation."""

from datetime import date
from pathlib import Path

from salestui.metrics.kpis import read_kpis
from salestui.metrics.reader import COMPANY, Scope
from salestui.people.roster import RosterRow, Sitting, in_order, read_roster
from salestui.people.staffing import read_seat_count, read_vacancies
from tests.support.looking import Looking, looking


def roster(at: Looking, scope: Scope = COMPANY) -> tuple[RosterRow, ...]:
    """The roster of a scope."""
    return read_roster(at.reader, at.lens, scope, at.period, at.basis)


def names(rows: tuple[RosterRow, ...]) -> list[tuple[str, str | None]]:
    """Who is where."""
    return [(row.title, row.name) for row in rows]


def test_every_seat_stands_once_and_vacant_ones_since_they_are(demo_path: Path) -> None:
    with looking(demo_path) as at:
        rows = roster(at, at.places[0].scope)
        there = {row.seat for row in rows if row.planned is None}
        assert len(there) == read_seat_count(at.reader, COMPANY, at.lens.on)
        (planned,) = (row for row in rows if row.planned is not None)
        assert planned.is_vacant
        assert planned.since == planned.planned
        assert planned.above is not None
        vacant = {row.seat: row.since for row in rows if row.is_vacant and row.planned is None}
        assert vacant == {found.seat: found.since for found in read_vacancies(at.reader, COMPANY, at.lens.on)}
        assert len({row.key for row in rows}) == len(rows)


def test_every_row_is_under_the_one_who_leads_it(demo_path: Path) -> None:
    with looking(demo_path) as at:
        rows = roster(at)
        by_key = {row.key: row for row in rows}
        for number, row in enumerate(rows):
            if row.above is not None:
                assert by_key[row.above].leads
                assert rows.index(by_key[row.above]) < number
                assert row.team == by_key[row.above].team or row.leads
        assert [row.above for row in rows].count(None) == 1


def test_quota_and_attainment_are_the_person_s_and_a_leader_s_is_the_team_s(demo_path: Path) -> None:
    with looking(demo_path) as at:
        for row in roster(at):
            assert row.attainment is not None
            if row.leads:
                scope = Scope("team", row.seat, "")
            elif row.person is not None:
                scope = Scope("person", row.person, "")
            else:
                continue
            (alone,) = read_kpis(at.reader, at.lens, scope, at.period, at.basis, ("attainment",))
            assert alone == row.attainment
            assert (None if row.quota is None else row.quota.decimal) == alone.denominator


def test_a_team_is_its_part_of_the_tree(demo_path: Path) -> None:
    with looking(demo_path) as at:
        west = next(place.scope for place in at.places if place.scope.name == "West")
        own, everybody = roster(at, west), roster(at)
        start = next(number for number, row in enumerate(everybody) if row.seat == west.id)
        assert own[0].above is None
        assert names(own) == names(everybody[start : start + len(own)])
        assert {row.team for row in own} == {"West"}


def test_the_day_decides_who_sits_where(rich: Looking) -> None:
    assert names(roster(rich)) == [
        ("VP Sales", "Kim"),
        ("House accounts", None),
        ("East lead", "Mo"),
        ("East 1", "Ana"),
        ("Wanderer", "Di"),
        ("Wanderer", "Flo"),
        ("West lead", "Lee"),
        ("West 2", "Bo"),
        ("West 2", "Flo"),
        ("West 1", None),
    ]


def test_who_sits_in_two_seats_has_numbers_in_the_one_they_belong_to(rich: Looking) -> None:
    flo = {row.title: row.attainment for row in roster(rich) if row.name == "Flo"}
    assert flo["West 2"] is None
    assert flo["Wanderer"] is not None


def test_a_person_alone_has_their_seats(rich: Looking) -> None:
    flo = next(row.person for row in roster(rich) if row.name == "Flo")
    assert flo is not None
    assert [row.title for row in roster(rich, Scope("person", flo, ""))] == ["West 2", "Wanderer"]


def test_a_seat_under_one_that_is_no_more_stands_under_the_one_above() -> None:
    seats = [
        Sitting(1, "Top", None, "manager", None, True),
        Sitting(2, "Gone", None, "manager", 1, False),
        Sitting(3, "Left over", None, "seller", 2, True, 7, "Ana", date(2026, 1, 1)),
    ]
    placed = in_order(seats, COMPANY)
    assert [(each.sitting.title, each.above) for each in placed] == [("Top", None), ("Left over", "1:0")]


def test_a_team_that_is_not_there_is_empty(rich: Looking) -> None:
    assert roster(rich, Scope("team", 999, "")) == ()
