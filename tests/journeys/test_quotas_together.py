"""Two managers plan in one database at once: each sees what the other saves, without a key, and loses nothing typed."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from textual.pilot import Pilot

from salestui.metrics.closing import close_months
from salestui.metrics.work import work
from salestui.model.values.amount import Amount
from salestui.model.values.calendar import FiscalCalendar
from salestui.planning.quotas.commands.step import set_step
from salestui.store.database import Database
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens import quota_editor, quota_watch, quotas
from salestui.tui.screens.modes import MODES
from salestui.tui.screens.quota_conflicts import QuotaConflicts
from salestui.tui.shell import Shell
from tests.journeys.test_quotas_planned import amount, go_to, screen_of
from tests.planning.conftest import draft, place, writer
from tests.support.companies import KIM
from tests.tui.driving import lines_of, press, settle, text_of

__all__ = ["draft", "place", "writer"]
DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for long."""
    monkeypatch.setattr(quota_watch, "WATCH_SECONDS", 0.05)


@asynccontextmanager
async def planning(place: Database, actor: str, folder: Path) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """Somebody's app at the quotas."""
    core = DatabaseCore(place, as_of=DAY, actor=actor)
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(folder / actor))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "g", "q")
        yield app, pilot


async def seen(pilot: Pilot[None], there: Callable[[], bool]) -> None:
    """Wait until something is there that nobody asked for."""
    for _ in range(200):
        await settle(pilot)
        if there():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(text_of(pilot.app))


async def test_what_another_saves_is_seen_without_a_key_and_told(place: Database, draft: int, tmp_path: Path) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        go_to(kim, "Ana", "Jan")
        await press(kims, *"777", "enter", "w")
        await seen(lees, lambda: amount(lee, "Ana", "Jan") == Amount(777))
        assert "kim: Set 1 quota of FY2026 v" in text_of(lee)
        assert "kim: Set" not in text_of(kim)
        await press(kims, "u")
        await seen(lees, lambda: amount(lee, "Ana", "Jan") == Amount("100.01"))


@pytest.mark.parametrize("large", [quota_editor.LARGE, 1], ids=["at once", "in a thread"])
async def test_what_is_typed_stays_and_is_marked_where_both_changed_it(
    place: Database, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(quotas, "LARGE", large)
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        go_to(lee, "Ana", "Jan")
        await press(lees, *"55", "enter")
        go_to(lee, "Di", "Feb")
        await press(lees, *"66", "enter")
        go_to(kim, "Ana", "Jan")
        await press(kims, *"777", "enter", "w")
        await seen(lees, lambda: "⇄" in text_of(lee))
        assert "You typed 1 of these too" in " ".join(text_of(lee).split())
        assert amount(lee, "Ana", "Jan") == Amount(55)
        assert amount(lee, "Di", "Feb") == Amount(66)
        assert lee.unsaved == 2
        go_to(lee, "Ana", "Jan")
        await press(lees, "left", "right")
        assert "mine 55 · theirs 777 · before 100.01" in lines_of(lee)[-2]
        await press(lees, "w")
        assert isinstance(lee.screen, QuotaConflicts)
        await press(lees, "t", "w")
        assert amount(lee, "Ana", "Jan") == Amount(777)
        await seen(kims, lambda: amount(kim, "Di", "Feb") == Amount(66))


async def test_a_figure_handed_in_as_it_stood_is_told_before_what_was_typed_goes_over_it(
    place: Database, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota_watch, "WATCH_SECONDS", 3600)
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        go_to(lee, "Ana", "Jan")
        await press(lees, *"120", "enter")
        go_to(kim, "Ana", "Jan")
        await press(kims, "H", "enter", *"as it stands", "enter")
        assert "handed in" in text_of(kim).casefold()
        await press(lees, "w")
        assert isinstance(lee.screen, QuotaConflicts)
        assert "handed in by kim" in text_of(lee)
        await press(lees, "w")
        assert "Saved: 1 quota" in text_of(lee)
        assert amount(lee, "Ana", "Jan") == Amount(120)
        await press(lees, *"130", "enter", "w")
        assert "Saved: 1 quota" in text_of(lee)
        assert not isinstance(lee.screen, QuotaConflicts)


async def test_of_two_who_raise_the_same_quotas_alike_the_second_is_told_that_it_is_already_so(
    place: Database, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota_watch, "WATCH_SECONDS", 3600)
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        for app, pilot in ((lee, lees), (kim, kims)):
            go_to(app, "Ana", "Jan")
            await press(pilot, *"+5%", "enter")
        go_to(lee, "Di", "Feb")
        await press(lees, *"66", "enter")
        await press(kims, "w")
        assert "Saved: 1 quota of FY2026 v2." in text_of(kim)
        await press(lees, "w")
        assert "Saved: 1 quota of FY2026 v2; 1 already so, set by kim." in text_of(lee)
        assert lee.unsaved == 0
        for app, pilot in ((lee, lees), (kim, kims)):
            await press(pilot, "f5")
            go_to(app, "Ana", "Feb")
            await press(pilot, *"+5%", "enter")
        await press(lees, "w")
        await press(kims, "w")
        assert "1 quota of FY2026 v2 already so, set by lee: nothing was left to save." in text_of(kim)


async def test_what_another_saves_just_as_it_is_typed_is_told_to_be_already_so(
    place: Database, draft: int, tmp_path: Path
) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        for app, pilot in ((lee, lees), (kim, kims)):
            go_to(app, "Ana", "Jan")
            await press(pilot, *"+5%", "enter")
        await press(kims, "w")
        await seen(lees, lambda: "You typed 1 of these alike: already so." in " ".join(text_of(lee).split()))
        assert lee.unsaved == 0


async def test_a_cell_that_is_being_typed_into_is_left_alone_until_it_is_done(
    place: Database, draft: int, tmp_path: Path
) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        go_to(lee, "Di", "Feb")
        await press(lees, *"66")
        go_to(kim, "Ana", "Jan")
        await press(kims, *"777", "enter", "w")
        await asyncio.sleep(0.4)
        await settle(lees)
        assert amount(lee, "Ana", "Jan") == Amount("100.01")
        await press(lees, "enter")
        await seen(lees, lambda: amount(lee, "Ana", "Jan") == Amount(777))
        assert amount(lee, "Di", "Feb") == Amount(66)


async def test_targets_and_figures_of_another_are_seen_too(place: Database, draft: int, tmp_path: Path) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees), planning(place, "kim", tmp_path) as (kim, kims):
        go_to(kim, "West", "FY2026")
        await press(kims, "T", *"5k", "enter")
        go_to(kim, "Ana", "Jan")
        await press(kims, "H", "enter", *"mine", "enter")
        await seen(lees, lambda: "↥" in text_of(lee))
        go_to(lee, "West", "FY2026")
        assert "of 5k" in lines_of(lee)[-2]


