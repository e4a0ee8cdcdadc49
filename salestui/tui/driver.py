"""The terminal's driver, which takes whatever bytes come: a terminal may send other than UTF-8, and anything is pasted.

Textual's own reader ends the app over a byte that is no UTF-8, or over a key code that is no character; of a paste with
an escape in it, it takes a part for keys, and whoever wrote the text would press them.
"""

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

_READ_BYTES = 4096
_TICK_SECONDS = 0.1
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class _Leaving(Protocol):
    def hang_up(self) -> None: ...

    def call_later(self, callback: Callable[..., object], *args: object) -> bool: ...

    def _handle_exception(self, error: Exception) -> None: ...


class Reader:
    """Turns text from the terminal into events, whatever stands in a paste: it is text up to where the paste ends."""

    def __init__(self, *, debug: bool = False) -> None:
        self._keys = XTermParser(debug)
        self._pasted: list[str] | None = None
        self._seen = ""

    def feed(self, text: str) -> Iterator[Message]:
        """The events that this text completes."""
        while text:
            mark = _PASTE_BEGINS if self._pasted is None else _PASTE_ENDS
            at = (self._seen + text).find(mark)
            end = len(text) if at < 0 else at + len(mark) - len(self._seen)
            self._seen = (self._seen + text)[1 - len(mark) :] if at < 0 else ""
            part, text = text[:end], text[end:]
            if self._pasted is not None:
                self._pasted.append(part)
                yield from () if at < 0 else self._ended()
            else:
                yield from self._keys.feed(part)
                self._pasted = None if at < 0 else []

    def tick(self) -> Iterator[Message]:
        """The events that nothing more completes: nothing has come for a while."""
        if self._pasted is None:
            self._seen = ""
        yield from self._keys.tick()

    def _ended(self) -> Iterator[Message]:
        """The paste as one event; for the parser of keys there was nothing in it."""
        text = "".join(self._pasted or ()).removesuffix(_PASTE_ENDS).replace("\0", "")
        self._pasted = None
        for message in self._keys.feed(_PASTE_ENDS):
            yield events.Paste(text) if isinstance(message, events.Paste) else message


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
        reader, decode = Reader(debug=self._debug), getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_TICK_SECONDS):
                    data = os.read(self.fileno, _READ_BYTES)
                    if not data:
                        raise OSError("the terminal is gone")
                    if text := decode(data):
                        try:
                            self._process(reader.feed(text))
                        except (ValueError, OverflowError):
                            reader = Reader(debug=self._debug)
                else:
                    self._process(reader.tick())

    def _process(self, found: Iterable[Message]) -> None:
        for message in found:
            self.process_message(message)
