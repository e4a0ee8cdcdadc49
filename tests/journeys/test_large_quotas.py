"""A plan of many seats: its sums are there at once, its quotas come while keys work, and much is worked out apart."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from salestui.model.values.amount import Amount
from salestui.planning.quotas.rules.entry import entry
from salestui.store.database import Database
from salestui.store.schema import open_current, upgrade
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens import quota_drafts, quota_editor
from salestui.tui.screens.modes import MODES
from salestui.tui.screens.quotas import Quotas
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.support.big_company import build_big
from tests.tui.driving import lines_of, press, settle, text_of, type_in

PEOPLE = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A company of hundreds."""
    place = Database("sqlite", str(tmp_path / "big.db"))
    upgrade(place)
    writer = open_current(place, write=True)
    build_big(writer, PEOPLE, 2)
    writer.dispose()
    return tmp_path / "big.db"


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """The app on it."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=date(2026, 3, 1), actor="Kim")
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        yield app, pilot


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for it, ten seconds at most."""
    for _ in range(1000):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not come about")


def year_of(app: Shell) -> Amount | None:
    """What the first row's year shows."""
    assert isinstance(app.screen, Quotas)
    model = app.screen._model
    assert model is not None
    return model.sheet.value(0, 0)


def assigned_of(app: Shell) -> Amount | None:
    """What the first row's year is told to be beside its target."""
    assert isinstance(app.screen, Quotas)
    model = app.screen._model
    assert model is not None
    return model.levels.at(0, 0).assigned


async def test_sums_stand_at_once_and_what_is_typed_before_the_quotas_are_there_is_taken_then(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = Event()
    read = DatabaseCore.quotas

    def slowly(core: DatabaseCore, *view: Any) -> Any:
        come.wait(30)
        return read(core, *view)

    monkeypatch.setattr(DatabaseCore, "quotas", slowly)
    async with opened(path) as (app, pilot):
        await pilot.press("g", "q")
        await until(pilot, lambda: "reading the quotas" in text_of(app))
        shown = lines_of(app)
        assert "Planning › Quotas  FY2026 v1 bookings" in shown[2]
        assert any("▸ Team" in line for line in shown)
        grid = app.screen.query_one(Grid)
        await pilot.press("down", "right", *"7k", "enter", "up", *"12x", "enter", "up")
        await pilot.pause()
        assert "what you typed is taken then" in text_of(app)
        at = grid.cursor
        await pilot.press(*"99")
        come.set()
        await settle(pilot)
        await until(pilot, lambda: "reading the quotas" not in text_of(app))
        assert grid.cursor == at
        assert app.focused is not grid
        assert "“12x” was not taken" in text_of(app)
        await pilot.press("escape")
        assert app.unsaved == 24
        assert "Person 1, own" in shown[5]
        assert "Person 1, own" in lines_of(app)[5]


async def test_a_whole_company_s_year_is_worked_out_apart_undone_and_done_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota_editor, "LARGE", 5000)
    monkeypatch.setattr(quota_drafts, "LARGE", 5000)
    async with opened(path) as (app, pilot):
        await press(pilot, "g", "q")
        before = year_of(app)
        assert before is not None
        await press(pilot, "right", *"*2", "enter")
        await until(pilot, lambda: year_of(app) == before + before)
        assert assigned_of(app) == before + before
        assert app.unsaved == PEOPLE * 2 * 12
        await press(pilot, "u")
        await until(pilot, lambda: year_of(app) == before)
        assert assigned_of(app) == before
        assert app.unsaved == 0
        await press(pilot, "ctrl+r")
        await until(pilot, lambda: year_of(app) == before + before)
        await press(pilot, "w")
        assert (app.unsaved, year_of(app)) == (0, before + before)
        await press(pilot, "up", *"-1", "0", "0", "0", "m", "enter")
        await until(pilot, lambda: "only quotas" in text_of(app) or "Below zero" in text_of(app))
        assert year_of(app) == before + before


