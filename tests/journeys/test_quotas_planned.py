"""Quotas planned by keyboard alone at 80×24: a version begun, typed into, undone, saved, contested and published."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from salestui.metrics.work import work
from salestui.model.values.amount import Amount
from salestui.planning.quotas.commands.amounts import Edit, SetQuotas, set_quotas
from salestui.planning.quotas.commands.versions import transitions_from
from salestui.planning.quotas.sheet import Leaf
from salestui.store.database import Database
from salestui.store.engines import engine
from salestui.store.work import Actor
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.ports import Left
from salestui.tui.screens.modes import MODES
from salestui.tui.screens.quota_conflicts import QuotaConflicts
from salestui.tui.screens.quotas import Quotas
from salestui.tui.shell import Shell
from salestui.tui.widgets.grid.widget import Grid
from tests.tui.driving import lines_of, press, settle, text_of, type_in

PERSON = "Honora Szabó"


@asynccontextmanager
async def planning(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """The app on the demo company, at its quotas."""
    async with opened(path, size) as (app, pilot):
        await press(pilot, "g", "q")
        yield app, pilot


@asynccontextmanager
async def opened(path: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """The app on the demo company."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=None, actor="Kim")
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def screen_of(app: Shell) -> Quotas:
    assert isinstance(app.screen, Quotas)
    return app.screen


def go_to(app: Shell, person: str, column: str) -> None:
    """Put the cursor on somebody's month."""
    model = screen_of(app)._model
    assert model is not None
    row = next(key for key in map(model.row_key, range(model.row_count)) if label_of(app, key) == person)
    assert app.screen.query_one(Grid).move_to(row, column_key(app, column))


def label_of(app: Shell, key: str) -> str:
    model = screen_of(app)._model
    assert model is not None
    return next(node.label for node in model.sheet.nodes if node.key == key)


def column_key(app: Shell, title: str) -> str:
    model = screen_of(app)._model
    assert model is not None
    return next(column.key for column in model.columns if column.title == title)


def amount(app: Shell, person: str, column: str) -> Amount | None:
    """What the sheet shows for somebody."""
    model = screen_of(app)._model
    assert model is not None
    row = next(number for number, node in enumerate(model.sheet.nodes) if node.label == person)
    span = next(number for number, span in enumerate(model.sheet.spans) if span.label == column)
    return model.sheet.value(row, span)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_version_is_begun_typed_into_saved_undone_and_published(demo_path: Path, size: tuple[int, int]) -> None:
    async with planning(demo_path, size) as (app, pilot):
        assert "FY2025 v1 bookings · ✓ published" in text_of(app)
        whole = amount(app, "Tarnwick Sales", "FY2025")
        assert whole is not None
        await press(pilot, "B")
        assert "FY2025 v2 bookings · ○ draft" in text_of(app)
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        assert before is not None
        await press(pilot, "2", "0", "0", "k", "enter")
        assert amount(app, PERSON, "Jan") == Amount(200000)
        assert amount(app, "Tarnwick Sales", "FY2025") == whole + Amount(200000) - before
        assert "1 unsaved" in lines_of(app)[1]
        assert "200k•" in text_of(app)
        await press(pilot, "+", "1", "0", "%", "enter")
        assert app.unsaved == 2
        await press(pilot, "u")
        assert app.unsaved == 1
        await press(pilot, "ctrl+r")
        assert app.unsaved == 2
        await press(pilot, "w")
        assert app.unsaved == 0
        assert "Saved: 2 quotas of FY2025 v2" in text_of(app)
        await press(pilot, "u")
        assert amount(app, PERSON, "Jan") == before
        assert amount(app, "Tarnwick Sales", "FY2025") == whole
        await press(pilot, "ctrl+r")
        assert amount(app, PERSON, "Jan") == Amount(200000)
        await press(pilot, ":", *"publish", "enter", "y", "enter")
        assert "FY2025 v2 bookings · ✓ published" in text_of(app)


async def test_what_is_no_amount_stays_in_the_field_and_says_why(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, "1", "2", "comma", "3", "4", "enter")
        assert "“12,34” is no amount" in text_of(app)
        await press(pilot, "escape")
        assert amount(app, PERSON, "Jan") == before
        assert app.unsaved == 0


async def test_typing_on_a_sum_spreads_it_exactly(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, "Tarnwick Sales", "Q1")
        await press(pilot, *"9999999", "enter")
        assert amount(app, "Tarnwick Sales", "Q1") == Amount(9999999)
        await press(pilot, "u")
        assert app.unsaved == 0


