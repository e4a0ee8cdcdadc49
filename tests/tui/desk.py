"""The app on a database, as somebody who has just opened it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from salestui.store.database import Database
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens.modes import MODES
from salestui.tui.shell import Shell
from tests.tui.driving import press, settle, type_in

SMALL = (80, 24)


@asynccontextmanager
async def at_desk(
    path: Path, size: tuple[int, int] = SMALL, *, actor: str = "Kim"
) -> AsyncIterator[tuple[Shell, Pilot[None]]]:
    """The app with its first screen standing."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=None, actor=actor)
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


async def answer(pilot: Pilot[None], key: str, text: str) -> None:
    """Press a key that asks for something, type the answer, and wait for what comes of it."""
    await press(pilot, key)
    if text:
        await type_in(pilot, text)
    await press(pilot, "enter")
    await settle(pilot)
