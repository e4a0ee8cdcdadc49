"""Driving the app in tests: wait for what was asked, read what is on the screen."""

from textual._context import visible_screen_stack
from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every worker has answered and its answer is shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what they bring."""
    await pilot.press(*keys)
    await settle(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type a text, all at once."""
    pilot.app.post_message(Paste(text))
    await settle(pilot)


def lines_of(app: App[None]) -> list[str]:
    """The screen's lines as text, with a dialog's screen around it."""
    visible_screen_stack.set(list(app._background_screens))
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def text_of(app: App[None]) -> str:
    """The screen as one text."""
    return "\n".join(lines_of(app))
