"""A manager's morning, by keyboard alone at 80×24: the quarter, who is behind, and the deals behind a number."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from salestui.store.database import Database
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens.deals import Deals
from salestui.tui.screens.kpis import Kpis
from salestui.tui.screens.modes import MODES
from salestui.tui.screens.person import PersonPage
from salestui.tui.screens.pipeline import Pipeline
from salestui.tui.screens.team import Team
from salestui.tui.screens.today import Today
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.driving import lines_of, press, settle, text_of, type_in


@asynccontextmanager
async def morning(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """The app on the demo company, its first screen standing."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=None, actor="Kim")
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def cursor_of(app: Shell) -> tuple[str, str] | None:
    """Where the cursor of the screen's table is."""
    return app.screen.query_one(Grid).cursor


async def test_the_first_screen_tells_how_the_quarter_stands(demo_path: Path) -> None:
    async with morning(demo_path) as (app, _):
        lines = lines_of(app)
        assert "2025Q4 · day 51 of 92" in lines[0]
        assert "as of Thu 20 Nov (pinned)" in lines[1]
        figures = "\n".join(lines[2:8])
        for label in ("Closed", "pace", "Gap", "a selling day", "On pace", "Coverage", "need", "Win rate", "Growth"):
            assert label in figures
        assert any("off pace" in line and "g 1" in line for line in lines)
        assert any("The cycle" in line for line in lines)
        assert any("Furthest behind" in line for line in lines)


async def test_from_a_line_of_needs_to_the_deals_and_back(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        line = next(line for line in lines_of(app) if "past the close date" in line)
        await press(pilot, "g", line.rsplit("g ", 1)[1][0])
        assert isinstance(app.screen, Pipeline)
        late = line.split()[1]
        assert f" {late} deals " in lines_of(app)[3]
        assert f"! {late} past due" in lines_of(app)[3]
        await press(pilot, "escape")
        assert isinstance(app.screen, Today)


async def test_from_the_one_furthest_behind_to_that_person_s_page_and_back(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        assert isinstance(app.screen, Today)
        cursor = cursor_of(app)
        assert cursor is not None
        name = next(scope.label for scope in app.scopes if scope.key == f"person:{cursor[0]}")
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        assert lines_of(app)[2] == f" {name}"
        await press(pilot, "escape")
        assert cursor_of(app) == cursor


async def test_vacant_seats_lead_to_the_team(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        line = next(line for line in lines_of(app) if "seats are vacant" in line)
        await press(pilot, "g", line.rsplit("g ", 1)[1][0])
        assert isinstance(app.screen, Team)
        assert "2 vacant" in lines_of(app)[2]
        cursor = cursor_of(app)
        assert cursor is not None
        assert cursor[0].endswith(":0")


async def test_those_off_pace_lead_to_the_first_of_them_on_the_board(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        for _ in range(2):
            await press(pilot, "1")
            cursor = cursor_of(app)
            assert cursor is not None
            await press(pilot, "g", "1")
            assert isinstance(app.screen, Kpis)
            assert app.screen.cursor.startswith(f"person:{cursor[0]} ")
            await press(pilot, "g", "g")


async def test_drill_from_the_board_into_a_number_and_return_to_the_same_cell(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        await press(pilot, "4")
        assert isinstance(app.screen, Kpis)
        await press(pilot, "down", "down", "down", "right", "right")
        at = cursor_of(app)
        assert at is not None
        assert at[1] == "bookings"
        await press(pilot, "enter")
        assert isinstance(app.screen, Deals)
        assert "· Bookings · 2025Q4" in lines_of(app)[2]
        assert "sales booked" in lines_of(app)[3]
        await press(pilot, "escape")
        assert cursor_of(app) == at


async def test_another_period_and_team_are_two_words_away(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        await press(pilot, ":")
        await type_in(pilot, "period 2025Q3")
        await press(pilot, "enter")
        assert "2025Q3" in lines_of(app)[0]
        await press(pilot, "S")
        await type_in(pilot, "West")
        await press(pilot, "enter")
        assert "West · 2025Q3" in lines_of(app)[0]
        await press(pilot, "[", "[")
        assert "2025Q4" in lines_of(app)[0]


async def test_a_person_is_found_by_name(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        person = next(scope for scope in app.scopes if scope.key.startswith("person:"))
        await press(pilot, "ctrl+p")
        await type_in(pilot, person.label)
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        assert lines_of(app)[2] == f" {person.label}"


async def test_a_mistyped_period_is_told_in_words_and_changes_nothing(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        await press(pilot, ":")
        await type_in(pilot, "period 2026Q7")
        await press(pilot, "enter")
        assert "2026Q7" in lines_of(app)[-1]
        assert "2025Q4" in lines_of(app)[0]


async def test_hostile_names_are_text_on_every_screen(demo_path: Path) -> None:
    async with morning(demo_path, (120, 40)) as (app, pilot):
        await press(pilot, "4", "right", "right", "enter")
        assert isinstance(app.screen, Deals)
        await press(pilot, "/")
        await type_in(pilot, "[bold]")
        await press(pilot, "enter")
        assert "[bold]" in text_of(app)


async def test_a_small_terminal_is_told_what_is_needed(demo_path: Path) -> None:
    async with morning(demo_path, (40, 12)) as (app, pilot):
        assert "60×18" in text_of(app)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Furthest behind" in text_of(app)


async def test_an_empty_database_says_what_to_do_first(sqlite_url: str) -> None:
    async with morning(Path(sqlite_url.removeprefix("sqlite:///"))) as (app, pilot):
        assert "salestui import" in text_of(app)
        for mode in "234":
            await press(pilot, mode)
            assert "salestui import" in text_of(app)


async def test_the_key_of_a_mode_leads_to_its_own_page_and_back_to_the_page_below(demo_path: Path) -> None:
    async with morning(demo_path) as (app, pilot):
        number = next(line.rsplit("g ", 1)[1][0] for line in lines_of(app) if "past the close date" in line)
        for key in ("1", "[", "escape"):
            await press(pilot, "g", number)
            assert not isinstance(app.screen, Today)
            await press(pilot, key)
            assert isinstance(app.screen, Today)
