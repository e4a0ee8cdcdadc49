"""Quotas shaped by keyboard alone at 80×24: filled, spread, computed by expressions, asked about below zero."""

from decimal import Decimal
from pathlib import Path

import pytest

from salestui.metrics.work import work
from salestui.model.values.amount import ZERO, Amount
from salestui.planning.quotas.commands.locks import lock
from salestui.planning.quotas.commands.targets import set_target
from salestui.planning.quotas.sheet import Leaf
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.work import Actor
from salestui.tui.screens.quotas import Quotas
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.editing import CellField
from salestui.tui.widgets.grid.widget import Grid
from tests.journeys.test_quotas_planned import PERSON, amount, go_to, planning, screen_of
from tests.tui.driving import lines_of, press, text_of, type_in

ALL = "Tarnwick Sales"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def steps(app: Shell) -> list[str]:
    """What the draft says it is made of."""
    assert isinstance(app.screen, Quotas)
    assert app.screen._now is not None
    return [told.what for told in app.screen._now.draft.story if told.done]


async def test_a_row_is_filled_to_the_right_past_the_quarters(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"50k", "enter", "up", "v", "end", "R")
        assert [amount(app, PERSON, month) for month in MONTHS] == [Amount(50_000)] * 12
        assert amount(app, PERSON, "Q3") == Amount(150_000)
        assert steps(app)[-1] == f"{PERSON} Jan filled right"
        assert "12 of 16 cells  Σ 600,000" in text_of(app)


async def test_a_column_is_filled_down_past_the_teams(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        before = amount(app, ALL, "Feb")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"50k", "enter", "up", "v", "G", "D")
        assert amount(app, "Ignatius Bello", "Jan") == Amount(50_000)
        assert amount(app, ALL, "Feb") == before


async def test_a_sum_is_spread_evenly_and_by_last_year(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "a", *"evenly", "enter", "ctrl+u", *"1.2m", "enter")
        assert [amount(app, PERSON, month) for month in MONTHS] == [Amount(100_000)] * 12
        assert steps(app) == [f"{PERSON} FY2025: 1,200,000 spread evenly"]
        await press(pilot, "a", *"last", "enter", "enter")
        assert amount(app, PERSON, "FY2025") == Amount(1_200_000)
        assert amount(app, PERSON, "Jan") != Amount(100_000)
        assert isinstance(app.focused, Grid)
        await press(pilot, "u", "u")
        assert app.unsaved == 0


async def test_what_is_spread_may_be_computed_from_last_year(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, "East", "Q1")
        model = screen_of(app)._model
        assert model is not None
        booked = model.last_year.value(*model.places(app.screen.query_one(Grid).selected)[0])
        await press(pilot, "a")
        await type_in(pilot, "last year")
        await press(pilot, "enter", "ctrl+u", *"=ly*1.12", "enter")
        assert booked is not None
        assert amount(app, "East", "Q1") == booked.scaled(Decimal("1.12"), step=Amount(1))


async def test_capacity_gives_nothing_to_a_seat_that_nobody_holds(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, "Central", "Dec")
        await press(pilot, "a")
        await type_in(pilot, "capacity")
        await press(pilot, "enter", "ctrl+u", *"900k", "enter")
        assert amount(app, "Central", "Dec") == Amount(900_000)
        model = screen_of(app)._model
        assert model is not None
        vacant = next(node.label for node in model.sheet.nodes if node.vacant)
        assert amount(app, vacant, "Dec") is None
        assert "vacant seat got nothing" in text_of(app)


async def test_what_cannot_be_spread_says_why_and_changes_nothing(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "a")
        assert "Only a draft can be changed" in text_of(app)
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, "a")
        assert "There is only one quota here" in text_of(app)
        go_to(app, PERSON, "Q1")
        await press(pilot, "a", "enter", "ctrl+u", "enter")
        assert "There is no amount to spread" in text_of(app)
        await press(pilot, *"12x", "enter")
        assert "“12x” is no amount" in text_of(app)
        await press(pilot, "escape")
        assert app.unsaved == 0


async def test_below_zero_is_asked_and_nothing_typed_is_lost(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"(5k)", "enter")
        assert f"Below zero: {PERSON} Jan. Is that meant? y/n" in text_of(app)
        await press(pilot, "n", "enter")
        assert isinstance(app.focused, CellField)
        assert (app.focused.value, amount(app, PERSON, "Jan")) == ("(5k)", before)
        await press(pilot, "enter", "y", "enter")
        assert amount(app, PERSON, "Jan") == Amount(-5000)
        assert isinstance(app.focused, Grid)
        await press(pilot, "up", *"-10k", "enter", "y", "enter")
        assert amount(app, PERSON, "Jan") == Amount(-15_000)


