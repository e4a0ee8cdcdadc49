"""The organisation on a day: everybody once, under a manager who is there, teams after people."""

from collections.abc import Callable
from datetime import date

import pytest

from salestui.metrics.scopes import read_places
from salestui.store.database import Database
from salestui.store.quick import open_reader
from tests.metrics.conftest import Fresh
from tests.support.companies import Builder, put_together
from tests.support.rich_company import build_rich


def places(database: Database, on: str) -> list[str]:
    """The organisation as lines, two blanks for each step down."""
    with open_reader(database) as reader:
        found = read_places(reader, date.fromisoformat(on), "Small Co")
    return [f"{'  ' * place.depth}{place.scope.kind} {place.scope.name}" for place in found]


def built(fresh: Fresh, build: Callable[[Builder], None]) -> Database:
    """A company."""
    return put_together(fresh({}), build)


@pytest.mark.parametrize(
    ("on", "west", "east"),
    [
        ("2026-01-20", ["Lee", "Ana", "Bo", "Di", "Flo"], ["Mo", "Cy"]),
        ("2026-02-12", ["Lee", "Bo", "Di", "Flo"], ["Mo", "Ana"]),
        ("2026-02-15", ["Lee", "Bo", "Flo"], ["Mo", "Ana", "Di"]),
        ("2026-03-12", ["Lee", "Bo"], ["Mo", "Ana", "Di", "Flo"]),
        ("2026-05-10", ["Lee", "Bo"], ["Mo", "Ana", "Di", "Gus"]),
    ],
)
def test_people_stand_where_their_numbers_belong(fresh: Fresh, on: str, west: list[str], east: list[str]) -> None:
    lines = ["company Small Co", "  team Sales", "    person Kim"]
    for team, members in (("East", east), ("West", west)):
        lines.append(f"    team {team}")
        lines += [f"      person {name}" for name in members]
    assert sorted(places(built(fresh, build_rich), on)) == sorted(lines)
    assert places(built(fresh, build_rich), on)[:3] == lines[:3]


def test_what_reported_to_a_seat_that_is_gone_is_under_the_one_above_it(fresh: Fresh) -> None:
    def build(company: Builder) -> None:
        top = company.seat("Top", team="Sales")
        gone = company.seat("Middle", top, team="Gone", days=("2025-01-01", "2026-01-31"))
        company.reports(gone, top, ("2026-02-01", "9999-12-31"))
        company.sits(company.person("Ana"), company.seat("Seller", gone))

    database = built(fresh, build)
    assert places(database, "2026-01-31")[1:] == ["  team Sales", "    team Gone", "      person Ana"]
    assert places(database, "2026-02-01")[1:] == ["  team Sales", "    person Ana"]


def test_two_in_a_seat_are_one_team_and_two_people(fresh: Fresh) -> None:
    def build(company: Builder) -> None:
        lead = company.seat("Lead", team="West")
        other = company.seat("Other lead", team="")
        company.seat("Vacant", lead)
        for name in ("Kim", "Lee"):
            person = company.person(name)
            company.sits(person, lead, ("2026-01-01", "2026-12-31"))
            company.sits(person, lead, ("2026-03-01", "2026-12-31"))
        company.sits(company.person("Mo"), other)
        company.reports(company.seat("Under Mo"), other)

    found = places(built(fresh, build), "2026-06-01")
    assert found[1:] == ["  team Mo's team", "    person Mo", "  team West", "    person Kim", "    person Lee"]


def test_an_organisation_deeper_than_recursion_allows_is_read(fresh: Fresh) -> None:
    def build(company: Builder) -> None:
        seat = company.seat("Level 0")
        for level in range(1, 60):
            seat = company.seat(f"Level {level}", seat)
        company.sits(company.person("Ana"), seat)

    found = places(built(fresh, build), "2026-06-01")
    assert len(found) == 61
    assert found[-1] == "  " * 60 + "person Ana"
