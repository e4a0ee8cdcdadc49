"""Seats, ramps and reliefs by keyboard at 80×24: asked in a line each, saved at once, taken back, refused with why."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from salestui.metrics.checking import check
from salestui.people.roster import RosterRow
from salestui.store.database import Database
from salestui.tui.screens.person import PersonPage
from salestui.tui.screens.ramps import Ramps
from salestui.tui.screens.team import Team
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.desk import at_desk
from tests.tui.driving import lines_of, press, text_of, type_in


async def asked(pilot: Pilot[None], key: str, *answers: str) -> None:
    """Press a key and answer what is asked, one line after another."""
    await press(pilot, key)
    for text in answers:
        if text:
            await type_in(pilot, text)
        await press(pilot, "enter")


async def to_person(app: Shell, pilot: Pilot[None], name: str) -> PersonPage:
    """Open somebody's page."""
    await press(pilot, "ctrl+p")
    await type_in(pilot, name)
    await press(pilot, "enter")
    assert isinstance(app.screen, PersonPage)
    return app.screen


async def to_row(app: Shell, pilot: Pilot[None], word: str) -> Team:
    """Go to the first row of the roster with a word."""
    await press(pilot, "g", "o", "home", "/")
    await type_in(pilot, word)
    await press(pilot, "enter")
    assert isinstance(app.screen, Team)
    return app.screen


def told(app: Shell) -> str:
    """The bottom of the screen: what is asked, and what is told."""
    return " ".join(" ".join(lines_of(app)[-3:]).split())


def rows(team: Team) -> list[RosterRow]:
    """What the roster shows."""
    return [team._model.row(number) for number in range(team._model.row_count)]


def assert_true(path: Path) -> None:
    """Everything derived is what deriving it anew gives."""
    assert not [found for found in check(Database("sqlite", str(path))).checks if found.broken]


