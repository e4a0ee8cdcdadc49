"""Things are found by a part of their name, in any case; the nearest first, and no character means anything special."""

from datetime import date

import pytest

from salestui.process.finding import OF_EACH_KIND, Found, read_found
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from tests.support.companies import building
from tests.support.pipeline_company import TODAY, built


@pytest.fixture
def url(database_url: str) -> str:
    """A company with deals, once on SQLite and once on PostgreSQL."""
    writer = engine(parse(database_url), write=True)
    company = built(writer)
    with building(writer) as more:
        for number in range(60):
            more.deal("won", None, 1, created="2026-01-01", close="2026-02-01", name=f"Far renewal {number:02}")
        more.deal("open", None, 1, created="2026-01-01", close=date(2026, 9, 1), name="100% sure_thing!")
        more.deal("open", None, 1, created="2026-01-01", close=None, name="Renewal").account_id = company.acme.id
    writer.dispose()
    return database_url


def found(url: str, text: str) -> list[Found]:
    """What is found."""
    with open_reader(parse(url)) as reader:
        return list(read_found(reader, text, TODAY, "Company"))


def test_deals_that_begin_with_the_text_are_not_cut_off_by_others(url: str) -> None:
    deals = [thing for thing in found(url, "renewal") if thing.kind == "deal"]
    assert len(deals) == OF_EACH_KIND
    assert [deal.name for deal in deals[:3]] == ["Renewal", "Renewal", "Far renewal 00"]


def test_deals_of_one_name_are_told_apart_by_stage_account_and_date(url: str) -> None:
    details = {thing.detail for thing in found(url, "renewal acme")}
    assert details == {"Discovery · Acme [/] · 2026-06-30", "open · Acme [/]"}


def test_people_and_accounts_are_found_in_any_case(url: str) -> None:
    assert [(thing.kind, thing.name) for thing in found(url, "ANA [")] == [("person", "Ana [b]")]
    assert ("account", "Acme [/]") in [(thing.kind, thing.name) for thing in found(url, "acme [/]")]


def test_a_team_is_found_by_its_name(url: str) -> None:
    assert [(thing.kind, thing.detail) for thing in found(url, "sales")] == [("team", "led by Kim")]


@pytest.mark.parametrize("text", ["100% sure_thing!", "%", "_", "!", "sure_"])
def test_signs_of_the_database_mean_themselves(url: str, text: str) -> None:
    assert [thing.name for thing in found(url, text)] == ["100% sure_thing!"]


@pytest.mark.parametrize("text", ["", "  ", "nobody at all", "a b c d e f"])
def test_nothing_is_found_where_nothing_is_meant(url: str, text: str) -> None:
    assert found(url, text) == []
