"""A terminal for tests: starts a command in a pseudo-terminal, shows its screen, counts its bytes and milliseconds."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from pyte.screens import Char

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
} | {f"ctrl+{letter}": chr(ord(letter) - ord("a") + 1) for letter in "abcdefghijklmnopqrstuvwxyz"}

# What a terminal answers: that it can hold back a paint until it is whole, where its cursor is, what it is.
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;c"}
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
_POLL_SECONDS = 0.05
_SENT_AT_ONCE = 1024
_FAREWELL_SECONDS = 5.0
_REST_SECONDS, _REST_POLL_SECONDS = 0.03, 0.004
"""Longer than the pause between two paints of the app."""
_MOST_REST_SECONDS = 60.0
_UNAMBIGUOUS_ESCAPE = "\x1b[27u"


@dataclass(frozen=True)
class Response:
    """What a key brought: bytes, and the time from the key to the first and to the last of them (None without any)."""

    bytes: int
    first_ms: float | None
    last_ms: float | None


class _Screen(pyte.Screen):
    """A screen that takes a question about keys, which some programs ask, for none of its colours."""

    def select_graphic_rendition(self, *numbers: int, private: bool = False) -> None:
        if not private:
            super().select_graphic_rendition(*numbers)


class Terminal:
    """A command in a pseudo-terminal of a given size; use it as a context manager, which ends the command."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.columns, self.rows = size
        self.bytes = 0
        self.output = bytearray()
        self._drawn = _Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._drawn)
        self._undrawn = bytearray()
        inherited = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        variables = {**inherited, **_TERMINAL, **(environment or {})}
        self._left, self._status = False, 0
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # where the tests were started to outlive their terminal
            _set_size(0, size)
            os.execvpe(command[0], [*command], variables)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _screen(self) -> _Screen:
        """The screen, drawn when it is looked at: drawing takes longer than much of what is timed."""
        data, self._undrawn = bytes(self._undrawn), bytearray()
        self._stream.feed(data)
        return self._drawn

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    def char(self, x: int, y: int) -> Char:
        """The character at a place, with its colours and attributes."""
        return self._screen.buffer[y][x]

    def reversed_text(self) -> list[str]:
        """What stands on the screen in reverse, line by line: where the cursor is."""
        rows = (
            "".join(self.char(x, y).data for x in range(self.columns) if self.char(x, y).reverse)
            for y in range(self.rows)
        )
        return [row for row in rows if row]

    def wait_for(self, text: str, seconds: float = 30.0) -> None:
        """Read until the text is on the screen; TimeoutError with the screen if it does not come."""
        end = time.perf_counter() + seconds
        while text not in self.text:
            if time.perf_counter() > end or self._read(_POLL_SECONDS) is None:
                raise TimeoutError(f"{text!r} is not on the screen:\n{self.text}")

    def settle(self, quiet_seconds: float = 0.4) -> int:
        """Read until nothing comes for that long; the number of bytes that came."""
        before = self.bytes
        while self._read(quiet_seconds):
            pass
        return self.bytes - before

    def press(self, *keys: str, quiet_seconds: float = 0.25) -> Response:
        """Send keys by name, or text as it is, and read until nothing comes for that long."""
        return self.send(_sent(keys), quiet_seconds=quiet_seconds)

    def press_and_rest(self, *keys: str) -> int:
        """Send keys and read until the command rests; the number of bytes that came. TimeoutError where it never does.

        It rests when it has woken, all its threads have slept a while since, and nothing came. A busy machine feigns
        that far less often than a silence, but it can: the reading thread wakes ten times a second by itself, and a key
        may still be on its way then. Esc goes in the spelling that begins no other key, so that keys may follow it.
        """
        before, asleep, has_woken = self.bytes, self._run_time(), False
        self._put(_sent(keys, KEYS | {"escape": _UNAMBIGUOUS_ESCAPE}))
        now = time.perf_counter()
        rested, end = now + _REST_SECONDS, now + _MOST_REST_SECONDS
        while now < rested:
            data = self._read(_REST_POLL_SECONDS)
            if data is None:
                break
            has_woken = has_woken or self._run_time() != asleep
            if data or not has_woken or not self._sleeps():
                rested = time.perf_counter() + _REST_SECONDS
            if (now := time.perf_counter()) > end:
                raise TimeoutError(f"it does not rest:\n{self.text}")
        return self.bytes - before

    def paste(self, text: str, *, quiet_seconds: float = 0.25) -> Response:
        """Paste text as a terminal does, and read until nothing comes for that long."""
        return self.send(b"\x1b[200~" + text.encode("utf-8", "surrogateescape") + b"\x1b[201~", quiet_seconds)

    def send(self, data: bytes, quiet_seconds: float = 0.25) -> Response:
        """Send bytes as they are, and read until nothing comes for that long."""
        before, first, last = self.bytes, None, None
        start = time.perf_counter()
        self._put(data)
        while self._read(quiet_seconds):
            last = (time.perf_counter() - start) * 1000
            first = last if first is None else first
        return Response(self.bytes - before, first, last)

    def write(self, data: bytes) -> None:
        """Send bytes and read nothing."""
        os.write(self._file, data)

    def take_nothing(self) -> None:
        """Stop, as Ctrl+S stops a terminal: what is written to it waits."""
        self._flow(termios.TCOOFF)

    def take_all(self) -> None:
        """Go on."""
        self._flow(termios.TCOON)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the terminal another size; its screen is blank until the command paints it."""
        self.columns, self.rows = size
        self._screen.resize(self.rows, self.columns)
        self._screen.reset()
        _set_size(self._file, size)

    def scribble(self, text: str) -> None:
        """Let another program write to the screen."""
        self._undrawn += text.encode()

    def suspend(self) -> None:
        """Stop the command and let it go on, as a shell does, which leaves a blank screen."""
        self.signal(signal.SIGTSTP)
        os.waitpid(self.pid, os.WUNTRACED)
        self._screen.reset()
        self.signal(signal.SIGCONT)

    def idle_bytes(self, seconds: float) -> int:
        """How many bytes come in that time without a key."""
        before, end = self.bytes, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.bytes - before

    def wait_for_end(self, seconds: float = _FAREWELL_SECONDS) -> int:
        """Read until the command has ended; its exit code, less than 0 for a signal, or TimeoutError."""
        end = time.perf_counter() + seconds
        while not self._ended():
            self._read(_POLL_SECONDS)
            if time.perf_counter() > end:
                raise TimeoutError(f"it goes on:\n{self.text}")
        return os.waitstatus_to_exitcode(self._status)

    @property
    def processes(self) -> set[int]:
        """The command and everything it has started, as long as it runs: all that is of this terminal's session."""
        return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if _session(path) == self.pid}

    def hang_up(self) -> None:
        """Close the terminal, without another word to the command."""
        os.close(self._file)
        self._file = -1

    def close(self) -> None:
        """Hang up; a command that does not end within seconds is killed."""
        if self._file < 0:
            return
        if not self._ended():
            self.signal(signal.SIGHUP)
        try:
            self.wait_for_end()
        except TimeoutError:
            self.signal(signal.SIGKILL)
            self.wait_for_end()
        self.hang_up()

    def signal(self, number: signal.Signals) -> None:
        """Send the command a signal."""
        os.kill(self.pid, number)

    def _put(self, data: bytes) -> None:
        """Send bytes of any number, and read meanwhile: else both sides could wait for each other."""
        while data:
            data = data[os.write(self._file, data[:_SENT_AT_ONCE]) :]
            if data:
                self._read(0)

    def _sleeps(self) -> bool:
        """Whether no thread of the command runs, or would if the machine were free."""
        states = (_after_name(path) for path in self._threads("stat"))
        return all(stat is None or stat[0] not in "RD" for stat in states)

    def _run_time(self) -> int:
        """For how many nanoseconds the command's threads have run."""
        return sum(int((_told(path) or "0").split()[0]) for path in self._threads("schedstat"))

    def _threads(self, file: str) -> list[Path]:
        return list(Path(f"/proc/{self.pid}/task").glob(f"*/{file}"))

    def _flow(self, action: int) -> None:
        inner = os.open(f"/proc/{self.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        try:
            termios.tcflow(inner, action)
        finally:
            os.close(inner)

    def _ended(self) -> bool:
        if self._left:
            return True
        pid, self._status = os.waitpid(self.pid, os.WNOHANG)
        self._left = pid == self.pid
        return self._left

    def _read(self, seconds: float) -> bytes | None:
        if self._file < 0:
            time.sleep(seconds)
            return None
        ready, _, _ = select.select([self._file], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:  # Linux reports the end of a pseudo-terminal as an input error.
            return None
        self.bytes += len(data)
        self.output += data
        for question, answer in _ANSWERS.items():
            if question in data:
                os.write(self._file, answer)
        self._undrawn += data
        return data or None


def _sent(keys: Sequence[str], spelling: Mapping[str, str] = KEYS) -> bytes:
    return "".join(spelling.get(key, key) for key in keys).encode("utf-8", "surrogateescape")


def _session(stat: Path) -> int | None:
    """The session of a process by its file in /proc; None where it has ended."""
    found = _after_name(stat)
    return None if found is None or found[0] in "ZX" else int(found[3])


def _after_name(stat: Path) -> list[str] | None:
    """State, parent, group, session and so on of a process or a thread by its file in /proc; None where it is gone."""
    text = _told(stat)
    return None if text is None else text.rpartition(")")[2].split()


def _told(path: Path) -> str | None:
    """What a file in /proc says; None where the process is gone."""
    try:
        return path.read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return None


def _set_size(file: int, size: tuple[int, int]) -> None:
    columns, rows = size
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
