"""A real SMTP server in this process (aiosmtpd), for the demo and the tests: free port, loopback only.

It can ask for a login as 163 and QQ do, protect the connection both ways, hand every letter to a
``deliver`` function, and answer chosen recipients with scripted codes, so that "451, then 250" is one line.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Deliver = Callable[[str, bytes], None]

_START_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Received:
    """One letter that the server took: the envelope (RFC 5321 2.3.1) and its bytes."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes


class SmtpServer:
    """An SMTP server on 127.0.0.1, up while the ``with`` block runs.

    Args:
        deliver: called in a thread with (recipient, bytes), once for each recipient, before the
            letter is answered with 250; an exception in it is answered with 451.
        logins: login -> password. Whoever logs in may only send as themselves (553 otherwise, as at
            163 and QQ). Empty: no AUTH is needed, any login is taken.
        requires_login: False lets strangers send too (a citizen's provider), although ``logins`` exist.
        accepts: tells which recipients exist; others get 550. None: all do.
        port: 0 takes a free one; ``port`` then holds it.
        tls: certificate for implicit TLS, or for STARTTLS with ``is_starttls``.
    """

    host = "127.0.0.1"

    def __init__(
        self,
        deliver: Deliver | None = None,
        *,
        logins: Mapping[str, str] | None = None,
        requires_login: bool | None = None,
        accepts: Callable[[str], bool] | None = None,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        is_starttls: bool = False,
    ) -> None:
        self.port = port
        self.received: list[Received] = []
        self.connections = 0
        self.failed_logins = 0
        self._deliver = deliver
        self._logins = dict(logins or {})
        self._requires_login = bool(self._logins) if requires_login is None else requires_login
        self._accepts = accepts
        self._tls = tls
        self._is_starttls = is_starttls
        self._scripts: dict[tuple[str, str], deque[str]] = {}
        self._sessions: weakref.WeakSet[SMTP] = weakref.WeakSet()
        self._arrived = threading.Condition()
        self._ready: Future[None] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="smtp-server", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Open the port. Raises: OSError when it is taken."""
        logging.getLogger("mail.log").setLevel(
            logging.ERROR
        )  # aiosmtpd writes addresses at INFO, its own deprecations above
        self._thread.start()
        self._ready.result(_START_TIMEOUT_S)

    def stop(self) -> None:
        """Close the port and every session, and wait for the thread to end."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START_TIMEOUT_S)

    def script(self, recipient: str, *answers: str, at: str = "RCPT") -> None:
        """Answer the next letters to a recipient with these lines, one each, then as usual.

        Args:
            recipient: the envelope recipient.
            answers: full lines such as ``"451 4.7.1 later"``; '' lets one attempt pass.
            at: ``RCPT``, or ``DATA`` for the answer after the final dot (the letter is then not delivered).
        """
        self._scripts.setdefault((recipient.lower(), at), deque()).extend(answers)

    def drop_sessions(self) -> None:
        """Cut every open connection, as a provider does with idle ones; new connections are welcome."""
        if self._loop is None:
            return
        done: Future[None] = Future()

        def cut() -> None:
            self._abort_sessions()
            done.set_result(None)

        self._loop.call_soon_threadsafe(cut)
        done.result(_START_TIMEOUT_S)

    def wait_for(self, count: int, timeout_s: float = 10.0) -> list[Received]:
        """Return what was received as soon as there are ``count`` letters. Raises: TimeoutError."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.received) >= count, timeout_s):
                raise TimeoutError(f"{len(self.received)} of {count} letters after {timeout_s} s")
            return list(self.received)

    # -- the thread ------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            server = await self._loop.create_server(
                self._open_session, self.host, self.port, ssl=None if self._is_starttls else self._tls
            )
        except OSError as exc:
            self._ready.set_exception(exc)
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set_result(None)
        await self._stop.wait()
        server.close()
        self._abort_sessions()
        await asyncio.sleep(0.01)  # lets the transports report their end before the loop closes

    def _abort_sessions(self) -> None:
        for session in list(self._sessions):
            if session.transport is not None:
                session.transport.abort()  # type: ignore[attr-defined]

    def _open_session(self) -> SMTP:
        self.connections += 1
        session = SMTP(
            self,
            hostname="smtp.demo.example",
            ident="Youban demo",
            tls_context=self._tls if self._is_starttls else None,
            require_starttls=self._is_starttls,
            auth_require_tls=False,
            authenticator=self._authenticate,
            data_size_limit=64 * 1024 * 1024,
            enable_SMTPUTF8=True,
            loop=self._loop,
        )
        self._sessions.add(session)
        return session

    # -- aiosmtpd's hooks ------------------------------------------------------------------------

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            login = data.login.decode("utf-8", "replace")
            password = data.password.decode("utf-8", "replace")
            if not self._logins or self._logins.get(login) == password:
                return AuthResult(success=True, auth_data=login)
        self.failed_logins += 1
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd names its hooks after the command
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._requires_login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self._logins and session.authenticated and session.auth_data != address:
            return "553 Mail from must equal authorized user"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 Mail OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._take_script(address, at="RCPT"):
            return answer
        if self._accepts is not None and not self._accepts(address):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 Mail OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        for address in envelope.rcpt_tos:
            if answer := self._take_script(address, at="DATA"):
                return answer
        data = envelope.content if isinstance(envelope.content, bytes) else b""
        for address in envelope.rcpt_tos:
            if self._deliver is None:
                continue
            try:
                await asyncio.to_thread(self._deliver, address, data)
            except Exception as exc:  # noqa: BLE001 - one delivery's fault is one sender's 451
                return f"451 4.3.0 Delivery failed: {type(exc).__name__}"
        with self._arrived:
            self.received.append(Received(envelope.mail_from or "", tuple(envelope.rcpt_tos), data))
            self._arrived.notify_all()
            return f"250 Mail OK queued as demo-{len(self.received)}"

    def _take_script(self, address: str, *, at: str) -> str:
        script = self._scripts.get((address.lower(), at))
        return script.popleft() if script else ""
