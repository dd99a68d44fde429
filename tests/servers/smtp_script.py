"""A scripted SMTP server on raw sockets, for the faults that no honest server commits."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

STEPS = ("CONNECT", "EHLO", "AUTH", "NOOP", "MAIL", "RCPT", "DATA", "DOT", "RSET")


@dataclass(frozen=True, slots=True)
class Script:
    """How one connection goes. Steps are commands, CONNECT (before the greeting) and DOT (after the final dot).

    ``cuts_at``: the step at which the connection is closed without an answer; ``cuts_after``: closed
    right after the answer; ``hangs_at``: never answered. ``nth`` says at which time that step is
    meant (2 = the second letter of a kept session). ``answers`` replaces the usual answers, once or
    always.
    """

    cuts_at: str = ""
    cuts_after: str = ""
    hangs_at: str = ""
    nth: int = 1
    answers: Mapping[str, bytes] = field(default_factory=dict)


_USUAL = {
    "CONNECT": b"220 smtp.demo.example ready",
    "EHLO": b"250-smtp.demo.example\r\n250-SIZE 73400320\r\n250 AUTH LOGIN PLAIN",
    "AUTH": b"235 Authentication successful",
    "NOOP": b"250 OK",
    "MAIL": b"250 Mail OK",
    "RCPT": b"250 Mail OK",
    "DATA": b"354 End data with <CR><LF>.<CR><LF>",
    "DOT": b"250 Mail OK queued as 1",
    "RSET": b"250 OK",
    "QUIT": b"221 Bye",
}


class ScriptedSmtp:
    """Answers its n-th connection by the n-th script, and every further one as an honest server would."""

    host = "127.0.0.1"

    def __init__(self, *scripts: Script) -> None:
        self.taken: list[bytes] = []
        self.commands: list[str] = []
        self.connections = 0
        self._scripts = scripts
        self._stopping = threading.Event()
        self._listener = socket.create_server((self.host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

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
            script = self._scripts[self.connections] if self.connections < len(self._scripts) else Script()
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._converse, args=(sock, script), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _converse(self, sock: socket.socket, script: Script) -> None:
        seen: Counter[str] = Counter()
        with sock, sock.makefile("rb") as lines:
            try:
                step = "CONNECT"
                while self._play(sock, script, step=step, seen=seen):
                    if step == "DATA":
                        if not (letter := _read_letter(lines)):
                            return
                        self.taken.append(letter)
                        step = "DOT"
                        continue
                    line = lines.readline()
                    if not line or step == "QUIT":
                        return
                    step = line.split()[0].decode().upper()
                    self.commands.append(step)
            except OSError:
                return

    def _play(self, sock: socket.socket, script: Script, *, step: str, seen: Counter[str]) -> bool:
        """Answer one step; False when the conversation is over."""
        seen[step] += 1
        is_meant = seen[step] == script.nth
        if is_meant and script.cuts_at == step:
            return False
        if is_meant and script.hangs_at == step:
            self._stopping.wait()
            return False
        sock.sendall(script.answers.get(step, _USUAL[step]) + b"\r\n")
        return not (is_meant and script.cuts_after == step)


def _read_letter(lines) -> bytes:  # type: ignore[no-untyped-def]
    letter = []
    for line in lines:
        if line == b".\r\n":
            return b"".join(letter)
        letter.append(line)
    return b""
