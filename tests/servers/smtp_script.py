"""A scripted SMTP server on raw sockets, for the faults that no honest server commits."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.servers.scripted import ScriptedServer

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


class ScriptedSmtp(ScriptedServer):
    """Answers its n-th connection by the n-th script, and every further one as an honest server would."""

    host = "127.0.0.1"

    def __init__(self, *scripts: Script) -> None:
        self.taken: list[bytes] = []
        self.commands: list[str] = []
        self._scripts = scripts
        listener = socket.create_server((self.host, 0))
        self.port: int = listener.getsockname()[1]
        super().__init__(listener)

    @property
    def connections(self) -> int:
        """How many connections there were so far."""
        return len(self._open)

    def converse(self, sock: socket.socket, number: int) -> None:
        """Play the script of this connection to its end."""
        script = self._scripts[number] if number < len(self._scripts) else Script()
        seen: Counter[str] = Counter()
        with sock.makefile("rb") as lines:
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
