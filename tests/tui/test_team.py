"""People › Team and a person's page, by keyboard at 80×24."""

from pathlib import Path

import pytest

from salestui.store.database import parse
from salestui.store.engines import engine
from salestui.tui.screens.deal import DealPage
from salestui.tui.screens.parts import Parts
from salestui.tui.screens.person import PersonPage
from salestui.tui.screens.team import Team
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.support.pipeline_company import built
from tests.tui.desk import at_desk
from tests.tui.driving import lines_of, press, text_of, type_in


def grid_of(app: Shell) -> Grid:
    """The roster's table."""
    assert isinstance(app.screen, Team)
    return app.screen.query_one(Grid)


async def test_the_roster_shows_the_tree_with_quota_and_vacant_seats(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "o")
        assert isinstance(app.screen, Team)
        lines = lines_of(app)
        assert "2 vacant" in lines[2]
        for title in ("Person", "Seat", "Since", "Quota", "Attained"):
            assert title in lines[3]
        assert any("vacant" in line and "○" in line for line in lines[4:])
        assert all(len(line) <= 80 for line in lines)


async def test_a_team_folds_and_the_line_below_explains_who_it_is(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "o", "down")
        count = grid_of(app).model.row_count
        await press(pilot, "space")
        assert grid_of(app).model.row_count < count
        name = grid_of(app).model.cell(1, 0).text
        assert lines_of(app)[-2].startswith(f" {name} · ")
        assert "the team" in lines_of(app)[-2]


async def test_enter_opens_the_person_and_escape_comes_back_to_the_row(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "o", "down", "down")
        row = grid_of(app).cursor
        name = grid_of(app).model.cell(2, 0).text
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        assert lines_of(app)[2] == f" {name}"
        await press(pilot, "escape")
        assert grid_of(app).cursor == row


async def test_a_vacant_seat_says_so(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "o", "/")
        await type_in(pilot, "vacant")
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, Team)
        assert "nobody sits there since 20" in lines_of(app)[-1]


async def test_the_roster_follows_the_scope(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "o", ":")
        await type_in(pilot, "scope West")
        await press(pilot, "enter")
        assert grid_of(app).model.row_count == 7
        assert "6 people in 6 seats · 1 planned" in lines_of(app)[2]


@pytest.mark.parametrize(("size", "open_parts"), [((80, 24), 1), ((120, 40), 4)])
async def test_tab_goes_through_the_parts_of_a_person_s_page(
    demo_path: Path, size: tuple[int, int], open_parts: int
) -> None:
    async with at_desk(demo_path, size) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        parts = app.screen.query_one(Parts)
        text = text_of(app)
        for words in ("Reports to", "Quota", "Attainment", "Open deals", "Closed in the period", "Seats and line"):
            assert words in text
        for number in range(4):
            assert parts.current == number
            assert app.focused is parts.grids[number]
            assert sum(grid.size.height > 0 for grid in parts.grids) == open_parts
            assert parts.grids[number].size.height >= 5
            await press(pilot, "tab")
        assert parts.current == 0
        await press(pilot, "tab", "tab", "tab")
        assert "Reported to" in text_of(app)


async def test_who_is_new_has_the_base_beside_the_effective_quota_and_how_it_comes_about(demo_path: Path) -> None:
    async with at_desk(demo_path, (120, 40)) as (app, pilot):
        await press(pilot, "ctrl+p")
        await type_in(pilot, "Matteo")
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        text = text_of(app)
        assert "Base quota   473k 22% attained" in text
        assert "base 473k · effective 176k" in text
        assert "base 134,000 · ramp 50% · effective 67,000" in text


async def test_who_carries_all_of_it_has_one_quota(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "ctrl+p")
        await type_in(pilot, "Hollis")
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        assert "Base quota" not in text_of(app)


async def test_a_person_s_deal_opens_from_the_page(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, DealPage)


async def test_names_are_text(sqlite_url: str) -> None:
    database = parse(sqlite_url)
    writer = engine(database, write=True)
    built(writer)
    writer.dispose()
    async with at_desk(Path(database.place)) as (app, pilot):
        await press(pilot, "g", "o")
        assert "Ana [b]" in text_of(app)
        await press(pilot, "down", "enter")
        assert lines_of(app)[2] == " Ana [b]"


async def test_without_people_the_roster_says_what_to_do(sqlite_url: str) -> None:
    async with at_desk(Path(parse(sqlite_url).place)) as (app, pilot):
        await press(pilot, "g", "o")
        assert "salestui import" in text_of(app)


async def test_the_history_of_seats_is_read_whole_at_eighty_columns(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "enter")
        await press(pilot, "tab", "tab", "tab")
        line = next(line for line in lines_of(app) if line.startswith((" 20", "▸20")) and "–" in line)
        assert "…" not in line
        assert "Reported to" in text_of(app)
