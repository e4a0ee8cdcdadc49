"""A deal put right, by keyboard alone at 80×24 and 120×40: found by name, its date and amount changed, the pipeline
looked at, and all of it taken back."""

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from salestui.metrics.checking import check
from salestui.model.values.amount import Amount
from salestui.store.database import Database
from salestui.store.quick import open_reader
from salestui.tui.screens.deal import DealPage
from salestui.tui.screens.pipeline import Pipeline
from salestui.tui.shell import Shell
from tests.tui.desk import answer, at_desk
from tests.tui.driving import lines_of, press, text_of, type_in

WORTH = re.compile(r"([\d,]+) deals ([\d,.]+), weighted ([\d,.]+)")


def some_deal(path: Path) -> tuple[str, Amount]:
    """The name and amount of an open deal that is called as no other is."""
    sql = (
        "SELECT o.name, o.amount FROM opportunity o JOIN stage s ON s.id = o.stage_id"
        " WHERE o.outcome = 'open' AND s.category <> 'omitted' AND o.amount IS NOT NULL"
        " AND (SELECT COUNT(*) FROM opportunity b WHERE b.name = o.name) = 1 ORDER BY o.id"
    )
    with open_reader(Database("sqlite", str(path))) as reader:
        row = reader.one(sql)
    assert row is not None
    return str(row[0]), Amount.from_units(int(row[1]))


def worth_of(app: Shell) -> tuple[int, Amount, Amount]:
    """The number of deals, their total and their weighted total, as the pipeline's line tells."""
    assert isinstance(app.screen, Pipeline)
    found = WORTH.search(lines_of(app)[3])
    assert found is not None
    return int(found[1].replace(",", "")), Amount.parse(found[2]), Amount.parse(found[3])


async def pipeline(app: Shell, pilot: Pilot[None]) -> tuple[int, Amount, Amount]:
    """Go to the pipeline and read its line."""
    await press(pilot, "g", "p")
    return worth_of(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_deal_is_found_changed_seen_in_the_pipeline_and_taken_back(
    demo_path: Path, size: tuple[int, int]
) -> None:
    name, amount = some_deal(demo_path)
    async with at_desk(demo_path, size) as (app, pilot):
        before = await pipeline(app, pilot)
        await press(pilot, "ctrl+p")
        await type_in(pilot, name)
        await press(pilot, "enter")
        assert isinstance(app.screen, DealPage)
        assert lines_of(app)[2] == f" {name}"
        await answer(pilot, "c", "2026-02-28")
        assert "2026-02-28" in text_of(app)
        await answer(pilot, "a", "+10k")
        assert "The amount is saved." in lines_of(app)[-1]
        await press(pilot, "escape")
        deals, total, weighted = worth_of(app)
        assert (deals, total) == (before[0], before[1] + Amount(10_000))
        assert before[2] < weighted < before[2] + Amount(10_000)
        await press(pilot, "u")
        assert worth_of(app) == before
        await press(pilot, "u", "ctrl+p")
        await type_in(pilot, name)
        await press(pilot, "enter")
        assert "≠" not in text_of(app)
        assert "2026-02-28" not in text_of(app)
    assert check(Database("sqlite", str(demo_path))).sound
    assert some_deal(demo_path) == (name, amount)


async def test_what_was_changed_outlives_the_session_and_can_still_be_undone(demo_path: Path) -> None:
    name, _ = some_deal(demo_path)
    async with at_desk(demo_path) as (app, pilot):
        before = await pipeline(app, pilot)
        await answer(pilot, ":", f"open {name}")
        await answer(pilot, "a", "+10k")
    async with at_desk(demo_path) as (app, pilot):
        changed = await pipeline(app, pilot)
        assert changed[1] == before[1] + Amount(10_000)
        await press(pilot, "u")
        assert worth_of(app) == before


async def test_a_deal_that_is_won_is_booked_and_leaves_the_pipeline(demo_path: Path) -> None:
    name, amount = some_deal(demo_path)
    async with at_desk(demo_path) as (app, pilot):
        before = await pipeline(app, pilot)
        await answer(pilot, ":", f"open {name}")
        await answer(pilot, "t", "Closed Won")
        assert "and booked" in lines_of(app)[-1]
        await press(pilot, "escape")
        deals, total, _ = worth_of(app)
        assert (deals, total) == (before[0] - 1, before[1] - amount)
        await press(pilot, "u")
        assert worth_of(app) == before
    assert check(Database("sqlite", str(demo_path))).sound
