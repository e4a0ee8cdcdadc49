"""Asking the same question at a calm interval, in a thread of its own, while somebody looks."""

from collections.abc import Callable
from threading import Event, Thread


class Watch:
    """Runs `look` in a thread until it is stopped; `look` waits by itself, for at most as long as `wait` lets it."""

    def __init__(self, look: Callable[["Watch"], None], seconds: float) -> None:
        self._look, self._seconds = look, seconds
        self._over = Event()

    def start(self) -> "Watch":
        """Begin. The thread ends with the program: it holds nothing that has to be put away."""
        Thread(target=self._look, args=(self,), name="watch", daemon=True).start()
        return self

    def stop(self) -> None:
        """End, at the next question at the latest."""
        self._over.set()

    def wait(self) -> bool:
        """Wait until it is time for the next question; False when there is to be none."""
        return not self._over.wait(self._seconds)
