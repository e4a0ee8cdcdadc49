"""What was typed and not saved is offered where the next day begins, and one key leads there."""

from pathlib import Path

from salestui.model.values.amount import Amount
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, opened, planning
from tests.tui.driving import lines_of, press, text_of


async def test_a_draft_of_another_year_is_offered_today_and_opened_with_one_key(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, ":", *"period FY2026", "enter", "B", "enter")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", *"88k")
        app.save_drafts()
    async with opened(demo_path) as (app, pilot):
        (line,) = [line for line in lines_of(app) if "2 unsaved quotas of FY2026 v1" in line]
        assert "g 1" in line
        await press(pilot, "g", "q")
        assert "2 unsaved quotas of FY2026 v1: :period FY2026 goes there" in " ".join(text_of(app).split())
        await press(pilot, "1", "g", "1")
        assert app.view.period.label == "FY2026"
        assert "FY2026 v1 bookings · ○ draft" in text_of(app)
        assert (amount(app, PERSON, "Jan"), app.unsaved) == (Amount(77_000), 1)
        await press(pilot, "enter")
        assert app.unsaved == 2
        await press(pilot, "home", "1")
        assert "unsaved quotas of" not in text_of(app)
