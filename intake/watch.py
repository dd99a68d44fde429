"""Watch many mailboxes: one kept session each, polled every interval; IDLE only wakes us earlier.

No mailbox may delay another. Waiting for a server therefore costs no thread: one thread asks all of them
and waits for all their sockets at once; a worker reads an answer only when it has begun to arrive. Connecting
does block, so it has workers of its own, of which one server may take no more than half.
"""

from __future__ import annotations

import heapq
import itertools
import selectors
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import structlog

from domain.accounts import Account
from domain.errors import MailboxError
from intake.backoff import Backoff
from intake.imap import ImapSession
from intake.imap_answers import FolderState
from intake.workers import Workers

T = TypeVar("T")
log = structlog.get_logger(__name__)
_SOON_S = 0.3


@dataclass(frozen=True, slots=True)
class MailboxStatus:
    """How a mailbox stands; ``last_error`` is '' while all is well, ``retry_at`` None unless it is left alone."""

    mailbox: str
    is_connected: bool
    is_idling: bool
    last_poll_at: datetime | None
    last_error: str
    retry_at: datetime | None
    failures: int


@dataclass(eq=False, slots=True)
class _Watched:
    """A mailbox and its session. ``lock`` is held by whoever talks to the server, or waits for its answer."""

    account: Account
    due_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    session: ImapSession | None = None
    ticket: int = 0
    failures: int = 0
    retry_at: float = 0.0
    last_poll_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class _Ticket:
    """A session we wait for: until ``until``, for the answer to a poll, or (None) for whatever IDLE may bring."""

    watched: _Watched
    session: ImapSession
    number: int
    until: float | None


