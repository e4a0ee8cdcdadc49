"""Undo and redo across the border of what is saved, by keyboard alone: one story, and its end is named."""

from pathlib import Path

import pytest

from salestui.model.values.amount import Amount
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, opened, planning
from tests.tui.driving import press, text_of

SAVED, TYPED = Amount(66_000), Amount(77_000)


@pytest.mark.parametrize("restarts", [False, True])
async def test_redo_brings_back_what_was_saved_and_then_what_was_typed_on_it(demo_path: Path, restarts: bool) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"66k", "enter", "w")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", "u")
        assert amount(app, PERSON, "Jan") == SAVED
        await press(pilot, "u")
        assert "Undone: Set 1 quota of FY2025 v2" in text_of(app)
        assert amount(app, PERSON, "Jan") == before
        if not restarts:
            await press(pilot, "ctrl+r")
            assert amount(app, PERSON, "Jan") == SAVED
            await press(pilot, "ctrl+r")
            assert (amount(app, PERSON, "Jan"), app.unsaved) == (TYPED, 1)
        else:
            await press(pilot, "q")
    if restarts:
        async with planning(demo_path) as (app, pilot):
            await press(pilot, "ctrl+r")
            assert (amount(app, PERSON, "Jan"), app.unsaved) == (SAVED, 0)
            await press(pilot, "ctrl+r")
            assert (amount(app, PERSON, "Jan"), app.unsaved) == (TYPED, 1)


async def test_what_was_typed_comes_back_where_the_saved_change_can_be_made_again_no_more(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"66k", "enter", "w")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", "u", "u", "T")
        go_to(app, "East", "FY2025")
        await press(pilot, "T", *"9m", "enter", "ctrl+r")
        assert (amount(app, PERSON, "Jan"), app.unsaved) == (TYPED, 1)


async def test_where_undo_ends_is_named(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        await press(pilot, ":", *"publish", "enter", *"yes", "enter")
        assert "✓ published" in text_of(app)
        await press(pilot, "u")
        told = " ".join(text_of(app).split())
        assert "nothing of yours to undo since “Publish the quotas FY2025 v2”" in told
        assert "Change that by a new version" in told
    async with opened(demo_path) as (app, pilot):
        await press(pilot, "u")
        assert "since “Publish the quotas FY2025 v2”" in " ".join(text_of(app).split())


async def test_the_keys_of_spreadsheets_undo_redo_and_save_too(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"66k", "enter", "ctrl+z")
        assert amount(app, PERSON, "Jan") == before
        await press(pilot, "ctrl+y")
        assert (amount(app, PERSON, "Jan"), app.unsaved) == (SAVED, 1)
        await press(pilot, "ctrl+s")
        assert (amount(app, PERSON, "Jan"), app.unsaved) == (SAVED, 0)
