"""Planning › Seasons by keyboard at 80×24: measured, typed, put right to exactly 100, renamed, dropped, undone."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from salestui.model.values.rate import Rate
from salestui.planning.seasons.queries import Profile
from salestui.store.database import parse
from salestui.tui.screens.seasons import Seasons
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.desk import answer, at_desk
from tests.tui.driving import lines_of, press, text_of, type_in

GOLDEN = "10 20 5 5 5 10 5 5 5 10 10 10"


def page(app: Shell) -> Seasons:
    assert isinstance(app.screen, Seasons)
    return app.screen


def profiles(app: Shell) -> list[Profile]:
    model = page(app)._model
    return [model.row(number) for number in range(model.row_count)]


def go_to(app: Shell, month: int) -> None:
    """Put the cursor on a month of the first profile."""
    app.screen.query_one(Grid).move_to(str(profiles(app)[0].id), f"m{month}")


async def add(pilot: Pilot[None], name: str = "Ours", weights: str = GOLDEN) -> None:
    await answer(pilot, "a", name)
    await type_in(pilot, weights)
    await press(pilot, "enter")


async def test_a_season_is_measured_and_says_what_it_rests_on(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        assert "m measures one from past sales" in text_of(app)
        await press(pilot, "m", "enter", *"2", "enter", "enter")
        (found,) = profiles(app)
        assert (found.name, found.years, found.months) == ("Tarnwick Instruments", 2, 24)
        assert Rate.sum(found.weights) == Rate(100)
        assert "2 years, 24 months, 2023-01 to 2024-12" in text_of(app)
        assert any("█" in line for line in lines_of(app)[-8:])
        assert all(len(line) <= 80 for line in lines_of(app))
        await press(pilot, "m", *"West", "enter", *"1", "enter", "enter")
        assert "12 months only" in text_of(app)
        await press(pilot, "u")
        assert [each.name for each in profiles(app)] == ["Tarnwick Instruments"]


async def test_weights_are_saved_only_at_exactly_100(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot)
        go_to(app, 1)
        await press(pilot, "1", "5", "enter")
        assert "1 unsaved" in lines_of(app)[1]
        assert "the sum is 105, 5 too much" in lines_of(app)[-8]
        await press(pilot, "w")
        assert "The weights sum to 105: 5 too much" in text_of(app)
        assert profiles(app)[0].weights[0] == Rate(10)
        await press(pilot, "b")
        assert "15•" in text_of(app)
        await press(pilot, "u")
        assert "the sum is 105" in text_of(app)
        await press(pilot, "ctrl+r", "w")
        assert app.unsaved == 0
        saved = profiles(app)[0].weights
        assert saved[0] == Rate(15)
        assert Rate.sum(saved) == Rate(100)
        await press(pilot, "u")
        assert profiles(app)[0].weights[0] == Rate(10)


async def test_what_is_no_weight_is_told_and_a_year_of_them_is_pasted(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot, weights=f"{GOLDEN} 5")
        assert "These are 13 weights" in text_of(app)
        await press(pilot, "escape")
        await add(pilot)
        go_to(app, 1)
        await press(pilot, "1", "0", "1", "enter")
        assert "beyond what there is" in text_of(app)
        await press(pilot, "escape")
        await type_in(pilot, "\t".join(["8"] * 11 + ["12"]))
        await press(pilot, "w")
        assert profiles(app)[0].weights == (*[Rate(8)] * 11, Rate(12))
        go_to(app, 12)
        await type_in(pilot, "5\t6\t7")
        assert "does not fit" in text_of(app)
        assert app.unsaved == 0


@pytest.mark.parametrize("keys", ["a", "m||", "T"])
async def test_a_name_that_cannot_be_kept_is_asked_again_before_the_rest(demo_path: Path, keys: str) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot)
        await press(pilot, *("enter" if key == "|" else key for key in keys), "ctrl+u")
        await type_in(pilot, "n" * 61)
        await press(pilot, "enter")
        assert page(app).asking
        assert "This name is too long. Expected up to 60 characters" in text_of(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "n" * 60)
        await press(pilot, "enter")
        assert "too long" not in text_of(app)


async def test_a_profile_is_renamed_and_dropped_and_that_is_undone(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot)
        await press(pilot, "T", "ctrl+u")
        await type_in(pilot, "Theirs [b]")
        await press(pilot, "enter")
        assert "Theirs [b]" in text_of(app)
        await add(pilot, "theirs [B]")
        assert "already" in text_of(app)
        await answer(pilot, "X", "y")
        assert not profiles(app)
        await press(pilot, "u")
        assert [each.name for each in profiles(app)] == ["Theirs [b]"]


async def test_weights_typed_and_not_saved_are_here_again(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot)
        go_to(app, 3)
        await press(pilot, "7", "enter")
        app.save_drafts()
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        assert "7•" in text_of(app)
        assert app.unsaved == 1


async def test_two_windows_keep_what_is_typed_into_each(demo_path: Path) -> None:
    async with at_desk(demo_path) as (one, first):
        await press(first, "g", "s")
        await add(first)
        go_to(one, 3)
        await press(first, "7", "enter")
        one.save_drafts()
        async with at_desk(demo_path) as (other, second):
            await press(second, "g", "s")
            assert other.unsaved == 0
            go_to(other, 4)
            await press(second, "9", "enter")
            other.save_drafts()
        one.save_drafts()
    for month, typed in ((3, "7•"), (4, "9•")):
        async with at_desk(demo_path) as (app, pilot):
            await press(pilot, "g", "s")
            assert typed in text_of(app)
            assert app.unsaved == 1
            go_to(app, month)
            await press(pilot, "5", "enter")
            assert app.unsaved == 0
            app.save_drafts()


async def test_a_file_of_weights_that_cannot_be_read_is_told(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        await add(pilot)
        go_to(app, 3)
        await press(pilot, "7", "enter")
        app.save_drafts()
    (file,) = demo_path.parent.rglob("seasons-*.json")
    file.write_text('{"1": {"weights": ["1"], "by_hand": []}}')
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, "g", "s")
        assert "What was typed and not saved cannot be read" in " ".join(text_of(app).split())


async def test_too_little_history_is_refused(sqlite_url: str) -> None:
    async with at_desk(Path(parse(sqlite_url).place)) as (app, pilot):
        await press(pilot, "g", "s", "m", "enter", "enter", "enter")
        assert "needs 12 complete months of sales" in text_of(app)
        assert not profiles(app)
