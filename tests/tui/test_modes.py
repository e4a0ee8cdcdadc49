"""The pages of an umbrella, one after another by its key, and the page that is about a thing."""

import pytest

from salestui.tui.ports import Thing
from salestui.tui.screens.modes import MODES, UMBRELLAS, page_about, page_of, umbrella_of


def test_every_page_of_an_umbrella_can_be_opened() -> None:
    assert {page for pages in UMBRELLAS.values() for page in pages} <= set(MODES)
    assert all(umbrella_of(page) == umbrella for umbrella, pages in UMBRELLAS.items() for page in pages)


def test_the_umbrella_s_key_goes_round_its_pages() -> None:
    page = page_of("performance", {}, "today", MODES)
    assert page == "performance"
    assert page_of("performance", {}, page, MODES) == "pipeline"
    assert page_of("performance", {}, "pipeline", MODES) == "performance"


def test_coming_from_elsewhere_the_page_seen_last_comes_back() -> None:
    assert page_of("people", {"people": "people"}, "today", MODES) == "people"


def test_a_page_that_is_not_there_is_left_out() -> None:
    assert page_of("people", {}, "today", ("today", "people")) == "people"


@pytest.mark.parametrize("kind", ["deal", "account", "person"])
def test_a_thing_has_a_page_where_its_key_is_a_number(kind: str) -> None:
    found = Thing(kind, "x7", "Name")
    assert page_about(found) is None


def test_a_team_has_no_page() -> None:
    assert page_about(Thing("team", "team:7", "West")) is None
