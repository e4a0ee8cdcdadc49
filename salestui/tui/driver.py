"""The terminal's driver, which takes whatever bytes come: a terminal may send other than UTF-8, and anything is pasted.

Textual's own reader ends the app over a byte that is no UTF-8, or over a key code that is no character.
"""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from typing import Protocol, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

_READ_BYTES = 4096
_TICK_SECONDS = 0.1


class _Leaving(Protocol):
    def hang_up(self) -> None: ...

    def call_later(self, callback: Callable[..., object], *args: object) -> bool: ...

    def _handle_exception(self, error: Exception) -> None: ...


class PatientDriver(LinuxDriver):
    """Reads keys: what is no UTF-8 becomes `�`, a sequence that makes no sense is dropped, a dead terminal is left."""

    def _run_input_thread(self) -> None:
        app = cast(_Leaving, self._app)
        try:
            self.run_input_thread()
        except OSError:
            app.call_later(app.hang_up)
        except Exception as error:  # noqa: BLE001  (a thread's boundary: the app tells of the fault without data)
            app.call_later(app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Turn what the terminal sends into events, until the app leaves or the terminal is gone."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK_SECONDS):
                    data = os.read(self.fileno, _READ_BYTES)
                    if not data:
                        raise OSError("the terminal is gone")
                    if text := decode(data):
                        try:
                            self._process(parser.feed(text))
                        except (ValueError, OverflowError):
                            parser = XTermParser(self._debug)
                self._process(parser.tick())

    def _process(self, found: Iterable[Message]) -> None:
        for message in found:
            self.process_message(message)