async def test_an_expression_is_computed_once_and_its_names_are_hinted(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"100k", "enter", "up", "right", *"=le")
        assert "= ly left above target submitted before avg(row)" in lines_of(app)[-1]
        await press(pilot, *"ft*1.02", "enter")
        assert amount(app, PERSON, "Feb") == Amount(102_000)
        await press(pilot, "up", "right", *"=(left", "enter")
        assert amount(app, PERSON, "Mar") != ZERO
        assert isinstance(app.focused, CellField)
        shown = text_of(app)
        assert "=(left" in shown
        await press(pilot, "escape", *"=lyy", "enter")
        assert "lyy" in lines_of(app)[-1] + lines_of(app)[-2]
        await press(pilot, "escape")
        assert len(steps(app)) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1\n" * 500, "What you paste has 500 rows"),
        ("\t".join("1" * 40), "columns"),
        ("1\ttwo", "“two” is no amount"),
        ("9223372036854775807", "more than can be kept"),
    ],
)
async def test_what_cannot_be_pasted_changes_nothing(demo_path: Path, text: str, told: str) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await type_in(pilot, text)
        assert told in " ".join(text_of(app).split())
        assert app.unsaved == 0


async def test_what_was_copied_is_pasted_over_a_range(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "p")
        assert "Nothing was copied here yet" in text_of(app)
        go_to(app, PERSON, "Jan")
        await press(pilot, *"77k", "enter", "up", "y", "right", "v", "right", "down", "p")
        assert [amount(app, PERSON, month) for month in ("Feb", "Mar")] == [Amount(77_000)] * 2
        assert amount(app, "Ignatius Bello", "Mar") == Amount(77_000)


async def test_several_ranges_are_scaled_at_once(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"100k", "tab", *"100k", "tab", *"100k", "enter")
        go_to(app, PERSON, "Jan")
        await press(pilot, ",", "right", "right", *"+5%", "enter")
        assert [amount(app, PERSON, month) for month in ("Jan", "Feb", "Mar")] == [
            Amount(105_000),
            Amount(100_000),
            Amount(105_000),
        ]


def leaf_amounts(app: Shell, person: str) -> list[Amount | None]:
    """What the months of somebody show."""
    return [amount(app, person, month) for month in MONTHS]


async def test_a_lock_holds_is_seen_and_is_undone(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        known = sum(found is not None for found in leaf_amounts(app, PERSON))
        await press(pilot, "L", "enter")
        assert "A lock has a reason" in text_of(app)
        await press(pilot, *"agreed with Ana", "enter")
        assert "Locked: 1 quota of FY2025 v2" in text_of(app)
        assert "⚿" in text_of(app)
        await press(pilot, "escape")
        assert f"{PERSON} Jan" in text_of(app)
        assert "locked by Kim" in text_of(app)
        await press(pilot, *"5k", "enter")
        assert "is locked by Kim since" in " ".join(text_of(app).split())
        await press(pilot, "escape")
        go_to(app, PERSON, "FY2025")
        await press(pilot, *"*2", "enter")
        assert amount(app, PERSON, "Jan") == before
        assert app.unsaved == known - 1
        go_to(app, PERSON, "Jan")
        await press(pilot, "u", "u")
        assert "⚿" not in text_of(app)
        await press(pilot, "ctrl+r")
        assert "⚿" in text_of(app)
        await press(pilot, "L")
        assert "⚿" not in text_of(app)


async def test_a_year_that_is_locked_whole_shows_it_in_its_sum(demo_path: Path) -> None:
    def sum_is_marked(app: Shell) -> bool:
        return any("⚿│" in line for line in lines_of(app) if PERSON[:10] in line)

    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "L", *"agreed", "enter")
        assert sum_is_marked(app)
        go_to(app, PERSON, "Jan")
        await press(pilot, "L")
        assert not sum_is_marked(app)


async def test_a_lock_that_came_between_is_named_and_seen(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"123", "enter", "up")
        now, model = screen_of(app)._now, screen_of(app)._model
        assert now is not None
        assert model is not None
        (leaf,) = (Leaf.of(key) for key in now.draft.pending)
        writer = engine(Database("sqlite", str(demo_path)), write=True)
        with work(writer, Actor("Lee"), "Lock") as begun:
            lock(begun, now.plan.id, [leaf], "agreed")
        writer.dispose()
        await press(pilot, "w")
        assert f"{PERSON} Jan: 1 quota is locked, by Lee: agreed." in text_of(app)
        assert app.unsaved == 1
        assert leaf in model.sheet.holds


