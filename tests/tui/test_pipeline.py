"""Performance › Pipeline, a deal's page and an account's, by keyboard at 80×24."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from sqlmodel import select
from textual.pilot import Pilot

from salestui.metrics.work import work
from salestui.model.tables.market import Account
from salestui.model.tables.organisation import Person, Seat
from salestui.model.tables.pipeline import Opportunity, Stage
from salestui.model.values.amount import Amount
from salestui.store.company import AS_OF
from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.store.work import Actor
from salestui.tui.screens.account import AccountPage
from salestui.tui.screens.deal import DealPage
from salestui.tui.screens.person import PersonPage
from salestui.tui.screens.pipeline import Pipeline
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.support.companies import building
from tests.support.pipeline_company import TODAY, built
from tests.tui.desk import answer, at_desk
from tests.tui.driving import lines_of, press, settle, text_of, type_in


def table_of(app: Shell) -> Grid:
    """The table of the pipeline."""
    assert isinstance(app.screen, Pipeline)
    return app.screen.query_one(Grid)


@pytest.fixture
def path(sqlite_url: str) -> Iterator[Path]:
    """A company with two open deals, seen as of the day its tests speak of."""
    database = parse(sqlite_url)
    writer = engine(database, write=True)
    built(writer)
    with building(writer) as company:
        company.setting(AS_OF, TODAY.isoformat())
    yield Path(database.place)
    writer.dispose()


def by_somebody_else(path: Path, does: Callable[[Opportunity], None]) -> None:
    """Change the deal called Renewal behind the user's back."""
    writer = engine(parse(f"sqlite:///{path}"), write=True)
    with work(writer, Actor("Lee"), "meanwhile") as begun:
        row = begun.session.get(Opportunity, 1)
        assert row is not None
        does(row)
    writer.dispose()


async def open_renewal(pilot: Pilot[None]) -> DealPage:
    """Go to the deal by its name."""
    await answer(pilot, ":", "open Renewal")
    assert isinstance(pilot.app.screen, DealPage)
    return pilot.app.screen


async def test_the_pipeline_tells_what_is_shown_and_what_it_is_worth(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "p")
        lines = lines_of(app)
        assert "Open pipeline" in lines[2]
        assert "omitted" in lines[2]
        for words in (" deals ", "weighted", "past due", "idle"):
            assert words in lines[3]
        for title in ("Close", "Amount", "Account", "Deal", "Owner", "Stage"):
            assert title in lines[4]
        assert all(len(line) <= 80 for line in lines)


async def test_filters_narrow_what_is_shown_and_counted(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "p")
        everything = table_of(app).model.row_count
        counts = [everything]
        for key in ("d", "c"):
            await press(pilot, key)
            counts.append(table_of(app).model.row_count)
            assert f" {counts[-1]:,} deals " in lines_of(app)[3]
        assert counts == sorted(counts, reverse=True)
        assert counts[1] < everything
        assert "past due" in lines_of(app)[2]
        assert "closing in 2025Q4" in lines_of(app)[2]
        await press(pilot, "x")
        assert table_of(app).model.row_count == everything
        await answer(pilot, "m", "100k")
        assert "more than 100k" in lines_of(app)[2]
        assert 0 < table_of(app).model.row_count < everything
        await press(pilot, "x", "z")
        assert table_of(app).model.row_count > everything


async def test_a_stage_and_an_owner_are_chosen_from_a_list(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "p")
        await answer(pilot, "t", "Negot")
        assert "· Negotiation" in lines_of(app)[2]
        stages = {table_of(app).model.cell(row, 5).text for row in range(table_of(app).model.row_count)}
        assert stages == {"Negotiation"}
        await press(pilot, "o", "down", "enter")
        assert "Negotiation · of " in lines_of(app)[2]
        await answer(pilot, "o", "All")
        assert " of " not in lines_of(app)[2]


