"""A slow line: what goes through it comes later and no faster than so many bits a second, until it drops."""

import queue
import socket
import threading
import time
from types import TracebackType
from typing import Self

_CHUNK = 512
"""So much goes at once, that a long message delays a short one behind it no more than a real line would."""


class Relay:
    """A port on loopback through which another is reached slowly; use it as a context manager."""

    def __init__(self, port: int, delay_seconds: float, bits_a_second: float) -> None:
        """`delay_seconds` is one way; the rate is that of each way."""
        self._target, self._delay, self._rate = port, delay_seconds, bits_a_second / 8
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.sent = self.received = 0
        """Bytes towards the server and back."""
        self._dead = False
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._listening.close()
        self.drop()

    def drop(self) -> None:
        """Cut everything that goes through it."""
        for end in self._ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed already
            finally:
                end.close()
        self._ends.clear()

    def go_dead(self) -> None:
        """Carry nothing any more, without telling either end."""
        self._dead = True

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ends += [client, server]
            for source, target in ((client, server), (server, client)):
                self._carry(source, target, up=source is client)

    def _carry(self, source: socket.socket, target: socket.socket, *, up: bool) -> None:
        """Carry what comes from one end to the other."""
        under_way: queue.Queue[tuple[float, bytes]] = queue.Queue()

        def take() -> None:
            data = b"-"
            while data:
                try:
                    data = source.recv(_CHUNK)
                except OSError:
                    data = b""
                under_way.put((time.monotonic() + self._delay, data))

        def give() -> None:
            free = 0.0
            while True:
                due, data = under_way.get()
                free = max(free, due - self._delay) + len(data) / self._rate
                time.sleep(max(0.0, max(due, free + self._delay) - time.monotonic()))
                if self._dead:
                    return
                try:
                    if not data:
                        target.shutdown(socket.SHUT_WR)
                        return
                    target.sendall(data)
                except OSError:
                    return
                if up:
                    self.sent += len(data)
                else:
                    self.received += len(data)

        threading.Thread(target=take, daemon=True).start()
        threading.Thread(target=give, daemon=True).start()