async def test_nothing_is_asked_for_while_another_page_is_in_front(place: Database, draft: int, tmp_path: Path) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees):
        assert screen_of(lee)._watch is not None
        quotas = screen_of(lee)
        await press(lees, "1")
        assert quotas._watch is None
        await press(lees, "g", "q")
        assert quotas._watch is not None
        await press(lees, "i")
        assert quotas._watch is None


async def test_a_plan_that_is_refused_on_its_way_into_force_says_how_far_it_came_and_what_is_left(
    place: Database, writer: Engine, draft: int, tmp_path: Path
) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees):
        go_to(lee, "Ana", "Jan")
        await press(lees, *"777", "enter", "w")
        with work(writer, KIM, "Close") as begun:
            close_months(begun, FiscalCalendar().parse("2026-01", DAY), DAY)
        await press(lees, ":", *"publish", "enter", "y", "enter")
        told = " ".join(text_of(lee).split())
        assert "FY2026 v2 is approved now, and no further: The months up to 2026-01-31 are closed" in told
        assert "Left: to publish it, with g v." in told
        assert "· ◐ approved" in lines_of(lee)[2]


async def test_a_plan_in_steps_is_spread_in_them_and_its_numbers_say_so(
    place: Database, writer: Engine, draft: int, tmp_path: Path
) -> None:
    async with planning(place, "lee", tmp_path) as (lee, lees):
        await press(lees, "i")
        assert "Spread in" not in text_of(lee)
    with work(writer, KIM, "Step") as begun:
        set_step(begun, draft, Amount(50), Amount(1))
    async with planning(place, "lee", tmp_path) as (lee, lees):
        go_to(lee, "East", "Q1")
        await press(lees, *"1000", "enter")
        model = screen_of(lee)._model
        assert model is not None
        pending = model.draft.pending
        assert sum(units or 0 for units in pending.values()) == Amount(1000).units
        assert all((units or 0) % Amount(50).units == 0 for units in pending.values())
        await press(lees, "i")
        assert re.search(r"Spread in +50", text_of(lee))
