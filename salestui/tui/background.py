"""Work that would hold up the keys, done in processes of their own, which end with the app."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from salestui.forecasting.executor import Processes

Work = Callable[[], object]
Tell = Callable[[int], None]
"""Told how many pieces are done, whenever that has changed."""


class Stopped(Exception):
    """The work was ended before it was done."""


class Doing(Protocol):
    """Somewhere to have work done."""

    async def do(self, pieces: Sequence[Work], tell: Tell) -> tuple[object, ...]:
        """Do the pieces, which can be pickled, and answer what they answer; Stopped where they were ended."""

    def end(self) -> None:
        """End whatever is being done, at once."""


class Background:
    """A process that works beside the app, started when there is work for the first time."""

    def __init__(self) -> None:
        self._executor: Processes | None = None

    async def do(self, pieces: Sequence[Work], tell: Tell) -> tuple[object, ...]:
        """Do the pieces one after another; being cancelled drops those that have not begun."""
        from concurrent.futures.process import BrokenProcessPool

        submitting = asyncio.ensure_future(asyncio.to_thread(self._submit, pieces))
        try:
            executor, futures = await asyncio.shield(submitting)
        except asyncio.CancelledError:
            submitting.add_done_callback(_take_back)
            raise
        answers: list[object] = []
        try:
            for future in futures:
                answers.append(await asyncio.wrap_future(future))
                tell(len(answers))
        except (BrokenProcessPool, asyncio.CancelledError) as error:
            if isinstance(error, BrokenProcessPool) or self._executor is not executor:
                self.end()
                raise Stopped from error
            raise
        finally:
            for future in futures:
                future.cancel()
        return tuple(answers)

    def end(self) -> None:
        """End the process, if there is one; the next work starts another."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.end()

    def _submit(self, pieces: Sequence[Work]) -> "tuple[Processes, list[Future[object]]]":
        """In a thread, for starting a process takes its time. Where the system has ended it, another is started."""
        try:
            return self._submitted(pieces)
        except RuntimeError:
            self.end()
            return self._submitted(pieces)

    def _submitted(self, pieces: Sequence[Work]) -> "tuple[Processes, list[Future[object]]]":
        from salestui.forecasting.executor import ExecutorSettings, make_executor

        executor = self._executor = self._executor or make_executor(ExecutorSettings())
        return executor, [executor.submit(piece) for piece in pieces]


def _take_back(submitted: "asyncio.Future[tuple[Processes, list[Future[object]]]]") -> None:
    """Whoever wanted it gave up while the process was still starting."""
    if not submitted.cancelled() and submitted.exception() is None:
        for future in submitted.result()[1]:
            future.cancel()
