"""A server that answers its n-th connection as it is told: the socket's side of every scripted server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class ScriptedServer:
    """Listens while its ``with`` block lasts; ``converse`` has the n-th connection, from 0, in a thread of its own."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._stopping = threading.Event()
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def converse(self, sock: socket.socket, number: int) -> None:
        """Talk over a connection; it is closed afterwards, and a broken one is no mistake."""
        raise AssertionError("a scripted server says what it answers")

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for sock in (self._listener, *self._open):
            with suppress(OSError):  # the other side may have been faster
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            number = len(self._open)
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock, number), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with sock, suppress(OSError):
            self.converse(sock, number)
