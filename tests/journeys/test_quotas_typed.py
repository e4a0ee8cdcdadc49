"""What is typed at a number of the quota sheet that takes none: never a command, and answered with what to do."""

from pathlib import Path

import pytest

from salestui.model.values.amount import Amount
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.journeys.test_quotas_beside import TEAM
from tests.journeys.test_quotas_planned import PERSON, column_key, go_to, planning, screen_of
from tests.tui.driving import press, text_of


async def test_an_entry_typed_into_a_published_version_is_refused_whole(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        go_to(app, PERSON, "Jan")
        at = app.screen.query_one(Grid).cursor
        for entry in ("450k", "3", "=ly*1.1", "-20,000", "(500)"):
            await press(pilot, *entry)
            assert app.current_mode == "quotas", entry
            assert "FY2025 v1 is published: B begins a new version to change" in " ".join(text_of(app).split())
            await press(pilot, "enter")
            assert app.screen.query_one(Grid).cursor == at, entry
        await press(pilot, "k", "4")
        assert app.screen.query_one(Grid).cursor != at
        assert app.current_mode == "quotas"
        await press(pilot, "escape", "home", "4")
        assert app.current_mode != "quotas"


@pytest.mark.parametrize("keys", [tuple("12m"), ("enter", *"12m"), ("f2", "end", *"12m")])
async def test_a_target_is_typed_in_its_column(demo_path: Path, keys: tuple[str, ...]) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "c")
        assert app.screen.query_one(Grid).move_to(_row(app, TEAM), column_key(app, "Target"))
        await press(pilot, *keys, "enter")
        assert app.current_mode == "quotas"
        model = screen_of(app)._model
        assert model is not None
        row = next(number for number, node in enumerate(model.sheet.nodes) if node.label == TEAM)
        assert model.target(row, 0) == Amount(12_000_000)


async def test_what_is_typed_beside_a_seat_or_at_what_follows_says_why_not(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "c")
        for name, column, told in (
            (PERSON, "Target", "A target stands beside a team's sum"),
            (TEAM, "To assign", "follows from the target and the quotas"),
        ):
            assert app.screen.query_one(Grid).move_to(_row(app, name), column_key(app, column))
            at = app.screen.query_one(Grid).cursor
            await press(pilot, *"200k")
            assert told in " ".join(text_of(app).split())
            await press(pilot, "enter")
            assert app.screen.query_one(Grid).cursor == at
            assert app.unsaved == 0


def _row(app: Shell, label: str) -> str:
    model = screen_of(app)._model
    assert model is not None
    return next(node.key for node in model.sheet.nodes if node.label == label)


async def test_a_formula_is_seen_where_its_number_is_looked_into(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, TEAM, "Q2")
        await press(pilot, *"=left*1.01", "enter")
        go_to(app, PERSON, "Feb")
        await press(pilot, *"=left*1.02", "enter", "U")
        assert f"=left*1.02 in {PERSON} Feb" in text_of(app)
        await press(pilot, "escape", "w")
        go_to(app, PERSON, "Feb")
        await press(pilot, "i", "tab")
        assert "=left*1.02" in text_of(app)


async def test_a_filter_is_seen_above_the_rows_that_it_left(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "f", *"bello", "enter")
        assert "Seat: “bello”" in text_of(app)
        await press(pilot, "escape")
        assert "“bello”" not in text_of(app)