async def test_a_lock_that_is_left_saves_nothing_and_nothing_but_locks_is_not_spread_over(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"5k", "enter", "up", "L")
        assert "save 1 change, then lock 1 quota, because:" in text_of(app)
        await press(pilot, "escape")
        assert app.unsaved == 1
        await press(pilot, "w")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "L", *"final", "enter", *"90m", "enter")
        shown = " ".join(text_of(app).split())
        assert f"What is locked here ({PERSON} Jan and 11 more) comes to" in shown
        assert "less than the 90,000,000 wanted" in shown
        await press(pilot, "escape")
        assert app.unsaved == 0


async def test_a_goal_is_pending_until_it_is_undone_or_saved_with_its_story(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before, whole = leaf_amounts(app, PERSON), amount(app, PERSON, "FY2025")
        assert whole is not None
        wanted = whole + Amount(50_000)
        known = sum(found is not None for found in before)
        await press(pilot, "V", "t")
        assert f"goal: {PERSON} FY2025, now" in text_of(app)
        await press(pilot, *f"{wanted}", "enter")
        assert "12 quotas may change" in text_of(app)
        await press(pilot, *"10", "enter")
        told = " ".join(text_of(app).split())
        assert f"{known} quotas change, the largest change" in told
        assert "of 10.0% allowed" in told
        assert "w saves, u drops it" in told
        assert amount(app, PERSON, "FY2025") == wanted
        assert app.unsaved == known
        await press(pilot, "escape")
        assert app.unsaved == known, "Esc never loses work"
        await press(pilot, "u")
        assert (leaf_amounts(app, PERSON), app.unsaved) == (before, 0)
        await press(pilot, "V", "t", *f"{wanted}", "enter", "enter", "w")
        assert app.unsaved == 0
        await press(pilot, "escape", "U")
        shown = text_of(app)
        assert f"Set {known} quotas of FY2025 v2" in shown
        assert f"{PERSON} FY2025 to" in shown
        assert "Kim" in shown


async def test_a_goal_out_of_reach_says_by_how_much_and_what_is_nearest(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "t", *"+50%", "enter", *"10%", "enter")
        shown = " ".join(text_of(app).split())
        assert "is out of reach" in shown
        assert "at most" in shown
        await press(pilot, "ctrl+u", *"ten", "enter")
        assert "“ten” is no share" in text_of(app)
        await press(pilot, "escape")
        assert app.unsaved == 0


async def test_the_steps_are_listed_and_gone_back_to(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"11", "enter", "up", *"22", "enter", "up", *"33", "enter", "U")
        shown = text_of(app)
        assert [line.split()[0] for line in lines_of(app) if "Jan to" in line] == ["unsaved"] * 3
        assert "Begin a new version of the quotas of FY" in shown
        await press(pilot, "down", "down", "enter")
        assert amount(app, PERSON, "Jan") == Amount(11)
        await press(pilot, "U")
        assert [line.split()[0] for line in lines_of(app) if "Jan to" in line] == ["undone", "undone", "unsaved"]
        await press(pilot, "enter")
        assert amount(app, PERSON, "Jan") == Amount(33)
        await press(pilot, ":", *"steps", "enter", "down", "down", "down", "enter")
        assert app.unsaved == 0
        await press(pilot, "U", "G", "enter")
        assert "This is saved" in text_of(app)


async def test_what_is_to_be_assigned_is_told_in_the_title_and_on_the_status_line(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        assert isinstance(app.screen, Quotas)
        now, model = app.screen._now, app.screen._model
        assert now is not None
        assert model is not None
        opened = engine(Database("sqlite", str(demo_path)), write=True)
        months = model.sheet.months
        with work(opened, Actor("Lee"), "target") as begun:
            set_target(begun, now.plan.id, None, months[0], months[-1], Amount(100_000_000), "the board")
        opened.dispose()
        await press(pilot, "f5")
        assigned = amount(app, ALL, "FY2025")
        assert assigned is not None
        left = Amount(100_000_000) - assigned
        assert lines_of(app)[2].endswith(f"to assign {left.decimal.normalize():,f}")
        go_to(app, PERSON, "FY2025")
        await press(pilot, "shift+down")
        assert "target 100,000,000" in lines_of(app)[-2]
        go_to(app, ALL, "FY2025")
        assert "to assign" in lines_of(app)[-2]