async def test_while_something_is_worked_out_nothing_else_is_taken_and_it_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota_editor, "LARGE", 5000)
    going = Event()

    def slowly(*about: Any, **more: Any) -> Any:
        going.wait(30)
        return entry(*about, **more)

    async with opened(path) as (app, pilot):
        await press(pilot, "g", "q")
        before = year_of(app)
        assert before is not None
        monkeypatch.setattr("salestui.tui.screens.quota_editor.entry", slowly)
        await pilot.press("right", *"*2", "enter")
        await pilot.pause()
        assert "working out Team 1 FY2026 to *2 …" in text_of(app)
        await pilot.press(*"5k", "enter")
        await pilot.pause()
        assert "Still working out: Team 1 FY2026 to *2" in " ".join(text_of(app).split())
        await pilot.press("escape", "w", "u")
        going.set()
        await settle(pilot)
        await until(pilot, lambda: year_of(app) == before + before)
        assert "working out" not in text_of(app)


async def test_a_goal_of_the_whole_company_is_sought_apart_and_undone_or_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = worked_apart(monkeypatch, 5000)
    async with opened(path) as (app, pilot):
        await press(pilot, "g", "q")
        before = year_of(app)
        assert before is not None
        await press(pilot, "right", "t", *"+5%", "enter", *"1%", "enter")
        await until(pilot, lambda: "is out of reach" in " ".join(text_of(app).split()))
        assert (year_of(app), app.unsaved) == (before, 0)
        await press(pilot, "t", *f"{before + Amount(1_000_000)}", "enter", *"50%", "enter")
        await until(pilot, lambda: "w saves, u drops it" in " ".join(text_of(app).split()))
        assert "quotas change, the largest change" in " ".join(text_of(app).split())
        assert year_of(app) == assigned_of(app) == before + Amount(1_000_000)
        await press(pilot, "u")
        await until(pilot, lambda: year_of(app) == before)
        assert app.unsaved == 0
        await press(pilot, "t", *f"{before}", "enter", "enter")
        await until(pilot, lambda: "Nothing has to change for that." in text_of(app))
        assert app.unsaved == 0
    assert [what.split(", none")[0] for what in apart] == [
        "Team 1 FY2026 to 14,569,065",
        "Team 1 FY2026 to 14,875,300",
        "Team 1 FY2026 to 13,875,300",
    ]


async def test_a_large_table_is_pasted_apart_and_a_step_far_back_is_gone_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = worked_apart(monkeypatch, 300)
    async with opened(path) as (app, pilot):
        await press(pilot, "g", "q")
        before = year_of(app)
        assert before is not None
        await press(pilot, "right", "right", "down")
        table = "\n".join("\t".join(["7"] * 3) for _ in range(5))
        await type_in(pilot, table)
        await until(pilot, lambda: app.unsaved > 0)
        pasted, unsaved = year_of(app), app.unsaved
        assert pasted != before
        assert assigned_of(app) == pasted
        await type_in(pilot, table.replace("7", "x"))
        await until(pilot, lambda: "“x”" in text_of(app))
        assert (year_of(app), app.unsaved) == (pasted, unsaved)
        await press(pilot, "home", "up", "right", *"*2", "enter")
        await until(pilot, lambda: year_of(app) != pasted)
        await press(pilot, "U", "end", "enter")
        await until(pilot, lambda: isinstance(app.screen, Quotas) and year_of(app) == before)
        assert (assigned_of(app), app.unsaved) == (before, 0)
        await press(pilot, "U", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, Quotas) and year_of(app) == pasted)
        assert app.unsaved == unsaved
    assert apart[0].endswith("a table pasted")


def worked_apart(monkeypatch: pytest.MonkeyPatch, large: int) -> list[str]:
    """Let so much be large; the list will tell what was worked out in a thread."""
    for module in (quota_editor, quota_drafts):
        monkeypatch.setattr(module, "LARGE", large)
    monkeypatch.setattr(quota_editor, "_LARGE_TABLE", 15)
    apart: list[str] = []
    work_out = Quotas._work_out

    def noted(self: Quotas, what: str, work: quota_editor.Worked) -> None:
        apart.append(what)
        work_out(self, what, work)

    monkeypatch.setattr(Quotas, "_work_out", noted)
    return apart