async def test_a_person_is_put_on_a_typed_ramp_and_taken_off(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        page = await to_person(app, pilot, "Hollis")
        await press(pilot, "x")
        assert "They follow no ramp" in told(app)
        await asked(pilot, "r", "0 50 75", "2025-10-01")
        assert "follows the ramp 0 50 75 from 2025-10-01 on" in told(app)
        assert "Base quota" in text_of(app)
        assert page._shown is not None
        assert [stay.ramp for stay in page._shown.adjusted.stays] == ["0 50 75"]
        await asked(pilot, "x", "y")
        assert "follows no ramp any more" in told(app)
        assert "Base quota" not in text_of(app)
        await press(pilot, "u", "u")
        assert page._shown.adjusted.ramps[0].name == "New account executive"
        assert len(page._shown.adjusted.ramps) == 1
    assert_true(demo_path)


async def test_a_ramp_is_chosen_by_name_and_what_is_none_is_asked_again(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await to_person(app, pilot, "Hollis")
        await asked(pilot, "r", "fast")
        assert "“fast” is no ramp" in told(app)
        await press(pilot, "ctrl+u")
        await type_in(pilot, "0 250")
        await press(pilot, "enter")
        assert "“250” is no share" in told(app)
        await press(pilot, "ctrl+u", "enter")
        await type_in(pilot, "1999-01-01")
        await press(pilot, "enter")
        assert "do not hold that seat on 1999-01-01" in text_of(app)


async def test_a_relief_is_granted_with_what_is_proposed_and_ended(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        page = await to_person(app, pilot, "Hollis")
        await asked(pilot, "a", "60%", "", "", "parental leave", "", "")
        assert "of 60% from 2025-11-20 to 2025-11-30" in told(app)
        assert page._shown is not None
        (relief,) = page._shown.adjusted.reliefs
        assert (relief.reason, relief.approver, relief.lowers_team) == ("parental leave", "Teodor Branković", True)
        await asked(pilot, "a", "50%", "", "-", "more leave", "Kim", "n")
        assert "comes to 110% on 2025-11-20" in text_of(app)
        await asked(pilot, "a", "20k", "2025-12-01", "-")
        assert "spread over the days" in told(app)
        await press(pilot, "escape")
        await asked(pilot, "e", "2025-11-25")
        assert "ends on 2025-11-25" in told(app)
        await asked(pilot, "e", "2025-11-19")
        assert "Taken back" in told(app)
        await press(pilot, "e")
        assert "no relief that goes on" in told(app)
    assert_true(demo_path)


async def test_somebody_leaves_from_their_page_and_the_company_knows_them(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        page = await to_person(app, pilot, "Hollis")
        await asked(pilot, "L", "2025-11-20", "y")
        assert "leaves the company on 2025-11-20" in told(app)
        assert page._shown is not None
        assert str(page._shown.person.left_on) == "2025-11-20"
        await press(pilot, "u")
        assert page._shown.person.left_on is None
    assert_true(demo_path)


async def test_somebody_new_is_seated_in_a_vacant_seat_on_a_ramp(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "vacant")
        seat = team.in_view.seat if team.in_view else 0
        await asked(pilot, "o", "Nora Quill", "2025-11-10", "new account")
        assert "Nora Quill, new, sits in Account Executive from 2025-11-10 on" in told(app)
        assert [row.name for row in rows(team) if row.seat == seat] == ["Nora Quill"]
        assert "1 vacant" in lines_of(app)[2]
        await press(pilot, "o")
        assert "Somebody sits there" in told(app)
        page = await to_person(app, pilot, "Nora Quill")
        assert page._shown is not None
        assert page._shown.adjusted.stays[0].ramp == "New account executive"
        await press(pilot, "escape", "u")
        assert "2 vacant" in lines_of(app)[2]
    assert_true(demo_path)


async def test_somebody_known_moves_only_where_that_is_said(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "vacant")
        await asked(pilot, "o", "Hollis Amundsen")
        assert "do they leave it" in text_of(app)
        await asked(pilot, "n", "")
        assert "2 vacant" in lines_of(app)[2]
        await asked(pilot, "o", "Hollis Amundsen", "y", "", "")
        assert len([row for row in rows(team) if row.name == "Hollis Amundsen"]) == 1
        assert "2 vacant" in lines_of(app)[2]
    assert_true(demo_path)


async def test_a_seat_is_planned_filled_and_taken_back(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "Hollis")
        planned = sum(row.planned is not None for row in rows(team))
        await asked(pilot, "a", "Key Account Executive", "", "2026-02-01", "")
        (new,) = [row for row in rows(team) if row.title == "Key Account Executive"]
        assert (str(new.planned), new.team, new.is_vacant) == ("2026-02-01", "West", True)
        assert f"{planned + 1} planned" in lines_of(app)[2]
        app.screen.query_one(Grid).move_to(new.key)
        await press(pilot, "enter")
        assert "planned from 2026-02-01" in told(app)
        await asked(pilot, "o", "Nora Quill", "", "")
        assert "Nora Quill from 2026-02-01" in text_of(app)
        await asked(pilot, "X", "")
        assert "Nora Quill sits in Key Account Executive" in text_of(app)
        await press(pilot, "u")
        await asked(pilot, "X", "")
        assert f"{planned} planned" in lines_of(app)[2]
        assert all(len(line) <= 80 for line in lines_of(app))
    assert_true(demo_path)


async def test_a_manager_s_seat_has_a_team(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "Hollis")
        await asked(pilot, "a", "Sales Manager, Islands", "nobody", "2025-11-20", "manager", "Islands")
        (new,) = [row for row in rows(team) if row.title == "Sales Manager, Islands"]
        assert (new.team, new.leads, new.planned) == ("Islands", True, None)


async def test_ramps_are_added_changed_renamed_and_dropped(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, ":", *"ramps", "enter")
        assert isinstance(app.screen, Ramps)
        assert "New account executive" in text_of(app)
        await press(pilot, "X")
        assert "Somebody follows this ramp" in told(app)
        await asked(pilot, "a", "Fast", "0/100")
        await press(pilot, "home")
        assert "Fast" in text_of(app)
        await press(pilot, "e", "ctrl+u")
        await type_in(pilot, "50 100")
        await press(pilot, "enter")
        assert "Fast: 50 100" in told(app)
        await press(pilot, "T", "ctrl+u")
        await type_in(pilot, "New account executive")
        await press(pilot, "enter")
        assert "called New account executive already" in text_of(app)
        await asked(pilot, "X", "y")
        assert "Dropped: Fast" in told(app)
        assert "1 ramp" in lines_of(app)[2]


async def test_closed_months_are_told_and_opened_with_a_reason(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        await press(pilot, ":", *"close", "enter")
        await asked(pilot, "enter", "y")
        assert "Closed: the months up to 2025-10-31" in told(app)
        await to_row(app, pilot, "vacant")
        await asked(pilot, "o", "Nora Quill", "2025-10-15", "")
        assert "months up to 2025-10-31 are closed" in told(app)
        await press(pilot, "u")
        assert "Undone" not in told(app)
        await press(pilot, ":", *"reopen 2025-10", "enter", "enter")
        assert "needs a reason" in told(app)
        await type_in(pilot, "late credit")
        await press(pilot, "enter")
        assert "Open again: what is from 2025-10-01 on" in told(app)
        await asked(pilot, "o", "Nora Quill", "2025-10-20", "")
        assert "sits in Account Executive from 2025-10-20 on" in told(app)


@pytest.mark.parametrize("answers", [("",), ("Nora", "soon"), ("Nora", "-"), ("Nora", "", "fast"), ("n" * 121,)])
async def test_what_cannot_be_understood_is_asked_again(demo_path: Path, answers: tuple[str, ...]) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "vacant")
        await asked(pilot, "o", *answers)
        assert team.asking
        assert "Expected" in told(app)


async def test_a_title_that_cannot_be_kept_is_asked_again_before_the_rest(demo_path: Path) -> None:
    async with at_desk(demo_path) as (app, pilot):
        team = await to_row(app, pilot, "vacant")
        await asked(pilot, "a", "t" * 121)
        assert team.asking
        assert "is too long. Expected 120 characters at most" in " ".join(told(app).split())
