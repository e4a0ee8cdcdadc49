"""Planning › Fairness by keyboard."""

from pathlib import Path

from salestui.tui.screens.fairness import Fairness
from salestui.tui.screens.person import PersonPage
from salestui.tui.widgets.lines import Lines
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


async def test_help_says_what_the_columns_mean_and_what_stands_out(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "e", "?")
        text = text_of(app)
        for words in ("Before", "Asks", "Of team", "Of pay", "Likely", "pay at target", "!"):
            assert words in text, words
        await press(pilot, "enter")
        assert isinstance(app.screen, Fairness)


async def test_what_is_said_of_somebody_is_broken_and_not_cut(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "e", "enter")
        app.action_period("FY2025")
        await press(pilot)
        seen = set()
        for _ in range(45):
            seen.add(" ".join(" ".join(app.screen.query_one(".explained", Lines).shown).split()))
            await press(pilot, "down")
        assert any("own sales before are not comparable" in told for told in seen)
        assert not any("…" in told for told in seen)


async def test_a_year_without_quotas_says_where_they_are_planned(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "e")
        app.action_period("FY2027")
        await press(pilot)
        assert "no quotas yet" in lines_of(app)[2]
