"""What the pages around quotas say of their numbers, by keyboard at 80×24."""

from pathlib import Path

from salestui.model.values import show
from salestui.tui.screens.quota_cell import QuotaCell
from salestui.tui.screens.quota_comparison import QuotaComparison
from salestui.tui.shell import Shell
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning
from tests.tui.driving import lines_of, press, text_of

ALL, SELLER = "Tarnwick Sales", "Ignatius Bello"


def words_of(app: Shell) -> str:
    """All that is shown, in one line."""
    return " ".join(text_of(app).split())


async def test_a_quota_of_nothing_is_0_in_a_comparison_and_no_quota_is_none(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, *"0", "enter", "w", "g", "v", "home")
        assert "Quota" in next(line for line in lines_of(app) if line.startswith(" Version "))
        await press(pilot, "enter")
        assert isinstance(app.screen, QuotaComparison)
        row = next(line for line in lines_of(app) if PERSON in line)
        assert " 0•" in row


async def test_help_tells_what_the_marks_of_quotas_mean(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "?")
        assert "≠ the sum holds quotas that count for another team" in words_of(app)
        await press(pilot, "enter")
        assert "FY2025" in text_of(app)


async def test_details_say_under_and_in_which_months_last_year_was(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        app.action_period("FY2026")
        await press(pilot)
        await press(pilot, "B", *"nothing", "enter")
        go_to(app, ALL, "FY2026")
        await press(pilot, "a", *"last", "enter", "ctrl+u", *"9m", "enter")
        assert "FY2025 is not over: Nov and Dec of FY2024 stand in" in words_of(app)
        await press(pilot, "w", "T", *"10m", "enter", "i")
        assert isinstance(app.screen, QuotaCell)
        assert "Under 10.0%" in words_of(app)
        assert "Booked in 2024-11..2025-10" in words_of(app)


async def test_a_figure_of_a_seat_that_nobody_sits_in_says_that_it_holds(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, "Account Executive (vacant)", "Dec")
        await press(pilot, "H", "ctrl+u", *"5k", "enter", "enter")
        await press(pilot, "i")
        assert "nobody sits there now: the figure stays" in words_of(app)
        await press(pilot, "escape")
        go_to(app, "Account Executive (vacant)", "Dec")
        await press(pilot, "b")
        assert "gap of those 0" in words_of(app)


async def test_what_is_handed_in_names_the_key_that_takes_it_back(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, SELLER, "FY2025")
        await press(pilot, "H", "enter", "enter")
        await press(pilot, "left", "right")
        stands = show.money(amount(app, SELLER, "FY2025"), "full")
        assert f"{SELLER} FY2025: {stands} " in lines_of(app)[-2]
        await press(pilot, *"+5%", "enter")
        assert f"What is handed in here ({SELLER} Jan and 11 more) comes to" in words_of(app)
        assert "take some of what is handed in back with W" in words_of(app)
