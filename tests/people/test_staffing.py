"""Who sits where, and which seats nobody holds."""

from pathlib import Path

from salestui.metrics.reader import COMPANY
from salestui.people.staffing import read_members, read_seat_count, read_vacancies
from tests.support.looking import looking


def test_members_and_vacancies_make_up_all_seats(demo_path: Path) -> None:
    with looking(demo_path) as at:
        members = read_members(at.reader, COMPANY, at.lens.on)
        vacancies = read_vacancies(at.reader, COMPANY, at.lens.on)
        assert len(vacancies) == 2
        held = {member.seat for member in members}
        assert len(held) + len(vacancies) == read_seat_count(at.reader, COMPANY, at.lens.on)
        assert held.isdisjoint(vacancy.seat for vacancy in vacancies)


def test_a_team_s_members_are_those_under_its_seat(demo_path: Path) -> None:
    with looking(demo_path) as at:
        west = next(place for place in at.places if place.scope.name == "West")
        names = {member.name for member in read_members(at.reader, west.scope, at.lens.on)}
        index = at.places.index(west) + 1
        under = []
        while index < len(at.places) and at.places[index].depth > west.depth:
            under.append(at.places[index].scope)
            index += 1
        assert names == {scope.name for scope in under if scope.kind == "person"}


def test_the_longest_vacant_seat_comes_first(demo_path: Path) -> None:
    with looking(demo_path) as at:
        since = [vacancy.since for vacancy in read_vacancies(at.reader, COMPANY, at.lens.on) if vacancy.since]
        assert since == sorted(since)
