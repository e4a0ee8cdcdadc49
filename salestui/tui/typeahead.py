"""Keys that come faster than they are handled, as over a slow line: each finds the app as the one before left it."""

import asyncio
from contextlib import suppress

from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget

_PATIENCE_SECONDS = 0.5


async def settle(app: App[None], widget: Widget) -> None:
    """Wait until what a key did to this widget has reached its screen, and a screen it opened can take keys.

    Every widget handles its messages in a task of its own, so that without this the next key would go to whoever has
    the focus by then. Nothing is waited for longer than half a second.
    """
    path = [node for node in widget.ancestors_with_self if isinstance(node, Widget)]
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_SECONDS):
            for node in path:
                await _reached(node)
            if app.screen is not path[-1]:
                await _reached(app.screen)


async def _reached(node: MessagePump) -> None:
    """Wait until the node has handled all that it has been sent so far."""
    reached = asyncio.Event()
    if node.call_later(reached.set):
        await reached.wait()
