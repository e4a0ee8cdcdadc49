"""Prompts that come with what stands there, by keyboard alone: the first key replaces it, and a slip is asked about."""

from pathlib import Path

from salestui.model.values.amount import Amount
from tests.journeys.test_quotas_beside import TEAM
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning
from tests.tui.desk import at_desk
from tests.tui.driving import lines_of, press, text_of
from tests.tui.test_objectives import add, standings


async def test_an_amount_typed_at_a_filled_prompt_takes_the_place_of_what_stood(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "H", "down", "enter", *"1.5m", "enter", "enter")
        assert f"Handed in for {PERSON} FY2025: 1,500,000" in text_of(app)
        go_to(app, PERSON, "FY2025")
        await press(pilot, "W")
        go_to(app, TEAM, "Q1")
        await press(pilot, "a", "enter", *"5m", "enter")
        assert amount(app, TEAM, "Q1") == Amount(5_000_000)
        go_to(app, TEAM, "FY2025")
        await press(pilot, "T", *"10m", "enter")
        await press(pilot, "T", *"+10%", "enter")
        assert f"Target of {TEAM} FY2025: 11,000,000" in text_of(app)


async def test_any_other_key_edits_what_stands_at_a_prompt(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, TEAM, "FY2025")
        await press(pilot, "T", *"10m", "enter")
        for keys, target in (
            (("backspace", "5"), "10,000,005"),
            (("left", "delete", "7"), "10,000,007"),
            (("home", "delete", "2"), "20,000,007"),
            (("end", "backspace", "8"), "20,000,008"),
        ):
            await press(pilot, "T", *keys, "enter")
            assert f"Target of {TEAM} FY2025: {target}" in text_of(app)


async def test_what_was_refused_at_a_prompt_is_edited_and_not_replaced(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, TEAM, "FY2025")
        await press(pilot, "T", *"10", "x", "enter")
        assert "“10x” is no amount" in text_of(app)
        await press(pilot, "backspace", "m", "enter")
        assert f"Target of {TEAM} FY2025: 10,000,000" in text_of(app)


async def test_an_amount_a_thousand_times_what_stands_is_asked_about(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        before = amount(app, PERSON, "FY2025")
        await press(pilot, "a", "enter", "end", *"0m", "enter")
        assert "11,300,000,000,000 is 10,000,000 times what stands there. Take it? y/n" in lines_of(app)[-1]
        await press(pilot, "n", "enter")
        assert amount(app, PERSON, "FY2025") == before
        await press(pilot, "H", "down", "enter", *"2b", "enter")
        assert "2,000,000,000 is 1,769 times what stands there. Take it? y/n" in lines_of(app)[-1]
        await press(pilot, "y", "enter", "enter")
        assert amount(app, PERSON, "FY2025") == Amount(2_000_000_000)


async def test_a_change_typed_at_an_objective_s_prompt_changes_it(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, ":", *"objective", "enter")
        await add(pilot, "", "", "", "30m", "board plan")
        await press(pilot, "e", *"+5%", "enter")
        assert standings(app)[0].objective.amount == Amount(31_500_000)
        await press(pilot, "e", "end", "backspace", "1", "enter")
        assert standings(app)[0].objective.amount == Amount(31_500_001)
        await press(pilot, "u", "home", "enter", "e", *"99b", "enter")
        assert "99,000,000,000 is 3,142 times what stands there. Take it? y/n" in lines_of(app)[-1]
        await press(pilot, "escape", "escape")
        assert standings(app)[0].objective.amount == Amount(31_500_000)


async def test_an_amount_typed_where_a_way_is_asked_for_is_taken_in_proportion(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, TEAM, "Q1")
        await press(pilot, "a", *"5m", "enter")
        assert amount(app, TEAM, "Q1") == Amount(5_000_000)
        await press(pilot, "a", *"5mm", "enter")
        assert "“5mm” is no amount" in text_of(app)
        await press(pilot, "backspace", "enter")
        assert amount(app, TEAM, "Q1") == Amount(5_000_000)
        await press(pilot, "a", *"even", "enter", *"6m", "enter")
        assert amount(app, TEAM, "Q1") == Amount(6_000_000)
        go_to(app, PERSON, "FY2025")
        await press(pilot, "H", *"1.5m", "enter", "enter")
        assert f"Handed in for {PERSON} FY2025: 1,500,000" in text_of(app)
