"""A scripted IMAP server for what real ones do only on bad days, and a proxy that breaks the wire."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from domain.accounts import Endpoint, Tls

OK = b"%(tag)s OK done\r\n"
Answer = Callable[[str, str], "bytes | None"]


class HangUp(Exception):  # noqa: N818 - not an error but an order
    """An answer raises it to cut the connection, after sending ``first``."""

    def __init__(self, first: bytes = b"") -> None:
        self.first = first


class Hang(Exception):  # noqa: N818 - as above
    """An answer raises it to say nothing more on this connection, ever."""


class _TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


class _Listening:
    """A TCP server on 127.0.0.1 for as long as the ``with`` block lasts."""

    host = "127.0.0.1"
    port = 0

    def __enter__(self) -> Self:
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                outer._open.add(self.request)
                try:
                    outer._serve(self.request)
                except (OSError, ValueError):
                    pass
                finally:
                    outer._open.discard(self.request)

        self._open: set[socket.socket] = set()
        self._ending = threading.Event()
        self._server = _TcpServer((self.host, 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._server.shutdown()
        self._thread.join()
        self.drop_connections()
        self._server.server_close()

    def endpoint(self) -> Endpoint:
        return Endpoint(self.host, self.port, Tls.NONE)

    def drop_connections(self) -> None:
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection: socket.socket) -> None:
        raise AssertionError


class ImapScript(_Listening):
    """An IMAP server with one folder of messages; ``answer`` may replace its answer to any command.

    ``answer(name, line)`` gets the command's name (``UID FETCH`` in one) and its line without the tag, and
    returns bytes, with ``%(tag)s`` where the tag goes (for ``DONE`` that of ``IDLE``), or None for the usual answer.
    ``commands`` keeps every line, ``connections`` counts.
    """

    def __init__(
        self,
        messages: dict[int, bytes] | None = None,
        *,
        answer: Answer = lambda name, line: None,
        requires_id: bool = False,
        capabilities: str = "IMAP4rev1 ID UIDPLUS",
        greeting: bytes = b"* OK ready\r\n",
    ) -> None:
        self.messages = messages or {}
        self.answer = answer
        self.requires_id = requires_id
        self.capabilities = capabilities
        self.greeting = greeting
        self.uidvalidity = 7
        self.commands: list[str] = []
        self.connections = 0

    def send_all(self, data: bytes) -> None:
        """Say something to every client, unasked."""
        for connection in list(self._open):
            connection.sendall(data)

    def _serve(self, connection: socket.socket) -> None:
        self.connections += 1
        connection.sendall(self.greeting)
        has_sent_id = False
        idle_tag = ""
        with connection.makefile("rb") as lines:
            for raw in lines:
                tag, _, line = raw.decode().rstrip("\r\n").partition(" ")
                self.commands.append(line or tag)
                words = line.upper().split() or [tag]
                name = " ".join(words[:2]) if words[0] == "UID" else words[0]
                has_sent_id = has_sent_id or name == "ID"
                if name == "IDLE":
                    idle_tag = tag
                elif name == "DONE":
                    tag = idle_tag
                try:
                    reply = self.answer(name, line)
                except HangUp as end:
                    connection.sendall(end.first)
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                except Hang:
                    self._ending.wait()
                    return
                if reply is None and self.requires_id and not has_sent_id and name in {"SELECT", "STATUS"}:
                    reply = b"%(tag)s NO SELECT Unsafe Login. Please contact kefu@provider.example for help\r\n"
                if reply is None:
                    reply = self.usual(name, line)
                connection.sendall(reply.replace(b"%(tag)s", tag.encode()))

    def usual(self, name: str, line: str) -> bytes:
        """The usual answer to a command."""
        uidnext = max(self.messages, default=0) + 1
        if name == "CAPABILITY":
            return f"* CAPABILITY {self.capabilities}\r\n".encode() + OK
        if name == "LIST":
            return b'* LIST () "/" "INBOX"\r\n' + OK
        if name == "SELECT":
            state = f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.uidvalidity}] x\r\n"
            return (state + f"* OK [UIDNEXT {uidnext}] x\r\n").encode() + OK
        if name == "STATUS":
            values = f"MESSAGES {len(self.messages)} UIDNEXT {uidnext} UIDVALIDITY {self.uidvalidity}"
            return f'* STATUS "INBOX" ({values})\r\n'.encode() + OK
        if name == "IDLE":
            return b"+ idling\r\n"
        if name == "UID FETCH":
            _, _, uids, items = line.split(" ", 3)
            return b"".join(self.row(uid, items) for uid in self._resolve(uids)) + OK
        return OK

    def row(self, uid: int, items: str) -> bytes:
        """The usual FETCH answer for a message."""
        data = self.messages[uid]
        parts = [b"UID %d" % uid]
        if "FLAGS" in items:
            parts.append(b"FLAGS ()")
        if "INTERNALDATE" in items:
            parts.append(b'INTERNALDATE "03-Feb-2020 10:00:00 +0800"')
        if "SIZE" in items:
            parts.append(b"RFC822.SIZE %d" % len(data))
        if "BODY" in items:
            parts.append(b"BODY[] {%d}\r\n%s" % (len(data), data))
        number = sorted(self.messages).index(uid) + 1
        return b"* %d FETCH (%s)\r\n" % (number, b" ".join(parts))

    def _resolve(self, uids: str) -> list[int]:
        highest = max(self.messages, default=0)
        wanted: set[int] = set()
        for part in uids.split(","):
            first, _, last = part.partition(":")
            low = int(first)
            high = highest if last == "*" else int(last or first)
            wanted.update(range(min(low, high), max(low, high) + 1))
        return sorted(wanted & set(self.messages))


class FaultyWire(_Listening):
    """A proxy in front of a server: cuts after so many bytes of the next big answer, splits, slows, goes dumb.

    ``cut_at`` cuts once, in the middle of a stretch of more than so many bytes from the server without a
    command in between; ``piece_bytes`` and ``pause_s`` forward in small pieces; ``is_dumb`` forwards nothing.
    """

    def __init__(self, port: int) -> None:
        self._behind = port
        self.cut_at = 0
        self.cuts_left = 0
        self.piece_bytes = 65536
        self.pause_s = 0.0
        self.is_dumb = threading.Event()

    def _serve(self, connection: socket.socket) -> None:
        with socket.create_connection((self.host, self._behind)) as server:
            said = [0]
            back = threading.Thread(target=self._forward_commands, args=(connection, server, said), daemon=True)
            back.start()
            try:
                self._forward_answers(server, connection, said)
            finally:
                for end in (server, connection):
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                back.join()

    def _forward_commands(self, client: socket.socket, server: socket.socket, said: list[int]) -> None:
        try:
            while data := client.recv(65536):
                said[0] = 0
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _forward_answers(self, server: socket.socket, client: socket.socket, said: list[int]) -> None:
        while data := server.recv(self.piece_bytes):
            if self.is_dumb.is_set():
                self._ending.wait()
                return
            said[0] += len(data)
            if self.cuts_left and said[0] > self.cut_at:
                self.cuts_left -= 1
                client.sendall(data[: max(0, len(data) - (said[0] - self.cut_at))])
                return
            client.sendall(data)
            if self.pause_s:
                self._ending.wait(self.pause_s)


def uids_of(line: str) -> list[int]:
    """The numbers in a UID command's set, ranges by their ends."""
    return [int(number) for number in re.findall(r"\d+", line.split(" ", 3)[2])]