class Watcher:
    """Keeps a session for every account, tells ``on_new`` when something may have come, lends sessions out.

    Args:
        accounts: the mailboxes.
        interval_s: seconds between two polls of a mailbox.
        threads: how many connections may be built up at once; as many again read answers.
        on_new: called in a worker with the account when a watched folder changed since it was last fetched
            (``fetch_new`` notes that in the session), and again at each poll until it was. It must return
            soon: it starts a workflow, or calls :meth:`run`.
        timeout_s: longest wait for a server.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        *,
        interval_s: float,
        threads: int,
        on_new: Callable[[Account], None],
        timeout_s: float = 30.0,
        backoff: Backoff | None = None,
    ) -> None:
        self._interval_s = interval_s
        self._timeout_s = timeout_s
        self._on_new = on_new
        self._backoff = backoff or Backoff()
        self._watched = {account.mailbox: _Watched(account) for account in accounts}
        self._threads = max(2, threads)
        self._connecting: Counter[tuple[str, int]] = Counter()
        self._connecting_lock = threading.Lock()
        self._connectors = Workers("imap-connect", self._threads)
        self._readers = Workers("imap-read", self._threads)
        self._selector = selectors.DefaultSelector()
        self._tickets: dict[_Watched, _Ticket] = {}
        self._deadlines: list[tuple[float, int, _Ticket]] = []
        self._serial = itertools.count()
        self._new_tickets: deque[_Ticket] = deque()
        self._broken: deque[tuple[_Watched, ImapSession]] = deque()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_out.settimeout(0)
        self._wake_in.settimeout(0)
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="imap-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch. Mailboxes are connected at once, as fast as the workers can."""
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self._connectors.start()
        self._readers.start()
        self._thread.start()

    @property
    def is_watching(self) -> bool:
        """Whether the watching thread does its work: without it no mailbox is polled any more. True while it stops."""
        return self._thread.is_alive() or self._is_stopping.is_set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Let go of every session; what runs inside :meth:`run` is waited for, for so many seconds in all."""
        until = time.monotonic() + timeout_s
        self._is_stopping.set()
        self._wake()
        self._thread.join(timeout_s)
        for ticket in (*self._tickets.values(), *self._new_tickets):
            if ticket.until is not None:  # a poll whose answer nobody reads any more
                ticket.watched.lock.release()
        for watched in self._watched.values():
            is_free = watched.lock.acquire(timeout=max(0.0, until - time.monotonic()))
            session, watched.session = watched.session, None
            if session is not None and not is_free:
                session.abort()
                is_free = watched.lock.acquire(timeout=1.0)
            if session is not None and is_free:
                session.close()
            if is_free:
                watched.lock.release()
        for workers in (self._connectors, self._readers):
            workers.stop(until)
        while self._broken:
            self._broken.popleft()[1].close()
        self._selector.close()
        self._wake_in.close()
        self._wake_out.close()

    def poll_now(self, mailbox: str | None = None) -> None:
        """Poll one mailbox at once, even one that is left alone for a while; or (None) all that are not."""
        now = time.monotonic()
        for watched in self._watched.values() if mailbox is None else (self._find(mailbox),):
            if mailbox is not None:
                watched.retry_at = 0.0
            watched.due_at = max(now, watched.retry_at)
        self._wake()

    def run(self, mailbox: str, function: Callable[[ImapSession], T]) -> T:
        """Return what ``function`` does with the mailbox's session, which it has for itself meanwhile.

        Connects when there is no session, unless the mailbox is left alone after a failure.

        Raises: MailboxError, and whatever the function raises.
        """
        watched = self._find(mailbox)
        if not watched.lock.acquire(timeout=2 * self._timeout_s):
            raise MailboxError(mailbox, "its connection was busy all the time; it is tried again later")
        try:
            watched.ticket += 1  # whoever waits for IDLE waits in vain now
            pause_s = watched.retry_at - time.monotonic()
            if self._is_stopping.is_set():
                raise MailboxError(mailbox, "the watch is ending")
            if watched.session is None and pause_s > 0:
                raise MailboxError(mailbox, f"left alone for {pause_s:.0f} s after: {watched.last_error}")
            try:
                answer = function(self._open(watched))
            except MailboxError as error:
                if watched.session is None or watched.session.is_broken:
                    self._fail(watched, error)
                raise
            self._forgive(watched)
            return answer
        finally:
            # Soon again: IDLE is to go on, and something may have come meanwhile. Not at once: more calls may follow.
            watched.due_at = max(watched.retry_at, time.monotonic() + min(_SOON_S, self._interval_s))
            watched.lock.release()
            self._wake()

    def status(self) -> list[MailboxStatus]:
        """Return how each mailbox stands now, in the accounts' order."""
        now, at = time.monotonic(), datetime.now(UTC)
        return [
            MailboxStatus(
                watched.account.mailbox,
                watched.session is not None,
                watched.session is not None and watched.session.is_idling,
                watched.last_poll_at,
                watched.last_error,
                at + timedelta(seconds=watched.retry_at - now) if watched.retry_at > now else None,
                watched.failures,
            )
            for watched in self._watched.values()
        ]

    def _find(self, mailbox: str) -> _Watched:
        try:
            return self._watched[mailbox]
        except KeyError:
            raise MailboxError(mailbox, "is not watched here", is_lasting=True) from None

    # In the watching thread.

    def _loop(self) -> None:
        while not self._is_stopping.is_set():
            now = time.monotonic()
            self._bury()
            self._take_tickets()
            self._expire(now)
            for watched in self._watched.values():
                if watched.due_at <= now:
                    self._begin(watched, now)
            for key, _ in self._selector.select(self._pause_s()):
                if key.data is None:
                    with suppress(BlockingIOError):
                        while self._wake_out.recv(4096):
                            pass
                else:
                    self._answered(key.data)

    def _pause_s(self) -> float:
        if self._new_tickets or self._broken:
            return 0.0
        now = time.monotonic()
        next_at = min((watched.due_at for watched in self._watched.values()), default=now + 1.0)
        if self._deadlines:
            next_at = min(next_at, self._deadlines[0][0])
        return max(0.0, min(1.0, next_at - now))

    def _bury(self) -> None:
        """Close broken sessions; here alone, so that no descriptor is closed while the selector knows it."""
        while self._broken:
            watched, session = self._broken.popleft()
            ticket = self._tickets.get(watched)
            if ticket is not None and ticket.session is session:
                self._drop_ticket(watched)
            session.close()

    def _take_tickets(self) -> None:
        while self._new_tickets:
            ticket = self._new_tickets.popleft()
            self._drop_ticket(ticket.watched)
            try:
                self._selector.register(ticket.session, selectors.EVENT_READ, ticket)
            except (OSError, ValueError):  # it broke before it came here
                if ticket.until is not None:
                    ticket.watched.lock.release()
                continue
            self._tickets[ticket.watched] = ticket
            if ticket.until is not None:
                heapq.heappush(self._deadlines, (ticket.until, next(self._serial), ticket))

    def _drop_ticket(self, watched: _Watched) -> None:
        ticket = self._tickets.pop(watched, None)
        if ticket is not None:
            self._selector.unregister(ticket.session)

    def _expire(self, now: float) -> None:
        while self._deadlines and self._deadlines[0][0] <= now:
            _, _, ticket = heapq.heappop(self._deadlines)
            if self._tickets.get(ticket.watched) is ticket:
                self._drop_ticket(ticket.watched)
                problem = f"polling: no answer in {self._timeout_s:g} s"
                self._fail(ticket.watched, MailboxError(ticket.watched.account.mailbox, problem))
                ticket.watched.lock.release()

    def _begin(self, watched: _Watched, now: float) -> None:
        if not watched.lock.acquire(blocking=False):
            watched.due_at = now + min(0.2, self._interval_s)  # busy: look again soon
            return
        watched.due_at = now + self._interval_s
        server = _server(watched)
        if watched.session is not None:
            self._ask(watched, watched.session, now)
        elif self._connecting[server] < max(1, self._threads // 2):
            self._count_connecting(server, 1)
            self._connectors.submit(lambda: self._connect(watched))
        else:
            watched.due_at = now + min(0.05, self._interval_s)
            watched.lock.release()

    def _ask(self, watched: _Watched, session: ImapSession, now: float) -> None:
        try:
            session.send_poll()
            self._add_ticket(watched, session, until=now + self._timeout_s)
        except MailboxError as error:
            self._fail(watched, error)
            watched.lock.release()

    def _answered(self, ticket: _Ticket) -> None:
        watched = ticket.watched
        if self._tickets.get(watched) is not ticket:
            return
        self._drop_ticket(watched)
        if ticket.until is not None:
            self._readers.submit(lambda: self._read(watched))
        elif watched.lock.acquire(blocking=False):
            # IDLE spoke, unless the number tells that somebody took the session since.
            if ticket.number == watched.ticket and watched.session is ticket.session:
                watched.due_at = time.monotonic() + self._interval_s
                self._ask(watched, ticket.session, time.monotonic())
            else:
                watched.lock.release()
        else:
            # The worker that began this IDLE may not have let go of the lock yet. Look soon: nothing tells us again.
            watched.due_at = max(time.monotonic(), watched.retry_at)

    # In a worker; the lock is held and released at the end.

    def _connect(self, watched: _Watched) -> None:
        try:
            self._look(watched, lambda: self._open(watched), ImapSession.poll)
        finally:
            self._count_connecting(_server(watched), -1)

    def _read(self, watched: _Watched) -> None:
        self._look(watched, lambda: watched.session, ImapSession.read_poll)

    def _look(
        self,
        watched: _Watched,
        find_session: Callable[[], ImapSession | None],
        poll: Callable[[ImapSession], dict[str, FolderState]],
    ) -> None:
        has_new = False
        try:
            if not self._is_stopping.is_set() and (session := find_session()) is not None:
                has_new = self._note(watched, session, poll(session))
        except MailboxError as error:
            self._fail(watched, error)
        except Exception as error:  # one mailbox must not end the watch over the others
            log.exception("mailbox_poll_broke", mailbox=watched.account.mailbox)
            self._fail(watched, MailboxError(watched.account.mailbox, f"polling: {type(error).__name__}"))
        finally:
            watched.lock.release()
            self._wake()
        if has_new:
            try:
                self._on_new(watched.account)
            except MailboxError:
                pass  # run() has noted it
            except Exception:  # the next poll tells it again
                log.exception("mailbox_news_not_taken", mailbox=watched.account.mailbox)

    def _note(self, watched: _Watched, session: ImapSession, states: dict[str, FolderState]) -> bool:
        """Note a poll that went well; return whether there is news. Without any, IDLE begins."""
        watched.last_poll_at = datetime.now(UTC)
        marks = {folder: state.mark for folder, state in session.handled.items()}
        if any(marks.get(folder) != state.mark for folder, state in states.items()):
            # No IDLE now: it would only have to be ended for the fetch. Nor is all forgiven before that went well.
            return True
        self._forgive(watched)
        if session.start_idle():
            self._add_ticket(watched, session, until=None)
        elif session.can_idle:
            watched.due_at = time.monotonic()  # it spoke before we could begin to listen
        return False

    # In any thread; the lock is held.

    def _open(self, watched: _Watched) -> ImapSession:
        if watched.session is None:
            watched.session = ImapSession(watched.account, self._timeout_s)
            log.info("mailbox_connected", mailbox=watched.account.mailbox, folders=watched.session.folders)
        else:
            watched.session.end_idle()
        return watched.session

    def _forgive(self, watched: _Watched) -> None:
        watched.failures, watched.retry_at, watched.last_error = 0, 0.0, ""

    def _fail(self, watched: _Watched, error: MailboxError) -> None:
        session, watched.session = watched.session, None
        watched.ticket += 1
        if session is not None:
            session.abort()
            self._broken.append((watched, session))
        watched.failures += 1
        watched.last_error = error.problem
        # Servers end kept sessions every day: the first time, only a moment's pause.
        is_daily = session is not None and watched.failures == 1 and not error.is_lasting
        pause_s = self._backoff.pause_s(watched.failures, is_lasting=error.is_lasting) / (20 if is_daily else 1)
        watched.retry_at = watched.due_at = time.monotonic() + pause_s
        log.warning(
            "mailbox_failed",
            mailbox=watched.account.mailbox,
            problem=error.problem,
            failures=watched.failures,
            pause_s=round(pause_s, 1),
        )
        self._wake()

    def _add_ticket(self, watched: _Watched, session: ImapSession, *, until: float | None) -> None:
        watched.ticket += 1
        self._new_tickets.append(_Ticket(watched, session, watched.ticket, until))
        self._wake()

    def _count_connecting(self, server: tuple[str, int], change: int) -> None:
        with self._connecting_lock:
            self._connecting[server] += change

    def _wake(self) -> None:
        with suppress(OSError):  # full: it is awake anyway; closed: it was stopped
            self._wake_in.send(b".")


def _server(watched: _Watched) -> tuple[str, int]:
    return watched.account.imap.host, watched.account.imap.port
