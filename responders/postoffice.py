"""Sending: one kept SMTP session per mailbox, paced, and every fault said in the domain's words.

The only file that imports aiosmtplib. An asyncio loop in one background thread does the work; the facade
is plain functions, because the workflows that call it are.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import aiosmtplib

from domain.accounts import Account, Tls
from domain.errors import Deferred, MailboxError, Refused
from responders.answers import HOUR_S, Outcome, decode_answer, find_rule
from responders.letter import is_address
from responders.pacing import Pace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How long each thing may take, in seconds.

    ``command_s`` bounds connecting and each command; ``data_s`` the letter and the answer to its final dot (RFC 5321
    4.5.3.2.6 asks for ten minutes: who gives up sooner sends twice). ``idle_s``: a session unused for
    longer is tested before use. ``longest_stop_s`` caps how long a mailbox is left alone after a
    provider's stop word.
    """

    command_s: float = 30.0
    data_s: float = 600.0
    idle_s: float = 20.0
    longest_stop_s: float = HOUR_S


class PostOffice:
    """Sends letters, one at a time for each mailbox, over a session that is kept.

    Safe to call from any thread. ``greeting_name`` is said in EHLO: an address literal (RFC 5321
    4.1.3), so that no host name leaves the house and no DNS is asked.
    """

    def __init__(self, limits: SendingLimits = SendingLimits(), *, greeting_name: str = "[127.0.0.1]") -> None:
        self._limits = limits
        self._greeting_name = greeting_name
        self._counters: dict[str, _Counter] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="post-office", daemon=True)
        self._starting = threading.Lock()
        self._is_closed = False

    def send(self, account: Account, recipient: str, data: bytes) -> str:
        """Send a letter from a mailbox and return the server's answer to it. The envelope sender is the mailbox.

        Waits for the mailbox's turn and pace first. A kept session that was dropped is opened anew
        once, as long as no byte of the letter has left; afterwards the letter is Deferred and must be
        repeated with the same Message-ID.

        Raises:
            Deferred: later (4xx, no answer, the day's limit is reached).
            Refused: never (5xx): this letter, or its address.
            MailboxError: the mailbox cannot send; the letter waits.
        """
        if not is_address(recipient):
            raise Refused(0, "收件地址不是一个可以投递的地址")
        return self._run(lambda: self._counter(account).send(account, recipient, data))

    def probe(self, account: Account) -> str:
        """Connect, log in, and return the server's answer to NOOP; nothing is sent. Raises: as ``send``."""
        return self._run(lambda: self._counter(account).probe(account))

    def close(self) -> None:
        """Say QUIT in every session and end the thread; a letter still on its way is Deferred for its caller."""
        with self._starting:
            was_running = self._thread.is_alive() and not self._is_closed
            self._is_closed = True
        if was_running:
            asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        if not self._loop.is_closed():
            self._loop.close()

    def _run(self, begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
        with self._starting:
            if self._is_closed:
                raise Deferred(0, "the post office is closed")
            if not self._thread.is_alive():
                self._thread.start()
            waiting = asyncio.run_coroutine_threadsafe(self._call(begin), self._loop)
        try:
            return waiting.result()
        except CancelledError as exc:
            raise Deferred(0, "the post office closed while the letter was on its way") from exc

    @staticmethod
    async def _call(begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return await begin()

    def _counter(self, account: Account) -> _Counter:
        return self._counters.setdefault(account.mailbox, _Counter(self._limits, self._greeting_name))

    async def _shut(self) -> None:
        own = asyncio.current_task()
        others = [t for t in asyncio.all_tasks() if t is not own]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.gather(*(c.leave() for c in self._counters.values()), return_exceptions=True)


class _Counter:
    """One mailbox's counter (窗口): its session, its turn, its pace, and whether it stays shut for a while."""

    def __init__(self, limits: SendingLimits, greeting_name: str) -> None:
        self._limits = limits
        self._greeting_name = greeting_name
        self._turn = asyncio.Lock()
        self._account: Account | None = None
        self._client: aiosmtplib.SMTP | None = None
        self._letters = 0  # of this session
        self._used_at = 0.0
        self._pace = Pace(longest_stop_s=limits.longest_stop_s)

    async def send(self, account: Account, recipient: str, data: bytes) -> str:
        async with self._turn:
            await self._take(account)
            self._pace.check_day(account.provider, _now())
            await asyncio.sleep(self._pace.wait_s(_now()))
            is_sent = False
            try:
                answer = await self._deliver(account, recipient, data)
                is_sent = True
                return answer
            except asyncio.CancelledError:
                self._drop()  # in the midst of a command QUIT would be read as part of the letter
                raise
            finally:
                self._used_at = _now()
                self._pace.record_attempt(account.provider, self._used_at, is_sent=is_sent)

    async def probe(self, account: Account) -> str:
        async with self._turn:
            await self._take(account)
            client, _ = await self._ready(account)
            try:
                return decode_answer((await client.noop()).message)
            except aiosmtplib.SMTPResponseException as exc:
                raise self._judge(exc) from exc
            except OSError as exc:
                raise self._lose(exc) from exc

    async def leave(self) -> None:
        """End the session politely, but not patiently."""
        if (client := self._client) is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=min(2.0, self._limits.command_s))
        self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    async def _take(self, account: Account) -> None:
        """Make the account the current one: a changed one (a new password) is a new start."""
        if account != self._account:
            await self.leave()
            self._account = account
            self._pace.reopen()
        self._pace.check_open(_now())

    async def _deliver(self, account: Account, recipient: str, data: bytes) -> str:
        while True:
            client, is_kept = await self._ready(account)
            try:
                await self._open_envelope(client, account, recipient, size_bytes=len(data))
            except aiosmtplib.SMTPResponseException as exc:
                raise await self._judge_and_reset(exc, client) from exc
            except OSError as exc:
                # A kept session that the provider dropped: nothing of the letter has left, so a new
                # session may try. A new session is never kept, so this happens once.
                if not is_kept:
                    raise self._lose(exc) from exc
                self._drop()
            else:
                break
        try:
            response = await client.data(data, timeout=self._limits.data_s)
        except aiosmtplib.SMTPResponseException as exc:
            raise await self._judge_and_reset(exc, client) from exc
        except OSError as exc:
            # Perhaps taken, perhaps not: only a repetition with the same Message-ID is right.
            raise self._lose(exc) from exc
        self._letters += 1
        return decode_answer(f"{response.code} {response.message}")

    async def _open_envelope(
        self, client: aiosmtplib.SMTP, account: Account, recipient: str, *, size_bytes: int
    ) -> None:
        """MAIL and RCPT. The envelope sender is the mailbox: providers refuse any other, so no VERP."""
        has_size = client.supports_extension("size")
        await client.mail(account.mailbox, options=[f"SIZE={size_bytes}"] if has_size else [])
        await client.rcpt(recipient)

    async def _ready(self, account: Account) -> tuple[aiosmtplib.SMTP, bool]:
        """Return a session that is logged in, and whether it is a kept one."""
        client = self._client
        if client is not None and self._letters < account.provider.letters_per_session and await self._lives(client):
            return client, True
        await self.leave()
        client = await self._connect(account)
        self._client, self._letters, self._used_at = client, 0, _now()
        return client, False

    async def _lives(self, client: aiosmtplib.SMTP) -> bool:
        if not client.is_connected:
            return False
        if _now() - self._used_at < self._limits.idle_s:
            return True
        try:
            await client.noop()
        except (aiosmtplib.SMTPException, OSError):
            return False
        return True

    async def _connect(self, account: Account) -> aiosmtplib.SMTP:
        tls = account.smtp.tls
        try:
            client = aiosmtplib.SMTP(
                hostname=account.smtp.host,
                port=account.smtp.port,
                local_hostname=self._greeting_name,
                timeout=self._limits.command_s,
                use_tls=tls is Tls.IMPLICIT,
                start_tls=tls is Tls.STARTTLS,
                tls_context=None if tls is Tls.NONE else _tls_context(account.smtp.ca_file),
            )
        except OSError as exc:
            raise MailboxError(account.mailbox, f"读不了证书文件 {account.smtp.ca_file}", is_lasting=True) from exc
        try:
            await client.connect()
            await client.ehlo()
            if account.password:
                await _log_in(client, account)
        except aiosmtplib.SMTPResponseException as exc:
            client.close()
            raise self._judge(exc, is_opening=True) from exc
        except OSError as exc:
            client.close()
            if isinstance(exc, ssl.SSLCertVerificationError) or isinstance(exc.__cause__, ssl.SSLCertVerificationError):
                problem = f"发信服务器的证书不可信：{exc}"
                raise MailboxError(account.mailbox, problem, is_lasting=True) from exc
            raise self._lose(exc) from exc
        except aiosmtplib.SMTPException as exc:  # no STARTTLS, no AUTH: never go on without
            client.close()
            problem = f"发信服务器不支持设置所要求的加密或登录方式：{exc}"
            raise MailboxError(account.mailbox, problem, is_lasting=True) from exc
        return client

    def _judge(
        self, exc: aiosmtplib.SMTPResponseException, *, is_opening: bool = False
    ) -> Deferred | Refused | MailboxError:
        """Return what an answer means. While a session opens no letter is spoken of: a 5xx is the mailbox's fault."""
        answer = decode_answer(exc.message)
        rule = find_rule(exc.code, answer)
        if rule.reconnects:
            self._drop()
        outcome = Outcome.ALERT if is_opening and rule.outcome is Outcome.REFUSE else rule.outcome
        if outcome is Outcome.REFUSE:
            return Refused(exc.code, answer)
        error: Deferred | MailboxError = Deferred(exc.code, answer)
        if outcome is Outcome.ALERT:
            mailbox = self._account.mailbox if self._account else ""
            error = MailboxError(mailbox, f"{rule.hint}（{exc.code} {answer}）", is_lasting=True)
        if outcome is not Outcome.DEFER:
            self._pace.shut(error, delay_s=rule.delay_s or HOUR_S, now=_now())
        return error

    async def _judge_and_reset(
        self, exc: aiosmtplib.SMTPResponseException, client: aiosmtplib.SMTP
    ) -> Deferred | Refused | MailboxError:
        error = self._judge(exc)
        if self._client is not None:
            try:
                await client.rset()  # else the next MAIL would be a nested one (503)
            except (aiosmtplib.SMTPException, OSError):
                self._drop()
        return error

    def _lose(self, exc: Exception) -> Deferred:
        self._drop()
        return Deferred(0, decode_answer(str(exc)) or type(exc).__name__)


async def _log_in(client: aiosmtplib.SMTP, account: Account) -> None:
    """Log in by one method. The library would try all it knows: three refusals for one wrong password."""
    login, password = account.login, account.password
    offered = client.server_auth_methods
    if "plain" in offered:
        await client.auth_plain(login, password)
    elif "login" in offered:
        await client.auth_login(login, password)
    elif "cram-md5" in offered:
        await client.auth_crammd5(login, password)
    else:
        raise aiosmtplib.SMTPException("AUTH PLAIN, LOGIN, CRAM-MD5: none offered")


@lru_cache
def _tls_context(ca_file: str) -> ssl.SSLContext:
    """Return a checking client context. Raises: OSError when the file cannot be read."""
    return ssl.create_default_context(cafile=ca_file or None)


def _now() -> float:
    return asyncio.get_running_loop().time()
