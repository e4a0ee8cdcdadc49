"""A version that somebody throws away under another's typing: both are told what becomes of it, by keyboard alone."""

from pathlib import Path

from salestui.metrics.work import undo_last, work
from salestui.planning.quotas.commands.versions import discard_version
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.work import Actor
from tests.journeys.test_quotas_planned import PERSON, go_to, opened, planning, screen_of
from tests.tui.desk import at_desk
from tests.tui.driving import lines_of, press, settle, text_of

LEE = Actor("Lee")


async def test_what_is_typed_into_a_version_that_was_thrown_away_is_told_of_everywhere(demo_path: Path) -> None:
    writer = engine(Database("sqlite", str(demo_path)), write=True)
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"123", "enter")
        plan = screen_of(app)._now
        assert plan is not None
        with work(writer, LEE, "Discard") as begun:
            discard_version(begun, plan.plan.id)
        await press(pilot, "f5")
        told = "Typed into FY2025 v2, thrown away since: 1 change. B begins a version and takes them along."
        assert told in " ".join(text_of(app).split())
        assert "✓ published · 1 unsaved in FY2025 v2" in lines_of(app)[2]
        await press(pilot, "w")
        assert told in " ".join(text_of(app).split())
        await press(pilot, "q")
        assert "1 change is unsaved, and lost unless FY2025 v2 is brought back. Leave? y/n" in " ".join(
            text_of(app).split()
        )
        await press(pilot, "y", "enter")
    undo_last(writer, LEE)
    async with planning(demo_path) as (app, pilot):
        assert app.unsaved == 1
        with work(writer, LEE, "Discard") as begun:
            discard_version(begun, plan.plan.id)
        await press(pilot, "f5", ":", *"discard", "enter", "y", "enter")
        assert app.unsaved == 0
    writer.dispose()


async def test_throwing_a_version_away_tells_whose_it_is(demo_path: Path) -> None:
    async with at_desk(demo_path, actor="Lee") as (lee, lees):
        await press(lees, "g", "q", "B")
        await press(lees, "g", "v")
        async with opened(demo_path) as (app, pilot):
            await press(pilot, "g", "v", "X")
            assert "Throw FY2025 v2 away, begun by Lee, nothing saved in it? y/n" in lines_of(app)[-1]
            await press(pilot, "escape", "g", "q")
            go_to(app, PERSON, "Jan")
            await press(pilot, *"123", "enter", "w")
        await press(lees, "X")
        await settle(lees)
        assert "Throw FY2025 v2 away, begun by Lee, with 1 change saved by Kim? y/n" in lines_of(lee)[-1]


async def test_all_steps_at_once_are_named_and_ask_why(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", ":", *"publish", "enter")
        assert "Submit, approve and publish FY2025 v2; undo ends there. Why:" in lines_of(app)[-1]
        await press(pilot, "enter")
        assert "All steps at once need a why" in text_of(app)
        await press(pilot, *"agreed", "enter")
        assert "✓ published" in text_of(app)
        await press(pilot, "g", "v")
        story = [line for line in lines_of(app) if "agreed" in line]
        assert [step in line for step, line in zip(("published", "approved", "submitted"), story, strict=True)] == [
            True
        ] * 3
