"""Targets, figures from below and a number's own page, by keyboard alone at 80×24."""

from pathlib import Path

import pytest

from salestui.model.values.amount import Amount
from salestui.tui.screens.quota_cell import QuotaCell
from salestui.tui.screens.quota_levels import OVER, SHORT
from salestui.tui.screens.quota_submissions import QuotaSubmissions
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning, screen_of
from tests.tui.driving import lines_of, press, text_of

ALL, TEAM = "Tarnwick Sales", "East"


def status(app: Shell) -> str:
    """The line below the table."""
    return lines_of(app)[-2]


def line_about(app: Shell, name: str) -> str:
    """The line of the table about a seat or a team."""
    return next(line for line in lines_of(app) if name in line)


async def test_a_target_is_set_read_off_the_row_changed_undone_and_taken_away(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, TEAM, "FY2025")
        whole = amount(app, TEAM, "FY2025")
        assert whole is not None
        await press(pilot, "T", *"10m", "enter")
        assert f"Target of {TEAM} FY2025: 10,000,000" in text_of(app)
        assert SHORT in line_about(app, "▾ East")
        await press(pilot, "left", "right")
        assert "of 10M (−" in status(app)
        await press(pilot, "T", "ctrl+u", *"+10%", "enter")
        assert "11,000,000" in text_of(app)
        await press(pilot, "T", "ctrl+u", *"1m", "enter")
        assert OVER in line_about(app, "▾ East")
        await press(pilot, "u", "u")
        assert "of 10M" in status(app)
        await press(pilot, "T", "ctrl+u", "enter")
        assert "no target of its own any more" in text_of(app)
        assert SHORT not in line_about(app, "▾ East")
        assert amount(app, TEAM, "FY2025") == whole