@pytest.mark.parametrize("hidden", [frozenset[str](), frozenset({"Q1", "Q2", "Q3", "Q4"})])
async def test_a_year_of_months_is_pasted_across_the_quarters(demo_path: Path, hidden: frozenset[str]) -> None:
    months = [101, 102, 103, 204, 205, 206, 307, 308, 309, 410, 411, 412]
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        app.screen.query_one(Grid).hide(frozenset(column_key(app, title) for title in hidden))
        go_to(app, PERSON, "Jan")
        await type_in(pilot, "\t".join(f"{amount}000" for amount in months))
        assert [amount(app, PERSON, name) for name in ("Jan", "Apr", "Dec")] == [
            Amount(number * 1000) for number in (101, 204, 412)
        ]
        assert amount(app, PERSON, "FY2025") == Amount(sum(months) * 1000)


async def test_a_published_plan_says_how_to_change_it(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "enter")
        assert "FY2025 v1 is published: B begins a new version" in text_of(app)


async def test_a_draft_is_there_again_after_the_app_has_gone(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Feb")
        await press(pilot, *"123", "enter")
        await pilot.pause(0.5)
        await settle(pilot)
    (kept,) = (demo_path.parent / "drafts").glob("*.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text("utf-8"))["done"] == 1
    async with opened(demo_path) as (app, pilot):
        assert "1 unsaved" in lines_of(app)[1]
        assert app.unsaved == 0
        await press(pilot, "g", "q")
        assert "1 change not saved last time: here again" in text_of(app)
        assert "1 unsaved" in lines_of(app)[1]
        assert amount(app, PERSON, "Feb") == Amount(123)
        await press(pilot, "w")
        await settle(pilot)
    assert not list((demo_path.parent / "drafts").glob("*.json"))


async def test_another_s_change_is_shown_as_mine_theirs_and_before(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"777777", "enter")
        model = screen_of(app)._model
        assert model is not None
        assert model.view.plan is not None
        (leaf,) = model.draft.pending
        writer = engine(Database("sqlite", str(demo_path)), write=True)
        with work(writer, Actor("Lee"), "theirs") as begun:
            set_quotas(begun, SetQuotas(model.view.plan.id, [Edit(Leaf.of(leaf), Amount(555555), before)]))
        writer.dispose()
        await press(pilot, "w")
        assert isinstance(app.screen, QuotaConflicts)
        shown = text_of(app)
        assert all(
            text in shown
            for text in ("777,777", "555,555", "Nothing is saved yet.", "Mine", "Theirs", "Before", PERSON)
        )
        line = next(line for line in lines_of(app) if PERSON in line)
        assert re.search(r"mine +Lee", line)
        assert re.search(r"changed by Lee on \d+ [A-Z][a-z]{2} \d\d:\d\d", shown)
        await press(pilot, "t", "w")
        assert amount(app, PERSON, "Jan") == Amount(555555)
        assert app.unsaved == 0


async def test_what_is_typed_is_dropped_only_after_a_question(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        before = amount(app, PERSON, "Jan")
        await press(pilot, *"777", "enter")
        await press(pilot, ":", *"discard", "enter", "n", "enter")
        assert app.unsaved == 1
        await press(pilot, ":", *"discard", "enter", "y", "enter")
        assert app.unsaved == 0
        assert amount(app, PERSON, "Jan") == before


async def test_the_help_names_what_has_no_key(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B", "?", *"publish")
        assert ":publish" in text_of(app)
        await press(pilot, "enter")
        assert "approve and publish FY2025 v2" in text_of(app)


async def test_typing_goes_on_while_a_save_is_under_way(demo_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going = Event()
    save = DatabaseCore.save_quotas

    def slowly(core: DatabaseCore, *what: Any) -> str:
        going.wait(30)
        return save(core, *what)

    monkeypatch.setattr(DatabaseCore, "save_quotas", slowly)
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"123", "enter")
        await pilot.press("w", "w", "u")
        await pilot.pause()
        assert app.unsaved == 1
        go_to(app, PERSON, "Feb")
        await pilot.press(*"456", "enter", *"78")
        going.set()
        await settle(pilot)
        await pilot.press("9", "enter")
        await settle(pilot)
        assert [amount(app, PERSON, month) for month in ("Jan", "Feb")] == [Amount(123), Amount(456)]
        assert app.unsaved == 2
        assert amount(app, "Ignatius Bello", "Feb") == Amount(789)


async def test_what_is_typed_goes_along_into_the_next_version(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"123", "enter")
        plan = screen_of(app)._now
        assert plan is not None
        writer = engine(Database("sqlite", str(demo_path)), write=True)
        for transition in transitions_from("draft"):
            with work(writer, Actor("Lee"), transition.told, kind=transition.kind) as begun:
                transition.act(begun, plan.plan.id, "")
        writer.dispose()
        await press(pilot, "w")
        assert "published, and changes by a new version only" in text_of(app)
        await press(pilot, "f5")
        assert "Typed into FY2025 v2: 1 change" in text_of(app)
        await press(pilot, "B")
        assert "FY2025 v3" in text_of(app)
        assert (app.unsaved, amount(app, PERSON, "Jan")) == (1, Amount(123))
        await press(pilot, "w")
        assert app.unsaved == 0


async def test_two_windows_keep_a_draft_each(demo_path: Path) -> None:
    async with planning(demo_path) as (first, one):
        await press(one, "B")
        go_to(first, PERSON, "Jan")
        await press(one, *"11", "enter")
        async with planning(demo_path) as (second, other):
            assert second.unsaved == 0
            go_to(second, PERSON, "Feb")
            await press(other, *"22", "enter")
            await other.pause(0.5)
            await settle(other)
    kept = [json.loads(path.read_text("utf-8")) for path in (demo_path.parent / "drafts").glob("*.json")]
    assert sorted(draft["steps"][0]["after"][0][-1] for draft in kept) == ["11", "22"]


async def test_a_name_is_filtered_for_from_any_month_and_esc_shows_all_again(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        go_to(app, PERSON, "Mar")
        await press(pilot, "f", *"bello", "enter")
        assert "Ignatius Bello" in text_of(app)
        assert PERSON not in text_of(app)
        await press(pilot, "escape")
        assert PERSON in text_of(app)
        assert isinstance(app.screen, Quotas)


async def test_what_is_saved_is_not_undone_elsewhere_under_what_is_typed(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"123", "enter", "g", "k", "u")
        assert "1 change is not saved yet" in text_of(app)
        await press(pilot, "g", "q")
        assert "FY2025 v2 bookings · ○ draft" in text_of(app)
        assert amount(app, PERSON, "Jan") == Amount(123)


async def test_what_another_window_types_is_not_told_as_left(demo_path: Path) -> None:
    async with planning(demo_path) as (first, pilot):
        await press(pilot, "B")
        go_to(first, PERSON, "Feb")
        await press(pilot, *"123", "enter")
        await pilot.pause(0.5)
        await settle(pilot)
        core = DatabaseCore(Database("sqlite", str(demo_path)), as_of=None, actor="Kim")
        assert core.quotas_left(first.state_folder) == ()
    assert core.quotas_left(str(demo_path.parent)) == (Left("FY2025 v2", 1),)
    (kept,) = (demo_path.parent / "drafts").glob("*.json")
    kept.write_text("{half")
    assert core.quotas_left(str(demo_path.parent)) == ()


async def test_a_version_is_begun_by_a_hint_only_where_it_can_be(demo_path: Path) -> None:
    async with planning(demo_path, (120, 40)) as (app, pilot):
        assert " B new version " in lines_of(app)[-1]
        assert " w save " in lines_of(app)[-1]
        await press(pilot, "B")
        await press(pilot, "escape")
        assert " w save " in lines_of(app)[-1]
        assert "new version" not in lines_of(app)[-1]
        await press(pilot, "B")
        assert lines_of(app)[-1] == " There is a draft already: type into it."


async def test_last_year_is_told_in_whole_units_and_a_quota_exactly(demo_path: Path) -> None:
    async with planning(demo_path, (120, 40)) as (app, pilot):
        await press(pilot, "B")
        go_to(app, PERSON, "Jan")
        await press(pilot, *"1234.5", "enter", "up")
        assert re.search(r"Jan: 1,234\.50 · booked a year before [0-9,]+ · before [0-9,]+", text_of(app))


async def test_help_tells_of_the_marked_key_in_whole_sentences(demo_path: Path) -> None:
    async with planning(demo_path) as (app, pilot):
        await press(pilot, "?", *"unlock")
        told = " ".join(" ".join(line.strip(" │") for line in lines_of(app)).split())
        assert "Lock what is marked, with a reason, so that no spread changes it; again, unlock it." in told


@pytest.mark.parametrize(("keys", "begun"), [(("enter",), True), (("down", "enter"), False), (("escape",), None)])
async def test_a_year_s_first_version_begins_with_the_year_before_or_with_nothing(
    demo_path: Path, keys: tuple[str, ...], begun: bool | None
) -> None:
    async with planning(demo_path) as (app, pilot):
        before = amount(app, PERSON, "Feb")
        assert before is not None
        await press(pilot, ":", *"period FY2026", "enter", "B")
        assert "Begin the quotas of FY2026 with what?" in text_of(app)
        assert "the quotas of FY2025 v1" in text_of(app)
        await press(pilot, *keys)
        assert ("FY2026 v1 bookings · ○ draft" in text_of(app)) is (begun is not None)
        assert amount(app, PERSON, "Feb") == (before if begun else None)
