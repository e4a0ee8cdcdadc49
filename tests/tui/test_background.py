"""Work beside the app is done in order, told as it goes, and can be ended, by the user or by the system."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest

from salestui.tui.background import Background, Stopped

PATIENCE_SECONDS = 30


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    """Somewhere to have work done."""
    made = Background()
    yield made
    made.end()


async def test_pieces_are_done_elsewhere_in_order_and_each_is_told(background: Background) -> None:
    told: list[int] = []
    answers = await background.do([partial(abs, -3), os.getpid, partial(max, 1, 2)], told.append)
    assert answers[::2] == (3, 2)
    assert answers[1] != os.getpid()
    assert told == [1, 2, 3]
    assert await background.do([os.getpid], told.append) == answers[1:2]


async def test_nothing_to_do_is_done_at_once(background: Background) -> None:
    told: list[int] = []
    assert await background.do([], told.append) == ()
    assert not told


async def test_ending_it_stops_who_waits_and_the_next_work_is_done_by_another(background: Background) -> None:
    (first,) = await background.do([os.getpid], lambda done: None)
    waiting = asyncio.ensure_future(background.do([partial(time.sleep, 60), os.getpid], lambda done: None))
    await asyncio.sleep(0.3)
    background.end()
    with pytest.raises(Stopped):
        await asyncio.wait_for(waiting, PATIENCE_SECONDS)
    assert await background.do([os.getpid], lambda done: None) != (first,)


async def test_a_process_that_the_system_ends_stops_who_waits(background: Background) -> None:
    (pid,) = await background.do([os.getpid], lambda done: None)
    assert isinstance(pid, int)
    waiting = asyncio.ensure_future(background.do([partial(time.sleep, 60)], lambda done: None))
    await asyncio.sleep(0.3)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Stopped):
        await asyncio.wait_for(waiting, PATIENCE_SECONDS)
    assert await background.do([partial(abs, -3)], lambda done: None) == (3,)


async def test_a_process_that_the_system_ended_meanwhile_is_replaced(background: Background) -> None:
    (pid,) = await background.do([os.getpid], lambda done: None)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    await asyncio.sleep(0.3)
    assert await background.do([partial(abs, -3)], lambda done: None) == (3,)


@pytest.mark.parametrize("after", [0.0, 0.3, 2.0])
async def test_who_gives_up_takes_what_has_not_begun_along(background: Background, after: float) -> None:
    waiting = asyncio.ensure_future(background.do([partial(time.sleep, 0.5)] * 40, lambda done: None))
    await asyncio.sleep(after)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    start = time.monotonic()
    assert await background.do([partial(abs, -3)], lambda done: None) == (3,)
    assert time.monotonic() - start < 10


async def test_what_goes_wrong_elsewhere_goes_wrong_here(background: Background) -> None:
    with pytest.raises(ZeroDivisionError):
        await background.do([partial(divmod, 1, 0)], lambda done: None)