async def test_a_target_is_an_expression_of_last_year_and_of_a_quarter_or_a_month(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        model = screen_of(app)._model
        assert model is not None
        row = next(number for number, node in enumerate(model.sheet.nodes) if node.label == TEAM)
        booked = model.last_year.value(row, 4)
        assert booked is not None
        go_to(app, TEAM, "Q1")
        await press(pilot, "T", *"=ly*2", "enter")
        model = screen_of(app)._model
        assert model is not None
        assert model.target(row, 4) == booked.scaled(2, Amount(1))
        assert model.target(row, 0) is None
        go_to(app, TEAM, "Jan")
        await press(pilot, "T", *"=target", "enter")
        assert "there is no target here" in " ".join(text_of(app).split())
        await press(pilot, "ctrl+u", "-", *"5", "enter")
        await press(pilot, "escape")


async def test_a_target_below_zero_or_of_a_seat_is_refused_with_what_to_do(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        go_to(app, TEAM, "FY2025")
        await press(pilot, "T")
        assert "Only a draft can be changed" in text_of(app)
        await press(pilot, "B")
        go_to(app, TEAM, "FY2025")
        await press(pilot, "T", *"=0-5", "enter")
        assert "A target is not below zero" in text_of(app)
        await press(pilot, "escape")
        go_to(app, PERSON, "Jan")
        await press(pilot, "T")
        assert "Go to a team's row" in " ".join(text_of(app).split())
        await press(pilot, "W")
        assert f"Nothing is handed in for {PERSON} Jan" in " ".join(text_of(app).split())
        go_to(app, TEAM, "Jan")
        await press(pilot, "H")
        assert "Figures are handed in for a seat" in text_of(app)


async def test_the_year_s_target_stands_beside_the_year_and_is_put_away_again(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, ALL, "FY2025")
        await press(pilot, "T", *"40m", "enter")
        assert "To assign" not in text_of(app)
        await press(pilot, "c")
        head, row = line_about(app, "Seat  "), line_about(app, "▾ Tarnwick Sales")
        assert head.split()[:5] == ["Seat", "FY2025", "│", "Target", "To"]
        assert "40,000k" in row
        assert "####" not in text_of(app)
        await press(pilot, "right", *"5")
        assert app.screen.query_one(Grid).is_typing is False
        assert "Tarnwick Sales FY2025: 5" in lines_of(app)[-1]
        await press(pilot, "escape", "c")
        assert "To assign" not in text_of(app)


async def test_figures_are_handed_in_hold_while_the_rest_is_spread_and_are_withdrawn(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "H", "down", "enter", "ctrl+u", *"1.2m", "enter", *"what I can do", "enter")
        assert f"Handed in for {PERSON} FY2025: 1,200,000" in text_of(app)
        assert amount(app, PERSON, "FY2025") == Amount(1_200_000)
        assert "↥" in line_about(app, PERSON)
        await press(pilot, "left", "right")
        assert "↥ 1.20M gap 0" in status(app)
        january = amount(app, PERSON, "Jan")
        go_to(app, TEAM, "FY2025")
        assert "gap" in status(app)
        await press(pilot, *"9m", "enter")
        assert amount(app, TEAM, "FY2025") == Amount(9_000_000)
        assert amount(app, PERSON, "FY2025") == Amount(1_200_000)
        await press(pilot, "u")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"50k", "enter", "up")
        assert "handed in by Kim" in status(app) or "gap" in status(app)
        await press(pilot, "u", "W")
        assert "The quotas stay" in text_of(app)
        assert amount(app, PERSON, "Jan") == january
        await press(pilot, "u")
        assert "↥" in line_about(app, PERSON)


async def test_what_is_typed_is_handed_in_as_it_stands_and_is_saved_with_it(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"99k", "enter")
        assert app.unsaved == 1
        go_to(app, PERSON, "FY2025")
        whole = amount(app, PERSON, "FY2025")
        await press(pilot, "H", "enter", "enter")
        assert app.unsaved == 0
        assert amount(app, PERSON, "FY2025") == whole
        await press(pilot, "u")
        assert amount(app, PERSON, "Jan") != Amount(99_000)


async def test_a_figure_of_one_month_is_asked_for_at_once(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, "H", "ctrl+u", *"ten", "enter")
        assert "“ten” is no amount" in text_of(app)
        await press(pilot, "ctrl+u", *"70k", "enter", "enter")
        assert amount(app, PERSON, "Jan") == Amount(70_000)
        await press(pilot, "b")
        assert isinstance(app.screen, QuotaSubmissions)


async def test_the_submissions_say_who_has_handed_in_and_who_has_not(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "H", "enter", *"sure", "enter", "b")
        assert isinstance(app.screen, QuotaSubmissions)
        assert "1 of " in lines_of(app)[2]
        assert "seats in · ↥ 1.13M" in lines_of(app)[2]
        assert "all" in line_about(app, PERSON)
        assert "not yet" in text_of(app)
        assert "vacant" in text_of(app)
        app.screen.query_one(Grid).move_to(next(row.key for row in app.screen._model._rows if row.label == PERSON))
        await press(pilot, "enter")
        assert isinstance(app.screen, QuotaCell)
        await press(pilot, "escape", "escape")
        assert screen_of(app).is_draft


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_number_s_page_tells_all_about_it(demo_path: Path, size: tuple[int, int]) -> None:
    async with planning(demo_path, size) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"70k", "enter", "w")
        go_to(app, PERSON, "Jan")
        await press(pilot, "H", "enter", *"what I can do", "enter")
        await press(pilot, "L", *"agreed", "enter", "i")
        shown = text_of(app)
        assert isinstance(app.screen, QuotaCell)
        for words in (f"{PERSON} Jan", "70,000", "what I can do", "⚿", "agreed", "76,000", "v2", "Anselm Okonjo"):
            assert words in shown, words
        await press(pilot, "escape")
        go_to(app, PERSON, "Jul")
        assert "effective 41,500 of 83,000: ramp 50%" in " ".join(lines_of(app)[-2].split())
        await press(pilot, "i")
        assert "ramp 50%" in text_of(app)
        await press(pilot, "escape")
        go_to(app, TEAM, "FY2025")
        await press(pilot, "i")
        shown = text_of(app)
        for words in ("Own row", "Aoife O'Dwyer, own", "Seats", "1 vacant", "Last year"):
            assert words in shown, words


async def test_the_page_of_a_vacant_seat_says_so(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        model = screen_of(app)._model
        assert model is not None
        vacant = next(node.label for node in model.sheet.nodes if node.vacant)
        go_to(app, vacant, "Dec")
        await press(pilot, "i")
        assert "nobody: vacant" in text_of(app)
