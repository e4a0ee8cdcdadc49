"""Planning › Versions and the comparison of two, by keyboard at 80×24."""

from pathlib import Path

import pytest

from salestui.metrics.work import work
from salestui.planning.quotas.commands.versions import submit
from salestui.planning.quotas.queries.versions import read_versions
from salestui.planning.quotas.standing import read_plan
from salestui.store.company import read_company
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.quick import open_reader
from salestui.store.work import Actor
from salestui.tui.screens.quota_comparison import QuotaComparison
from salestui.tui.screens.quota_versions import QuotaVersions
from tests.tui.desk import answer, at_desk
from tests.tui.driving import lines_of, press, text_of

YEAR = 2025


def state(path: Path) -> tuple[int, str]:
    """The latest version's number and state."""
    with open_reader(Database("sqlite", str(path))) as reader:
        plan = read_plan(reader, YEAR)
    assert plan is not None
    return plan.plan_version, plan.state


async def test_a_version_goes_its_way_and_the_story_tells_who_and_why(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", "B")
        assert isinstance(app.screen, QuotaVersions)
        assert state(demo_path) == (2, "draft")
        await press(pilot, "home")
        await answer(pilot, "a", "All teams have seen it")
        assert state(demo_path) == (2, "submitted")
        story = next(line for line in lines_of(app) if line.startswith(" submitted"))
        assert "Kim" in story
        assert "All teams have seen it" in story
        await answer(pilot, "r", "West asks for more time")
        assert state(demo_path) == (2, "draft")
        assert "West asks for more time" in text_of(app)
        for wanted in ("submitted", "approved", "published"):
            await answer(pilot, "a", "")
            assert state(demo_path) == (2, wanted)
        assert any("superseded" in line for line in lines_of(app))
        await press(pilot, "u")
        assert state(demo_path) == (2, "published")


async def test_moments_are_told_by_the_company_s_clock(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", "B", "home")
        with open_reader(Database("sqlite", str(demo_path))) as reader:
            company = read_company(reader)
            begun = read_versions(reader, YEAR)[0].story[0].at
        assert company.zone not in (None, "UTC")
        told = next(line for line in lines_of(app) if line.startswith(" begun"))
        assert f"{company.local(begun):%Y-%m-%d %H:%M}" in told


async def test_what_is_typed_and_not_saved_is_told_before_a_draft_is_handed_in_and_how_it_may_be_saved_after(
    demo_path: Path,
) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "q", "B")
        await press(pilot, *("down", "down", "down", "right", "right"), *"123", "enter")
        await press(pilot, "g", "v", "home", "a")
        assert "Submit FY2025 v2 without 1 change not saved yet." in lines_of(app)[-1]
        await press(pilot, "enter")
        assert state(demo_path) == (2, "submitted")
        await press(pilot, "g", "q")
        assert "Typed into FY2025 v2: 1 change. g v returns it to draft." in text_of(app)
        await press(pilot, "w")
        assert "FY2025 v2 is submitted, and no draft any more. Return it to draft first." in text_of(app)


async def test_returning_wants_a_reason_and_keeps_asking_for_nothing_else(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", "B", "home")
        await answer(pilot, "a", "")
        await answer(pilot, "r", "")
        assert state(demo_path) == (2, "submitted")
        assert "reason" in lines_of(app)[-1]


async def test_a_draft_is_thrown_away_after_a_question_and_undo_brings_it_back(demo_path: Path) -> None:
    async with at_desk(demo_path) as (_, pilot):
        await press(pilot, "g", "v", "B", "home")
        await answer(pilot, "X", "n")
        assert state(demo_path) == (2, "draft")
        await answer(pilot, "X", "y")
        assert state(demo_path) == (1, "published")
        await press(pilot, "u")
        assert state(demo_path) == (2, "draft")


async def test_a_step_that_somebody_else_took_meanwhile_is_told_and_not_taken_twice(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", "B", "home")
        with open_reader(Database("sqlite", str(demo_path))) as reader:
            plan = read_plan(reader, YEAR)
        assert plan is not None
        writer = engine(Database("sqlite", str(demo_path)), write=True)
        with work(writer, Actor("lee"), "Submit", kind="submission") as begun:
            submit(begun, plan.id, "")
        writer.dispose()
        await answer(pilot, "a", "")
        assert "by lee" in text_of(app)
        assert state(demo_path) == (2, "submitted")


@pytest.mark.parametrize(("key", "told"), [("r", "Only what is submitted or approved"), ("X", "Only a draft")])
async def test_a_step_that_cannot_be_taken_says_why(demo_path: Path, key: str, told: str) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", key)
        assert told in lines_of(app)[-1]


async def test_two_versions_stand_side_by_side_with_what_differs_marked(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "q", "B", "right", "right", "down", "down", "down", "down")
        await press(pilot, "+", "1", "0", "%", "enter", "w", "g", "v", "home", "enter")
        assert isinstance(app.screen, QuotaComparison)
        assert "FY2025 v1 → v2  published → draft · 1 seat differs" in lines_of(app)[2]
        rows = [line for line in lines_of(app)[4:-2] if "•" in line]
        assert len(rows) == 3
        await press(pilot, "right", "right", "right")
        assert "+10.0%" not in lines_of(app)[-2]
        assert " · +" in lines_of(app)[-2]
        await press(pilot, "m")
        assert "±Jan" in lines_of(app)[3]
        await press(pilot, "d")
        assert len([line for line in lines_of(app)[4:-2] if "│" in line]) > 10
        await press(pilot, "escape")
        assert isinstance(app.screen, QuotaVersions)


async def test_the_version_to_compare_with_can_be_named_and_no_other_word_is_taken(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "v", "B", "home", "c", "ctrl+u")
        await pilot.press(*"v9", "enter")
        await press(pilot)
        assert "“v9” is no other version" in text_of(app)
        await press(pilot, "ctrl+u")
        await pilot.press(*"v1", "enter")
        await press(pilot)
        assert isinstance(app.screen, QuotaComparison)
        assert "No quota differs" in text_of(app)
