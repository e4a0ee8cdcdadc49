"""Planning › Fairness by keyboard."""

from pathlib import Path

from salestui.tui.screens.fairness import Fairness
from salestui.tui.screens.person import PersonPage
from tests.tui.desk import at_desk
from tests.tui.driving import lines_of, press, text_of


async def test_outliers_are_marked_and_the_line_below_says_why(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "e")
        assert isinstance(app.screen, Fairness)
        assert "Planning › Fairness" in text_of(app)
        assert "! 5 of 24" in lines_of(app)[2]
        for _ in range(40):
            if "of own sales, others" in text_of(app):
                break
            await press(pilot, "down")
        assert "of own sales, others" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PersonPage)
        await press(pilot, "escape")
        assert "of own sales, others" in text_of(app)


async def test_a_year_without_quotas_says_where_they_are_planned(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "e")
        app.action_period("FY2027")
        await press(pilot)
        assert "no quotas yet" in lines_of(app)[2]