async def test_a_text_filter_counts_what_is_left_too(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await press(pilot, "g", "p", "right", "right", "right")
        await answer(pilot, "f", "pilot")
        assert lines_of(app)[3].startswith(" 1 deal ")
        assert "with “pilot”" in lines_of(app)[2]
        await press(pilot, "x")
        assert lines_of(app)[3].startswith(" 2 deals ")


async def test_deals_without_an_amount_are_told_of_where_a_least_amount_leaves_them_out(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await press(pilot, "g", "p")
        assert "without an amount" not in text_of(app)
        await answer(pilot, "m", "0")
        assert "more than 0 · 1 without an amount left out" in " ".join(lines_of(app)[2].split())


async def test_an_empty_pipeline_says_what_is_the_case(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await press(pilot, "g", "p")
        await answer(pilot, "m", "900m")
        assert "None of 2 open deals is shown: x shows all that count." in text_of(app)
        await answer(pilot, ":", "period FY2031")
        app.see_scope(
            next(scope.key for scope in app.scopes if scope.label == "Kim" and scope.key.startswith("person"))
        )
        await settle(pilot)
        assert "Kim has no open deals on 2026-05-20. S sees others." in text_of(app)
        await press(pilot, "g", "k")
        assert "Kim has no numbers in FY2031. S sees others, P another period." in text_of(app)


async def test_an_amount_that_is_none_is_told_and_kept(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await press(pilot, "g", "p")
        await answer(pilot, "m", "much")
        assert "“much” is no amount" in text_of(app)
        assert "much" in lines_of(app)[-1]


async def test_a_deal_shows_its_facts_its_stages_and_what_was_booked(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await answer(pilot, ":", "open Rollout")
        text = text_of(app)
        for words in ("Rollout", "Acme [/]", "Ana [b]", "400 USD", "Won · won", "2026-04-20", "imported"):
            assert words in text


async def test_a_change_is_saved_shown_beside_the_imported_value_and_undone(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await answer(pilot, "a", "+5%")
        assert "1,050 USD" in text_of(app)
        assert "≠ Amount: 1,050 here, 1,000 imported" in text_of(app)
        await answer(pilot, "c", "+14d")
        assert "≠ Close date: 2026-07-14 here, 2026-06-30 imported" in text_of(app)
        await press(pilot, "u")
        await press(pilot, "u")
        await settle(pilot)
        assert "≠" not in text_of(app)
        assert "1,000 USD" in text_of(app)


async def test_nothing_typed_changes_nothing_and_a_dash_takes_the_amount_away(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await answer(pilot, "a", "")
        assert "1,000 USD" in text_of(app)
        await answer(pilot, "a", "-")
        assert "≠ Amount: – here, 1,000 imported" in text_of(app)


async def test_a_day_that_is_none_stays_in_the_line_with_what_is_wrong(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        screen = await open_renewal(pilot)
        await answer(pilot, "c", "soon")
        assert "“soon” is no day" in text_of(app)
        assert screen.asking
        await press(pilot, "escape")
        assert "2026-06-30" in text_of(app)


async def test_winning_says_that_it_is_booked_and_the_sale_stands_below(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await answer(pilot, "t", "Won")
        assert "in Won now, and booked" in lines_of(app)[-1]
        assert "Sales booked 1" in text_of(app)
        assert any("2026-05-20" in line and line.endswith("here") for line in lines_of(app))


async def test_losing_asks_why(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await press(pilot, "e", "enter")
        await type_in(pilot, "Lost")
        await press(pilot, "enter")
        assert "why was it lost" in lines_of(app)[-1]
        await type_in(pilot, "Price [red]")
        await press(pilot, "enter")
        await settle(pilot)
        assert "Price [red]" in text_of(app)


async def test_what_cannot_be_done_is_told_and_nothing_changes(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await answer(pilot, ":", "open Pilot")
        await answer(pilot, "t", "Won")
        await settle(pilot)
        await press(pilot, "escape")
        assert "Proposal" in text_of(app)
        assert "Sales booked none" in text_of(app)


async def test_a_save_over_somebody_else_s_shows_mine_theirs_and_before(path: Path) -> None:
    def to_300(deal: Opportunity) -> None:
        deal.amount = deal.reporting_amount = Amount(300)

    async with at_desk(path) as (app, pilot):
        screen = await open_renewal(pilot)
        by_somebody_else(path, to_300)
        await answer(pilot, "a", "450")
        await settle(pilot)
        text = text_of(app)
        assert "Not saved: Lee changed this deal" in text
        for line in ("mine    450", "theirs  300", "before  1,000"):
            assert line in text
        assert screen.asking
        assert lines_of(app)[-1].endswith("450")
        await press(pilot, "enter")
        await settle(pilot)
        assert "450 USD" in text_of(app)
        assert "Not saved" not in text_of(app)


async def test_what_was_read_meanwhile_is_no_conflict_where_it_is_about_something_else(path: Path) -> None:
    def renamed(deal: Opportunity) -> None:
        deal.name = "Renewal of Acme"

    async with at_desk(path) as (app, pilot):
        screen = await open_renewal(pilot)
        await press(pilot, "a")
        by_somebody_else(path, renamed)
        screen.read_again()
        await settle(pilot)
        assert screen.asking
        await type_in(pilot, "450")
        await press(pilot, "enter")
        await settle(pilot)
        assert "450 USD" in text_of(app)
        assert lines_of(app)[2] == " Renewal of Acme"


async def test_a_deal_booked_twice_says_so_and_one_key_puts_it_right(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await answer(pilot, "t", "Won")
        writer = engine(parse(f"sqlite:///{path}"), write=True)
        with building(writer, "imported") as company:
            sale = company.sale(1000, TODAY)
            sale.opportunity_id, sale.source, sale.source_id = 1, "crm", "V2"
        writer.dispose()
        await press(pilot, "f5")
        assert "Booked here and by an import as well" in text_of(app)
        await press(pilot, "b")
        await settle(pilot)
        assert "Sales booked 1" in text_of(app)
        assert "as well" not in text_of(app)


async def test_from_the_deal_to_its_account_and_owner_and_back(path: Path) -> None:
    async with at_desk(path) as (app, pilot):
        await open_renewal(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, AccountPage)
        assert lines_of(app)[2] == " Acme [/]"
        assert "FY2026" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, DealPage)
        await press(pilot, "escape", "escape", "w")
        assert isinstance(app.screen, PersonPage)
        await press(pilot, "escape")
        assert isinstance(app.screen, DealPage)


async def test_a_row_behind_a_number_opens_its_deal(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "4", "right", "right", "right", "enter", "enter")
        assert isinstance(app.screen, DealPage)
        await press(pilot, "escape", "escape")
        assert "Team or person" in text_of(app)


async def test_without_deals_the_pipeline_says_what_to_do(sqlite_url: str) -> None:
    async with at_desk(Path(parse(sqlite_url).place)) as (app, pilot):
        await press(pilot, "g", "p")
        assert "salestui import" in text_of(app)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_hostile_names_are_text_on_every_page(path: Path, size: tuple[int, int]) -> None:
    nasty = "[@click=app.quit]\x1b]0;t\x07\u202e株式会社 [/]"
    writer = engine(parse(f"sqlite:///{path}"), write=True)
    with building(writer, "nasty") as company:
        for model in (Opportunity, Account, Person, Stage, Seat):
            for row in company.work.session.exec(select(model)):
                setattr(row, "title" if isinstance(row, Seat) else "name", f"{nasty}{row.id}")
    writer.dispose()
    async with at_desk(path, size) as (app, pilot):
        for keys in (
            ("g", "o"),
            ("down", "enter"),
            ("escape", "g", "p"),
            ("enter",),
            ("t", "escape", "o"),
            ("escape", "w"),
        ):
            await press(pilot, *keys)
            lines = lines_of(app)
            assert all(line.isprintable() and cell_len(line) <= size[0] for line in lines)
            assert any("[@click" in line for line in lines)
            assert lines[-1].strip()


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_every_page_has_room_for_its_table(demo_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(demo_path, size) as (app, pilot):
        for keys in (("g", "o"), ("down", "enter"), ("escape", "g", "p"), ("enter",), ("o",), ("escape", "w")):
            await press(pilot, *keys)
            assert isinstance(app.focused, Grid)
            assert app.focused.size.height >= 2
